"""Phrases: a small English and a small Spanish with another order of words; the rule between them.

    the red house sees a small cat        la casa roja ve un gato pequeño

A noun phrase is an article, perhaps an adjective, and a noun; in Spanish the adjective comes after
the noun, and article and ending agree with it. A clause is a noun phrase with a verb, and another
one where the verb needs it; two clauses may be joined. It must not know networks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnn_core.experiments.numbers import known_words

NOUNS = {"dog": "perro", "cat": "gato", "book": "libro", "tree": "árbol", "car": "coche",
         "house": "casa", "table": "mesa", "girl": "niña", "moon": "luna",
         "flower": "flor"}  # fmt: skip
FEMININE = ("house", "table", "girl", "moon", "flower")
ADJECTIVES = {"red": "roj", "white": "blanc", "small": "pequeñ", "new": "nuev", "dirty": "suci",
              "pretty": "bonit"}  # fmt: skip
ARTICLES = {"the": ("el", "la"), "a": ("un", "una"), "this": ("este", "esta")}
TAKES_OBJECT = {"sees": "ve", "wants": "quiere", "finds": "encuentra", "paints": "pinta"}
ALONE = {"sleeps": "duerme", "falls": "cae", "sings": "canta"}
VERBS = TAKES_OBJECT | ALONE
ENGLISH = tuple(sorted((*NOUNS, *ADJECTIVES, *ARTICLES, *VERBS, "and")))
SPANISH = tuple(sorted((
    *NOUNS.values(), *VERBS.values(), *(word for both in ARTICLES.values() for word in both),
    *(stem + ending for stem in ADJECTIVES.values() for ending in "oa"), "y",
)))  # fmt: skip
P_ADJECTIVE, P_ALONE, P_SECOND = 0.6, 0.3, 0.25
LONGEST = 7
"""Words in training."""
WANTED = "a sentence such as: the red house sees a small cat"
HELD_OUT = frozenset(zip(NOUNS, [*ADJECTIVES, *ADJECTIVES][2:12], strict=True))
"""For each noun one adjective that it never meets in training."""


@dataclass(frozen=True)
class NounPhrase:
    """An article, perhaps an adjective, and a noun, in English."""

    article: str
    adjective: str | None
    noun: str

    @property
    def held_out(self) -> bool:
        """Whether these two never meet in training."""
        return (self.noun, self.adjective) in HELD_OUT

    @property
    def spanish(self) -> list[str]:
        """In the other order, agreeing."""
        gender = self.noun in FEMININE
        words = [ARTICLES[self.article][gender], NOUNS[self.noun]]
        return words + ([ADJECTIVES[self.adjective] + "oa"[gender]] if self.adjective else [])

    @property
    def english(self) -> list[str]:
        """As it is read."""
        return [word for word in (self.article, self.adjective, self.noun) if word]


def draw(rng: np.random.Generator, held_out: bool, shortest: int, longest: int) -> list[str]:
    """A sentence of so many words; of its adjectives all, or none, are held out with their noun."""
    while True:
        words = _clause(rng, held_out)
        if rng.random() < P_SECOND or (len(words) < shortest and longest > LONGEST):
            words += ["and", *_clause(rng, held_out)]
        if shortest <= len(words) <= longest:
            return words


def _clause(rng: np.random.Generator, held_out: bool) -> list[str]:
    subject = _noun_phrase(rng, held_out)
    if rng.random() < P_ALONE:
        return [*subject, _one_of(rng, ALONE)]
    return [*subject, _one_of(rng, TAKES_OBJECT), *_noun_phrase(rng, held_out)]


def _noun_phrase(rng: np.random.Generator, held_out: bool) -> list[str]:
    while True:
        adjective = _one_of(rng, ADJECTIVES) if rng.random() < P_ADJECTIVE else None
        drawn = NounPhrase(_one_of(rng, ARTICLES), adjective, _one_of(rng, NOUNS))
        if drawn.held_out == held_out:
            return drawn.english


def _one_of(rng: np.random.Generator, words: dict[str, str] | dict[str, tuple[str, str]]) -> str:
    return list(words)[rng.integers(len(words))]


def read(text: str) -> list[str]:
    """An own sentence as the words that a network reads; ValueError names unknown words."""
    return known_words(text.lower().replace(".", " ").split(), ENGLISH, WANTED)


def right(words: list[str]) -> list[str] | None:
    """The Spanish sentence; None for what the grammar does not make, such as "the the red"."""
    translated: list[str] = []
    left = list(words)
    while left:
        clause = _translated_clause(left)
        if clause is None:
            return None
        translated += clause
        if left and (left.pop(0) != "and" or not left):
            return None
        translated += ["y"] if left else []
    return translated or None


def _translated_clause(left: list[str]) -> list[str] | None:
    """Take one clause off the front of what is left; None where there is none."""
    subject = _taken(left)
    if subject is None or not left or (verb := left.pop(0)) not in VERBS:
        return None
    if verb in ALONE:
        return [*subject.spanish, ALONE[verb]]
    target = _taken(left)
    return None if target is None else [*subject.spanish, TAKES_OBJECT[verb], *target.spanish]


def _taken(left: list[str]) -> NounPhrase | None:
    """Take a noun phrase off the front of what is left; None where there is none."""
    article = left.pop(0) if left and left[0] in ARTICLES else None
    adjective = left.pop(0) if left and left[0] in ADJECTIVES else None
    noun = left.pop(0) if left and left[0] in NOUNS else None
    return NounPhrase(article, adjective, noun) if article and noun else None
