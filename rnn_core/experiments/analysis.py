"""Questions asked of a trace: how far does the gradient reach, which word counts?

Each takes a model or a trace and returns numbers. Nothing here is needed for training.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnn_core.cells import Array
from rnn_core.hyperparameters import Hyperparameters
from rnn_core.model import Label, Model
from rnn_core.optimizers import OPTIMIZERS, clip, norm
from rnn_core.traces import BackwardTrace, ForwardTrace

HORIZON = 0.01
"""The gradient counts as vanished when it is below this share of its start."""
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
def leave_one_out(model: Model, fwd: ForwardTrace, target: Label) -> Array:
    """(T,) loss without the word minus loss with it: positive where the word helps the target.

    A sentence of one word has nothing left without it: the answer is nan.
    """
    ids = fwd.ids
    if len(ids) == 1:
        return np.full(1, np.nan)
    whole = model.loss(fwd, target)
    without = [model.forward(np.delete(ids, t)) for t in range(len(ids))]
    return np.array([model.loss(rest, target) - whole for rest in without])


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
    model: Model, bwd: BackwardTrace, target: Label, settings: Hyperparameters
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
