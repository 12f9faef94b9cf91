"""Beside the code: what each word adds to dW_hh, and the sum so far; or, while the gradient is
handed on, the product with W_hh^T that does it. Each cell is of a weight, which a click takes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ui.kit import theme
from ui.kit.theme import ACCENT
from ui.sequence.backward_view import BackwardView
from ui.sequence.own_weights import Place
from ui.sequence.reading import Reading
from ui.step_back import figures, formulas, text
from ui.step_back.lines import Line

Patch = dict[str, Any]


def multiplies(line: Line | None) -> bool:
    """Whether the line that runs alone hands the gradient on by a product, which is shown."""
    return line is not None and line.lit == "before" and line.more != ""


def factors(view: BackwardView) -> dict[str, Any]:
    """The vectors whose outer products fill the sums, in the path's order; after them those that
    make W_hh^T: its rows, and for each the vector that picks it.
    """
    now, order = view.reading, view.reading.order
    left, right = view.bwd.d_u[view.path][:, now.block], now.fwd.h_before[view.path]
    if not view.finite:
        left, right = np.zeros_like(left), np.zeros_like(right)
    pick, rows = np.eye(len(order), dtype=int).tolist(), np.round(_transposed(now), 4).tolist()
    return {"left": np.round(left[:, order], 9).tolist() + pick,
            "right": np.round(right[:, order], 6).tolist() + rows}  # fmt: skip


def _transposed(now: Reading) -> np.ndarray:
    """(H, H) W_hh^T as drawn; of a cell with gates the rows of one of them."""
    return now.params["W_hh"][now.block][np.ix_(now.order, now.order)].T


def adds(
    view: BackwardView, unit: int, done: int, added: int, parts: Sequence[str],
    marked: Sequence[Place],
) -> Patch:  # fmt: skip
    """What a word adds. done : words whose shares are in the sum; added : 1 for one more. parts :
    of the unit's entry, see figures.adds. marked : weights to frame.
    """
    order = view.reading.order
    layout = figures.adds((order.index(unit), order.index(view.partner)), parts)
    layout["shapes"] += [_frame(cell, xref=x, yref=y) for cell in _cells(view.reading, marked)
                         for x, y in (("x", "y"), ("x2", "y2"))]  # fmt: skip
    return {"outer": {"0": [done, done + added], "1": [0, done + added]}, "layout": layout}


def product(view: BackwardView, unit: int, t: int, marked: Sequence[Place]) -> Patch:
    """W_hh^T, the gradient that it multiplies, and what word t hands on. marked : as for adds."""
    now, n = view.reading, len(view.reading.words)
    d, handed = (np.nan_to_num(v[now.order]) for v in (view.bwd.d_u[t, now.block], view.passed[t]))
    gradient = f"∂L/∂{formulas.seen(view)}<sub>{t + 1}</sub>"
    names = "W<sub>hh</sub><sup>T</sup>", gradient, text.RESULT
    largest = float(np.abs(_transposed(now)).max())
    patch = figures.product(d, handed, largest, now.order.index(unit), names)
    patch["layout"]["shapes"] += [_frame(cell[::-1]) for cell in _cells(now, marked)]
    return {**patch, "outer": {"0": [n, n + len(d)]}}


def weight_at(
    view: BackwardView, line: Line | None, click: Mapping[str, Any]
) -> Place | None:  # fmt: skip
    """The weight of the cell that was clicked while this line ran; None where a vector stands."""
    now, cell = view.reading, (int(click["y"]), int(click["x"]))
    is_product = multiplies(line)
    if int(click["curve"]) > (not is_product) or not all(0 <= i < len(now.order) for i in cell):
        return None
    row, column = (now.order[i] for i in (cell[::-1] if is_product else cell))
    return Place("W_hh" + now.place.suffix, now.block.start + row, column)


def _cells(now: Reading, places: Sequence[Place]) -> list[tuple[int, int]]:
    """(row, column) in W_hh as drawn, of those that are in it."""
    rows = [now.block.start + unit for unit in now.order]
    return [(rows.index(place.row), now.order.index(place.column)) for place in places
            if place.name == "W_hh" + now.place.suffix and place.row in rows
            and place.column is not None]  # fmt: skip


def _frame(cell: tuple[int, ...], **axes: str) -> dict[str, Any]:
    row, column = cell
    line = {"color": ACCENT, "width": 2}
    return theme.outline(column - 0.5, column + 0.5, row - 0.5, row + 0.5, line=line, **axes)
