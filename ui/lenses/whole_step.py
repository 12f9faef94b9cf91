"""The whole step as matrices, shapes always shown: a picked column, a product, a sum, an answer."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui import words
from ui.arithmetic import LARGEST_SUM
from ui.figures import matrices, theme
from ui.figures.matrices import framed_cell, framed_column, titled
from ui.plot.plot import Figure, Film, Frame, Node, Panel, Text, node
from ui.reading import Reading, say

HEIGHT = 320
COLUMNS = "repeat(2, minmax(0, 1fr))"
TITLES = {
    "word": "The word picks one column",
    "memory": "The memory passes through the weights",
    "sum": "Add, then squash",
    "answer": "What it would answer now",
}


def film(reading: Reading, unit: int) -> Film:
    """Four pictures of one step; frames fill in the vectors. unit : the row that is framed."""
    panels: list[Panel] = []
    for name, figure in _figures(reading).items():
        panels.append(Text(f"{name} title", node("h3", TITLES[name]), area=name))
        panels.append(Figure(name, figure, HEIGHT, TITLES[name], area=name))
        panels.append(Text(f"{name} look", "", area=name))
    frames = [
        Frame(
            f"word {t + 1}: {word}",
            say=say(reading, t, unit),
            panels={**_vectors(reading, t, unit), **_notes(reading, t, unit)},
        )
        for t, word in enumerate(reading.words)
    ]
    return panels, frames


def _figures(reading: Reading) -> dict[str, go.Figure]:
    """The weights, which stay, and blanks for the vectors, which change."""
    params, order = reading.model.params, reading.order
    h, v, c = reading.model.n_hidden, len(reading.model.vocabulary), len(reading.model.classes)
    units, tall = np.zeros((h, 1)), f"{h} × 1"
    reach = {name: float(np.abs(array).max()) for name, array in params.items()}
    a = LARGEST_SUM

    def name(letter: str, index: str = "", after: str = "") -> str:
        return f"{letter}<sub>{index}</sub>{after}" if index else letter

    return {
        "word": matrices.blocks(
            [params["W_xh"][order], np.zeros((v, 1)), units],
            [titled(name("W", "xh"), f"{h} × {v}"), titled("x", f"{v} × 1"),
             titled(name("W", "xh", "x"), tall)],
            ["×", "=", ""], [reach["W_xh"], 1.0, reach["W_xh"]], [theme.W_XH, "", theme.W_XH],
        ),
        "memory": matrices.blocks(
            [params["W_hh"][np.ix_(order, order)], units, units],
            [titled(name("W", "hh"), f"{h} × {h}"), titled("h before", tall),
             titled(name("W", "hh", "h"), tall)],
            ["×", "=", ""], [reach["W_hh"], 1.0, a], [theme.W_HH, "", theme.W_HH],
        ),
        "sum": matrices.blocks(
            [units, units, params["b_h"][order][:, None], units, units],
            [titled(name("W", "xh", "x"), tall), titled(name("W", "hh", "h"), tall),
             titled(name("b", "h"), tall), titled("a", tall), titled("h", tall)],
            ["+", "+", "=", reading.model.cell.activation.symbol, ""],
            [reach["W_xh"], a, a, a, 1.0], [theme.W_XH, theme.W_HH, "", "", ""],
        ),
        "answer": matrices.blocks(
            [params["W_hy"][:, order], units.T, np.zeros((c, 1)), np.zeros((c, 1))],
            [titled(name("W", "hy"), f"{c} × {h}"), titled("h, lying", f"1 × {h}"),
             titled("y", f"{c} × 1"), titled("p", f"{c} × 1")],
            ["·", "+ b =", "softmax", ""], [reach["W_hy"], 1.0, 6.0, 1.0],
            [theme.W_HY, "", "", ""],
        ),
    }  # fmt: skip


def _vectors(reading: Reading, t: int, unit: int) -> dict[str, Any]:
    """This step's vectors, and frames round the word's column and the unit's row."""
    fwd, order = reading.fwd, reading.order
    h, row, column = reading.model.n_hidden, order.index(unit), int(fwd.ids[t])
    x = reading.model.vocabulary.one_hot([column])[:, 0]
    before = (fwd.h[t - 1] if t else fwd.h_0)[order]
    from_word = fwd.picked[t, 0][order]
    from_memory = (fwd.a[t] - fwd.inputs[t, :, 0])[order]
    now = fwd.h[t][order]

    def patch(columns: dict[int, np.ndarray], *frames: dict[str, Any]) -> dict[str, Any]:
        return {**matrices.vectors_at(columns), "layout": {"shapes": list(frames)}}

    lying = {"data": {"1": {"z": [np.round(now, 4).tolist()]}}}
    return {
        "word": patch({1: x, 2: from_word}, framed_column(1, column, h, theme.W_XH)),
        "memory": patch(
            {1: before, 2: from_memory}, framed_cell(1, row, h), framed_cell(3, row, 1)
        ),
        "sum": patch(
            {0: from_word, 1: from_memory, 3: fwd.a[t][order], 4: now},
            *(framed_cell(place, row, 1) for place in range(1, 6)),
        ),
        "answer": {
            "data": {**lying["data"], **matrices.vectors_at({2: fwd.y[t], 3: fwd.p[t]})["data"]}
        },
    }


def _notes(reading: Reading, t: int, unit: int) -> dict[str, Node]:
    """The sentence under each of the four pictures, with this step's numbers."""
    fwd, word = reading.fwd, reading.words[t]
    answer, probability = reading.verdict(t)
    size = len(reading.model.vocabulary)
    return {
        "word look": words.look_for(
            f"the framed column. “{word}” is word {int(fwd.ids[t])} of 0 to {size - 1}: x is 1 "
            "there and 0 elsewhere, so the product is that column."
        ),
        "memory look": words.look_for(
            f"the framed row, unit {unit}: its weights, times the state before, summed. "
            + ("Before the first word the state is zero." if t == 0 else "The weights stay.")
        ),
        "sum look": words.look_for(
            f"unit {unit}: a = {words.number(fwd.a[t, unit])} is squashed to "
            f"h = {words.number(fwd.h[t, unit])}."
        ),
        "answer look": words.look_for(
            f"the larger p: {answer}, {probability:.2f}. Only after the last word does it count."
        ),
    }
