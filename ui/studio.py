"""A studio: one visitor's training, its pace, its shadow, and its story. No screen, no clock.

The page hands in budget and time; the studio advances its run by whole steps and remembers
what is worth seeing. Whatever the slices, the run is the same, bit for bit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rnn_core import Dataset, Hyperparameters, Model, TrainingRun, analysis
from ui.figures.weights import radius

STAGES = ("forward", "loss", "backward", "update")
STAGE_S = 0.8
PACES = {"slow": "slow motion", "steps": "steps", "epochs": "epochs", "all": "all at once"}
STEPS_A_SECOND, EPOCHS_A_SECOND = 8.0, 7.0
LONGEST_PAUSE_S = 0.5
"""A tick that comes later after the last one counts as this late: no jump after a pause."""


@dataclass
class Track:
    """What became of one sentence and of the weights, epoch by epoch."""

    ids: tuple[int, ...] = ()
    target: int = 0
    rows: dict[int, tuple[float, float, float]] = field(default_factory=dict)

    def follow(self, run: TrainingRun, ids: tuple[int, ...], answer: int, target: int) -> None:
        """Bring the rows up to date: P(answer), horizon and radius for each snapshot."""
        if (ids, target) != (self.ids, self.target):
            self.ids, self.target, self.rows = ids, target, {}
        kept = {snapshot.epoch for snapshot in run.snapshots}
        self.rows = {epoch: row for epoch, row in self.rows.items() if epoch in kept}
        for snapshot in run.snapshots:
            if snapshot.epoch not in self.rows:
                self.rows[snapshot.epoch] = _row(snapshot.model, ids, answer, target)


def _row(
    model: Model, ids: tuple[int, ...], answer: int, target: int
) -> tuple[float, float, float]:
    fwd = model.forward(ids)
    lengths = analysis.blame_lengths(model.backward(fwd, target))
    reach = analysis.memory_horizon(lengths)
    return float(fwd.p[-1, answer]), float(reach), radius(model.params["W_hh"])


class Studio:
    """One run and everything that the page keeps about it.

    Parameters
    ----------
    dataset, settings : what is trained, and how. goal : epochs after which it pauses by itself.
    """

    def __init__(self, dataset: Dataset, settings: Hyperparameters, goal: int = 60) -> None:
        self.run = TrainingRun(dataset, settings)
        self.goal = goal
        self.ghost: list[Any] = []
        self.pace = "epochs"
        self.playing = False
        self.stage = 0
        self.track = Track()
        self.busy_s = 0.0
        self._due = 0.0
        self._stage_began: float | None = None
        self._last: float | None = None

    @property
    def over(self) -> bool:
        """Whether there is nothing left to do: the goal is reached, or the run stopped."""
        return self.run.stopped is not None or self.run.epoch >= self.goal

    @property
    def steps_an_epoch(self) -> int:
        """Updates in one pass over the training sentences."""
        return -(-len(self.run.dataset.train) // self.run.hyperparameters.batch_size)

    def play(self) -> None:
        """Go on; after the goal, for as long again."""
        if self.over and self.run.stopped is None:
            self.goal *= 2
        self.playing, self._last, self._due, self._stage_began = True, None, 0.0, None

    def pause(self) -> None:
        """Stop after the step that is being made: a step is never torn."""
        self.playing = False

    def step_to(self, steps: int) -> None:
        """Advance to this step; asking twice for the same one does nothing."""
        self.pause()
        self.stage = 0
        self.run.advance(steps=max(steps - self.run.steps, 0))

    def epoch_to(self, epoch: int) -> None:
        """Advance to the end of this epoch; asking twice for the same one does nothing."""
        self.pause()
        self.stage = 0
        self.run.advance(epochs=max(epoch - self.run.epoch, 0))

    def again(self, settings: Hyperparameters, dataset: Dataset, goal: int) -> None:
        """A new run; the old one's curve stays as a shadow."""
        if self.run.epoch:
            self.ghost = list(self.run.history)
        self.run, self.goal = TrainingRun(dataset, settings), goal
        self.pause()
        self.stage, self.track, self.busy_s = 0, Track(), 0.0

    def branch(self, epoch: int) -> None:
        """Go back to a moment and make it the present; what came after stays as a shadow."""
        if epoch < self.run.epoch:
            self.ghost = list(self.run.history)
            self.run = self.run.branch(epoch)
            self.stage, self.track = 0, Track()

    def tick(self, budget_s: float, now: float) -> None:
        """Advance as the pace asks, within the budget; 0 s means: not our turn."""
        late = 0.0 if self._last is None else min(now - self._last, LONGEST_PAUSE_S)
        self._last = now
        if not self.playing or self.over:
            self.playing = False
            return
        if self.pace == "slow":
            self._slow(budget_s, now)
            return
        rate = {"steps": STEPS_A_SECOND, "epochs": EPOCHS_A_SECOND * self.steps_an_epoch}
        left = (self.goal - self.run.epoch) * self.steps_an_epoch
        self._due = min(self._due + rate.get(self.pace, np.inf) * late, left)
        if budget_s > 0 and self._due >= 1:
            made = self.run.advance(
                steps=int(self._due), epochs=self.goal - self.run.epoch, budget_s=budget_s
            )
            self._due = max(self._due - made, 0.0)
            self._due = min(self._due, rate.get(self.pace, 0.0) * LONGEST_PAUSE_S)
        if self.over:
            self.playing = False

    def _slow(self, budget_s: float, now: float) -> None:
        """One sentence at a time, its four stages named as they pass; the last one is the step."""
        if self._stage_began is None:
            self._stage_began = now
        if now - self._stage_began < STAGE_S or budget_s <= 0:
            return
        self._stage_began = now
        if self.stage == len(STAGES) - 1:
            self.run.advance(steps=1)
        self.stage = (self.stage + 1) % len(STAGES)
