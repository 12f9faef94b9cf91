"""The lines of the core that run at each moment of a way back, as they stand in its files.

A test traces the passes: each line that is marked here was executed.
"""

from __future__ import annotations

import numpy as np

from rnn_core import layer as over_time
from rnn_core import network
from rnn_core.optimizers import OPTIMIZERS, clip
from ui.source import Excerpt, excerpt
from ui.way_back import WayBack


def loss() -> list[Excerpt]:
    """Where the gradient begins."""
    return [excerpt(network.backward, "d_logits = ")]


def readout(way: WayBack) -> list[Excerpt]:
    """Where it enters the states: at the readout, and below the top from the layer above."""
    entered = excerpt(
        network.backward, 'grads["W_hy"][...]', 'grads["b_y"][...]', 'params["W_hy"].T @ d_logits'
    )
    if way.reading.is_top:
        return [entered]
    return [
        entered,
        excerpt(network.backward, "d_above |= _handed_down("),
        excerpt(over_time.backward, 'w["W_xh"].T @ gradients["a"]'),
    ]


def one_word(way: WayBack, t: int) -> list[Excerpt]:
    """The step of the loop at word t, the cell's own lines, and what all steps together add."""
    back, cell, n_words = way.bwd.layer, way.reading.model.cell, len(way.reading.words)
    step = n_words - 1 - t if way.reading.place.backwards else t  # as the layer read
    arrives = back.d_above is not None and step >= n_words - len(back.d_above)
    into_cell = 'cell.backward(w["W_hh"], before, now, d)'
    loop = ["d.h = d_above[", into_cell] if arrives else [into_cell]
    lines = [excerpt(over_time.backward, *loop), excerpt(type(cell).backward, runs=True)]
    derivative = getattr(getattr(cell, "activation", None), "derivative", None)
    if derivative is not None and not isinstance(derivative, np.ufunc):
        lines.append(excerpt(derivative, runs=True))
    if way.truncate is not None:
        lines.append(excerpt(over_time.backward, "future = _times(passes[t], future)"))
    words_come_in = way.reading.place.number == 0
    d_W_xh = "sum_by_word(d_a" if words_come_in else "in_rows(fwd.x).T @ d_a"
    lines.append(excerpt(
        over_time.backward, 'grads["W_hh"][...]', 'grads["b_h"][...]', d_W_xh,
    ))  # fmt: skip
    return lines


def update(way: WayBack) -> list[Excerpt]:
    """Clipping, by the branch that runs, and the step."""
    how, done = way.settings.clip, way.update
    marker = {"norm": "at / length", "value": "grad.clip(-at, at", "none": ""}[how]
    if how == "none" or done.length <= way.settings.clip_at:
        marker = 'if how == "none"'
    elif how == "value" and not done.n_cut:
        marker = "cut = "
    return [excerpt(clip, marker), excerpt(type(OPTIMIZERS["sgd"]).update, runs=True)]
