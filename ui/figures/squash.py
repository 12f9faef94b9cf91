"""The squashing function, with a point that moves along it to where this step's sum lands."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import FAINT, HAIR


def film(low: float, high: float, curve_x: np.ndarray, curve_y: np.ndarray) -> go.Figure:
    """The activation's curve; trace 1 is the point that moves along it."""
    curve = go.Scatter(
        x=np.round(curve_x, 3).tolist(), y=np.round(curve_y, 4).tolist(), mode="lines",
        line={"color": theme.INK, "width": 2}, hoverinfo="skip",
    )  # fmt: skip
    point = go.Scatter(
        x=[0], y=[0], mode="lines+markers", cliponaxis=False,
        line={"color": theme.W_HH, "width": 1.5, "dash": "dot"},
        marker={"size": [0, 13], "color": theme.POSITIVE, "opacity": 1,
                "line": {"color": theme.INK, "width": 1.5}},
        hovertemplate="a = %{x:+.3f}, h = %{y:+.3f}<extra></extra>",
    )  # fmt: skip
    small = {"tickfont": {"size": 11, "color": FAINT}, "gridcolor": HAIR, "zerolinecolor": HAIR}
    return go.Figure(
        [curve, point],
        theme.layout(
            margin={"l": 30, "r": 14, "t": 10, "b": 22},
            xaxis=theme.axis(range=[curve_x[0], curve_x[-1]], showgrid=True, dtick=1, **small),
            yaxis=theme.axis(range=[low, high], zeroline=True, tickvals=[-1, 0, 1], **small),
        ),
    )


def at_step(a: float, h: float, limit: float) -> dict[str, Any]:
    """The moving point: a drop line from (a, 0) to (a, h); a is kept inside the picture."""
    x = round(float(np.clip(a, -limit, limit)), 4)
    return {"data": {"1": {"x": [x, x], "y": [0, round(h, 4)]}}}
