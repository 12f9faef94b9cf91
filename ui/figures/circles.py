"""Eigenvalues of the recurrent weights, a unit circle for each gate or network."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import FAINT, HAIR, QUIET, W_HH

HEIGHT = 236
REACHES = (1.9, 3.3)
"""How far the pictures go: the first that holds all. Beyond the last they stand on the edge."""


def picture(parts: Sequence[tuple[str, np.ndarray]]) -> go.Figure:
    """Eigenvalues (H,) in the unit circle, a circle for each (title, eigenvalues): 1 to 4."""
    n = len(parts)
    far = max((float(np.abs(values).max(initial=0)) for _, values in parts), default=0.0)
    reach = next((reach for reach in REACHES if reach > far), REACHES[-1])
    wide, rows = (1 if n == 1 else 2), (n + 1) // 2
    angle = np.linspace(0, 2 * np.pi, 73)
    figure = go.Figure(layout=theme.layout(margin={"l": 2, "r": 2, "t": 4, "b": 2}))
    for i, (title, values) in enumerate(parts):
        name, row, column = ("" if i == 0 else str(i + 1)), i // wide, i % wide
        top = 1 - row / rows
        figure.update_layout({
            f"xaxis{name}": theme.axis(
                domain=[column / wide + 0.01, (column + 1) / wide - 0.01], anchor=f"y{name}",
                range=[-reach, reach], showticklabels=False, zeroline=True, zerolinecolor=HAIR),
            f"yaxis{name}": theme.axis(
                domain=[top - 1 / rows, top - 20 / HEIGHT], anchor=f"x{name}",
                range=[-reach, reach], showticklabels=False, zeroline=True, zerolinecolor=HAIR,
                scaleanchor=f"x{name}"),
        })  # fmt: skip
        axes = {"xaxis": f"x{name}", "yaxis": f"y{name}"}
        x, y = (np.clip(part, -reach, reach).round(3) for part in (values.real, values.imag))
        figure.add_trace(go.Scatter(
            x=np.cos(angle).round(3).tolist(), y=np.sin(angle).round(3).tolist(), mode="lines",
            hoverinfo="skip", line={"color": FAINT, "width": 1.2, "dash": "dash"},
            **axes))  # fmt: skip
        figure.add_trace(go.Scatter(
            x=x.tolist(), y=y.tolist(), mode="markers",
            hovertemplate="%{x:.2f} %{y:+.2f}i<extra></extra>",
            marker={"size": 7 if n == 1 else 5, "color": W_HH, "opacity": 1}, **axes))  # fmt: skip
        figure.add_annotation(x=(column + 0.5) / wide, y=top, xref="paper", yref="paper",
                              yanchor="top", xanchor="center", showarrow=False, text=title,
                              font={"size": 12, "color": QUIET})  # fmt: skip
    return figure
