"""Every sentence of the data as one cell, coloured by its error: white is right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import ERROR, QUIET

MOST = 600


def columns(n_sentences: int) -> int:
    """How many cells stand in a row."""
    return 15 if n_sentences <= 150 else 40


def place(index: int, n_train: int) -> tuple[int, int]:
    """(column, row) of a training sentence, or of a test sentence at n_train + its number."""
    per_row = columns(n_train)
    if index < n_train:
        return index % per_row, index // per_row
    below = -(-n_train // per_row) + 1
    return (index - n_train) % per_row, below + (index - n_train) // per_row


def index_at(column: int, row: int, n_train: int, n_test: int) -> int | None:
    """The sentence at a cell, or None between and beyond them."""
    per_row = columns(n_train)
    rows = -(-n_train // per_row)
    index = row * per_row + column if row < rows else n_train + (row - rows - 1) * per_row + column
    fits = index < n_train if row < rows else row > rows and index < n_train + n_test
    return index if fits and row >= 0 and 0 <= column < per_row else None


def height(n_train: int, n_test: int) -> int:
    """Pixels."""
    _, last = place(n_train + max(n_test, 1) - 1, n_train)
    return 16 + (last + 1) * (22 if n_train <= 150 else 11)


def blank(texts: Sequence[str], n_train: int) -> go.Figure:
    """Trace 0: the cells. texts : training sentences, then test sentences."""
    n_rows = place(len(texts) - 1, n_train)[1] + 1
    names = [[""] * columns(n_train) for _ in range(n_rows)]
    for i, text in enumerate(texts):
        column, row = place(i, n_train)
        names[row][column] = theme.escape(text)
    cells = theme.heatmap(
        grid([None] * len(texts), n_train), ERROR, 1.0, zmin=0, text=names,
        hovertemplate="%{text}<br>error %{z:.2f}<extra></extra>",
    )  # fmt: skip
    split = -(-n_train // columns(n_train)) + 0.2
    return go.Figure(
        cells,
        theme.layout(
            margin={"l": 36, "r": 4, "t": 4, "b": 4},
            xaxis=theme.axis(showticklabels=False, range=[-0.5, columns(n_train) - 0.5]),
            yaxis=theme.axis(range=[n_rows - 0.5, -0.5], tickvals=[0, split + 0.8],
                             ticktext=["train", "test"], tickfont={"size": 12, "color": QUIET}),
        ),
    )  # fmt: skip


def grid(errors: Sequence[float | None], n_train: int) -> list[list[float | None]]:
    """Errors 0..1 laid out as cells; None where there is no sentence."""
    n_rows = place(len(errors) - 1, n_train)[1] + 1
    cells: list[list[float | None]] = [[None] * columns(n_train) for _ in range(n_rows)]
    for i, error in enumerate(errors):
        column, row = place(i, n_train)
        cells[row][column] = error if error is None or np.isfinite(error) else None
    return cells


def filled(errors: Sequence[float], n_train: int) -> dict[str, Any]:
    """The errors now: 1 - p(right answer) of each sentence."""
    return {"data": {"0": {"z": grid([round(float(e), 3) for e in errors], n_train)}}}
