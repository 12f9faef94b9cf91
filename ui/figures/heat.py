"""Several runs in one picture: two side by side, or one setting on many seeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.curves import clean
from ui.figures.theme import DASH, FAINT, HAIR, QUIET, W_HY, W_XH

HEIGHT = 330
Rows = Sequence[Sequence[float]]


def blank(n_runs: int, longest: int, top: float) -> go.Figure:
    """Loss above, accuracy on the test beneath; traces 2 i and 2 i + 1 are run i's.

    Two runs have a colour and a line style each; many are one faint colour.
    """
    two = [W_HY, W_XH]
    figure = go.Figure()
    for i in range(n_runs):
        color = two[i] if n_runs == 2 else W_HY
        line = {"color": color, "width": 2.2 if n_runs == 2 else 1.4,
                "dash": DASH[color] if n_runs == 2 else "solid"}  # fmt: skip
        for axis in ("y", "y2"):
            figure.add_trace(go.Scatter(
                x=[], y=[], yaxis=axis, mode="lines", line=line, opacity=1 if n_runs == 2 else 0.6,
                hovertemplate="%{y:.3f} at epoch %{x}<extra></extra>"))  # fmt: skip
    title = {"size": 12, "color": QUIET}
    figure.update_layout(theme.layout(
        margin={"l": 46, "r": 84, "t": 10, "b": 34},
        xaxis=theme.axis(range=[0, longest], anchor="y2", title={"text": "epoch", "font": title}),
        yaxis=theme.axis(domain=[0.46, 1], range=[0, top], showgrid=True, gridcolor=HAIR, nticks=5,
                         title={"text": "loss, train", "font": title}),
        yaxis2=theme.axis(domain=[0, 0.36], range=[0.3, 1.04], tickvals=[0.5, 1],
                          ticktext=["50 %", "100 %"], showgrid=True, gridcolor=HAIR,
                          title={"text": "right, test", "font": title}),
    ))  # fmt: skip
    return figure


def filled(runs: Sequence[Rows], names: Sequence[str]) -> dict[str, Any]:
    """runs : for each (epochs, 3) epoch, train loss, test accuracy. names : shown at two's ends."""
    data: dict[str, Any] = {}
    notes: list[dict[str, Any]] = []
    for i, rows in enumerate(runs):
        table = np.array(rows, float).reshape(-1, 3)
        for k in (1, 2):
            data[str(2 * i + k - 1)] = {"x": clean(table[:, 0]), "y": clean(table[:, k])}
        if len(runs) == 2 and len(table):
            notes.append({
                "x": 1, "xref": "paper", "y": 1 - 0.12 * i, "yref": "paper", "text": names[i],
                "showarrow": False, "xanchor": "left", "xshift": 4,
                "font": {"size": 12, "color": [W_HY, W_XH][i]},
            })  # fmt: skip
    return {"data": data, "layout": {"annotations": notes}}


def strip(epochs: Sequence[int | None], longest: int) -> dict[str, Any]:
    """A mark for each seed at the epoch where every sentence was right."""
    marks = [
        {"type": "line", "x0": e, "x1": e, "yref": "y2", "y0": 1.0, "y1": 1.04,
         "line": {"color": FAINT, "width": 2}}
        for e in epochs if e is not None and e <= longest
    ]  # fmt: skip
    return {"layout": {"shapes": marks}}
