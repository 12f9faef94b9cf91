"""What each possible cut into a state would do to the answer: a bar for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import FAINT, HAIR, QUIET, W_XH

HEIGHT = 210
MOST_BARS = 16
TOPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""What the scale may end at."""


def bars(change: np.ndarray, labels: Sequence[str], turns: Sequence[bool], what: str) -> go.Figure:
    """|change of P| for each possible cut, as bars; those that turn the verdict are striped.

    what : "unit" or "word", for the reader.
    """
    figure = go.Figure([go.Bar(
        x=list(range(len(change))), y=[round(abs(v), 4) for v in change.tolist()], width=0.72,
        customdata=[[theme.escape(label), f"{v:+.2f}"] for label, v in
                    zip(labels, change.tolist(), strict=True)],
        marker={"color": [W_XH if turn else FAINT for turn in turns],
                "pattern": {"shape": ["/" if turn else "" for turn in turns]}},
        hovertemplate=f"{what} %{{customdata[0]}}: %{{customdata[1]}}<extra></extra>",
    )])  # fmt: skip
    top = next(top for top in TOPS if top >= min(float(np.abs(change).max()), 1))
    short = [label if len(label) <= 9 else label[:8] + "…" for label in labels]
    small = max(map(len, short)) > 2 if what == "unit" else len(short) > 12
    every, lean = 1 + (len(labels) > 20), -50 if len(labels) <= 12 else -90
    figure.update_layout(theme.layout(
        margin={"l": 34, "r": 6, "t": 8, "b": 26 if what == "unit" else 54}, hovermode="x",
        xaxis=theme.axis(range=[-0.6, len(change) - 0.4], tickmode="array",
                         tickvals=list(range(0, len(change), every)),
                         ticktext=[theme.escape(label) for label in short[::every]],
                         tickangle=0 if what == "unit" else lean,
                         tickfont={"size": 10 if small else 12, "color": QUIET}),
        yaxis=theme.axis(range=[0, 1.04 * top], tickvals=[0, top], showgrid=True, gridcolor=HAIR),
    ))  # fmt: skip
    return figure


def bar_at(place: int) -> dict[str, Any]:
    """Frame the bar of the cut that is made."""
    frame = theme.outline(place - 0.5, place + 0.5, 0, 1, yref="paper")
    return {"layout": {"shapes": [frame]}}
