"""The film of a reading: the unrolled network, the state and the answer, word by word."""

from __future__ import annotations

import numpy as np

from rnn_core.cells import Signal
from rnn_core.experiments import analysis
from ui.kit import frame as page_frame
from ui.kit.formula import formula
from ui.kit.numbers import number, percent
from ui.kit.player import Drawing, Figure, Frame, Node, Panel, Text, look_for, node, table
from ui.kit.sentence import sentence
from ui.kit.theme import BAD, GOOD, NEGATIVE, POSITIVE, UNSURE, W_HH, W_HY
from ui.sequence import answers, states, targets, text
from ui.sequence.reading import Reading
from ui.sequence.strip import Strip

N_MOVED, N_ANSWERS = 8, 5
MANY_SATURATED = 0.25
"""Of the units: so many beyond ±0.99 are what there is to see."""


def say(reading: Reading, t: int, unit: int) -> str:
    """One step for the ear: "unit 3 rises from -0.20 to 0.90 at not"."""
    values, earlier = reading.values, reading.earlier(t)
    before, now = (0.0 if earlier is None else values[earlier, unit]), values[t, unit]
    answer, probability = reading.verdict(t)
    return text.SAY["each" if reading.model.per_step else "last"].format(
        what=_named(reading, unit), moves=text.MOVES["up" if now > before else "down"],
        before=before, now=now, word=reading.words[t], answer=answer, p=percent(probability),
    )  # fmt: skip


def _named(reading: Reading, unit: int) -> str:
    """What is followed: "unit 3", or "f of unit 3 in layer 2"."""
    name = text.UNIT if reading.signal == "h" else text.SIGNAL_OF_UNIT
    what = name.format(signal=reading.drawn.symbol, unit=unit)
    return text.IN_LAYER.format(what=what, layer=reading.called) if reading.called else what


def where(reading: Reading, t: int) -> Node:
    """Where we are, for the transport."""
    word = node("b", reading.words[t])
    return node("span", *sentence(text.WHERE, t=t + 1, n=len(reading.words), word=word))


def same_weights(reading: Reading) -> str:
    """How long the sentence is, and that its length adds no weight."""
    n = len(reading.words)
    said = text.SAME_WEIGHTS["one" if n == 1 else "many"]
    return said.format(n=n, parameters=reading.model.flat.size)


def verdict(reading: Reading, t: int) -> Node:
    """What it would say now; after how little it has read, where that is less than half."""
    if reading.model.per_step:
        return _answered(reading, t)
    answer, probability = reading.verdict(t)
    color = POSITIVE if reading.model.classes.index(answer) == reading.answer else NEGATIVE
    says = text.SAYS["last" if t == len(reading.words) - 1 else "ghost"]
    said = sentence(says, answer=node("b", answer, color=color), p=percent(probability))
    if 2 * len(reading.words) >= reading.n_columns:
        return node("span", *said)
    least = text.READ_SO_FEW.format(n=len(reading.words), all=reading.n_columns)
    return node("span", node("b", least, color=UNSURE), " · ", node("span", *said, class_="quiet"))


def _answered(reading: Reading, t: int) -> Node:
    """What it answers at a word, and what is right there; of a text how surprised it was."""
    (answer, probability), right = reading.verdict(t), reading.right[t]
    language = targets.is_language(reading.model)
    fields = {"answer": node("b", answers.sign(answer)), "p": percent(probability)}
    if right is None:
        return node("span", *sentence(text.SAYS["next" if language else "last"], **fields))
    name, bits = reading.model.classes[right], 0.0
    how, shown = ("right", text.RIGHT) if name == answer else ("wrong", answers.sign(name))
    if language:
        how, shown, bits = "came", answers.sign(name), answers.bits(reading.fwd.p, reading.right)[t]
    came = node("b", shown, color=GOOD if name == answer else BAD)
    return node("span", *sentence(text.SAYS[how], **fields, right=came, bits=bits or 0.0))


def panels(reading: Reading, strip: Strip, present: bool = False) -> list[Panel]:
    """One card: the question, the unrolled network, the state, the answer and one sentence."""
    drawn, n, each = reading.drawn, reading.n_columns, reading.model.per_step
    said = text.STATES_SAY["each" if each else "last"].format(
        units=reading.model.n_hidden, words=len(reading.words), answer=reading.answer_name
    )
    return [
        Text("heading", ""),
        Drawing("strip", strip.marks, strip.height, text.STRIP, columns=n),
        Figure("states", reading.figure, 180 if each else states.HEIGHT,
               _title(drawn, reading.called), said, clicks="step",
               narrow=states.NARROW_ALONE if each else states.NARROW, columns=n, grow=1,
               stack=states.stack(reading.model.n_hidden, 0 if each else 60)),
        *([_answers(reading)] if each else []),
        *([] if present else [Text("look", look_for(_look(reading), *_both_ways(reading)))]),
    ]  # fmt: skip


def _answers(reading: Reading) -> Figure:
    """The answers at every word, under the states."""
    stack = answers.stack(reading.fwd.p.shape[1], targets.is_language(reading.model))
    height = sum(room.px + room.gap for room in stack) + 8
    return Figure(
        "answers", reading.answers_figure, height, text.ANSWERS, text.ANSWERS_SAY,
        columns=reading.n_columns, grow=0.4,
        stack=stack, narrow={"layout": {"yaxis": {"title": {"text": ""}}}},
    )  # fmt: skip


def frames(
    reading: Reading, strip: Strip, page: str, unit: int, row: int | None = None
) -> list[Frame]:
    """One frame for each word. page : whose question it is. row : the unit's, to frame it."""
    shown = same_weights(reading) if page == "read" else None
    if reading.signal != "h" or reading.called:
        shown = _title(reading.drawn, reading.called)
    made = []
    for t in range(len(reading.words)):
        patches = {
            "heading": page_frame.heading(page, verdict(reading, t), sub=shown),
            "strip": strip.states(t),
            "states": states.at_step(
                reading.figure, reading.known, t, row, reading.place.backwards
            ),
        }
        if reading.model.per_step:
            patches["answers"] = answers.at_step(
                reading.answers_figure, reading.known, t, reading.place.backwards
            )
        label = text.WHERE.format(t=t + 1, n=len(reading.words), word=reading.words[t])
        made.append(Frame(label, where(reading, t), say(reading, t, unit), patches,
                          reading.columns[t]))  # fmt: skip
    return made


def _look(reading: Reading) -> str:
    """What there is to see in this picture, with its number."""
    if reading.signal != "h":
        return _signal_look(reading.drawn)
    if reading.drawn.low < 0 and (share := analysis.saturation(reading.fwd)).max() > MANY_SATURATED:
        return _saturated_look(reading, share)
    if reading.model.per_step:
        return _answers_look(reading)
    said = [reading.verdict(t)[0] for t in range(len(reading.words))]
    flips = [t for t in range(1, len(said)) if said[t] != said[t - 1]]
    if flips:
        looks = text.FLIPS["one" if len(flips) == 1 else "many"]
        last = flips[-1]
        return looks.format(n=len(flips), word=reading.words[last], answer=said[last])
    if len(said) == 1:
        return text.ONE_WORD
    moves = abs(reading.p[1:] - reading.p[:-1])
    t = int(moves.argmax()) + 1
    before, now = reading.p[t - 1], reading.p[t]
    return text.CURVE.format(answer=said[0], word=reading.words[t], before=before, now=now)


def _saturated_look(reading: Reading, share: np.ndarray) -> str:
    """How many units are at an end of tanh, where most are, and what that does to a gradient."""
    t = int(share.argmax())
    return text.SATURATED.format(
        word=reading.words[t], share=percent(float(share[t])), limit=analysis.SATURATED,
        slope=1 - analysis.SATURATED**2,
    )  # fmt: skip


def _answers_look(reading: Reading) -> str:
    """How many of the framed answers are right, and which is the least likely."""
    asked = [t for t, c in enumerate(reading.right) if c is not None]
    if not asked:
        return text.ANSWERS_ASK
    p = reading.p_right
    t = min(asked, key=lambda t: p[t])
    n = sum(int(reading.fwd.p[s].argmax()) == reading.right[s] for s in asked)
    right = answers.sign(reading.model.classes[reading.right[t] or 0])
    if targets.is_language(reading.model):
        bits = answers.bits(reading.fwd.p, reading.right)[t] or 0.0
        return text.SYMBOLS_LOOK.format(n=n, all=len(asked), right=right, t=t + 1, bits=bits)
    return text.ANSWERS_LOOK.format(n=n, all=len(asked), right=right, t=t + 1, p=p[t])


def _title(signal: Signal, layer: str) -> str:
    """What the film shows: "The forget gate f", and in which layer."""
    name = signal.meaning.partition(":")[0]
    letter = "" if signal.name == "h" else f" {signal.symbol}"
    return f"{name[:1].upper()}{name[1:]}{letter}" + (f" · {layer}" if layer else "")


def _signal_look(signal: Signal) -> str:
    """What to look for in a signal that is not the hidden state."""
    what = signal.meaning.partition(": ")[2] or signal.meaning
    return text.SIGNAL_LOOK["signed" if signal.low < 0 else "gate"].format(what=what)


def _both_ways(reading: Reading) -> list[Node]:
    """What the curve means where one half reads from the end."""
    if not reading.model.bidirectional:
        return []
    said = [text.BOTH_EACH if reading.model.per_step else text.BOTH_LAST]
    if reading.place.backwards:
        said.append(text.BACKWARDS)
    return [" " + " ".join(said)]


def _before(reading: Reading, t: int) -> np.ndarray:
    """(H,) the state that the layer had before word t."""
    earlier, h = reading.earlier(t), reading.fwd.h
    return np.zeros_like(h[t]) if earlier is None else h[earlier]


def moves(reading: Reading, t: int) -> np.ndarray:
    """(H,) how far each unit moves at word t."""
    return np.abs(reading.fwd.h[t] - _before(reading, t))


def explanation(reading: Reading, t: int) -> Node:
    """One step in words and numbers: what comes in, what changes most, what it would answer."""
    at, earlier, h = reading.indices(t), reading.earlier(t), reading.fwd.h
    before, moved = _before(reading, t), moves(reading, t)
    answer, probability = reading.verdict(t)
    known = sentence(text.NOTHING_BEFORE, h=formula("h_{t-1} = 0", at))
    if earlier is not None:
        known = sentence(text.ALL_IT_KNOWS, h=formula("h_{t-1}", at), n=len(h[t]))
    each, is_last = reading.model.per_step, t == len(reading.words) - 1
    says = text.WOULD_SAY["each" if each else "last" if is_last else "ghost"].format(
        answer=answers.sign(answer) if each else answer, p=percent(probability)
    )
    rows = [
        [text.UNIT.format(unit=unit), number(float(before[unit]), 2), "→",
         number(float(h[t, unit]), 2),
         node("bar", value=float(h[t, unit] - before[unit]) / 2, color=W_HH)]
        for unit in np.argsort(-moved, kind="stable")[:N_MOVED].tolist()
    ]  # fmt: skip
    p = reading.fwd.p[t]
    likely = [
        [answers.sign(reading.model.classes[c]), percent(float(p[c])),
         node("bar", from_=0.0, to=float(p[c]), color=W_HY)]
        for c in np.argsort(-p, kind="stable")[:N_ANSWERS].tolist()
    ]  # fmt: skip
    return node(
        "div",
        node("h3", text.IT_READS.format(word=reading.words[t])),
        node("p", *known),
        node("p", *sentence(text.NEXT_STATE, h=formula("h_t", at))),
        table(rows, (), ["", "mono", "quiet", "mono", "wide"]),
        node("p", f"{text.MOVED.format(n=(moved > 0.5).sum(), all=len(moved))} {says}"),
        table(likely, (), ["", "mono", "wide"]),
        class_="steps",
    )  # fmt: skip
