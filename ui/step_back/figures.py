"""The page's figures: the gradient over the words, two sums of outer products, the attribution.

Arrays and labels in, Plotly figures out. Gradients are green to purple; columns are the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.theme import ACCENT, AMOUNT, BACKWARD, EMPTY, GRADIENT, HAIR, INK, QUIET

POWERS = 6
"""The log scale ends at 10^-6 of the largest."""
HEAD, FOOT, BARS_HEIGHT = 50, 12, 270
VANISHED = 0.01
CLEAR = "rgba(0,0,0,0)"


def height(n_units: int) -> int:
    """Pixels for n units."""
    return HEAD + FOOT + round(max(min(n_units * 21, 440), 190) / 0.58)


def colored(d_h: np.ndarray, log: bool) -> tuple[np.ndarray, float]:
    """What the cells show, and its fixed limit: d_h itself, or its sign times its place on a log
    scale, where 1 is the largest of all and 0 a millionth of it or less.
    """
    d_h = np.where(np.isfinite(d_h), d_h, 0.0)
    largest = float(np.abs(d_h).max(initial=0.0)) or 1.0
    if not log:
        return d_h, largest
    share = np.maximum(np.abs(d_h) / largest, 10.0**-POWERS)
    return np.sign(d_h) * (1 + np.log10(share) / POWERS), 1.0


def gradient(
    d_h: np.ndarray, lengths: np.ndarray, saturated: np.ndarray, words: Sequence[str],
    order: Sequence[int], log: bool, symbol: str = "h", entry: int = -1,
) -> go.Figure:  # fmt: skip
    """Trace 0: d_h (T, H) as cells; 1: |d_h_t| (T,) as bars; 2: share of saturated units (T,).

    symbol : whose gradient it is, where it is not h's. entry : the word whose gradient the 1 %
    line refers to.
    """
    n_steps, n_units = d_h.shape
    shown, limit = colored(d_h, log)
    cells = theme.heatmap(
        np.round(shown.T[list(order)] / limit, 4).tolist(), BACKWARD, 1.0,
        ygap=2 if n_units <= 32 else 0.5,
        customdata=[[[unit, f"{d_h[t, unit]:+.2e}"] for t in range(n_steps)] for unit in order],
        hovertemplate=f"unit %{{customdata[0]}}: dL/d{symbol} = %{{customdata[1]}}<extra></extra>",
    )  # fmt: skip
    safe = [float(v) if np.isfinite(v) and v > 0 else None for v in lengths]
    bars = go.Bar(
        x=list(range(n_steps)), y=safe, yaxis="y2", width=0.62, cliponaxis=False,
        text=None if n_steps > 12 else [f"{v:.2g}" if v else "0" for v in safe],
        textposition="outside", textfont={"size": 11, "color": QUIET}, textangle=0,
        marker={"color": GRADIENT}, hovertemplate=f"|dL/d{symbol}| = %{{y:.3g}}<extra></extra>",
    )  # fmt: skip
    strip = theme.heatmap(
        [np.round(saturated, 3).tolist()], AMOUNT, 1.0, yaxis="y3", x=list(range(n_steps)),
        hovertemplate="%{z:.0%} with a derivative below 0.02<extra></extra>",
    )  # fmt: skip
    top = max([v for v in safe if v], default=1.0)
    low = max(min([v for v in safe if v], default=1e-3), top * 1e-9)
    return go.Figure([cells, bars, strip], theme.layout(
        margin={"l": 56, "r": 14, "t": HEAD, "b": FOOT},
        shapes=[_one_percent(VANISHED * (safe[entry] or 0.0), low / 2)],
        xaxis=theme.word_axis(words, anchor="y"), yaxis=theme.unit_axis(order, [0.42, 1]),
        yaxis2=theme.axis(domain=[0.02, 0.29], type="log", showticklabels=False,
                          range=[np.log10(low) - 0.35, np.log10(top) + 0.35],
                          title=theme.title(f"|dL/d{symbol}|, log")),
        yaxis3=theme.axis(domain=[0.345, 0.385], tickvals=[0], ticktext=["saturated"],
                          tickfont={"size": 11, "color": QUIET}),
    ))  # fmt: skip


def _one_percent(at: float, low: float) -> dict[str, Any]:
    """The line below which a gradient has vanished, unless it is below the bars' axis."""
    label = {"text": "1 %", "textposition": "start", "font": {"size": 11, "color": ACCENT}}
    line = theme.rule("y2", at, color=ACCENT, width=1, dash="dot")
    return {**line, "visible": at > low, "label": label}


NARROW = {
    "one_line": True, "data": {"1": {"text": None}},
    "layout": {"margin": {"l": 34, "r": 26, "t": 62}, "xaxis": {"tickangle": -55},
               "yaxis": {"title": {"text": ""}}},
}  # fmt: skip
"""The same on a phone: leaning words, no numbers over the bars."""


def at_step(
    figure: go.Figure, words: Sequence[str], t: int | None, row: int, backwards: bool = False
) -> dict[str, Any]:
    """The gradient has come back to word t (from 0; T for not yet begun); None when all is done.

    backwards : whether the layer reads from the last word, so that its gradient goes to the right.
    """
    n_steps, n_units = len(words), len(figure.data[0].z)
    begun = t is None or t < n_steps
    first, last = 0, n_steps - 1
    if t is not None:
        first, last = (0, t if begun else -1) if backwards else (t, n_steps - 1)
    shapes = [figure.layout.shapes[0].to_plotly_json()]
    if last - first < n_steps - 1:
        x0, x1 = (last + 0.5, n_steps - 0.5) if backwards else (-0.5, first - 0.5)
        veil = {"type": "rect", "x0": x0, "x1": x1, "y0": 0, "y1": 1}
        shapes.append({**veil, "yref": "y domain", "fillcolor": EMPTY, "line": {"width": 0}})
    if t is not None and begun:
        shapes.append(theme.outline(t - 0.5, t + 0.5, -0.5, n_units - 0.5))
        shapes.append(theme.outline(t - 0.5, t + 0.5, row - 0.5, row + 0.5, line={"width": 2.5}))
    reached = [first <= s <= last for s in range(n_steps)]
    bars = {
        "marker": {"color": [GRADIENT if here else HAIR for here in reached]},
        "textfont": {"color": [INK if here else CLEAR for here in reached]},
    }
    axis = theme.word_ticks(words, last, first)
    return {"data": {"1": bars}, "layout": {"shapes": shapes, "xaxis": axis}}


def sums(n_units: int, limit: float) -> go.Figure:
    """Two blank matrices side by side: what one step adds, and the sum so far."""
    blank, gap = [[0.0] * n_units] * n_units, 1 if n_units <= 32 else 0
    figure = go.Figure(layout=theme.layout(margin={"l": 4, "r": 4, "t": 26, "b": 4}))
    said = {"showarrow": False, "xref": "paper", "yref": "paper"}
    quiet = {"size": 12, "color": QUIET}
    for title, start, name in [("this word adds", 0, ""), ("sum so far", 0.535, "2")]:
        figure.add_trace(theme.heatmap(
            blank, BACKWARD, limit, xaxis=f"x{name}", yaxis=f"y{name}", xgap=gap, ygap=gap,
            hovertemplate="%{z:+.2e}<extra></extra>",
        ))  # fmt: skip
        x_axis = theme.axis(domain=[start, start + 0.465], showticklabels=False, anchor=f"y{name}")
        y_axis = theme.axis(range=[n_units - 0.5, -0.5], showticklabels=False, anchor=f"x{name}")
        figure.update_layout({f"xaxis{name}": x_axis, f"yaxis{name}": y_axis})
        figure.add_annotation(text=title, x=start, y=1, yshift=4, xanchor="left", yanchor="bottom",
                              font=quiet, **said)  # fmt: skip
    figure.add_annotation(text="+", x=0.5, y=0.5, font=quiet | {"size": 20}, **said)
    return figure


def attribution(
    values: Sequence[Sequence[float | None]], names: Sequence[str], words: Sequence[str]
) -> go.Figure:
    """Which word counts, asked in one way or two: a row of bars each, to its own largest."""
    margin, axis = {"l": 56, "r": 14, "t": HEAD, "b": 8}, theme.word_axis(words, anchor="free")
    figure = go.Figure(layout=theme.layout(margin=margin, xaxis={**axis, "position": 1}))
    for i, (row, name) in enumerate(zip(values, names, strict=True)):
        color, pattern, which = [(GRADIENT, "", ""), (theme.W_XH, "/", "2")][i]
        largest = max([abs(v) for v in row if v is not None], default=0.0) or 1.0
        low, high = 1 - (i + 1) / len(values), 1 - i / len(values)
        figure.add_trace(go.Bar(
            x=list(range(len(words))), y=list(row), yaxis=f"y{which}", width=0.5, name=name,
            marker={"color": color, "pattern": {"shape": pattern}},
            hovertemplate=f"{name}: %{{y:+.3g}}<extra></extra>",
        ))  # fmt: skip
        figure.update_layout({f"yaxis{which}": theme.axis(
            domain=[low + 0.06, high], range=[-1.1 * largest, 1.1 * largest],
            zeroline=True, zerolinecolor=QUIET, showticklabels=False, title=theme.title(name),
        )})  # fmt: skip
    return figure
