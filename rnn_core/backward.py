"""The backward pass: the blame sent back, and what it adds up to. It mirrors forward.py.

dL/dy = p - onehot(c)         d_h += W_hy^T dL/dy, then word by word to the first
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.batch import Array, Targets
from rnn_core.blame import BackwardTrace
from rnn_core.cells.base import Cell, Step, blocks
from rnn_core.forward import Hold, end_beyond
from rnn_core.inputs import input_gradients
from rnn_core.layer_trace import LayerBackward, new_layer_backward
from rnn_core.parameters import aligned_zeros_like, named_views
from rnn_core.tape import Call, Calls, in_rows, make, play, record
from rnn_core.trace import ForwardTrace

if TYPE_CHECKING:
    from rnn_core.network import Model


def new_backward(model: Model, fwd: ForwardTrace, targets: Targets) -> BackwardTrace:
    """Make room for the way back through one reading."""
    flat = aligned_zeros_like(model.flat)
    grads = named_views(flat, model.shapes)
    layers = [new_layer_backward(model.cell, layer) for layer in fwd.layers]
    d_logits, d_asked = aligned_zeros_like(fwd.logits), aligned_zeros_like(fwd.asked)
    if fwd.lone:  # dL/db_y is dL/dy itself
        d_logits = grads["b_y"].reshape(fwd.logits.shape)
        if len(layers) == 1:  # and all of the last d_h comes from the readout
            d_asked = layers[0].d_carried["h"][-1:]
    return BackwardTrace(fwd, targets, layers, d_logits, d_asked, flat, grads, [])


def send_back(
    model: Model, bwd: BackwardTrace, truncate: int | None = None, holds: Sequence[Hold] = ()
) -> None:
    """Send the blame back from the answers to the first word, and add up the gradients.

    truncate : k, how many words blame may travel. Each sentence is cut into stretches of k words,
    counted from its end; nothing crosses a cut. None: all the way. holds : what the reading was
    made with; what is held by hand passes no blame on.
    """
    make(_calls(model, bwd, truncate, holds))


def record_backward(
    model: Model, bwd: BackwardTrace, truncate: int | None = None, to_h_0: bool = True
) -> BackwardTrace:
    """Write down what `send_back` does; return the same trace, with its tape.

    to_h_0 : whether to blame what was before the first word too; training has no use for that.
    """
    first = [array for one in bwd.layers for array in one.path[-1][-1].values()]
    bwd.tape[:] = record(_calls(model, bwd, truncate, ()), [] if to_h_0 else first)
    return bwd


def fill_backward(bwd: BackwardTrace) -> None:
    """`send_back` from the tape."""
    play(bwd.tape)


def _calls(model: Model, bwd: BackwardTrace, truncate: int | None, holds: Sequence[Hold]) -> Calls:
    """dL/dy, the readout, layers from the top down, sums over the words."""
    yield from readout(model, bwd)
    for index in reversed(range(len(bwd.layers))):
        here = [hold for hold in holds if hold.layer == index]
        yield from way_back(model, bwd, index, truncate, here)
        yield from gradients(model, bwd, index)
        yield from hand_down(model, bwd, index)


def readout(model: Model, bwd: BackwardTrace) -> Calls:
    """dL/dy, on to the states that the readout saw, and its own gradients."""
    fwd, W_hy, d_W_hy = bwd.forward, model.params["W_hy"], bwd.grads["W_hy"]
    yield blame, bwd, bwd.d_logits
    if fwd.lone:
        d_y, d_asked = bwd.d_logits[0, :, 0], bwd.d_asked[0, :, 0]
        yield W_hy.T.dot, d_y, d_asked
        yield d_y[:, None].dot, fwd.asked[0].T, d_W_hy
    else:
        yield np.matmul, W_hy.T, bwd.d_logits, bwd.d_asked
        d_y = yield from in_rows(bwd.d_logits)
        asked = yield from in_rows(fwd.asked)
        yield d_y.T.dot, asked, d_W_hy
        yield np.add.reduce, d_y, 0, None, bwd.grads["b_y"]
    if bwd.direct:
        return
    forth, *back = bwd.layers[-model.n_ways :]
    d_forth, d_back = bwd.d_asked[:, : model.n_hidden], bwd.d_asked[:, model.n_hidden :]
    if len(d_forth) == len(forth.arrived):
        yield np.positive, d_forth, forth.arrived
    else:
        yield arrive_last, fwd, d_forth[0], forth.arrived
    for other in back:
        if model.each_word and len(d_back) == len(other.arrived):
            yield np.positive, d_back, other.arrived
        else:  # every answer saw where it ended
            yield np.sum, d_back, 0, None, other.arrived[0]


def way_back(
    model: Model, bwd: BackwardTrace, index: int, truncate: int | None, holds: Sequence[Hold]
) -> Calls:
    """One layer's words, from the one read last to the first."""
    fwd, ahead, back, cell = bwd.forward, bwd.forward.layers[index], bwd.layers[index], model.cell
    params = model.layer_params[ahead.layer]
    yield from cell.slopes(ahead.all_before, ahead.all_now, back.all_d_now)
    for n, (t, before, now, d_now, d_before) in enumerate(back.path):
        calls: list[Call] = [] if n else [(clear, d_now[name]) for name in cell.carry[1:]]
        if not bwd.direct:
            both = (np.add, d_now["h"]) if n else (np.positive,)
            calls.append((*both, back.arrived[t], d_now["h"]))
        if ahead.layer.backwards and fwd.batch.ids.shape[1] > 1:
            calls += [(end_beyond, fwd, t, d_now[name]) for name in cell.carry]
        calls += cell.backward(params, before, now, d_now, d_before)
        here = [hold for hold in holds if hold.at(index, t)]
        yield from _held(calls, cell, d_now, here) if here else calls
        if truncate is not None:
            for name in cell.carry:
                yield cut, fwd, back, t, truncate, d_before[name]


def _held(calls: Iterable[Call], cell: Cell, d_now: Step, holds: Sequence[Hold]) -> Calls:
    """The same calls; what is held by hand passes no blame on, so it is wiped when written."""
    gates = {signal.name: signal.gate for signal in cell.signals if signal.gate is not None}
    for call in calls:
        yield call
        for hold in holds:
            if (gate := gates.get(hold.signal)) is None:
                d_held = d_now[hold.signal]
            else:
                d_held = blocks(d_now["a"], cell.n_gates)[gate]
            if np.may_share_memory(call[-1], d_held):
                yield replace(hold, value=0.0).put, d_held


def gradients(model: Model, bwd: BackwardTrace, index: int) -> Calls:
    """One layer's gradients: each is one sum over all words of all sentences."""
    ahead, back = bwd.forward.layers[index], bwd.layers[index]
    h_before = yield from in_rows(ahead.all_before["h"])
    g = yield from in_rows(back.d_recurrent)
    yield g.T.dot, h_before, bwd.grads["W_hh" + ahead.layer.suffix]
    if model.cell.recurrent_differs:
        g = yield from in_rows(back.d_sums, g)
    yield from input_gradients(model, bwd, ahead.layer, g)


def hand_down(model: Model, bwd: BackwardTrace, index: int) -> Calls:
    """What this layer's input, the states below, is to blame for."""
    above, n_ways = bwd.layers[index], model.n_ways
    layer = above.layer
    if not layer.number:
        return
    first = index - layer.backwards - n_ways
    parts = np.split(model.layer_params[layer]["W_xh"].T, n_ways)
    for below, part in zip(bwd.layers[first : first + n_ways], parts, strict=True):
        if layer.backwards == model.bidirectional:  # the first of its number to come by
            yield np.matmul, part, above.d_sums, below.arrived
        else:
            also = np.zeros_like(below.arrived)
            yield np.matmul, part, above.d_sums, also
            yield np.add, below.arrived, also, below.arrived


def blame(bwd: BackwardTrace, d_logits: Array) -> None:
    """dL/dy = weight * (p - onehot(c)); a lone answer has weight 1."""
    np.subtract(bwd.forward.probs, bwd.targets.wanted, d_logits)
    if not bwd.forward.lone:
        np.multiply(d_logits, bwd.targets.weight, d_logits)


def clear(array: Array) -> None:
    """Zero, whatever was there."""
    array.fill(0)


def arrive_last(fwd: ForwardTrace, d_last: Array, arrived: Array) -> None:
    """The blame (H, B) of one answer for each sentence enters at its last word."""
    arrived.fill(0)
    lengths = fwd.batch.lengths
    arrived[lengths - 1, :, np.arange(len(lengths))] = d_last.T


def cut(fwd: ForwardTrace, back: LayerBackward, t: int, k: int, d_before: Array) -> None:
    """Stop the blame that leaves word t (H, B) where a stretch of k words begins."""
    from_the_end = t + 1 if back.layer.backwards else fwd.batch.lengths - t
    np.multiply(d_before, from_the_end % k != 0, d_before)
