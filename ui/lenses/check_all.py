"""All of it: every kind of cell, activation, parameter and wiring, checked on a small model."""

from __future__ import annotations

import functools
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from rnn_core import CELLS, Model, Vocabulary, check_gradients
from ui.plot.plot import Node, Panel, Text, node
from ui.words.verdicts import HAPPY, UNEASY_ABOVE, cell, symbol

N_HIDDEN = 5
WIRINGS: dict[str, str | list[str | None]] = {
    "many to one": "b",
    "many to many": ["a", None, "c", "b", "a"],
}
PARAMS = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")


@dataclass(frozen=True)
class Row:
    """One model's check: relative errors by parameter."""

    cell: str
    activation: str
    wiring: str
    errors: dict[str, float]
    n_numbers: int


@functools.cache
def check_all() -> tuple[Sequence[Row], float]:
    """Check everything; also the seconds that it took."""
    began = time.perf_counter()
    rows = []
    kinds = [(kind, activation) for kind in CELLS for activation in CELLS[kind].activations]
    for (kind, activation), wiring in product(kinds, WIRINGS):
        model = Model(
            CELLS[kind](activation), Vocabulary(["one two three four five"]), "abc", N_HIDDEN
        )
        rng = np.random.default_rng(1)
        model.flat[:] = rng.uniform(-1, 1, model.flat.size)
        h_0 = rng.uniform(-1, 1, N_HIDDEN)
        errors = check_gradients(model, [0, 3, 1, 3, 4], WIRINGS[wiring], h_0=h_0)
        rows.append(Row(kind, activation, wiring, errors, model.flat.size))
    return rows, time.perf_counter() - began


def panels() -> list[Panel]:
    """One card: the sum of it, and the table."""
    rows, seconds = check_all()
    errors = [error for row in rows for error in row.errors.values()]
    good = sum(error < UNEASY_ABOVE for error in errors)
    happy = sum(error < HAPPY for error in errors)
    numbers = sum(row.n_numbers for row in rows)
    title = f"{good} of {len(errors)} gradients are right"
    said = (
        f"{happy} of them happy (below 1e−7). Computed here, on models of {N_HIDDEN} units with "
        f"weights of size 1, a sentence of 5 words and a state before the first word that is not "
        f"zero: {2 * numbers:,} readings in {seconds * 1000:.0f} ms."
    )
    look = (
        "a cell without ✓. There is none, and if someone adds a new kind of cell, it appears here."
        if good == len(errors)
        else "the cells marked ✗ or !: there the backward pass is not the forward pass's slope."
    )
    return [
        Text("all title", node("h3", title)),
        Text("all", _table(rows)),
        Text("all look", node("p", node("b", "Look for "), look, class_="look")),
        Text("all cost", node("p", said, class_="quiet small")),
    ]


def _table(rows: Sequence[Row]) -> Node:
    head = node("tr", *(node("th", text, class_="quiet") for text in ("cell", "answers")),
                *(node("th", symbol(name)) for name in PARAMS))  # fmt: skip
    body = [
        node("tr", node("td", f"{row.cell.upper()}, {row.activation}"),
             node("td", row.wiring, class_="quiet"),
             *(cell(row.errors[name], wordy=False) for name in PARAMS))
        for row in rows
    ]  # fmt: skip
    table = node("table", node("thead", head), node("tbody", *body), class_="verdicts")
    return node("div", table, class_="scrolls")
