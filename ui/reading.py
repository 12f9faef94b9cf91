"""A reading: one sentence gone through one model, and the panels and frames that show it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from rnn_core import Encoding, ForwardTrace, Model
from ui import words
from ui.figures import order as ordering
from ui.figures import states
from ui.figures.theme import NEGATIVE, POSITIVE
from ui.plot.plot import Figure, Frame, Node, Panel, Text, node


@dataclass(frozen=True)
class Reading:
    """A sentence of known words, read by a model, in an order of units for the eye."""

    model: Model
    encoding: Encoding
    order_by: str = "effect"

    @cached_property
    def fwd(self) -> ForwardTrace:
        """The trace that every picture is drawn from."""
        return self.model.forward(self.encoding.ids)

    @property
    def words(self) -> tuple[str, ...]:
        """What was read, a word for each step."""
        return self.encoding.words

    @property
    def answer(self) -> int:
        """The class whose probability is shown: the last one of two, else the final verdict."""
        n_classes = len(self.model.classes)
        return n_classes - 1 if n_classes == 2 else int(self.fwd.p[-1].argmax())

    @property
    def answer_name(self) -> str:
        """Its name."""
        return self.model.classes[self.answer]

    @property
    def p(self) -> np.ndarray:
        """(T,) its probability after each word."""
        return self.fwd.p[:, self.answer]

    def verdict(self, t: int) -> tuple[str, float]:
        """The likeliest class if the sentence ended at word t (from 0), and its probability."""
        best = int(self.fwd.p[t].argmax())
        return self.model.classes[best], float(self.fwd.p[t, best])

    @cached_property
    def push(self) -> np.ndarray:
        """(H,) how much one unit of h adds to the answer's logit over the others' mean."""
        rows = self.model.params["W_hy"]
        if len(rows) == 1:
            return rows[0]
        return rows[self.answer] - np.delete(rows, self.answer, axis=0).mean(axis=0)

    @cached_property
    def order(self) -> list[int]:
        """The units from top to bottom."""
        if self.order_by == "effect":
            return ordering.by_effect(self.push)
        if self.order_by == "likeness":
            return ordering.by_likeness(self.fwd.h)
        return list(range(self.model.n_hidden))

    @cached_property
    def figure(self) -> Any:
        """The film's main figure: building it takes longer than the network's reading."""
        return states.film(self.fwd.h, self.p, self.words, self.order, self.answer_name)

    @property
    def telling_unit(self) -> int:
        """The unit that the last state's verdict leans on most."""
        return int(np.abs(self.push * self.fwd.h[-1]).argmax())

    @property
    def identity(self) -> str:
        """What makes this another film."""
        return " ".join(self.words)


def say(reading: Reading, t: int, unit: int) -> str:
    """One step for the ear: "unit 3 rises from -0.20 to 0.90 at not"."""
    h = reading.fwd.h
    before, now = (h[t - 1, unit] if t else 0.0), h[t, unit]
    moves = "rises" if now > before else "falls"
    answer, probability = reading.verdict(t)
    return (
        f"unit {unit} {moves} from {before:.2f} to {now:.2f} at {reading.words[t]}; "
        f"if it ended here: {answer}, {probability:.0%}"
    )


def where(reading: Reading, t: int) -> Node:
    """Where we are, for the transport."""
    return node("span", f"word {t + 1} of {len(reading.words)}: ", node("b", reading.words[t]))


def verdict_panel() -> list[Panel]:
    """The verdict in large letters; frames fill it."""
    return [Text("verdict", "")]


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
             node("b", answer, color=color), f" {probability:.0%}".replace("%", "\u00a0%"),
             class_="says"),
        class_="verdict",
    )  # fmt: skip


def state_panels(reading: Reading) -> list[Panel]:
    """The heatmap and curve with their title and their one sentence."""
    title = "The hidden state, word by word"
    if reading.order_by == "effect":
        look = (
            f"the column where the picture flips. Units are sorted by what they do to the answer: "
            f"orange above and blue below say {reading.answer_name}."
        )
    else:
        look = "the column where the picture flips: there a word turned the verdict."
    said = (
        f"Heatmap of {reading.model.n_hidden} hidden units over {len(reading.words)} words, "
        f"and under it the probability of {reading.answer_name} after each word"
    )
    return [
        Text("title", node("h3", title)),
        Figure(
            "states",
            reading.figure,
            states.height(reading.model.n_hidden),
            title,
            said,
            clicks="step",
            narrow=states.NARROW,
        ),
        Text("look", words.look_for(look)),
    ]


def frames(reading: Reading, unit: int, row: int | None = None) -> list[Frame]:
    """One frame for each word: the state, and the verdict so far. row : the unit's, to frame it."""
    made = []
    for t in range(len(reading.words)):
        state = states.at_step(reading.figure, reading.words, t, row)
        panels = {"states": state, "verdict": _verdict(reading, t)}
        label = f"word {t + 1} of {len(reading.words)}: {reading.words[t]}"
        made.append(Frame(label, where(reading, t), say(reading, t, unit), panels))
    return made
