"""Exact match by the length of the source: a line for each kind of network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.theme import DASH, HAIR, INK, W_HY, W_XH
from ui.translate import text

COLORS = (W_HY, W_XH)
MINE = text.MINE


@dataclass(frozen=True)
class Told:
    """What a network gets exactly right, 0..1: by the source's length, and by what is unseen."""

    by_length: dict[int, float]
    parts: dict[str, float]


Results = Mapping[str, Sequence[Told]]


def picture(results: Results, longest: int, unit: str) -> go.Figure:
    """A line for each run, a thick one for each kind's mean. longest : in training, a rule."""
    data = []
    names = [name for name in results if name != MINE]
    for name, runs in results.items():
        color = INK if name == MINE else COLORS[names.index(name)]
        line: dict[str, Any] = {"color": color, "dash": DASH.get(color, "solid")}
        x = list(runs[0].by_length)
        y = np.array([[run.by_length[n] for n in x] for run in runs])
        if name == MINE:
            data.append(go.Scatter(x=x, y=y[0].round(4).tolist(), mode="markers", name=name,
                                   marker={"symbol": "diamond", "size": 9, "color": color,
                                           "opacity": 1}))  # fmt: skip
            continue
        data += [go.Scatter(x=x, y=row.round(4).tolist(), mode="lines", line={**line, "width": 1},
                            opacity=0.4, showlegend=False, hoverinfo="skip")
                 for row in y]  # fmt: skip
        data.append(go.Scatter(x=x, y=y.mean(axis=0).round(4).tolist(), mode="lines+markers",
                               name=text.SEEDS.format(name=name, n=len(runs)),
                               line={**line, "width": 3}))  # fmt: skip
    lengths = sorted({n for runs in results.values() for n in runs[0].by_length}) or [1]
    note = {"x": longest + 0.5, "y": 1.1, "text": text.LONGEST_MET, "showarrow": False,
            "xanchor": "right" if longest + 2 > lengths[-1] else "left", "xshift": 0,
            "font": {"size": theme.TICK, "color": theme.QUIET}}  # fmt: skip
    return go.Figure(data, theme.layout(
        margin={"l": 62, "r": 12, "t": 8, "b": 40}, showlegend=True, annotations=[note],
        legend={"x": 0.99, "xanchor": "right", "y": 0.48, "yanchor": "middle",
                "font": {"size": theme.TICK}},
        xaxis=theme.axis(range=[lengths[0] - 0.5, lengths[-1] + 0.7], tickvals=lengths,
                         title=theme.title(text.OF_SOURCE.format(many=unit))),
        yaxis=theme.axis(range=[-0.04, 1.2], tickvals=[0, 0.5, 1], showgrid=True, gridcolor=HAIR,
                         ticktext=["0", "50 %", "100 %"]),
        shapes=[theme.rule("x", longest + 0.5, color=theme.FAINT, width=1.2, dash="dot")],
    ))  # fmt: skip
