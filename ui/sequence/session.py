"""A session: one visitor's training, its pace, and the run before it. No screen.

It is a job's work: it advances its run by whole steps. Whatever the slices, the run is the same,
bit for bit.
"""

from __future__ import annotations

import math
import time
from typing import Any

from rnn_core import Dataset, Hyperparameters, LanguageRun, Snapshot, TrainingRun, start_run

STAGES = ("forward", "loss", "backward", "update")
STAGE_S, WORD_S = 0.8, 0.2
"""In slow motion: what a stage lasts at least, and what a word takes, forward and backward."""
PACES = ("slow", "steps", "epochs", "all")
STEPS_A_SECOND, EPOCHS_A_SECOND = 8.0, 7.0
LONGEST_PAUSE_S = 0.5
"""A tick that comes later after the last one counts as this late: no jump after a pause."""


class Session:
    """One run and everything that the page keeps about it.

    Parameters
    ----------
    dataset, settings : what is trained, and how. goal : epochs after which it pauses by itself.
    run : a training that goes on, in place of a new one.

    Attributes
    ----------
    run, previous : the training, and the history of the one before it.
    asked : the goal that was asked for; `goal` moves on when it is played beyond it.
    pace : one of PACES. until : an epoch to go to as fast as it can, then pause; or None.
    stage : of slow motion, a number of STAGES. before : the model as it was before the last update
    that slow motion made.
    turn : how often it began to play or paused.
    forked : whether the run went on from an earlier moment of another.
    file : the name of the file from which it came, or "".
    busy_s, busy_steps : the time that training took, and the updates made in it.
    every_s : how often its slices come.
    told, told_at : the epoch that the address was told last while it played, and when.
    """

    def __init__(
        self, dataset: Dataset, settings: Hyperparameters, goal: int = 60,
        run: TrainingRun | None = None,
    ) -> None:  # fmt: skip
        self.run = run or start_run(dataset, settings)
        self.file = ""
        self.goal = self.asked = goal
        self.previous: list[Any] = []
        self.pace = "epochs"
        self.playing = False
        self.turn = 0
        self.stage = 0
        self.before: Snapshot | None = None
        self.busy_s, self.busy_steps, self.every_s = 0.0, 0, 0.1
        self.until: int | None = None
        self.forked = False
        self.told: int | None = None
        self.told_at = -math.inf
        self._due = 0.0
        self._learned = 0
        self._stage_began: float | None = None
        self._last: float | None = None

    @property
    def lesson(self) -> int:
        """The training sentence that slow motion shows, by its number."""
        return self._learned if STAGES[self.stage] == "update" else int(self.run.upcoming[0])

    @property
    def stage_s(self) -> float:
        """How long the present stage of slow motion lasts."""
        if STAGES[self.stage] not in ("forward", "backward"):
            return STAGE_S
        return max(STAGE_S, WORD_S * int(self.run.dataset.train.lengths[self.lesson]))

    @property
    def stage_share(self) -> float:
        """How much of it has passed, 0..1."""
        if self._stage_began is None or self._last is None:
            return 0.0
        return min((self._last - self._stage_began) / self.stage_s, 1.0)

    @property
    def over(self) -> bool:
        """Whether there is nothing left to do: the goal is reached, or the run stopped."""
        return self.run.stopped is not None or self.run.epoch >= self.goal

    @property
    def steps_an_epoch(self) -> int:
        """Updates in one pass over the training sentences."""
        return self.run.steps_an_epoch

    @property
    def slow(self) -> bool:
        """Whether it shows an update in slow motion: a text has no sentence to show it with."""
        is_text = isinstance(self.run, LanguageRun)
        return self.pace == "slow" and self.until is None and not is_text

    @property
    def restorable(self) -> bool:
        """Whether the same settings and as many epochs give the same model once more."""
        return not self.forked and all(step == 0 for step, _ in self.run.changes)

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
        if epoch > self.run.epoch and self.run.stopped is None:
            self.play()
            self.until, self.goal = epoch, max(self.goal, epoch)

    def _beyond(self) -> None:
        if self.over:
            self.goal *= 2

    def again(self, settings: Hyperparameters, dataset: Dataset, goal: int) -> None:
        """A new run; the old one's curve is kept to compare. An epoch that is still to be
        gone to is gone to by the new run as well.
        """
        if self.run.epoch:
            self.previous = list(self.run.history)
        self.run, until = start_run(dataset, settings), self.until
        self.goal = self.asked = goal
        self.pause()
        self.stage, self.forked = 0, False
        self.busy_s, self.busy_steps = 0.0, 0
        if until is not None:
            self.epoch_to(until)

    def fork(self, epoch: int) -> None:
        """Go back to a moment and make it the present; what came after is kept to compare."""
        if epoch < self.run.epoch:
            self.previous = list(self.run.history)
            self.run = self.run.fork(epoch)
            self.stage, self.forked = 0, True

    @property
    def done(self) -> bool:
        """As a job's work: whether it pauses."""
        return not self.playing

    @property
    def share(self) -> float:
        """How much is done, 0..1."""
        return self.run.epoch / max(self._end, 1)

    @property
    def n_bytes(self) -> int:
        """About what it takes: its run."""
        return self.run.n_bytes

    def make_room(self) -> None:
        """Forget what came between the run's first moment and its last."""
        self.run.make_room()

    def rest(self) -> None:
        """Its job was stopped."""
        self.pause()

    def advance(self, budget_s: float) -> None:
        """A slice now: as the pace asks, within the budget."""
        began, steps = time.perf_counter(), self.run.steps
        self.tick(budget_s, time.monotonic(), self.every_s)
        self.busy_s += time.perf_counter() - began
        self.busy_steps += self.run.steps - steps

    def tick(self, budget_s: float, now: float, every_s: float = 0.1) -> None:
        """Advance as the pace asks, within the budget; 0 s means: not our turn.

        every_s : how often ticks come; the first one after Play counts as that late. So it moves
        at once, also for whoever presses Pause and Play sooner than the next tick would come.
        """
        late = min(every_s if self._last is None else now - self._last, LONGEST_PAUSE_S)
        self._last = now
        if self.playing and self.run.stopped is None:
            if self.slow:
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
        rates = {"slow": STEPS_A_SECOND / 4, "steps": STEPS_A_SECOND,
                 "epochs": EPOCHS_A_SECOND * self.steps_an_epoch}  # fmt: skip
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
        """One sentence at a time, its four stages one by one; the last begins with the step."""
        if self._stage_began is None:
            self._stage_began = now
        if now - self._stage_began < self.stage_s or budget_s <= 0:
            return
        self._stage_began = now
        if STAGES[self.stage] == "backward":
            self._learned = self.lesson
            self.before = Snapshot(self.run.epoch, self.run.model.flat.copy(), self.run.model)
            self.run.advance(steps=1)
        self.stage = (self.stage + 1) % len(STAGES)
