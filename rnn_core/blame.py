"""The trace of the way back: the blame that each word received, and what it adds up to.

Like trace.py an interface between the core and every picture, and laid out like it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from rnn_core.batch import Array, Targets, arrivals
from rnn_core.layer_trace import LayerBackward
from rnn_core.tape import Tape
from rnn_core.trace import ForwardTrace, one_sentence
from rnn_core.vocabulary import one_hot_rows


@dataclass
class BackwardTrace:
    """The blame that flowed back through one reading, and what it adds up to.

    For one sentence ``d_y d_h d_a`` give the same arrays without the batch axis. The layer shown
    is the forward trace's.

    Laws: d_h = d_h_from_output + d_h_from_future; nothing comes from beyond the last word;
    the step_grads of all steps sum to grads; grads has the names and shapes of the
    parameters; a step after a sentence's end has no share.

    Attributes
    ----------
    forward : the reading that is blamed. targets : the answers that were asked.
    layers : each layer's own trace, in the order of the forward trace's.
    d_logits : (S, C, B) dL/dy = weight * (p - wanted).
    d_asked : (S, DH, B) W_hy^T dL/dy, the blame that enters at the readout.
    flat : (parameters,) all gradients in one vector; grads are named views of it.
    tape : the calls of the pass, once they are written down.
    """

    forward: ForwardTrace
    targets: Targets
    layers: list[LayerBackward]
    d_logits: Array
    d_asked: Array
    flat: Array = field(repr=False)
    grads: Mapping[str, Array]
    tape: Tape = field(repr=False)

    @property
    def layer(self) -> LayerBackward:
        """The layer that is shown."""
        return self.layers[self.forward.shown]

    @property
    def direct(self) -> bool:
        """Whether the readout's blame is the last word's whole d_h: one layer, one answer."""
        return self.forward.lone and len(self.layers) == 1

    @property
    def d_carried(self) -> Mapping[str, Array]:
        """{name: (T + 1, H, B)} all of dL/d(carried signal)."""
        return self.layer.d_carried

    @property
    def d_sums(self) -> Array:
        """(T, kH, B) g_t = dL/da_t, the blame before squashing."""
        return self.layer.d_sums

    @property
    def d_recurrent(self) -> Array:
        """(T, kH, B) the same as W_hh sees it; d_sums itself unless the cell differs."""
        return self.layer.d_recurrent

    def seen(self, number: int, t: int) -> Array:
        """(N, B) what came into a layer at word t: the one-hot words, or the states below."""
        if number:
            came_in: Array = self.forward.states[number - 1][t]
        else:
            d_W_xh = self.grads["W_xh"]
            words = one_hot_rows(d_W_xh.shape[1], d_W_xh.dtype)[self.forward.batch.ids[t]]
            came_in = words[:, :-1].T
        return came_in

    @property
    def slopes(self) -> Array:
        """(T, kH, B) f'(a_t)."""
        return self.layer.slopes

    @property
    def d_y(self) -> Array:
        """(T, C) dL/dy."""
        d_y: Array = one_sentence(self.d_logits)
        return d_y

    @property
    def d_h(self) -> Array:
        """(T, H) dL/dh_t, all of it."""
        d_h: Array = one_sentence(self.layer.d_h)
        return d_h

    @property
    def d_h_from_output(self) -> Array:
        """(T, H) the part of d_h that came straight from above: the readout, or the next layer."""
        batch = self.forward.batch
        arrived = arrivals(self.d_asked, batch) if self.direct else self.layer.arrived
        part: Array = one_sentence(arrived)
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
        share = {name: np.zeros_like(grad) for name, grad in self.grads.items()}
        fwd = self.forward
        for ahead, back in zip(fwd.layers, self.layers, strict=True):
            suffix, g = ahead.layer.suffix, back.d_sums[t]  # (kH, B)
            share["W_xh" + suffix] += g @ self.seen(ahead.layer.number, t).T
            share["W_hh" + suffix] += back.d_recurrent[t] @ ahead.all_before["h"][t].T
            share["b_h" + suffix] += g.sum(axis=1)
        d_y = arrivals(self.d_logits, fwd.batch)[t]
        share["W_hy"] += d_y @ fwd.asked[t if len(fwd.asked) > 1 else 0].T
        share["b_y"] += d_y.sum(axis=1)
        return share
