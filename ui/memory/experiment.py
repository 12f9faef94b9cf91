"""The work of the laboratory: to look at a setup's networks, and to try whether they learn.

One after another, so that the first results come early; of a trial that ended only its curve is
kept. No screen.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from rnn_core.experiments.gradient_flow import Profile, Trial
from ui.memory import text
from ui.memory.setup import Setup, lesson, profile_of


@dataclass
class Looking:
    """The untrained networks of a setup: what profile_of finds is kept there. n : how many are."""

    setup: Setup
    n: int = 0

    @property
    def share(self) -> float:
        """How much is done, 0..1."""
        return self.n / len(self.setup.variants)

    @property
    def done(self) -> bool:
        """Whether all were looked at."""
        return self.n == len(self.setup.variants)

    def advance(self, budget_s: float) -> None:
        """Look at one, however long it takes."""
        profile_of(self.setup.variants[self.n][1])
        self.n += 1


@dataclass(frozen=True)
class Outcome:
    """What is kept of a trial that has ended. longest : the longest gradient before clipping."""

    accuracies: list[float]
    learned: int | None
    stopped: str | None
    longest: float


@dataclass
class Experiment:
    """All trials of a setup: the first seed of each variant, then the second.

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
        part = self.now.steps / self.setup.longest if self.now else 0.0
        return (len(self.outcomes) + part) / self.n_trials

    def ends(self, variant: int) -> list[Outcome]:
        """How the trials of a variant ended, in the order of the seeds."""
        places = ((variant, seed) for seed in range(self.setup.seeds))
        return [self.outcomes[place] for place in places if place in self.outcomes]

    def count(self, variant: int) -> str:
        """How many of them have learned: "2 of 3"."""
        ends = self.ends(variant)
        return text.COUNT.format(n=sum(end.learned is not None for end in ends), all=len(ends))

    def advance(self, budget_s: float) -> None:
        """Train until the budget is spent, by whole steps; at least one."""
        until = time.perf_counter() + budget_s
        while not self.done:
            which, seed = self.turn
            if self.now is None:
                one = self.setup.seeded(which, seed)
                self.now = Trial(lesson(one.task, one.length), one.settings, self.setup.longest)
            trial = self.now
            trial.advance(budget_s=until - time.perf_counter())
            if trial.done:
                if seed == 0:
                    self.trained[which] = trial.look()
                longest = max(trial.lengths, default=0.0)
                self.outcomes[which, seed] = Outcome(
                    trial.accuracies, trial.learned, trial.stopped, longest
                )
                self.now = None
            if time.perf_counter() >= until:
                break
