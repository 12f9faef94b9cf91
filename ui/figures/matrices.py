"""One step as matrices: a column picked, a matrix times a vector, a sum, an answer.

Every matrix is drawn with its shape in its title; rows of all of them are the same units in
the same order. Arrays and labels in, a Plotly figure out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import AMOUNT, FORWARD, INK, QUIET

TOP, BOTTOM = 62, 40


def blocks(
    arrays: Sequence[np.ndarray],
    titles: Sequence[str],
    signs: Sequence[str],
    limits: Sequence[float],
    colors: Sequence[str],
    shares: Sequence[int] = (),
) -> go.Figure:
    """Matrices side by side, each as wide as it has columns, with a sign between neighbours.

    arrays : (rows, columns) each, trace i is array i. titles : may hold HTML of our own.
    signs : what stands after each array, "" for nothing. limits : the colour range of each.
    shares : the numbers of those that go from 0 up, without a sign.
    """
    widths = [max(a.shape[1], 1.6) for a in arrays]
    widest = sum(widths)
    room = [widest * (0.04 + 0.022 * len(sign)) if sign else 0.0 for sign in signs]
    unit = 1 / (widest + sum(room))
    traces, axes, labels = [], {}, []  # a figure built at once is ten times quicker
    left = 0.0
    for i, (array, width) in enumerate(zip(arrays, widths, strict=True), start=1):
        name = "" if i == 1 else str(i)
        traces.append(
            theme.heatmap(
                np.round(array, 4).tolist(), AMOUNT if i - 1 in shares else FORWARD,
                limits[i - 1], xaxis=f"x{name}",
                yaxis=f"y{name}", xgap=1, ygap=1, hovertemplate="%{z:+.3f}<extra></extra>",
            )
        )  # fmt: skip
        right = min(left + width * unit, 1.0)
        axes |= {
            f"xaxis{name}": theme.axis(domain=[left, right], showticklabels=False,
                                       range=[-0.5, array.shape[1] - 0.5], anchor=f"y{name}"),
            f"yaxis{name}": theme.axis(domain=[0, 1], showticklabels=False, anchor=f"x{name}",
                                       range=[array.shape[0] - 0.5, -0.5]),
        }  # fmt: skip
        place = {"xref": "paper", "yref": "paper", "showarrow": False, "xanchor": "center"}
        labels.append({
            **place, "text": titles[i - 1], "x": (left + right) / 2, "y": 1, "yanchor": "bottom",
            "yshift": 6, "font": {"size": 13, "color": colors[i - 1] or INK},
        })  # fmt: skip
        left = right + room[i - 1] * unit
        if signs[i - 1]:
            labels.append({
                **place, "text": signs[i - 1], "x": (right + left) / 2, "y": 0.5,
                "font": {"size": 15, "color": QUIET},
            })  # fmt: skip
    margin = {"l": 6, "r": 6, "t": TOP, "b": BOTTOM}
    return go.Figure(traces, theme.layout(margin=margin, annotations=labels, **axes))


def titled(symbol: str, shape: str) -> str:
    """A matrix's name over its shape."""
    return f'<b>{symbol}</b><br><span style="font-size:11px;color:{QUIET}">{shape}</span>'


def column(values: Sequence[float] | np.ndarray) -> list[list[float]]:
    """A vector as one column of cells."""
    return [[round(float(value), 4)] for value in values]


def vectors_at(columns: dict[int, np.ndarray]) -> dict[str, Any]:
    """What changes at a step: trace number -> the vector that now stands there."""
    return {"data": {str(i): {"z": column(vector)} for i, vector in columns.items()}}


def framed_column(place: int, index: int, n_rows: int, color: str) -> dict[str, Any]:
    """A frame round one column of matrix number `place` (from 1)."""
    name = "" if place == 1 else str(place)
    return theme.outline(
        index - 0.5, index + 0.5, -0.5, n_rows - 0.5, xref=f"x{name}", yref=f"y{name}",
        line={"color": color, "width": 2.5},
    )  # fmt: skip


def framed_cell(place: int, row: int, n_columns: int) -> dict[str, Any]:
    """A frame round one row of matrix number `place` (from 1)."""
    name = "" if place == 1 else str(place)
    return theme.outline(
        -0.5, n_columns - 0.5, row - 0.5, row + 0.5, xref=f"x{name}", yref=f"y{name}",
        line={"color": INK, "width": 2},
    )  # fmt: skip
