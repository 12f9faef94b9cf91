"""What comes into a layer: W_xh x_t + b_h for all words at once, and its way back.

In the first layer x_t is a word, one-hot: W_xh x_t is a column of W_xh, and each column's
gradient is the sum of the blame wherever its word stood. No product need be made of that.
Higher layers read the states below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.batch import Array
from rnn_core.blame import BackwardTrace
from rnn_core.layer_trace import LayerForward
from rnn_core.parameters import Layer, with_bias
from rnn_core.tape import Calls, in_rows
from rnn_core.trace import ForwardTrace

if TYPE_CHECKING:
    from rnn_core.network import Model


def inputs(params: Mapping[str, Array], fwd: ForwardTrace, trace: LayerForward) -> Calls:
    """W_xh x_t + b_h (T, kH, B)."""
    W_xh, b_h = params["W_xh"], params["b_h"][:, None]
    if trace.layer.number:
        yield np.matmul, W_xh, fwd.states[trace.layer.number - 1], trace.picked
        yield np.add, trace.picked, b_h, trace.inputs
    elif fwd.batch.ids.shape[1] == 1:
        picked = trace.picked[:, :, 0]
        yield pick, fwd, W_xh.T.take, picked
        yield np.add, picked, params["b_h"], trace.inputs[:, :, 0]
    else:
        columns = np.zeros(W_xh.shape, W_xh.dtype)
        yield np.add, W_xh, b_h, columns
        yield pick_for_each, fwd, columns.take, trace.inputs


def pick(fwd: ForwardTrace, take: Callable[..., Array], picked: Array) -> None:
    """Each word of one sentence picks its column of W_xh, into (T, kH)."""
    take(fwd.batch.flat_ids, 0, picked, "clip")


def pick_for_each(fwd: ForwardTrace, take: Callable[..., Array], picked: Array) -> None:
    """The same for B sentences side by side, into (T, kH, B)."""
    for ids, columns in zip(fwd.batch.ids, picked, strict=True):
        take(ids, 1, columns, "clip")


def input_gradients(model: Model, bwd: BackwardTrace, layer: Layer, g: Array) -> Calls:
    """The gradients of W_xh and b_h, from the blame of the sums, g (T B, kH)."""
    fwd, d_W_xh = bwd.forward, bwd.grads["W_xh" + layer.suffix]
    d_b_h = bwd.grads["b_h" + layer.suffix]
    if layer.number:
        below = yield from in_rows(fwd.states[layer.number - 1])
        yield below.T.dot, g, d_W_xh.T
        yield np.add.reduce, g, 0, None, d_b_h
    elif fwd.batch.ids.shape[1] == 1:  # few words: there the product is faster
        words = np.ones((len(g), len(model.eye) + 1), g.dtype)
        yield see, fwd, model.eye.take, words
        yield words.T.dot, g, with_bias(bwd.flat, model.shapes, layer.suffix)
    else:
        yield sum_by_word, fwd, g, d_W_xh.T
        yield np.add.reduce, d_W_xh, 1, None, d_b_h


def see(fwd: ForwardTrace, take: Callable[..., Array], seen: Array) -> None:
    """Fill seen (T, V + 1) with one sentence's words, one-hot, and a 1 for the bias."""
    take(fwd.batch.flat_ids, 0, seen, "clip")


def sum_by_word(fwd: ForwardTrace, g: Array, sums: Array) -> None:
    """Fill sums (V, kH) with the rows of g (T B, kH), added up for each word."""
    sums.fill(0)
    for word, places in fwd.batch.by_word:
        np.add.reduce(g.take(places, 0), 0, None, sums[word])
