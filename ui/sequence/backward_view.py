"""The backward view: the gradient of one reading for one target, and the step that would follow."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from rnn_core import BackwardTrace, Hyperparameters
from rnn_core.experiments import analysis, gradient_flow
from rnn_core.optimizers import clip
from rnn_core.parameters import named_views
from ui.sequence import signals as gating
from ui.sequence import targets
from ui.sequence.reading import Reading
from ui.sequence.targets import Target

SATURATED = 1 - analysis.SATURATED**2
"""Below this derivative, 0.0199, almost no gradient passes: tanh beyond ±0.99, relu at 0."""


@dataclass(frozen=True)
class BackwardView:
    """One reading, the gradient of its loss for one target, and the step that would follow.

    truncate : how many words the gradient may travel, None for all. settings : clip, clip_at and
    lr. log : whether colours are on a log scale. follow : of several losses the one whose gradient
    is shown alone, by its step; None for all together.
    """

    reading: Reading
    target: Target
    truncate: int | None
    settings: Hyperparameters
    log: bool
    follow: int | None = None

    @property
    def key(self) -> Hashable:
        """What every picture of it is made from."""
        made = self.target, self.truncate, self.settings, self.log, self.follow
        return self.reading.key, *made

    @property
    def truncated(self) -> bool:
        """Whether truncation cuts this sentence: it has more words than the gradient may travel."""
        return self.truncate is not None and self.truncate < len(self.reading.words)

    @cached_property
    def bwd(self) -> BackwardTrace:
        """The trace that every picture is drawn from; it shows the reading's layer."""
        now = self.reading
        return now.model.backward(now.fwd, self.target, self.truncate, now.interventions)

    @cached_property
    def asked(self) -> list[int]:
        """The steps that have a loss."""
        return targets.asked(self.target, len(self.reading.words))

    @property
    def wanted(self) -> list[int]:
        """The number of the class that is wanted, for each loss."""
        names = targets.each(self.target, len(self.reading.words))
        return [self.reading.model.class_number(names[t] or "") for t in self.asked]

    @cached_property
    def losses(self) -> list[float]:
        """Each of them, in nats; the loss is their mean."""
        now = self.reading
        return [now.model.loss(now.fwd, targets.only(self.target, s))
                for s in range(len(self.asked))]  # fmt: skip

    @property
    def itemised(self) -> bool:
        """Whether the gradient comes from several losses, and is shown item by item."""
        return len(self.asked) > 1 and self.reading.signal == "h" and self.finite

    @cached_property
    def items(self) -> np.ndarray:
        """(S, T, H) dL_s/dh_t of the shown layer, from each of the S losses alone."""
        now = self.reading
        items = analysis.itemised(now.model, now.fwd, self.target, self.truncate, now.interventions)
        return items[self.asked]

    @cached_property
    def item_lengths(self) -> np.ndarray:
        """(S, T) |dL_s/dh_t|."""
        return _lengths(self.items)

    def reach(self, s: int) -> int:
        """How many words back the gradient of the loss at step s stays above 1 % of its start."""
        way = self.path[self.path.index(s) :]
        return analysis.memory_horizon(self.item_lengths[self.asked.index(s)][way][::-1])

    @cached_property
    def path(self) -> list[int]:
        """The words in the order in which the gradient reaches the layer's states."""
        order = range(len(self.reading.words))
        return list(order if self.reading.place.backwards else reversed(order))

    @cached_property
    def gradient(self) -> np.ndarray:
        """(T, H) of the drawn signal: of what is carried, or of a gate's sum."""
        name, model = self.reading.signal, self.reading.model
        return gating.gradient(self.bwd, gating.gradient_name(name, model), model)

    @cached_property
    def update(self) -> analysis.Update:
        """What one step would do, with the same held by hand."""
        reading = self.reading
        done = analysis.one_update(reading.model, self.bwd, self.target, self.settings)
        if not reading.interventions:
            return done
        again = done.model.forward(reading.encoding.ids, interventions=reading.interventions)
        return replace(done, loss_after=done.model.loss(again, self.target))

    @cached_property
    def clipped(self) -> dict[str, np.ndarray]:
        """{parameter: its gradient} as clipping leaves it."""
        grad, s = self.bwd.flat.copy(), self.settings
        clip(grad, s.clip, s.clip_at, self.update.length)
        return named_views(grad, self.reading.model.shapes)

    @cached_property
    def lengths(self) -> np.ndarray:
        """(T,) |d_h_t|, or that of the drawn signal."""
        return _lengths(self.gradient)

    @cached_property
    def factors(self) -> np.ndarray:
        """By what each word multiplied the length on its way back; without what began at 0."""
        length = self.lengths[self.path]
        went_on = (length[:-1] > 0) & (length[1:] > 0)
        with np.errstate(over="ignore", invalid="ignore"):
            factors: np.ndarray = length[1:][went_on] / length[:-1][went_on]
        return factors

    @cached_property
    def passed(self) -> np.ndarray:
        """(T, H) dL/dh of the state that each word found, before it was read."""
        return self.bwd.d_h_before

    @property
    def start(self) -> dict[str, float]:
        """{"h": |dL/dh_0|}, and of whatever else the cell carries, before the first word."""
        return {name: float(_lengths(d[:, 0])) for name, d in vars(self.bwd.layer.d_start).items()}

    @cached_property
    def derivatives(self) -> np.ndarray:
        """(T, kH) f'(a_t)."""
        return gradient_flow.derivatives(self.reading.fwd)[..., 0]

    @cached_property
    def saturated(self) -> np.ndarray:
        """(T,) share of units, or of all gates, whose derivative lets almost nothing through."""
        share: np.ndarray = (self.derivatives < SATURATED).mean(axis=1)
        return share

    @cached_property
    def shares(self) -> np.ndarray:
        """(T,) of all that words add to dW_hh, by length, each one's part; sums to 1 or is 0.

        Of a cell with gates: to the rows of the gate that is shown.
        """
        each = _lengths(self.bwd.d_u[:, self.reading.block]) * _lengths(self.reading.fwd.h_before)
        return each / total if (total := each.sum()) > 0 else each

    @property
    def horizon(self) -> int:
        """How many words back the gradient stays above 1 %: of all handed on, h and c."""
        lengths: np.ndarray = analysis.gradient_norms(self.bwd)[..., 0]
        turned = self.reading.place.backwards
        return analysis.memory_horizon(lengths[::-1] if turned else lengths)

    @property
    def finite(self) -> bool:
        """Whether every gradient is a number."""
        return bool(np.isfinite(self.bwd.flat).all() and np.isfinite(self.bwd.d_h).all())

    @property
    def partner(self) -> int:
        """The unit whose link to the chosen one is followed: the loudest over the sentence."""
        return int(np.abs(self.reading.fwd.h).sum(axis=0).argmax())


@np.errstate(over="ignore", invalid="ignore")
def _lengths(vectors: np.ndarray) -> np.ndarray:
    """(...,) of vectors (..., H)."""
    lengths: np.ndarray = np.linalg.norm(vectors, axis=-1)
    return lengths
