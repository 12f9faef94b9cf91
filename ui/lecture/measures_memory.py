"""Measures of the laboratory: which networks learn, what arrives at the first word, the cliff.

Networks and trials are those of the page's own experiment, which is made to its end.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import Any

from rnn_core.experiments import loss_cliff
from rnn_core.experiments.gradient_flow import Lesson, profile
from ui.kit import jobs
from ui.lecture import text
from ui.lecture.look import Look, NotYet
from ui.lecture.page_work import finished
from ui.lecture.registry import measure

TRIALS = "trials"
"""Under this key the page keeps its experiment."""


@measure
def seeds_that_learn(look: Look, variant: int = 1) -> Generator[float, None, float]:
    """How many seeds of a network learn. variant : which of those that are compared, from 1."""
    here = yield from _tried()
    return _learned(here, variant)


@measure
def variants_that_learn(look: Look) -> Generator[float, None, float]:
    """How many of the networks that are compared learn from every seed."""
    here = yield from _tried()
    n = len(here.setup.variants)
    return sum(_learned(here, i) == here.setup.seeds for i in range(1, n + 1))


@measure
def reaches(look: Look, length: int = 0, variant: int = 1) -> float:
    """Which share of the gradient reaches the first word of an untrained network.

    length : of the sequences; 0 for that of the page.
    """
    if (here := jobs.work(TRIALS)) is None:
        raise NotYet
    one = _variant(here, variant)
    lesson = Lesson(one.task, length or one.length)
    settings = replace(one.settings, dtype="float64")
    lengths = profile(lesson, lesson.start(settings), settings.truncate).lengths
    return float(lengths[0] / lengths[-1])


@measure
def cliff_gradient(look: Look, w_xh: float, w_hh: float) -> float:
    """The longest gradient that a walk without clipping meets, from a start on the cliff's map."""
    return float(loss_cliff.descend((w_xh, w_hh), look.setting("cliff_lr")).lengths.max())


def _tried() -> Generator[float, None, Any]:
    """The page's experiment with all its trials; the page draws them as they come."""
    jobs.start(TRIALS)
    return (yield from finished(TRIALS))


def _learned(here: Any, variant: int) -> int:
    _variant(here, variant)
    return sum(end.learned is not None for end in here.ends(variant - 1))


def _variant(here: Any, variant: int) -> Any:
    """One of the networks that are compared. Raises ValueError where there is none."""
    if not 1 <= variant <= (n := len(here.setup.variants)):
        said = text.NO_NETWORK["one" if n == 1 else "many"]
        raise ValueError(said.format(i=variant, n=n))
    return here.setup.variants[variant - 1][1]
