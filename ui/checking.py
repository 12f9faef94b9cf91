"""A check: one case, its gradients twice, and what the difference means in words.

A case says everything that a check depends on, in a few plain values, so that it can be kept,
compared, computed again and found in the cache.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from rnn_core import Encoding, Hyperparameters, Model, TrainingRun, numeric_gradients
from rnn_core.experiments.bugs import BUGS
from rnn_core.experiments.paired_runs import WRITE_UP
from rnn_core.gradcheck import relative_errors
from rnn_core.parameters import layers
from ui import gate, models
from ui.controls import Chosen
from ui.controls.kinds import layer_names

NUDGE = 1e-5
NUDGES = tuple(10.0**-i for i in range(1, 12))
FEW = 40
MOST_READINGS = 140_000
"""Words read by a layer in one check; where all numbers would take more, a sample is nudged."""
SAMPLE = 600
"""Of each parameter, shared by the layers."""


@dataclass(frozen=True)
class Case:
    """What is checked. epoch : of this training, 0 for its start. bug : a key of BUGS, or ""."""

    data: str
    settings: Hyperparameters
    epoch: int
    ids: tuple[int, ...]
    words: tuple[str, ...]
    target: str
    nudge: float = NUDGE
    bug: str = ""

    @property
    def model(self) -> Model:
        """The model as it was at that epoch, with the bug."""
        if self.epoch == 0:
            model = TrainingRun(models.dataset(self.data), self.settings).model
        else:
            model = models.trained(self.data, self.settings).run.snapshot_at(self.epoch).model
        return BUGS[self.bug].plant(model) if self.bug else model

    @property
    def layers(self) -> dict[str, str]:
        """{parameter: its layer's name}; nothing for the readout's, nor where there is one."""
        shape = self.settings.n_layers, self.settings.bidirectional
        if shape == (1, False):
            return {}
        named = zip(layers(*shape), layer_names(*shape), strict=True)
        return {p + at.suffix: name for at, name in named for p in ("W_xh", "W_hh", "b_h")}

    @property
    def moment(self) -> str:
        """Which model, in a few words."""
        if self.settings.init == "tiny":
            return "the write-up's start"
        kept = f"{self.settings.n_hidden} units, seed {self.settings.seed}"
        return f"epoch {self.epoch} · {kept}" if self.epoch else f"untrained · {kept}"

    def at_the_start(self) -> Case:
        """The same sentence at the write-up's own start: weights / 1000, untrained."""
        return replace(self, settings=replace(WRITE_UP, seed=self.settings.seed), epoch=0)

    def of_one_word(self) -> Case:
        """The first word alone."""
        return replace(self, ids=self.ids[:1], words=self.words[:1])


@dataclass(frozen=True)
class Check:
    """The two gradients of one case.

    backward, numeric : by parameter. nudged : for each parameter, which numbers were nudged.
    errors : relative, by parameter. seconds : what it took.
    """

    shapes: Mapping[str, tuple[int, ...]]
    backward: Mapping[str, np.ndarray]
    numeric: Mapping[str, np.ndarray]
    nudged: Mapping[str, np.ndarray]
    errors: Mapping[str, float]
    seconds: float

    @property
    def n_nudged(self) -> int:
        """How many numbers were nudged."""
        return sum(int(which.sum()) for which in self.nudged.values())

    @property
    def n_numbers(self) -> int:
        """How many there are."""
        return sum(which.size for which in self.nudged.values())


def case(chosen: Chosen, encoding: Encoding, target: str) -> Case:
    """The case of the page's own sentence and model."""
    run = chosen.trained.run
    ids = tuple(int(i) for i in encoding.ids)
    return Case(run.dataset.name, run.hyperparameters, chosen.epoch, ids, encoding.words, target)


@st.cache_resource(
    max_entries=128, show_spinner="Nudging every number, up and down …", hash_funcs={Case: repr}
)
def check(this: Case) -> Check:
    """Compare the backward pass with central differences; computed when it is first asked for."""
    model = this.model
    began = time.perf_counter()
    bwd = model.backward(model.forward(this.ids), this.target)
    n_layers = len(model.layers)
    readings = 2 * model.flat.size * len(this.ids) * n_layers
    nudged = _which(model, SAMPLE // n_layers if readings > MOST_READINGS else None)
    with gate.PROCESS.outside():
        numeric = numeric_gradients(model, bwd.forward.batch, bwd.targets, this.nudge, nudged)
        took_s = time.perf_counter() - began
    seen = {name: grad * nudged[name] for name, grad in bwd.grads.items()}
    errors = relative_errors(seen, numeric)
    return Check(model.shapes, seen, numeric, nudged, errors, took_s)


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={Case: repr})
def errors_by_nudge(this: Case, name: str = "W_hh") -> list[float]:
    """The error of a few numbers of a parameter for each of NUDGES."""
    model = this.model
    bwd = model.backward(model.forward(this.ids), this.target)
    which = {name: np.zeros(shape, dtype=bool) for name, shape in model.shapes.items()}
    size = which[name].size
    which[name].flat[np.random.default_rng(0).choice(size, min(size, FEW), replace=False)] = True
    seen = {name: bwd.grads[name] * which[name]}
    each = [
        numeric_gradients(model, bwd.forward.batch, bwd.targets, nudge, which) for nudge in NUDGES
    ]
    return [relative_errors(seen, numeric)[name] for numeric in each]


def _which(model: Model, sample: int | None) -> dict[str, np.ndarray]:
    """All numbers, or of each parameter so many that a fixed seed draws."""
    which = {name: np.ones(shape, dtype=bool) for name, shape in model.shapes.items()}
    rng = np.random.default_rng(0)
    for array in which.values():
        if sample and array.size > sample:
            array[...] = False
            array.flat[rng.choice(array.size, sample, replace=False)] = True
    return which
