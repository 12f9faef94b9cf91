"""Buffers: the memory in which passes are computed, recorded once, lent to one run at a time.

It weighs a hundred times more than what is learned in it. So a dataset owns a pool of it, and runs
of one kind on this dataset take turns: a run brings its parameters, and takes them along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from rnn_core.cells import Array, Ints, Step
from rnn_core.datasets import Dataset
from rnn_core.model import Model
from rnn_core.network import Params, backward, cross_entropy, forward, softmax
from rnn_core.parameters import aligned_zeros
from rnn_core.recording import Recording, mapped
from rnn_core.traces import Batch, Targets
from rnn_core.wirings import Split

MOST_WORDS, USUAL_UNITS = 8192, 64
"""Words read side by side when a split is evaluated; fewer by larger networks."""


class Asked:
    """A batch, what is asked of it, and the logits (S, C, B) that were given.

    end : after a training step, the carry of each layer where reading ended; the next step may
    write over it.
    arrays : all that it holds, each in one row. replay : the recording for its shape, once there
    is one, places : where that wants the arrays, and result : what it returned.
    """

    logits: Array
    end: list[Step]

    def __init__(self, batch: Batch, targets: Targets) -> None:
        self.batch, self.targets = batch, targets
        arrays: list[Array] = []
        mapped((batch, targets), np.ndarray, arrays.append)
        self.shapes = tuple(array.shape for array in arrays)
        self.arrays = [array.reshape(-1) for array in arrays]  # copied quickest
        self.replay: Callable[[], None] | None = None
        self.places: list[tuple[Array, Array]] = []
        self.result: Any = None

    @property
    def n_bytes(self) -> int:
        """What its arrays take."""
        return sum(array.nbytes for array in self.arrays)

    @property
    def n_right(self) -> float:
        """How many of the answers asked for are right."""
        chosen = self.logits.argmax(axis=1)[:, None]
        return float(np.take_along_axis(self.targets.one_hot, chosen, axis=1).sum())


class Buffers:
    """The passes of one kind of model on one dataset, recorded for each shape of batch.

    model : whose numbers everything here works with. flat : the last step's gradient. n_bytes :
    about what it takes; it grows.
    """

    def __init__(self, model: Model, dataset: Dataset, truncate: int | None = None) -> None:
        self.model, self.dataset, self.truncate = model.copy(), dataset, truncate
        self.flat: Array = aligned_zeros(model.flat.shape, model.flat.dtype)
        self._recorded: dict[tuple[Any, ...], tuple[Recording, list[Array]]] = {}
        self._alone: dict[int, Asked] = {}
        self._in_turn: dict[bool, list[Asked]] = {}
        self.n_bytes = 2 * self.flat.nbytes

    def asked(self, split: Split, which: Ints) -> Asked:
        """Some sequences (B,) side by side; of a single one what was made before."""
        if len(which) > 1 or split is not self.dataset.train:
            return Asked(*split.batch(self.model, which, self.truncate))
        number = int(which[0])
        if number not in self._alone:
            self._alone[number] = Asked(*split.batch(self.model, which, self.truncate))
            self.n_bytes += self._alone[number].n_bytes
        return self._alone[number]

    def step(self, asked: Asked) -> None:
        """Both passes: fill flat, the logits of what was asked, and where reading ended."""
        self._run(self._both, asked)
        asked.logits, asked.end = asked.result

    def answers(self, split: Split) -> Iterator[Asked]:
        """The training or test sequences with their logits; the next may write over these."""
        is_train = split is self.dataset.train
        if is_train not in self._in_turn:
            words = MOST_WORDS * USUAL_UNITS // max(self.model.n_hidden, USUAL_UNITS)
            at_once = max(words // max(len(split.ids), 1), 1)
            shares = np.split(np.arange(len(split)), range(at_once, len(split), at_once))
            self._in_turn[is_train] = [
                Asked(*split.batch(self.model, which)) for which in shares if len(which)
            ]
            self.n_bytes += sum(asked.n_bytes for asked in self._in_turn[is_train])
        for asked in self._in_turn[is_train]:
            self._run(self._logits, asked)
            asked.logits = asked.result
            yield asked

    def _both(
        self, params: Params, batch: Batch, targets: Targets, flat: Array
    ) -> tuple[Array, list[Step]]:
        fwd = forward(self.model, params, batch, self.dataset.per_step)
        backward(self.model, params, fwd, targets, flat)
        return fwd.logits, fwd.end

    def _logits(self, params: Params, batch: Batch, targets: Targets, flat: Array) -> Array:
        return forward(self.model, params, batch, self.dataset.per_step).logits

    def _run(self, run: Callable[..., Any], asked: Asked) -> None:
        """Replay a pass on what is asked; a shape that is met for the first time is recorded."""
        if asked.replay is None:
            kind = run.__name__, asked.shapes
            if kind not in self._recorded:
                own = Asked(*mapped((asked.batch, asked.targets), np.ndarray, lambda a: a.copy()))
                recording = Recording(run, self.model.params, own.batch, own.targets, self.flat)
                self._recorded[kind] = recording, own.arrays
                self.n_bytes += recording.n_bytes + own.n_bytes
            recording, places = self._recorded[kind]
            asked.result, asked.replay = recording.result, recording.replay
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


def answered(model: Model, dataset: Dataset, split: Split) -> tuple[Array, Ints, Ints]:
    """Every answer that a part asks for, K in all: the probabilities (K, C), the right classes
    (K,), and the numbers of the sequences (K,).
    """
    found, first = [], 0
    with lend_buffers(model, dataset) as buffers:
        for asked in buffers.answers(split):
            one_hot = asked.targets.one_hot  # (S, C, B)
            step, number = np.nonzero(one_hot.any(axis=1))
            right = one_hot[step, :, number].argmax(axis=1)
            found.append((softmax(asked.logits)[step, :, number], right, number + first))
            first += one_hot.shape[2]
    p, right, number = map(np.concatenate, zip(*found, strict=True))
    return p, right, number
