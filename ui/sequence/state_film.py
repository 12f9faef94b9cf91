"""The film of a reading: panels and frames for the state, word by word, and the verdict."""

from __future__ import annotations

from rnn_core.cells import Signal
from ui.kit.numbers import percent
from ui.kit.player import Figure, Film, Frame, Node, Panel, Text, look_for, node
from ui.kit.theme import NEGATIVE, POSITIVE
from ui.sequence import states
from ui.sequence.reading import Reading


def say(reading: Reading, t: int, unit: int) -> str:
    """One step for the ear: "unit 3 rises from -0.20 to 0.90 at not"."""
    values, earlier = reading.values, reading.earlier(t)
    before, now = (0.0 if earlier is None else values[earlier, unit]), values[t, unit]
    moves = "rises" if now > before else "falls"
    answer, probability = reading.verdict(t)
    return (
        f"{_named(reading, unit)} {moves} from {before:.2f} to {now:.2f} at {reading.words[t]}; "
        f"if it ended here: {answer}, {percent(probability)}"
    )


def _named(reading: Reading, unit: int) -> str:
    """What is followed: "unit 3", or "f of unit 3 in layer 2"."""
    signal = "" if reading.signal == "h" else f"{reading.drawn.symbol} of "
    return f"{signal}unit {unit}" + (f" in {reading.called}" if reading.called else "")


def where(reading: Reading, t: int) -> Node:
    """Where we are, for the transport."""
    return node("span", f"word {t + 1} of {len(reading.words)}: ", node("b", reading.words[t]))


def film(reading: Reading) -> Film:
    """The verdict in large letters, and under it the state."""
    return [Text("verdict", ""), *state_panels(reading)], frames(reading, reading.telling_unit)


def _verdict(reading: Reading, t: int) -> Node:
    """The words read so far, those still to come, and what it would say now."""
    answer, probability = reading.verdict(t)
    color = POSITIVE if reading.model.classes.index(answer) == reading.answer else NEGATIVE
    ended = t == len(reading.words) - 1
    return node(
        "div",
        node(
            "p",
            node("span", " ".join(reading.words[: t + 1])),
            node("span", " " + " ".join(reading.words[t + 1 :]), class_="unread"),
            class_="sentence",
        ),
        node("p", "it says " if ended else "if it ended here: ",
             node("b", answer, color=color), f" {percent(probability)}",
             class_="says"),
        class_="verdict",
    )  # fmt: skip


def state_panels(reading: Reading) -> list[Panel]:
    """The heatmap and curve with their title and their one sentence."""
    title = _title(reading.drawn, reading.called)
    said = (
        f"Heatmap of {reading.model.n_hidden} hidden units over {len(reading.words)} words, "
        f"and under it the probability of {reading.answer_name} after each word"
    )
    size = states.height(reading.model.n_hidden)
    look = node("div", look_for(_look(reading)), *_both_ways(reading))
    return [
        Text("title", node("h3", title)),
        Figure("states", reading.figure, size, title, said, clicks="step", narrow=states.NARROW),
        Text("look", look),
    ]


def _look(reading: Reading) -> str:
    if reading.signal != "h":
        return _signal_look(reading.drawn)
    if reading.order_by == "effect":
        return (
            f"the column where the picture flips. Units are sorted by what they do to the answer: "
            f"orange above and blue below say {reading.answer_name}."
        )
    return "the column where the picture flips: there a word turned the verdict."


def _title(signal: Signal, layer: str) -> str:
    """What the film shows: "The forget gate f, word by word", and in which layer."""
    name = signal.meaning.partition(":")[0]
    letter = "" if signal.name == "h" else f" {signal.symbol}"
    return f"{name[:1].upper()}{name[1:]}{letter}, word by word" + (f" · {layer}" if layer else "")


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
    if reading.model.per_step:
        said = "Each answer sees both directions at its word."
    else:
        said = (
            "The curve: what the forward half says so far, beside what the backward half made of "
            "the whole sentence."
        )
    if reading.place.backwards:
        said += " This half reads from the last word to the first: follow it with ←."
    return [node("p", said, class_="look")]


def frames(reading: Reading, unit: int, row: int | None = None) -> list[Frame]:
    """One frame for each word: the state, and the verdict so far. row : the unit's, to frame it."""
    made = []
    for t in range(len(reading.words)):
        state = states.at_step(reading.figure, reading.words, t, row, reading.place.backwards)
        panels = {"states": state, "verdict": _verdict(reading, t)}
        label = f"word {t + 1} of {len(reading.words)}: {reading.words[t]}"
        made.append(Frame(label, where(reading, t), say(reading, t, unit), panels))
    return made
