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
) -> go.Figure:
    """Trace 0: d_h (T, H) as cells; 1: |d_h_t| (T,) as bars; 2: share of saturated units (T,)."""
    n_steps, n_units = d_h.shape
    shown, limit = colored(d_h, log)
    heat = theme.heatmap(
        np.round(shown.T[list(order)] / limit, 4).tolist(), BACKWARD, 1.0,
        ygap=2 if n_units <= 32 else 0.5,
        customdata=[[[unit, f"{d_h[t, unit]:+.2e}"] for t in range(n_steps)] for unit in order],
        hovertemplate="unit %{customdata[0]}: dL/dh = %{customdata[1]}<extra></extra>",
    )  # fmt: skip
    safe = [float(v) if np.isfinite(v) and v > 0 else None for v in lengths]
    lamp = theme.heatmap(
        [np.round(saturated, 3).tolist()], AMOUNT, 1.0, yaxis="y3", x=list(range(n_steps)),
        hovertemplate="%{z:.0%} of units beyond ±0.99<extra></extra>",
    )  # fmt: skip
    top = max([v for v in safe if v], default=1.0)
    low = max(min([v for v in safe if v], default=1e-3), top * 1e-9)
    start = float(lengths[-1]) if np.isfinite(lengths[-1]) else 0.0
    return go.Figure(
        [heat, _bars(safe), lamp],
        theme.layout(
            margin={"l": 56, "r": 14, "t": HEAD, "b": FOOT},
            xaxis=theme.axis(side="top", range=[-0.5, n_steps - 0.5], anchor="y",
                             **theme.word_ticks(words)),
            yaxis=theme.unit_axis(order, [0.42, 1]),
            yaxis2=theme.axis(domain=[0.02, 0.29], type="log", showticklabels=False,
                              range=[np.log10(low) - 0.35, np.log10(top) + 0.35],
                              title=theme.title("|dL/dh|, log")),
            yaxis3=theme.axis(domain=[0.345, 0.385], tickvals=[0], ticktext=["flat"],
                              tickfont={"size": 11, "color": QUIET}),
            shapes=[_one_percent(start * GONE, visible=start * GONE > low * 0.5)],
        ),
    )  # fmt: skip


def _bars(lengths: Sequence[float | None]) -> go.Bar:
    """|d_h_t| under each word, with its number where there is room."""
    return go.Bar(
        x=list(range(len(lengths))), y=list(lengths), yaxis="y2", width=0.62,
        text=None if len(lengths) > 12 else [f"{v:.2g}" if v else "0" for v in lengths],
        textposition="outside", textfont={"size": 11, "color": QUIET}, textangle=0,
        marker={"color": BLAME}, cliponaxis=False,
        hovertemplate="|dL/dh| = %{y:.3g}<extra></extra>",
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


def at_step(figure: go.Figure, words: Sequence[str], t: int | None, row: int) -> dict[str, Any]:
    """Blame has come back to word t (from 0; T for not yet begun); None when all is done."""
    n_steps, n_units = len(words), len(figure.data[0].z)
    reached = 0 if t is None else t
    shapes = [figure.layout.shapes[0].to_plotly_json()]
    if reached > 0:
        veil = {"type": "rect", "x0": -0.5, "x1": reached - 0.5, "y0": 0, "y1": 1,
                "yref": "y domain", "fillcolor": EMPTY, "line": {"width": 0}}  # fmt: skip
        shapes.append(veil)
    if t is not None and t < n_steps:
        shapes.append(theme.outline(t - 0.5, t + 0.5, -0.5, n_units - 0.5))
        shapes.append(theme.outline(t - 0.5, t + 0.5, row - 0.5, row + 0.5, line={"width": 2.5}))
    colors = [BLAME if s >= reached else HAIR for s in range(n_steps)]
    return {
        "data": {"1": {"marker": {"color": colors}, "textfont": {"color": [
            INK if s >= reached else CLEAR for s in range(n_steps)]}}},
        "layout": {"shapes": shapes, "xaxis": theme.word_ticks(words, since=reached)},
    }  # fmt: skip
