"""What the surgery says: in numbers what a cut does, and whether the verdict follows."""

from __future__ import annotations

import numpy as np

from rnn_core import Dataset
from ui import words
from ui.figures import surgery as figures
from ui.operation import Operation, flips
from ui.plot.plot import Node, node

MOST_FLIPS = 6


def said(cut: Operation, place: int) -> str:
    """What was done, in numbers, and whether the verdict follows."""
    p, q = float(cut.p_before[-1]), float(cut.p_after[place, -1])
    verb = "falls" if q < p else "rises"
    moves = f"{verb} from {p:.2f} to {q:.2f}" if f"{p:.2f}" != f"{q:.2f}" else f"stays at {p:.2f}"
    return f"{_done(cut, place)}, P({cut.reading.answer_name}) {moves}: {_followed(cut, place)}."


def _done(cut: Operation, place: int) -> str:
    if cut.by_unit:
        return f"With unit {place} silenced"
    word = cut.reading.words[place]
    if cut.kind == "skip":
        return f"If “{word}” writes nothing"
    if cut.kind == "freeze":
        return f"If nothing is written from “{word}” on"
    text = " ".join(cut.other.words) if cut.other else ""
    return f"With the state of “{text}” put in after “{word}”"


def _followed(cut: Operation, place: int) -> str:
    now, before = cut.verdict(place), cut.reading.model.classes[int(cut.before.p[-1].argmax())]
    if cut.turns[place]:
        return f"the verdict follows, it is {now} now"
    if cut.other:
        fwd = cut.other.model.forward(cut.other.encoding.ids)
        if int(fwd.p[-1].argmax()) == int(cut.before.p[-1].argmax()):
            return f"both say {now}, so take a sentence that says the opposite"
        return f"the rest of the sentence decides, the verdict stays {before}"
    return f"the verdict stays {before}"


def look_at(cut: Operation) -> str:
    """What to look for in the states."""
    if cut.by_unit:
        return (
            f"the framed row, always 0. In the difference, colour in other rows is what they "
            f"heard from unit {cut.unit}."
        )
    if cut.kind == "skip":
        return "the framed column, a copy of the one before, and how far to the right it is missed."
    if cut.kind == "freeze":
        return "the frame: one column, repeated to the end."
    return "the framed column. If the difference fades behind it, the network forgets the change."


def verdict(cut: Operation, place: int, text: str) -> Node:
    """Both probabilities in large letters, and the sentence."""
    p, q = cut.p_before[-1], cut.p_after[place, -1]
    numbers = node(
        "p", f"P({cut.reading.answer_name}) ", node("b", f"{p:.2f}", color=figures.W_HY), " → ",
        node("b", f"{q:.2f}", color=figures.AFTER), class_="says",
    )  # fmt: skip
    parts: list[Node] = [numbers, node("p", text)]
    if cut.by_unit and len(cut.ids) > 1:
        parts.append(node("p", _on_the_way(cut), class_="quiet"))
    if len(cut.before.layers) > 1:
        only = f"Only the layer that is shown was cut: {cut.reading.called}."
        parts.append(node("p", only, class_="quiet small"))
    return node("div", *parts, class_="verdict")


def _on_the_way(cut: Operation) -> str:
    """The word after which the cut shows most."""
    t = int(np.abs(cut.p_after[cut.unit] - cut.p_before).argmax())
    p, q = cut.p_before[t], cut.p_after[cut.unit, t]
    return f"On the way it shows most after “{cut.reading.words[t]}”: {p:.2f} → {q:.2f}."


def effects(cut: Operation, bars: list[int]) -> str:
    """The bars in words, the largest first."""
    names = cut.reading.words
    strongest = sorted(bars, key=lambda i: -abs(cut.change[i]))[:5]
    each = [f"{i if cut.by_unit else names[i]} {words.number(cut.change[i], 2)}" for i in strongest]
    return f"Change of P({cut.reading.answer_name}): " + ", ".join(each)


def bars_look(cut: Operation, bars: list[int]) -> Node:
    """How many cuts turn the verdict alone, and how many units must fall together."""
    what, n, turning = "unit" if cut.by_unit else "word", len(cut.change), int(cut.turns.sum())
    alone = (
        f"the striped bars: {turning} of {n} {what}s {'turns' if turning == 1 else 'turn'} the "
        "verdict alone."
        if turning
        else f"the tallest bar: how far P moves when this one {what} is cut. None alone turns the "
        "verdict."
    )
    parts: list[Node] = [alone]
    if cut.by_unit and not turning:
        parts.append(_together(cut))
    if len(bars) < n:
        parts.append(f" Of {n} {len(bars)} are drawn.")
    return words.look_for(*parts, " Click a bar to cut there.")


def _together(cut: Operation) -> str:
    fewest = cut.together
    if not fewest:
        return " Nor do all together: without a state the biases say the same."
    names = ", ".join(str(unit) for unit in fewest[:8]) + (" and others" if len(fewest) > 8 else "")
    return f" It takes {len(fewest)} together: {names}."


def changed(cut: Operation, data: Dataset) -> Node:
    """The data's sentences that depend on the unit, a few of them to read."""
    found, n = flips(cut.reading.model, data, cut.unit, cut.before.shown)
    title = node("h3", f"Cut unit {cut.unit}: who changes the verdict?")
    count = node("p", node("b", f"{len(found)} of {n}"), " sentences of the data do",
                 "." if not found else ". Some of them:")  # fmt: skip
    chips = [
        node("button", f"{text}: {was} → {now}", class_="chip", click={"read": text})
        for text, was, now in found[:MOST_FLIPS]
    ]
    return node("div", title, count, node("div", *chips, class_="chips"))
