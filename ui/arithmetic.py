"""One unit's arithmetic at one word: its sums, what squashing makes of them, and who pushed it.

A cell without gates has one sum, shown on the curve that squashes it; a cell with gates has one
for each, side by side, and the products that make its state.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ui import words
from ui.figures import squash
from ui.plot.plot import Figure, Film, Frame, Node, Panel, Text, node
from ui.reading import Reading
from ui.state_film import frames, state_panels
from ui.unit_sum import unit_sum
from ui.words import gated as gated_words

LARGEST_SUM = 4.0
"""Where the picture of the activation ends; beyond it, tanh is flat."""
N_PUSHES = 5


def film(reading: Reading, unit: int) -> Film:
    """The film of the state, and beside it the arithmetic of one unit."""
    return state_panels(reading) + panels(reading), explained(reading, unit)


def panels(reading: Reading) -> list[Panel]:
    """The arithmetic of the chosen unit, beside the film; frames fill it."""
    if reading.gates:
        return [Text("sum", "", area="side"), Text("result", "", area="side")]
    f = reading.model.cell.activation
    x = np.linspace(-LARGEST_SUM, LARGEST_SUM, 81)
    y = f.value(x)
    curve = squash.film(min(f.low, -1.08), f.high * 1.08, x, y)
    said = f"The curve of {f.symbol}, with a point at this step's sum"
    return [
        Text("sum", "", area="side"),
        Figure("squash", curve, 150, f"The squashing function {f.symbol}", said, area="side"),
        Text("result", "", area="side"),
    ]


def explained(reading: Reading, unit: int) -> list[Frame]:
    """The reading's frames, each with this unit's arithmetic beside the state."""
    made = frames(reading, unit, reading.order.index(unit))
    at_step = _gated if reading.gates else _plain
    for t, frame in enumerate(made):
        frame.panels.update(at_step(reading, t, unit))
    return made


def _title(reading: Reading, t: int, unit: int) -> Node:
    layer = f" · {reading.called}" if reading.called else ""
    title = node("h3", f"Unit {unit} at “{reading.words[t]}”{layer}")
    held = [s.symbol for s in reading.model.cell.signals if reading.is_held(s.name, t, unit)]
    if not held:
        return title
    said = f"Held by hand here, whatever the sum says: {', '.join(held)}."
    return node("div", title, node("p", said, class_="note"))


def _plain(reading: Reading, t: int, unit: int) -> dict[str, Any]:
    """This step's sum for one unit, where it lands on the curve, and who pushed it."""
    fwd, f = reading.fwd, reading.model.cell.activation
    parts, before = unit_sum(reading, t, unit), gated_words.index_before(reading, t)
    memory, h = float(parts.memory.sum()), float(fwd.h[t, unit])
    source = "" if reading.place.number == 0 else reading.source(t)
    top = node(
        "div",
        _title(reading, t, unit),
        node("p", words.forward_formula(t + 1, f.symbol, before)),
        words.sum_table(reading.words[t], t + 1, parts.word, memory, parts.bias, parts.total,
                        before, source),
    )  # fmt: skip
    bottom = node("div", words.result_row(t + 1, f.symbol, h), _pushes(reading, t, unit, "it"))
    return {"sum": top, "squash": squash.at_step(parts.total, h, LARGEST_SUM), "result": bottom}


def _gated(reading: Reading, t: int, unit: int) -> dict[str, Any]:
    """The gates' sums of one unit, how they make its state, and who pushed the chosen gate."""
    top = node(
        "div",
        _title(reading, t, unit),
        gated_words.formulas(reading, t),
        gated_words.sums(reading, t, unit),
    )
    letter = reading.gate.symbol if reading.gate else "it"
    bottom = node("div", gated_words.mixed(reading, t, unit), _pushes(reading, t, unit, letter))
    return {"sum": top, "result": bottom}


def _pushes(reading: Reading, t: int, unit: int, what: str) -> Node:
    """Which units of the state before pushed this one's sum; of the chosen gate, if it has any."""
    row, earlier = reading.block.start + unit, gated_words.index_before(reading, t)
    memory = unit_sum(reading, t, row).memory
    if reading.earlier(t) is None:
        return words.pushes(t + 1, [], [], [], 0.0, earlier, what)
    strongest = [int(j) for j in np.argsort(-np.abs(memory), kind="stable")[:N_PUSHES]]
    weights, before = reading.params["W_hh"][row], reading.fwd.h_before[t]
    return words.pushes(
        t + 1,
        strongest,
        [float(weights[j]) for j in strongest],
        [float(before[j]) for j in strongest],
        float(memory.sum()) - float(memory[strongest].sum()),
        earlier,
        what,
    )
