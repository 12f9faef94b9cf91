"""Every sentence of the data as one cell, coloured by its error; wrong ones carry a cross."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.player import Node, node
from ui.kit.sentence import sentence
from ui.kit.theme import ERROR
from ui.train import text

FEW = 150
"""Sentences that have room in large cells."""


def n_columns(n: int) -> int:
    """How many cells stand in a row, of n sentences: such that about square ones fill the card."""
    return 15 if n <= FEW else math.ceil(math.sqrt(1.9 * n))


def gap(n: int) -> int:
    """Rows that are left free for a line of text."""
    return 1 if n <= FEW else math.ceil(0.06 * n_columns(n))


def places(n_train: int, n_test: int) -> list[tuple[int, int]]:
    """(row, column) of each training sentence, and below a gap of each test sentence."""
    wide = n_columns(n_train + n_test)
    below = -(-n_train // wide) + gap(n_train + n_test)
    test = [(below + i // wide, i % wide) for i in range(n_test)]
    return [divmod(i, wide) for i in range(n_train)] + test


def index_at(column: int, row: int, n_train: int, n_test: int) -> int | None:
    """The sentence at a cell, or None between and beyond them."""
    found = {place: i for i, place in enumerate(places(n_train, n_test))}
    return found.get((row, column))


def grid(values: Sequence[Any], n_train: int) -> list[list[Any]]:
    """One value for each sentence laid out as cells; None where there is no sentence."""
    where = places(n_train, len(values) - n_train)
    cells = [[None] * n_columns(len(values)) for _ in range(where[-1][0] + 1)]
    for value, (row, column) in zip(values, where, strict=True):
        cells[row][column] = value
    return cells


def blank(texts: Sequence[str], n_train: int) -> go.Figure:
    """Trace 0: the cells. 1: crosses. texts : training sentences, then test sentences."""
    names, n = grid([theme.escape(one) for one in texts], n_train), len(texts)
    few = n <= FEW
    cells = theme.heatmap(
        grid([None] * n, n_train), ERROR, 1.0, zmin=0, text=names, xgap=2 if few else 0.5,
        ygap=2 if few else 0.5, hovertemplate=text.CELL_SAYS,
    )  # fmt: skip
    cross = {"symbol": "x-thin", "size": 9 if few else 3, "opacity": 1,
             "line": {"color": "#ffffff", "width": 2 if few else 1}}  # fmt: skip
    crosses = go.Scatter(x=[], y=[], mode="markers", marker=cross, hoverinfo="skip")
    return go.Figure(
        [cells, crosses],
        theme.layout(
            margin={"l": 1, "r": 1, "t": 20, "b": 2},
            xaxis=theme.axis(showticklabels=False, range=[-0.5, n_columns(n) - 0.5]),
            yaxis=theme.axis(showticklabels=False, range=[len(names) - 0.5, -0.5]),
        ),
    )  # fmt: skip


def filled(
    errors: Sequence[float], right: Sequence[bool], n_train: int, mine: int | None
) -> dict[str, Any]:
    """What each is now. errors : 1 - p(right answer), 0..1; no cell for what is no number. right :
    whether it is answered right. mine : the visitor's own, by its number.
    """
    where = places(n_train, len(errors) - n_train)
    shown = [round(float(e), 3) if np.isfinite(e) else None for e in errors]
    wrong = [i for i, fine in enumerate(right) if not fine]
    crosses = {"x": [where[i][1] for i in wrong], "y": [where[i][0] for i in wrong]}
    notes = []
    for split, part in (("train", slice(n_train)), ("test", slice(n_train, None))):
        if good := list(right[part]):
            first = where[part][0][0]
            said = text.COUNT[split].format(n=sum(good), all=len(good))
            notes.append({"x": 0, "xref": "paper", "xanchor": "left", "y": first - 0.5,
                          "yanchor": "bottom", "showarrow": False, "font": {"size": 14},
                          "text": said})  # fmt: skip
    frames = []
    if mine is not None:
        row, column = where[mine]
        frames = [theme.outline(column - 0.5, column + 0.5, row - 0.5, row + 0.5)]
    return {
        "data": {"0": {"z": grid(shown, n_train)}, "1": crosses},
        "layout": {"annotations": notes, "shapes": frames},
    }


def legend() -> Node:
    """What the colours mean, and the marks."""
    ramp = [node("span", "\u2003", fill=color) for color in ERROR]
    said = sentence(text.LEGEND, colours=node("span", *ramp))
    return node("p", *said, class_="look", title=text.LEGEND_SAYS)
