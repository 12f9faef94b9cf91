"""The way back: blame by unit and word, its length under each word, and two sums of outer products.

Arrays and labels in, a Plotly figure out. Blame is green to purple; columns are the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import ACCENT, AMOUNT, BACKWARD, BLAME, EMPTY, HAIR, INK, QUIET

DECADES = 6
HEAD, FOOT = 50, 12
GONE = 0.01
CLEAR = "rgba(0,0,0,0)"


def height(n_units: int) -> int:
    """Pixels for n units."""
    return HEAD + FOOT + round(max(min(n_units * 21, 440), 190) / 0.58)


def colored(d_h: np.ndarray, log: bool) -> tuple[np.ndarray, float]:
    """What the cells show, and its fixed limit: d_h itself, or its sign times decades above 1e-6.

    On the log scale 1 is the largest blame of all, 0 a millionth of it or less.
    """
    d_h = np.where(np.isfinite(d_h), d_h, 0.0)
    largest = float(np.abs(d_h).max(initial=0.0)) or 1.0
    if not log:
        return d_h, largest
    share = np.maximum(np.abs(d_h) / largest, 10.0**-DECADES)
    return np.sign(d_h) * (1 + np.log10(share) / DECADES), 1.0


def film(
    d_h: np.ndarray,
    lengths: np.ndarray,
    saturated: np.ndarray,
    words: Sequence[str],
    order: Sequence[int],
    log: bool,
    symbol: str = "h",
    saturates: str = "units beyond ±0.99",
    entry: int = -1,
) -> go.Figure:
    """Trace 0: d_h (T, H) as cells; 1: |d_h_t| (T,) as bars; 2: share of saturated units (T,).

    symbol : what is blamed, where it is not h. saturates : what that share is of.
    entry : the word whose blame the 1 % line refers to.
    """
    n_steps, n_units = d_h.shape
    shown, limit = colored(d_h, log)
    heat = theme.heatmap(
        np.round(shown.T[list(order)] / limit, 4).tolist(), BACKWARD, 1.0,
        ygap=2 if n_units <= 32 else 0.5,
        customdata=[[[unit, f"{d_h[t, unit]:+.2e}"] for t in range(n_steps)] for unit in order],
        hovertemplate=f"unit %{{customdata[0]}}: dL/d{symbol} = %{{customdata[1]}}<extra></extra>",
    )  # fmt: skip
    safe = [float(v) if np.isfinite(v) and v > 0 else None for v in lengths]
    lamp = theme.heatmap(
        [np.round(saturated, 3).tolist()], AMOUNT, 1.0, yaxis="y3", x=list(range(n_steps)),
        hovertemplate=f"%{{z:.0%}} of {saturates}<extra></extra>",
    )  # fmt: skip
    top = max([v for v in safe if v], default=1.0)
    low = max(min([v for v in safe if v], default=1e-3), top * 1e-9)
    start = float(lengths[entry]) if np.isfinite(lengths[entry]) else 0.0
    return go.Figure(
        [heat, _bars(safe, symbol), lamp],
        theme.layout(
            margin={"l": 56, "r": 14, "t": HEAD, "b": FOOT},
            xaxis=theme.axis(side="top", range=[-0.5, n_steps - 0.5], anchor="y",
                             **theme.word_ticks(words)),
            yaxis=theme.unit_axis(order, [0.42, 1]),
            yaxis2=theme.axis(domain=[0.02, 0.29], type="log", showticklabels=False,
                              range=[np.log10(low) - 0.35, np.log10(top) + 0.35],
                              title=theme.title(f"|dL/d{symbol}|, log")),
            yaxis3=theme.axis(domain=[0.345, 0.385], tickvals=[0], ticktext=["flat"],
                              tickfont={"size": 11, "color": QUIET}),
            shapes=[_one_percent(start * GONE, visible=start * GONE > low * 0.5)],
        ),
    )  # fmt: skip


def _bars(lengths: Sequence[float | None], symbol: str) -> go.Bar:
    """|d_h_t| under each word, with its number where there is room."""
    return go.Bar(
        x=list(range(len(lengths))), y=list(lengths), yaxis="y2", width=0.62,
        text=None if len(lengths) > 12 else [f"{v:.2g}" if v else "0" for v in lengths],
        textposition="outside", textfont={"size": 11, "color": QUIET}, textangle=0,
        marker={"color": BLAME}, cliponaxis=False,
        hovertemplate=f"|dL/d{symbol}| = %{{y:.3g}}<extra></extra>",
    )  # fmt: skip


def _one_percent(height: float, visible: bool) -> dict[str, Any]:
    """The line under which blame counts as gone."""
    label = {"text": "1 %", "textposition": "start", "font": {"size": 11, "color": ACCENT}}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y2", "y0": height,
            "y1": height, "visible": bool(visible), "label": label,
            "line": {"color": ACCENT, "width": 1, "dash": "dot"}}  # fmt: skip


NARROW = {
    "one_line": True,
    "data": {"1": {"text": None}},
    "layout": {
        "margin": {"l": 34, "r": 26, "t": 62},
        "xaxis": {"tickangle": -55},
        "yaxis": {"title": {"text": ""}},
    },
}
"""The same on a phone: leaning words, no numbers over the bars."""


def at_step(
    figure: go.Figure, words: Sequence[str], t: int | None, row: int, backwards: bool = False
) -> dict[str, Any]:
    """Blame has come back to word t (from 0; T for not yet begun); None when all is done.

    backwards : whether what is blamed reads from the last word, so that blame goes to the right.
    """
    n_steps, n_units = len(words), len(figure.data[0].z)
    begun = t is None or t < n_steps
    first, last = 0, n_steps - 1
    if t is not None:
        first, last = (0, t if begun else -1) if backwards else (t, n_steps - 1)
    shapes = [figure.layout.shapes[0].to_plotly_json()]
    if last - first < n_steps - 1:
        x0, x1 = (last + 0.5, n_steps - 0.5) if backwards else (-0.5, first - 0.5)
        veil = {"type": "rect", "x0": x0, "x1": x1, "y0": 0, "y1": 1,
                "yref": "y domain", "fillcolor": EMPTY, "line": {"width": 0}}  # fmt: skip
        shapes.append(veil)
    if t is not None and begun:
        shapes.append(theme.outline(t - 0.5, t + 0.5, -0.5, n_units - 0.5))
        shapes.append(theme.outline(t - 0.5, t + 0.5, row - 0.5, row + 0.5, line={"width": 2.5}))
    reached = [first <= s <= last for s in range(n_steps)]
    return {
        "data": {"1": {"marker": {"color": [BLAME if here else HAIR for here in reached]},
                       "textfont": {"color": [INK if here else CLEAR for here in reached]}}},
        "layout": {"shapes": shapes, "xaxis": theme.word_ticks(words, last, first)},
    }  # fmt: skip
