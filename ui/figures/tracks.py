"""What became of one sentence and of the weights on the way: four small pictures over the epochs,
and how much blame reaches each word now.

Each figure is made once, blank, with fixed ranges; a patch fills in what there is by now.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.curves import clean
from ui.figures.theme import ACCENT, FAINT, HAIR, INK, QUIET, W_HH, W_HY

HEIGHT = 330
BLAME_HEIGHT = 96
NARROW = {"layout": {"margin": {"l": 30, "r": 26}}}


def blame_blank(words: Sequence[str]) -> go.Figure:
    """|dL/dh_t| under each word, by decades; aligned with the picture of the state above it."""
    return go.Figure(
        go.Bar(x=list(range(len(words))), y=[], width=0.62, marker={"color": theme.BLAME},
               hovertemplate="|dL/dh| = %{y:.2g}<extra></extra>"),
        theme.layout(
            margin={"l": 46, "r": 44, "t": 4, "b": 6},
            xaxis=theme.axis(range=[-0.5, len(words) - 0.5], showticklabels=False),
            yaxis=theme.axis(type="log", range=[-8, 1.2], tickvals=[1e-6, 1e-3, 1],
                             ticktext=["1e−6", "1e−3", "1"], showgrid=True, gridcolor=HAIR,
                             tickfont={"size": 11, "color": QUIET}),
        ),
    )  # fmt: skip


def blame_filled(lengths: np.ndarray) -> dict[str, Any]:
    """lengths : (T,) |dL/dh_t|; what is zero or no number has no bar."""
    bars = [float(v) if np.isfinite(v) and v > 0 else None for v in lengths]
    return {"data": {"0": {"y": bars}}}


def blank(goal: int, n_words: int, answer: str) -> go.Figure:
    """Four small pictures over the epochs: the sentence's answer, how far its blame reaches, the
    spectral radius of W_hh, the gradient's length. Traces 0..3 in that order.
    """
    titles = [f"P({theme.escape(answer)})", "reach", "radius", "gradient"]
    ranges = [[-0.05, 1.05], [-0.3, max(n_words - 1, 1) + 0.3], [0, 2.2], [-3, 1.5]]
    colors = [W_HY, theme.BLAME, W_HH, ACCENT]
    hovers = ["%{y:.3f}", "%{y} words", "%{y:.3f}", "%{y:.3g}"]
    figure = go.Figure(layout=theme.layout(margin={"l": 62, "r": 14, "t": 6, "b": 34}))
    for i, (title, span, color, hover) in enumerate(
        zip(titles, ranges, colors, hovers, strict=True)
    ):
        name = "" if i == 0 else str(i + 1)
        figure.add_trace(go.Scatter(
            x=[], y=[], yaxis=f"y{name}", mode="lines", cliponaxis=True,
            line={"color": color, "width": 2, "shape": "hv" if i == 1 else "linear"},
            hovertemplate=f"{hover} at epoch %{{x}}<extra>{title}</extra>",
        ))  # fmt: skip
        low = 1 - (i + 1) * 0.25
        figure.update_layout({f"yaxis{name}": theme.axis(
            domain=[low + 0.045, low + 0.235], range=span, showgrid=True, gridcolor=HAIR,
            type="log" if i == 3 else "linear", nticks=3,
            title={"text": title, "font": {"size": 11, "color": QUIET}})})  # fmt: skip
    figure.update_layout(xaxis=theme.axis(
        range=[0, goal], anchor="y4",
        title={"text": "epoch", "font": {"size": 12, "color": QUIET}}))  # fmt: skip
    one = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y3", "y0": 1, "y1": 1,
           "line": {"color": FAINT, "width": 1, "dash": "dot"}}  # fmt: skip
    figure.update_layout(shapes=[one])
    return figure


def filled(
    epochs: Sequence[float], rows: Sequence[Sequence[float]], clip_at: float | None, at: float
) -> dict[str, Any]:
    """rows : four lists over epochs, in blank's order. clip_at : where it is cut, or None."""
    data = {
        str(i): {"x": list(epochs), "y": clean(np.array(row, float))} for i, row in enumerate(rows)
    }
    one = {"type": "line", "xref": "paper", "x0": 0, "x1": 1,
           "line": {"color": FAINT, "width": 1, "dash": "dot"}}  # fmt: skip
    shapes = [{**one, "yref": "y3", "y0": 1, "y1": 1}]
    if clip_at is not None:
        label = {"text": "clip", "font": {"size": 11, "color": QUIET}, "textposition": "end"}
        shapes.append({**one, "yref": "y4", "y0": clip_at, "y1": clip_at, "label": label})
    cursor = {"type": "line", "yref": "paper", "x0": at, "x1": at, "y0": 0, "y1": 1}
    shapes.append({**cursor, "line": {"color": INK, "width": 1}})
    return {"data": data, "layout": {"shapes": shapes}}
