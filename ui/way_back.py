"""A way back: one reading blamed for one answer, and the step that would follow."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from rnn_core import BackwardTrace, Hyperparameters
from rnn_core.experiments import analysis, gradient_flow
from ui import gating
from ui.reading import Reading

FLAT = 0.01
"""A gate this near to an end of its range hardly moves any more."""


@dataclass(frozen=True)
class WayBack:
    """One reading blamed for one target, and the step that would follow.

    truncate : how many words blame may travel, None for all. settings : clip, clip_at and lr.
    log : colours by decades.
    """

    reading: Reading
    target: str
    truncate: int | None
    settings: Hyperparameters
    log: bool

    @property
    def key(self) -> Hashable:
        """What every picture of it is made from."""
        return self.reading.key, self.target, self.truncate, self.settings, self.log

    @cached_property
    def bwd(self) -> BackwardTrace:
        """The trace that every picture is drawn from; it shows the reading's layer."""
        reading = self.reading
        return reading.model.backward(reading.fwd, self.target, self.truncate, reading.holds)

    @cached_property
    def path(self) -> list[int]:
        """The words in the order in which blame reaches the layer's states."""
        order = range(len(self.reading.words))
        return list(order if self.reading.place.backwards else reversed(order))

    @cached_property
    def blame(self) -> np.ndarray:
        """(T, H) of the drawn signal: of what is carried, or of a gate's sum."""
        name, model = self.reading.signal, self.reading.model
        return gating.blame(self.bwd, name if name in model.cell.carry else f"a {name}", model)

    @cached_property
    def update(self) -> analysis.Update:
        """What one step would do, with the same held by hand."""
        reading = self.reading
        done = analysis.one_update(reading.model, self.bwd, self.target, self.settings)
        if not reading.holds:
            return done
        again = done.model.forward(reading.encoding.ids, interventions=reading.holds)
        return replace(done, loss_after=done.model.loss(again, self.target))

    @cached_property
    def lengths(self) -> np.ndarray:
        """(T,) |d_h_t|, or that of the drawn signal."""
        with np.errstate(over="ignore", invalid="ignore"):
            return np.linalg.norm(self.blame, axis=1)

    @cached_property
    def passed(self) -> np.ndarray:
        """(T, H) dL/dh of the state that each word found, before it was read."""
        return self.bwd.d_h_before

    @cached_property
    def derivatives(self) -> np.ndarray:
        """(T, kH) f'(a_t)."""
        return gradient_flow.derivatives(self.reading.fwd)[..., 0]

    @cached_property
    def shares(self) -> np.ndarray:
        """(T,) of all that words add to dW_hh, by length, each one's part; sums to 1 or is 0."""
        each = analysis.gradient_shares(self.bwd)
        return each / total if (total := each.sum()) > 0 else each

    @cached_property
    def flat(self) -> np.ndarray:
        """(T,) share of units, or of gates, that are so far out that little blame passes."""
        reading = self.reading
        if not reading.gates:
            return analysis.saturation(reading.fwd)
        near = [
            np.minimum(np.abs(values - gate.low), np.abs(gate.high - values)) < FLAT
            for gate in reading.gates
            for values in (reading.fwd.signals[gate.name][..., 0],)
        ]
        share: np.ndarray = np.mean(near, axis=(0, 2))
        return share

    @property
    def horizon(self) -> int:
        """How many words back blame stays above 1 %: that of all that is handed on, h and c."""
        bwd, model = self.bwd, self.reading.model
        handed = np.hstack([gating.blame(bwd, name, model) for name in model.cell.carry])
        with np.errstate(over="ignore", invalid="ignore"):
            lengths = np.linalg.norm(handed, axis=1)
        return analysis.memory_horizon(lengths[self.path[::-1]])

    @property
    def finite(self) -> bool:
        """Whether every gradient is a number."""
        return bool(np.isfinite(self.bwd.flat).all() and np.isfinite(self.bwd.d_h).all())

    @property
    def partner(self) -> int:
        """The unit whose link to the chosen one is followed: the loudest over the sentence."""
        return int(np.abs(self.reading.fwd.h).sum(axis=0).argmax())
