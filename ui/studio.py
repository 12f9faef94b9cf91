"""A studio: one visitor's training, its pace, its shadow, and its story. No screen, no clock.

The page hands in budget and time; the studio advances its run by whole steps and remembers
what is worth seeing. Whatever the slices, the run is the same, bit for bit.
"""

from __future__ import annotations

from typing import Any

from rnn_core import Dataset, Hyperparameters, TrainingRun
from ui.track import Track

STAGES = ("forward", "loss", "backward", "update")
STAGE_S = 0.8
PACES = {"slow": "slow motion", "steps": "steps", "epochs": "epochs", "all": "all at once"}
STEPS_A_SECOND, EPOCHS_A_SECOND = 8.0, 7.0
LONGEST_PAUSE_S = 0.5
"""A tick that comes later after the last one counts as this late: no jump after a pause."""


class Studio:
    """One run and everything that the page keeps about it.

    Parameters
    ----------
    dataset, settings : what is trained, and how. goal : epochs after which it pauses by itself.

    Attributes
    ----------
    run, ghost : the training, and the history of the one before it.
    pace : a key of PACES. until : an epoch to go to as fast as it can, then pause; or None.
    turn : how often it began to play or paused.
    branched : whether the run went on from an earlier moment of another.
    busy_s, busy_steps : the time that training took, and the updates made in it.
    """

    def __init__(self, dataset: Dataset, settings: Hyperparameters, goal: int = 60) -> None:
        self.run = TrainingRun(dataset, settings)
        self.goal = goal
        self.ghost: list[Any] = []
        self.pace = "epochs"
        self.playing = False
        self.turn = 0
        self.stage = 0
        self.track = Track()
        self.busy_s, self.busy_steps = 0.0, 0
        self.until: int | None = None
        self.branched = False
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

    @property
    def restorable(self) -> bool:
        """Whether the same settings and as many epochs give the same model once more."""
        return not self.branched and all(step == 0 for step, _ in self.run.changes)

    def play(self) -> None:
        """Go on; after the goal, for as long again. A second press changes nothing."""
        if self.playing or self.run.stopped is not None:
            return
        self._beyond()
        self.playing, self._last, self._due, self._stage_began = True, None, 0.0, None
        self.turn += 1

    def pause(self) -> None:
        """Stop after the step that is being made: a step is never torn."""
        self.turn += self.playing
        self.playing, self.until = False, None

    def step_to(self, steps: int) -> None:
        """Advance to this step; asking twice for the same one does nothing."""
        self.pause()
        self.stage = 0
        if steps > self.run.steps:
            self._beyond()
            self.run.advance(steps=steps - self.run.steps)

    def epoch_to(self, epoch: int) -> None:
        """Go to the end of this epoch as fast as it can; asking twice is asking once."""
        self.stage = 0
        if epoch > self.run.epoch:
            self.play()
            self.until, self.goal = epoch, max(self.goal, epoch)

    def _beyond(self) -> None:
        if self.over:
            self.goal *= 2

    def again(self, settings: Hyperparameters, dataset: Dataset, goal: int) -> None:
        """A new run; the old one's curve stays as a shadow. An epoch that is still to be gone to
        is gone to by the new run as well.
        """
        if self.run.epoch:
            self.ghost = list(self.run.history)
        self.run, self.goal, until = TrainingRun(dataset, settings), goal, self.until
        self.pause()
        self.stage, self.track, self.branched = 0, Track(), False
        self.busy_s, self.busy_steps = 0.0, 0
        if until is not None:
            self.epoch_to(until)

    def branch(self, epoch: int) -> None:
        """Go back to a moment and make it the present; what came after stays as a shadow."""
        if epoch < self.run.epoch:
            self.ghost = list(self.run.history)
            self.run = self.run.fork(epoch)
            self.stage, self.track, self.branched = 0, Track(), True

    def tick(self, budget_s: float, now: float, every_s: float = 0.1) -> None:
        """Advance as the pace asks, within the budget; 0 s means: not our turn.

        every_s : how often ticks come; the first one after Play counts as that late. So it moves
        at once, also for whoever presses Pause and Play sooner than the next tick would come.
        """
        late = min(every_s if self._last is None else now - self._last, LONGEST_PAUSE_S)
        self._last = now
        if self.playing and self.run.stopped is None:
            if self.until is None and self.pace == "slow":
                self._slow(budget_s, now)
            else:
                self._due_steps(budget_s, late)
        if self.run.stopped is not None or self.run.epoch >= self._end:
            self.pause()

    @property
    def _end(self) -> int:
        """The epoch at which it pauses by itself."""
        return self.goal if self.until is None else self.until

    def _due_steps(self, budget_s: float, late: float) -> None:
        """Make the steps that are due after so many seconds; what the budget leaves stays due."""
        rates = {"steps": STEPS_A_SECOND, "epochs": EPOCHS_A_SECOND * self.steps_an_epoch}
        rate = None if self.until is not None else rates.get(self.pace)
        left = (self._end - self.run.epoch) * self.steps_an_epoch
        if rate is None:
            self._due = float(left)
        else:
            self._due = min(self._due + rate * late, rate * LONGEST_PAUSE_S, left)
        if budget_s > 0 and self._due >= 1:
            self._due -= self.run.advance(
                steps=int(self._due), epochs=self._end - self.run.epoch, budget_s=budget_s
            )

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
