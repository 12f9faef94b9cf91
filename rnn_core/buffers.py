"""Buffers: the memory in which passes are computed, recorded once, lent to one run at a time.

It weighs a hundred times more than what is learned in it. So a dataset owns a pool of it, and runs
of one kind on this dataset take turns: a run brings its parameters, and takes them along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from rnn_core.cells import Array, Ints
from rnn_core.datasets import Dataset
from rnn_core.model import Model
from rnn_core.network import Params, backward, cross_entropy, forward, softmax
from rnn_core.parameters import aligned_zeros
from rnn_core.recording import Recording, mapped
from rnn_core.traces import Batch, Targets
from rnn_core.wirings import Split

MOST_WORDS = 8192
"""Words read side by side when a split is evaluated."""


class Asked:
    """A batch, what is asked of it, and the logits (S, C, B) that were given.

    arrays : all that it holds, each in one row. replay : the recording for its shape, once there
    is one, and places : where that wants the arrays.
    """

    logits: Array

    def __init__(self, batch: Batch, targets: Targets) -> None:
        self.batch, self.targets = batch, targets
        arrays: list[Array] = []
        mapped((batch, targets), np.ndarray, arrays.append)
        self.shapes = tuple(array.shape for array in arrays)
        self.arrays = [array.reshape(-1) for array in arrays]  # copied quickest
        self.replay: Callable[[], None] | None = None
        self.places: list[tuple[Array, Array]] = []

    @property
    def n_right(self) -> float:
        """How many of the answers asked for are right."""
        chosen = self.logits.argmax(axis=1)[:, None]
        return float(np.take_along_axis(self.targets.one_hot, chosen, axis=1).sum())


class Buffers:
    """The passes of one kind of model on one dataset, recorded for each shape of batch.

    model : whose numbers everything here works with. flat : the last step's gradient.
    """

    def __init__(self, model: Model, dataset: Dataset, truncate: int | None = None) -> None:
        self.model, self.dataset, self.truncate = model.copy(), dataset, truncate
        self.flat: Array = aligned_zeros(model.flat.shape, model.flat.dtype)
        self._recorded: dict[tuple[Any, ...], tuple[Recording, list[Array]]] = {}
        self._alone: dict[int, Asked] = {}
        self._in_turn: dict[bool, list[Asked]] = {}

    def step(self, split: Split, which: Ints) -> Asked:
        """Both passes of some sequences (B,): fill flat, and the logits of what was asked."""
        if len(which) == 1 and split is self.dataset.train:
            asked = self._alone.get(number := int(which[0]))
            if asked is None:
                asked = self._alone[number] = Asked(*split.batch(self.model, which, self.truncate))
        else:
            asked = Asked(*split.batch(self.model, which, self.truncate))
        self._run(self._both, asked)
        return asked

    def answers(self, split: Split) -> Iterator[Asked]:
        """The training or test sequences with their logits; the next may write over these."""
        is_train = split is self.dataset.train
        if is_train not in self._in_turn:
            at_once = max(MOST_WORDS // max(len(split.ids), 1), 1)
            shares = np.split(np.arange(len(split)), range(at_once, len(split), at_once))
            self._in_turn[is_train] = [
                Asked(*split.batch(self.model, which)) for which in shares if len(which)
            ]
        for asked in self._in_turn[is_train]:
            self._run(self._logits, asked)
            yield asked

    def _both(self, params: Params, batch: Batch, targets: Targets, flat: Array) -> Array:
        fwd = forward(self.model, params, batch, self.dataset.per_step)
        backward(self.model, params, fwd, targets, flat)
        return fwd.logits

    def _logits(self, params: Params, batch: Batch, targets: Targets, flat: Array) -> Array:
        return forward(self.model, params, batch, self.dataset.per_step).logits

    def _run(self, run: Callable[..., Array], asked: Asked) -> None:
        """Replay a pass on what is asked; a shape that is met for the first time is recorded."""
        if asked.replay is None:
            kind = run.__name__, asked.shapes
            if kind not in self._recorded:
                own = Asked(*mapped((asked.batch, asked.targets), np.ndarray, lambda a: a.copy()))
                recording = Recording(run, self.model.params, own.batch, own.targets, self.flat)
                self._recorded[kind] = recording, own.arrays
            recording, places = self._recorded[kind]
            asked.logits, asked.replay = recording.result, recording.replay
            asked.places = list(zip(places, asked.arrays, strict=True))
        for place, array in asked.places:
            place[...] = array
        asked.replay()


def evaluate(buffers: Buffers, split: Split) -> tuple[float, float]:
    """Mean loss in nats and share of right answers 0..1; nan for no sequences."""
    loss = right = n = 0.0
    for asked in buffers.answers(split):
        n_asked = float(asked.targets.one_hot.sum())
        loss += n_asked * cross_entropy(asked.logits, asked.targets)
        right += asked.n_right
        n += n_asked
    return (loss / n, right / n) if n else (float("nan"), float("nan"))


@contextmanager
def lend_buffers(model: Model, dataset: Dataset, truncate: int | None = None) -> Iterator[Buffers]:
    """Buffers whose model has this one's numbers; what becomes of them is taken along.

    Numbers may overflow there: whoever asks looks at the result.
    """
    kind = model.kind, truncate
    with dataset.buffers.lend(kind, lambda: Buffers(model, dataset, truncate)) as buffers:
        buffers.model.flat[:] = model.flat
        try:
            with np.errstate(over="ignore", invalid="ignore"):
                yield buffers
        finally:
            model.flat[:] = buffers.model.flat


def errors(model: Model, dataset: Dataset) -> Array:
    """(N,) 1 - p(right answer) of all training, then all test sequences: the mean over each one's
    answers; 0 for sure and right.
    """
    wrong: Array = outcomes(model, dataset)[0]
    return wrong


def outcomes(model: Model, dataset: Dataset) -> Array:
    """(2, N) the errors, and the share of each sequence's answers that is right."""
    found = [np.zeros((2, 0))]
    with lend_buffers(model, dataset) as buffers:
        for split in (dataset.train, dataset.test):
            for asked in buffers.answers(split):
                one_hot, chosen = asked.targets.one_hot, asked.logits.argmax(axis=1)[:, None]
                n_asked = one_hot.sum(axis=(0, 1))
                p_right = (softmax(asked.logits) * one_hot).sum(axis=(0, 1)) / n_asked
                right = np.take_along_axis(one_hot, chosen, axis=1).sum(axis=(0, 1)) / n_asked
                found.append(np.stack([1 - p_right, right]))
    return np.concatenate(found, axis=1)
