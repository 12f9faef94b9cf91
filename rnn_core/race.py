"""The race: the write-up's recipe with the right backward pass and with its missing transpose.

Many runs in turn, one at a time, in slices of time; of each only the result is kept. It knows
no screen, nor a clock other than the budget it is given.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from rnn_core.budget import Budget
from rnn_core.cells import RNN
from rnn_core.datasets import Dataset
from rnn_core.hyperparameters import Hyperparameters
from rnn_core.planted import MissingTranspose
from rnn_core.training import TrainingRun

WRITE_UP = Hyperparameters(init="tiny", lr=0.02, clip="value", clip_at=1.0, n_hidden=64)
"""What the write-up trains with: weights / 1000 at the start, one sentence at a time."""
LONGEST = 1000
IN_A_ROW = 5


@dataclass(frozen=True)
class Result:
    """One run's end. epochs : the first of five in a row with every sentence right, or None."""

    right: bool
    seed: int
    epochs: int | None
    clipped: float


class Race:
    """The same seeds twice: once with W_hh^T in the backward pass, once without.

    Parameters
    ----------
    dataset : what all runs learn. n_seeds : seeds 0..n_seeds-1.
    longest : epochs after which a run is called off.

    Attributes
    ----------
    results : one for each finished run. now : the run on the track, None before and after.
    """

    def __init__(self, dataset: Dataset, n_seeds: int, longest: int = LONGEST) -> None:
        self.dataset = dataset
        self.n_seeds = n_seeds
        self.longest = longest
        self.results: list[Result] = []
        self.now: TrainingRun | None = None

    @property
    def done(self) -> bool:
        """Whether every run has ended."""
        return len(self.results) == 2 * self.n_seeds

    @property
    def turn(self) -> tuple[bool, int]:
        """Whose turn it is: (right, seed); right and wrong in turn."""
        seed, wrong = divmod(len(self.results), 2)
        return not wrong, seed

    @property
    def share(self) -> float:
        """How much is done, 0..1, a run on the track by its epochs."""
        part = self.now.epoch / self.longest if self.now else 0.0
        return (len(self.results) + part) / (2 * self.n_seeds)

    def advance(self, budget_s: float) -> None:
        """Train whole epochs until the budget is spent; at least one."""
        budget = Budget(budget_s)
        while not self.done:
            self._epoch()
            if budget.spent:
                break

    def _epoch(self) -> None:
        right, seed = self.turn
        if self.now is None:
            settings = replace(WRITE_UP, seed=seed)
            cell = RNN() if right else MissingTranspose()
            self.now = TrainingRun(self.dataset, settings, cell)
        self.now.advance(epochs=1)
        del self.now.snapshots[:-1]  # nobody will look at them
        newest = self.now.history[-IN_A_ROW:]
        settled = len(newest) == IN_A_ROW and all(record.perfect for record in newest)
        if settled or self.now.epoch >= self.longest or self.now.stopped:
            epochs = self.now.epoch - IN_A_ROW + 1 if settled else None
            trained = self.now.history[1:]
            clipped = sum(record.clipped for record in trained) / max(len(trained), 1)
            self.results.append(Result(right, seed, epochs, clipped))
            self.now = None
