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
    return f"Epochs {stuck[0]} to {stuck[1]}: {share:.2f} right, as by always saying “{name}”."


def overfitting(history: Sequence[Epoch]) -> str:
    """The gap of a model that has all of train right, and since when the test loss rises; ""
    where there is none to speak of.
    """
    last, apart = history[-1], gap(history)
    if not (last.train_accuracy == 1 and apart >= GAP):
        return ""
    said = f"All of train right, {percent(last.test_accuracy)} of test: a gap of {100 * apart:.0f}"
    best = min(history, key=lambda record: record.test_loss)
    if last.test_loss - best.test_loss < JUMP:
        return f"{said} points."
    return (
        f"{said} points. The test loss was lowest, {compact(best.test_loss)}, at epoch "
        f"{best.epoch}; now it is {compact(last.test_loss)}: learned by heart."
    )


def jumps(history: Sequence[Epoch]) -> str:
    """How often the train loss rose, and its largest jump; "" where that is a small one."""
    pairs = list(pairwise(history))
    risen = [now.train_loss - before.train_loss for before, now in pairs]
    if not risen or (rise := max(risen)) < JUMP:
        return ""
    before, now = pairs[risen.index(rise)]
    count = sum(one > 0 for one in risen)
    return (
        f"The train loss rose in {count} of {len(risen)} epochs, at most from "
        f"{compact(before.train_loss)} to {compact(now.train_loss)} (epoch {now.epoch})."
    )


def so_far(run: TrainingRun) -> str:
    """What there is to tell of a run that goes on; else the question that one may ask."""
    found = [(epoch, split) for split in ("train", "test")
             if (epoch := first(run.history, split)) is not None]  # fmt: skip
    right = ", ".join(f"all of {split} at epoch {epoch}" for epoch, split in sorted(found))
    first_right = f"Right for the first time: {right}." if right else ""
    if apart := overfitting(run.history):
        return apart
    told = [text for text in (first_right, jumps(run.history), on_the_plateau(run)) if text]
    if told:
        return " ".join(told[:2])
    name, share = majority(run)
    return f"Does it stand still at {share:.2f} right for a while, as by always saying “{name}”?"


def ending(run: TrainingRun) -> str:
    """What came of a run that is over, and what went wrong in it."""
    last = run.history[-1]
    tested = not isnan(last.test_accuracy)
    wrong = jumps(run.history) or on_the_plateau(run)
    if run.stopped:
        said = f"It stopped at {run.stopped}; all up to there is kept."
        return f"{said} {wrong or 'Does a lower learning rate help, or clipping?'}"
    if run.converged is not None:
        train, test = (first(run.history, split) for split in ("train", "test"))
        said = (
            f"Every sentence right from epoch {run.converged} on, five epochs in a row; all of "
            f"train first at {train}, all of test at {test}."
        )
        return f"{said} {on_the_plateau(run)}".rstrip()
    if last.train_accuracy == 1:
        if not tested:
            return "All training sentences right; there is no test."
        return overfitting(run.history) or (
            f"All training sentences right, {percent(last.test_accuracy)} of the test: it has "
            "learned these sentences better than the rule."
        )
    right = f"{percent(last.train_accuracy)} of train"
    right += f" and {percent(last.test_accuracy)} of test are right" if tested else " are right"
    rest = wrong or "Does another learning rate do better?"
    return f"After {run.epoch} epochs {right}. {rest}"
