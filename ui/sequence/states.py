"""The hidden state over the words: the film's main figure, and its change from step to step.

Arrays and labels in, a Plotly figure out. Rows are units in the order asked for, columns are
words; beneath, aligned, what the network would answer if the sentence ended there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.theme import CARD, HAIR, QUIET, W_HY

CURVE_SHARE = 0.23
HEAD, FOOT = 50, 14


def height(n_units: int) -> int:
    """Pixels for n units: room to read each of up to 32, a fixed total beyond."""
    rows = max(min(n_units * 19, 460), 170)
    return HEAD + FOOT + round(rows / (1 - CURVE_SHARE))


def film(
    h: np.ndarray, p: np.ndarray, words: Sequence[str], order: Sequence[int], answer: str,
    symbol: str = "h", span: tuple[float, float] = (-1.0, 1.0),
) -> go.Figure:  # fmt: skip
    """The state as a heatmap and the answer as a curve.

    h : (T, H), the state or another signal; symbol, span : its name and range. p : (T,)
    probability of `answer` after each word. order : unit numbers, the first
    on top. Trace 0 is the heatmap, trace 1 the curve.
    """
    n_steps, n_units = h.shape
    safe = [theme.escape(word) for word in words]
    heat = theme.heatmap(
        np.round(h.T[list(order)], 4).tolist(),
        *theme.span_colors(span),
        ygap=2 if n_units <= 32 else 0.5,
        customdata=[[[word, unit] for word in safe] for unit in order],
        hovertemplate=f"{symbol} of unit %{{customdata[1]}} after “%{{customdata[0]}}”: "
        "%{z:+.3f}<extra></extra>",
        showscale=True,
        colorbar={
            "thickness": 10, "len": 1 - CURVE_SHARE, "y": 1, "yanchor": "top", "x": 1.015,
            **theme.span_ticks(span), "outlinewidth": 0,
            "tickfont": {"size": 12, "color": QUIET},
        },
    )  # fmt: skip
    half = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y2", "y0": 0.5, "y1": 0.5}
    return go.Figure(
        [heat, _curve(p, safe, answer)],
        theme.layout(
            margin={"l": 46, "r": 44, "t": HEAD, "b": FOOT},
            xaxis=theme.axis(side="top", range=[-0.5, n_steps - 0.5], **theme.word_ticks(words)),
            yaxis=theme.unit_axis(order, [CURVE_SHARE, 1]),
            yaxis2=theme.axis(
                domain=[0.02, CURVE_SHARE - 0.05], range=[-0.12, 1.12], tickvals=[0, 1],
                title=theme.title(f"P({theme.escape(answer)})"),
            ),
            shapes=[{**half, "line": {"color": HAIR, "width": 1, "dash": "dot"}}],
        ),
    )  # fmt: skip


def _curve(p: np.ndarray, safe: Sequence[str], answer: str) -> go.Scatter:
    """The answer after each word, with its number where there is room. safe : escaped words."""
    return go.Scatter(
        x=list(range(len(p))),
        y=np.round(p, 4).tolist(),
        yaxis="y2",
        mode="lines+markers+text" if len(p) <= 14 else "lines+markers",
        line={"color": W_HY, "width": 2},
        marker={"size": 9, "color": W_HY, "opacity": 1, "line": {"color": W_HY, "width": 2}},
        text=[f"{value:.2f}" for value in p],
        textposition=sides(p),
        textfont={"size": 12},
        customdata=list(safe),
        hovertemplate=f"if it ended at “%{{customdata}}”: P({theme.escape(answer)}) = "
        "%{y:.3f}<extra></extra>",
        cliponaxis=False,
    )


NARROW = {
    "one_line": True,
    "data": {"0": {"showscale": False, "xgap": 1}, "1": {"mode": "lines+markers"}},
    "layout": {
        "margin": {"l": 30, "r": 26, "t": 62, "b": 10},
        "xaxis": {"tickangle": -55, "tickfont": {"size": 12}},
        "yaxis": {"title": {"text": ""}},
        "yaxis2": {"title": {"text": "P", "standoff": 2}},
    },
}
"""The film's figure on a phone: no scale, no titles, leaning words."""


def sides(p: np.ndarray) -> list[str]:
    """Where each number stands: on the outer side of its bend, so that the line misses it."""
    around = np.convolve(np.pad(p, 1, mode="edge"), [0.5, 0, 0.5], mode="valid")
    above = np.where(p > 0.88, False, np.where(p < 0.12, True, p >= around))
    return ["top center" if up else "bottom center" for up in above]


def at_step(
    figure: go.Figure, words: Sequence[str], t: int, row: int | None, backwards: bool = False
) -> dict[str, Any]:
    """What changes in the film's figure at word t: the column's frame, what is still unread.

    row : the chosen unit's place from the top, framed in the column; None for none. backwards :
    whether what is shown reads from the last word.
    """
    n_steps = len(words)
    n_units = len(figure.data[0].z)
    shapes = [figure.layout.shapes[0].to_plotly_json()]
    x0, x1 = (-0.5, t - 0.5) if backwards else (t + 0.5, n_steps - 0.5)
    if x0 < x1:
        unread = {"x0": x0, "x1": x1, "y0": CURVE_SHARE if backwards else 0, "y1": 1,
                  "yref": "paper"}  # fmt: skip
        veil = {"fillcolor": CARD, "opacity": 0.72, "line": {"width": 0}}
        shapes.append({"type": "rect", **unread, **veil})
    shapes.append(theme.outline(t - 0.5, t + 0.5, -0.5, n_units - 0.5))
    if row is not None:
        shapes.append(theme.outline(t - 0.5, t + 0.5, row - 0.5, row + 0.5, line={"width": 2.5}))
    filled = [W_HY if s <= t else CARD for s in range(n_steps)]
    sizes = [13 if s == t else 9 for s in range(n_steps)]
    return {
        "data": {"1": {"marker": {"color": filled, "size": sizes}}},
        "layout": {"shapes": shapes, "xaxis": theme.word_ticks(words, t)},
    }
