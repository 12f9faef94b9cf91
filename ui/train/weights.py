"""The recurrent weights as a picture: every entry, and the eigenvalues in the unit circle."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.theme import FAINT, FORWARD, HAIR, QUIET, W_HH

HEIGHT = 230
LIMIT = 1.5
"""The weight with the full colour."""
EDGE = 1.9
"""Of the picture of the eigenvalues: those beyond stand on it."""


def blank(n_hidden: int, n_rows: int) -> go.Figure:
    """Trace 0: W_hh (kH, H). Trace 1: the unit circle. Trace 2: the eigenvalues."""
    angle = np.linspace(0, 2 * np.pi, 73)
    gap = 1 if n_hidden <= 32 else 0
    second = {"xaxis": "x2", "yaxis": "y2"}
    plane = {"range": [-EDGE, EDGE], "showticklabels": False, "zeroline": True,
             "zerolinecolor": HAIR}  # fmt: skip
    heading = {"y": 1, "xref": "paper", "yref": "paper", "yshift": 4, "xanchor": "left",
               "yanchor": "bottom", "showarrow": False,
               "font": {"size": 12, "color": QUIET}}  # fmt: skip
    return go.Figure(
        [
            theme.heatmap([], FORWARD, LIMIT, xgap=gap, ygap=gap,
                          hovertemplate="from unit %{x} to unit %{y}: %{z:+.3f}<extra></extra>"),
            go.Scatter(x=np.cos(angle).round(3).tolist(), y=np.sin(angle).round(3).tolist(),
                       mode="lines", hoverinfo="skip", **second,
                       line={"color": FAINT, "width": 1.2, "dash": "dash"}),
            go.Scatter(x=[], y=[], mode="markers", **second,
                       marker={"size": 8, "color": W_HH, "opacity": 1},
                       hovertemplate="%{x:.2f} %{y:+.2f}i<extra></extra>"),
        ],
        theme.layout(
            margin={"l": 4, "r": 4, "t": 24, "b": 4},
            xaxis=theme.axis(domain=[0, 0.47], range=[-0.5, n_hidden - 0.5],
                             showticklabels=False),
            yaxis=theme.axis(range=[n_rows - 0.5, -0.5], showticklabels=False),
            xaxis2=theme.axis(domain=[0.53, 1], anchor="y2", **plane),
            yaxis2=theme.axis(anchor="x2", scaleanchor="x2", **plane),
            annotations=[{**heading, "text": "W<sub>hh</sub>", "x": 0},
                         {**heading, "text": "its eigenvalues", "x": 0.53}],
        ),
    )  # fmt: skip


def filled(w_hh: np.ndarray, eigenvalues: np.ndarray) -> dict[str, Any]:
    """The weights (kH, H) now, and their eigenvalues (kH,); nothing when they are no numbers."""
    if not len(eigenvalues):
        return {}
    digits = 3 if len(w_hh) <= 64 else 2
    x, y = (np.clip(part, -EDGE, EDGE).round(3) for part in (eigenvalues.real, eigenvalues.imag))
    z = np.round(w_hh.astype(float), digits).tolist()
    return {"data": {"0": {"z": z}, "2": {"x": x.tolist(), "y": y.tolist()}}}
