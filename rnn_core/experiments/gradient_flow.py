"""Gradient flow: how far back the gradient reaches, and whether what lies so far back is learned.

A lesson draws fresh sequences of a task for ever. A profile is what one look at a model says; a
trial trains it. It must not know a screen, nor a clock other than the budget it is given.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rnn_core.buffers import lend_buffers
from rnn_core.cells import ACTIVATIONS, Array, Ints
from rnn_core.experiments.analysis import gradient_norms, memory_horizon
from rnn_core.experiments.tasks import TASKS, make_task
from rnn_core.hyperparameters import Hyperparameters
from rnn_core.model import Model
from rnn_core.network import forward
from rnn_core.traces import ForwardTrace, Targets
from rnn_core.training import Budget, Trainer, untrained
from rnn_core.wirings import Split

Complex = NDArray[np.complex128]
LOOKED_AT = 8
"""Sentences that a profile is the mean of."""
RIGHT, IN_A_ROW = 0.99, 10
"""Learned: so many batches in a row, none of them seen before, have such a share right."""
SATURATED = 0.02
"""A unit with a derivative below this passes almost no gradient: for tanh, |h| above 0.99."""


class Lesson:
    """A task at one length, with as many sentences as anyone asks for.

    Raises ValueError for a task or a length that is not there; see make_task.
    """

    def __init__(self, task: str, length: int) -> None:
        self.rule, self.length = TASKS[task].rule, length
        self.dataset = make_task(task, length, n_train=4, n_test=0)
        assert self.dataset.vocabulary is not None
        number = self.dataset.vocabulary.id_of
        self._number = np.array([number[word] for word in TASKS[task].words])

    def start(self, settings: Hyperparameters) -> Model:
        """The untrained model of these settings: the one that a TrainingRun starts from."""
        rng = np.random.default_rng(settings.seed).spawn(1)[0]
        return untrained(self.dataset, settings, None, rng)

    def draw(self, rng: np.random.Generator, n: int) -> Split:
        """Make n sentences that nobody has seen: ids (T, n), and their answers."""
        words, answers = self.rule(rng, self.length, n)
        ids: Ints = np.ascontiguousarray(self._number[words])
        return Split((), (), ids, np.full(n, self.length), np.ascontiguousarray(answers))


@dataclass(frozen=True, eq=False)
class Profile:
    """How far the gradient of the last answer's loss reaches, the mean of LOOKED_AT sentences.

    lengths : (T,) |dL/dh_t|, the last word's at the end; of an LSTM, h and c together.
    saturated : (T,) share of units with a derivative below SATURATED; of gated cells in n or g.
    eigenvalues : {gate: (H,)} those of each block of W_hh; none where it is no longer finite.
    """

    lengths: Array
    saturated: Array
    eigenvalues: dict[str, Complex]

    @property
    def horizon(self) -> int:
        """Steps back from the last at which 1 % of the gradient is still there; 0..T-1."""
        return memory_horizon(self.lengths)


@np.errstate(over="ignore", invalid="ignore")
def profile(lesson: Lesson, model: Model, truncate: int | None = None) -> Profile:
    """Read LOOKED_AT sequences, always the same ones, and ask for the last answer alone."""
    split = lesson.draw(np.random.default_rng(0), LOOKED_AT)
    batch, targets = split.batch(model, np.arange(LOOKED_AT), truncate)
    fwd = forward(model, model.params, batch, every_step=False)
    weight = np.ones((), model.flat.dtype)
    bwd = model.backward(fwd, Targets(targets.one_hot[-1:], weight, targets.passes))
    return Profile(
        lengths=gradient_norms(bwd).mean(axis=1),
        saturated=(derivatives(fwd)[:, -model.n_hidden :] < SATURATED).mean(axis=(1, 2)),
        eigenvalues=gate_eigenvalues(model),
    )


def derivatives(fwd: ForwardTrace) -> Array:
    """(T, kH, B) f'(a_t) of the shown layer, written in what each block of rows became."""
    cell, signals = fwd.layer.cell, fwd.signals
    gates = sorted((s for s in cell.signals if s.gate is not None), key=lambda s: s.gate or 0)
    if not gates:
        return cell.activation.derivative(signals["h"])  # type: ignore[attr-defined,no-any-return]
    return np.concatenate([
        ACTIVATIONS["tanh" if s.low < 0 else "sigmoid"].derivative(signals[s.name]) for s in gates
    ], axis=1)  # fmt: skip


def gate_eigenvalues(model: Model) -> dict[str, Complex]:
    """{gate's symbol: (H,)} the eigenvalues of each block of W_hh (kH, H); "" for the only one."""
    names = {signal.gate: signal.symbol for signal in model.cell.signals}
    blocks = np.split(model.params["W_hh"], model.cell.n_gates)
    found: dict[str, Complex] = {}
    for gate, block in enumerate(blocks):
        numbers = block if np.isfinite(block).all() else np.zeros((0, 0))
        found[names.get(gate, "")] = np.linalg.eigvals(numbers).astype(np.complex128)
    return found


class Trial:
    """A training in which no sequence comes twice: each batch is a test before it is a lesson.

    Parameters
    ----------
    lesson, settings : what is learned, and how; a batch of two at least. longest : steps after
        which it is called off.

    Attributes
    ----------
    model : the network as it is now.
    accuracies : for each step the share of the batch that was right before the update.
    lengths : for each step |gradient| before clipping.
    learned : the first step of IN_A_ROW with RIGHT right, or None. stopped : why it cannot go on.
    """

    def __init__(self, lesson: Lesson, settings: Hyperparameters, longest: int) -> None:
        self.lesson, self.settings, self.longest = lesson, settings, longest
        self.model = lesson.start(settings)
        self.accuracies: list[float] = []
        self.lengths: list[float] = []
        self.learned: int | None = None
        self.stopped: str | None = None
        self._trainer = Trainer(self.model, settings)
        self._rng = np.random.default_rng([settings.seed, 1])  # the model's own is [seed]
        self._streak = 0

    @property
    def steps(self) -> int:
        """Updates made."""
        return len(self.accuracies)

    @property
    def done(self) -> bool:
        """Whether it has learned, or will not."""
        return self.learned is not None or self.steps >= self.longest or self.stopped is not None

    def advance(self, steps: int | None = None, budget_s: float | None = None) -> None:
        """Train until this many more steps are made, the budget is spent, or it is done."""
        budget, until = Budget(budget_s), math.inf if steps is None else self.steps + steps
        with lend_buffers(self.model, self.lesson.dataset, self.settings.truncate) as buffers:
            while not self.done and self.steps < until:
                split = self.lesson.draw(self._rng, self.settings.batch_size)
                asked = buffers.asked(split, np.arange(len(split)))
                length, _ = self._trainer.step(buffers, asked)
                if not math.isfinite(length):
                    self.stopped = f"step {self.steps + 1}: the gradient is {length}"
                    break
                self.accuracies.append(asked.n_right / float(asked.targets.one_hot.sum()))
                self.lengths.append(length)
                self._streak = self._streak + 1 if self.accuracies[-1] >= RIGHT else 0
                if self._streak == IN_A_ROW:
                    self.learned = self.steps - IN_A_ROW + 1
                if budget.spent:
                    break

    def look(self) -> Profile:
        """The profile of the model as it is now, in double precision."""
        twin = self.lesson.start(replace(self.settings, dtype="float64"))
        twin.flat[:] = self.model.flat
        return profile(self.lesson, twin, self.settings.truncate)
