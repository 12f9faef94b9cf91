"""Grammars: texts that a rule makes, so that it is known how well anybody could guess them.

Each choice is made by Chooser, which adds up -ln of its probability. Both grammars are unambiguous,
one way to make a text: so the sum is -ln of the text's probability, and e^(sum / symbols) the
perplexity below which nobody comes. It must not know networks.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from rnn_core.datasets import MADE
from rnn_core.texts import GENERATED, Text, text_dataset

T = TypeVar("T")


class Chooser:
    """Makes choices, and keeps count of how surprising they were. nats : the sum of -ln p."""

    def __init__(self, seed: int) -> None:
        self._uniform = _uniform(np.random.default_rng(seed))
        self.nats = 0.0

    def one_of(self, options: Sequence[T]) -> T:
        """One of these, each as likely as the others."""
        self.nats += math.log(len(options))
        return options[int(next(self._uniform) * len(options))]

    def chance(self, p: float) -> bool:
        """Yes with probability p, 0 < p < 1."""
        yes = next(self._uniform) < p
        self.nats -= math.log(p if yes else 1 - p)
        return yes


def _uniform(rng: np.random.Generator) -> Iterator[float]:
    """Numbers from U(0, 1), drawn many at once."""
    while True:
        yield from rng.random(1024).tolist()


# ---- quotes: lines with brackets, and speech in capitals ----

CREATURES = ["ant", "bat", "goose", "pony", "robin", "sheep", "toad", "wolf"]
LOOKS = ["brown", "lazy", "shy", "tiny", "wet", "young"]
DOES_TO = ["helps", "meets", "pulls", "trusts", "wakes"]
DOES = ["digs", "hums", "naps", "swims", "yawns"]
PLACES = ["at noon", "by the sea", "in a hat", "on a roof"]
SAYINGS = ["i lost my hat", "it may rain soon", "let us eat", "nobody told me so",
           "that was my turn", "you are too late"]  # fmt: skip
P_LOOK = 0.3
P_ASIDE = (0.25, 0.1)
"""That something is said of a creature, and within that of another."""


def line(choose: Chooser) -> str:
    """One line: a creature (and what is said of it in brackets) does something, or says it."""
    if choose.chance(0.4):
        return _clause(choose, 0) + "."
    if choose.chance(0.5):
        return f'"{choose.one_of(SAYINGS).upper()}," says {_creature(choose, 0)}.'
    who = _creature(choose, 0)
    said = choose.one_of(SAYINGS) if choose.chance(0.5) else _clause(choose, len(P_ASIDE))
    return f'{who} says "{said.upper()}".'


def _creature(choose: Chooser, depth: int) -> str:
    look = choose.one_of(LOOKS) + " " if choose.chance(P_LOOK) else ""
    named = f"the {look}{choose.one_of(CREATURES)}"
    if depth < len(P_ASIDE) and choose.chance(P_ASIDE[depth]):
        return f"{named} ({_aside(choose, depth + 1)})"
    return named


def _aside(choose: Chooser, depth: int) -> str:
    if choose.chance(0.4):
        return f"not {_creature(choose, depth)}"
    return f"who {_deed(choose, depth)}"


def _clause(choose: Chooser, depth: int) -> str:
    who = _creature(choose, depth)
    return f"{who} {_deed(choose, depth)}"


def _deed(choose: Chooser, depth: int) -> str:
    if choose.chance(0.5):
        return f"{choose.one_of(DOES_TO)} {_creature(choose, depth)}"
    return f"{choose.one_of(DOES)} {choose.one_of(PLACES)}"


# ---- grammar: a toy English whose verbs agree with a noun that may stand far away ----

NOUNS = [("aunt", "aunts"), ("clown", "clowns"), ("judge", "judges"), ("nurse", "nurses"),
         ("pilot", "pilots"), ("singer", "singers")]  # fmt: skip
ALONE = [("coughs", "cough"), ("laughs", "laugh"), ("leaves", "leave"), ("smiles", "smile")]
WITH_OBJECT = [("calls", "call"), ("finds", "find"), ("knows", "know"), ("meets", "meet")]
ADJECTIVES = ["calm", "proud", "rich", "tall"]
PREPOSITIONS = ["beside", "with"]
NUMBERS = ("singular", "plural")
WORD_CLASSES: dict[str, str] = {
    **{noun[i]: f"noun, {NUMBERS[i]}" for noun in NOUNS for i in (0, 1)},
    **{verb[i]: f"verb alone, {NUMBERS[i]}" for verb in ALONE for i in (0, 1)},
    **{verb[i]: f"verb with object, {NUMBERS[i]}" for verb in WITH_OBJECT for i in (0, 1)},
    **dict.fromkeys(ADJECTIVES, "adjective"),
    **dict.fromkeys(PREPOSITIONS, "preposition"),
}
"""The class of each word that shares it with others."""


def sentence(choose: Chooser) -> list[str]:
    """One sentence of the toy English; its line end, which is its last word, is not in it."""
    subject, number = _noun_phrase(choose, 0)
    if choose.chance(0.4):
        return [*subject, choose.one_of(WITH_OBJECT)[number], *_noun_phrase(choose, 1)[0]]
    return [*subject, choose.one_of(ALONE)[number]]


def _noun_phrase(choose: Chooser, depth: int) -> tuple[list[str], int]:
    """Its words, and the number of its head: 0 singular, 1 plural."""
    number = choose.one_of((0, 1))
    adjective = [choose.one_of(ADJECTIVES)] if choose.chance(0.3) else []
    words = ["the", *adjective, choose.one_of(NOUNS)[number]]
    if depth == 2:
        return words, number
    if choose.chance(0.25):
        if choose.chance(0.5):  # that finds the pilot
            verb = choose.one_of(WITH_OBJECT)[number]
            return [*words, "that", verb, *_noun_phrase(choose, depth + 1)[0]], number
        other, its_number = _noun_phrase(choose, depth + 1)  # that the pilot finds
        return [*words, "that", *other, choose.one_of(WITH_OBJECT)[its_number]], number
    if choose.chance(0.2 / 0.75):
        preposition = choose.one_of(PREPOSITIONS)
        return [*words, preposition, *_noun_phrase(choose, depth + 1)[0]], number
    return words, number


# ---- both as texts ----


def make_text(
    name: str, a_line: Callable[[Chooser], str], unit: str, n_lines: int, seed: int = 0
) -> Text:
    """Draw so many lines, and what is held out of them with its floor."""
    choose = Chooser(seed)
    lines, nats = [], []
    for _ in range(n_lines):
        before = choose.nats
        lines.append(a_line(choose))
        nats.append(choose.nats - before)
    text = text_dataset(name, "\n".join(lines), unit)
    n_held_out = int((text.held_out == text.vocabulary.id_of["\n"]).sum())
    floor = math.exp(sum(nats[-n_held_out:]) / len(text.held_out))
    return replace(text, floor=floor)


def quotes() -> Text:
    """Brackets and quotes, in characters."""
    return make_text("quotes", line, "characters", 680)


def toy_english() -> Text:
    """Agreement over a distance, in words."""
    return make_text("grammar", lambda choose: " ".join(sentence(choose)), "words", 4800)


GENERATED.update({"quotes": quotes, "grammar": toy_english})
MADE.update(GENERATED)
