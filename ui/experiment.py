"""An experiment: all trials of a setup of the laboratory, one after another. No screen.

One at a time, because a trial of long sentences takes much memory; of each only its curve is kept.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from rnn_core.experiments.gradient_flow import Profile, Trial
from ui.laboratory import Setup, lesson


@dataclass(frozen=True)
class Outcome:
    """What is kept of a trial that has ended. longest : the longest gradient before clipping."""

    accuracies: list[float]
    learned: int | None
    stopped: str | None
    longest: float


def outcome(trial: Trial) -> Outcome:
    """A trial as it is now."""
    return Outcome(trial.accuracies, trial.learned, trial.stopped, max(trial.lengths, default=0.0))


def learned(outcomes: list[Outcome]) -> tuple[str, str]:
    """How many have learned, and when: ("2 of 3", "214, 235, never")."""
    reached = sum(end.learned is not None for end in outcomes)
    steps = ", ".join("never" if end.learned is None else str(end.learned) for end in outcomes)
    return f"{reached} of {len(outcomes)}", steps


@dataclass
class Experiment:
    """All trials of a setup, one after another: the first seed of each variant, then the second.

    outcomes : {(variant, seed): outcome} by their places in the setup. trained : {variant:
    profile} of the first seed's models. now : the trial that is being made.
    """

    setup: Setup
    outcomes: dict[tuple[int, int], Outcome] = field(default_factory=dict)
    trained: dict[int, Profile] = field(default_factory=dict)
    now: Trial | None = None

    @property
    def n_trials(self) -> int:
        """How many there are in all."""
        return len(self.setup.variants) * self.setup.seeds

    @property
    def done(self) -> bool:
        """Whether every trial has ended."""
        return len(self.outcomes) == self.n_trials

    @property
    def turn(self) -> tuple[int, int]:
        """(variant, seed) whose turn it is, by their places."""
        seed, variant = divmod(len(self.outcomes), len(self.setup.variants))
        return variant, seed

    @property
    def share(self) -> float:
        """How much is done, 0..1."""
        trial = self.now
        part = trial.steps / self.setup.longest if trial else 0.0
        return (len(self.outcomes) + part) / self.n_trials

    def ends(self, variant: int) -> list[Outcome]:
        """How the trials of a variant ended, in the order of the seeds."""
        return [
            end
            for (which, _), end in sorted(self.outcomes.items(), key=lambda item: item[0])
            if which == variant
        ]

    def advance(self, budget_s: float) -> None:
        """Train until the budget is spent, by whole steps; at least one."""
        until = time.perf_counter() + budget_s
        while not self.done:
            trial = self.now = self.now or self._next()  # rest() may take it away meanwhile
            trial.advance(budget_s=until - time.perf_counter())
            if trial.done:
                variant, seed = self.turn
                if seed == 0:
                    self.trained[variant] = trial.look()
                self.outcomes[variant, seed] = outcome(trial)
                self.now = None
            if time.perf_counter() >= until:
                break

    def rest(self) -> None:
        """Give up the memory of the trial that is being made; it is made again from its start."""
        self.now = None

    def _next(self) -> Trial:
        variant, seed = self.turn
        first = self.setup.variants[variant][1]
        one = first.seeded(first.settings.seed + seed)
        return Trial(lesson(one.task, one.length), one.settings, self.setup.longest)
