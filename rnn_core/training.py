"""Training: a run that can be stopped anywhere, and what it leaves behind.

A run advances by whole steps: one batch forward, back, clipped, moved. It must not know a screen,
nor a clock other than the budget it is given. Same data and settings, same run, bit for bit,
however it was sliced.
"""

from __future__ import annotations

import math
import time
from contextlib import AbstractContextManager
from dataclasses import replace

import numpy as np

from rnn_core.buffers import Asked, Buffers, evaluate, lend_buffers
from rnn_core.cells import CELLS, Cell, Ints
from rnn_core.datasets import Dataset
from rnn_core.history import Epoch, Snapshot, converged, keep
from rnn_core.hyperparameters import Hyperparameters
from rnn_core.model import Model
from rnn_core.optimizers import OPTIMIZERS, clip, norm
from rnn_core.parameters import INITIALIZERS

PATIENCE = 4
"""So many times its length a slice may last by the clock."""


class Budget:
    """So many seconds that the processor works for this thread; None: no end.

    Where many share a machine most of a slice is waiting, which is not the slice's doing. But
    no slice takes more than PATIENCE times as long by the clock.
    """

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self._began, self._worked = time.perf_counter(), time.thread_time()

    @property
    def spent(self) -> bool:
        """Whether it is over: the clock is asked first, it costs a fifth of the other."""
        if self.seconds is None or (passed := time.perf_counter() - self._began) < self.seconds:
            return False
        worked = time.thread_time() - self._worked
        return worked >= self.seconds or passed >= PATIENCE * self.seconds


class Trainer:
    """The one training step of the product: a batch forward, back, clipped, moved.

    hyperparameters : lr, clip and clip_at may change on the way.
    """

    def __init__(self, model: Model, hyperparameters: Hyperparameters) -> None:
        self.hyperparameters = hyperparameters
        self._optimizer = OPTIMIZERS[hyperparameters.optimizer]
        self._state = self._optimizer.start(model.flat)

    def step(self, buffers: Buffers, asked: Asked) -> tuple[float, bool]:
        """One update of the buffers' model, all of it or none; returns |gradient| before clipping
        (nan or inf: there was no update), and whether it was clipped.
        """
        hp, flat = self.hyperparameters, buffers.flat
        buffers.step(asked)
        length = norm(flat)
        if not math.isfinite(length):
            return length, False
        clipped = clip(flat, hp.clip, hp.clip_at, length)
        self._optimizer.update(buffers.model.flat, flat, self._state, hp.lr)
        return length, clipped


class TrainingRun:
    """One training, from its first random number to wherever it is now.

    Parameters
    ----------
    dataset, hyperparameters : what is learned, and how.
    cell : another cell than the settings name, for experiments.
    trained, epoch : a model of these settings that was trained before, to go on from, and how far
        it has come.

    Attributes
    ----------
    model : the network as it is now.
    steps, epoch : updates made, and whole passes over the training sentences.
    history : one Epoch for each, the untrained model first.
    snapshots : models along the way, first and last always among them; bounded,
        and denser where the run was young.
    stopped : why the run cannot go on, or None.
    from_seed : whether it came all the way from its seed: no fork, and no model trained before.
    changes : (step, {name: value}) for each setting changed on the way.
    """

    def __init__(
        self, dataset: Dataset, hyperparameters: Hyperparameters, cell: Cell | None = None,
        trained: Model | None = None, epoch: int = 0,
    ) -> None:  # fmt: skip
        self.dataset = dataset
        self.hyperparameters = hp = hyperparameters
        start, order = np.random.default_rng(hp.seed).spawn(2)
        self.model = untrained(dataset, hp, cell, start)
        if trained is not None:
            self.model.flat[:] = trained.flat
        self._shuffler = order
        self._queue: list[Ints] = []
        self._trainer = Trainer(self.model, hp)
        self._norms: list[float] = []
        self._n_clipped = 0
        self.epoch = epoch
        self.steps = epoch * self.steps_an_epoch
        self.stopped: str | None = None
        self.from_seed = trained is None
        self.changes: list[tuple[int, dict[str, float | str]]] = []
        self.history: list[Epoch] = []
        self.snapshots: list[Snapshot] = []
        with self._buffers() as buffers:
            self._evaluate(buffers)

    def advance(
        self, steps: int | None = None, epochs: int | None = None, budget_s: float | None = None
    ) -> int:
        """Train until this many more steps or epochs are done, or the budget is spent.

        At least one bound must be given; the first one reached ends it. Returns the number of
        steps made: fewer than asked when the run stops (see `stopped`). A budget makes at least
        one step.
        """
        if steps is None and epochs is None and budget_s is None:
            raise ValueError("say how far: steps, epochs or budget_s")
        first_step, first_epoch, budget = self.steps, self.epoch, Budget(budget_s)
        with self._buffers() as buffers:
            while self.stopped is None:
                if steps is not None and self.steps - first_step >= steps:
                    break
                if epochs is not None and self.epoch - first_epoch >= epochs:
                    break
                self._step(buffers)
                if budget_s is not None and budget.spent:
                    break
        return self.steps - first_step

    @property
    def steps_an_epoch(self) -> int:
        """Updates in one pass over what is learned."""
        return -(-len(self.dataset.train) // self.hyperparameters.batch_size)

    @property
    def converged(self) -> int | None:
        """The first of five epochs in a row with every sentence right; None until then."""
        return converged(self.history)

    @property
    def upcoming(self) -> Ints:
        """(B,) the training sentences of the next step, by number."""
        if not self._queue:
            self._queue = self._order()[::-1]
        return self._queue[-1]

    def _order(self) -> list[Ints]:
        """What the steps of the next epoch read, in their order."""
        order = self._shuffler.permutation(len(self.dataset.train))
        n = self.hyperparameters.batch_size
        return [order[i : i + n] for i in range(0, len(order), n)]

    def change(self, **settings: float | str) -> None:
        """Turn lr, clip or clip_at from the next step on; noted in `changes` when it is another.

        Raises ValueError for a bad value, and for anything that a run cannot change on its way.
        """
        fixed = set(settings) - {"lr", "clip", "clip_at"}
        if fixed:
            raise ValueError(f"a run cannot change its {', '.join(sorted(fixed))}: start a new one")
        turned = replace(self.hyperparameters, **settings)  # type: ignore[arg-type]
        if turned != self.hyperparameters:
            self.hyperparameters = self._trainer.hyperparameters = turned
            self.changes.append((self.steps, settings))

    def fork(self, epoch: int) -> TrainingRun:
        """Another run that goes on from the snapshot nearest to an epoch, in an order of its own.

        It has the present settings, the history and snapshots up to there, and an optimizer that
        begins afresh.
        """
        snapshot = self.snapshot_at(epoch)
        twin = type(self)(self.dataset, self.hyperparameters, self.model.cell)
        twin.from_seed = False
        twin.model.flat[:] = snapshot.flat
        twin.epoch, twin.steps = snapshot.epoch, snapshot.epoch * self.steps_an_epoch
        twin.history = [record for record in self.history if record.epoch <= snapshot.epoch]
        twin.snapshots = [kept for kept in self.snapshots if kept.epoch <= snapshot.epoch]
        twin.changes = [change for change in self.changes if change[0] <= twin.steps]
        twin._shuffler = np.random.default_rng([self.hyperparameters.seed, snapshot.epoch])
        return twin

    @property
    def n_bytes(self) -> int:
        """About what it takes: its moments, the model, and an optimizer's two means."""
        return (len(self.snapshots) + 3) * self.model.flat.nbytes

    def make_room(self) -> None:
        """Forget its moments but the first and the last: it goes on as it would have."""
        self.snapshots[1:-1] = []

    def snapshot_at(self, epoch: int) -> Snapshot:
        """The snapshot nearest to an epoch."""
        return min(self.snapshots, key=lambda snapshot: abs(snapshot.epoch - epoch))

    def _buffers(self) -> AbstractContextManager[Buffers]:
        return lend_buffers(self.model, self.dataset, self.hyperparameters.truncate)

    def _learn(self, buffers: Buffers) -> tuple[float, bool]:
        """One update with what is upcoming; see Trainer.step."""
        return self._trainer.step(buffers, buffers.asked(self.dataset.train, self.upcoming))

    def _step(self, buffers: Buffers) -> None:
        """One update, all of it or none; at an epoch's end the model is evaluated."""
        length, clipped = self._learn(buffers)
        if not math.isfinite(length):
            self._stop(buffers, f"step {self.steps + 1}: the gradient is {length}")
            return
        self._queue.pop()
        self._norms.append(length)
        self._n_clipped += clipped
        self.steps += 1
        if not self._queue:
            self.epoch += 1
            self._evaluate(buffers)

    def _evaluate(self, buffers: Buffers) -> None:
        """Measure the one model that there is now, on all sequences, and keep a copy."""
        n_steps = max(len(self._norms), 1)
        record = Epoch(
            self.epoch,
            *evaluate(buffers, self.dataset.train),
            *evaluate(buffers, self.dataset.test),
            gradient_norm=sum(self._norms) / n_steps,
            clipped=self._n_clipped / n_steps,
        )
        self._norms, self._n_clipped = [], 0
        self.history.append(record)
        if not math.isfinite(record.train_loss):
            self._stop(buffers, f"epoch {self.epoch}: the loss is {record.train_loss}")
            return
        keep(self.snapshots, Snapshot(self.epoch, buffers.model.flat.copy(), self.model))

    def _stop(self, buffers: Buffers, reason: str) -> None:
        """End the run; if the parameters themselves overflowed, go back to the last whole model."""
        self.stopped = reason
        if not np.isfinite(buffers.model.flat).all():
            buffers.model.flat[:] = self.snapshots[-1].flat


def untrained(
    dataset: Dataset, hp: Hyperparameters, cell: Cell | None, rng: np.random.Generator
) -> Model:
    """The model that a training starts from."""
    n_features = dataset.train.ids.shape[1] if dataset.train.ids.ndim == 3 else 0
    read_before = dataset.train.source
    n_source = 0 if read_before is None or read_before.ndim == 2 else read_before.shape[1]
    model = Model(
        cell or CELLS[hp.cell](hp.activation), dataset.vocabulary, dataset.classes, hp.n_hidden,
        hp.dtype, hp.n_layers, hp.bidirectional, dataset.per_step, dataset.source, n_features,
        0 if dataset.train.vectors is None else len(dataset.train.vectors), hp.attention, n_source,
    )  # fmt: skip
    INITIALIZERS[hp.init](model.params, rng, hp.spectral_radius)
    for layer in model.layers:
        model.cell.initialize(model.weights(layer)["b_h"], hp.forget_bias)
    return model
