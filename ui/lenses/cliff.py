"""The loss cliff: two walks down the same surface, one with its updates cut to a length."""

from __future__ import annotations

import functools

import numpy as np
import plotly.graph_objects as go

from rnn_core.experiments import loss_cliff as cliff
from rnn_core.experiments.loss_cliff import Descent
from ui import words
from ui.figures import cliff as figures
from ui.figures.theme import W_HH, W_XH
from ui.plot.plot import Figure, Film, Frame, Node, Text, node

COLUMNS = "minmax(0, 1.25fr) minmax(0, 1fr)"
TITLE = "The cliff in the loss"
SIGNS = ("✕", "●")
FLAT = 0.03
"""A gradient shorter than this is called flat."""
AROUND = ((-0.5, 1.2), (0.5, 2.2))
"""The corners of the part of the map around the wall: (W_xh, W_hh)."""
Names = tuple[str, str]


def film(start: tuple[float, float], lr: float, clip_at: float) -> Film:
    """The map and the curves; the frames are updates, both walks in step.

    start : W_xh and W_hh, on the map. clip_at : the length to which one walk's gradient is cut.
    """
    walks = cliff.descend(start, lr), cliff.descend(start, lr, clip_at)
    arrays = [(walk.weights, walk.losses, walk.lengths) for walk in walks]
    names = ("not clipped", f"cut to {clip_at:g}")
    said = [_free(walks[0], lr), _cut(walks[1], clip_at)]
    # clicks="point": the map's own coordinates, which "cell" would round and "step" would walk to
    panels = [
        Text("cliff title", node("h3", TITLE)),
        Text("cliff task", _task(names)),
        Figure("cliff", _map(), figures.HEIGHT, "The loss over two weights, and two walks down",
               " ".join(said), clicks="point", narrow=figures.NARROW),
        Text("cliff look", _look()),
        Text("cliff ends", node("h3", "What became of them"), area="side"),
        Text("cliff verdict", _verdict(said), area="side"),
        Figure("cliff curves", figures.curves(cliff.N_UPDATES, cliff.ARRIVED, clip_at),
               figures.CURVES_HEIGHT, "Loss and length of the gradient by update", area="side"),
        Text("cliff now", "", area="side"),
        Text("cliff luck", _luck(lr, clip_at), area="side", card=True),
    ]  # fmt: skip
    frames = []
    for k in range(cliff.N_UPDATES + 1):
        rows = [_row(walk, k, lr, cut) for walk, cut in zip(walks, (None, clip_at), strict=True)]
        say = ", ".join(f"{name}: loss {row[0]}" for name, row in zip(names, rows, strict=True))
        frames.append(Frame(f"update {k} of {cliff.N_UPDATES}", None, f"update {k}, {say}", {
            "cliff": figures.walked(arrays, k),
            "cliff curves": figures.met(arrays, k),
            "cliff now": _table(names, rows),
        }))  # fmt: skip
    return panels, frames


@functools.cache
def _map() -> go.Figure:
    w_xh, w_hh = figures.grid()
    return figures.terrain(cliff.surface(w_xh, w_hh), cliff.valley(w_hh))


def _task(names: Names) -> Node:
    formula = words.maths(
        words.indexed("h", "t"), node("mo", "="), node("mi", "tanh", class_="fn"), node("mo", "("),
        node("mrow", words.weight("xh"), color=W_XH), node("mo", "+"),
        node("mrow", words.weight("hh"), words.indexed("h", "t-1"), color=W_HH), node("mo", ")"),
    )  # fmt: skip
    says = f"One unit, two weights. It reads the same word {cliff.STEPS} times and shall end at ½: "
    legend = [
        node("span", node("b", f"{sign} ", color=way[0]), f"{name}\u2003")
        for sign, way, name in zip(SIGNS, figures.WAYS, names, strict=True)
    ]
    return node(
        "div", node("p", says, formula, class_="small quiet"),
        node("p", *legend, node("span", "◇ start: click the map to move it", class_="quiet"),
             class_="small"),
    )  # fmt: skip


def _look() -> Node:
    w = 2
    slope = sum(w**t for t in range(cliff.STEPS))
    return words.look_for(
        "the wall at ", words.maths(words.weight("xh"), node("mo", "="), node("mn", "0")),
        ", where the lines crowd; strong colour is a large loss. At ",
        words.maths(words.weight("hh"), node("mo", "="), node("mn", str(w))),
        f" the answer rises {slope:,} times as fast as ", words.maths(words.weight("xh")),
        f" there: 1 + 2 + 4 + … + {w ** (cliff.STEPS - 1)}, a term for each step back. "
        "On the dotted line the answer is right.",
    )  # fmt: skip


def length(value: float) -> str:
    """A length as one reads it aloud: 435, 12.6, 0.2, 0.0041; zero is exactly that."""
    if 0 < value < 1e-4:
        return "under 0.0001"
    return (
        f"{value:,.0f}"
        if value >= 100
        else f"{value:.{1 if value >= 1 else 2}{'f' if value >= 1 else 'g'}}"
    )


def _free(walk: Descent, lr: float) -> str:
    """What became of the walk that is not clipped."""
    k, n = int(walk.thrown), cliff.N_UPDATES
    if not k:
        longest = length(float(walk.moves.max()))
        return f"Without clipping no update is longer than {longest}. {_end(walk)}"
    move, steep = float(walk.moves[k - 1]), float(walk.lengths[k - 1])
    told = (
        f"Without clipping update {k} jumps {length(move)} away: the gradient there is "
        f"{length(steep)} long, and an update is {lr:g} times that."
    )
    if walk.arrived < 0 and walk.lengths[-1] < FLAT:
        return (
            f"{told} It lands where all is flat: after {n} updates the loss is still "
            f"{walk.losses[-1]:.3f}, the gradient {length(float(walk.lengths[-1]))}."
        )
    return f"{told} {_end(walk)}"


def _cut(walk: Descent, clip_at: float) -> str:
    """What became of the walk that is clipped."""
    k, told = int(walk.thrown), f"With its length cut to {clip_at:g}"
    if k:
        return f"{told} update {k} still jumps {length(float(walk.moves[k - 1]))}. {_end(walk)}"
    return f"{told} no update is longer than {length(float(walk.moves.max()))}. {_end(walk)}"


def _end(walk: Descent) -> str:
    if walk.arrived >= 0:
        return (
            f"It arrives: after {int(walk.arrived)} updates the loss stays below {cliff.ARRIVED:g}."
        )
    if walk.lengths.max() < FLAT:
        return f"It hardly moves: the gradient is {length(float(walk.lengths[0]))} at the start."
    return f"After {cliff.N_UPDATES} updates it is under way, with a loss of {walk.losses[-1]:.3f}."


def _verdict(said: list[str]) -> Node:
    signed = zip(SIGNS, figures.WAYS, said, strict=True)
    lines = [node("p", node("b", f"{sign} ", color=way[0]), text) for sign, way, text in signed]
    return node("div", *lines)


def _row(walk: Descent, k: int, lr: float, clip_at: float | None) -> tuple[str, str, str]:
    """Loss, gradient and next update of a walk after k updates."""
    steep = float(walk.lengths[k])
    move = lr * (steep if clip_at is None else min(steep, clip_at))
    return f"{walk.losses[k]:.3f}", _digits(steep), _digits(move)


def _digits(value: float) -> str:
    return f"{value:.3f}" if value < 1 else length(value)


def _table(names: Names, rows: list[tuple[str, str, str]]) -> Node:
    head = ["", "loss", "gradient", "next update"]
    lines = [
        node("tr", node("td", node("b", f"{sign} ", color=way[0]), name),
             *(node("td", cell, class_="mono") for cell in row))
        for sign, way, name, row in zip(SIGNS, figures.WAYS, names, rows, strict=True)
    ]  # fmt: skip
    top = node("tr", *(node("th", text, class_="small quiet") for text in head))
    return node("table", node("thead", top), node("tbody", *lines))


@functools.cache
def shares(lr: float, clip_at: float) -> tuple[int, int, int, int]:
    """Starts around the wall: how many; thrown without clipping; arrived without, and with."""
    places = np.meshgrid(*np.linspace(*AROUND, 21).T)
    starts = np.array(places).reshape(2, -1)
    free, cut = cliff.descend(starts, lr), cliff.descend(starts, lr, clip_at)
    thrown, arrived = np.count_nonzero(free.thrown), np.count_nonzero(free.arrived >= 0)
    return starts.shape[1], thrown, arrived, np.count_nonzero(cut.arrived >= 0)


def _luck(lr: float, clip_at: float) -> Node:
    n, thrown, free, cut = shares(lr, clip_at)
    low, high = AROUND
    spans = [f" {a:g} to {b:g}".replace("-", "−") for a, b in zip(low, high, strict=True)]
    return node(
        "p", node("b", "Is it luck? "), f"Of {n} starts around the wall (",
        words.maths(words.weight("xh")), f"{spans[0]}, ", words.maths(words.weight("hh")),
        f"{spans[1]}) {thrown} are thrown without clipping, and {free} arrive within "
        f"{cliff.N_UPDATES} updates. With it {'all ' if cut == n else ''}{cut} arrive.",
        class_="look",
    )  # fmt: skip
