"""Checks as pictures: errors on their scale, two gradients and their difference."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import (
    AMOUNT,
    BACKWARD,
    BAD,
    GOOD,
    HAIR,
    INK,
    PALE_BAD,
    PALE_GOOD,
    PALE_UNEASY,
    QUIET,
    UNEASY,
)

MATRICES_HEIGHT = 262
LOWEST, HIGHEST = -13.0, 1.0
ZONES = [
    (LOWEST, -7.0, PALE_GOOD, GOOD, "happy"),
    (-7.0, -4.0, "", QUIET, "fine"),
    (-4.0, -2.0, PALE_UNEASY, UNEASY, "uneasy"),
    (-2.0, HIGHEST, PALE_BAD, BAD, "wrong"),
]
MATHS = {"W_xh": "W<sub>xh</sub>", "W_hh": "W<sub>hh</sub>", "W_hy": "W<sub>hy</sub>",
         "b_h": "b<sub>h</sub>", "b_y": "b<sub>y</sub>"}  # fmt: skip


def power(exponent: int) -> str:
    """10 to the power of something, for a tick."""
    return f"10<sup>{exponent}</sup>".replace("-", "−")


def strip_height(count: int) -> int:
    """Pixels, for so many parameters."""
    return max(336, 54 + 24 * count)


def strip(
    errors: Mapping[str, float], colors: Mapping[str, str], layers: Mapping[str, str]
) -> go.Figure:
    """Each parameter's relative error as a dot on the scale, whose zones are drawn behind it.

    layers : in which layer a parameter is, of those that are in one of several.
    """
    names = list(errors)
    logs = [_log(errors[name]) for name in names]
    maths = [MATHS["_".join(name.split("_")[:2])] for name in names]
    called = [f"{m} {layers[name]}" if name in layers else m
              for m, name in zip(maths, names, strict=True)]  # fmt: skip
    dots = go.Scatter(
        x=logs, y=list(range(len(names))), mode="markers",
        marker={"size": 14, "color": [colors[name] for name in names], "opacity": 1,
                "line": {"color": INK, "width": 1.5}},
        customdata=[f"{errors[name]:.1e}" for name in names], cliponaxis=False,
        text=called,
        hovertemplate="%{text}: %{customdata}<extra></extra>",
    )  # fmt: skip
    figure = go.Figure(dots, theme.layout(
        margin={"l": 46, "r": 10, "t": 26, "b": 28},
        xaxis=theme.axis(range=[LOWEST, HIGHEST], tickvals=[-12, -10, -7, -4, -2, 0],
                         ticktext=[power(e) for e in (-12, -10, -7, -4, -2, 0)]),
        yaxis=theme.axis(range=[len(names) - 0.5, -0.5], tickvals=list(range(len(names))),
                         ticktext=maths, showgrid=True, gridcolor=HAIR,
                         tickfont={"size": 14, "color": INK}),
    ))  # fmt: skip
    for low, high, ground, color, word in ZONES:
        if ground:
            figure.add_shape(type="rect", x0=low, x1=high, y0=0, y1=1, yref="paper",
                             fillcolor=ground, line={"width": 0}, layer="below")  # fmt: skip
        figure.add_annotation(text=word, x=(low + high) / 2, y=1, yref="paper", yanchor="bottom",
                              showarrow=False, font={"size": 12, "color": color})  # fmt: skip
    return figure


def _log(error: float) -> float:
    """Where an error stands on the scale; no error at all stands at its left end."""
    if not np.isfinite(error):
        return HIGHEST
    return float(np.clip(np.log10(max(error, 10**LOWEST)), LOWEST + 0.25, HIGHEST - 0.25))


def matrices(backward: np.ndarray, numeric: np.ndarray, nudged: np.ndarray) -> go.Figure:
    """dW_hh (H, H) twice on one range, and how far they are apart by powers of ten.

    nudged : (H, H) the numbers that were looked at; the others stay empty.
    """
    apart = np.log10(np.maximum(np.abs(backward - numeric), 1e-12)) + 12
    both = np.abs(np.concatenate([backward, numeric]))
    largest = max(float(both[np.isfinite(both)].max(initial=0.0)), 1e-12)
    parts = [(backward, "backward pass", BACKWARD, largest, "%{z:+.2e}"),
             (numeric, "nudged", BACKWARD, largest, "%{z:+.2e}"),
             (apart, "apart", AMOUNT, 12.0, "10 to the %{customdata}")]  # fmt: skip
    rows, columns = backward.shape
    figure = go.Figure(layout=theme.layout(margin={"l": 6, "r": 46, "t": 26, "b": 6}))
    width, gap = 0.305, 0.0425
    gaps = 1 if rows <= 24 else 0
    for i, (array, title, colors, limit, shown) in enumerate(parts):
        name = str(i + 1) if i else ""
        left = i * (width + gap)
        seen = nudged & np.isfinite(array)
        figure.add_trace(theme.heatmap(
            [[float(f"{v:.3g}") if ok else None for v, ok in zip(*pair, strict=True)]
             for pair in zip(array, seen, strict=True)],
            colors, limit, xaxis=f"x{name}", yaxis=f"y{name}", xgap=gaps, ygap=gaps,
            customdata=np.round(np.nan_to_num(apart) - 12, 1).tolist(),
            showscale=i == 2, colorbar=_decades(),
            hovertemplate=f"from unit %{{x}} to unit %{{y}}: {shown}<extra></extra>",
        ))  # fmt: skip
        figure.update_layout({
            f"xaxis{name}": theme.axis(domain=[left, left + width], showticklabels=False,
                                       range=[-0.5, columns - 0.5], anchor=f"y{name}"),
            f"yaxis{name}": theme.axis(domain=[0, 1], showticklabels=False, anchor=f"x{name}",
                                       range=[rows - 0.5, -0.5]),
        })  # fmt: skip
        figure.add_annotation(text=title, x=left + width / 2, y=1, xref="paper", yref="paper",
                              xanchor="center", yanchor="bottom", yshift=3, showarrow=False,
                              font={"size": 13, "color": QUIET})  # fmt: skip
        figure.add_shape(type="rect", xref=f"x{name}", yref=f"y{name}", x0=-0.5, y0=-0.5,
                         x1=columns - 0.5, y1=rows - 0.5,
                         line={"color": HAIR, "width": 1})  # fmt: skip
    return figure


def _decades() -> dict[str, Any]:
    return {"thickness": 10, "x": 1.01, "len": 1, "outlinewidth": 0, "tickvals": [0, 4, 8, 12],
            "ticktext": [power(e) for e in (-12, -8, -4, 0)],
            "tickfont": {"size": 11, "color": QUIET}}  # fmt: skip


NARROW_MATRICES = {"data": {"2": {"showscale": False}}, "layout": {"margin": {"l": 2, "r": 2}}}
"""The same on a phone: no scale."""
