"""The gradient laboratory: what is set, and what is compared with what. No screen.

A setup says everything that a picture depends on, in plain values, so that it can be kept,
compared and computed again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from rnn_core import Hyperparameters
from rnn_core.experiments.gradient_flow import Lesson, Profile, profile
from rnn_core.experiments.tasks import TASKS

CELLS = {"rnn": "RNN", "gru": "GRU", "lstm": "LSTM"}
STARTS = {"orthogonal": "rotation × radius", "uniform": "uniform", "tiny": "weights / 1000"}
CLIPS = {"norm": "norm", "value": "value", "none": "none"}
RULES = {"Adam 0.003": ("adam", 0.003), "SGD 0.1": ("sgd", 0.1), "SGD 0.02": ("sgd", 0.02)}
ALL_THE_WAY = 200
"""Truncation at so many words is none: no sentence is longer."""
BATCH = 32


@dataclass(frozen=True)
class Comparison:
    """One dial at several places, side by side. dial : which; name : how a place is called."""

    title: str
    dial: str
    values: tuple[Any, ...]
    name: str


COMPARISONS = {
    "nothing": Comparison("nothing", "", (None,), ""),
    "radius": Comparison("radius", "spectral_radius", (0.9, 1.0, 1.3, 1.6), "radius {}"),
    "start": Comparison("starts", "init", ("tiny", "uniform", "orthogonal"), "{}"),
    "cell": Comparison("cells", "cell", ("rnn", "gru", "lstm"), "{}"),
    "forget": Comparison("forget bias", "forget_bias", (0.0, 1.0, 3.0), "bias {:g}"),
    "clip": Comparison("clipping", "clip", ("none", "value", "norm"), "{}"),
    "k": Comparison("truncation", "truncate", (1, 2, 5, 10), "k = {}"),
    "length": Comparison("lengths", "length", (10, 20, 40, 80), "T = {}"),
}
SAID = {"init": STARTS, "cell": CELLS,
        "clip": {"none": "not clipped", "value": "by value", "norm": "by norm"}}  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """One network on one task: everything that its profile depends on, and its training."""

    task: str
    length: int
    settings: Hyperparameters

    def turned(self, dial: str, value: Any) -> Setting:
        """The same with one dial at another place, and what this asks of the others."""
        if dial == "length":
            return replace(self, length=max(value, TASKS[self.task].shortest))
        also: dict[str, Any] = {}
        if dial == "spectral_radius":
            also["init"] = "orthogonal"
        if dial == "forget_bias":
            also["cell"] = "lstm"
        if also.get("cell", value) in ("gru", "lstm"):
            also["activation"] = "tanh"
        return replace(self, settings=replace(self.settings, **{dial: value, **also}))

    def seeded(self, seed: int) -> Setting:
        """The same with another seed."""
        return replace(self, settings=replace(self.settings, seed=seed))


@dataclass(frozen=True)
class Setup:
    """What the page shows. seeds : how many, from the setting's own; longest : steps for each."""

    setting: Setting
    compare: str = "nothing"
    seeds: int = 3
    longest: int = 300

    @property
    def variants(self) -> list[tuple[str, Setting]]:
        """(name, setting) for each place of the dial that is compared; at least one."""
        what = COMPARISONS[self.compare]
        if not what.dial:
            return [("", self.setting)]
        names = SAID.get(what.dial, {})
        return [
            (what.name.format(names.get(value, value)), self.setting.turned(what.dial, value))
            for value in what.values
        ]


@lru_cache(maxsize=64)
def lesson(task: str, length: int) -> Lesson:
    """A task at a length; made once for everybody, it keeps nothing."""
    return Lesson(task, length)


@lru_cache(maxsize=256)
def untrained(task: str, length: int, settings: Hyperparameters) -> Profile:
    """The profile before the first step."""
    here = lesson(task, length)
    return profile(here, here.start(settings), settings.truncate)


def profile_of(setting: Setting) -> Profile:
    """The same, of a setting; what only training asks for makes no other profile."""
    plain = Hyperparameters()
    settings = replace(
        setting.settings, dtype="float64", clip=plain.clip, clip_at=plain.clip_at,
        optimizer=plain.optimizer, lr=plain.lr,
    )  # fmt: skip
    return untrained(setting.task, setting.length, settings)
