"""The gradient item by item: at each step a band for each loss that sends some of it there.

Arrays in; it changes the figure of figures.gradient, whose bars become the bands, stacked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.numbers import compact
from ui.kit.theme import AMOUNT, BACKWARD, CARD, INK, TICK
from ui.sequence import states
from ui.step_back import text

FIRST = 4
"""The number of the first band among the figure's traces."""
SHADES = [BACKWARD[-1], BACKWARD[-2], BACKWARD[-3], AMOUNT[2], AMOUNT[3], AMOUNT[4]]
"""The colours of the losses, by turns: neighbours differ."""


def stack(
    figure: go.Figure, lengths: np.ndarray, asked: Sequence[int], known: Sequence[bool],
    words: Sequence[str],
) -> go.Figure:  # fmt: skip
    """lengths : (S, T) |dL_s/dh_t| of the S losses. asked : their steps. The bars of |dL/dh|, the
    gradient that is used, become dots: it is the sum of the items as vectors.
    """
    columns, bars = states.places(known), figure.data[1]
    dots = go.Scatter(
        x=bars.x, y=[value or 0 for value in bars.y], yaxis="y2", mode="markers", cliponaxis=False,
        marker={"size": 8, "color": INK, "opacity": 1, "symbol": "diamond"},
        hovertemplate=text.THEIR_SUM,
    )  # fmt: skip
    bands = [
        go.Bar(
            x=columns, y=np.nan_to_num(row).tolist(), yaxis="y2", width=0.72,
            marker={"color": SHADES[i % len(SHADES)], "line": {"width": 1, "color": CARD}},
            hovertemplate=text.BAND.format(t=s + 1, word=theme.escape(words[s])),
        )
        for i, (row, s) in enumerate(zip(lengths, asked, strict=True))
    ]  # fmt: skip
    top = 1.12 * float(np.nan_to_num(lengths).sum(axis=0).max(initial=0.0)) or 1.0
    made = go.Figure([figure.data[0], dots, *figure.data[2:FIRST], *bands], figure.layout)
    label = {"text": text.BANDS_AXIS}
    made.layout.annotations[-1].update(label)
    return made.update_layout(barmode="stack", shapes=[], yaxis2={**_axis(top), "range": [0, top]})


def _axis(top: float) -> dict[str, Any]:
    half = 0.45 * top
    return theme.axis(
        type="linear", tickvals=[0, half, 2 * half], showgrid=True, gridcolor=theme.EMPTY,
        ticktext=["0", compact(half), compact(2 * half)], side="right",
        tickfont={"size": TICK},
    )  # fmt: skip
