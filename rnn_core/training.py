"""Training: a run that can be stopped anywhere, and what it leaves behind.

A run advances by whole steps: one batch forward, back, clipped, moved. It must not know a
screen, nor a clock other than the budget it is given. Same data and settings, same run, bit
for bit, however it was sliced.
"""

from __future__ import annotations

import math
import time

import numpy as np

from rnn_core.batch import Batch, Ints, Targets
from rnn_core.cells import CELLS
from rnn_core.datasets import Dataset, Split
from rnn_core.history import Epoch, Snapshot, keep
from rnn_core.hyperparameters import Hyperparameters
from rnn_core.network import Model
from rnn_core.optimizers import OPTIMIZERS, clip, norm
from rnn_core.parameters import STARTS
from rnn_core.trace import BackwardTrace, ForwardTrace
from rnn_core.unroll import cross_entropy, fill_backward, fill_forward, new_backward, new_forward


class TrainingRun:
    """One training, from its first random number to wherever it is now.

    Parameters
    ----------
    dataset, hyperparameters : what is learned, and how.

    Attributes
    ----------
    model : the network as it is now.
    steps, epoch : updates made, and whole passes over the training sentences.
    history : one Epoch for each, the untrained model first.
    snapshots : models along the way, first and last always among them; bounded,
        and denser where the run was young.
    stopped : why the run cannot go on, or None.
    """

    def __init__(self, dataset: Dataset, hyperparameters: Hyperparameters) -> None:
        self.dataset = dataset
        self.hyperparameters = hp = hyperparameters
        start, order = np.random.default_rng(hp.seed).spawn(2)
        self.model = Model(
            CELLS[hp.cell](hp.activation),
            dataset.vocabulary,
            dataset.classes,
            hp.n_hidden,
            hp.dtype,
        )
        STARTS[hp.init](self.model.params, start, hp.radius)
        self._shuffler = order
        self._queue: list[Ints] = []
        self._optimizer = OPTIMIZERS[hp.optimizer]
        self._memory = self._optimizer.start(self.model.flat)
        self._workspaces: dict[tuple[int, int], BackwardTrace] = {}
        self._questions: dict[int, tuple[Batch, Targets]] = {}
        self._exams: list[tuple[Split, ForwardTrace, Targets]] = []
        self._norms: list[float] = []
        self._n_clipped = 0
        self.steps = 0
        self.epoch = 0
        self.stopped: str | None = None
        self.history: list[Epoch] = []
        self.snapshots: list[Snapshot] = []
        with np.errstate(over="ignore", invalid="ignore"):
            self._take_stock()

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
        began, first_step, first_epoch = time.perf_counter(), self.steps, self.epoch
        with np.errstate(over="ignore", invalid="ignore"):
            while self.stopped is None:
                if steps is not None and self.steps - first_step >= steps:
                    break
                if epochs is not None and self.epoch - first_epoch >= epochs:
                    break
                self._step()
                if budget_s is not None and time.perf_counter() - began >= budget_s:
                    break
        return self.steps - first_step

    @property
    def settled(self) -> int | None:
        """The first of five epochs in a row with every sentence right; None until then."""
        streak = 0
        for record in self.history:
            streak = streak + 1 if record.perfect else 0
            if streak == 5:
                return record.epoch - 4
        return None

    def snapshot_at(self, epoch: int) -> Snapshot:
        """The snapshot nearest to an epoch."""
        return min(self.snapshots, key=lambda snapshot: abs(snapshot.epoch - epoch))

    def _step(self) -> None:
        """One update: a batch forward, back, clipped, moved. All of it, or none."""
        hp = self.hyperparameters
        if not self._queue:
            order = self._shuffler.permutation(len(self.dataset.train))
            starts = range(0, len(order), hp.batch_size)
            self._queue = [order[i : i + hp.batch_size] for i in reversed(starts)]
        bwd = self._ask(self._queue[-1])
        fill_forward(self.model, bwd.forward)
        fill_backward(self.model, bwd, hp.truncate)
        length = norm(bwd.flat)
        if not math.isfinite(length):
            self._stop(f"step {self.steps + 1}: the gradient is {length}")
            return
        self._queue.pop()
        self._norms.append(length)
        self._n_clipped += clip(bwd.flat, hp.clip, hp.clip_at, length)
        self._optimizer.update(self.model.flat, bwd.flat, self._memory, hp.lr)
        self.steps += 1
        if not self._queue:
            self.epoch += 1
            self._take_stock()

    def _ask(self, which: Ints) -> BackwardTrace:
        """A workspace that holds these sentences and their answers, ready for the two passes."""
        alone = int(which[0]) if len(which) == 1 else None
        if alone in self._questions:
            batch, targets = self._questions[alone]
        else:
            batch, targets = self._question(self.dataset.train, which)
        if alone is not None:
            self._questions[alone] = batch, targets
        bwd = self._workspaces.get(batch.ids.shape)
        if bwd is None:
            fwd = new_forward(self.model, batch, every_step=False)
            bwd = self._workspaces[batch.ids.shape] = new_backward(self.model, fwd, targets)
        bwd.forward.batch, bwd.targets = batch, targets
        return bwd

    def _question(self, split: Split, which: Ints) -> tuple[Batch, Targets]:
        return split.batch(which, len(self.model.classes), self.model.flat.dtype)

    def _take_stock(self) -> None:
        """Measure the one model that there is now, on all sentences, and keep a copy."""
        n_steps = max(len(self._norms), 1)
        record = Epoch(
            self.epoch,
            *self.measure(self.dataset.train),
            *self.measure(self.dataset.test),
            gradient_norm=sum(self._norms) / n_steps,
            clipped=self._n_clipped / n_steps,
        )
        self._norms, self._n_clipped = [], 0
        self.history.append(record)
        if not math.isfinite(record.train_loss):
            self._stop(f"epoch {self.epoch}: the loss is {record.train_loss}")
            return
        keep(self.snapshots, Snapshot(self.epoch, self.model.copy()))

    def measure(self, split: Split) -> tuple[float, float]:
        """Mean loss in nats and accuracy of the present model; nan for no sentences."""
        if not len(split):
            return float("nan"), float("nan")
        fwd, targets = self._exam(split)
        fill_forward(self.model, fwd)
        right = fwd.probs[0].argmax(axis=0) == split.answers
        return cross_entropy(fwd.logits, targets), float(right.mean())

    def _exam(self, split: Split) -> tuple[ForwardTrace, Targets]:
        """Room for all sentences of a split, made once: making it costs more than filling it."""
        for known, fwd, targets in self._exams:
            if known is split:
                return fwd, targets
        batch, targets = self._question(split, np.arange(len(split)))
        fwd = new_forward(self.model, batch, every_step=False)
        self._exams.append((split, fwd, targets))
        return fwd, targets

    def _stop(self, reason: str) -> None:
        """End the run; if the parameters themselves overflowed, go back to the last whole model."""
        self.stopped = reason
        if not np.isfinite(self.model.flat).all():
            self.model.flat[:] = self.snapshots[-1].model.flat
