"""The loss as a curve over p of the right answer, with the network's point and one set by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.theme import FAINT, HAIR, INK, QUIET, UNSURE, W_HY
from ui.step_back import text

MOST = 4.7
"""Nats that are drawn."""
LEAST = 1e-3
"""Where the curve begins."""


def figure(own: float, by_hand: float | None) -> go.Figure:
    """-ln p for p of 0..1. own : the network's p, a hollow point where another is set by hand."""
    p = np.linspace(0, 1, 201)
    p[0] = LEAST
    at = own if by_hand is None else by_hand
    line = go.Scatter(x=p.round(4).tolist(), y=(-np.log(p)).round(4).tolist(), mode="lines",
                      line={"color": W_HY, "width": 2}, hoverinfo="skip")  # fmt: skip
    hollow = _point(own, color=theme.CARD, line={"color": QUIET, "width": 2})
    full = _point(at, color=INK if by_hand is None else UNSURE)
    return go.Figure([line, hollow, full], theme.layout(
        margin={"l": 62, "r": 20, "t": 8, "b": 44},
        shapes=[theme.rule("x", at, color=FAINT, width=1.2, dash="dot")],
        xaxis=theme.axis(range=[-0.02, 1.02], tickvals=[0, 0.25, 0.5, 0.75, 1], anchor="y",
                         title=theme.title(text.P_AXIS)),
        yaxis=theme.axis(range=[0, MOST], nticks=5, showgrid=True, gridcolor=HAIR,
                         title=theme.title(text.NATS_AXIS)),
    ))  # fmt: skip


def _point(p: float, **marker: Any) -> go.Scatter:
    return go.Scatter(
        x=[round(p, 4)], y=[round(-float(np.log(max(p, LEAST))), 4)], mode="markers",
        cliponaxis=False, marker={"size": 12, "opacity": 1, **marker},
        hovertemplate="p = %{x:.3f}: L = %{y:.3f}<extra></extra>",
    )  # fmt: skip
