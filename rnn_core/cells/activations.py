"""Activations: each a function beside its derivative, so that the pair cannot part.

The derivative is written in the output h = f(a), because the backward pass has h at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from rnn_core.cells.base import Array


@dataclass(frozen=True)
class Activation:
    """h = value(a) and dh/da = derivative(h), any shape.

    symbol : its name in a formula. formula : the derivative as written on the board.
    low, high : the range that a picture of h should have.
    """

    value: Callable[[Array], Array]
    derivative: Callable[[Array], Array]
    symbol: str
    formula: str
    low: float = -1.0
    high: float = 1.0


def tanh(a: Array) -> Array:
    """h = tanh(a), in (-1, 1)."""
    return np.tanh(a)


def tanh_derivative(h: Array) -> Array:
    """dh/da = 1 - h^2."""
    return 1 - h * h


def sigmoid(a: Array) -> Array:
    """h = 1 / (1 + e^-a) = (1 + tanh(a / 2)) / 2, in (0, 1); the second form cannot overflow."""
    h: Array = 0.5 * np.tanh(0.5 * a) + 0.5
    return h


def sigmoid_derivative(h: Array) -> Array:
    """dh/da = h (1 - h)."""
    return h * (1 - h)


def relu(a: Array) -> Array:
    """h = max(a, 0)."""
    return np.maximum(a, 0.0)


def relu_derivative(h: Array) -> Array:
    """dh/da = 1 where h > 0, else 0; h is never negative, so that is its sign."""
    sign: Array = np.sign(h)
    return sign


ACTIVATIONS: dict[str, Activation] = {
    "tanh": Activation(tanh, tanh_derivative, "tanh", "1 - h²"),
    "relu": Activation(relu, relu_derivative, "relu", "1 if h > 0, else 0"),
    "sigmoid": Activation(sigmoid, sigmoid_derivative, "σ", "h (1 - h)"),
}
