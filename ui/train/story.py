"""What happened in a run, in words: while it goes, and when it is over.

Every sentence is computed from the run's history; without anything to tell, it is a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import isnan

import numpy as np

from rnn_core import Epoch, TrainingRun
from ui.kit.numbers import compact, percent
from ui.sequence.answers import sign

SHORTEST_PLATEAU = 3
JUMP = 0.1
"""A train loss that rises by so many nats in one epoch is told."""


def majority(run: TrainingRun) -> tuple[str, float]:
    """The most frequent answer in training, and its share."""
    asked = run.dataset.train.answers
    counts = np.bincount(asked[asked >= 0], minlength=1)
    return sign(run.dataset.classes[counts.argmax()]), float(counts.max() / counts.sum())


def plateau(history: Sequence[Epoch], share: float) -> tuple[int, int] | None:
    """The longest stretch of epochs in which accuracy is just the majority's share, or None."""
    best, began = (0, -1), None
    for record in history[1:]:
        stuck = abs(record.train_accuracy - share) < 1e-9
        began = (record.epoch if began is None else began) if stuck else None
        if began is not None and record.epoch - began > best[1] - best[0]:
            best = began, record.epoch
    return best if best[1] - best[0] + 1 >= SHORTEST_PLATEAU else None


def first(history: Sequence[Epoch], split: str) -> int | None:
    """The first epoch at which all of "train" or "test" is right."""
    return next((r.epoch for r in history if getattr(r, f"{split}_accuracy") == 1.0), None)


def on_the_plateau(run: TrainingRun) -> str:
    """What its longest plateau was; "" without one."""
    name, share = majority(run)
    if not (stuck := plateau(run.history, share)):
        return ""
    return f"Epochs {stuck[0]} to {stuck[1]}: {share:.2f} right, as by “{name}” to all."


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
    told = [f"Right for the first time: {right}."] if right else []
    told += [text for text in (jumps(run.history), on_the_plateau(run)) if text]
    if told:
        return " ".join(told[:2])
    name, share = majority(run)
    return f"Does it stand still at {share:.2f} right for a while, as who says “{name}” to all?"


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
        return (
            f"All training sentences right, {percent(last.test_accuracy)} of the test: it has "
            "learned these sentences better than the rule."
        )
    right = f"{percent(last.train_accuracy)} of train"
    right += f" and {percent(last.test_accuracy)} of test are right" if tested else " are right"
    rest = wrong or "Does another learning rate do better?"
    return f"After {run.epoch} epochs {right}. {rest}"
