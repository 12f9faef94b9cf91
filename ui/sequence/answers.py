"""What is answered at each step, aligned with the states: a row for each class, or the likeliest.

Arrays and labels in, a Plotly figure out. The cell of what is right has a frame; of a network with
many classes, such as the symbols of a text, the likeliest ones are named, the first on top.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.player import Room
from ui.kit.theme import AMOUNT, INK, TICK, UNSURE
from ui.sequence import states, text

N_LIKELIEST = 5
LONGEST = 7
"""Characters of a symbol that have room in a cell."""
SHOWN = {" ": "␣", "\n": "↵", "\t": "⇥"}
"""What stands for a symbol that shows nothing."""


def sign(symbol: str) -> str:
    """A symbol as one can see it."""
    return SHOWN.get(symbol, symbol)


def _in_a_cell(symbol: str) -> str:
    symbol = sign(symbol)
    return theme.escape(symbol if len(symbol) <= LONGEST else symbol[: LONGEST - 1] + "…")


def rows(p: np.ndarray, most: int = N_LIKELIEST) -> np.ndarray:
    """(T, R) the classes that are drawn at each step, from p (T, C): all, or the likeliest."""
    n_steps, n_classes = p.shape
    if n_classes <= most:
        return np.tile(np.arange(n_classes), (n_steps, 1))
    return np.argsort(-p, axis=1, kind="stable")[:, :most]


def bits(p: np.ndarray, right: Sequence[int | None]) -> list[float | None]:
    """The surprise -log2 p of what is right at each step; None where nothing is asked."""
    with np.errstate(divide="ignore"):
        return [None if c is None else float(-np.log2(p[t, c])) for t, c in enumerate(right)]


def stack(n_classes: int, surprise: bool) -> list[Room]:
    """How rows of answers, and that of the surprise, share the figure's height."""
    made = [Room("yaxis", px=18 * min(n_classes, N_LIKELIEST), grow=1)]
    return [*made, Room("yaxis2", px=20, gap=2)] if surprise else made


def film(
    p: np.ndarray, right: Sequence[int | None], classes: Sequence[str], known: Sequence[bool],
    surprise: bool = False, most: int = N_LIKELIEST,
) -> go.Figure:  # fmt: skip
    """p : (T, C) the answer at each step. right : (T,) the right class, None where nothing is
    asked. known : every word, and whether it is read. surprise : whether its bits stand below.
    most : rows; of more classes the likeliest.

    Trace 0 are the cells; the frames of what is right come first among the shapes.
    """
    columns, shown = states.places(known), rows(p, most)
    fixed, n = p.shape[1] <= most, shown.shape[1]
    values = np.take_along_axis(p, shown, axis=1)
    texts = [["" for _ in known] for _ in range(n)]
    hover = [["" for _ in known] for _ in range(n)]
    for t, column in enumerate(columns):
        for row, c in enumerate(shown[t].tolist()):
            name = _in_a_cell(classes[c])
            hover[row][column] = f"{name}: {p[t, c]:.3f}"
            texts[row][column] = (
                name if not fixed else f"{p[t, c]:.2f}" if c == p[t].argmax() else ""
            )
    cells = theme.heatmap(
        states.spread(values, known), AMOUNT, 1.0, text=texts, texttemplate="%{text}",
        textfont={"size": TICK + 0.5}, customdata=hover,
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    names = [_in_a_cell(name) for name in classes] if fixed else [""] * n
    figure = go.Figure([cells], theme.layout(
        margin={"l": 46, "r": 44, "t": 4, "b": 4},
        xaxis=theme.axis(range=[-0.5, len(known) - 0.5], showticklabels=False),
        yaxis=theme.axis(range=[n - 0.5, -0.5], tickvals=list(range(n)), ticktext=names,
                         **({} if fixed else {"title": theme.title(text.LIKELIEST)})),
        shapes=[_frame(columns[t], shown[t].tolist().index(c)) for t, c in enumerate(right)
                if c is not None and c in shown[t]],
    ))  # fmt: skip
    if surprise:
        found = [(columns[t], f"{value:.1f}") for t, value in enumerate(bits(p, right))
                 if value is not None]  # fmt: skip
        figure.add_trace(go.Scatter(
            x=[x for x, _ in found], y=[0] * len(found), text=[value for _, value in found],
            mode="text", yaxis="y2", textfont={"size": TICK, "color": UNSURE}, hoverinfo="skip",
        ))  # fmt: skip
        figure.update_layout(yaxis2=theme.axis(range=[-1, 1], tickvals=[0], ticktext=[text.BITS]))
    return figure


def _frame(column: int, row: int) -> dict[str, Any]:
    line = {"color": INK, "width": 2}
    return theme.outline(column - 0.46, column + 0.46, row - 0.42, row + 0.42, line=line)


def at_step(
    figure: go.Figure, known: Sequence[bool], t: int, backwards: bool = False
) -> dict[str, Any]:
    """What changes at step t: the column's band, and what is still unread."""
    shapes = [shape.to_plotly_json() for shape in figure.layout.shapes]
    here = states.places(known)[t]
    return {"layout": {"shapes": [*shapes, *states.read_so_far(here, len(known), backwards)]}}
