"""The check: is the backward pass the derivative of the forward pass?

It needs nothing of the backward pass's code, only its result: move one number a little, read
again, see how the loss moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from rnn_core.cells import Array, Ints
from rnn_core.model import Label, Model
from rnn_core.network import cross_entropy, forward
from rnn_core.recording import Recording
from rnn_core.traces import Batch, Targets

Masks = Mapping[str, np.typing.NDArray[np.bool_]]
TINY = 1e-8
"""Below this length gradients are compared absolutely: a difference has no more digits."""


def differences(
    model: Model, batch: Batch, targets: Targets, epsilon: float, which: Masks | None = None
) -> Iterator[tuple[str, tuple[int, ...], float]]:
    """dL/dq by central differences, (L(q + epsilon) - L(q - epsilon)) / (2 epsilon), for every q.

    One after another, each when it is asked for: (parameter, index, derivative). Works on a copy;
    the error is of order epsilon^2. Needs float64. which : for each parameter, the numbers to move,
    where all would take too long.
    """
    twin = model.copy()
    if twin.flat.dtype != np.float64:
        raise ValueError("central differences need float64; this model has float32")
    reading = Recording(lambda q, batch: forward(twin, q, batch).logits, twin.params, batch)

    def loss(array: Array, at: tuple[int, ...], value: float) -> float:
        array[at] = value
        with np.errstate(over="ignore", invalid="ignore"):
            reading.replay()
            return cross_entropy(reading.result[-len(targets.one_hot) :], targets)

    for name, array in twin.params.items():
        for index in np.argwhere(which[name] if which else np.ones(array.shape)):
            at, kept = tuple(index), float(array[tuple(index)])
            rise = loss(array, at, kept + epsilon) - loss(array, at, kept - epsilon)
            array[at] = kept
            yield name, at, rise / (2 * epsilon)


def numeric_gradients(
    model: Model, batch: Batch, targets: Targets, epsilon: float = 1e-5, which: Masks | None = None
) -> dict[str, Array]:
    """All `differences`, in arrays of the parameters' names and shapes; 0 for those not moved."""
    numeric = {name: np.zeros_like(array) for name, array in model.params.items()}
    for name, at, derivative in differences(model, batch, targets, epsilon, which):
        numeric[name][at] = derivative
    return numeric


def relative_errors(one: Mapping[str, Array], other: Mapping[str, Array]) -> dict[str, float]:
    """|a - b| / max(|a|, |b|, TINY) by Euclidean length; above 1e-2 wrong, below 1e-7 passed."""

    def length(array: Array) -> float:
        return float(np.linalg.norm(array))

    return {name: length(a - other[name]) / max(length(a), length(other[name]), TINY)
            for name, a in one.items()}  # fmt: skip


def check_gradients(
    model: Model, text: str | Sequence[int] | Ints, target: Label | Sequence[Label],
    epsilon: float = 1e-5, h_0: Array | None = None,
) -> dict[str, float]:  # fmt: skip
    """Compare the backward pass with central differences: {parameter: relative error}."""
    fwd = model.forward(text, h_0)
    bwd = model.backward(fwd, target)
    return relative_errors(bwd.grads, numeric_gradients(model, fwd.batch, bwd.targets, epsilon))
