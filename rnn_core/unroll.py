"""The passes: the cell unrolled over the words, and the blame sent back.

Each pass fills a trace in place, so that training can use the same traces again and again;
looking makes a new one each time. Forward and backward stand in mirrored order. This room
must not know files, training, or a screen.

    forward     h_t = cell(x_t, h_{t-1})      y = W_hy h + b_y      p = softmax(y)
    loss        L = -ln p_c                   in nats
    backward    dL/dy = p - onehot(c)         d_h += W_hy^T dL/dy, then word by word to the first
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from rnn_core.batch import Array, Batch, Targets, arrivals
from rnn_core.parameters import aligned_zeros, aligned_zeros_like, named_views
from rnn_core.trace import BackwardTrace, ForwardTrace, Step

if TYPE_CHECKING:
    from rnn_core.network import Model


def new_forward(model: Model, batch: Batch, every_step: bool) -> ForwardTrace:
    """Make room for a reading; every_step asks for an answer after each word (S = T)."""
    n_steps, n_sentences = batch.ids.shape
    n_answers = n_steps if every_step else 1
    rows, n_classes = model.params["b_h"].size, len(model.classes)

    def room(*shape: int) -> Any:
        return aligned_zeros((*shape, n_sentences), model.flat.dtype)

    carried = {name: room(n_steps + 1, model.n_hidden) for name in model.cell.carry}
    signals = {
        signal.name: carried[signal.name][1:]
        if signal.name in carried
        else room(n_steps, model.n_hidden)
        for signal in model.cell.signals
    }
    inputs, sums, slopes = (room(n_steps, rows) for _ in range(3))
    steps = _by_step(carried, {**signals, "x": inputs, "a": sums, "slope": slopes})
    shared = every_step or n_sentences == 1
    asked = carried["h"][-n_answers:] if shared else room(1, model.n_hidden)
    logits, probs = room(n_answers, n_classes), room(n_answers, n_classes)
    lone = n_answers == n_sentences == 1
    return ForwardTrace(
        batch=batch,
        carried=carried,
        signals=signals,
        picked=aligned_zeros((n_steps, n_sentences, rows), model.flat.dtype),
        inputs=inputs,
        sums=sums,
        slopes=slopes,
        asked=asked,
        logits=logits,
        probs=probs,
        path=list(pairwise(steps)),
        lone=(asked[0, :, 0], logits[0, :, 0], probs[0, :, 0]) if lone else None,
    )


def _by_step(carried: Mapping[str, Array], others: Mapping[str, Array]) -> list[Step]:
    """Cut arrays into T + 1 moments: what is carried from t = 0, the others from the first word."""
    start = {name: array[0] for name, array in carried.items()}
    names = [*others, *carried]
    moments = zip(*others.values(), *(array[1:] for array in carried.values()), strict=True)
    return [start, *(dict(zip(names, views, strict=True)) for views in moments)]


def fill_forward(model: Model, fwd: ForwardTrace) -> None:
    """Read fwd.batch from the state before the first word, and answer."""
    params = model.params
    model.columns.take(fwd.batch.ids, 0, fwd.picked, "clip")
    np.add(fwd.picked, params["b_h"], fwd.inputs.transpose(0, 2, 1))
    cell_forward = model.cell.forward
    for before, now in fwd.path:
        cell_forward(params, before, now)
    if fwd.lone:
        h, y, p = fwd.lone
        params["W_hy"].dot(h, y)
        np.add(y, params["b_y"], y)
        softmax(y, p)
    else:
        if len(fwd.asked) == 1:  # each sentence's last state
            last = fwd.carried["h"][fwd.batch.lengths, :, np.arange(len(fwd.batch.lengths))]
            fwd.asked[0].T[:] = last
        np.matmul(params["W_hy"], fwd.asked, fwd.logits)
        np.add(fwd.logits, model.bias_y, fwd.logits)
        softmax(fwd.logits, fwd.probs)


def softmax(y: Array, out: Array) -> None:
    """p_i = e^{y_i - max y} / sum_j e^{y_j - max y}, y (S, C, B) or (C,): no overflow.

    For the few classes of a lone answer Python's own max and sum are the fast ones.
    """
    lone = y.ndim == 1
    np.subtract(y, max(y.tolist()) if lone else y.max(axis=1, keepdims=True), out)
    np.exp(out, out)
    np.divide(out, sum(out.tolist()) if lone else out.sum(axis=1, keepdims=True), out)


def cross_entropy(logits: Array, targets: Targets) -> float:
    """L = sum of weight * -ln p(wanted), in nats, from the logits: exact even where p rounds to 0.

    logits : (S, C, B).
    """
    shifted = logits - logits.max(axis=1, keepdims=True)
    minus_log_p = np.log(np.exp(shifted).sum(axis=1, keepdims=True)) - shifted
    return float((targets.weight * targets.wanted * minus_log_p).sum())


def new_backward(model: Model, fwd: ForwardTrace, targets: Targets) -> BackwardTrace:
    """Make room for the way back through one reading."""
    d_carried = {name: aligned_zeros_like(array) for name, array in fwd.carried.items()}
    d_sums, d_logits = aligned_zeros_like(fwd.sums), aligned_zeros_like(fwd.logits)
    d_recurrent = aligned_zeros_like(fwd.sums) if model.cell.recurrent_differs else d_sums
    d_steps = _by_step(d_carried, {"a": d_sums, "recurrent": d_recurrent})
    d_asked = d_carried["h"][-1:] if fwd.lone else aligned_zeros_like(fwd.asked)
    flat = aligned_zeros_like(model.flat)
    grads = named_views(flat, model.shapes)

    copies: list[tuple[Array, Array]] = []
    g, d_y = _side_by_side(d_sums, copies), _side_by_side(d_logits, copies)
    g_recurrent = g if d_recurrent is d_sums else _side_by_side(d_recurrent, copies)
    h_before = _side_by_side(fwd.carried["h"][:-1], copies)
    one_hot = np.zeros((fwd.batch.ids.size, len(model.vocabulary)), model.flat.dtype)
    each_word, each_answer = np.ones_like(g[0]), np.ones_like(d_y[0])
    return BackwardTrace(
        forward=fwd,
        targets=targets,
        d_logits=d_logits,
        d_asked=d_asked,
        d_carried=d_carried,
        d_sums=d_sums,
        d_recurrent=d_recurrent,
        one_hot=one_hot,
        flat=flat,
        grads=grads,
        path=[(*fwd.path[t], d_steps[t + 1], d_steps[t]) for t in reversed(range(len(fwd.path)))],
        products=[
            (one_hot.T.dot, g.T, grads["W_xh"].T),
            (g_recurrent.dot, h_before.T, grads["W_hh"]),
            (g.dot, each_word, grads["b_h"]),
            (d_y.dot, _side_by_side(fwd.asked, copies).T, grads["W_hy"]),
            (d_y.dot, each_answer, grads["b_y"]),
        ],
        lone=(d_logits[0, :, 0], d_asked[0, :, 0]) if fwd.lone else None,
        copies=copies,
    )


def _side_by_side(array: Array, copies: list[tuple[Array, Array]]) -> Array:
    """(T, R, B) as (R, T B), all words of all sentences as columns; a view where B = 1."""
    by_row = array.transpose(1, 0, 2)
    if array.shape[2] == 1:
        return by_row[:, :, 0]
    columns = np.zeros(by_row.shape, array.dtype)
    copies.append((columns, by_row))
    return columns.reshape(len(columns), -1)


def fill_backward(model: Model, bwd: BackwardTrace, truncate: int | None = None) -> None:
    """Send the blame back from the answers to the first word, and add up the gradients.

    truncate : k, how many words blame may travel. Each sentence is cut into stretches of k words,
    counted from its end; nothing crosses a cut. None: all the way.
    """
    fwd, targets, params, batch = bwd.forward, bwd.targets, model.params, bwd.forward.batch
    np.subtract(fwd.probs, targets.wanted, bwd.d_logits)
    entering = None
    if bwd.lone:  # it counts 1, and d_asked is the last word's d_h
        params["W_hy"].T.dot(*bwd.lone)
    else:
        np.multiply(bwd.d_logits, targets.weight, bwd.d_logits)
        np.matmul(params["W_hy"].T, bwd.d_logits, bwd.d_asked)
        entering = list(arrivals(bwd.d_asked, batch))
        bwd.d_carried["h"][-1] = 0
    model.cell.slopes(fwd.signals, fwd.slopes)
    cell_backward, t = model.cell.backward, len(batch.ids)
    for before, now, d_now, d_before in bwd.path:
        t -= 1
        if entering is not None:
            np.add(d_now["h"], entering[t], d_now["h"])
        cell_backward(params, before, now, d_now, d_before)
        if truncate is not None:
            stays = (batch.lengths - t) % truncate != 0  # (B,)
            for name in model.cell.carry:
                d_before[name] *= stays

    model.eye.take(batch.flat_ids, 0, bwd.one_hot, "clip")
    for to, columns in bwd.copies:
        to[...] = columns
    for dot, right, gradient in bwd.products:
        dot(right, gradient)
