"""One's own score: what was guessed at each stop, and what it was. It is kept for this visit, and
sent nowhere. Only the first answer to a question counts.
"""

from __future__ import annotations

from dataclasses import dataclass

from ui.kit import settings
from ui.lecture import library
from ui.lecture.stops import Choices, Number, Question

KEY, FIRST = "lecture answers", "lecture first answers"
"""Under these keys: what is shown of each stop, and what counts of it."""


@dataclass(frozen=True)
class Outcome:
    """A question with its answer seen.

    numbers : {"value": what it was, and what else the sentence names}. guess : the choice by its
    place, or the number; None where it was skipped. words : what was read, as a word's number
    counts them. why : why nothing could be measured, or "".
    """

    numbers: dict[str, float]
    guess: float | None = None
    words: tuple[str, ...] = ()
    why: str = ""

    @property
    def value(self) -> float:
        """What was measured."""
        return self.numbers["value"]


def right(question: Question, outcome: Outcome) -> bool | None:
    """Whether the guess was right; None where there was none, or nothing to hold it to."""
    if outcome.guess is None or outcome.why:
        return None
    if isinstance(question.answer, Choices):
        return question.answer.when[int(outcome.guess)].holds(outcome.value)
    within = question.answer.within if isinstance(question.answer, Number) else 0.0
    return abs(outcome.guess - outcome.value) <= within + 1e-12


def _kept(key: str) -> dict[tuple[int, str], Outcome]:
    kept: dict[tuple[int, str], Outcome] = settings.kept().setdefault(key, {})
    return kept


def seen(stop: str) -> Outcome | None:
    """What is shown at a stop, None while its question is open."""
    return _kept(KEY).get((hash(library.content()), stop))


def first(stop: str) -> Outcome | None:
    """The first guess at a stop, which counts."""
    return _kept(FIRST).get((hash(library.content()), stop))


def see(stop: str, outcome: Outcome) -> None:
    """Show an answer; the first guess counts."""
    place = hash(library.content()), stop
    _kept(KEY)[place] = outcome
    if outcome.guess is not None and not outcome.why:
        _kept(FIRST).setdefault(place, outcome)


def ask_again(stop: str) -> None:
    """A callback: open the question again; what was answered first still counts."""
    _kept(KEY).pop((hash(library.content()), stop), None)


def tally() -> tuple[int, int]:
    """How many questions of this lecture were answered right, and how many were answered."""
    said = [right(stop.question, outcome) for stop in library.lecture().stops
            if stop.question and (outcome := first(stop.key))]  # fmt: skip
    return said.count(True), len(said)
