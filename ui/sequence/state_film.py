"""The film of a reading: the unrolled network, the state and the answer, word by word."""

from __future__ import annotations

import numpy as np

from rnn_core.cells import Signal
from rnn_core.experiments import analysis
from ui.kit import frame as page_frame
from ui.kit.formula import formula
from ui.kit.numbers import number, percent
from ui.kit.player import Drawing, Figure, Frame, Node, Panel, Text, look_for, node, table
from ui.kit.theme import BAD, GOOD, NEGATIVE, POSITIVE, UNSURE, W_HH, W_HY
from ui.sequence import answers, states, targets
from ui.sequence.reading import Reading
from ui.sequence.strip import Strip

N_MOVED, N_ANSWERS = 8, 5
MANY_SATURATED = 0.25
"""Of the units: so many beyond ±0.99 are what there is to see."""


def say(reading: Reading, t: int, unit: int) -> str:
    """One step for the ear: "unit 3 rises from -0.20 to 0.90 at not"."""
    values, earlier = reading.values, reading.earlier(t)
    before, now = (0.0 if earlier is None else values[earlier, unit]), values[t, unit]
    moves = "rises" if now > before else "falls"
    answer, probability = reading.verdict(t)
    when = "it answers" if reading.model.per_step else "if it ended here:"
    return (
        f"{_named(reading, unit)} {moves} from {before:.2f} to {now:.2f} at {reading.words[t]}; "
        f"{when} {answer}, {percent(probability)}"
    )


def _named(reading: Reading, unit: int) -> str:
    """What is followed: "unit 3", or "f of unit 3 in layer 2"."""
    signal = "" if reading.signal == "h" else f"{reading.drawn.symbol} of "
    return f"{signal}unit {unit}" + (f" in {reading.called}" if reading.called else "")


def where(reading: Reading, t: int) -> Node:
    """Where we are, for the transport."""
    return node("span", f"word {t + 1} of {len(reading.words)}: ", node("b", reading.words[t]))


def same_weights(reading: Reading) -> str:
    """How long the sentence is, and that its length adds no weight."""
    n = len(reading.words)
    words = "1 word" if n == 1 else f"{n} words"
    return f"{words}, the same {reading.model.flat.size:,} parameters at each"


def verdict(reading: Reading, t: int) -> Node:
    """What it would say now; after how little it has read, where that is less than half."""
    if reading.model.per_step:
        return _answered(reading, t)
    answer, probability = reading.verdict(t)
    color = POSITIVE if reading.model.classes.index(answer) == reading.answer else NEGATIVE
    says = "it says " if t == len(reading.words) - 1 else "if it ended here: "
    said = [says, node("b", answer, color=color), f" {percent(probability)}"]
    if 2 * len(reading.words) >= reading.n_columns:
        return node("span", *said)
    least = f"read {len(reading.words)} of {reading.n_columns} words"
    return node("span", node("b", least, color=UNSURE), " · ", node("span", *said, class_="quiet"))


def _answered(reading: Reading, t: int) -> Node:
    """What it answers at a word, and what is right there; of a text how surprised it was."""
    (answer, probability), right = reading.verdict(t), reading.right[t]
    said: list[Node] = ["it says ", node("b", answers.sign(answer)), f" {percent(probability)}"]
    if targets.is_language(reading.model):
        said[0] = "next: "
    if right is None:
        return node("span", *said)
    name = answers.sign(reading.model.classes[right])
    if targets.is_language(reading.model):
        bits = answers.bits(reading.fwd.p, reading.right)[t] or 0.0
        came = node("b", name, color=GOOD if reading.model.classes[right] == answer else BAD)
        return node("span", *said, "; came ", came, f", {bits:.1f} bits")
    if reading.model.classes[right] == answer:
        return node("span", *said, ", ", node("b", "right", color=GOOD))
    return node("span", *said, "; right is ", node("b", name, color=BAD))


def panels(reading: Reading, strip: Strip, present: bool = False) -> list[Panel]:
    """One card: the question, the unrolled network, the state, the answer and one sentence."""
    drawn, n, each = reading.drawn, reading.n_columns, reading.model.per_step
    said = (
        f"Heatmap of {reading.model.n_hidden} hidden units over {len(reading.words)} words, "
        f"and under it {'the answer' if each else f'the probability of {reading.answer_name}'} "
        "after each word"
    )
    return [
        Text("heading", ""),
        Drawing("strip", strip.marks, strip.height, "The unrolled network", columns=n),
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
        "answers", reading.answers_figure, height, "The answer at each word",
        "A row for each answer; what is right has a frame", columns=reading.n_columns, grow=0.4,
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
        label = f"word {t + 1} of {len(reading.words)}: {reading.words[t]}"
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
        turn = f"at “{reading.words[flips[-1]]}” the verdict turns to {said[flips[-1]]}."
        if len(flips) == 1:
            return f"the column where the picture flips: {turn}"
        return f"the {len(flips)} columns where the picture flips; the last time {turn}"
    if len(said) == 1:
        return "the single column: one word, one state, one answer."
    moves = abs(reading.p[1:] - reading.p[:-1])
    t = int(moves.argmax()) + 1
    return (
        f"the curve: it says {said[0]} after every word; “{reading.words[t]}” moves it most, "
        f"from {reading.p[t - 1]:.2f} to {reading.p[t]:.2f}."
    )


def _saturated_look(reading: Reading, share: np.ndarray) -> str:
    """How many units are at an end of tanh, where most are, and what that does to a gradient."""
    t = int(share.argmax())
    where, most = f"“{reading.words[t]}”", percent(float(share[t]))
    return (
        f"the full colours: after {where} {most} of the units are beyond ±{analysis.SATURATED}: "
        f"saturated. There 1 − h² is below {1 - analysis.SATURATED**2:.2f}, so that hardly any "
        "gradient gets back."
    )


def _answers_look(reading: Reading) -> str:
    """How many of the framed answers are right, and which is the least likely."""
    asked = [t for t, c in enumerate(reading.right) if c is not None]
    if not asked:
        return "the answers: one at each word. Are they what you would say?"
    p = reading.p_right
    t = min(asked, key=lambda t: p[t])
    n = sum(int(reading.fwd.p[s].argmax()) == reading.right[s] for s in asked)
    right = answers.sign(reading.model.classes[reading.right[t] or 0])
    if targets.is_language(reading.model):
        bits = answers.bits(reading.fwd.p, reading.right)[t] or 0.0
        return (
            f"the frames, what came: {n} of {len(asked)} times it was the likeliest. The greatest "
            f"surprise is “{right}” after symbol {t + 1}, {bits:.1f} bits."
        )
    return (
        f"the frames, what is right: {n} of {len(asked)} answers are. The least likely is “{right}”"
        f" at word {t + 1}, {p[t]:.2f}."
    )


def _title(signal: Signal, layer: str) -> str:
    """What the film shows: "The forget gate f", and in which layer."""
    name = signal.meaning.partition(":")[0]
    letter = "" if signal.name == "h" else f" {signal.symbol}"
    return f"{name[:1].upper()}{name[1:]}{letter}" + (f" · {layer}" if layer else "")


def _signal_look(signal: Signal) -> str:
    """What to look for in a signal that is not the hidden state."""
    what = signal.meaning.partition(": ")[2] or signal.meaning
    if signal.low < 0:
        return f"columns whose colour differs from their neighbours': {what}."
    return f"full colour: there it is open, at 1; faint cells are shut, at 0. It says {what}."


def _both_ways(reading: Reading) -> list[Node]:
    """What the curve means where one half reads from the end."""
    if not reading.model.bidirectional:
        return []
    said = " Each answer sees both directions at its word."
    if not reading.model.per_step:
        said = (
            " The curve: what the forward half says so far, beside what the backward half made of "
            "the whole sentence."
        )
    if reading.place.backwards:
        said += " This half reads from the last word to the first: follow it with ←."
    return [said]


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
    known = [formula("h_{t-1} = 0", at), ": nothing has been read before."]
    if earlier is not None:
        known = ["All that it knows of what came before is ", formula("h_{t-1}", at),
                 f", one vector of {len(h[t])} numbers."]  # fmt: skip
    says = f"If the sentence ended here, it would say {answer}, {percent(probability)}."
    if reading.model.per_step:
        says = f"At this word it answers {answers.sign(answer)}, {percent(probability)}."
    elif t == len(reading.words) - 1:
        says = f"The sentence is over. From this column alone it says {answer}, "
        says += f"{percent(probability)}."
    rows = [
        [f"unit {unit}", number(float(before[unit]), 2), "→", number(float(h[t, unit]), 2),
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
        node("h3", f"It reads “{reading.words[t]}”"),
        node("p", *known),
        node("p", "The word and that vector make the next one, ", formula("h_t", at),
             ", by the same weights at every word. These units move most:"),
        table(rows, (), ["", "mono", "quiet", "mono", "wide"]),
        node("p", f"{(moved > 0.5).sum()} of {len(moved)} move by more than 0.5. {says}"),
        table(likely, (), ["", "mono", "wide"]),
        class_="steps",
    )  # fmt: skip
