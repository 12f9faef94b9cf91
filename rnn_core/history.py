"""History: what a run leaves behind, a score for each epoch and whole models along the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.cells import Array
from rnn_core.model import Model

MAX_SNAPSHOTS, MAX_BYTES = 64, 64 * 2**20
"""Of one run's models along the way; three are kept however large they are."""
SHORTEST_PLATEAU = 3


@dataclass(frozen=True)
class Epoch:
    """What one model scored after this many epochs; losses in nats, accuracies 0..1.

    gradient_norm : mean length before clipping over the epoch's steps. clipped : share of the
    steps in which something was cut.
    """

    epoch: int
    train_loss: float
    train_accuracy: float
    test_loss: float
    test_accuracy: float
    gradient_norm: float
    clipped: float

    @property
    def perfect(self) -> bool:
        """Every training and every test sentence right."""
        return self.train_accuracy == self.test_accuracy == 1.0


def converged(history: Sequence[Epoch]) -> int | None:
    """The first of five epochs in a row with every sentence right; None if there is none."""
    streak = 0
    for record in history:
        streak = streak + 1 if record.perfect else 0
        if streak == 5:
            return record.epoch - 4
    return None


def gap(history: Sequence[Epoch]) -> float:
    """How much better the last model is on train than on test, in accuracy; nan without a test."""
    return history[-1].train_accuracy - history[-1].test_accuracy


def plateau(history: Sequence[Epoch], share: float) -> tuple[int, int] | None:
    """The longest stretch of epochs in which the training accuracy is just this share; None if
    there are none of SHORTEST_PLATEAU. share : that of the most frequent answer.
    """
    best, began = (0, -1), None
    for record in history[1:]:
        stuck = abs(record.train_accuracy - share) < 1e-9
        began = (record.epoch if began is None else began) if stuck else None
        if began is not None and record.epoch - began > best[1] - best[0]:
            best = began, record.epoch
    return best if best[1] - best[0] + 1 >= SHORTEST_PLATEAU else None


@dataclass(frozen=True)
class Snapshot:
    """A whole model, as it was after this many epochs; only its numbers are kept.

    flat : its parameters. kind : any model of the same kind.
    """

    epoch: int
    flat: Array
    kind: Model

    @property
    def model(self) -> Model:
        """The model, made anew."""
        model = self.kind.copy()
        model.flat[:] = self.flat
        return model


def keep(snapshots: list[Snapshot], newest: Snapshot) -> None:
    """Add a snapshot; beyond MAX_SNAPSHOTS or MAX_BYTES drop the inner one that is least missed.

    That is the one whose neighbours are nearest to each other on a log scale of epochs, so
    that the rest stays dense where a run is young. The first and the last always stay.
    """
    kept = [*snapshots, newest]
    if len(kept) > max(min(MAX_SNAPSHOTS, MAX_BYTES // newest.flat.nbytes), 3):
        log = np.log1p([snapshot.epoch for snapshot in kept])
        del kept[int(np.argmin(log[2:] - log[:-2])) + 1]
    snapshots[:] = kept  # at once: another thread may be making room
