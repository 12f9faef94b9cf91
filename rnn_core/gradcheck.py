"""The check: is the backward pass the derivative of the forward pass?

Used by the tests and by the app's own "check it" button. It needs nothing of the backward
pass's code, only its result: nudge one number, read again, see how the loss moved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rnn_core.batch import Array, Ints
from rnn_core.forward import cross_entropy, fill_forward, record_forward
from rnn_core.network import Label, Model

Bools = NDArray[np.bool_]

TINY = 1e-8
"""Below this length gradients are compared absolutely: a difference has no more digits."""


def numeric_gradients(
    model: Model,
    text: str | Sequence[int] | Ints,
    target: Label | Sequence[Label],
    nudge: float = 1e-5,
    h_0: Array | None = None,
    which: Mapping[str, Bools] | None = None,
) -> dict[str, Array]:
    """dL/dq by central differences, (L(q + nudge) - L(q - nudge)) / (2 nudge), for every number.

    Works on a copy; the error is of order nudge^2. Needs float64. which : for each parameter,
    the numbers to nudge, where all would take too long; the others stay 0.
    """
    twin = model.copy()
    if twin.flat.dtype != np.float64:
        raise ValueError("central differences need float64; this model has float32")
    fwd = record_forward(twin, twin.forward(text, h_0))
    targets = twin.targets(fwd, target)

    def loss() -> float:
        fill_forward(fwd)  # the same reading again, in the room of the first
        return cross_entropy(fwd.logits, targets)

    numeric: dict[str, Array] = {}
    with np.errstate(over="ignore", invalid="ignore"):
        for name, array in twin.params.items():
            numeric[name] = np.zeros_like(array)
            for index in np.argwhere(which[name]) if which else np.ndindex(array.shape):
                at = tuple(index)
                kept = array[at]
                array[at] = kept + nudge
                above = loss()
                array[at] = kept - nudge
                numeric[name][at] = (above - loss()) / (2 * nudge)
                array[at] = kept
    return numeric


def relative_errors(one: Mapping[str, Array], other: Mapping[str, Array]) -> dict[str, float]:
    """|a - b| / max(|a|, |b|, TINY) by Euclidean length, for each parameter.

    The usual scale: above 1e-2 wrong, below 1e-7 happy.
    """

    def length(array: Array) -> float:
        return float(np.linalg.norm(array))

    return {
        name: length(a - other[name]) / max(length(a), length(other[name]), TINY)
        for name, a in one.items()
    }


def check_gradients(
    model: Model,
    text: str | Sequence[int] | Ints,
    target: Label | Sequence[Label],
    nudge: float = 1e-5,
    h_0: Array | None = None,
) -> dict[str, float]:
    """Compare the backward pass with central differences: {parameter: relative error}."""
    exact = model.backward(model.forward(text, h_0), target).grads
    return relative_errors(exact, numeric_gradients(model, text, target, nudge, h_0))
