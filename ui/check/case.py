"""A check: one case, and its gradient found in two ways.

A case says everything that a check depends on, the model itself among it. So a check is made once,
kept, and shared by all who ask for the same.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b

import numpy as np

from rnn_core import Encoding, Model
from rnn_core.cells import RNN
from rnn_core.experiments.bugs import BUGS
from rnn_core.experiments.paired_runs import WRITE_UP
from rnn_core.gradcheck import TINY, differences
from rnn_core.parameters import INITIALIZERS
from rnn_core.training import Budget
from ui.check import text
from ui.kit import jobs
from ui.kit.bounded import bounded
from ui.sequence.architecture import layer_names
from ui.sequence.models import Chosen
from ui.sequence.targets import Target

EPSILON = 1e-5
MOST_READINGS, SAMPLE, FEW = 140_000, 600, 40
"""Words read by a layer in one check; where all numbers would take more, so many of each parameter
are moved, shared by the layers. Few are enough for `only` one.
"""
MOST = 32 * 2**20
"""Bytes of checks that are kept."""


@dataclass(frozen=True, eq=False)
class Case:
    """What is checked: two cases are equal when their checks are.

    model : as it is on the card. called : which it is, in a few words. ids, words : what it reads.
    target : the class wanted at the end, or one for each step. epsilon : how far each number moves.
    bug : what is planted, a key of BUGS, or "". only : the one parameter that is checked, by a few
    numbers; "" for all. h_0 : (H,) where it starts; None for zero.
    """

    model: Model
    called: str
    ids: tuple[int, ...]
    words: tuple[str, ...]
    target: Target
    epsilon: float = EPSILON
    bug: str = ""
    only: str = ""
    h_0: tuple[float, ...] | None = None

    @classmethod
    def of(cls, chosen: Chosen, encoding: Encoding, target: Target) -> Case:
        """The page's own model, sentence and answer."""
        hp, ids = chosen.run.hyperparameters, tuple(int(i) for i in encoding.ids)
        n, epoch = len(chosen.by_hand), chosen.epoch
        called = (text.NETWORK_BY_HAND if n else text.NETWORK).format(
            moment=text.EPOCH.format(epoch=epoch) if epoch else text.UNTRAINED,
            units=hp.n_hidden, seed=hp.seed, n=n,
        )  # fmt: skip
        return cls(chosen.model, called, ids, encoding.words, target)

    @cached_property
    def key(self) -> Hashable:
        """All that the check depends on; the model counts by its kind and its numbers."""
        numbers = blake2b(self.model.flat, digest_size=16).digest()
        asked = self.ids, self.target, self.epsilon, self.bug, self.only, self.h_0
        return self.model.kind, numbers, asked

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Case) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def layers(self) -> dict[str, str]:
        """{parameter: its layer's name}; nothing for the readout's, nor where there is one."""
        names = layer_names(self.model.n_layers, self.model.bidirectional)
        named = zip(self.model.layers, names, strict=True) if len(names) > 1 else ()
        return {q + place.suffix: name for place, name in named for q in ("W_xh", "W_hh", "b_h")}

    def at_the_start(self) -> Case:
        """The same with the write-up's own network, untrained: weights / 1000, 64 units."""
        model = Model(RNN(), self.model.vocabulary, self.model.classes, WRITE_UP.n_hidden,
                      per_step=self.model.per_step)  # fmt: skip
        INITIALIZERS[WRITE_UP.init](model.params, np.random.default_rng(WRITE_UP.seed), 0.0)
        return replace(self, model=model, called=text.WRITE_UP)


@dataclass(frozen=True)
class Gradient:
    """A parameter's gradient, found twice, at the n of its numbers that were moved.

    at : (n,) which numbers of its shape, counted flat. backward, numeric : (n,). error : how far
    they are apart, relative to the longer. floor : the error that rounding alone can make.
    """

    shape: tuple[int, ...]
    at: np.ndarray
    backward: np.ndarray
    numeric: np.ndarray
    error: float
    floor: float


class Check:
    """The check of a case; it is a work: two readings for each number that is moved.

    gradients : by parameter, once it is done. seconds : what it took. n_moved : how many numbers.
    """

    def __init__(self, case: Case) -> None:
        model = BUGS[case.bug].plant(case.model) if case.bug else case.model
        fwd = model.forward(case.ids, None if case.h_0 is None else np.array(case.h_0))
        self.case, self.seconds, self._mine = case, 0.0, threading.Lock()
        self._bwd = model.backward(fwd, case.target)
        # L = -ln p is exact to the last digit of itself, and of the 1 that p is rounded to.
        last_digit = float(np.finfo(np.float64).eps) * (1 + model.loss(fwd, case.target))
        self._rounding = last_digit / case.epsilon
        self._which = _which(model, case)
        self._left = differences(model, fwd.batch, self._bwd.targets, case.epsilon, self._which)
        self._numeric: list[float] = []
        self.n_moved = sum(int(mask.sum()) for mask in self._which.values())
        self.gradients: dict[str, Gradient] = {}

    @property
    def n_bytes(self) -> int:
        """About what it takes: the model, and its gradient twice."""
        return 3 * self.case.model.flat.nbytes

    @property
    def done(self) -> bool:
        """Whether all numbers were moved."""
        return bool(self.gradients)

    @property
    def share(self) -> float:
        """How many of them, 0..1."""
        return len(self._numeric) / self.n_moved

    def advance(self, budget_s: float) -> None:
        """Move numbers for so many seconds, after anybody else who just does so."""
        with self._mine:
            began, budget = time.perf_counter(), Budget(budget_s)
            while not self.done:
                self._numeric.append(next(self._left)[2])
                if len(self._numeric) == self.n_moved:
                    self._finish()
                if budget.spent:
                    break
            self.seconds += time.perf_counter() - began

    def _finish(self) -> None:
        gradients, start = {}, 0
        for name, mask in self._which.items():
            if (at := np.flatnonzero(mask)).size:
                start, first = start + len(at), start
                one, other = self._bwd.grads[name].flat[at], np.array(self._numeric[first:start])
                apart, *lengths = (float(np.linalg.norm(g)) for g in (one - other, one, other))
                longer = max(*lengths, TINY)
                error, floor = apart / longer, self._rounding * len(at) ** 0.5 / longer
                gradients[name] = Gradient(mask.shape, at, one, other, error, floor)
        self._left.close()
        self.gradients = gradients
        del self._bwd, self._which


def _which(model: Model, case: Case) -> dict[str, np.ndarray]:
    """All numbers, or of each parameter so many that a fixed seed draws."""
    n_layers, rng = len(model.layers), np.random.default_rng(0)
    much = 2 * model.flat.size * len(case.ids) * n_layers > MOST_READINGS
    most = FEW if case.only else SAMPLE // n_layers if much else model.flat.size
    which = {name: np.zeros(shape, dtype=bool) for name, shape in model.shapes.items()}
    for mask in [which[case.only]] if case.only else which.values():
        mask.flat[rng.choice(mask.size, min(mask.size, most), replace=False)] = True
    return which


shared = bounded(MOST, lambda check: check.n_bytes)(Check)
"""The one check of a case, as far as it was asked for by now."""


def checks(cases: Sequence[Case], job: str) -> list[Check] | None:
    """Their checks; None while one is made, and a bar stands where they will be. job : its name."""
    made = [shared(case) for case in cases]
    for check in made:
        if not jobs.at_once(check):
            jobs.wait_for(job, check, lambda work: text.MOVING.format(
                n=work.share * work.n_moved, all=work.n_moved))  # fmt: skip
            return None
    return made
