"""What comes next: the distribution as bars, with a tick where each would end at T = 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.numbers import percent
from ui.kit.theme import AMOUNT, BAND, HAIR, INK, W_HY
from ui.sequence.answers import sign
from ui.write import text

N_BARS, N_PRESENTED, LONGEST = 9, 4, 8
"""Symbols with a bar of their own, fewer for an audience; the rest has one together. Characters of
a name.
"""


def likeliest(p: np.ndarray, drawn: int, most: int = N_BARS) -> list[int]:
    """The symbols that have a bar, from the top: the likeliest, what was drawn among them."""
    first = [int(symbol) for symbol in np.argsort(-p, kind="stable")[:most]]
    if drawn not in first:
        first[-1] = drawn
    return first


def blank(n_symbols: int, most: int = N_BARS) -> go.Figure:
    """Traces: 0 the bars, 1 the ticks at T = 1, 2 the numbers. most : symbols with a bar."""
    n = min(n_symbols, most) + (n_symbols > most)
    rows = list(range(n))
    bars = go.Bar(
        x=[0.0] * n, y=rows, orientation="h", width=0.62, marker={"color": [AMOUNT[3]] * n},
        hovertemplate="P = %{x:.4f}<extra></extra>",
    )  # fmt: skip
    ticks = go.Scatter(
        x=[None] * n, y=rows, mode="markers", hoverinfo="skip",
        marker={"symbol": "line-ns", "size": 15, "line": {"color": INK, "width": 2}, "opacity": 1},
    )  # fmt: skip
    numbers = go.Scatter(
        x=[1.0] * n, y=rows, mode="text", text=[""] * n, textposition="middle right",
        cliponaxis=False, hoverinfo="skip", textfont={"size": 14},
    )  # fmt: skip
    return go.Figure([bars, ticks, numbers], theme.layout(
        margin={"l": 66, "r": 104, "t": 4, "b": 26},
        xaxis=theme.axis(range=[0, 1], tickvals=[0, 0.25, 0.5, 0.75, 1], showgrid=True,
                         gridcolor=HAIR, ticktext=["0", "25 %", "50 %", "75 %", "100 %"]),
        yaxis=theme.axis(range=[n - 0.5, -0.5], tickvals=rows, ticktext=[""] * n,
                         ticklabelstandoff=6),
    ))  # fmt: skip


def at_step(
    p: np.ndarray,
    p_1: np.ndarray,
    drawn: int,
    words: Sequence[str],
    is_given: bool,
    most: int = N_BARS,
) -> dict[str, Any]:
    """The patch of one moment.

    p, p_1 : (C,) at the temperature, and at T = 1. drawn : the symbol that came; is_given : it was
    not drawn but typed. words : the symbols' names.
    """
    shown = likeliest(p, drawn, most)
    values, ticks = [float(p[i]) for i in shown], [float(p_1[i]) for i in shown]
    names = [theme.escape(cut(words[i])) for i in shown]
    if len(words) > most:
        values.append(max(1 - sum(values), 0.0))
        ticks.append(max(1 - sum(ticks), 0.0))
        names.append(text.REST)
    row = shown.index(drawn)
    came = text.TYPED if is_given else text.DRAWN
    texts = [percent(v) if v >= 0.005 or v == 0 else "<1\u00a0%" for v in values]
    texts[row] = f"<b>{texts[row]}</b> {came}"
    colors = [W_HY if i == row else AMOUNT[3] for i in range(len(values))]
    names[row] = f"<b>{names[row]}</b>"
    band = {"type": "rect", "xref": "paper", "x0": -1, "x1": 2, "yref": "y", "y0": row - 0.5,
            "y1": row + 0.5, "fillcolor": BAND, "line": {"width": 0}, "layer": "below"}  # fmt: skip
    return {
        "data": {"0": {"x": _rounded(values), "marker": {"color": colors}},
                 "1": {"x": _rounded(ticks)}, "2": {"text": texts}},
        "layout": {"yaxis": {"ticktext": [f'<span style="font-size:15px">{name}</span>'
                                          for name in names]}, "shapes": [band]},
    }  # fmt: skip


def cut(word: str) -> str:
    """A symbol in a box: a long word is cut."""
    shown = sign(word)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(value, 4) for value in values]
