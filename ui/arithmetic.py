"""One unit's arithmetic at one word: its sum, where it lands on the curve, and who pushed it."""

from __future__ import annotations

from typing import Any

import numpy as np

from ui import words
from ui.figures import squash
from ui.plot.plot import Figure, Frame, Panel, Text, node
from ui.reading import Reading, frames

LARGEST_SUM = 4.0
"""Where the picture of the activation ends; beyond it, tanh is flat."""
N_PUSHES = 5


def panels(reading: Reading) -> list[Panel]:
    """The arithmetic of the chosen unit, beside the film; frames fill it."""
    f = reading.model.cell.activation
    x = np.linspace(-LARGEST_SUM, LARGEST_SUM, 81)
    y = f.value(x, np.empty_like(x))
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
    for t, frame in enumerate(made):
        frame.panels.update(at_step(reading, t, unit))
    return made


def at_step(reading: Reading, t: int, unit: int) -> dict[str, Any]:
    """This step's sum for one unit, where it lands on the curve, and who pushed it."""
    fwd, f = reading.fwd, reading.model.cell.activation
    parts = reading.model.unit_sum(fwd, t, unit)
    strongest = [int(j) for j in np.argsort(-np.abs(parts.memory), kind="stable")[:N_PUSHES]]
    memory, h = float(parts.memory.sum()), float(fwd.h[t, unit])
    before = fwd.h[t - 1] if t else fwd.h_0
    weights = reading.model.params["W_hh"][unit]
    top = node(
        "div",
        node("h3", f"Unit {unit} at “{reading.words[t]}”"),
        node("p", words.forward_formula(t + 1, f.symbol)),
        words.sum_table(reading.words[t], t + 1, parts.word, memory, parts.bias, parts.total),
    )
    bottom = node(
        "div",
        words.result_row(t + 1, f.symbol, h),
        words.pushes(
            t + 1,
            strongest,
            [float(weights[j]) for j in strongest],
            [float(before[j]) for j in strongest],
            memory - float(parts.memory[strongest].sum()),
        ),
    )
    return {"sum": top, "squash": squash.at_step(parts.total, h, LARGEST_SUM), "result": bottom}
