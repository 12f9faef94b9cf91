"""The recurrent weights as a picture: every entry, and the eigenvalues in the unit circle."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import FAINT, FORWARD, HAIR, QUIET, W_HH

HEIGHT = 230
LIMIT, REACH = 1.5, 1.9


def blank(n_hidden: int, n_rows: int) -> go.Figure:
    """Trace 0: W_hh (kH, H). Trace 1: the unit circle. Trace 2: the eigenvalues."""
    angle = np.linspace(0, 2 * np.pi, 73)
    gap = 1 if n_hidden <= 32 else 0
    return go.Figure(
        [
            theme.heatmap([], FORWARD, LIMIT, xgap=gap, ygap=gap,
                          hovertemplate="from unit %{x} to unit %{y}: %{z:+.3f}<extra></extra>"),
            go.Scatter(x=np.cos(angle).round(3).tolist(), y=np.sin(angle).round(3).tolist(),
                       xaxis="x2", yaxis="y2", mode="lines", hoverinfo="skip",
                       line={"color": FAINT, "width": 1.2, "dash": "dash"}),
            go.Scatter(x=[], y=[], xaxis="x2", yaxis="y2", mode="markers",
                       marker={"size": 8, "color": W_HH, "opacity": 1},
                       hovertemplate="%{x:.2f} %{y:+.2f}i<extra></extra>"),
        ],
        theme.layout(
            margin={"l": 4, "r": 4, "t": 24, "b": 4},
            xaxis=theme.axis(domain=[0, 0.47], range=[-0.5, n_hidden - 0.5],
                             showticklabels=False),
            yaxis=theme.axis(range=[n_rows - 0.5, -0.5], showticklabels=False),
            xaxis2=theme.axis(domain=[0.53, 1], range=[-REACH, REACH], showticklabels=False,
                              zeroline=True, zerolinecolor=HAIR, anchor="y2"),
            yaxis2=theme.axis(range=[-REACH, REACH], showticklabels=False, zeroline=True,
                              zerolinecolor=HAIR, anchor="x2", scaleanchor="x2"),
            annotations=[
                {"text": text, "x": x, "y": 1, "xref": "paper", "yref": "paper", "yshift": 4,
                 "xanchor": "left", "yanchor": "bottom", "showarrow": False,
                 "font": {"size": 12, "color": QUIET}}
                for text, x in (("W<sub>hh</sub>", 0), ("its eigenvalues", 0.53))
            ],
        ),
    )  # fmt: skip


def eigenvalues(w_hh: np.ndarray) -> np.ndarray:
    """(kH,) of the blocks of H rows of the weights (kH, H); none when they are not numbers."""
    if not np.isfinite(w_hh).all():
        return np.zeros(0)
    return np.linalg.eigvals(w_hh.reshape(-1, w_hh.shape[1], w_hh.shape[1])).reshape(-1)


def filled(w_hh: np.ndarray, eigenvalues: np.ndarray) -> dict[str, Any]:
    """The weights now, (kH, H); eigenvalues (kH,) beyond the picture stand on its edge."""
    if not len(eigenvalues):
        return {}
    digits = 3 if len(w_hh) <= 64 else 2
    x, y = (np.clip(part, -REACH, REACH).round(3) for part in (eigenvalues.real, eigenvalues.imag))
    return {
        "data": {
            "0": {"z": np.round(w_hh.astype(float), digits).tolist()},
            "2": {"x": x.tolist(), "y": y.tolist()},
        }
    }


def radius(w_hh: np.ndarray) -> float:
    """The spectral radius: the largest |eigenvalue|."""
    return size(eigenvalues(w_hh))


def size(eigenvalues: np.ndarray) -> float:
    """The largest absolute value; nan of none."""
    return float(np.abs(eigenvalues).max()) if len(eigenvalues) else float("nan")
