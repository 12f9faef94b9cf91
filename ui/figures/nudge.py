"""What the size of the nudge does: the error of the measurement itself, a V on two log scales."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.check import power
from ui.figures.theme import CARD, HAIR, INK, PALE_BAD, PALE_GOOD, PALE_UNEASY, QUIET, W_HH

HEIGHT = 200
LOWEST, HIGHEST = -12.0, 1.0


def curve(nudges: Sequence[float], errors: Sequence[float], chosen: float) -> go.Figure:
    """Relative error over the nudge, from large to small; the chosen nudge is the open dot."""
    x = np.log10(nudges)
    y = np.clip(np.log10(np.maximum(errors, 10**LOWEST)), LOWEST, HIGHEST)
    here = [i for i, nudge in enumerate(nudges) if np.isclose(nudge, chosen, rtol=0.01)]
    line = go.Scatter(
        x=x.tolist(), y=np.round(y, 3).tolist(), mode="lines+markers", cliponaxis=False,
        line={"color": W_HH, "width": 2}, marker={"size": 7, "color": W_HH},
        customdata=[f"nudge {n:.0e}: error {e:.1e}" for n, e in zip(nudges, errors, strict=True)],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    dot = go.Scatter(
        x=[float(x[i]) for i in here], y=[float(y[i]) for i in here], mode="markers",
        hoverinfo="skip", cliponaxis=False,
        marker={"size": 15, "color": CARD, "line": {"color": INK, "width": 3}, "opacity": 1},
    )  # fmt: skip
    figure = go.Figure([line, dot], theme.layout(
        margin={"l": 50, "r": 14, "t": 8, "b": 40},
        xaxis=theme.axis(range=[-0.7, min(x) - 0.3], tickvals=x[::2].tolist(),
                         ticktext=[power(round(v)) for v in x[::2]],
                         title={"text": "nudge", "font": {"size": 12, "color": QUIET}}),
        yaxis=theme.axis(range=[LOWEST, HIGHEST], tickvals=[-10, -7, -4, -2, 0], showgrid=True,
                         ticktext=[power(e) for e in (-10, -7, -4, -2, 0)], gridcolor=HAIR),
    ))  # fmt: skip
    for low, high, ground in (
        (LOWEST, -7, PALE_GOOD), (-4, -2, PALE_UNEASY), (-2, HIGHEST, PALE_BAD),
    ):  # fmt: skip
        figure.add_shape(type="rect", x0=0, x1=1, xref="paper", y0=low, y1=high,
                         fillcolor=ground, line={"width": 0}, layer="below")  # fmt: skip
    return figure
