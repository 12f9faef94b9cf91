"""How a run went: loss and accuracy by epoch, and what became of one sentence on the way.

Each figure is made once, blank, with fixed ranges; a patch fills in what there is by now.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import CARD, FAINT, HAIR, INK, QUIET, W_HY, W_XH

HEIGHT = 330
FLOOR = 1e-3
Moment = tuple[float, str]


def blank(goal: int, top: float, log: bool) -> go.Figure:
    """Loss above, accuracy beneath, epochs 0..goal. top : the largest loss shown, in nats.

    Traces: 0 and 1 the last run's losses as shadows, 2 and 3 train and test loss, 4 and 5 train
    and test accuracy.
    """

    def line(axis: str, color: str, dash: str, name: str, form: str) -> go.Scatter:
        return go.Scatter(
            x=[], y=[], yaxis=axis, mode="lines", name=name, cliponaxis=True,
            line={"color": color, "dash": dash, "width": 1.4 if color == FAINT else 2.2},
            hovertemplate=f"{name}: %{{y:{form}}} at epoch %{{x}}<extra></extra>",
        )  # fmt: skip

    span = [np.log10(FLOOR), np.log10(top)] if log else [0, top]
    return go.Figure(
        [
            line("y", FAINT, "solid", "last run, train", ".3f"),
            line("y", FAINT, "dash", "last run, test", ".3f"),
            line("y", W_HY, "solid", "train", ".3f"),
            line("y", W_XH, "dash", "test", ".3f"),
            line("y2", W_HY, "solid", "train", ".0%"),
            line("y2", W_XH, "dash", "test", ".0%"),
        ],
        theme.layout(
            margin={"l": 46, "r": 52, "t": 14, "b": 34},
            xaxis=theme.axis(range=[0, goal], anchor="y2",
                             title={"text": "epoch", "font": {"size": 12, "color": QUIET}}),
            yaxis=theme.axis(domain=[0.42, 1], range=span, type="log" if log else "linear",
                             showgrid=True, gridcolor=HAIR, nticks=6,
                             title={"text": "loss, nats", "font": {"size": 12, "color": QUIET}}),
            yaxis2=theme.axis(domain=[0, 0.33], range=[0.3, 1.04], tickvals=[0.5, 1],
                              ticktext=["50 %", "100 %"], showgrid=True, gridcolor=HAIR,
                              title={"text": "right", "font": {"size": 12, "color": QUIET}}),
        ),
    )  # fmt: skip


def filled(
    history: Sequence[Sequence[float]],
    ghost: Sequence[Sequence[float]],
    moments: Sequence[Moment],
    at: float,
    goal: int,
) -> dict[str, Any]:
    """The run so far. history, ghost : (epochs, 5) epoch, train and test loss, train and test
    accuracy. moments : (epoch, what is worth seeing there). at : the epoch that is shown.
    """
    now = np.array(history, float).reshape(-1, 5)
    old = np.array(ghost, float).reshape(-1, 5)
    pairs = [(old, 1), (old, 2), (now, 1), (now, 2), (now, 3), (now, 4)]
    data = {
        str(i): {"x": clean(rows[:, 0]), "y": clean(rows[:, column])}
        for i, (rows, column) in enumerate(pairs)
    }
    marks = [(at, INK, 1.2, "solid"), *((x, HAIR, 1, "dot") for x, _ in moments)]
    shapes = [
        {"type": "line", "yref": "paper", "x0": x, "x1": x, "y0": 0, "y1": 1,
         "line": {"color": color, "width": width, "dash": dash}}
        for x, color, width, dash in marks
    ]  # fmt: skip
    notes = [
        {"x": x, "y": 1 - 0.085 * i, "yref": "paper", "text": text, "showarrow": False,
         "bgcolor": CARD,
         "xanchor": "right" if x > 0.55 * goal else "left", "yanchor": "top",
         "xshift": -4 if x > 0.55 * goal else 4, "font": {"size": 12, "color": QUIET}}
        for i, (x, text) in enumerate(moments)
    ]  # fmt: skip
    for column, name, color in ((3, "train", W_HY), (4, "test", W_XH)):
        if len(now) and math.isfinite(now[-1, column]):  # the upper one's name stands above it
            upper = (now[-1, 3] >= now[-1, 4]) == (column == 3)
            notes.append({"x": 1, "xref": "paper", "y": float(now[-1, column]), "yref": "y2",
                          "text": name, "showarrow": False, "xanchor": "left", "xshift": 4,
                          "yshift": 7 if upper else -7,
                          "font": {"size": 12, "color": color}})  # fmt: skip
    return {"data": data, "layout": {"shapes": shapes, "annotations": notes}}


def clean(values: np.ndarray) -> list[float | None]:
    """Numbers for a curve; None, a gap, for what is not finite."""
    values = np.asarray(values, float)
    rounded = values.round(4).tolist()
    if np.isfinite(values).all():
        return rounded
    return [v if math.isfinite(v) else None for v in rounded]
