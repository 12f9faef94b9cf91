"""The recurrent weights as a picture: their eigenvalues about the unit circle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.theme import FAINT, HAIR, INK, QUIET, TICK, W_HH, rule
from ui.train import text
from ui.train.curves import clean, grown

EDGE = 1.45
"""Of the plane of the eigenvalues, until one of them lies beyond."""


def blank(goal: int) -> go.Figure:
    """Trace 0: the unit circle. 1 and 2: the eigenvalues at the start and now. 3: the spectral
    radius by epoch, beside them.
    """
    angle = np.linspace(0, 2 * np.pi, 73)
    plane = {"range": [-EDGE, EDGE], "showticklabels": False, "zeroline": True,
             "zerolinecolor": HAIR, "constrain": "domain"}  # fmt: skip
    said = {"hovertemplate": "%{x:.2f} %{y:+.2f}i<extra></extra>", "x": [], "y": []}
    hollow = {"size": 7, "color": "rgba(0,0,0,0)", "opacity": 1,
              "line": {"color": FAINT, "width": 1.4}}  # fmt: skip
    return go.Figure(
        [
            go.Scatter(x=np.cos(angle).round(3).tolist(), y=np.sin(angle).round(3).tolist(),
                       mode="lines", hoverinfo="skip",
                       line={"color": FAINT, "width": 1.2, "dash": "dash"}),
            go.Scatter(mode="markers", marker=hollow, **said),
            go.Scatter(mode="markers", marker={"size": 8, "color": W_HH, "opacity": 1}, **said),
            go.Scatter(x=[], y=[], mode="lines", line={"color": W_HH, "width": 2}, xaxis="x2",
                       yaxis="y2", hovertemplate=text.CURVE["radius"]),
        ],
        theme.layout(
            margin={"l": 2, "r": 22, "t": 4, "b": 4},
            xaxis=theme.axis(domain=[0, 0.62], **plane),
            yaxis=theme.axis(scaleanchor="x", **plane),
            xaxis2=theme.axis(domain=[0.7, 1], range=[0, goal], anchor="y2", showticklabels=False),
            yaxis2=theme.axis(domain=[0.14, 0.34], range=[0, EDGE], anchor="x2", side="right",
                              tickvals=[1]),
        ),
    )  # fmt: skip


def filled(
    start: np.ndarray, now: np.ndarray, radii: Sequence[tuple[int, float]], radius: float,
    horizon: int,
) -> dict[str, Any]:  # fmt: skip
    """start, now : (kH,) eigenvalues, none where the weights are no numbers. radii : (epoch,
    spectral radius) so far. radius, horizon : the moment's. The plane grows with what lies beyond.
    """
    largest = max([0.0, *np.abs(start), *np.abs(now)])
    edge, epochs = grown(EDGE, largest), [epoch for epoch, _ in radii]
    curve = [value for _, value in radii]
    high = {"range": [0, grown(EDGE, max(c for c in [0.0, *curve] if c == c))]}
    dots = [{"x": part.real.round(3).tolist(), "y": part.imag.round(3).tolist()}
            for part in (start, now)]  # fmt: skip
    shown = f"{radius:.2f}" if radius == radius else text.NO_NUMBER
    far = text.HORIZON["one" if horizon == 1 else "many"].format(n=horizon)
    texts = [(0.98, shown, 26, INK), (0.82, text.SPECTRAL_RADIUS, 14, QUIET),
             (0.68, far, 26, INK), (0.52, text.MEMORY_HORIZON, 14, QUIET),
             (0.12, text.RADIUS_BY_EPOCH, 14, QUIET)]  # fmt: skip
    notes: list[dict[str, Any]] = [
        {"x": 0.66, "xref": "paper", "y": y, "yref": "paper", "xanchor": "left", "yanchor": "top",
         "showarrow": False, "text": said, "font": {"size": size, "color": color}}
        for y, said, size, color in texts
    ]  # fmt: skip
    notes.append({"x": 1, "y": 0, "text": "1", "showarrow": False, "xanchor": "left", "xshift": 3,
                  "yshift": -9, "font": {"size": TICK, "color": QUIET}})  # fmt: skip
    one = {**rule("y2", 1, color=FAINT, width=1, dash="dash"), "x0": 0.7}
    plane = {"range": [-edge, edge]}
    return {
        "data": {"1": dots[0], "2": dots[1], "3": {"x": epochs, "y": clean(curve)}},
        "layout": {"xaxis": plane, "yaxis": plane, "yaxis2": high, "annotations": notes,
                   "shapes": [one]},
    }  # fmt: skip
