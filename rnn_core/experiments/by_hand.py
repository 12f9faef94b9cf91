"""The loss of one example whose probabilities are set by hand: no network is asked."""

from __future__ import annotations

import numpy as np

from rnn_core.cells import Array


def probabilities(p: Array, right: int, to: float, second: float | None = None) -> Array:
    """(C,) the right class at `to`, the others in proportion to what they are in p (C,).

    second : of three classes, what the first of the others gets of the rest, 0..1; None: as in p.
    Others of which nothing is left share the rest alike.
    """
    others = np.delete(p, right)
    if second is not None and len(others) == 2:
        others = np.array([second, 1 - second])
    total = others.sum()
    shares = others / total if total > 0 else np.full(len(others), 1 / len(others))
    made: Array = np.insert((1 - to) * shares, right, to)
    return made


def loss(p: Array, right: int) -> tuple[float, Array]:
    """L = -ln p_c in nats, and dL/dy = p - onehot(c) (C,): c is the right class, p = softmax(y).

    A p that is 0 counts as the smallest number there is.
    """
    p_right = max(float(p[right]), float(np.finfo(float).tiny))
    return -float(np.log(p_right)), p - (np.arange(len(p)) == right)
