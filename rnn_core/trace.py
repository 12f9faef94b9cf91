"""Traces: what a pass through the network leaves behind.

The interface between the core and every picture. A trace knows arrays and their meaning;
it must not know how they were computed, nor how they will be drawn.

Shapes are (T, H, B) and the like; batch.py says what the letters mean.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rnn_core.batch import Array, Batch, Ints, Targets, arrivals

Step = dict[str, Array]
"""One moment's views into a trace: the cell's signals, "x", "a" and "slope"; each (., B)."""


def one_sentence(array: Any) -> Any:
    """Drop the last axis when there is one sentence: (T, H, 1) becomes (T, H), a view."""
    return array[..., 0] if array.shape[-1] == 1 else array


@dataclass(frozen=True)
class UnitSum:
    """How one sum before squashing came about: word + sum of memory + bias = total.

    word : W_xh's entry in the word's column. memory : (H,) W_hh's row times h_{t-1}, entry by
    entry. bias : b_h's entry. total : a_t of this row, as the pass computed it.
    """

    word: float
    memory: Array
    bias: float
    total: float


@dataclass
class ForwardTrace:
    """Everything that one reading of B sentences computed.

    For one sentence ``ids h_0 h a y p`` give the same arrays without the batch axis.

    Attributes
    ----------
    batch : what was read.
    carried : {name: (T + 1, H, B)} what the cell hands on, from before the first word.
    signals : {name: (T, H, B)} what a view may show, always with "h".
    picked : (T, B, kH) W_xh x_t, the column of W_xh that each word picks.
    inputs : (T, kH, B) W_xh x_t + b_h, what each word brings.
    sums : (T, kH, B) a_t, before squashing.
    slopes : (T, kH, B) f'(a_t), once the way back has been taken.
    asked : (S, H, B) the hidden states that the readout sees: each, or each sentence's last.
    logits, probs : (S, C, B) the answers; with S = T, "if the sentence ended here".
    path : (before, now) for each word: the views that one step of the cell reads and fills.
    lone : (H,), (C,), (C,) asked, logits, probs again where one sentence gives one answer.
    """

    batch: Batch
    carried: Mapping[str, Array]
    signals: Mapping[str, Array]
    picked: Array
    inputs: Array
    sums: Array
    slopes: Array
    asked: Array
    logits: Array
    probs: Array
    path: list[tuple[Step, Step]] = field(repr=False)
    lone: tuple[Array, Array, Array] | None = field(repr=False)

    @property
    def ids(self) -> Ints:
        """(T,) the words' numbers."""
        ids: Ints = one_sentence(self.batch.ids)
        return ids

    @property
    def h_0(self) -> Array:
        """(H,) the hidden state before the first word."""
        h_0: Array = one_sentence(self.carried["h"][0])
        return h_0

    @property
    def h(self) -> Array:
        """(T, H) the hidden state after each word."""
        h: Array = one_sentence(self.signals["h"])
        return h

    @property
    def a(self) -> Array:
        """(T, kH) the sums before squashing."""
        a: Array = one_sentence(self.sums)
        return a

    @property
    def y(self) -> Array:
        """(T, C) the logits after each word."""
        y: Array = one_sentence(self.logits)
        return y

    @property
    def p(self) -> Array:
        """(T, C) the probabilities after each word; each row sums to 1."""
        p: Array = one_sentence(self.probs)
        return p


@dataclass
class BackwardTrace:
    """The blame that flowed back through one reading, and what it adds up to.

    For one sentence ``d_y d_h d_a`` give the same arrays without the batch axis.

    Laws: d_h = d_h_from_output + d_h_from_future; nothing comes from beyond the last word;
    the step_grads of all steps sum to grads; grads has the names and shapes of the
    parameters; a step after a sentence's end has no share.

    Attributes
    ----------
    forward : the reading that is blamed. targets : the answers that were asked.
    d_logits : (S, C, B) dL/dy = weight * (p - wanted).
    d_asked : (S, H, B) W_hy^T dL/dy, the blame that enters at the readout.
    d_carried : {name: (T + 1, H, B)} all of dL/d(carried signal).
    d_sums : (T, kH, B) g_t = dL/da_t, the blame before squashing.
    d_recurrent : (T, kH, B) the same as W_hh sees it; d_sums itself unless the cell differs.
    one_hot : (T B, V) the words read, a row each.
    flat : (parameters,) all gradients in one vector; grads are named views of it.
    path : (before, now, d_now, d_before) for each word, from the last to the first.
    products : (left.dot, right, gradient): each gradient is one product over all words.
    copies : (to, from) what must be laid side by side before the products; none for B = 1.
    lone : (C,), (H,) d_logits, d_asked again where one sentence gives one answer; there
        d_asked is the last word's d_h itself.
    """

    forward: ForwardTrace
    targets: Targets
    d_logits: Array
    d_asked: Array
    d_carried: Mapping[str, Array]
    d_sums: Array
    d_recurrent: Array
    one_hot: Array = field(repr=False)
    flat: Array = field(repr=False)
    grads: Mapping[str, Array]
    path: list[tuple[Step, Step, Step, Step]] = field(repr=False)
    products: list[tuple[Callable[[Array, Array], Array], Array, Array]] = field(repr=False)
    copies: list[tuple[Array, Array]] = field(repr=False)
    lone: tuple[Array, Array] | None = field(repr=False)

    @property
    def d_y(self) -> Array:
        """(T, C) dL/dy."""
        d_y: Array = one_sentence(self.d_logits)
        return d_y

    @property
    def d_h(self) -> Array:
        """(T, H) dL/dh_t, all of it."""
        d_h: Array = one_sentence(self.d_carried["h"][1:])
        return d_h

    @property
    def d_h_from_output(self) -> Array:
        """(T, H) the part of d_h that came straight from the readout."""
        part: Array = one_sentence(arrivals(self.d_asked, self.forward.batch))
        return part

    @property
    def d_h_from_future(self) -> Array:
        """(T, H) the part of d_h that came back through the next word."""
        return self.d_h - self.d_h_from_output

    @property
    def d_a(self) -> Array:
        """(T, kH) g_t = dL/da_t."""
        d_a: Array = one_sentence(self.d_sums)
        return d_a

    def step_grads(self, t: int) -> dict[str, Array]:
        """What step t alone adds to each gradient, in the parameters' shapes.

        The recurrent weights' share is an outer product, g_t h_{t-1}^T: the trace keeps the two
        vectors, and a view expands the one step that it shows.
        """
        g, h_before = self.d_sums[t], self.forward.carried["h"][t]
        d_y = arrivals(self.d_logits, self.forward.batch)[t]
        share = {name: np.zeros_like(grad) for name, grad in self.grads.items()}
        for b, word in enumerate(self.forward.batch.ids[t]):
            share["W_xh"][:, word] += g[:, b]
        share["W_hh"] += self.d_recurrent[t] @ h_before.T
        share["b_h"] += g.sum(axis=1)
        share["W_hy"] += d_y @ self.forward.signals["h"][t].T
        share["b_y"] += d_y.sum(axis=1)
        return share
