"""Gates over the words: what is kept, what is written, what is shown; and what a hand changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from ui.kit import player, theme
from ui.kit.numbers import compact, number, percent
from ui.kit.player import Film, Frame, Node, Text, look_for, node
from ui.kit.sentence import sentence
from ui.read import text
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
    title = text.GATES["of" if reading.called else "one"].format(layer=reading.called)
    panels = gates_figure.panels(title, figure, words, text.GATES_SAY, _look(reading))
    panels.append(Text("gates numbers", "", area="side"))
    frames, row, n = [], reading.order.index(unit), reading.n_columns
    for t, (word, column) in enumerate(zip(reading.words, reading.columns, strict=True)):
        hidden = (-0.5, column - 0.5) if reading.place.backwards else (column + 0.5, n - 0.5)
        said = ", ".join(f"{s.symbol} {values[s.name][t, unit]:.2f}" for s in signals)
        patch = gates_figure.at_step(figure, words, column, row, hidden)
        patch["gates numbers"] = _numbers(reading, t, unit)
        says = text.GATE_SAYS.format(unit=unit, word=word, values=said)
        frames.append(Frame(word, None, says, patch, column))
    return panels, frames


def _look(reading: Reading) -> Node:
    """Which gate is open widest of those that go from 0 to 1, and at which word; of all units."""
    shares = {s: reading.fwd.signals[s.name][..., 0].mean(axis=1) for s in reading.gates
              if s.low == 0}  # fmt: skip
    if not shares:
        return look_for(text.ROWS_ARE)
    gate, open_ = max(shares.items(), key=lambda item: float(np.nan_to_num(item[1]).max()))
    t = int(np.nan_to_num(open_).argmax())
    return look_for(text.OPEN.format(gate=gate.symbol, word=reading.words[t], share=open_[t]))


def _numbers(reading: Reading, t: int, unit: int) -> Node:
    """What each gate does at this word, for one unit and on average; and how far memory moved."""
    rows = []
    for signal in reading.model.cell.signals:
        values = reading.fwd.signals[signal.name][t, :, 0]
        name = signal.meaning.partition(":")[0].removeprefix("the ")
        if reading.is_held(signal.name, t, unit):
            name = text.BY_HAND.format(name=name)
        mean = number(float(values.mean())) if signal.low == 0 else ""
        named = node("span", node("b", signal.symbol), f" {name}")
        rows.append([named, number(float(values[unit])), mean])
    head = ["", text.UNIT.format(unit=unit), text.ALL_MEAN]
    return node(
        "div", node("h3", text.WORD_DOES.format(word=reading.words[t])),
        player.table(rows, head, ["", "mono", "mono quiet"]),
        node("p", *_moved(reading, t), class_="note"), *_without(reading, t),
    )  # fmt: skip


def _without(reading: Reading, t: int) -> list[Node]:
    """What it says with what is held by hand, and what it would say without."""
    if not reading.interventions:
        return []
    (now, p), (then, q) = reading.verdict(t), replace(reading, interventions=()).verdict(t)
    here = node("b", text.ANSWER.format(answer=now, p=percent(p)))
    said = sentence(text.WITHOUT_HAND, now=here, answer=then, p=percent(q))
    return [node("p", *said, class_="note")]


def _moved(reading: Reading, t: int) -> list[Node]:
    """How far the memory moved at word t; nothing at all when it was copied."""
    memory, layer = gating.memory(reading.model), reading.fwd.layer
    before = gating.value(layer, f"{memory}_{{t-1}}")[t]
    moved = np.abs(layer.signals[memory][t, :, 0] - before)
    most = int(moved.argmax())
    if moved[most] == 0:
        return [node("b", text.COPIED_EXACTLY), text.EXACTLY.format(memory=memory)]
    if moved[most] < EXACT:
        said = text.LAST_BIT.format(memory=memory, most=compact(float(moved[most]), 1))
        return [node("b", text.COPIED), said]
    return [text.MOVED.format(memory=memory, most=moved[most], unit=most)]
