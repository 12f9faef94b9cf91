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
from ui.kit.player import Figure, Film, Frame, Node, Room, Text, look_for, node, table
from ui.kit.sentence import sentence
from ui.kit.table import CLIFF_HH, CLIFF_XH
from ui.kit.theme import AMOUNT, CARD, FAINT, HAIR, INK, POSITIVE, QUIET, W_HH, W_XH
from ui.memory import text

COLUMNS = "minmax(0, 1.15fr) minmax(0, 1fr)"
HEIGHT, CURVES_HEIGHT = 250, 190
SIGNS = ("✕", "●")
STYLES = ((POSITIVE, "dash", "x"), (INK, "solid", "circle"))
"""Colour, line and mark of the walk that is not clipped and of the one that is."""
VANISHED = 0.03
"""A gradient shorter than this hardly moves a weight."""
LOW, HIGH = np.array([CLIFF_XH[0], CLIFF_HH[0]]), np.array([CLIFF_XH[-1], CLIFF_HH[-1]])
"""The corners of the map: W_xh and W_hh."""
AROUND = ((-0.5, 1.2), (0.5, 2.2))
"""The corners of its part around the wall."""
BAR = {"title": {"text": text.LOSS, "font": {"size": 13, "color": QUIET}}, "thickness": 11,
       "tickvals": [-3, -2, -1, 0], "ticktext": ["0.001", "0.01", "0.1", "1"], "outlinewidth": 0,
       "tickfont": {"size": 13, "color": QUIET}, "len": 1, "x": 1.0, "xpad": 8}  # fmt: skip
FLOOR = 1e-4
"""What is smaller is drawn here."""
NARROW = {"layout": {"annotations": []}}
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
    names = [text.WALKS[walk].format(norm=clip_at) for walk in ("free", "clipped")]
    said = [_became(walk, text.HOW[how].format(norm=clip_at))
            for walk, how in zip(walks, ("free", "clipped"), strict=True)]  # fmt: skip
    panels = [
        Text("cliff task", _title(signs, names)),
        Figure("cliff", _map(), HEIGHT, text.CLIFF, text.CLIFF_SAYS.format(became=" ".join(said)),
               grow=1, clicks="point", narrow=NARROW),  # its own coordinates: "cell" would round
        Text("cliff look", _look()),
        Text("cliff ends", node("h3", text.BECAME), area="side"),
        Text("cliff verdict", node("div", *map(functools.partial(node, "p"), signs, said)),
             area="side"),
        Figure("cliff curves", curves(N_UPDATES, ARRIVED, clip_at), CURVES_HEIGHT,
               text.CURVES, area="side", grow=1,
               stack=(Room("yaxis", px=60, grow=1), Room("yaxis2", px=60, grow=1, gap=14))),
        Text("cliff now", "", area="side"),
        Text("cliff luck", _luck(signs, names, lr, clip_at), area="side"),
    ]  # fmt: skip
    frames = []
    for k in range(N_UPDATES + 1):
        rows = [[node("span", sign, name), f"{walk.losses[k]:.3f}", compact(walk.lengths[k], 3),
                 compact(lr * min(walk.lengths[k], at), 3)] for sign, name, walk, at in
                zip(signs, names, walks, (np.inf, clip_at), strict=True)]  # fmt: skip
        losses = ", ".join(text.WALK_LOSS.format(name=name, loss=row[1])
                           for name, row in zip(names, rows, strict=True))  # fmt: skip
        after = text.AFTER.format(n=k, all=N_UPDATES)
        frames.append(Frame(after, None, text.AFTER_SAYS.format(n=k, losses=losses), {
            "cliff": walked(arrays, k), "cliff curves": met(arrays, k),
            "cliff now": table(rows, ("", *text.NOW_HEAD.values()), ("", *["mono"] * 3)),
        }))  # fmt: skip
    return panels, frames


@functools.cache
def _map() -> go.Figure:
    w_xh, w_hh = grid()
    return terrain(cliff.surface(w_xh, w_hh), cliff.valley(w_hh))


def _title(signs: Sequence[Node], names: Sequence[str]) -> Node:
    step = formula("h_t = tanh(W_xh + W_hh h_{t-1})")
    sub = node("span", *sentence(text.CLIFF_TASK, n=STEPS, formula=step), class_="sub")
    legend = [node("span", sign, f"{name}\u2003") for sign, name in zip(signs, names, strict=True)]
    start = node("span", text.CLIFF_START, class_="quiet")
    title = node("div", node("h3", text.CLIFF), sub, class_="heading")
    return node("div", title, node("p", *legend, start))


def _look() -> Node:
    rise = sum(2**t for t in range(STEPS))
    return look_for(*sentence(
        text.CLIFF_LOOK, wall=formula("W_xh = 0"), weight=formula("W_hh = 2"), rise=rise,
        input=formula("W_xh"), last=2 ** (STEPS - 1),
    ))  # fmt: skip


def _became(walk: Descent, how: str) -> str:
    """How far a walk went, and where it ends. how : with clipping, or without."""
    k, norms = int(walk.thrown), walk.lengths
    told = text.SHORT.format(how=how, most=compact(walk.moves.max(), 3))
    if k:
        told = text.JUMP.format(how=how, n=k, far=compact(walk.moves[k - 1], 3),
                                norm=compact(norms[k - 1], 3))  # fmt: skip
    end = text.UNDER_WAY
    if walk.arrived >= 0:
        end = text.ARRIVES
    elif norms.max() < VANISHED:
        end = text.STAYS
    elif k and norms[-1] < VANISHED:
        end = text.LANDS
    return f"{told} " + end.format(
        after=walk.arrived, enough=ARRIVED, start=compact(norms[0]), n=N_UPDATES,
        loss=f"{walk.losses[-1]:.3f}", norm=compact(norms[-1]),
    )  # fmt: skip


@functools.cache
def shares(lr: float, clip_at: float) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Of the starts around the wall, how many go which of text.WAYS: not clipped, and clipped."""
    starts = np.array(np.meshgrid(*np.linspace(*AROUND, 21).T)).reshape(2, -1)
    counts = []
    for walk in cliff.descend(starts, lr), cliff.descend(starts, lr, clip_at):
        thrown, arrived = walk.thrown > 0, walk.arrived >= 0
        ways = ~thrown & arrived, thrown & arrived, thrown & ~arrived, ~thrown & ~arrived
        counts.append(tuple(int(np.count_nonzero(way)) for way in ways))
    return counts[0], counts[1]


def _luck(signs: Sequence[Node], names: Sequence[str], lr: float, clip_at: float) -> Node:
    """The counts as a table, each line with its sum."""
    rows = [[node("span", sign, name), *map(str, counts), node("b", str(sum(counts)))] for
            sign, name, counts in zip(signs, names, shares(lr, clip_at), strict=True)]  # fmt: skip
    w_xh, w_hh = (text.SPAN.format(low=low, high=high).replace("-", "−")
                  for low, high in zip(*AROUND, strict=True))  # fmt: skip
    where = node("p", *sentence(text.AT_THE_WALL, w_xh=formula("W_xh"), xh=w_xh,
                                w_hh=formula("W_hh"), hh=w_hh, n=N_UPDATES),
                 class_="quiet")  # fmt: skip
    head = node("b", text.LUCK), *text.WAYS.values(), text.ALL
    return node("div", table(rows, head, ("", *["mono"] * 5)), where, class_="scrolls")


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
    sides = {"low": (-0.82, 2.48), "high": (2.42, 2.48), "right": (0.5, 0.55)}
    axes = {"ticks": "outside", "ticklen": 4, "tickcolor": FAINT, "dtick": 0.5}
    figure = go.Figure(layout=theme.layout(
        margin={"l": 52, "r": 64, "t": 8, "b": 44},
        xaxis=theme.axis(range=[LOW[0], HIGH[0]], **axes,
                         title={"text": "W<sub>xh</sub>", "font": {"size": 14, "color": W_XH}}),
        yaxis=theme.axis(range=[LOW[1], HIGH[1]], **axes,
                         title={"text": "W<sub>hh</sub>", "font": {"size": 14, "color": W_HH}}),
        annotations=[{"text": text.SIDES[side], "x": x, "y": y, "showarrow": False, "font": ink}
                     for side, (x, y) in sides.items()],
    ))  # fmt: skip
    figure.add_contour(
        x=x.round(4).tolist(), y=y.round(3).tolist(),
        z=np.log10(np.maximum(losses, 1e-4)).round(3).tolist(),
        colorscale=theme.scale(AMOUNT[:4]), colorbar=BAR,
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
        data |= {str(3 - i): {"x": x, "y": y}, str(5 - i): seen(weights[k])}
    return {"data": {**data, "6": {"x": x[:1], "y": y[:1]}}}


def seen(place: np.ndarray) -> dict[str, Any]:
    """Where the mark of a walk stands that is at a place (2,); off the map, at its edge."""
    x, y = np.clip(place, LOW, HIGH).round(3).tolist()
    inside = bool(((place >= LOW) & (place <= HIGH)).all())
    side = "top left" if x > (LOW[0] + HIGH[0]) / 2 else "top right"
    return {"x": [x], "y": [y], "text": ["" if inside else text.OFF_THE_MAP], "textposition": side}


def curves(n_updates: int, arrived: float, clip_at: float) -> go.Figure:
    """Loss above, norm of the gradient beneath, both log, for 0..n_updates updates.

    arrived : the loss that is small enough. Traces: 0 and 1 losses, 2 and 3 norms.
    """
    log: dict[str, Any] = {"type": "log", "showgrid": True, "gridcolor": HAIR}
    figure = go.Figure(layout=theme.layout(
        margin={"l": 58, "r": 10, "t": 8, "b": 40},
        xaxis=theme.axis(range=[0, n_updates], anchor="y2", title=theme.title(text.UPDATES_AXIS)),
        yaxis=theme.axis(range=[-4.2, 0.4], tickvals=[FLOOR, 0.01, 1],
                         ticktext=["≤ 1e−4", "0.01", "1"], title=theme.title(text.LOSS), **log),
        yaxis2=theme.axis(range=[-4.2, 4], tickvals=[FLOOR, 1, 100],
                          ticktext=["≤ 1e−4", "1", "100"],
                          title=theme.title(text.GRADIENT_AXIS), **log),
    ))  # fmt: skip
    for axis, name, at, said in (("y", "loss", arrived, text.ARRIVED),
                                 ("y2", "gradient", clip_at, text.CLIPPED_HERE)):  # fmt: skip
        for color, dash, _ in reversed(STYLES):
            figure.add_scatter(
                x=list(range(n_updates + 1)), y=[], yaxis=axis, mode="lines",
                line={"color": color, "dash": dash, "width": 2.2},
                hovertemplate=text.CURVE[name],
            )  # fmt: skip
        label = {"text": said, "textposition": "end", "yanchor": "bottom",
                 "font": {"size": 13, "color": QUIET}}  # fmt: skip
        rule = theme.rule(axis, at, color=FAINT, width=1.2, dash="dot")
        figure.add_shape(**rule, label=label)
    return figure


def met(walks: Sequence[Walk], k: int) -> dict[str, Any]:
    """Losses and norms of the gradient after 0..k updates."""
    rows = [walk[quantity][: k + 1] for quantity in (1, 2) for walk in walks[::-1]]
    return {"data": {
        str(i): {"y": [float(f"{max(v, FLOOR):.3g}") for v in row]}
        for i, row in enumerate(rows)
    }}  # fmt: skip
