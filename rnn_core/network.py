"""The network: layers upon each other and a readout; arrays in, traces out.

    forward     h_t = layers(x_t)      y = W_hy h + b_y      p = softmax(y)
    attention   y = W_hy [h; c] + b_y, c from an encoder's states (attention.py)
    loss        L = -ln p_c            in nats, the mean over what is asked
    backward    dL/dy = p - onehot(c)  d_h = W_hy^T dL/dy    then each layer back to its first step

It must not know text, files, training, or a screen: model.py gives it words and classes. All that
a pass computes is in the trace that it returns; nothing is kept on a network between passes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import DTypeLike

from rnn_core import attention
from rnn_core import layer as over_time
from rnn_core.cells import Array, Cell, Step, join, split
from rnn_core.parameters import Layer, aligned_zeros, layers, named_views, parameter_shapes
from rnn_core.recorder import Calls, recordable
from rnn_core.traces import (
    BackwardTrace,
    Batch,
    ForwardTrace,
    LayerBackward,
    LayerForward,
    Memory,
    Targets,
)

Params = Mapping[str, Array]


class Network:
    """The shape of a recurrent network, and its numbers.

    cell : one step forward and one step back. n_inputs : how many words, or how long a vector, for
    each segment: (V,); or (V of an encoder, V), where the second starts where the first ends.
    n_classes, n_hidden : C; H of each layer in each direction. dtype : of the parameters.
    n_layers : each reads the states of the one below. bidirectional : whether each also reads from
    the last step to the first; where there is an encoder only that does, with H/2 units in each
    direction, and the decoder starts where both ended, one upon the other. per_step : whether an
    answer at each step is what it is for: then it sees both directions at its step, else where each
    direction ended. n_start : F of a vector v that becomes the first state, h_0 = tanh(W_vh v +
    b_v). attends : whether the readout also sees what attention finds in the encoder's states; then
    W_hy is (C, 2H).

    params : {"W_xh": (kH, V), "W_hh": (kH, H), "W_hy": (C, H), "b_h": (kH,), "b_y": (C,)}, zero
    until something fills them; parameter_shapes says how further layers are called. flat : the same
    numbers as one vector, for an optimizer.
    """

    def __init__(
        self, cell: Cell, n_inputs: Sequence[int], n_classes: int, n_hidden: int,
        dtype: DTypeLike = np.float64, n_layers: int = 1, bidirectional: bool = False,
        per_step: bool = False, n_start: int = 0, attends: bool = False,
    ) -> None:  # fmt: skip
        if attends and len(n_inputs) < 2:
            raise ValueError("attention looks back at an encoder: this network has none")
        if bidirectional and n_start:
            raise ValueError("a network that starts from a vector reads in one direction")
        if bidirectional and len(n_inputs) > 1 and n_hidden % 2:
            raise ValueError("n_hidden must be even: each direction of the encoder has half of it")
        self.cell, self.n_hidden, self.n_layers = cell, n_hidden, n_layers
        self.bidirectional, self.per_step, self.n_start = bidirectional, per_step, n_start
        self.attends = attends
        encoder = [layers(n_layers, bidirectional, encoder=True) for _ in n_inputs[1:]]
        self.segments = [*encoder, layers(n_layers, bidirectional and not encoder)]
        self.layers = [layer for segment in self.segments for layer in segment]
        self.shapes = parameter_shapes(
            self.segments, n_inputs, cell.n_gates, n_hidden, n_classes, n_start, attends
        )
        n_params = sum(math.prod(shape) for shape in self.shapes.values())
        self.flat: Array = aligned_zeros((n_params,), dtype)
        self.params = named_views(self.flat, self.shapes)

    def weights(self, layer: Layer, params: Params | None = None) -> dict[str, Array]:
        """A layer's own W_xh, W_hh, b_h; or of other numbers named like them, its gradients."""
        params = self.params if params is None else params
        return {name: params[name + layer.suffix] for name in ("W_xh", "W_hh", "b_h")}

    def rest(self, n_sequences: int, n_segments: int = 1) -> list[Step]:
        """The carry, zero, (H, B), of each layer of the first of the last segments."""
        first = self.segments[-n_segments]
        zero = np.zeros((self.shapes["W_hh" + first[0].suffix][1], n_sequences), self.flat.dtype)
        return [Step(**dict.fromkeys(self.cell.carry, zero)) for _ in first]


def forward(net: Network, params: Params, batch: Batch, every_step: bool = True) -> ForwardTrace:
    """Read a batch, segment by segment, layer by layer; answer at every step, or after the last."""
    start = batch.start or net.rest(batch.x[0].shape[-1], len(batch.x))
    if batch.vector is not None:
        first = np.tanh(params["W_vh"] @ batch.vector + params["b_v"][:, None])
        states = split(first, len(start))
        start = [Step(**(vars(s) | {"h": h})) for s, h in zip(start, states, strict=True)]
    segments: list[list[LayerForward]] = []
    for places, x, mask in zip(net.segments[-len(batch.x) :], batch.x, batch.masks, strict=False):
        segment: list[LayerForward] = []
        for layer in places:
            if layer.number and not layer.backwards:
                x = _states(segment, layer.number - 1)
            segment.append(over_time.forward(
                net.cell, layer, net.weights(layer, params), layer.turn(x), start[len(segment)],
                layer.turn(mask),
            ))  # fmt: skip
        segments.append(segment)
        start = _handed_over([layer.end for layer in segment], net.n_layers)
    asked, memory, alpha = _asked(net, segments[-1], every_step), batch.memory, None
    if net.attends:
        memory = memory or Memory(_states(segments[0], net.n_layers - 1), batch.masks[0])
        alpha = softmax(attention.scores(asked, memory))
        asked = np.concatenate([asked, attention.context(alpha, memory)], axis=1)
    logits = params["W_hy"] @ asked + params["b_y"][:, None]
    return ForwardTrace(batch, segments, asked, logits, softmax(logits), 0, alpha, memory)


def backward(
    net: Network, params: Params, fwd: ForwardTrace, targets: Targets, flat: Array
) -> BackwardTrace:
    """Send dL/dy back, from the last segment's top layer to the first one's first; fill flat."""
    grads, n_asked = named_views(flat, net.shapes), len(targets.one_hot)
    p = fwd.probs[-n_asked:]
    d_logits = targets.weight * (p - targets.one_hot)
    d_y = over_time.in_rows(d_logits)
    grads["W_hy"][...] = d_y.T @ over_time.in_rows(fwd.asked[-n_asked:])
    grads["b_y"][...] = over_time.sum_rows(d_y)
    top = [layer for layer in net.segments[-1] if layer.number == net.n_layers - 1]
    d_asked = params["W_hy"].T @ d_logits
    d_states, d_memory = _from_attention(net, fwd, d_asked)
    d_above = _from_readout(net, top, d_states)
    d_end: list[Step] = []
    done: list[LayerBackward] = []
    for segment, mask, passes in reversed(
        list(zip(fwd.segments, fwd.batch.masks, targets.passes, strict=False))
    ):
        back: list[LayerBackward] = []
        d_end = _handed_back(d_end, len(segment))
        for i, trace in reversed(list(enumerate(segment))):
            layer = trace.layer
            back.insert(0, over_time.backward(
                net.weights(layer, params), trace, d_above.get(layer), net.weights(layer, grads),
                d_end[i] if d_end else None, layer.turn(mask), passes[layer.backwards],
            ))  # fmt: skip
            if layer.number and not layer.backwards:  # all of this number are done
                d_above |= _handed_down(segment[:i], back)
        d_end, d_above = [one.d_start for one in back], d_memory
        done = back + done
    if (vector := fwd.batch.vector) is not None:
        s = join(*(trace.carried["h"][0] for trace in fwd.segments[0]))
        d_s = join(*(step.h for step in d_end)) * (1 - s * s)
        grads["W_vh"][...] = d_s @ vector.T
        grads["b_v"][...] = np.add.reduce(d_s, axis=1)
    return BackwardTrace(fwd, targets, d_logits, done, grads, flat)


def _states(segment: Sequence[LayerForward], number: int) -> Array:
    """(T, DH, B) the states of all directions of a layer number, one upon the other."""
    states = [t.layer.turn(t.carried["h"][1:]) for t in segment if t.layer.number == number]
    return states[0] if len(states) == 1 else np.concatenate(states, axis=1)


def _asked(net: Network, segment: Sequence[LayerForward], every_step: bool) -> Array:
    """(S, DH, B) what the readout sees: states at each step, or where each direction ended."""
    both = segment[-1].layer.backwards
    if every_step and (net.per_step or not both):
        return _states(segment, net.n_layers - 1)
    forth, *back = segment[-1 - both :]
    h = forth.carried["h"][1:] if every_step else forth.carried["h"][-1:]
    if not back:
        return h
    ended = np.stack([back[0].carried["h"][-1]] * len(h))
    return np.concatenate([h, ended], axis=1)


def _from_readout(net: Network, top: Sequence[Layer], d_asked: Array) -> dict[Layer, Array]:
    """For each direction of the top layer: dL/dh (S, H, B) of the last steps that it read."""
    d_above = _dealt(top, d_asked)
    if len(top) > 1 and not net.per_step:
        d_above[top[1]] = np.add.reduce(d_asked[:, net.n_hidden :], axis=0, keepdims=True)
    return d_above


def _from_attention(
    net: Network, fwd: ForwardTrace, d_asked: Array
) -> tuple[Array, dict[Layer, Array]]:
    """dL/ds (S, H, B) of the decoder, and for the encoder's last layer dL/dh (T', H, B); where
    nothing attends, what comes from the readout alone.
    """
    alpha, memory, n = fwd.attention, fwd.memory, net.n_hidden
    if alpha is None or memory is None:
        return d_asked, {}
    s, alpha = fwd.asked[-len(d_asked) :, :n], alpha[-len(d_asked) :]
    d_s, d_h = attention.backward(s, alpha, memory, d_asked[:, n:])
    top = net.segments[0][-1 - net.bidirectional :]
    return d_asked[:, :n] + d_s, {} if fwd.batch.memory else _dealt(top, d_h)


def _handed_down(
    below: Sequence[LayerForward], done: Sequence[LayerBackward]
) -> dict[Layer, Array]:
    """For each direction of the layer below: dL/dh (T, H, B), from all that read it."""
    both = below[-1].layer.backwards
    d_x = done[0].d_x + done[1].d_x[::-1] if both else done[0].d_x
    return _dealt([trace.layer for trace in below[-1 - both :]], d_x)


def _dealt(places: Sequence[Layer], d: Array) -> dict[Layer, Array]:
    """dL/dh (T, DH, B) of a layer number, dealt to its D directions, as each reads."""
    n = d.shape[1] // len(places)
    return {place: place.turn(d[:, i * n : (i + 1) * n]) for i, place in enumerate(places)}


def _handed_over(ends: list[Step], n_layers: int) -> list[Step]:
    """What n layers start from: where those before ended, both directions one upon the other."""
    if len(ends) == n_layers:
        return ends
    return [Step(**{name: join(end, vars(back)[name]) for name, end in vars(forth).items()})
            for forth, back in zip(ends[::2], ends[1::2], strict=True)]  # fmt: skip


def _handed_back(d_starts: list[Step], n_ends: int) -> list[Step]:
    """The way back of _handed_over: to each of the layers before, its part of the gradient."""
    if len(d_starts) in (0, n_ends):
        return d_starts
    return [Step(**{name: split(d, 2)[way] for name, d in vars(one).items()})
            for one in d_starts for way in range(2)]  # fmt: skip


@recordable(lambda y: y.shape)
def softmax(y: Array, out: Array) -> Calls:
    """p_i = e^{y_i - max y} / sum_j e^{y_j - max y}, y (S, C, B): no overflow."""
    if y.size == y.shape[1]:  # one answer: for a few classes plain numbers are quickest
        return [partial(_softmax_of_few, y[0, :, 0], out[0, :, 0])]
    return [partial(_softmax, y, out)]


def _softmax(y: Array, out: Array) -> None:
    np.subtract(y, y.max(axis=1, keepdims=True), out)
    np.exp(out, out)
    np.divide(out, out.sum(axis=1, keepdims=True), out)


def _softmax_of_few(y: Array, out: Array) -> None:
    logits = y.tolist()
    largest = max(logits)
    powers = [math.exp(logit - largest) for logit in logits]
    total = sum(powers)
    for i, power in enumerate(powers):
        out[i] = power / total


def cross_entropy(logits: Array, targets: Targets) -> float:
    """L = sum of weight * -ln p(wanted), in nats; exact even where p rounds to 0."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    minus_log_p = np.log(np.exp(shifted).sum(axis=1, keepdims=True)) - shifted
    return float((targets.weight * targets.one_hot * minus_log_p).sum())
