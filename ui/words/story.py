"""What happened in a run, in words: the moments worth seeing, and one sentence when it is over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import isnan

from rnn_core import Epoch, TrainingRun

SHORTEST_PLATEAU = 3


def majority(run: TrainingRun) -> tuple[str, float]:
    """The most frequent answer of the training sentences, and its share."""
    name, count = Counter(run.dataset.train.labels).most_common(1)[0]
    return name, count / len(run.dataset.train)


def plateau(history: Sequence[Epoch], share: float) -> tuple[int, int] | None:
    """The longest stretch of epochs in which accuracy is just the majority's share, or None."""
    best: tuple[int, int] | None = None
    began: int | None = None
    for record in [*history[1:], None]:
        stuck = record is not None and abs(record.train_accuracy - share) < 1e-9
        if stuck and began is None:
            began = record.epoch
        if not stuck and began is not None:
            ended = history[-1].epoch if record is None else record.epoch - 1
            if best is None or ended - began > best[1] - best[0]:
                best = began, ended
            began = None
    return best if best and best[1] - best[0] + 1 >= SHORTEST_PLATEAU else None


def first(history: Sequence[Epoch], name: str) -> int | None:
    """The first epoch at which an accuracy is 100 %."""
    return next((record.epoch for record in history if getattr(record, name) == 1.0), None)


def moments(run: TrainingRun) -> list[tuple[float, str]]:
    """(epoch, what to see there), in the order of the epochs."""
    name, share = majority(run)
    found: list[tuple[float, str]] = []
    if stuck := plateau(run.history, share):
        found.append((stuck[0], f"plateau: always “{name}”"))
    if (epoch := first(run.history, "train_accuracy")) is not None:
        found.append((epoch, f"all of train right: {epoch}"))
    if (epoch := first(run.history, "test_accuracy")) is not None:
        found.append((epoch, f"all of test right: {epoch}"))
    if run.stopped:
        found.append((run.epoch, "no longer a number"))
    return sorted(found)


def ending(run: TrainingRun) -> str:
    """One sentence when a run is over."""
    name, share = majority(run)
    stuck = plateau(run.history, share)
    pause = f" The plateau at {share:.2f} was “always {name}”." if stuck else ""
    last = run.history[-1]
    if run.stopped:
        return (
            f"It stopped at {run.stopped}. Everything up to there is kept. "
            "A lower learning rate or clipping helps."
        )
    if run.converged is not None:
        return f"Every sentence right after {run.converged} epochs, train and test.{pause}"
    if last.train_accuracy == 1:
        if isnan(last.test_accuracy):
            return f"All training sentences right; there is no test.{pause}"
        return (
            f"All training sentences right, {last.test_accuracy:.0%} of the test: it has learned "
            f"these sentences by heart rather than the rule.{pause}"
        )
    tested = "" if isnan(last.test_accuracy) else f" and {last.test_accuracy:.0%} of test"
    return (
        f"After {run.epoch} epochs {last.train_accuracy:.0%} of train{tested} are right.{pause} "
        "Another learning rate may do better."
    )
