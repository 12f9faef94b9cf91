"""The state's path through the plane in which states differ most (PCA by SVD)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import CARD, HAIR, INK, NEGATIVE, POSITIVE, QUIET

HEIGHT = 460


def plane(states: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find the plane: states (N, H) -> centre (H,), axes (2, H), share of variance (2,)."""
    centre = states.mean(axis=0)
    _, sizes, axes = np.linalg.svd(states - centre, full_matrices=False)
    if len(axes) < 2:
        axes, sizes = np.vstack([axes, np.zeros_like(axes)]), np.append(sizes, 0.0)
    variance = sizes**2
    return centre, axes[:2], variance[:2] / max(variance.sum(), 1e-12)


def project(states: np.ndarray, centre: np.ndarray, axes: np.ndarray) -> np.ndarray:
    """(N, H) -> (N, 2)."""
    projected: np.ndarray = (states - centre) @ axes.T
    return projected


def film(
    path: np.ndarray,
    words: Sequence[str],
    others: Sequence[tuple[np.ndarray, str, bool]],
    share: np.ndarray,
) -> go.Figure:
    """This sentence's path (T + 1, 2), from h_0, among others (path, text, answered positive).

    Trace 0 are the other paths, 1 their ends, 2 this path, 3 where we are.
    """
    gap = [[None, None]]  # between one path and the next
    thin = [point for other, _, _ in others for point in [*np.round(other, 3).tolist(), *gap]]
    thin_x, thin_y = [x for x, _ in thin], [y for _, y in thin]
    ends = np.array([other[-1] for other, _, _ in others]).reshape(-1, 2)
    figure = go.Figure(
        [
            go.Scatter(x=thin_x, y=thin_y, mode="lines", hoverinfo="skip",
                       line={"color": HAIR, "width": 1}),
            go.Scatter(
                x=np.round(ends[:, 0], 3).tolist(), y=np.round(ends[:, 1], 3).tolist(),
                mode="markers", text=[theme.escape(text) for _, text, _ in others],
                hovertemplate="%{text}<extra></extra>",
                marker={
                    "size": 8, "opacity": 0.75,
                    "color": [POSITIVE if up else NEGATIVE for _, _, up in others],
                    "symbol": ["circle" if up else "diamond" for _, _, up in others],
                },
            ),
            go.Scatter(
                x=np.round(path[:, 0], 3).tolist(), y=np.round(path[:, 1], 3).tolist(),
                mode="lines+markers+text", line={"color": INK, "width": 2.2},
                marker={"size": 7, "color": INK}, textposition="top center", textfont={"size": 13},
                text=["start", *(f"<b>{theme.escape(word)}</b>" for word in words)],
                hovertemplate="%{text}<extra></extra>", cliponaxis=False,
            ),
            go.Scatter(
                x=[0], y=[0], mode="markers", hoverinfo="skip", cliponaxis=False,
                marker={"size": 13, "color": CARD, "line": {"color": INK, "width": 3}},
            ),
        ]
    )  # fmt: skip
    reach = max(float(np.abs(path).max()), float(np.abs(ends).max(initial=0.0)), 0.5) * 1.15
    figure.update_layout(
        theme.layout(
            margin={"l": 36, "r": 16, "t": 12, "b": 40},
            xaxis=_direction("first direction", share[0], reach),
            yaxis=_direction("second direction", share[1], reach),
        )
    )
    return figure


def _direction(name: str, share: float, reach: float) -> dict[str, Any]:
    title = {"text": f"{name}, {share:.0%} of the spread", "font": {"size": 12, "color": QUIET}}
    return theme.axis(
        title=title, range=[-reach, reach], zeroline=True, zerolinecolor=HAIR, showticklabels=False
    )


def at_step(path: np.ndarray, words: Sequence[str], t: int) -> dict[str, Any]:
    """Where we are after word t (from 0); words still unread are not named."""
    x, y = (round(float(value), 3) for value in path[t + 1])
    shown = ["start", *(f"<b>{theme.escape(w)}</b>" if s <= t else "" for s, w in enumerate(words))]
    return {
        "data": {
            "2": {
                "x": np.round(path[: t + 2, 0], 3).tolist(),
                "y": np.round(path[: t + 2, 1], 3).tolist(),
                "text": shown[: t + 2],
            },
            "3": {"x": [x], "y": [y]},
        }
    }
