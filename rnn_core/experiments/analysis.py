"""Questions asked of a trace: how far does the gradient reach, which word counts?

Each takes a model or a trace and returns numbers. Nothing here is needed for training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from rnn_core.cells import Array
from rnn_core.hyperparameters import Hyperparameters
from rnn_core.model import Intervention, Label, Model
from rnn_core.optimizers import OPTIMIZERS, clip, norm
from rnn_core.recording import mapped
from rnn_core.traces import BackwardTrace, Batch, ForwardTrace

HORIZON = 0.01
"""The gradient counts as vanished when it is below this share of its start."""
SIDE_BY_SIDE = 32
"""Readings at once; more take more memory."""
quietly = np.errstate(over="ignore", invalid="ignore")
"""A diverged model's numbers are shown as what they are, inf or nan, without a warning."""
SATURATED = 0.99
"""A tanh unit beyond this has a derivative below 0.02: almost no gradient passes."""


@quietly
def gradient_norms(bwd: BackwardTrace) -> Array:
    """(T, B) |dL/dh_t| at each step; of a cell that carries c as well, of both together."""
    carried = [bwd.signals[name] for name in bwd.forward.layer.cell.carry]
    norms: Array = np.linalg.norm(np.concatenate(carried, axis=1), axis=1)
    return norms


@quietly
def memory_horizon(lengths: Array) -> int:
    """How many steps back from the last one the gradient stays at 1 % of its start or more.

    lengths : (T,) |d_h_t|, the last step's at the end. 0 when the step before is already below,
    T - 1 when it reaches the first; 0 also when there is no gradient, or it is not finite.
    """
    start = lengths[-1]
    if not np.isfinite(lengths).all() or start == 0:
        return 0
    reach = 0
    for length in lengths[-2::-1]:
        if length < HORIZON * start:
            break
        reach += 1
    return reach


def saturation(fwd: ForwardTrace) -> Array:
    """(T,) share of units with |h| > 0.99 after each word of one sentence."""
    share: Array = (np.abs(fwd.h) > SATURATED).mean(axis=1)
    return share


@quietly
def gradient_times_input(bwd: BackwardTrace) -> Array:
    """(T,) -x_t . dL/dx_t: how much each word speaks for the target, to first order.

    x_t . dL/dx_t = (W_xh x_t) . dL/da_t, for words and vectors alike. Only the word's
    own way in is counted, not what later words do with it. Source: Shrikumar et al. 2017.
    """
    attribution: Array = -(bwd.forward.input_projection * bwd.d_a).sum(axis=1)
    return attribution


@quietly
def leave_one_out(model: Model, fwd: ForwardTrace, target: Label | Sequence[Label]) -> Array:
    """(T,) loss without the word minus loss with it: positive where the word helps the target.

    With a target for each step it is the mean loss of all other steps. Where nothing is left, as
    of a sentence of one word, the answer is nan.
    """
    made = np.full(len(fwd.ids), np.nan)
    for t in range(len(made)) if len(made) > 1 else ():
        whole = rest = target
        if isinstance(target, Sequence) and not isinstance(target, str):
            whole, rest = [*target[:t], None, *target[t + 1 :]], [*target[:t], *target[t + 1 :]]
            if not any(label is not None for label in rest):
                continue
        without = model.forward(np.delete(fwd.ids, t))
        made[t] = model.loss(without, rest) - model.loss(fwd, whole)
    return made


@quietly
def vector_times_gradient(model: Model, fwd: ForwardTrace, wanted: Sequence[int]) -> Array:
    """(S, F) -v_i dL_t/dv_i: how much each entry of the vector that is read before all words speaks
    for the symbol wanted at step t, to first order.

    fwd : of one sequence. wanted : a class for each step. The vector became the first state, and
    b_v stands beside W_vh v, so dL/dv = W_vh^T dL/db_v; or an encoder read it, dL/dv = dL/dx_1.
    """
    vector = _vector(fwd)
    made = np.zeros((len(wanted), len(vector)))
    for t, symbol in enumerate(wanted):
        back = model.backward(fwd, [symbol if s == t else None for s in range(len(wanted))])
        if fwd.batch.vector is None:
            d_v = back.layers[0].d_x[0, :, 0]
        else:
            d_v = model.params["W_vh"].T @ back.grads["b_v"]
        made[t] = -vector * d_v
    return made


@quietly
def vector_leave_one_out(model: Model, fwd: ForwardTrace, wanted: Sequence[int]) -> Array:
    """(S, F) -ln p_t(wanted) with one entry of the vector set to 0, minus that with it: positive
    where the entry helps. fwd, wanted : as in vector_times_gradient.
    """
    vector, steps = _vector(fwd), np.arange(len(wanted))
    without = np.where(np.eye(len(vector), dtype=bool), 0, vector[:, None])
    without = without.astype(model.flat.dtype)
    x = np.repeat(fwd.batch.x[-1], len(vector), axis=1)
    is_start = fwd.batch.vector is not None
    many = model.read(Batch((x,), vector=without) if is_start else Batch((without[None], x)))

    def minus_log_p(logits: Array) -> Array:  # (S, B)
        y = logits - logits.max(axis=1, keepdims=True)
        lost: Array = (np.log(np.exp(y).sum(axis=1, keepdims=True)) - y)[steps, list(wanted)]
        return lost

    return minus_log_p(many.logits) - minus_log_p(fwd.logits)


def _vector(fwd: ForwardTrace) -> Array:
    """(F,) what became the first state, or what an encoder of one step read."""
    read = fwd.batch.x[0]
    if (vector := fwd.batch.vector) is None:
        if len(fwd.batch.x) < 2 or read.ndim == 2 or len(read) > 1:
            raise ValueError("no vector stands before the words here: it started from rest")
        vector = read[0]
    alone: Array = vector[:, 0]
    return alone


@quietly
def itemised(
    model: Model, fwd: ForwardTrace, target: Label | Sequence[Label], truncate: int | None = None,
    interventions: Sequence[Intervention] = (),
) -> Array:  # fmt: skip
    """(S, T, H) dL_s/dh_t of the shown layer: the gradient at each step from each loss alone.

    target, truncate, interventions : as in Model.backward. L_s is the answer at one of the last S
    steps, with the weight that it has in the mean; so the sum over S is the gradient d_h that is
    used, and where nothing is asked all is 0. Computed as S readings side by side, each with one
    of the losses.
    """
    targets = model.targets(fwd, target, truncate)
    n_asked, n_steps = len(targets.one_hot), len(fwd.signals["h"])
    items = np.zeros((n_asked, n_steps, model.n_hidden))
    for first in range(0, n_asked, SIDE_BY_SIDE):
        losses = np.arange(first, min(first + SIDE_BY_SIDE, n_asked))
        alone = (np.arange(n_asked)[:, None, None] == losses).astype(model.flat.dtype)
        side_by_side = partial(np.repeat, repeats=len(losses), axis=-1)
        many, asked = mapped((fwd, targets), np.ndarray, side_by_side)
        back = model.backward(
            many, replace(asked, weight=asked.weight * alone), interventions=interventions
        )
        items[losses] = back.signals["h"].transpose(2, 0, 1)
    return items


@dataclass(frozen=True)
class Update:
    """What one step of plain gradient descent would do.

    length, clipped_length : |gradient| before and after clipping. n_cut : entries that clipping
    changed. degrees : by how much clipping turned the direction. loss_before, loss_after : of
    this sentence, in nats. model : a copy, moved.
    """

    length: float
    clipped_length: float
    n_cut: int
    degrees: float
    loss_before: float
    loss_after: float
    model: Model


@quietly
def one_update(
    model: Model, bwd: BackwardTrace, target: Label | Sequence[Label], settings: Hyperparameters
) -> Update:
    """Clip the gradient and move a copy of the model by it; only clip, clip_at and lr count."""
    moved, grad = model.copy(), bwd.flat.copy()
    length = norm(grad)
    clip(grad, settings.clip, settings.clip_at, length)
    clipped_length = norm(grad)
    n_cut = int((grad != bwd.flat).sum())
    cosine = float(grad @ bwd.flat) / max(length * clipped_length, 1e-300)
    sgd = OPTIMIZERS["sgd"]
    sgd.update(moved.flat, grad, sgd.start(moved.flat), settings.lr)
    return Update(
        length=length,
        clipped_length=clipped_length,
        n_cut=n_cut,
        degrees=float(np.degrees(np.arccos(np.clip(cosine, -1, 1)))) if length else 0.0,
        loss_before=model.loss(bwd.forward, target),
        loss_after=moved.loss(moved.forward(bwd.forward.ids), target),
        model=moved,
    )
