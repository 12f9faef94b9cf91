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
from ui.kit.theme import CARD, EMPTY, INK

HEAD, FOOT, GAP = 50, 6, 26


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


def rows_height(n_units: int) -> int:
    """Pixels of one band."""
    return max(min(n_units * 7, 150), 42)


def height(n_units: int, n_bands: int) -> int:
    """Pixels for all of it."""
    return HEAD + FOOT + n_bands * (rows_height(n_units) + GAP)


def film(bands: Sequence[Band], words: Sequence[str], order: Sequence[int]) -> go.Figure:
    """Trace i is band i; every band has its name above its rows."""
    n_units = len(order)
    inside = len(bands) * (rows_height(n_units) + GAP)
    traces, axes, labels = [], {}, []
    for i, band in enumerate(bands):
        name = "" if i == 0 else str(i + 1)
        top = 1 - (i * (rows_height(n_units) + GAP) + GAP) / inside
        shown = np.where(np.isfinite(band.values), band.values, 0.0)
        traces.append(theme.heatmap(
            np.round(shown.T[list(order)] / band.limit, 4).tolist(), band.colors, 1.0,
            yaxis=f"y{name}", ygap=1 if n_units <= 24 else 0,
            customdata=[[[unit, format(v, band.unit)] for v in band.values[:, unit]]
                        for unit in order],
            hovertemplate=f"{band.name} of unit %{{customdata[0]}}: %{{customdata[1]}}"
            "<extra></extra>",
        ))  # fmt: skip
        axes[f"yaxis{name}"] = theme.axis(
            domain=[max(top - rows_height(n_units) / inside, 0), top],
            range=[n_units - 0.5, -0.5], showticklabels=False,
        )  # fmt: skip
        labels.append({
            "text": f"<b>{band.name}</b>  {band.meaning}", "x": 0, "y": top, "xref": "paper",
            "yref": "paper", "xanchor": "left", "yanchor": "bottom", "showarrow": False,
            "font": {"size": 12.5, "color": INK},
        })  # fmt: skip
    axes["xaxis"] = theme.word_axis(words, anchor="free", position=1)
    margin = {"l": 8, "r": 8, "t": HEAD, "b": FOOT}
    return go.Figure(traces, theme.layout(margin=margin, annotations=labels, **axes))


NARROW = {
    "one_line": True,
    "layout": {"margin": {"l": 8, "r": 22, "t": 62}, "xaxis": {"tickangle": -55}},
}
"""On a phone: leaning words."""


def at_step(
    figure: go.Figure,
    words: Sequence[str],
    t: int | None,
    row: int,
    hidden: tuple[float, float] | None,
    backward: bool = False,
) -> dict[str, Any]:
    """The column of word t and the unit's row framed in each band; None frames nothing.

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
        if t is not None:
            box = {"yref": yref, "line": {"color": INK, "width": 1.5}}
            shapes.append(theme.outline(t - 0.5, t + 0.5, -0.5, n_units - 0.5, **box))
            shapes.append(theme.outline(t - 0.5, t + 0.5, row - 0.5, row + 0.5, **box))
    return {"layout": {"shapes": shapes, "xaxis": theme.word_ticks(words, t)}}
