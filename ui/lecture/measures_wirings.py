"""Measures of other wirings: an answer at each step, both directions, a text, a translation."""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import replace

import numpy as np

from rnn_core import start_run
from rnn_core.decoding import symbol_errors
from rnn_core.experiments.units import Teller, tellers
from ui.lecture import text
from ui.lecture.look import Look
from ui.lecture.page_work import finished
from ui.lecture.registry import measure
from ui.sequence import models
from ui.sequence.architecture import Architecture


@measure
def more_parameters(look: Look, data: str, than: str) -> float:
    """How many numbers more a network learns on one of the data sets than on another."""
    one, other = (
        start_run(models.dataset(name), models.recommended(name)) for name in (data, than)
    )
    return one.model.flat.size - other.model.flat.size


@measure
def by_direction(look: Look, both: bool) -> Generator[float, None, float]:
    """The share of the test that is right, read in both directions or in one."""
    name, now = models.data().name, Architecture.chosen()
    wanted = replace(now, both=both)
    hp = models.recommended(name, int(look.setting("units")), wanted)
    work = models.training(name, replace(hp, seed=look.setting("seed")))
    while not work.done:
        work.advance(0.1)
        yield work.share
    return work.run.history[-1].test_accuracy


@measure
def counting_unit(look: Look) -> float:
    """The unit that follows the right answers of the test most closely, where they are numbers."""
    return _counter(look).unit


@measure
def counting(look: Look) -> float:
    """How closely it does: the size of the correlation, 0..1."""
    return abs(_counter(look).r)


def _counter(look: Look) -> Teller:
    split, classes = look.chosen.run.dataset.test, look.model.classes
    if split.answers.ndim < 2 or not all(name.isdigit() for name in classes):
        raise ValueError(text.NO_NUMBERS)
    read = look.model.read(split.batch(look.model, np.arange(len(split)))[0])
    asked = split.answers >= 0  # (T, N)
    h = np.moveaxis(read.signals["h"], 1, 2)[asked]
    return tellers(h, np.array([float(name) for name in classes])[split.answers[asked]])[0]


@measure
def perplexity(look: Look, epoch: int = -1) -> Generator[float, None, float]:
    """Of the text that is held out, after an epoch of the page's training; -1 for the last."""
    work = yield from finished("writer")
    record = min(work.run.history, key=lambda one: abs(one.epoch - epoch)) if epoch >= 0 else None
    return math.exp((record or work.run.history[-1]).test_loss)


@measure
def symbols(look: Look) -> Generator[float, None, float]:
    """How many different symbols the page's text has."""
    work = yield from finished("writer")
    return len(work.run.dataset.classes)


@measure
def wrong_symbols(look: Look, forced: bool) -> Generator[float, None, float]:
    """The share of symbols that are wrong in all unseen answers, forced or running free."""
    work = yield from finished("translator")
    return symbol_errors(work.run.model, work.run.dataset.test)[not forced]


@measure
def free_to_forced(look: Look) -> Generator[float, None, float]:
    """How many times as many are wrong running free as when forced."""
    forced = yield from wrong_symbols(look, True)
    if not forced:
        raise ValueError(text.NOTHING_WRONG)
    return (yield from wrong_symbols(look, False)) / forced
