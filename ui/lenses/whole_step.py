"""The whole step as matrices, shapes always shown: a picked column, a product, a sum, an answer.

Of a cell with gates one gate's rows are shown, for all of them together could not be read; and
how the gates make the state, and the lines that do it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui import gating, source, words
from ui.arithmetic import LARGEST_SUM
from ui.figures import matrices, theme
from ui.figures.matrices import framed_cell, framed_column, titled
from ui.lenses import mixing
from ui.plot.plot import Figure, Film, Frame, Node, Panel, Text, node
from ui.reading import Reading
from ui.state_film import say
from ui.words import gated as gated_words

HEIGHT = 320
COLUMNS = "repeat(2, minmax(0, 1fr))"


def film(reading: Reading, unit: int) -> Film:
    """Pictures of one step; frames fill in the vectors. unit : the row that is framed."""
    panels: list[Panel] = []
    for name, figure in _figures(reading).items():
        title = _title(reading, name)
        panels.append(Text(f"{name} title", node("h3", title), area=name))
        panels.append(Figure(name, figure, HEIGHT, title, area=name))
        panels.append(Text(f"{name} look", "", area=name))
    if gating.mixes(reading.model):
        lines = source.excerpt(type(reading.model.cell).forward, whole=True)
        shown = node("div", node("h3", "The lines that do it"), source.code([lines]))
        panels.append(Text("code", shown, area="code"))
    frames = [
        Frame(
            f"word {t + 1}: {word}",
            say=say(reading, t, unit),
            panels={**_vectors(reading, t, unit), **_notes(reading, t, unit)},
        )
        for t, word in enumerate(reading.words)
    ]
    return panels, frames


def _title(reading: Reading, name: str) -> str:
    rows = f": the rows of {reading.gate.symbol}" if reading.gate else ""
    first = "The word picks one column" if reading.place.number == 0 else "The layer below comes in"
    return {
        "word": first + rows,
        "memory": "The memory passes through the weights" + rows,
        "sum": "Add, then squash" + rows,
        "mix": "The gates make the state",
        "answer": "What it would answer now",
    }[name]


def _figures(reading: Reading) -> dict[str, go.Figure]:
    """The weights, which stay, and blanks for the vectors, which change."""
    params, order, rows = reading.params, reading.order, reading.block
    h, c = reading.model.n_hidden, len(reading.model.classes)
    W_xh, W_hh, b_h = (params[name][rows][order] for name in ("W_xh", "W_hh", "b_h"))
    W_hy = reading.model.params["W_hy"]
    n, wide, units, tall = W_xh.shape[1], W_hy.shape[1], np.zeros((h, 1)), f"{h} × 1"
    r_xh, r_hh, r_hy = (float(np.abs(array).max()) or 1.0 for array in (W_xh, W_hh, W_hy))
    gate, a = reading.gate, LARGEST_SUM
    after, squash = ("h", reading.model.cell.activation.symbol) if gate is None else (
        gate.symbol, gated_words.squashes(gate))  # fmt: skip
    kept = "" if gate is None or "u" not in reading.fwd.signals else "seen "
    W = {name: f"W<sub>{name}</sub>" for name in ("xh", "hh", "hy")}
    was = f"h<sub>{'t+1' if reading.place.backwards else 't−1'}</sub>"
    made = {
        "word": matrices.blocks(
            [W_xh, np.zeros((n, 1)), units],
            [titled(W["xh"], f"{h} × {n}"), titled("x", f"{n} × 1"),
             titled(W["xh"] + "x", tall)],
            ["×", "=", ""], [r_xh, 1.0, r_xh], [theme.W_XH, "", theme.W_XH],
        ),
        "memory": matrices.blocks(
            [W_hh[:, order], units, units],
            [titled(W["hh"], f"{h} × {h}"), titled(was, tall), titled(W["hh"] + "h", tall)],
            ["×", "=", ""], [r_hh, 1.0, a], [theme.W_HH, "", theme.W_HH],
        ),
        "sum": matrices.blocks(
            [units, units, b_h[:, None], units, units],
            [titled(W["xh"] + "x", tall), titled(f"{kept}{W['hh']}h", tall),
             titled("b<sub>h</sub>", tall), titled("a", tall), titled(after, tall)],
            ["+", "+", "=", squash, ""],
            [r_xh, a, a, a, 1.0], [theme.W_XH, theme.W_HH, "", "", ""],
            shares=(4,) if gate is not None and gate.low == 0 else (),
        ),
    }  # fmt: skip
    if gating.mixes(reading.model):
        made["mix"] = mixing.figure(reading)
    made["answer"] = matrices.blocks(
        [W_hy[:, _asked(reading)], np.zeros((1, wide)), np.zeros((c, 1)), np.zeros((c, 1))],
        [titled(W["hy"], f"{c} × {wide}"), titled("h, lying", f"1 × {wide}"),
         titled("y", f"{c} × 1"), titled("p", f"{c} × 1")],
        ["·", "+ b =", "softmax", ""], [r_hy, 1.0, 6.0, 1.0], [theme.W_HY, "", "", ""],
    )  # fmt: skip
    return made


def _asked(reading: Reading) -> list[int]:
    """In which order the readout's columns are drawn: as the units, if it sees only those."""
    if reading.is_top and not reading.model.bidirectional:
        return reading.order
    return list(range(reading.model.n_hidden * (1 + reading.model.bidirectional)))


def _vectors(reading: Reading, t: int, unit: int) -> dict[str, Any]:
    """This step's vectors, and frames round the word's column and the unit's row."""
    fwd, order, rows = reading.fwd, reading.order, reading.block
    h, row, column = reading.model.n_hidden, order.index(unit), int(fwd.ids[t])
    before = fwd.h_before[t]
    from_word = fwd.input_projection[t, rows][order]
    from_memory = (fwd.a[t] - (fwd.input_projection[t] + reading.params["b_h"]))[rows][order]
    product = (reading.params["W_hh"][rows] @ before)[order]
    after = fwd.h[t] if reading.gate is None else fwd.signals[reading.gate.name][t, :, 0]

    def patch(columns: dict[int, np.ndarray], *frames: dict[str, Any]) -> dict[str, Any]:
        return {**matrices.vectors_at(columns), "layout": {"shapes": list(frames)}}

    if reading.place.number == 0:
        x = reading.model.vocabulary.one_hot([column])[:, 0]
        word = patch({1: x, 2: from_word}, framed_column(1, column, h, theme.W_XH))
    else:
        x = reading.place.turn(fwd.layer.x)[t, :, 0]
        frames = framed_cell(1, row, len(x)), framed_cell(3, row, 1)
        word = patch({1: x, 2: from_word}, *frames)
    asked = fwd.asked[t, :, 0][_asked(reading)]
    lying = {"1": {"z": [np.round(asked, 4).tolist()]}}
    made = {
        "word": word,
        "memory": patch(
            {1: before[order], 2: product}, framed_cell(1, row, h), framed_cell(3, row, 1)
        ),
        "sum": patch(
            {0: from_word, 1: from_memory, 3: fwd.a[t][rows][order], 4: after[order]},
            *(framed_cell(place, row, 1) for place in range(1, 6)),
        ),
        "answer": {"data": {**lying, **matrices.vectors_at({2: fwd.y[t], 3: fwd.p[t]})["data"]}},
    }
    if gating.mixes(reading.model):
        made["mix"] = mixing.at_step(reading, t, row)
    return made


def _notes(reading: Reading, t: int, unit: int) -> dict[str, Node]:
    """The sentence under each of the pictures, with this step's numbers."""
    fwd, row = reading.fwd, reading.block.start + unit
    answer, probability = reading.verdict(t)
    first = reading.earlier(t) is None
    squashed = float(
        fwd.h[t, unit] if reading.gate is None else fwd.signals[reading.gate.name][t, unit, 0]
    )
    letter = "h" if reading.gate is None else reading.gate.symbol
    notes = {
        "word look": words.look_for(_word_note(reading, t, unit)),
        "memory look": words.look_for(
            f"the framed row, unit {unit}: its weights, times the state before, summed. "
            + ("Before the first word the state is zero." if first else "The weights stay.")
        ),
        "sum look": words.look_for(
            f"unit {unit}: a = {words.number(float(fwd.a[t, row]))} is squashed to "
            f"{letter} = {words.number(squashed)}."
            if not reading.is_held(letter, t, unit)
            else f"unit {unit}: whatever a is, {letter} is held by hand at "
            f"{words.number(squashed)}."
        ),
        "answer look": words.look_for(
            f"the larger p: {answer}, {probability:.2f}. Only after the last word does it count."
        ),
    }
    if gating.mixes(reading.model):
        notes["mix look"] = words.look_for(
            f"unit {unit}, framed: where a gate is faint, what stands beside it is lost."
        )
    return notes


def _word_note(reading: Reading, t: int, unit: int) -> str:
    if reading.place.number:
        return (
            f"the framed row, unit {unit}: its weights, times x, the state of {reading.source(t)} "
            f"at “{reading.words[t]}”, summed."
        )
    return (
        f"the framed column. “{reading.words[t]}” is word {int(reading.fwd.ids[t])} of 0 to "
        f"{len(reading.model.vocabulary) - 1}: x is 1 there and 0 elsewhere, so the product is "
        "that column."
    )
