"""A way back: one reading blamed for one answer, and the step that would follow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnn_core import BackwardTrace, Hyperparameters, analysis
from ui.reading import Reading


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

    @cached_property
    def bwd(self) -> BackwardTrace:
        """The trace that every picture is drawn from."""
        return self.reading.model.backward(self.reading.fwd, self.target, self.truncate)

    @cached_property
    def update(self) -> analysis.Update:
        """What one step would do."""
        return analysis.one_update(self.reading.model, self.bwd, self.target, self.settings)

    @cached_property
    def lengths(self) -> np.ndarray:
        """(T,) |d_h_t|."""
        return analysis.blame_lengths(self.bwd)

    @cached_property
    def shares(self) -> np.ndarray:
        """(T,) of all that words add to dW_hh, by length, each one's part; sums to 1 or is 0."""
        each = analysis.gradient_shares(self.bwd)
        return each / total if (total := each.sum()) > 0 else each

    @property
    def horizon(self) -> int:
        """How many words back blame stays above 1 %."""
        return analysis.memory_horizon(self.lengths)

    @property
    def finite(self) -> bool:
        """Whether every gradient is a number."""
        return bool(np.isfinite(self.bwd.flat).all() and np.isfinite(self.bwd.d_h).all())

    @property
    def partner(self) -> int:
        """The unit whose link to the chosen one is followed: the loudest over the sentence."""
        return int(np.abs(self.reading.fwd.h).sum(axis=0).argmax())
