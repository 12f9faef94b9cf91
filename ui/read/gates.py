"""Gates over the words: what is kept, what is written, what is shown; and what a hand changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ui.kit import player, theme
from ui.kit.numbers import compact, number, percent
from ui.kit.player import Film, Frame, Node, Text, look_for, node
from ui.sequence import gates_figure
from ui.sequence import signals as gating
from ui.sequence.gates_figure import Band
from ui.sequence.reading import Reading
from ui.sequence.words import Words

EXACT = 1e-14
"""A difference below this is the last bit of a sum, not a change."""


def film(reading: Reading, unit: int) -> Film:
    """All signals but h, a band each; beside them this word's numbers. unit : is followed."""
    signals = [s for s in reading.model.cell.signals if s.name != "h"]
    values = {s.name: reading.fwd.signals[s.name][..., 0] for s in signals}
    bands = [
        Band(s.symbol, s.meaning.partition(": ")[2] or s.meaning, values[s.name],
             *theme.span_colors((s.low, s.high)))
        for s in signals
    ]  # fmt: skip
    figure = gates_figure.film(bands, reading.known, reading.order)
    words = Words((reading.tokens, reading.known))
    title = "The gates, word by word" + (f" · {reading.called}" if reading.called else "")
    said = "Heatmaps of each gate over the words"
    panels = gates_figure.panels(title, figure, words, said, _look(reading))
    panels.append(Text("gates numbers", "", area="side"))
    frames, row, n = [], reading.order.index(unit), reading.n_columns
    for t, (word, column) in enumerate(zip(reading.words, reading.columns, strict=True)):
        hidden = (-0.5, column - 0.5) if reading.place.backwards else (column + 0.5, n - 0.5)
        said = ", ".join(f"{s.symbol} {values[s.name][t, unit]:.2f}" for s in signals)
        patch = gates_figure.at_step(figure, words, column, row, hidden)
        patch["gates numbers"] = _numbers(reading, t, unit)
        frames.append(Frame(word, None, f"unit {unit} at {word}: {said}", patch, column))
    return panels, frames


def _look(reading: Reading) -> Node:
    """Which gate is open widest of those that go from 0 to 1, and at which word; of all units."""
    shares = {s: reading.fwd.signals[s.name][..., 0].mean(axis=1) for s in reading.gates
              if s.low == 0}  # fmt: skip
    said = ""
    if shares:
        gate, open_ = max(shares.items(), key=lambda item: float(np.nan_to_num(item[1]).max()))
        t = int(np.nan_to_num(open_).argmax())
        said = (
            f"full colour, a gate that is open: {gate.symbol} opens widest at "
            f"“{reading.words[t]}”, {open_[t]:.2f} on average. "
        )
    return look_for(f"{said}Rows are the units of the picture above.")


def _numbers(reading: Reading, t: int, unit: int) -> Node:
    """What each gate does at this word, for one unit and on average; and how far memory moved."""
    rows = []
    for signal in reading.model.cell.signals:
        values = reading.fwd.signals[signal.name][t, :, 0]
        held = " by hand" if reading.is_held(signal.name, t, unit) else ""
        name = signal.meaning.partition(":")[0].removeprefix("the ") + held
        mean = number(float(values.mean())) if signal.low == 0 else ""
        named = node("span", node("b", signal.symbol), f" {name}")
        rows.append([named, number(float(values[unit])), mean])
    table = player.table(rows, ["", f"unit {unit}", "all, mean"], ["", "mono", "mono quiet"])
    return node(
        "div", node("h3", f"What “{reading.words[t]}” does"), table,
        node("p", *_moved(reading, t), class_="note"), *_without(reading, t),
    )  # fmt: skip


def _without(reading: Reading, t: int) -> list[Node]:
    """What it says with what is held by hand, and what it would say without."""
    if not reading.interventions:
        return []
    (now, p), (then, q) = reading.verdict(t), replace(reading, interventions=()).verdict(t)
    return [node("p", "If it ended here: ", node("b", f"{now}, {percent(p)}"),
                 f"; without the hand: {then}, {percent(q)}.", class_="note")]  # fmt: skip


def _moved(reading: Reading, t: int) -> list[Node]:
    """How far the memory moved at word t; nothing at all when it was copied."""
    memory, layer = gating.memory(reading.model), reading.fwd.layer
    before = gating.value(layer, f"{memory}_{{t-1}}")[t]
    moved = np.abs(layer.signals[memory][t, :, 0] - before)
    most = int(moved.argmax())
    if moved[most] == 0:
        return [node("b", "Copied exactly. "), f"{memory} after − {memory} before = 0, all units."]
    if moved[most] < EXACT:
        said = f"{memory} after − {memory} before = {compact(float(moved[most]), 1)} at most"
        return [node("b", "Copied. "), f"{said}: the last bit."]
    return [f"The memory {memory} moved by {moved[most]:.3f} at most, in unit {most}."]
