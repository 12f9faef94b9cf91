"""A state before and after a cut, and the answers that it leads to.

Arrays and labels in, a Plotly figure out. Rows are units, columns are words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import FORWARD, HAIR, INK, QUIET, W_HY, W_XH

HEIGHT = 600
AFTER = W_XH
ROOMS = ([0.75, 1.0], [0.49, 0.74], [0.23, 0.48])
NAMES = ("before", "after", "difference")


def film(
    h: tuple[np.ndarray, np.ndarray],
    p: tuple[np.ndarray, np.ndarray],
    words: Sequence[str],
    units: Sequence[int],
    answer: str,
    silenced: int | None = None,
) -> go.Figure:
    """Three heatmaps over shared words (before, after the cut, difference), and two curves.

    h : (T, H) each. p : (T,) each. units : the rows, from top to bottom. silenced : the one that is
    named. Traces 0 to 2 are the heatmaps, 3 and 4 the curves.
    """
    last = len(words) - 1
    figure = go.Figure(layout=theme.layout(margin={"l": 72, "r": 78, "t": 50, "b": 14}))
    states = (h[0], h[1], h[1] - h[0])
    for i, (state, name, room) in enumerate(zip(states, NAMES, ROOMS, strict=True)):
        figure.add_trace(theme.heatmap(
            rows(state, units), FORWARD, 1.0 + (i == 2), yaxis=f"y{i + 1}" if i else "y",
            xgap=1, ygap=1 if len(units) <= 32 else 0, customdata=[[u] * (last + 1) for u in units],
            hovertemplate=f"{name}, unit %{{customdata}}: %{{z:+.2f}}<extra></extra>",
        ))  # fmt: skip
        figure.update_layout({f"yaxis{i + 1 if i else ''}": theme.axis(
            domain=room, range=[len(units) - 0.5, -0.5], showticklabels=False,
            title={"text": f"<b>{name}</b>", "font": {"size": 13, "color": INK}})})  # fmt: skip
    looks = ((W_HY, "solid", "circle"), (AFTER, "dash", "diamond"))
    for curve, name, (color, dash, symbol) in zip(p, NAMES, looks, strict=False):
        figure.add_trace(go.Scatter(
            x=list(range(last + 1)), y=curve_of(curve), yaxis="y4", mode="lines+markers",
            line={"color": color, "width": 2, "dash": dash}, cliponaxis=False,
            marker={"size": 8 if last < 20 else 5, "color": color, "symbol": symbol, "opacity": 1},
            hovertemplate=f"{name}: P({theme.escape(answer)}) = %{{y:.3f}}<extra></extra>",
        ))  # fmt: skip
    figure.update_layout(
        xaxis=theme.axis(side="top", range=[-0.5, last + 0.5], anchor="free", position=1,
                         **theme.word_ticks(words)),
        yaxis4=theme.axis(domain=[0.02, 0.18], range=[-0.12, 1.12], tickvals=[0, 1],
                          title=theme.title(f"P({theme.escape(answer)})")),
        annotations=_names(p, last),
    )  # fmt: skip
    if silenced is not None:
        figure.add_annotation(
            text=str(silenced), x=0, xref="paper", y=units.index(silenced), yref="y2",
            xanchor="right", showarrow=False, font={"size": 12, "color": AFTER},
        )  # fmt: skip
    return figure


def rows(state: np.ndarray, units: Sequence[int]) -> list[list[float]]:
    """(T, H) as a heatmap's rows."""
    return [[round(v, 2) for v in row] for row in state.T[list(units)].tolist()]


def curve_of(p: np.ndarray) -> list[float]:
    """(T,) as a curve's numbers."""
    return [round(v, 4) for v in p.tolist()]


def _names(p: tuple[np.ndarray, np.ndarray], last: int) -> list[dict[str, Any]]:
    """Each curve's name and end at its end; two that end close to each other stand apart."""
    ends = [float(curve[-1]) for curve in p]
    near = abs(ends[0] - ends[1]) < 0.3
    upper = ends.index(max(ends))
    return [
        {"text": f"{name} {end:.2f}", "x": 1, "xref": "paper", "y": end, "yref": "y4",
         "xanchor": "left", "xshift": 4, "yshift": (9 if i == upper else -9) if near else 0,
         "showarrow": False, "font": {"color": color, "size": 12}}
        for i, (name, end, color) in enumerate(zip(NAMES, ends, (W_HY, AFTER), strict=False))
    ]  # fmt: skip


def at_word(
    words: Sequence[str], t: int, held: tuple[float, float, float, float] | None
) -> dict[str, Any]:
    """The word where we are, and the cells that are held: x0, x1, y0, y1; None for none shown."""
    place = {"x0": t - 0.5, "x1": t + 0.5, "y0": 0, "y1": 1, "yref": "paper", "type": "rect"}
    shapes: list[dict[str, Any]] = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y4", "y0": 0.5, "y1": 0.5,
         "line": {"color": HAIR, "width": 1, "dash": "dot"}},
        {**place, "line": {"color": QUIET, "width": 1}},
    ]  # fmt: skip
    if held:
        shapes.append(theme.outline(*held, yref="y2", line={"color": AFTER, "width": 2.5}))
    return {"layout": {"shapes": shapes, "xaxis": theme.word_ticks(words, t)}}


def after(
    h: tuple[np.ndarray, np.ndarray], p: tuple[np.ndarray, np.ndarray], units: Sequence[int]
) -> dict[str, Any]:
    """Another cut: its state, the difference and its curve, to be merged with at_word."""
    heats = {"1": {"z": rows(h[1], units)}, "2": {"z": rows(h[1] - h[0], units)}}
    curves = {"4": {"y": curve_of(p[1])}}
    return {"data": {**heats, **curves}, "layout": {"annotations": _names(p, len(p[0]) - 1)}}


NARROW = {
    "one_line": True,
    "layout": {
        "margin": {"l": 34, "r": 70, "t": 62},
        "xaxis": {"tickangle": -55},
        **{axis: {"title": {"font": {"size": 11}}} for axis in ("yaxis", "yaxis2", "yaxis3")},
    },
}
"""The same on a phone: leaning words, smaller margins."""
