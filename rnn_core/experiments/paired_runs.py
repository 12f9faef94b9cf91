"""Paired runs: trainings that differ in one thing, on the same seeds. Is it the method, or luck?

Each run is the run that it would be alone; only the turns are shared out. It knows no screen, nor
a clock other than the budget it is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol, TypeVar

from rnn_core.hyperparameters import Hyperparameters
from rnn_core.training import Budget

WRITE_UP = Hyperparameters(init="tiny", lr=0.02, clip="value", clip_at=1.0, n_hidden=64)
"""What the write-up trains with: weights / 1000 at the start, one sentence at a time."""
LONGEST = 1000
"""Epochs after which a run with the write-up's settings is called off."""


class Run(Protocol):
    """A TrainingRun, or a Trial, whose every step is an epoch of its own."""

    stopped: str | None

    @property
    def epoch(self) -> int: ...
    @property
    def converged(self) -> int | None: ...
    def advance(self, *, epochs: int) -> int: ...


K = TypeVar("K")
R = TypeVar("R", bound=Run)


class PairedRuns(Generic[K, R]):
    """Several runs by name.

    Parameters
    ----------
    make : {name: how to begin the run}, in the order of their turns.
    longest : epochs after which a run has ended.
    keep : what is kept of a run that has ended. None: the run itself, and all are begun at once
        and go on side by side, whoever has trained least goes next; else one after another.
    until_converged : whether a run has also ended when it has converged.

    Attributes
    ----------
    runs : those that go on, and all of them where they are kept. results : what was kept.
    """

    def __init__(
        self, make: Mapping[K, Callable[[], R]], longest: int,
        keep: Callable[[R], Any] | None = None, until_converged: bool = False,
    ) -> None:  # fmt: skip
        if not make:
            raise ValueError("paired runs need at least one run")
        self.make, self.longest, self.keep = make, longest, keep
        self.until_converged = until_converged
        self.results: dict[K, Any] = {}
        self.runs: dict[K, R] = {} if keep else {name: begin() for name, begin in make.items()}

    @property
    def done(self) -> bool:
        """Whether every run has ended."""
        return all(name in self.results or self._ended(name) for name in self.make)

    @property
    def turn(self) -> K:
        """Whose turn it is."""
        waiting = [n for n in self.make if n not in self.results and not self._ended(n)]
        return min(waiting, key=lambda n: self.runs[n].epoch) if self.keep is None else waiting[0]

    @property
    def share(self) -> float:
        """How much is done, 0..1: a run by its epochs, one that ended early as a whole."""
        whole = sum(name in self.results or self._ended(name) for name in self.make)
        parts = sum(r.epoch / self.longest for n, r in self.runs.items() if not self._ended(n))
        return (whole + parts) / len(self.make)

    def advance(self, budget_s: float | None = None, epochs: int | None = None) -> None:
        """Train, an epoch at a time, until the one behind is so many epochs on, or time is up.

        Raises ValueError when neither bound is given.
        """
        if epochs is None and budget_s is None:
            raise ValueError("say how far: epochs or budget_s")
        budget, until = Budget(budget_s), None
        while not self.done:
            name = self.turn
            run = self.runs.setdefault(name, self.runs.get(name) or self.make[name]())
            until = run.epoch + epochs if until is None and epochs is not None else until
            if until is not None and run.epoch >= until:
                break
            run.advance(epochs=1)
            if self.keep is not None and self._ended(name):
                self.results[name] = self.keep(self.runs.pop(name))
            if budget.spent:
                break

    def _ended(self, name: K) -> bool:
        run = self.runs.get(name)
        return run is not None and (
            run.epoch >= self.longest
            or run.stopped is not None
            or (self.until_converged and run.converged is not None)
        )
