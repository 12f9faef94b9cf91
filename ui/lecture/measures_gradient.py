"""Measures of the way back: how far the gradient reaches, which word counts, and what is wrong."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import Literal

import numpy as np

from rnn_core import TrainingRun, check_gradients
from rnn_core.experiments import analysis
from rnn_core.experiments.bugs import BUGS, mystery
from rnn_core.experiments.paired_runs import WRITE_UP
from ui.lecture import text
from ui.lecture.look import Look
from ui.lecture.registry import measure
from ui.sequence import models

WRONG = 1e-2
"""A relative error above this is no rounding."""


@measure
def arrives(look: Look, epoch: int = -1) -> float:
    """Which share of the last loss's gradient is left at the first word, 0..1; above 1 it grew.

    epoch : of the same training; -1 for that of the page.
    """
    model = look.model if epoch < 0 else look.chosen.at_epoch(epoch).model
    ids = look.reading.encoding.ids
    each = analysis.itemised(model, model.forward(ids), look.wanted)
    lengths = np.linalg.norm(each[-1], axis=1)
    if not lengths[-1] > 0:
        raise ValueError(text.NO_LOSS)
    return float(lengths[0] / lengths[-1])


@measure
def arrives_more(look: Look, than: int) -> float:
    """How many times the share is that arrived at an earlier epoch. than : that epoch."""
    return arrives(look) / arrives(look, than)


@measure
def saturated(look: Look, word: int = -1) -> float:
    """The share of units with |h| > 0.99 after a word."""
    return float(analysis.saturation(look.fwd)[look.place(word)])


@measure
def strongest_word(look: Look, way: Literal["gradient", "leave one out"]) -> float:
    """The word that counts most for the answer wanted, as its number.

    way : by gradient times input, or by the loss without the word.
    """
    if len(look.reading.words) < 2:
        raise ValueError(text.ONE_WORD)
    each = (
        analysis.gradient_times_input(look.bwd) if way == "gradient"
        else analysis.leave_one_out(look.model, look.fwd, look.wanted)
    )  # fmt: skip
    return int(np.abs(each).argmax()) + 1


@measure
def turned(look: Look, clip: Literal["value", "norm"], at: float) -> float:
    """By how many degrees clipping turns the gradient of the sentence, to a hundredth."""
    settings = replace(look.chosen.run.hyperparameters, clip=clip, clip_at=at)
    update = analysis.one_update(look.model, look.bwd, look.wanted, settings)
    return round(update.degrees, 2)


@measure
def wrong_gradients(look: Look) -> float:
    """How many parameters have a wrong gradient on the sentence, with the bug that is planted."""
    planted = str(look.setting("bug"))
    bug = mystery(int(look.setting("mystery"))) if planted == "mystery" else BUGS[planted]
    ids = look.reading.encoding.ids
    errors = check_gradients(bug.plant(look.model), ids, look.wanted)
    return sum(error > WRONG for error in errors.values())


@measure
def race(
    look: Look, transpose: bool, seed: int = 0, at_most: int = 750
) -> Generator[float, None, float]:
    """Epochs until every sentence is right, with the write-up's recipe of the page's race.

    transpose : whether its backward pass has it. at_most : the answer, too, where it takes longer.
    """
    cell = None if transpose else BUGS["transpose"].plants()
    data = models.dataset(models.USUAL_DATA)
    run = TrainingRun(data, replace(WRITE_UP, seed=seed), cell)
    while run.epoch < at_most and run.converged is None and run.stopped is None:
        run.advance(epochs=5)
        yield run.epoch / at_most
    return at_most if run.converged is None else run.converged
