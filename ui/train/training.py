"""This visitor's training: what the settings, the buttons, the address and the clock make of it."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from ui.kit import jobs, settings
from ui.kit.scheduler import SCHEDULER
from ui.kit.table import TABLE
from ui.sequence import models, text_model
from ui.sequence.session import Session
from ui.train import text

LIVE = ("lr", "clip", "clip_at")
"""What a run takes on its way; anything else starts a new one."""
TELL_S = 0.35
"""While it plays the address is told so often how far it is; browsers bear no more."""
PRESETS: dict[str, dict[str, Any]] = {
    "default": {},
    "write-up": {"init": "tiny", "units": 64, "lr": 0.02, "goal": 1000, "pace": "all"},
    "fast": {"lr": 0.2},
    "unclipped": {"clip": "none", "activation": "relu", "lr": 0.2},
    "lstm": {"cell": "lstm"},
    "future": {"data": "comes_again", "cell": "gru", "runs": text.TABS["two"], "ab": "both"},
    "ends": {"data": "same_ends", "both": True, "runs": text.TABS["two"], "ab": "layers"},
}  # fmt: skip
"""{name: {setting: value}}."""
PRESET = ("lr", "clip", "at", "units", "activation", "init", "radius", "batch", "optimizer",
          "goal", "cell", "layers", "both", "forget", "pace")  # fmt: skip
"""The settings that a preset sets."""


def session() -> Session:
    """This visitor's session as the settings ask for it now.

    Settings that act at once are turned in its run; any other starts a new run, and the previous
    one's curve is kept. Who arrives from elsewhere finds the run as it was left, or, with other
    settings or a later epoch than it has come to, one that is trained to that epoch at once.
    """
    hp, dataset, goal = models.hyperparameters(), models.data(), settings.get("goal")
    epoch, arrived = settings.get("epoch"), settings.owner().arrived
    if (here := models.session()) is None:
        here = Session(dataset, hp, goal)
        jobs.start(models.SESSION, lambda: here)
    now = here.run.hyperparameters
    wanted = hp if arrived else replace(hp, **{name: getattr(now, name) for name in LIVE})
    if now != wanted or dataset is not here.run.dataset:
        here.again(hp, dataset, goal)
        if not arrived and here.until is None:
            settings.put(epoch=None)
    elif goal != here.asked:
        here.goal = here.asked = goal
    if arrived and epoch is not None:
        here.epoch_to(epoch)
    (jobs.start if here.playing else jobs.stop)(models.SESSION)
    take_over(here)
    return here


def take_over(here: Session) -> None:
    """Take over what acts at once, as it stands now."""
    hp = models.hyperparameters()
    here.run.change(**{name: getattr(hp, name) for name in LIVE})
    here.pace, here.every_s = settings.get("pace"), SCHEDULER.interval_s


def follow(here: Session) -> None:
    """After a slice: take over what acts at once, and tell the address how far it is."""
    take_over(here)
    now = time.monotonic()
    if here.playing and here.until is None and now - here.told_at > TELL_S:
        _tell(here)
        here.told, here.told_at = settings.get("epoch"), now


def settle(here: Session) -> None:
    """Where it rests, the setting says its last epoch, unless an earlier one is looked at."""
    if here.playing:
        return
    epoch = settings.get("epoch")
    if epoch is None or epoch == here.told or epoch > here.run.epoch:
        _tell(here)
    here.told = None


def _tell(here: Session) -> None:
    settings.put(epoch=here.run.epoch or None)


# ---- callbacks; a busy server hands presses over together, in any order, or twice ----


def play(turn: int) -> None:
    """Go on from the moment that is shown; from an earlier one, as a fork.

    turn : the one that its button was drawn for: only a button of the present turn acts.
    """
    here: Session = jobs.work(models.SESSION)
    if here.playing or turn != here.turn:
        return
    if (shown := settings.get("epoch")) is not None:
        here.fork(shown)
    _tell(here)
    here.told = settings.get("epoch")
    if here.run.stopped is not None:
        settings.note(text_model.STUCK)
    take_over(here)
    here.play()
    jobs.start(models.SESSION)


def pause(turn: int) -> None:
    """Pause, whatever came before; a second press changes nothing. turn : as for play."""
    here: Session = jobs.work(models.SESSION)
    if turn == here.turn:
        jobs.stop(models.SESSION)
        _tell(here)


def step_to(steps: int) -> None:
    """Make this step."""
    here = _paused()
    here.step_to(steps)
    _tell(here)


def epoch_to(epoch: int) -> None:
    """Go to the end of this epoch."""
    here = _paused()
    here.epoch_to(epoch)
    settings.put(epoch=epoch)
    jobs.start(models.SESSION)


def again() -> None:
    """Start again with the same settings; a run that has not begun is already there."""
    here = _paused()
    if here.run.steps or here.run.stopped:
        here.again(here.run.hyperparameters, here.run.dataset, here.asked)
    _tell(here)


def values(name: str) -> dict[str, Any]:
    """Every setting of a preset: those it does not name, where they usually stand."""
    return {key: TABLE[key].default for key in PRESET} | PRESETS[name]


def recipe() -> str:
    """The preset that stands, whatever its pace; "" where something else was chosen."""
    return next((name for name in PRESETS if all(
        settings.get(key) == value for key, value in values(name).items() if key != "pace")
    ), "")  # fmt: skip


def preset(name: str) -> None:
    """Set every setting of a preset, and play; if it names runs, they begin as well."""
    settings.put(epoch=None, play="runs" in PRESETS[name], **values(name))
    here = _paused()
    here.again(models.hyperparameters(), models.data(), settings.get("goal"))
    begin(here)


def begin(here: Session) -> None:
    """Play, unless it is over."""
    if not here.over:
        here.play()
        jobs.start(models.SESSION)


def _paused() -> Session:
    """The session, paused, with the settings that act at once as they stand now."""
    jobs.stop(models.SESSION)
    here: Session = jobs.work(models.SESSION)
    take_over(here)
    return here
