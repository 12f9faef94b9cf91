"""A page's own training: it begins by itself, plays and pauses, and goes back in time.

Write, Translate and See each have one, beside the training of the page Train.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st

from rnn_core import Dataset, Hyperparameters, Model, TrainingRun
from ui.kit import jobs, settings
from ui.sequence import text_model as text
from ui.sequence.session import Session

LIVE = ("lr", "clip", "clip_at")
"""What a run takes on its way; anything else starts a new one."""


@dataclass(frozen=True)
class Moment:
    """A training at one of its epochs."""

    session: Session
    epoch: int

    @property
    def run(self) -> TrainingRun:
        """Its training."""
        return self.session.run

    @cached_property
    def model(self) -> Model:
        """The network as it was then."""
        return self.run.snapshot_at(self.epoch).model


@dataclass(frozen=True)
class Learner:
    """key : under which its work is kept. epoch : the setting of the epoch that is looked at."""

    key: str
    epoch: str

    @property
    def paused(self) -> str:
        """Under this key it is kept that the visitor has paused it."""
        return f"{self.key}: paused"

    @property
    def work(self) -> Session | None:
        """This visitor's training, if there is one."""
        here: Session | None = jobs.work(self.key)
        return here

    def session(self, dataset: Dataset, hp: Hyperparameters, goal: int) -> Session:
        """The training as it is asked for now; a new one begins at once. goal : epochs after which
        it pauses by itself.
        """
        if (here := self.work) is None:
            here = Session(dataset, hp, goal)
            self.begin(here)
        if here.file:  # it goes on as it was trained, whatever is set for others
            (jobs.start if here.playing else jobs.stop)(self.key)
            return here
        now = here.run.hyperparameters
        if here.run.dataset is not dataset or now != replace(
            hp, **{name: getattr(now, name) for name in LIVE}
        ):
            here.again(hp, dataset, goal)
            settings.put(**{self.epoch: None})
            self.begin(here)
        elif here.asked != goal:
            here.goal = here.asked = goal
        here.run.change(**{name: getattr(hp, name) for name in LIVE})
        chosen = settings.get(self.epoch)
        if settings.owner().arrived and chosen is not None:
            here.epoch_to(int(chosen))
        (jobs.start if here.playing else jobs.stop)(self.key)
        return here

    def begin(self, here: Session) -> None:
        """Play as fast as it can, to its goal."""
        settings.kept().pop(self.paused, None)
        here.pace = "all"
        here.play()
        jobs.start(self.key, None if self.work is here else lambda: here)

    def go_on(self, here: Session) -> None:
        """On another page that shows it: go on to the goal, unless the visitor has paused it, or
        looks at an earlier moment.
        """
        stands = here.playing or here.file or settings.kept().get(self.paused)
        if not stands and settings.get(self.epoch) is None and here.run.epoch < here.goal:
            self.begin(here)

    def moment(self, here: Session) -> Moment:
        """The epoch that is looked at: while it plays, and where none was chosen, the last one."""
        last, chosen = here.run.snapshots[-1].epoch, settings.get(self.epoch)
        if here.playing or chosen is None:
            return Moment(here, last)
        return Moment(here, here.run.snapshot_at(int(chosen)).epoch)

    # ---- widgets and their callbacks ----

    def button(self, here: Session) -> None:
        """Train or Pause, a new button for each turn."""
        name, icon, verb = text.TRAIN, "play_arrow", self.play
        if here.playing:
            name, icon, verb = text.PAUSE, "pause", self.pause
        st.button(name, key=f"turn {here.turn}", icon=f":material/{icon}:", type="primary",
                  on_click=verb, args=(here.turn,))  # fmt: skip

    def back_in_time(self, here: Session) -> None:
        """The slider of its moments, while it rests."""
        epochs = [snapshot.epoch for snapshot in here.run.snapshots]
        if not here.playing and len(epochs) > 1:
            settings.slider(self.epoch, text.BACK_IN_TIME, epochs, epochs[-1])

    def play(self, turn: int) -> None:
        """Go on; from an earlier moment that is looked at, as a fork. turn : the button's own."""
        here = self.work
        if here is None or here.playing or turn != here.turn:
            return
        if (shown := settings.get(self.epoch)) is not None:
            here.fork(int(shown))
        settings.put(**{self.epoch: None})
        if here.run.stopped is not None:
            settings.note(
                text.NOT_TRAINED_ON.format(why=here.run.stopped) if here.file else text.STUCK
            )
        self.begin(here)

    def pause(self, turn: int) -> None:
        """Pause after the step that is being made. turn : as for play."""
        if (here := self.work) is not None and turn == here.turn:
            settings.kept()[self.paused] = True
            jobs.stop(self.key)

    def take(self, run: TrainingRun, file: str) -> None:
        """A model from a file takes the place of the training. run : it, as far as it has come."""
        here = Session(run.dataset, run.hyperparameters, max(run.epoch, 1), run)
        here.file, here.forked = file, True
        jobs.stop(self.key)
        jobs.start(self.key, lambda: here)
        settings.put(**{self.epoch: None})

    def forget(self) -> None:
        """A callback: let go of the model from a file; what the settings say is trained again."""
        if self.work is not None and self.work.file:
            jobs.forget(self.key)
            settings.put(**{self.epoch: None})

    def again(self) -> None:
        """Start again with the same settings."""
        self.forget()
        if (here := self.work) is not None:
            jobs.stop(self.key)
            here.again(here.run.hyperparameters, here.run.dataset, here.asked)
            settings.put(**{self.epoch: None})
            self.begin(here)
