"""Training: a run that can be stopped anywhere, and what it leaves behind.

A run advances by whole steps: one batch forward, back, clipped, moved. It must not know a
screen, nor a clock other than the budget it is given. Same data and settings, same run, bit
for bit, however it was sliced.
"""

from __future__ import annotations

import math
from contextlib import AbstractContextManager
from dataclasses import replace

import numpy as np

from rnn_core.backward import fill_backward
from rnn_core.batch import Ints
from rnn_core.bench import Bench, bench_for
from rnn_core.budget import Budget
from rnn_core.cells import CELLS, Cell
from rnn_core.datasets import Dataset
from rnn_core.forward import fill_forward
from rnn_core.history import Epoch, Snapshot, keep, settled
from rnn_core.hyperparameters import Hyperparameters
from rnn_core.network import Model
from rnn_core.optimizers import OPTIMIZERS, clip, norm
from rnn_core.parameters import STARTS


class TrainingRun:
    """One training, from its first random number to wherever it is now.

    Parameters
    ----------
    dataset, hyperparameters : what is learned, and how.
    cell : another cell than the settings name, for experiments.

    Attributes
    ----------
    model : the network as it is now.
    steps, epoch : updates made, and whole passes over the training sentences.
    history : one Epoch for each, the untrained model first.
    snapshots : models along the way, first and last always among them; bounded,
        and denser where the run was young.
    stopped : why the run cannot go on, or None.
    changes : (step, {name: value}) for each knob turned on the way.
    """

    def __init__(
        self, dataset: Dataset, hyperparameters: Hyperparameters, cell: Cell | None = None
    ) -> None:
        self.dataset = dataset
        self.hyperparameters = hp = hyperparameters
        start, order = np.random.default_rng(hp.seed).spawn(2)
        self.model = Model(
            cell or CELLS[hp.cell](hp.activation),
            dataset.vocabulary,
            dataset.classes,
            hp.n_hidden,
            hp.dtype,
            hp.n_layers,
            hp.bidirectional,
            dataset.each_word,
        )
        STARTS[hp.init](self.model.params, start, hp.radius)
        for params in self.model.layer_params.values():
            self.model.cell.start(params["b_h"], hp.forget_bias)
        self._shuffler = order
        self._queue: list[Ints] = []
        self._optimizer = OPTIMIZERS[hp.optimizer]
        self._memory = self._optimizer.start(self.model.flat)
        self._norms: list[float] = []
        self._n_clipped = 0
        self.steps = 0
        self.epoch = 0
        self.stopped: str | None = None
        self.changes: list[tuple[int, dict[str, float | str]]] = []
        self.history: list[Epoch] = []
        self.snapshots: list[Snapshot] = []
        with self._at_the_bench() as bench:
            self._take_stock(bench)

    def advance(
        self, steps: int | None = None, epochs: int | None = None, budget_s: float | None = None
    ) -> int:
        """Train until this many more steps or epochs are done, or the budget is spent.

        At least one bound must be given; the first one reached ends it. Returns the number of
        steps made: fewer than asked when the run stops (see `stopped`). A budget (budget.py) makes
        at least one step.
        """
        if steps is None and epochs is None and budget_s is None:
            raise ValueError("say how far: steps, epochs or budget_s")
        first_step, first_epoch, budget = self.steps, self.epoch, Budget(budget_s)
        with self._at_the_bench() as bench:
            while self.stopped is None:
                if steps is not None and self.steps - first_step >= steps:
                    break
                if epochs is not None and self.epoch - first_epoch >= epochs:
                    break
                self._step(bench)
                if budget_s is not None and budget.spent:
                    break
        return self.steps - first_step

    @property
    def settled(self) -> int | None:
        """The first of five epochs in a row with every sentence right; None until then."""
        return settled(self.history)

    @property
    def upcoming(self) -> Ints:
        """(B,) the training sentences of the next step, by number."""
        if not self._queue:
            order = self._shuffler.permutation(len(self.dataset.train))
            starts = range(0, len(order), self.hyperparameters.batch_size)
            self._queue = [order[i : i + self.hyperparameters.batch_size] for i in reversed(starts)]
        return self._queue[-1]

    def change(self, **knobs: float | str) -> None:
        """Turn lr, clip or clip_at from the next step on; noted in `changes` when it is another.

        Raises ValueError for a bad value, and for anything that a run cannot change on its way.
        """
        fixed = set(knobs) - {"lr", "clip", "clip_at"}
        if fixed:
            raise ValueError(f"a run cannot change its {', '.join(sorted(fixed))}: start a new one")
        turned = replace(self.hyperparameters, **knobs)  # type: ignore[arg-type]
        if turned != self.hyperparameters:
            self.hyperparameters = turned
            self.changes.append((self.steps, knobs))

    def branch(self, epoch: int) -> TrainingRun:
        """Another run that goes on from the snapshot nearest to an epoch, in an order of its own.

        It has the present settings, the history and snapshots up to there, and an optimizer that
        begins afresh.
        """
        snapshot = self.snapshot_at(epoch)
        twin = TrainingRun(self.dataset, self.hyperparameters, self.model.cell)
        twin.model.flat[:] = snapshot.flat
        steps_an_epoch = -(-len(self.dataset.train) // self.hyperparameters.batch_size)
        twin.epoch, twin.steps = snapshot.epoch, snapshot.epoch * steps_an_epoch
        twin.history = [record for record in self.history if record.epoch <= snapshot.epoch]
        twin.snapshots = [kept for kept in self.snapshots if kept.epoch <= snapshot.epoch]
        twin.changes = [change for change in self.changes if change[0] <= twin.steps]
        twin._shuffler = np.random.default_rng([self.hyperparameters.seed, snapshot.epoch])
        return twin

    def snapshot_at(self, epoch: int) -> Snapshot:
        """The snapshot nearest to an epoch."""
        return min(self.snapshots, key=lambda snapshot: abs(snapshot.epoch - epoch))

    def _at_the_bench(self) -> AbstractContextManager[Bench]:
        return bench_for(self.model, self.dataset, self.hyperparameters.truncate)

    def _step(self, bench: Bench) -> None:
        """One update: a batch forward, back, clipped, moved. All of it, or none."""
        hp = self.hyperparameters
        bwd = bench.workspace.ask(self.upcoming)
        fill_forward(bwd.forward)
        fill_backward(bwd)
        length = norm(bwd.flat)
        if not math.isfinite(length):
            self._stop(bench, f"step {self.steps + 1}: the gradient is {length}")
            return
        self._queue.pop()
        self._norms.append(length)
        self._n_clipped += clip(bwd.flat, hp.clip, hp.clip_at, length)
        self._optimizer.update(bench.model.flat, bwd.flat, self._memory, hp.lr)
        self.steps += 1
        if not self._queue:
            self.epoch += 1
            self._take_stock(bench)

    def _take_stock(self, bench: Bench) -> None:
        """Measure the one model that there is now, on all sentences, and keep a copy."""
        n_steps = max(len(self._norms), 1)
        record = Epoch(
            self.epoch,
            *bench.exams[0].score(),
            *bench.exams[1].score(),
            gradient_norm=sum(self._norms) / n_steps,
            clipped=self._n_clipped / n_steps,
        )
        self._norms, self._n_clipped = [], 0
        self.history.append(record)
        if not math.isfinite(record.train_loss):
            self._stop(bench, f"epoch {self.epoch}: the loss is {record.train_loss}")
            return
        keep(self.snapshots, Snapshot(self.epoch, bench.model.flat.copy(), self.model))

    def _stop(self, bench: Bench, reason: str) -> None:
        """End the run; if the parameters themselves overflowed, go back to the last whole model."""
        self.stopped = reason
        if not np.isfinite(bench.model.flat).all():
            bench.model.flat[:] = self.snapshots[-1].flat
