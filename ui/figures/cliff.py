"""The loss of two weights as a map, two walks over it, and what each met on its way.

Each figure is made once, without the walks; a patch for each update draws them so far.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import AMOUNT, CARD, FAINT, HAIR, INK, POSITIVE, QUIET, W_HH, W_XH

HEIGHT, CURVES_HEIGHT = 465, 350
LOW, HIGH = np.array([-1.2, 0.4]), np.array([2.8, 2.6])
"""The corners of the map: W_xh and W_hh."""
WAYS = ((POSITIVE, "dash", "x"), (INK, "solid", "circle"))
"""Colour, line and mark of the walk that is not clipped and of the one that is."""
FLOOR = 6e-5
"""Curves leave the picture here."""
NARROW = {"layout": {"annotations": [], "margin": {"l": 40, "r": 6}}}
Walk = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Weights (N + 1, 2), losses (N + 1,) and lengths of the gradient (N + 1,)."""


def grid() -> tuple[np.ndarray, np.ndarray]:
    """W_xh (n,) and W_hh (m,) where the surface is wanted: denser at the wall, W_xh = 0."""
    bend = np.linspace(np.arcsinh(LOW[0] * 40), np.arcsinh(HIGH[0] * 40), 91)
    return np.sinh(bend) / 40, np.linspace(LOW[1], HIGH[1], 56)


def terrain(losses: np.ndarray, valley: np.ndarray) -> go.Figure:
    """The map: losses (m, n) on the grid, and the W_xh (m,) at which the answer is right.

    Traces: 0 the surface, 1 the valley, 2 and 3 the walks, 4 and 5 where they are, 6 the start;
    of the walks the second comes first, so that the dashes of the first stand on its line.
    """
    w_xh, w_hh = grid()
    surface = go.Contour(
        x=w_xh.round(4).tolist(), y=w_hh.round(3).tolist(),
        z=np.log10(np.maximum(losses, 1e-4)).round(3).tolist(),
        colorscale=theme.scale(AMOUNT[:4]), showscale=False,
        contours={"start": -3.5, "end": 0, "size": 0.25}, line={"width": 0.6, "color": CARD},
        hovertemplate="W<sub>xh</sub> %{x:.2f}, W<sub>hh</sub> %{y:.2f}<extra></extra>",
    )  # fmt: skip
    bottom = go.Scatter(
        x=valley.round(4).tolist(), y=w_hh.round(3).tolist(), mode="lines", hoverinfo="skip",
        line={"color": QUIET, "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    walks = [
        go.Scatter(x=[], y=[], mode="lines+markers", hoverinfo="skip",
                   line={"color": color, "dash": dash, "width": 2},
                   marker={"symbol": symbol, "size": 5, "color": color})
        for color, dash, symbol in reversed(WAYS)
    ]  # fmt: skip
    ends = [
        go.Scatter(x=[], y=[], mode="markers+text", hoverinfo="skip", cliponaxis=False,
                   textfont={"size": 13, "color": INK},
                   marker={"symbol": symbol, "size": 14, "color": color,
                           "line": {"color": CARD, "width": 1.5}})
        for color, _, symbol in reversed(WAYS)
    ]  # fmt: skip
    start = go.Scatter(x=[], y=[], mode="markers", hoverinfo="skip",
                       marker={"symbol": "diamond", "size": 12, "color": CARD,
                               "line": {"color": INK, "width": 2}})  # fmt: skip
    sides = [("answers −1", -0.82, 2.48), ("answers +1", 2.42, 2.48), ("right: ½", 0.5, 0.55)]
    axes = {"ticks": "outside", "ticklen": 4, "tickcolor": FAINT}
    return go.Figure([surface, bottom, *walks, *ends, start], theme.layout(
        margin={"l": 52, "r": 8, "t": 8, "b": 44},
        xaxis=theme.axis(range=[LOW[0], HIGH[0]], dtick=0.5, **axes,
                         title={"text": "W<sub>xh</sub>", "font": {"size": 14, "color": W_XH}}),
        yaxis=theme.axis(range=[LOW[1], HIGH[1]], dtick=0.5, **axes,
                         title={"text": "W<sub>hh</sub>", "font": {"size": 14, "color": W_HH}}),
        annotations=[{"text": text, "x": x, "y": y, "showarrow": False,
                      "font": {"size": 13, "color": INK}} for text, x, y in sides],
    ))  # fmt: skip


def walked(walks: Sequence[Walk], k: int) -> dict[str, Any]:
    """The map after k updates of each walk, from the same start."""
    data: dict[str, Any] = {}
    for i, (weights, _, _) in enumerate(walks):
        x, y = weights[: k + 1].T.round(3).tolist()
        data[str(3 - i)] = {"x": x, "y": y}
        data[str(5 - i)] = seen(weights, k)
    data["6"] = {"x": x[:1], "y": y[:1]}
    return {"data": data}


def seen(weights: np.ndarray, k: int) -> dict[str, Any]:
    """Where the mark of a walk (N + 1, 2) stands after k updates.

    Off the map it stands at the edge, where the walk left it; the start is on the map.
    """
    inside = ((weights[: k + 1] >= LOW) & (weights[: k + 1] <= HIGH)).all(axis=1)
    last = int(np.flatnonzero(inside)[-1])
    place, said = weights[last], ""
    if last < k:
        move, said = weights[last + 1] - place, "off the map"
        room = np.where(move > 0, HIGH, LOW) - place
        place = place + (room[move != 0] / move[move != 0]).min() * move
    x, y = (round(float(w), 3) for w in place)
    side = "top left" if x > (LOW[0] + HIGH[0]) / 2 else "top right"
    return {"x": [x], "y": [y], "text": [said], "textposition": side}


def curves(n_updates: int, arrived: float, clip_at: float) -> go.Figure:
    """Loss above, length of the gradient beneath, by decades, for 0..n_updates updates.

    arrived : the loss that is small enough. Traces: 0 and 1 losses, 2 and 3 lengths.
    """
    lines = [
        go.Scatter(x=list(range(n_updates + 1)), y=[], yaxis=axis, mode="lines", cliponaxis=True,
                   line={"color": color, "dash": dash, "width": 2.2},
                   hovertemplate=f"{name} %{{y:.3g}} after %{{x}} updates<extra></extra>")
        for axis, name in (("y", "loss"), ("y2", "gradient"))
        for color, dash, _ in reversed(WAYS)
    ]  # fmt: skip
    ticks = {"type": "log", "showgrid": True, "gridcolor": HAIR}
    marks = [("y", arrived, "arrived"), ("y2", clip_at, "cut here")]
    return go.Figure(lines, theme.layout(
        margin={"l": 58, "r": 10, "t": 8, "b": 40},
        xaxis=theme.axis(range=[0, n_updates], anchor="y2", title=theme.title("updates")),
        yaxis=theme.axis(domain=[0.54, 1], range=[-4.2, 0.4], tickvals=[0.001, 0.01, 0.1, 1],
                         **ticks, title=theme.title("loss")),
        yaxis2=theme.axis(domain=[0, 0.46], range=[-4.2, 4],
                          tickvals=[0.01, 1, 100], **ticks,
                          title=theme.title("length of the gradient")),
        shapes=[{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": axis, "y0": at,
                 "y1": at, "line": {"color": FAINT, "width": 1.2, "dash": "dot"},
                 "label": {"text": text, "textposition": "end", "yanchor": "bottom",
                           "font": {"size": 12, "color": QUIET}}} for axis, at, text in marks],
    ))  # fmt: skip


def met(walks: Sequence[Walk], k: int) -> dict[str, Any]:
    """Losses and lengths of the gradient after 0..k updates."""
    rows = [walk[quantity][: k + 1] for quantity in (1, 2) for walk in walks[::-1]]
    return {
        "data": {
            str(i): {"y": [float(f"{v:.3g}") if v > FLOOR else None for v in row]}
            for i, row in enumerate(rows)
        }
    }
