"""Gates over the words: what is kept, what is written, what is shown. And the blame on each."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ui import gating, words
from ui.figures import gates, spans
from ui.figures.gates import Band
from ui.plot.plot import Figure, Film, Frame, Node, Panel, Text, node
from ui.reading import Reading
from ui.words import number

COLUMNS = "minmax(0, 1.75fr) minmax(0, 1fr)"
EXACT = 1e-14
"""A difference below this is the last bit of a sum, not a change."""


def film(reading: Reading, unit: int) -> Film:
    """All signals but h, a band each; beside them this word's numbers. unit : is followed."""
    signals = [s for s in reading.model.cell.signals if s.name != "h"]
    bands = []
    for signal in signals:
        what = signal.meaning.partition(": ")[2] or signal.meaning
        colors, limit = spans.colors((signal.low, signal.high))
        values = reading.fwd.signals[signal.name][..., 0]
        bands.append(Band(signal.symbol, what, values, colors, limit, "+.3f"))
    figure = gates.film(bands, reading.words, reading.order)
    title = "The gates, word by word" + (f" · {reading.called}" if reading.called else "")
    look = words.look_for(
        "columns of full colour: a gate is open, at 1, and faint ones: it is shut, at 0. Orange "
        "and blue have a sign. Rows are the units of the picture above."
    )
    panels: list[Panel] = [
        Text("gates title", node("h3", title)),
        _picture("gates", figure, reading, title, "Heatmaps of each gate over the words"),
        Text("gates look", look),
        Text("gates numbers", "", area="side"),
    ]
    frames, row, n = [], reading.order.index(unit), len(reading.words)
    for t, word in enumerate(reading.words):
        hidden = (-0.5, t - 0.5) if reading.place.backwards else (t + 0.5, n - 0.5)
        patch: dict[str, Any] = {
            "gates": gates.at_step(figure, reading.words, t, row, hidden),
            "gates numbers": _numbers(reading, t, unit),
        }
        said = ", ".join(
            f"{s.symbol} {reading.fwd.signals[s.name][t, unit, 0]:.2f}" for s in signals
        )
        frames.append(Frame(word, None, f"unit {unit} at {word}: {said}", patch))
    return panels, frames


def _picture(name: str, figure: Any, reading: Reading, title: str, said: str) -> Figure:
    size = gates.height(reading.model.n_hidden, len(figure.data))
    return Figure(name, figure, size, title, said, narrow=gates.NARROW)


def _numbers(reading: Reading, t: int, unit: int) -> Node:
    """What each gate does at this word, for one unit and on average; and how far memory moved."""
    rows = []
    for signal in reading.model.cell.signals:
        values = reading.fwd.signals[signal.name][t, :, 0]
        mean = number(float(values.mean())) if signal.low == 0 else ""
        held = " by hand" if reading.is_held(signal.name, t, unit) else ""
        name = signal.meaning.partition(":")[0].removeprefix("the ") + held
        rows.append(node(
            "tr",
            node("td", node("b", signal.symbol), f" {name}"),
            node("td", number(float(values[unit])), class_="mono"),
            node("td", mean, class_="mono quiet"),
        ))  # fmt: skip
    head = [node("th", ""), node("th", f"unit {unit}", class_="quiet"),
            node("th", "all, mean", class_="quiet")]  # fmt: skip
    return node(
        "div",
        node("h3", f"What “{reading.words[t]}” does"),
        node("table", node("tbody", node("tr", *head), *rows)),
        node("p", *_moved(reading, t), class_="note"),
        *_free(reading, t),
    )


def _free(reading: Reading, t: int) -> list[Node]:
    """What it says with the hand, and what it would say without."""
    if not reading.holds:
        return []
    (now, p), (then, q) = reading.verdict(t), replace(reading, holds=()).verdict(t)
    return [node("p", "If it ended here: ", node("b", f"{now}, {words.percent(p)}"),
                 f"; without the hand: {then}, {words.percent(q)}.", class_="note")]  # fmt: skip


def _moved(reading: Reading, t: int) -> list[Node]:
    """How far the memory moved at word t; nothing at all when it was copied."""
    memory, layer = gating.memory(reading.model), reading.fwd.layer
    before = gating.value(layer, f"before {memory}")[t]
    moved = float(np.abs(gating.value(layer, memory)[t] - before).max())
    if moved == 0:
        return [node("b", "Copied exactly. "), f"{memory} after − {memory} before = 0, all units."]
    said = f"{memory} after − {memory} before = {moved:.0e} at most"
    if moved < EXACT:
        return [node("b", "Copied. "), f"{said}: the last bit."]
    most = int(np.abs(gating.value(layer, memory)[t] - before).argmax())
    return [f"The memory {memory} moved by {moved:.3f} at most, in unit {most}."]
