"""What happened in a run, in words: the moments worth seeing, and one sentence when it is over.

Every sentence is computed from the run's history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import isnan

from rnn_core import Epoch, TrainingRun
from ui.kit.numbers import percent

SHORTEST_PLATEAU = 3


def majority(run: TrainingRun) -> tuple[str, float]:
    """The most frequent answer of the training sentences, and its share."""
    name, count = Counter(run.dataset.train.labels).most_common(1)[0]
    return name, count / len(run.dataset.train)


def plateau(history: Sequence[Epoch], share: float) -> tuple[int, int] | None:
    """The longest stretch of epochs in which accuracy is just the majority's share, or None."""
    best, began = (0, -1), None
    for record in history[1:]:
        stuck = abs(record.train_accuracy - share) < 1e-9
        began = (record.epoch if began is None else began) if stuck else None
        if began is not None and record.epoch - began > best[1] - best[0]:
            best = began, record.epoch
    return best if best[1] - best[0] + 1 >= SHORTEST_PLATEAU else None


def first(history: Sequence[Epoch], name: str) -> int | None:
    """The first epoch at which an accuracy is 100 %."""
    return next((record.epoch for record in history if getattr(record, name) == 1.0), None)


def moments(run: TrainingRun) -> list[tuple[float, str]]:
    """(epoch, what to see there), in the order of the epochs."""
    name, share = majority(run)
    found: list[tuple[float, str]] = []
    if stuck := plateau(run.history, share):
        found.append((stuck[0], f"plateau: as right as “{name}” to all"))
    for split in ("train", "test"):
        if (epoch := first(run.history, f"{split}_accuracy")) is not None:
            found.append((epoch, f"all of {split} right for the first time: {epoch}"))
    if run.stopped:
        found.append((run.epoch, "no longer a number"))
    return sorted(found)


def on_the_plateau(run: TrainingRun) -> str:
    """What its longest plateau was, in one sentence that begins in the middle; "" without one."""
    name, share = majority(run)
    if not (stuck := plateau(run.history, share)):
        return ""
    return (
        f"from epoch {stuck[0]} to {stuck[1]} {share:.2f} of train were right, as many as by "
        f"saying “{name}” to all"
    )


def ending(run: TrainingRun) -> str:
    """One sentence when a run is over, and one about its plateau."""
    stuck, last = on_the_plateau(run), run.history[-1]
    pause = f" {stuck[0].upper()}{stuck[1:]}." if stuck else ""
    if run.stopped:
        return (
            f"It stopped at {run.stopped}. Everything up to there is kept. "
            "A lower learning rate or clipping helps."
        )
    if run.converged is not None:
        return (
            f"Every sentence right in five epochs in a row, from epoch {run.converged} on; for the "
            f"first time all of train at {first(run.history, 'train_accuracy')}, all of test at "
            f"{first(run.history, 'test_accuracy')}.{pause}"
        )
    if last.train_accuracy == 1:
        if isnan(last.test_accuracy):
            return f"All training sentences right; there is no test.{pause}"
        return (
            f"All training sentences right, {percent(last.test_accuracy)} of the test: it has "
            f"learned these sentences better than the rule.{pause}"
        )
    tested = "" if isnan(last.test_accuracy) else f" and {percent(last.test_accuracy)} of test"
    return (
        f"After {run.epoch} epochs {percent(last.train_accuracy)} of train{tested} are right."
        f"{pause} Does another learning rate do better?"
    )
