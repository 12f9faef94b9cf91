"""Several signals over the same words, one band of rows each: what is kept, written, shown.

Arrays and labels in, a Plotly figure out. Rows of every band are the same units in the same order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.numbers import compact
from ui.kit.player import Figure, Node, Panel, Room, Text, node
from ui.kit.theme import AMOUNT, CARD, EMPTY, INK
from ui.sequence import states, text
from ui.sequence.words import Span, Words

HEAD, FOOT, GAP = 4, 6, 28


@dataclass(frozen=True)
class Band:
    """One signal. name : as written; meaning : a few words beside it. values : (T, H).

    colors, limit : as for theme.heatmap. unit : how a number is written, as "+.3f".
    """

    name: str
    meaning: str
    values: np.ndarray
    colors: Sequence[str]
    limit: float
    unit: str = "+.3f"


def stack(n_units: int, n_bands: int) -> list[Room]:
    """How the bands share the figure's height."""
    px = max(min(n_units * 7, 150), 42)
    return [Room(f"yaxis{i + 1 if i else ''}", px=px, gap=GAP) for i in range(n_bands)]


def film(bands: Sequence[Band], known: Sequence[bool], order: Sequence[int]) -> go.Figure:
    """Trace i is band i, with its name above its rows and its scale beside them.

    known : for every word of the sentence whether it is read: T of them are.
    """
    traces, axes, labels = [], {}, []
    for i, band in enumerate(bands):
        name = "" if i == 0 else str(i + 1)
        shown = np.where(np.isfinite(band.values), band.values, 0.0)[:, list(order)]
        numbers = np.full((len(order), len(known)), "", object)
        numbers[:, states.places(known)] = [[format(v, band.unit) for v in band.values[:, unit]]
                                            for unit in order]  # fmt: skip
        ends = ["0", compact(band.limit)]
        if band.colors is not AMOUNT:
            ends.insert(0, compact(-band.limit))
        bar = {"tickvals": [-1, 0, 1][-len(ends) :], "ticktext": ends}
        traces.append(theme.heatmap(
            states.spread(shown / band.limit, known), band.colors, 1.0, yaxis=f"y{name}",
            ygap=1 if len(order) <= 24 else 0, showscale=True,
            colorbar=theme.color_bar((0.0, 1.0)) | bar,
            customdata=[[[unit, said] for said in row]
                        for unit, row in zip(order, numbers.tolist(), strict=True)],
            hovertemplate=text.BAND_OF.format(band=band.name),
        ))  # fmt: skip
        axes[f"yaxis{name}"] = theme.axis(range=[len(order) - 0.5, -0.5], showticklabels=False)
        labels.append({
            "text": f"<b>{band.name}</b>  {band.meaning}", "x": 0, "y": 1, "xref": "paper",
            "yref": f"y{name} domain", "xanchor": "left", "yanchor": "bottom", "showarrow": False,
            "font": {"size": 14, "color": INK},
        })  # fmt: skip
    axes["xaxis"] = theme.axis(range=[-0.5, len(known) - 0.5], showticklabels=False)
    margin = {"l": 68, "r": 52, "t": HEAD, "b": FOOT}
    return go.Figure(traces, theme.layout(margin=margin, annotations=labels, **axes))


def panels(
    title: str, figure: go.Figure, words: Words, description: str, look: Node
) -> list[Panel]:
    """It under its words: the panels "gates title", "gates words", "gates" and "gates look"."""
    n_units, n_bands = len(figure.data[0].z), len(figure.data)
    narrow = {"data": {str(i): {"showscale": False} for i in range(n_bands)}}
    return [
        Text("gates title", node("h3", title)), words.panel("gates words"),
        Figure("gates", figure, 0, title, description, columns=words.n_columns, narrow=narrow,
               stack=stack(n_units, n_bands)),
        Text("gates look", look),
    ]  # fmt: skip


def at_step(
    figure: go.Figure, words: Words, column: int | None, row: int, hidden: Span | None,
    backward: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """A column and the unit's row framed in each band; None frames nothing.

    hidden : from which column to which nothing has happened yet. backward : whether what
    happens is the gradient's way back.
    """
    n_units = len(figure.data[0].z)
    shapes: list[dict[str, Any]] = []
    for i in range(len(figure.data)):
        yref = "y" if i == 0 else f"y{i + 1}"
        if hidden is not None and hidden[0] < hidden[1]:
            veil = {"x0": hidden[0], "x1": hidden[1], "y0": 0, "y1": 1, "yref": f"{yref} domain"}
            look = {"fillcolor": EMPTY if backward else CARD, "opacity": 1 if backward else 0.72}
            shapes.append({"type": "rect", **veil, **look, "line": {"width": 0}})
        if column is not None:
            box = {"yref": yref, "line": {"color": INK, "width": 1.5}}
            x = column - 0.5, column + 0.5
            shapes.append(theme.outline(*x, -0.5, n_units - 0.5, **box))
            shapes.append(theme.outline(*x, row - 0.5, row + 0.5, **box))
    return {"gates": {"layout": {"shapes": shapes}}, "gates words": words.at(column, hidden)}
