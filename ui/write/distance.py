"""P of a verb that agrees, over how many nouns stand between it and its subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.theme import HAIR, W_HH, W_HY, W_XH
from ui.write import text

COLORS = dict(zip(("rnn", "gru", "lstm"), (W_XH, W_HH, W_HY), strict=True))
LINES = dict(zip(COLORS, ("solid", "dash", "dot"), strict=True))


def picture(
    results: Mapping[tuple[str, int], Sequence[float]],
    mine: Sequence[float] | None,
    between: Sequence[int],
) -> go.Figure:
    """A line for each run, a thick one for each cell's mean, and the network above in black."""
    data = []
    for cell, color in COLORS.items():
        runs = [result for (name, _), result in results.items() if name == cell]
        line: dict[str, Any] = {"color": color, "dash": LINES[cell]}
        data += [go.Scatter(x=list(between), y=run, mode="lines", opacity=0.4,
                            line={**line, "width": 1}, showlegend=False, hoverinfo="skip")
                 for run in runs]  # fmt: skip
        if runs:
            data.append(go.Scatter(
                x=list(between), y=np.mean(runs, axis=0).round(4).tolist(), mode="lines+markers",
                name=text.N_SEEDS.format(cell=cell.upper(), n=len(runs)), line={**line, "width": 3},
                hovertemplate=text.P_POINT.format(name=cell.upper()),
            ))  # fmt: skip
    if mine is not None:
        data.append(go.Scatter(x=list(between), y=mine, mode="markers", name=text.ABOVE,
                               marker={"symbol": "diamond", "size": 9, "color": theme.INK},
                               hovertemplate=text.P_POINT.format(name=text.ABOVE_SHORT),
                               ))  # fmt: skip
    return go.Figure(data, theme.layout(
        margin={"l": 62, "r": 12, "t": 8, "b": 40}, showlegend=True,
        legend={"x": 0.01, "y": 0.02, "yanchor": "bottom", "font": {"size": theme.TICK}},
        xaxis=theme.axis(tickvals=list(between),
                         title=theme.title(text.BETWEEN)),
        yaxis=theme.axis(range=[-0.02, 1.05], tickvals=[0, 0.5, 1], showgrid=True, gridcolor=HAIR,
                         title=theme.title(text.P_AGREES)),
        shapes=[theme.rule("y", 0.5, color=theme.FAINT, width=1, dash="dot")],
    ))  # fmt: skip
