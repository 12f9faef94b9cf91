"""Every sentence of the data as one cell, coloured by its error: white is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.theme import ERROR, QUIET

FEW = 150
"""Training sentences that have room in wide rows of large cells."""


def n_columns(n_train: int) -> int:
    """How many cells stand in a row."""
    return 15 if n_train <= FEW else 40


def places(n_train: int, n_test: int) -> list[tuple[int, int]]:
    """(row, column) of each training sentence, and below a gap of each test sentence."""
    wide = n_columns(n_train)
    below = -(-n_train // wide) + 1
    test = [(below + i // wide, i % wide) for i in range(n_test)]
    return [divmod(i, wide) for i in range(n_train)] + test


def index_at(column: int, row: int, n_train: int, n_test: int) -> int | None:
    """The sentence at a cell, or None between and beyond them."""
    found = {place: i for i, place in enumerate(places(n_train, n_test))}
    return found.get((row, column))


def height(n_train: int, n_test: int) -> int:
    """Pixels."""
    last, _ = places(n_train, max(n_test, 1))[-1]
    return 16 + (last + 1) * (22 if n_train <= FEW else 11)


def grid(values: Sequence[Any], n_train: int) -> list[list[Any]]:
    """One value for each sentence laid out as cells; None where there is no sentence."""
    where = places(n_train, len(values) - n_train)
    cells: list[list[Any]] = [[None] * n_columns(n_train) for _ in range(where[-1][0] + 1)]
    for value, (row, column) in zip(values, where, strict=True):
        cells[row][column] = value
    return cells


def blank(texts: Sequence[str], n_train: int) -> go.Figure:
    """Trace 0: the cells. texts : training sentences, then test sentences."""
    names = grid([theme.escape(text) for text in texts], n_train)
    cells = theme.heatmap(
        grid([None] * len(texts), n_train), ERROR, 1.0, zmin=0, text=names,
        hovertemplate="%{text}<br>error %{z:.2f}<extra></extra>",
    )  # fmt: skip
    test_row = -(-n_train // n_columns(n_train)) + 1
    return go.Figure(
        cells,
        theme.layout(
            margin={"l": 36, "r": 4, "t": 4, "b": 4},
            xaxis=theme.axis(showticklabels=False, range=[-0.5, n_columns(n_train) - 0.5]),
            yaxis=theme.axis(range=[len(names) - 0.5, -0.5], tickvals=[0, test_row],
                             ticktext=["train", "test"], tickfont={"size": 12, "color": QUIET}),
        ),
    )  # fmt: skip


def filled(errors: Sequence[float], n_train: int) -> dict[str, Any]:
    """The errors now, 0..1: 1 - p(right answer) of each sentence; no cell for what is no number."""
    shown = [round(float(e), 3) if np.isfinite(e) else None for e in errors]
    return {"data": {"0": {"z": grid(shown, n_train)}}}
