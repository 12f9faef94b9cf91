"""Matrices side by side as a figure, each with its shape in its title, signs between them.

Rows of all of them are the same units in the same order. Arrays and labels in, a figure out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.numbers import compact
from ui.kit.theme import AMOUNT, FORWARD, INK, QUIET, TICK
from ui.read import text

MOST_NAMED = 24
"""Columns that have their name under them; of more each has it where the pointer is."""


@dataclass(frozen=True)
class Block:
    """A matrix (rows, columns). symbol : its name, may hold HTML of our own. sign : what stands
    after it, "" for nothing. limit : of its colours; share : whether they go from 0 up. names : of
    its columns.
    """

    array: np.ndarray
    symbol: str
    sign: str = ""
    limit: float = 1.0
    color: str = INK
    share: bool = False
    names: Sequence[str] = ()

    @property
    def title(self) -> str:
        """Its name over its shape, and over the number at which its colours are full."""
        shape = " × ".join(map(str, self.array.shape))
        scale = f"{'' if self.share else '±'}{compact(self.limit)}"
        quiet = f'<span style="font-size:{TICK}px;color:{QUIET}">'
        return f"<b>{self.symbol}</b><br>{quiet}{shape}</span><br>{quiet}{scale}</span>"

    @property
    def ticks(self) -> dict[str, Any]:
        """The names of its columns, where there is room for them."""
        if not 0 < len(self.names) <= MOST_NAMED:
            return {"showticklabels": False}
        return {"tickvals": list(range(len(self.names))), "tickangle": -90,
                "ticktext": [theme.escape(name) for name in self.names]}  # fmt: skip


def column(n: int, *more: Any, **named: Any) -> Block:
    """A blank vector of n numbers, which vectors_at fills in."""
    return Block(np.zeros((n, 1)), *more, **named)


def figure(blocks: Sequence[Block]) -> go.Figure:
    """Each as wide as it has columns; trace i is block i."""
    widths = [max(block.array.shape[1], 1.6) for block in blocks]
    rooms = [sum(widths) * (0.04 + 0.022 * len(block.sign)) if block.sign else 0.0
             for block in blocks]  # fmt: skip
    unit = 1 / (sum(widths) + sum(rooms))
    traces, axes, labels, left = [], {}, [], 0.0
    for i, (block, width, room) in enumerate(zip(blocks, widths, rooms, strict=True), start=1):
        name, (n_rows, n_columns) = "" if i == 1 else str(i), block.array.shape
        traces.append(theme.heatmap(
            np.round(block.array, 4).tolist(), AMOUNT if block.share else FORWARD, block.limit,
            xaxis=f"x{name}", yaxis=f"y{name}", xgap=1, ygap=1,
            customdata=[[theme.escape(n) for n in block.names] or [""] * n_columns] * n_rows,
            hovertemplate=text.NAMED_CELL if block.names else text.PLAIN_CELL,
        ))  # fmt: skip
        right = min(left + width * unit, 1.0)
        axes |= {
            f"xaxis{name}": theme.axis(domain=[left, right], range=[-0.5, n_columns - 0.5],
                                       anchor=f"y{name}", **block.ticks),
            f"yaxis{name}": theme.axis(domain=[0, 1], showticklabels=False, anchor=f"x{name}",
                                       range=[n_rows - 0.5, -0.5]),
        }  # fmt: skip
        place = {"xref": "paper", "yref": "paper", "showarrow": False, "xanchor": "center"}
        labels.append({**place, "text": block.title, "x": (left + right) / 2, "y": 1,
                       "yanchor": "bottom", "yshift": 6,
                       "font": {"size": 14, "color": block.color}})  # fmt: skip
        left = right + room * unit
        if block.sign:
            labels.append({**place, "text": block.sign, "x": (right + left) / 2, "y": 0.5,
                           "font": {"size": 15, "color": QUIET}})  # fmt: skip
    margin = {"l": 6, "r": 6, "t": 70, "b": 76 if any(block.names for block in blocks) else 12}
    return go.Figure(traces, theme.layout(margin=margin, annotations=labels, **axes))


def at_step(columns: dict[int, np.ndarray], *frames: dict[str, Any]) -> dict[str, Any]:
    """What changes at a step: trace number -> the vector that now stands there; and the frames."""
    cells = {str(i): {"z": np.round(np.reshape(vector, (-1, 1)), 4).tolist()}
             for i, vector in columns.items()}  # fmt: skip
    return {"data": cells, "layout": {"shapes": list(frames)}}


def framed(place: int, row: slice, col: slice, color: str = INK) -> dict[str, Any]:
    """A frame round some rows and columns of matrix number `place` (from 1)."""
    name = "" if place == 1 else str(place)
    return theme.outline(
        col.start - 0.5, col.stop - 0.5, row.start - 0.5, row.stop - 0.5, xref=f"x{name}",
        yref=f"y{name}", line={"color": color, "width": 2 if color == INK else 2.5},
    )  # fmt: skip


def framed_row(place: int, row: int, n_columns: int = 1) -> dict[str, Any]:
    """A frame round one row of it."""
    return framed(place, slice(row, row + 1), slice(0, n_columns))
