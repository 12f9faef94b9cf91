"""The laboratory: how far back blame reaches, and whether what lies so far back can be learned.

A lesson draws fresh sentences of a task for ever. A profile is what one look at a model says; a
trial trains it. It must not know a screen, nor a clock other than the budget it is given.
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rnn_core.analysis import memory_horizon
from rnn_core.backward import fill_backward, new_backward, send_back
from rnn_core.batch import Array, Ints, Targets
from rnn_core.forward import fill_forward, new_forward, read
from rnn_core.hyperparameters import Hyperparameters
from rnn_core.layer_trace import after
from rnn_core.network import Model
from rnn_core.optimizers import OPTIMIZERS, clip, norm
from rnn_core.split import Split
from rnn_core.tasks import TASKS, make_task
from rnn_core.training import TrainingRun
from rnn_core.workspace import Workspace

Complex = NDArray[np.complex128]
LOOKED_AT = 8
"""Sentences that a profile is the mean of."""
RIGHT, IN_A_ROW = 0.99, 10
"""Learned: so many batches in a row, none of them seen before, have such a share right."""
FLAT = 0.02
"""A unit with a slope below this passes almost no blame: for tanh, |h| above 0.99."""


class Lesson:
    """A task at one length, with as many sentences as anyone asks for.

    Raises ValueError for a task or a length that is not there; see make_task.
    """

    def __init__(self, task: str, length: int) -> None:
        self.rule, self.length = TASKS[task].rule, length
        self.dataset = make_task(task, length, n_train=4, n_test=0)
        number = self.dataset.vocabulary.id_of
        self._number = np.array([number[word] for word in TASKS[task].words])

    def start(self, settings: Hyperparameters) -> Model:
        """The untrained model of these settings: the one that a TrainingRun starts from."""
        return TrainingRun(self.dataset, settings).model

    def draw(self, rng: np.random.Generator, n: int) -> Split:
        """Make n sentences that nobody has seen: ids (T, n), and their answers."""
        words, answers = self.rule(rng, self.length, n)
        ids: Ints = np.ascontiguousarray(self._number[words])
        return Split((), (), ids, np.full(n, self.length), np.ascontiguousarray(answers))


@dataclass(frozen=True, eq=False)
class Profile:
    """How far blame for the last word's answer reaches, the mean of LOOKED_AT sentences.

    lengths : (T,) |dL/dh_t|, the last word's at the end; of an LSTM, h and c together.
    saturated : (T,) share of units whose slope is below FLAT; of a gated cell its candidate's.
    eigenvalues : {gate: (H,)} those of each block of W_hh; none where it is no longer finite.
    """

    lengths: Array
    saturated: Array
    eigenvalues: dict[str, Complex]

    @property
    def horizon(self) -> int:
        """Words back from the last at which 1 % of the blame is still there; 0..T-1."""
        return memory_horizon(self.lengths)


@np.errstate(over="ignore", invalid="ignore")
def profile(lesson: Lesson, model: Model, truncate: int | None = None) -> Profile:
    """Read LOOKED_AT sentences, always the same ones, and blame the last word's answer alone."""
    split = lesson.draw(np.random.default_rng(0), LOOKED_AT)
    batch, targets = split.batch(np.arange(LOOKED_AT), len(model.classes), model.flat.dtype)
    last = Targets(targets.wanted[-1:], np.ones((1, 1, LOOKED_AT), model.flat.dtype))
    fwd = new_forward(model, batch, every_step=False)
    read(model, fwd)
    bwd = new_backward(model, fwd, last)
    send_back(model, bwd, truncate)
    carried = [after(d, bwd.layer.layer) for d in bwd.d_carried.values()]  # (T, H, B) each
    slopes = bwd.slopes[:, -model.n_hidden :]  # (T, H, B): the candidate's block is the last
    return Profile(
        lengths=np.linalg.norm(np.concatenate(carried, axis=1), axis=1).mean(axis=1),
        saturated=(slopes < FLAT).mean(axis=(1, 2)),
        eigenvalues=gate_eigenvalues(model),
    )


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
    """A training in which no sentence comes twice: each batch is a test before it is a lesson.

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
        self._optimizer = OPTIMIZERS[settings.optimizer]
        self._memory = self._optimizer.start(self.model.flat)
        self._rng = np.random.default_rng([settings.seed, 1])  # the model's own is [seed]
        self._workspace = Workspace(self.model, lesson.dataset.train, settings.truncate)
        self._streak = 0

    @property
    def steps(self) -> int:
        """Updates made."""
        return len(self.accuracies)

    @property
    def done(self) -> bool:
        """Whether it has learned, or will not."""
        return self.learned is not None or self.steps >= self.longest or self.stopped is not None

    def advance(self, steps: int | None = None, budget_s: float = math.inf) -> None:
        """Train until this many more steps are made, the budget is spent, or it is done."""
        began, until = time.perf_counter(), math.inf if steps is None else self.steps + steps
        with np.errstate(over="ignore", invalid="ignore"):
            while not self.done and self.steps < until:
                self._step()
                if time.perf_counter() - began >= budget_s:
                    break

    def look(self) -> Profile:
        """The profile of the model as it is now, in double precision."""
        twin = self.lesson.start(replace(self.settings, dtype="float64"))
        twin.flat[:] = self.model.flat
        return profile(self.lesson, twin, self.settings.truncate)

    def _step(self) -> None:
        """One update: a fresh batch forward, back, clipped, moved. All of it, or none."""
        hp, n = self.settings, self.settings.batch_size
        self._workspace.split = self.lesson.draw(self._rng, n)
        bwd = self._workspace.ask(np.arange(n))
        fill_forward(bwd.forward)
        fill_backward(bwd)
        length = norm(bwd.flat)
        if not math.isfinite(length):
            self.stopped = f"step {self.steps + 1}: the gradient is {length}"
            return
        chosen = bwd.forward.probs.argmax(axis=1)[:, None]
        right = np.take_along_axis(bwd.targets.wanted, chosen, axis=1).sum()
        self.accuracies.append(float(right / bwd.targets.wanted.sum()))
        self.lengths.append(length)
        clip(bwd.flat, hp.clip, hp.clip_at, length)
        self._optimizer.update(self.model.flat, bwd.flat, self._memory, hp.lr)
        self._streak = self._streak + 1 if self.accuracies[-1] >= RIGHT else 0
        if self._streak == IN_A_ROW:
            self.learned = self.steps - IN_A_ROW + 1
