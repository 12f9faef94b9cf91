"""A heat: several runs in lock step, whoever has trained least goes next.

For comparing two settings, or one setting on many seeds. Each run is the run that it would be
alone; only the turns are shared out.
"""

from __future__ import annotations

from collections.abc import Sequence

from rnn_core.budget import Budget
from rnn_core.training import TrainingRun


class Heat:
    """Runs side by side.

    Parameters
    ----------
    runs : the entrants, each with its settings, seed and cell.
    longest : epochs after which an entrant has finished.
    """

    def __init__(self, runs: Sequence[TrainingRun], longest: int) -> None:
        if not runs:
            raise ValueError("a heat needs at least one run")
        self.runs = tuple(runs)
        self.longest = longest

    @property
    def running(self) -> list[TrainingRun]:
        """Those that have not finished."""
        return [run for run in self.runs if run.epoch < self.longest and run.stopped is None]

    @property
    def done(self) -> bool:
        """Whether everybody has finished."""
        return not self.running

    @property
    def share(self) -> float:
        """How much is done, 0..1; a run that stopped early counts as finished."""
        left = sum(self.longest - run.epoch for run in self.running)
        return 1 - left / (self.longest * len(self.runs))

    def advance(self, epochs: int | None = None, budget_s: float | None = None) -> None:
        """Train, an epoch at a time, until the entrant behind is so many epochs on, or time is up.

        Raises ValueError when neither bound is given.
        """
        if epochs is None and budget_s is None:
            raise ValueError("say how far: epochs or budget_s")
        budget = Budget(budget_s)
        until = None
        while running := self.running:
            behind = min(running, key=lambda run: run.epoch)
            if until is None and epochs is not None:
                until = behind.epoch + epochs
            if until is not None and behind.epoch >= until:
                break
            behind.advance(epochs=1)
            if budget.spent:
                break
