"""Metrics: what became of one sentence and of one layer's weights in a training. No screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from rnn_core import BackwardTrace, Dataset, TrainingRun
from rnn_core.experiments import analysis
from rnn_core.pool import Pool
from rnn_core.wirings import Split
from ui.sequence import targets
from ui.sequence.targets import Target

MOST_ASKED = 2_000
"""Sentences of the training and of the test part that are asked again at every tick."""


@dataclass
class Metrics:
    """What became of one sentence and of one layer's weights, epoch by epoch.

    of : the words' numbers, the answer that is shown, the target, and the layer.
    rows : {epoch: (P(answer), memory horizon in words)}, of a network that answers at each step the
    mean P of what is right, and the horizon of the last loss. eigenvalues : {epoch: (kH,) of W_hh}.
    """

    run: TrainingRun
    of: tuple[tuple[int, ...], int, Target, int] = ((), 0, "", 0)
    rows: dict[int, tuple[float, float]] = field(default_factory=dict)
    eigenvalues: dict[int, np.ndarray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.mine: Callable[..., Any] = lru_cache(maxsize=8)(lambda make, *args: make(*args))
        """What make(*args) returns, kept with these metrics and gone with them."""

    @cached_property
    def asked(self) -> Dataset:
        """The data, as far as they are asked at every tick: of many sentences an even sample."""
        data = self.run.dataset
        train, test = _sample(data.train), _sample(data.test)
        if train is data.train and test is data.test:
            return data
        return replace(data, train=train, test=test, buffers=Pool())

    def follow(
        self, ids: tuple[int, ...], answer: int, target: Target, layer: int = 0, most: int = 64
    ) -> None:
        """Bring rows and eigenvalues up to date: one for each snapshot.

        most : so many new ones, the latest, so that a tick stays short; the rest comes later.
        """
        if (now := (ids, answer, target, layer)) != self.of:
            self.rows = {}
            self.eigenvalues = self.eigenvalues if layer == self.of[-1] else {}
            self.of = now
        kept = {snapshot.epoch for snapshot in self.run.snapshots}
        for known in (self.rows, self.eigenvalues):
            for epoch in set(known) - kept:
                del known[epoch]
        for snapshot in [s for s in self.run.snapshots if s.epoch not in self.rows][-most:]:
            model = snapshot.model
            fwd = model.forward(ids).showing(layer)
            horizon = memory_horizon(model.backward(fwd, targets.only(target)))
            p = fwd.p[-1, answer]
            if not isinstance(target, str):
                p = np.mean([fwd.p[t, model.class_number(target[t] or "")]
                             for t in targets.asked(target, len(ids))])  # fmt: skip
            self.rows[snapshot.epoch] = float(p), float(horizon)
            if snapshot.epoch not in self.eigenvalues:
                w_hh = model.weights(model.layers[layer])["W_hh"]
                self.eigenvalues[snapshot.epoch] = eigenvalues(w_hh)


def _sample(split: Split) -> Split:
    """The same, or MOST_ASKED of its sentences, evenly from first to last."""
    if len(split) <= MOST_ASKED:
        return split
    which = np.linspace(0, len(split) - 1, MOST_ASKED).astype(int)
    texts, labels = (tuple(names[i] for i in which) for names in (split.texts, split.labels))
    arrays = {name: array[..., which] for name, array in vars(split).items()
              if isinstance(array, np.ndarray)}  # fmt: skip
    return replace(split, texts=texts, labels=labels, **arrays)


def memory_horizon(bwd: BackwardTrace) -> int:
    """How many words the gradient travels from where it enters, against the order in which the
    layer reads them.
    """
    lengths = analysis.gradient_norms(bwd)[:, 0]
    way = np.trim_zeros(lengths[::-1] if bwd.forward.layer.layer.backwards else lengths, "b")
    return analysis.memory_horizon(way) if len(way) else 0


def eigenvalues(w_hh: np.ndarray) -> np.ndarray:
    """(kH,) of the blocks of H rows of the weights (kH, H); none when they are not numbers."""
    if not np.isfinite(w_hh).all():
        return np.zeros(0)
    return np.linalg.eigvals(w_hh.reshape(-1, w_hh.shape[1], w_hh.shape[1])).reshape(-1)


def spectral_radius(eigenvalues: np.ndarray) -> float:
    """The largest |eigenvalue|; nan of none."""
    return float(np.abs(eigenvalues).max()) if len(eigenvalues) else float("nan")
