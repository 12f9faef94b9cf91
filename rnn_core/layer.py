"""One layer in one direction over time: the loop that unrolls a cell, and its way back.

    forward     h_t = cell(W_xh x_t + b_h, h_{t-1})         t = 1 .. T
    backward    d_h_t = from above + from the future        t = T .. 1
                dW_hh = sum_t d_a_t h_{t-1}^T               dW_xh = sum_t d_a_t x_t^T

It knows no model. A layer that reads backwards is given its sequence turned round.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import numpy as np

from rnn_core.cells.base import Array, Cell, Inputs, Ints, Step
from rnn_core.parameters import Layer
from rnn_core.recorder import Calls, recordable
from rnn_core.traces import LayerBackward, LayerForward

Weights = Mapping[str, Array]


def forward(
    cell: Cell, layer: Layer, w: Weights, x: Inputs, start: Step, mask: Array | None = None
) -> LayerForward:
    """Read a sequence, from a state on.

    w : W_xh (kH, N), W_hh (kH, H), b_h (kH,). x : words (T, B), or vectors (T, N, B).
    start : the carry before the first step, each (H, B). mask : (T, 1, B) 1, and 0 where a
    sequence has ended: there its state stays as it is; None: none ends before T.
    """
    projection = pick(w["W_xh"], x) if x.ndim == 2 else w["W_xh"] @ x
    sums = projection + w["b_h"][:, None]
    before, steps = start, list[Step]()
    for t in range(len(sums)):
        now = cell.forward(w["W_hh"], sums[t], before)
        if mask is not None:
            for name in cell.carry:
                kept = mask[t] * vars(now)[name] + (1 - mask[t]) * vars(before)[name]
                setattr(now, name, kept)
        steps.append(now)
        before = now
    carried = {name: np.stack([vars(s)[name] for s in (start, *steps)]) for name in cell.carry}
    others = vars(before).keys() - carried
    computed = {name: np.stack([vars(s)[name] for s in steps]) for name in sorted(others)}
    return LayerForward(cell, layer, x, projection, carried, computed)


def backward(
    w: Weights, fwd: LayerForward, d_above: Array | None, grads: Weights,
    d_end: Step | None = None, mask: Array | None = None, passes: Array | None = None,
) -> LayerBackward:  # fmt: skip
    """Send the gradient back through the sequence, and fill grads, named as w.

    d_above : (S, H, B) dL/dh of the last S steps, from the readout or the layer above; or None.
    d_end : dL/d(the carry after the last step), from what reads on from there; or None.
    mask : as it was read. passes : (T, 1, B) 0 where no gradient may leave a step; or None.
    """
    cell, n_steps, n_words = fwd.cell, len(fwd.projection), w["W_xh"].shape[1]
    first = n_steps if d_above is None else n_steps - len(d_above)
    # x + -0.0 is x, bit for bit; and each d.h is made here, so that it can be held.
    future = _times(1, d_end) if d_end else Step(**dict.fromkeys(cell.carry, -0.0))
    steps: list[dict[str, Array]] = []
    handed: list[dict[str, Array]] = []
    for t in reversed(range(n_steps)):
        d = Step(**vars(future))
        if d_above is not None and t >= first:
            d.h = d_above[t - first] + future.h
        before, now = fwd.at(t)
        if mask is None:
            d_now, future = cell.backward(w["W_hh"], before, now, d)
        else:  # what comes to a sequence that has ended goes past the cell
            d_now, future = cell.backward(w["W_hh"], before, now, _times(mask[t], d))
            for name, past in vars(_times(1 - mask[t], d)).items():
                setattr(future, name, vars(future)[name] + past)
        if passes is not None:
            future = _times(passes[t], future)
        steps.append(vars(d) | vars(d_now))
        handed.append(vars(future))
    gradients = {name: np.stack([s[name] for s in reversed(steps)]) for name in steps[0]}
    d_u = in_rows(gradients.get("u", gradients["a"]))
    grads["W_hh"][...] = d_u.T @ in_rows(fwd.carried["h"][:-1])
    d_a = in_rows(gradients["a"]) if "u" in gradients else d_u
    grads["b_h"][...] = sum_rows(d_a)
    if fwd.x.ndim == 2:
        grads["W_xh"].T[...] = sum_by_word(d_a, fwd.x, n_words)
    else:
        grads["W_xh"].T[...] = in_rows(fwd.x).T @ d_a
    back = {name: np.stack([s[name] for s in reversed(handed)]) for name in cell.carry}
    return LayerBackward(gradients, d_above, back, d_x=w["W_xh"].T @ gradients["a"])


@recordable(lambda W_xh, words: (len(words), len(W_xh), words.shape[1]))
def pick(W_xh: Array, words: Ints, out: Array) -> Calls:
    """The columns (T, kH, B) of W_xh that words (T, B) name: what one-hot vectors would do."""
    if words.shape[1] == 1:
        return [partial(W_xh.T.take, words[:, 0], 0, out[:, :, 0], "clip")]
    rows, steps = np.empty_like(W_xh, order="C"), zip(words, out, strict=True)
    turn = partial(np.copyto, rows, W_xh)  # once: `take` would turn all of W_xh at each step
    return [turn, *(partial(rows.take, now, 1, place, "clip") for now, place in steps)]


@recordable(lambda rows, words, n_words: (n_words, rows.shape[1]))
def sum_by_word(rows: Array, words: Ints, n_words: int, out: Array) -> Calls:
    """The way back of pick: rows (T B, kH), added up for each word of (T, B), into (V, kH)."""
    if words.shape[1] == 1:  # few: there the product with one-hot vectors is quickest
        one_hot = np.zeros((len(words), n_words), rows.dtype)
        fill = np.eye(n_words, dtype=rows.dtype).take
        return [partial(fill, words[:, 0], 0, one_hot, "clip"), partial(one_hot.T.dot, rows, out)]
    return [partial(_sum_by_word, rows, words, out)]


def _sum_by_word(rows: Array, words: Ints, out: Array) -> None:
    order = words.reshape(-1).argsort(kind="stable")
    ends = np.bincount(words.reshape(-1)).cumsum().tolist()
    out.fill(0)
    for word, (start, end) in enumerate(zip([0, *ends], ends, strict=False)):
        if end > start:
            np.add.reduce(rows.take(order[start:end], 0), 0, None, out[word])


@recordable(lambda rows: rows.shape[1:])
def sum_rows(rows: Array, out: Array) -> Calls:
    """Rows (T B, kH), added up into (kH,): for a few, a product with ones is quickest."""
    return [partial(np.ones(len(rows), rows.dtype).dot, rows, out)]


def in_rows(array: Inputs) -> Array:
    """(T, R, B) as (T B, R): a row for each step of each sequence; a view where B = 1."""
    if array.shape[2] == 1:
        return array[:, :, 0]
    rows: Array = _turned(array)
    return rows.reshape(-1, array.shape[1])


@recordable(lambda array: (array.shape[0], array.shape[2], array.shape[1]))
def _turned(array: Array, out: Array) -> Calls:
    """(T, R, B) as (T, B, R), with the rows one after another in memory."""
    return [partial(np.positive, array.transpose(0, 2, 1), out)]


def _times(factor: Array | float, step: Step) -> Step:
    return Step(**{name: factor * value for name, value in vars(step).items()})
