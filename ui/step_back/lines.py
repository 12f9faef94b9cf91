"""The lines of the core that run at each moment of a backward view, as they stand in its files.

A test traces the passes: each line that is marked here was executed.
"""

from __future__ import annotations

import numpy as np

from rnn_core import layer as over_time
from rnn_core import network
from rnn_core.optimizers import OPTIMIZERS, clip
from ui.kit.source import Excerpt, excerpt
from ui.sequence.backward_view import BackwardView


def loss() -> list[Excerpt]:
    """Where the gradient begins."""
    return [excerpt(network.backward, "d_logits = ")]


def readout(view: BackwardView) -> list[Excerpt]:
    """Where it enters the states: at the readout, and below the top from the layer above."""
    entered = excerpt(
        network.backward, 'grads["W_hy"][...]', 'grads["b_y"][...]', 'params["W_hy"].T @ d_logits'
    )
    if view.reading.is_top:
        return [entered]
    down = excerpt(network.backward, "d_above |= _handed_down(")
    return [entered, down, excerpt(over_time.backward, 'w["W_xh"].T @ gradients["a"]')]


def one_word(view: BackwardView, t: int) -> list[Excerpt]:
    """The step of the loop at word t, the cell's own lines, and what all steps together add."""
    back, cell, n_words = view.bwd.layer, view.reading.model.cell, len(view.reading.words)
    step = n_words - 1 - t if view.reading.place.backwards else t  # as the layer read
    arrives = back.d_above is not None and step >= n_words - len(back.d_above)
    into_cell = 'cell.backward(w["W_hh"], before, now, d)'
    loop = ["d.h = d_above[", into_cell] if arrives else [into_cell]
    lines = [excerpt(over_time.backward, *loop), excerpt(type(cell).backward, runs=True)]
    derivative = getattr(getattr(cell, "activation", None), "derivative", None)
    if derivative is not None and not isinstance(derivative, np.ufunc):
        lines.append(excerpt(derivative, runs=True))
    if view.truncate is not None:
        lines.append(excerpt(over_time.backward, "future = _times(passes[t], future)"))
    of_words = view.reading.place.number == 0
    d_W_xh = "sum_by_word(d_a" if of_words else "in_rows(fwd.x).T @ d_a"
    shares = excerpt(over_time.backward, 'grads["W_hh"][...]', 'grads["b_h"][...]', d_W_xh)
    return [*lines, shares]


def update(view: BackwardView) -> list[Excerpt]:
    """Clipping, by the branch that runs, and the step."""
    how, done = view.settings.clip, view.update
    if how == "none" or done.length <= view.settings.clip_at:
        marker = 'if how == "none"'
    elif how == "norm":
        marker = "at / length"
    else:
        marker = "grad.clip(-at, at" if done.n_cut else "cut = "
    return [excerpt(clip, marker), excerpt(type(OPTIMIZERS["sgd"]).update, runs=True)]
