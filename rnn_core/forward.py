"""The forward pass: the cell unrolled over the words, layer upon layer, and the answer.

    forward     h_t = cell(x_t, h_{t-1})      y = W_hy h + b_y      p = softmax(y)
    loss        L = -ln p_c                   in nats

`new_forward` makes room. Who looks fills it once, with `read`; training has the calls written
down by `record_forward` and fills the same room again and again, with `fill_forward`. It must not
know files, training, or a screen. backward.py is its mirror.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.batch import Array, Batch, Targets
from rnn_core.cells.base import Step
from rnn_core.inputs import inputs
from rnn_core.layer_trace import LayerForward, new_layer_forward
from rnn_core.parameters import aligned_zeros
from rnn_core.tape import Calls, make, play, record
from rnn_core.trace import ForwardTrace

if TYPE_CHECKING:
    from rnn_core.network import Model


@dataclass(frozen=True)
class Hold:
    """Some units of a signal held at a value by hand, at some words: an intervention.

    signal : "h", or a gate. value : a number, or one for each unit. units, words : which ones;
    None for all. layer : which layer, counted as in ForwardTrace.layers.
    """

    signal: str
    value: float | Array
    units: Sequence[int] | None = None
    words: Sequence[int] | None = None
    layer: int = 0

    def put(self, array: Array) -> None:
        """Write the value into the signal's (H, B)."""
        rows = slice(None) if self.units is None else list(self.units)
        array[rows] = np.reshape(self.value, (-1, 1))

    def at(self, layer: int, t: int) -> bool:
        """Whether it acts in this layer at this word."""
        return layer == self.layer and (self.words is None or t in self.words)


def new_forward(
    model: Model, batch: Batch, every_step: bool, forgetful: bool = False
) -> ForwardTrace:
    """Make room for a reading; every_step asks for an answer after each word (S = T).

    forgetful : for who wants the answers alone; gates and sums make room for the next word's.
    """
    n_steps, n_sentences = size = batch.ids.shape
    dtype, n_answers = model.flat.dtype, n_steps if every_step else 1
    layers = [
        new_layer_forward(model.cell, layer, model.n_hidden, size, dtype, forgetful)
        for layer in model.layers
    ]
    states = [
        traces[0].signals["h"]
        if len(traces) == 1
        else aligned_zeros((n_steps, 2 * model.n_hidden, n_sentences), dtype)
        for traces in _by_number(layers)
    ]
    if model.bidirectional and not (every_step and model.each_word):
        asked = aligned_zeros((n_answers, 2 * model.n_hidden, n_sentences), dtype)
    elif every_step or n_sentences == 1:
        asked = states[-1][-n_answers:]
    else:
        asked = aligned_zeros((1, model.n_hidden, n_sentences), dtype)
    logits, probs = (
        aligned_zeros((n_answers, len(model.classes), n_sentences), dtype) for _ in range(2)
    )
    lone = n_answers == n_sentences == 1
    return ForwardTrace(batch, layers, states, asked, logits, probs, [], lone)


def read(model: Model, fwd: ForwardTrace, holds: Sequence[Hold] = ()) -> None:
    """Read fwd.batch from the state before the first word, and answer."""
    make(_calls(model, fwd, holds))


def record_forward(model: Model, fwd: ForwardTrace) -> ForwardTrace:
    """Write down what `read` does; return the same trace, with its tape."""
    fwd.tape[:] = record(_calls(model, fwd, ()))
    return fwd


def fill_forward(fwd: ForwardTrace) -> None:
    """`read` from the tape: the model as it is now, the batch that fwd holds now."""
    play(fwd.tape)


def _by_number(layers: list[LayerForward]) -> list[list[LayerForward]]:
    """One list for each layer number, of one direction or two."""
    n_ways = 1 + layers[-1].layer.backwards
    return [layers[i : i + n_ways] for i in range(0, len(layers), n_ways)]


def _calls(model: Model, fwd: ForwardTrace, holds: Sequence[Hold]) -> Calls:
    """All that a reading does."""
    for number, traces in enumerate(_by_number(fwd.layers)):
        for trace in traces:
            params = model.layer_params[trace.layer]
            yield from inputs(params, fwd, trace)
            for t, before, now in trace.path:
                calls = model.cell.forward(params, before, now)
                here = [hold for hold in holds if hold.at(model.layers.index(trace.layer), t)]
                yield from _held(calls, now, here) if here else calls
                if trace.layer.backwards and fwd.batch.ids.shape[1] > 1:
                    for name in model.cell.carry:
                        yield end_beyond, fwd, t, now[name]
        if len(traces) == 2:
            for trace, half in zip(traces, np.split(fwd.states[number], 2, axis=1), strict=True):
                yield np.positive, trace.signals["h"], half
    yield from answer(model, fwd)


def _held(calls: Calls, now: Step, holds: Sequence[Hold]) -> Calls:
    """The same calls; after each one that writes to a signal held by hand, the hand writes."""
    for call in calls:
        yield call
        for hold in holds:
            if np.may_share_memory(call[-1], now[hold.signal]):
                yield hold.put, now[hold.signal]


def end_beyond(fwd: ForwardTrace, t: int, array: Array) -> None:
    """Zero the (H, B) of sentences that have no word t: backwards, reading starts at the end."""
    np.multiply(array, t < fwd.batch.lengths, array)


def answer(model: Model, fwd: ForwardTrace) -> Calls:
    """The readout. It sees the last state; of two directions, where each one ended."""
    top, params = _by_number(fwd.layers)[-1], model.params
    n_answers, n_sentences = len(fwd.logits), fwd.batch.ids.shape[1]
    if not np.may_share_memory(fwd.asked, fwd.states[-1]):
        forth = fwd.asked[:, : model.n_hidden]
        if n_answers == 1 and n_sentences > 1:
            yield read_last, fwd, forth[0]
        else:
            yield np.positive, top[0].signals["h"][-n_answers:], forth
        if len(top) == 2:
            yield np.positive, top[1].signals["h"][0], fwd.asked[:, model.n_hidden :]
    if fwd.lone:
        h, y, p = (array[0, :, 0] for array in (fwd.asked, fwd.logits, fwd.probs))
        yield params["W_hy"].dot, h, y
        yield np.add, y, params["b_y"], y
        yield softmax_of_few, y, p
    else:
        yield np.matmul, params["W_hy"], fwd.asked, fwd.logits
        yield np.add, fwd.logits, params["b_y"][:, None], fwd.logits
        yield softmax, fwd.logits, fwd.probs


def read_last(fwd: ForwardTrace, out: Array) -> None:
    """Fill out (H, B) with each sentence's last state of the highest layer, read forwards."""
    lengths, top = fwd.batch.lengths, _by_number(fwd.layers)[-1][0]
    out.T[:] = top.signals["h"][lengths - 1, :, np.arange(len(lengths))]


def softmax(y: Array, out: Array) -> None:
    """p_i = e^{y_i - max y} / sum_j e^{y_j - max y}, y (S, C, B): no overflow."""
    np.subtract(y, y.max(axis=1, keepdims=True), out)
    np.exp(out, out)
    np.divide(out, out.sum(axis=1, keepdims=True), out)


def softmax_of_few(y: Array, out: Array) -> None:
    """The same for one answer, y (C,): for a few classes plain numbers are the fast ones."""
    logits = y.tolist()
    largest = max(logits)
    powers = [math.exp(logit - largest) for logit in logits]
    total = sum(powers)
    for i, power in enumerate(powers):
        out[i] = power / total


def cross_entropy(logits: Array, targets: Targets) -> float:
    """L = sum of weight * -ln p(wanted), in nats, from the logits: exact even where p rounds to 0.

    logits : (S, C, B).
    """
    shifted = logits - logits.max(axis=1, keepdims=True)
    minus_log_p = np.log(np.exp(shifted).sum(axis=1, keepdims=True)) - shifted
    return float((targets.weight * targets.wanted * minus_log_p).sum())
