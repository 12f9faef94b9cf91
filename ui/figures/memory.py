"""Does it learn?: a small picture for each variant, in it a line for each seed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.profile import ways
from ui.figures.theme import CARD, FAINT, HAIR, INK

HEIGHT = 262
MOST_POINTS = 120
WINDOW = 10
"""Batches: a curve is the mean of the last so many."""
Seed = tuple[Sequence[float], int | None]
"""The share right in each batch, and the step at which it was learned."""


def blank(names: Sequence[str], n_seeds: int, longest: int, guess: float) -> go.Figure:
    """Traces i * (n_seeds + 1) + seed are curves; the last of each variant are its ends."""
    n = len(names)
    figure = go.Figure(layout=theme.layout(margin={"l": 44, "r": 12, "t": 26, "b": 42}))
    for i, (name, (color, dash, mark)) in enumerate(zip(names, ways(n), strict=True)):
        left, right = _columns(n)[i]
        at = "" if i == 0 else str(i + 1)
        axes = {"xaxis": f"x{at}", "yaxis": f"y{at}"}
        figure.update_layout({
            f"xaxis{at}": theme.axis(domain=[left, right], range=[0, longest * 1.02],
                                     anchor=f"y{at}", tickvals=[0, longest // 2, longest],
                                     title=theme.title("steps")),
            f"yaxis{at}": theme.axis(range=[-0.02, 1.06], anchor=f"x{at}", showgrid=True,
                                     gridcolor=HAIR, tickvals=[0, 0.5, 1],
                                     ticktext=["0", "50 %", "100 %"], showticklabels=i == 0),
        })  # fmt: skip
        for _ in range(n_seeds):
            figure.add_trace(go.Scatter(
                x=[], y=[], mode="lines", line={"color": color, "dash": dash, "width": 1.7},
                hovertemplate="%{y:.0%} right at step %{x}<extra></extra>", **axes))  # fmt: skip
        figure.add_trace(go.Scatter(
            x=[], y=[], mode="markers", hovertemplate="learned at step %{x}<extra></extra>",
            cliponaxis=False, marker={"size": 10, "symbol": mark, "color": color,
                                      "line": {"color": CARD, "width": 1.5}}, **axes))  # fmt: skip
        figure.add_shape(type="line", xref=f"x{at}", yref=f"y{at}", x0=0, x1=longest, y0=guess,
                         y1=guess, line={"color": FAINT, "width": 1.2, "dash": "dot"})  # fmt: skip
        figure.add_annotation(x=0, xref=f"x{at} domain", y=1, yref=f"y{at} domain", yshift=4,
                              yanchor="bottom", xanchor="left", showarrow=False,
                              text=theme.escape(name), font={"size": 13, "color": INK})  # fmt: skip
    return figure


def narrow(n: int, longest: int) -> dict[str, Any]:
    """Four pictures stand two by two where there is little room."""
    changes: dict[str, Any] = {"margin": {"l": 44, "r": 14}}
    for i in range(n):
        ticks = [0, longest] if n < 3 else [longest]
        changes[f"xaxis{'' if i == 0 else i + 1}"] = {"tickvals": ticks}
    if n == 4:
        for i in range(4):
            at, (row, column) = ("" if i == 0 else str(i + 1)), divmod(i, 2)
            changes[f"xaxis{at}"] |= {"domain": [0.53 * column, 0.47 + 0.53 * column],
                                     "title": {"text": ""}, "showticklabels": row == 1}  # fmt: skip
            changes[f"yaxis{at}"] = {"domain": [0.6 * (1 - row), 0.4 + 0.6 * (1 - row)],
                                     "showticklabels": column == 0}  # fmt: skip
    return {"layout": changes}


def _columns(n: int) -> list[tuple[float, float]]:
    gap = 0.035
    width = (1 - gap * (n - 1)) / n
    return [(i * (width + gap), i * (width + gap) + width) for i in range(n)]


def filled(variants: Sequence[Sequence[Seed]], n_seeds: int) -> dict[str, Any]:
    """variants : for each its seeds so far, in blank's order."""
    data: dict[str, Any] = {}
    for i, seeds in enumerate(variants):
        first = i * (n_seeds + 1)
        for k in range(n_seeds):
            accuracies = seeds[k][0] if k < len(seeds) else []
            data[str(first + k)] = smooth(accuracies)
        ends = [learned for _, learned in seeds if learned is not None]
        data[str(first + n_seeds)] = {"x": ends, "y": [1.0] * len(ends)}
    return {"data": data}


def smooth(accuracies: Sequence[float]) -> dict[str, list[float]]:
    """Running means of the last WINDOW steps; at most MOST_POINTS of them, the last among them."""
    n = len(accuracies)
    if not n:
        return {"x": [], "y": []}
    sums = np.concatenate([[0.0], np.cumsum(accuracies)])
    at = np.unique(np.linspace(1, n, min(n, MOST_POINTS)).round().astype(int))
    since = np.maximum(at - WINDOW, 0)
    means = (sums[at] - sums[since]) / (at - since)
    return {"x": at.tolist(), "y": means.round(3).tolist()}
