"""The loss cliff: two walks down the same surface, one with its gradient clipped by norm.

Each figure is made once, without the walks; a patch for each update draws them so far.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from rnn_core.experiments import loss_cliff as cliff
from rnn_core.experiments.loss_cliff import ARRIVED, N_UPDATES, STEPS, Descent
from ui.kit import theme
from ui.kit.formula import formula
from ui.kit.numbers import compact
from ui.kit.player import Figure, Film, Frame, Node, Text, look_for, node, picture, table
from ui.kit.table import CLIFF_HH, CLIFF_XH
from ui.kit.theme import AMOUNT, CARD, FAINT, HAIR, INK, POSITIVE, QUIET, W_HH, W_XH

COLUMNS = "minmax(0, 1.25fr) minmax(0, 1fr)"
HEIGHT, CURVES_HEIGHT = 465, 350
SIGNS = ("✕", "●")
STYLES = ((POSITIVE, "dash", "x"), (INK, "solid", "circle"))
"""Colour, line and mark of the walk that is not clipped and of the one that is."""
VANISHED = 0.03
"""A gradient shorter than this hardly moves a weight."""
LOW, HIGH = np.array([CLIFF_XH[0], CLIFF_HH[0]]), np.array([CLIFF_XH[-1], CLIFF_HH[-1]])
"""The corners of the map: W_xh and W_hh."""
AROUND = ((-0.5, 1.2), (0.5, 2.2))
"""The corners of its part around the wall."""
FLOOR = 6e-5
"""Curves leave the picture here."""
NARROW = {"layout": {"annotations": [], "margin": {"l": 40, "r": 6}}}
Walk = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Weights (N + 1, 2), losses (N + 1,) and lengths of the gradient (N + 1,)."""


def film(start: tuple[float, float], lr: float, clip_at: float) -> Film:
    """The map and the curves; the frames are updates, both walks in step.

    start : W_xh and W_hh, on the map. clip_at : the norm at which one walk's gradient is clipped.
    """
    walks = cliff.descend(start, lr), cliff.descend(start, lr, clip_at)
    arrays = [(walk.weights, walk.losses, walk.lengths) for walk in walks]
    signs = [node("b", f"{sign} ", color=style[0])
             for sign, style in zip(SIGNS, STYLES, strict=True)]  # fmt: skip
    names = "not clipped", f"clipped at {clip_at:g}"
    said = [_became(walks[0], "Without clipping"),
            _became(walks[1], f"With its norm clipped at {clip_at:g}")]  # fmt: skip
    title, figure, look = picture(
        "cliff", "The cliff in the loss", _map(), HEIGHT,
        f"The loss over two weights, and two walks down. {' '.join(said)}", _look(),
        clicks="point", narrow=NARROW,  # the map's own coordinates: "cell" would round them
    )  # fmt: skip
    panels = [
        title, Text("cliff task", _task(signs, names)), figure, look,
        Text("cliff ends", node("h3", "What became of them"), area="side"),
        Text("cliff verdict", node("div", *map(functools.partial(node, "p"), signs, said)),
             area="side"),
        Figure("cliff curves", curves(N_UPDATES, ARRIVED, clip_at), CURVES_HEIGHT,
               "Loss and norm of the gradient by update", area="side"),
        Text("cliff now", "", area="side"),
        Text("cliff luck", _luck(lr, clip_at), area="side", card=True),
    ]  # fmt: skip
    frames = []
    for k in range(N_UPDATES + 1):
        rows = [[node("span", sign, name), f"{walk.losses[k]:.3f}", compact(walk.lengths[k], 3),
                 compact(lr * min(walk.lengths[k], at), 3)] for sign, name, walk, at in
                zip(signs, names, walks, (np.inf, clip_at), strict=True)]  # fmt: skip
        say = ", ".join(f"{name}: loss {row[1]}" for name, row in zip(names, rows, strict=True))
        frames.append(Frame(f"update {k} of {N_UPDATES}", None, f"update {k}, {say}", {
            "cliff": walked(arrays, k), "cliff curves": met(arrays, k),
            "cliff now": table(rows, ("", "loss", "gradient", "next update"), ("", *["mono"] * 3)),
        }))  # fmt: skip
    return panels, frames


@functools.cache
def _map() -> go.Figure:
    w_xh, w_hh = grid()
    return terrain(cliff.surface(w_xh, w_hh), cliff.valley(w_hh))


def _task(signs: Sequence[Node], names: Sequence[str]) -> Node:
    says = f"One unit, two weights. It reads the same word {STEPS} times and shall end at ½: "
    legend = [node("span", sign, f"{name}\u2003") for sign, name in zip(signs, names, strict=True)]
    start = node("span", "◇ start: click the map to move it", class_="quiet")
    rule = node("p", says, formula("h_t = tanh(W_xh + W_hh h_{t-1})"), class_="small quiet")
    return node("div", rule, node("p", *legend, start, class_="small"))


def _look() -> Node:
    rise = sum(2**t for t in range(STEPS))
    return look_for(
        "the wall at ", formula("W_xh = 0"), ", where the lines crowd; strong colour is a large "
        "loss. At ", formula("W_hh = 2"), f" the answer rises {rise:,} times as fast as ",
        formula("W_xh"), f" there: 1 + 2 + 4 + … + {2 ** (STEPS - 1)}, a term for each step "
        "back. On the dotted line the answer is right.",
    )  # fmt: skip


def _became(walk: Descent, how: str) -> str:
    """How far a walk went, and where it ends. how : with clipping, or without."""
    k, norms = int(walk.thrown), walk.lengths
    loss, left = f"{walk.losses[-1]:.3f}", compact(norms[-1])
    told = f"{how} no update is longer than {compact(walk.moves.max(), 3)}."
    if k:
        move, norm = compact(walk.moves[k - 1], 3), compact(norms[k - 1], 3)
        told = f"{how} update {k} jumps {move} away, from a gradient that is {norm} long."
    if walk.arrived >= 0:
        return f"{told} It arrives: after {walk.arrived} updates the loss stays below {ARRIVED:g}."
    if norms.max() < VANISHED:
        return f"{told} It hardly moves: at the start its gradient is {compact(norms[0])}."
    where = f"with a loss of {loss} and a gradient of {left}"
    if k and norms[-1] < VANISHED:
        return f"{told} It lands where the gradient vanishes, and ends {where}."
    return f"{told} After {N_UPDATES} updates it is under way, {where}."


@functools.cache
def shares(lr: float, clip_at: float) -> tuple[int, int, int, int, int]:
    """Starts around the wall: how many; without clipping those that are thrown, that are thrown
    and arrive, that are not and arrive; with clipping those that arrive.
    """
    starts = np.array(np.meshgrid(*np.linspace(*AROUND, 21).T)).reshape(2, -1)
    free, clipped = cliff.descend(starts, lr), cliff.descend(starts, lr, clip_at)
    thrown, arrived = free.thrown > 0, free.arrived >= 0
    found = thrown, thrown & arrived, ~thrown & arrived, clipped.arrived >= 0
    return starts.shape[1], *(int(np.count_nonzero(which)) for which in found)


def _luck(lr: float, clip_at: float) -> Node:
    n, thrown, after, straight, clipped = shares(lr, clip_at)
    spans = [f" {a:g} to {b:g}".replace("-", "−") for a, b in zip(*AROUND, strict=True)]
    return node(
        "p", node("b", "Is it luck? "), f"Of {n} starts around the wall (", formula("W_xh"),
        f"{spans[0]}, ", formula("W_hh"), f"{spans[1]}) {thrown} are thrown without clipping, and "
        f"{n - thrown} are not. Within {N_UPDATES} updates {after} of the thrown arrive all the "
        f"same, and {straight} of the others: {after + straight} in all. With clipping "
        f"{'all ' if clipped == n else ''}{clipped} arrive.", class_="look",
    )  # fmt: skip


# ---- the figures: arrays in, pictures out ----


def grid() -> tuple[np.ndarray, np.ndarray]:
    """W_xh (n,) and W_hh (m,) where the surface is wanted: denser at the wall, W_xh = 0."""
    bend = np.linspace(np.arcsinh(LOW[0] * 40), np.arcsinh(HIGH[0] * 40), 91)
    return np.sinh(bend) / 40, np.linspace(LOW[1], HIGH[1], 56)


def terrain(losses: np.ndarray, valley: np.ndarray) -> go.Figure:
    """The map: losses (m, n) on the grid, and the W_xh (m,) at which the answer is right.

    Traces: 0 the surface, 1 the valley, 2 and 3 the walks, 4 and 5 where they are, 6 the start;
    of the walks the second comes first, so that the dashes of the first stand on its line.
    """
    x, y = grid()
    ink, edge = {"size": 13, "color": INK}, {"color": CARD, "width": 1.5}
    sides = [("answers −1", -0.82, 2.48), ("answers +1", 2.42, 2.48), ("right: ½", 0.5, 0.55)]
    axes = {"ticks": "outside", "ticklen": 4, "tickcolor": FAINT, "dtick": 0.5}
    figure = go.Figure(layout=theme.layout(
        margin={"l": 52, "r": 8, "t": 8, "b": 44},
        xaxis=theme.axis(range=[LOW[0], HIGH[0]], **axes,
                         title={"text": "W<sub>xh</sub>", "font": {"size": 14, "color": W_XH}}),
        yaxis=theme.axis(range=[LOW[1], HIGH[1]], **axes,
                         title={"text": "W<sub>hh</sub>", "font": {"size": 14, "color": W_HH}}),
        annotations=[{"text": text, "x": x, "y": y, "showarrow": False, "font": ink}
                     for text, x, y in sides],
    ))  # fmt: skip
    figure.add_contour(
        x=x.round(4).tolist(), y=y.round(3).tolist(),
        z=np.log10(np.maximum(losses, 1e-4)).round(3).tolist(),
        colorscale=theme.scale(AMOUNT[:4]), showscale=False,
        contours={"start": -3.5, "end": 0, "size": 0.25}, line={"width": 0.6, "color": CARD},
        hovertemplate="W<sub>xh</sub> %{x:.2f}, W<sub>hh</sub> %{y:.2f}<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(x=valley.round(4).tolist(), y=y.round(3).tolist(), mode="lines",
                       line={"color": QUIET, "width": 1.5, "dash": "dot"})  # fmt: skip
    for color, dash, symbol in reversed(STYLES):
        figure.add_scatter(x=[], y=[], mode="lines+markers",
                           line={"color": color, "dash": dash, "width": 2},
                           marker={"symbol": symbol, "size": 5, "color": color})  # fmt: skip
    for color, _, symbol in reversed(STYLES):
        marker = {"symbol": symbol, "size": 14, "color": color, "line": edge}
        figure.add_scatter(x=[], y=[], mode="markers+text", textfont=ink, marker=marker,
                           cliponaxis=False)  # fmt: skip
    figure.add_scatter(x=[], y=[], mode="markers", marker={
        "symbol": "diamond", "size": 12, "color": CARD, "line": {"color": INK, "width": 2}
    })  # fmt: skip
    return figure.update_traces(hoverinfo="skip", selector={"type": "scatter"})


def walked(walks: Sequence[Walk], k: int) -> dict[str, Any]:
    """The map after k updates of each walk, from the same start."""
    data: dict[str, Any] = {}
    for i, (weights, _, _) in enumerate(walks):
        x, y = weights[: k + 1].T.round(3).tolist()
        data |= {str(3 - i): {"x": x, "y": y}, str(5 - i): seen(weights, k)}
    return {"data": {**data, "6": {"x": x[:1], "y": y[:1]}}}


def seen(weights: np.ndarray, k: int) -> dict[str, Any]:
    """Where the mark of a walk (N + 1, 2) stands after k updates.

    Off the map it stands at the edge, where the walk left it; the start is on the map.
    """
    inside = ((weights[: k + 1] >= LOW) & (weights[: k + 1] <= HIGH)).all(axis=1)
    last = int(np.flatnonzero(inside)[-1])
    place, said = weights[last], ""
    if last < k:
        move, said = weights[last + 1] - place, "off the map"
        room = np.where(move > 0, HIGH, LOW) - place
        place = place + (room[move != 0] / move[move != 0]).min() * move
    x, y = (round(float(w), 3) for w in place)
    side = "top left" if x > (LOW[0] + HIGH[0]) / 2 else "top right"
    return {"x": [x], "y": [y], "text": [said], "textposition": side}


def curves(n_updates: int, arrived: float, clip_at: float) -> go.Figure:
    """Loss above, norm of the gradient beneath, both log, for 0..n_updates updates.

    arrived : the loss that is small enough. Traces: 0 and 1 losses, 2 and 3 norms.
    """
    log: dict[str, Any] = {"type": "log", "showgrid": True, "gridcolor": HAIR}
    figure = go.Figure(layout=theme.layout(
        margin={"l": 58, "r": 10, "t": 8, "b": 40},
        xaxis=theme.axis(range=[0, n_updates], anchor="y2", title=theme.title("updates")),
        yaxis=theme.axis(domain=[0.54, 1], range=[-4.2, 0.4], tickvals=[0.001, 0.01, 0.1, 1],
                         title=theme.title("loss"), **log),
        yaxis2=theme.axis(domain=[0, 0.46], range=[-4.2, 4], tickvals=[0.01, 1, 100],
                          title=theme.title("norm of the gradient"), **log),
    ))  # fmt: skip
    for axis, name, at, text in (("y", "loss", arrived, "arrived"),
                                 ("y2", "gradient", clip_at, "clipped here")):  # fmt: skip
        for color, dash, _ in reversed(STYLES):
            figure.add_scatter(
                x=list(range(n_updates + 1)), y=[], yaxis=axis, mode="lines",
                line={"color": color, "dash": dash, "width": 2.2},
                hovertemplate=f"{name} %{{y:.3g}} after %{{x}} updates<extra></extra>",
            )  # fmt: skip
        label = {"text": text, "textposition": "end", "yanchor": "bottom",
                 "font": {"size": 12, "color": QUIET}}  # fmt: skip
        rule = theme.rule(axis, at, color=FAINT, width=1.2, dash="dot")
        figure.add_shape(**rule, label=label)
    return figure


def met(walks: Sequence[Walk], k: int) -> dict[str, Any]:
    """Losses and norms of the gradient after 0..k updates."""
    rows = [walk[quantity][: k + 1] for quantity in (1, 2) for walk in walks[::-1]]
    return {"data": {
        str(i): {"y": [float(f"{v:.3g}") if v > FLOOR else None for v in row]}
        for i, row in enumerate(rows)
    }}  # fmt: skip
