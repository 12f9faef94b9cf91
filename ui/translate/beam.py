"""The beam: a tree of beginnings of which the likeliest are kept, beside what greedy says."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from rnn_core.decoding import Beam
from ui.kit import theme
from ui.kit.numbers import number
from ui.kit.player import Figure, Node, Text, look_for, node, still, table
from ui.kit.theme import FAINT, QUIET, W_HY
from ui.sequence.learner import Moment
from ui.translate import text
from ui.translate.matrix import place
from ui.translate.translating import Translating

WIDTH = 3
LONGEST = 9
"""Characters of a symbol in the tree."""


def show(now: Moment, made: Translating) -> None:
    """The tree, and the answers that it ends in."""
    beam = made.other(width=WIDTH, forced=False).beam
    greedy = made.other(width=1, forced=False)
    still(
        "beam",
        Text("beam title", node("h3", text.BEAM_TITLE.format(n=WIDTH)), card=True),
        Figure("tree", picture(beam, made), 300, text.TREE),
        Text("beam look", look_for(_said(beam, greedy))),
        Text("beams", _leaves(beam, made), card=True, area="side"),
        columns="minmax(0, 752fr) minmax(0, 464fr)",
    )  # fmt: skip


def rows_of(beam: Beam) -> tuple[list[int], list[int]]:
    """For each node its step, and its place among those of its step, the likeliest first."""
    steps: list[int] = []
    for node_ in beam.nodes:
        steps.append(0 if node_.parent is None else steps[node_.parent] + 1)
    places = [0] * len(steps)
    for step in set(steps):
        here = [i for i, one in enumerate(steps) if one == step]
        here.sort(key=lambda i: -beam.nodes[i].log_p)
        for rank, i in enumerate(here):
            places[i] = rank
    return steps, places


def picture(beam: Beam, made: Translating) -> go.Figure:
    """Traces: lines of what was dropped, of what was kept, of the best; and the names."""
    steps, places = rows_of(beam)
    best = _path(beam, beam.leaves[0])
    kept = {i for i, one in enumerate(beam.nodes) if one.kept}
    lines = [
        _lines([i for i in range(len(steps)) if i not in kept], beam, steps, places, FAINT, 1.0),
        _lines(sorted(kept - set(best)), beam, steps, places, QUIET, 1.6),
        _lines(best, beam, steps, places, W_HY, 3.0),
    ]
    names = []
    for i, one in enumerate(beam.nodes):
        name = theme.escape(theme.short(made.name(one.symbol), LONGEST))
        names.append(f"<b>{name}</b>" if i in best else name)
    colors = [W_HY if i in best else QUIET if i in kept else FAINT for i in range(len(steps))]
    dots = go.Scatter(
        x=steps, y=places, mode="markers+text", text=names, textposition="top center",
        marker={"size": 7, "color": colors, "opacity": 1}, cliponaxis=False,
        textfont={"size": 13, "color": colors},
        customdata=[round(one.log_p, 3) for one in beam.nodes],
        hovertemplate=f"{text.LOG_P_HOVER}<extra></extra>",
    )  # fmt: skip
    rows = max(places, default=0)
    axis: dict[str, Any] = {"showticklabels": False}
    return go.Figure([*lines, dots], theme.layout(
        margin={"l": 24, "r": 24, "t": 8, "b": 8},
        xaxis=theme.axis(range=[-0.6, max(steps) + 0.6], **axis),
        yaxis=theme.axis(range=[rows + 0.5, -0.9], **axis),
    ))  # fmt: skip


def _path(beam: Beam, leaf: int | None) -> list[int]:
    """The numbers of the nodes from the first to a leaf."""
    path: list[int] = []
    while leaf is not None:
        path.insert(0, leaf)
        leaf = beam.nodes[leaf].parent
    return path


def _lines(
    nodes: list[int], beam: Beam, steps: list[int], places: list[int], color: str, width: float
) -> go.Scatter:
    """From each node back to the one before it."""
    x: list[float | None] = []
    y: list[float | None] = []
    for i in nodes:
        if (parent := beam.nodes[i].parent) is not None:
            x += [steps[parent], steps[i], None]
            y += [places[parent], places[i], None]
    return go.Scatter(x=x, y=y, mode="lines", line={"color": color, "width": width},
                      hoverinfo="skip")  # fmt: skip


def _leaves(beam: Beam, made: Translating) -> Node:
    """What it ends in, with the log of its probability."""
    rows: list[list[Node]] = []
    for leaf in beam.leaves:
        words = [made.name(symbol) for symbol in beam.path(leaf)]
        rows.append([" ".join(words), number(beam.nodes[leaf].log_p, 3)])
    return node("div", node("h3", text.ENDS),
                table(rows, ["", text.LOG_P], ["", "mono"], looks={0: "strong"}),
                node("p", text.LOG_P_SAID, class_="quiet"))  # fmt: skip


def _said(beam: Beam, greedy: Translating) -> str:
    """Whether greedy would have said the same."""
    best, n = beam.path(beam.leaves[0]), len(beam.nodes)
    if best == greedy.outputs:
        return text.SAME_PATH.format(n=n)
    pairs = zip(best, greedy.outputs, strict=False)
    part = next(
        (t for t, (a, b) in enumerate(pairs) if a != b), min(len(best), len(greedy.outputs))
    )
    one = text.ONE[greedy.task]
    return text.PARTED.format(said=greedy.said, nth=place(part), one=one)
