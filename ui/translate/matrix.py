"""The alignment matrix: for each output, how much it looked at each input."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.player import Figure, Node, Panel, Text, look_for, node
from ui.kit.theme import AMOUNT, CARD, INK
from ui.translate import text
from ui.translate.translating import Translating

MOST_NUMBERED = 9
"""Columns up to which a cell has room for its number."""
LEAST_SHOWN = 0.03


def panels(now: Translating, area: str) -> list[Panel]:
    """The card: its switch, the matrix, and its sentence, which frames fill in."""
    switch = node("button", text.TAKE_AWAY, class_="token", click={"attention": False})
    head = node("div", node("h3", text.ATTENTION), switch, class_="heading")
    return [
        Text("alignment title", head, card=True, area=area),
        Figure("alignment", picture(now), 190, text.ALIGNMENT, text.ALIGNMENT_SAID, area=area,
               grow=1),
        Text("alignment look", "", area=area),
    ]  # fmt: skip


def picture(now: Translating) -> go.Figure:
    """alpha (S, T') with its numbers, where there is room."""
    alpha = now.alpha
    assert alpha is not None
    n_rows, n = alpha.shape
    numbered = n <= MOST_NUMBERED
    texts = [[f"{a:.2f}".lstrip("0") if numbered and a >= LEAST_SHOWN else "" for a in row]
             for row in alpha]  # fmt: skip
    cells = theme.heatmap(
        alpha.round(3).tolist(), AMOUNT, 1.0, text=texts, texttemplate="%{text}",
        textfont={"size": theme.TICK}, xgap=1, ygap=1,
        hovertemplate="α = %{z:.3f}<extra></extra>",
    )  # fmt: skip
    names = [theme.escape(theme.short(name, 9)) for name in now.names]
    read = [theme.escape(theme.short(word, 7)) for word in now.shown]
    longest = max(map(len, names))
    turned = n > 5 and max(map(len, read)) > 2
    return go.Figure([cells], theme.layout(
        margin={"l": 14 + 7.4 * longest, "b": 4,
                "r": 22 if turned else 4, "t": 46 if turned else 24},
        xaxis=theme.axis(side="top", range=[-0.5, n - 0.5], tickvals=list(range(n)), ticktext=read,
                         tickangle=-45 if turned else 0),
        yaxis=theme.axis(range=[n_rows - 0.5, -0.5], tickvals=list(range(n_rows)), ticktext=names,
                         ticklabelstandoff=6),
    ))  # fmt: skip


def at_step(alpha: np.ndarray, t: int | None) -> dict[str, Any]:
    """The row of this step is framed, those to come are pale. t : None before the first."""
    n_rows, n = alpha.shape
    shapes = []
    if t is None or t < n_rows - 1:
        y0 = -0.5 if t is None else t + 0.5
        shapes.append({"type": "rect", "x0": -0.5, "x1": n - 0.5, "y0": y0, "y1": n_rows - 0.5,
                       "fillcolor": CARD, "opacity": 0.8, "line": {"width": 0}})  # fmt: skip
    if t is not None:
        shapes.append(theme.outline(-0.5, n - 0.5, t - 0.5, t + 0.5,
                                    line={"color": INK, "width": 2}))  # fmt: skip
    return {"layout": {"shapes": shapes}}


def said(now: Translating, t: int | None) -> Node:
    """Where this output looks, in words."""
    alpha = now.alpha
    if alpha is None or t is None:
        return look_for(text.ROWS)
    if len(now.read) == 1:
        return look_for(text.ONE_COLUMN)
    j = int(alpha[t].argmax())
    looks = text.LOOKS if alpha[t, j] >= 0.5 else text.LOOKS_SPREAD
    return look_for(looks.format(said=now.names[t], at=now.shown[j], nth=place(j),
                                 alpha=alpha[t, j], half=_half(alpha[t]),
                                 many=text.MANY[now.task]))  # fmt: skip


def _half(row: np.ndarray) -> int:
    """How many inputs together get half of the attention."""
    return int(np.searchsorted(np.cumsum(np.sort(row)[::-1]), 0.5) + 1)


def place(j: int) -> str:
    """The name of a place, counted from 0: "third"."""
    return text.FIRST[j] if j < len(text.FIRST) else text.LATER.format(n=j + 1)
