"""Two sentences word for word: two states, their difference, and two answers on one scale."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import FORWARD, HAIR, INK, W_HY

SECOND = theme.W_XH


def align(first: Sequence[str], second: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Put the words of two sentences over one another; None where one has no partner."""
    pairs: list[tuple[int | None, int | None]] = []
    for kind, i0, i1, j0, j1 in difflib.SequenceMatcher(
        a=first, b=second, autojunk=False
    ).get_opcodes():
        left: list[int | None] = list(range(i0, i1))
        right: list[int | None] = list(range(j0, j1))
        if kind == "replace":
            width = max(len(left), len(right))
            left += [None] * (width - len(left))
            right += [None] * (width - len(right))
        elif kind == "delete":
            right = [None] * len(left)
        elif kind == "insert":
            left = [None] * len(right)
        pairs += zip(left, right, strict=True)
    return pairs


def held(values: np.ndarray, steps: Sequence[int | None]) -> np.ndarray:
    """What a sentence holds at each column: at a gap it waits with what it had, at first zero.

    values : (T, H) or (T,). Returns (columns, H) or (columns,).
    """
    waiting = np.zeros_like(values[0])
    rows = []
    for step in steps:
        waiting = waiting if step is None else values[step]
        rows.append(waiting)
    return np.array(rows)


def film(
    h: tuple[np.ndarray, np.ndarray],
    p: tuple[np.ndarray, np.ndarray],
    words: tuple[Sequence[str], Sequence[str]],
    order: Sequence[int],
    answer: str,
) -> go.Figure:
    """Three heatmaps (first, second, first minus second) over shared columns, and two curves.

    h : (columns, H) each, p : (columns,) each. words : one for each column, "" at a gap.
    """
    n_columns, n_units = h[0].shape
    panels = [(h[0], "first", 1.0), (h[1], "second", 1.0), (h[0] - h[1], "difference", 2.0)]
    figure = go.Figure(layout=theme.layout(margin={"l": 74, "r": 16, "t": 44, "b": 16}))
    ends = [1.0, 0.74, 0.48]
    for i, (state, name, limit) in enumerate(panels):
        axis = f"y{i + 1}" if i else "y"
        figure.add_trace(theme.heatmap(
            np.round(state.T[list(order)], 4).tolist(), FORWARD, limit, yaxis=axis, ygap=1,
            customdata=[[unit] * n_columns for unit in order],
            hovertemplate=f"{name}, unit %{{customdata}}: %{{z:+.3f}}<extra></extra>",
        ))  # fmt: skip
        title = {"text": f"<b>{name}</b>", "font": {"size": 13, "color": INK}}
        figure.update_layout({f"yaxis{i + 1 if i else ''}": theme.axis(
            domain=[ends[i] - 0.23, ends[i]], range=[n_units - 0.5, -0.5], showticklabels=False,
            title=title)})  # fmt: skip
    looks = (("first", W_HY, "solid"), ("second", SECOND, "dash"))
    for curve, (name, color, dash) in zip(p, looks, strict=True):
        figure.add_trace(go.Scatter(
            x=list(range(n_columns)), y=np.round(curve, 4).tolist(), yaxis="y4", name=name,
            mode="lines+markers", line={"color": color, "width": 2, "dash": dash},
            marker={"size": 8, "color": color}, cliponaxis=False,
            hovertemplate=f"{name}: %{{y:.3f}}<extra></extra>",
        ))  # fmt: skip
        figure.add_annotation(
            text=name, x=n_columns - 0.62, y=float(curve[-1]), yref="y4", showarrow=False,
            xanchor="left", font={"color": color, "size": 12},
        )  # fmt: skip
    labels = [_both(a, b) for a, b in zip(*words, strict=True)]
    figure.update_layout(
        xaxis=theme.axis(
            side="top", range=[-0.5, n_columns - 0.2], anchor="free", position=1,
            tickmode="array", tickvals=list(range(n_columns)), ticktext=labels,
        ),
        yaxis4=theme.axis(
            domain=[0.02, 0.19], range=[-0.1, 1.1], tickvals=[0, 1], showgrid=True, gridcolor=HAIR,
            title=theme.title(f"P({theme.escape(answer)})"),
        ),
    )  # fmt: skip
    return figure


NARROW = {
    "layout": {
        "margin": {"l": 40, "r": 26, "t": 66},
        "xaxis": {"tickangle": -55},
        **{axis: {"title": {"font": {"size": 11}}} for axis in ("yaxis", "yaxis2", "yaxis3")},
    }
}
"""The same on a phone: leaning words, smaller margins."""


def _both(first: str, second: str) -> str:
    """One column's words: once when equal, over one another when not."""
    if first == second:
        return f'<span style="font-size:14px">{theme.escape(first)}</span>'
    upper, lower = (theme.escape(word) if word else "·" for word in (first, second))
    return (
        f'<span style="font-size:14px;color:{W_HY}">{upper}</span><br>'
        f'<span style="font-size:14px;color:{SECOND}">{lower}</span>'
    )


def at_column(figure: go.Figure, column: int) -> dict[str, Any]:
    """Frame one column through all three heatmaps."""
    rows = len(figure.data[0].z)
    frames = [
        theme.outline(column - 0.5, column + 0.5, -0.5, rows - 0.5, yref=f"y{i}" if i > 1 else "y")
        for i in (1, 2, 3)
    ]
    return {"layout": {"shapes": frames}}


def parting(h: tuple[np.ndarray, np.ndarray]) -> list[float]:
    """How far apart the two states are at each column: |h_first - h_second| / sqrt(H), 0..2."""
    apart = np.sqrt(((h[0] - h[1]) ** 2).mean(axis=1))
    return [round(float(value), 3) for value in apart]
