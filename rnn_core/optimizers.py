"""Optimizers, in order of difficulty, and the clipping that comes before them.

They see one vector of parameters and one of gradients, and must not know what the numbers mean.
Each is stateless: what it remembers is in the state that `start` makes and `update` changes.
"""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np

from rnn_core.cells.base import Array

State = dict[str, Array]


def norm(grad: Array) -> float:
    """|grad|, the Euclidean length; right also where squares overflow; nan or inf if grad is."""
    squares = float(grad.dot(grad))
    if math.isfinite(squares):
        return math.sqrt(squares)
    largest = float(np.abs(grad).max())
    return largest * norm(grad / largest) if math.isfinite(largest) else largest


def clip(grad: Array, how: str, at: float, length: float) -> bool:
    """Shorten a gradient in place; return whether anything was cut.

    how : "value" cuts every entry to [-at, at] (the write-up's way: the direction bends); "norm"
    scales the whole to length `at` (Pascanu et al. 2013: the direction stays); "none" does
    nothing. length : norm(grad). No entry exceeds it: where that is small nothing is cut.
    """
    if how == "none" or length <= at:
        return False
    if how == "norm":
        grad *= at / length
        return True
    cut = bool(grad[grad.argmax()] > at or grad[grad.argmin()] < -at)  # faster than max and min
    if cut:
        grad.clip(-at, at, grad)
    return cut


class Optimizer(Protocol):
    """A rule that moves parameters theta (n,) against their gradient (n,)."""

    def start(self, theta: Array) -> State:
        """Return a fresh state."""

    def update(self, theta: Array, grad: Array, state: State, lr: float) -> None:
        """Change theta and state in place; grad may be used up."""


class SGD:
    """theta -= lr grad."""

    def start(self, theta: Array) -> State:
        """No memory."""
        return {}

    def update(self, theta: Array, grad: Array, state: State, lr: float) -> None:
        """One update; see the class."""
        grad *= lr
        theta -= grad


class Momentum:
    """v = 0.9 v + grad; theta -= lr v. Source: Polyak 1964."""

    def start(self, theta: Array) -> State:
        """One running sum v."""
        return {"v": np.zeros_like(theta)}

    def update(self, theta: Array, grad: Array, state: State, lr: float) -> None:
        """One update; see the class."""
        v = state["v"]
        v *= 0.9
        v += grad
        theta -= lr * v


class RMSprop:
    """s = 0.99 s + 0.01 grad^2; theta -= lr grad / (sqrt(s) + 1e-8). Source: Hinton 2012."""

    def start(self, theta: Array) -> State:
        """One running mean of squares s."""
        return {"s": np.zeros_like(theta)}

    def update(self, theta: Array, grad: Array, state: State, lr: float) -> None:
        """One update; see the class."""
        s = state["s"]
        s *= 0.99
        s += 0.01 * (grad * grad)
        theta -= lr * grad / (np.sqrt(s) + 1e-8)


class Adam:
    """m = 0.9 m + 0.1 grad; s = 0.999 s + 0.001 grad^2; at update n, freed of their zero start:

    theta -= lr (m / (1 - 0.9^n)) / (sqrt(s / (1 - 0.999^n)) + 1e-8). Source: Kingma & Ba 2015.
    """

    def start(self, theta: Array) -> State:
        """Two running means, and how many updates there were."""
        return {"m": np.zeros_like(theta), "s": np.zeros_like(theta), "n": np.zeros(1)}

    def update(self, theta: Array, grad: Array, state: State, lr: float) -> None:
        """One update; see the class."""
        m, s, n = state["m"], state["s"], state["n"]
        n += 1
        m *= 0.9
        m += 0.1 * grad
        s *= 0.999
        grad *= grad
        s += 0.001 * grad
        step = np.sqrt(s * (1 / (1 - 0.999 ** float(n[0]))))
        step += 1e-8
        theta -= m * (lr / (1 - 0.9 ** float(n[0]))) / step


OPTIMIZERS: dict[str, Optimizer] = {
    "sgd": SGD(),
    "momentum": Momentum(),
    "rmsprop": RMSprop(),
    "adam": Adam(),
}
