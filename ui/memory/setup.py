"""What the laboratory compares: networks on a task, as the settings say. No screen.

A setup says everything that a picture depends on, in plain values, so that it can be kept,
compared and computed again. A setting that makes no difference stands in it as it usually does:
so setups that show the same are equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from rnn_core import Hyperparameters
from rnn_core.experiments.gradient_flow import Lesson, Profile, profile
from rnn_core.experiments.tasks import TASKS
from ui.kit.table import TABLE
from ui.memory import text
from ui.sequence.text_model import INIT_NAMES

OPTIMIZERS = {"Adam 0.003": ("adam", 0.003), "SGD 0.1": ("sgd", 0.1), "SGD 0.02": ("sgd", 0.02)}
BATCH = 32
USUAL = {name: setting.default for name, setting in TABLE.items()
         if name.startswith("m_") and name not in ("m_tab", "m_when")}  # fmt: skip
"""Every setting of the laboratory, and its usual value."""
PLAIN = Hyperparameters()
Values = Mapping[str, Any]
"""A value for each of USUAL."""


@dataclass(frozen=True)
class Comparison:
    """One setting at several values, side by side.

    setting : which. name : how a value is called. names : what stands for a value there.
    also : what this asks of other settings.
    """

    setting: str = ""
    values: tuple[Any, ...] = (None,)
    name: str = "{}"
    names: Values = field(default_factory=dict)
    also: Values = field(default_factory=dict)


COMPARISONS = {
    "nothing": Comparison(name=""),
    "radius": Comparison("m_radius", (0.9, 1.0, 1.3, 1.6), text.NETWORKS["radius"],
                         also={"m_init": "orthogonal"}),
    "init": Comparison("m_init", ("tiny", "uniform", "orthogonal"), names=INIT_NAMES),
    "cell": Comparison("m_cell", ("rnn", "gru", "lstm"), names=text.CELLS),
    "both": Comparison("m_both", (False, True), names=text.DIRECTIONS),
    "forget": Comparison("m_forget", (0.0, 1.0, 3.0), text.NETWORKS["forget"],
                         also={"m_cell": "lstm"}),
    "clip": Comparison("m_clip", ("none", "value", "norm"), names=text.CLIPPED),
    "k": Comparison("m_k", (1, 2, 5, 10), text.NETWORKS["k"]),
    "length": Comparison("m_length", (10, 20, 40, 80), text.NETWORKS["length"]),
}  # fmt: skip


@dataclass(frozen=True)
class Variant:
    """One network on one task: everything that its profile depends on, and its training."""

    task: str
    length: int
    settings: Hyperparameters


def variant(values: Values) -> Variant:
    """The network of these settings, whatever is compared."""
    optimizer, lr = OPTIMIZERS[values["m_optimizer"]]
    task, cell, init, clip = (values[name] for name in ("m_task", "m_cell", "m_init", "m_clip"))
    length = max(values["m_length"], TASKS[task].shortest)
    return Variant(task, length, Hyperparameters(
        cell=cell, bidirectional=values["m_both"], n_hidden=values["m_units"],
        init=init, clip=clip, optimizer=optimizer, lr=lr,
        activation=values["m_activation"] if cell == "rnn" else PLAIN.activation,
        spectral_radius=values["m_radius"] if init == "orthogonal" else PLAIN.spectral_radius,
        forget_bias=values["m_forget"] if cell == "lstm" else PLAIN.forget_bias,
        clip_at=values["m_at"] if clip != "none" else PLAIN.clip_at,
        truncate=values["m_k"] if values["m_k"] < length else None,
        batch_size=BATCH, dtype="float32", seed=values["m_seed"],
    ))  # fmt: skip


@dataclass(frozen=True)
class Setup:
    """What the page shows. compare : a key of COMPARISONS. variants : (name, network) of each of
    its values. seeds : how many, from the variant's own; longest : steps for each.
    """

    compare: str
    variants: tuple[tuple[str, Variant], ...]
    seeds: int
    longest: int

    @property
    def first(self) -> Variant:
        """The first network, and the only one where nothing is compared."""
        return self.variants[0][1]

    def seeded(self, which: int, seed: int) -> Variant:
        """A variant with another seed: the so-manyth after its own."""
        one = self.variants[which][1]
        return replace(one, settings=replace(one.settings, seed=one.settings.seed + seed))


def setup_of(values: Values) -> Setup:
    """The setup of some settings; what they do not name is as usual."""
    values = {**USUAL, **values}
    what = COMPARISONS[values["m_compare"]]
    names = [what.name.format(what.names.get(value, value)) for value in what.values]
    networks = [variant({**values, **what.also, what.setting: value}) for value in what.values]
    compared = tuple(zip(names, networks, strict=True))
    return Setup(values["m_compare"], compared, values["m_seeds"], values["m_steps"])


def acts(name: str, values: Values) -> bool:
    """Whether another value of this setting would show or teach anything else."""
    ends = TABLE[name].allowed[0], TABLE[name].allowed[-1]
    return any(setup_of({**values, name: end}) != setup_of(values) for end in ends)


@lru_cache(maxsize=64)
def lesson(task: str, length: int) -> Lesson:
    """A task at a length; made once for everybody, it keeps nothing."""
    return Lesson(task, length)


def profile_of(one: Variant) -> Profile:
    """The profile before the first step; what only training asks for makes no other one."""
    settings = replace(
        one.settings, dtype="float64", clip=PLAIN.clip, clip_at=PLAIN.clip_at,
        optimizer=PLAIN.optimizer, lr=PLAIN.lr,
    )  # fmt: skip
    return _untrained(one.task, one.length, settings)


@lru_cache(maxsize=256)
def _untrained(task: str, length: int, settings: Hyperparameters) -> Profile:
    here = lesson(task, length)
    return profile(here, here.start(settings), settings.truncate)
