"""What happened in a run, in words: while it goes, and when it is over.

Every sentence is computed from the run's history; without anything to tell, it is a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import isnan

from rnn_core import Epoch, TrainingRun
from rnn_core.history import gap, plateau
from ui.kit.numbers import compact, percent
from ui.sequence.answers import sign
from ui.train import text
from ui.train.curves import GAP

JUMP = 0.1
"""A train loss that rises by so many nats in one epoch is told; so is a test loss that has risen
by as much since its lowest.
"""


def majority(run: TrainingRun) -> tuple[str, float]:
    """The most frequent answer in training, as it is written, and its share."""
    name, share = run.dataset.majority
    return sign(name), share


def first(history: Sequence[Epoch], split: str) -> int | None:
    """The first epoch at which all of "train" or "test" is right."""
    return next((r.epoch for r in history if getattr(r, f"{split}_accuracy") == 1.0), None)


def on_the_plateau(run: TrainingRun) -> str:
    """What its longest plateau was; "" without one."""
    name, share = majority(run)
    if not (stuck := plateau(run.history, share)):
        return ""
    return text.PLATEAU.format(first=stuck[0], last=stuck[1], share=share, answer=name)


def overfitting(history: Sequence[Epoch]) -> str:
    """The gap of a model that has all of train right, and since when the test loss rises; ""
    where there is none to speak of.
    """
    last, apart = history[-1], gap(history)
    if not (last.train_accuracy == 1 and apart >= GAP):
        return ""
    best = min(history, key=lambda record: record.test_loss)
    said = text.GAP if last.test_loss - best.test_loss < JUMP else text.GAP_RISEN
    return said.format(
        test=percent(last.test_accuracy), points=100 * apart, lowest=compact(best.test_loss),
        epoch=best.epoch, now=compact(last.test_loss),
    )  # fmt: skip


def jumps(history: Sequence[Epoch]) -> str:
    """How often the train loss rose, and its largest jump; "" where that is a small one."""
    pairs = list(pairwise(history))
    risen = [now.train_loss - before.train_loss for before, now in pairs]
    if not risen or (rise := max(risen)) < JUMP:
        return ""
    before, now = pairs[risen.index(rise)]
    count = sum(one > 0 for one in risen)
    return text.JUMPS.format(
        n=count, all=len(risen), before=compact(before.train_loss), after=compact(now.train_loss),
        epoch=now.epoch,
    )  # fmt: skip


def so_far(run: TrainingRun) -> str:
    """What there is to tell of a run that goes on; else the question that one may ask."""
    found = [(epoch, split) for split in ("train", "test")
             if (epoch := first(run.history, split)) is not None]  # fmt: skip
    right = ", ".join(text.ALL_OF.format(split=text.SPLITS[split], epoch=epoch)
                      for epoch, split in sorted(found))  # fmt: skip
    first_right = text.FIRST_RIGHT.format(which=right) if right else ""
    if apart := overfitting(run.history):
        return apart
    told = [one for one in (first_right, jumps(run.history), on_the_plateau(run)) if one]
    if told:
        return " ".join(told[:2])
    name, share = majority(run)
    return text.STANDS_STILL.format(share=share, name=name)


def ending(run: TrainingRun) -> str:
    """What came of a run that is over, and what went wrong in it."""
    last = run.history[-1]
    tested = not isnan(last.test_accuracy)
    wrong = jumps(run.history) or on_the_plateau(run)
    if run.stopped:
        return f"{text.STOPPED.format(why=run.stopped)} {wrong or text.STOPPED_ASKS}"
    if run.converged is not None:
        train, test = (first(run.history, split) for split in ("train", "test"))
        said = text.LEARNED.format(epoch=run.converged, train=train, test=test)
        return f"{said} {on_the_plateau(run)}".rstrip()
    if last.train_accuracy == 1:
        if not tested:
            return text.NO_TEST
        test = percent(last.test_accuracy)
        return overfitting(run.history) or text.BETTER_THAN_THE_RULE.format(test=test)
    right = text.AFTER["test" if tested else "train"].format(
        n=run.epoch, train=percent(last.train_accuracy), test=percent(last.test_accuracy)
    )
    return f"{right} {wrong or text.AFTER_ASKS}"
