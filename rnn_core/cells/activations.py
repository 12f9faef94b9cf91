"""Activations: each a function beside its derivative, so that the pair cannot part.

The derivative is written in the output h = f(a), because the backward pass has h at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rnn_core.batch import Array


@dataclass(frozen=True)
class Activation:
    """h = value(a, out) and dh/da = slope(h, out); in place, any shape.

    symbol : its name in a formula. derivative : the slope as written on the board.
    low, high : the range that a picture of h should have.
    """

    value: Callable[[Array, Array], Array]
    slope: Callable[[Array, Array], Array]
    symbol: str
    derivative: str
    low: float = -1.0
    high: float = 1.0


def tanh_slope(h: Array, out: Array) -> Array:
    """dh/da = 1 - h^2."""
    np.multiply(h, h, out)
    return np.subtract(1.0, out, out)


def sigmoid(a: Array, out: Array) -> Array:
    """h = 1 / (1 + e^-a) = (1 + tanh(a / 2)) / 2, in (0, 1); the second form cannot overflow."""
    np.multiply(a, 0.5, out)
    np.tanh(out, out)
    np.multiply(out, 0.5, out)
    return np.add(out, 0.5, out)


def sigmoid_slope(h: Array, out: Array) -> Array:
    """dh/da = h (1 - h)."""
    np.subtract(1.0, h, out)
    return np.multiply(out, h, out)


def relu(a: Array, out: Array) -> Array:
    """h = max(a, 0)."""
    return np.maximum(a, 0.0, out=out)


def relu_slope(h: Array, out: Array) -> Array:
    """dh/da = 1 where h > 0, else 0; 0 at the kink."""
    out[...] = h > 0
    return out


ACTIVATIONS: dict[str, Activation] = {
    "tanh": Activation(np.tanh, tanh_slope, "tanh", "1 - h²"),
    "relu": Activation(relu, relu_slope, "relu", "1 if h > 0, else 0"),
    "sigmoid": Activation(sigmoid, sigmoid_slope, "σ", "h (1 - h)"),
}
