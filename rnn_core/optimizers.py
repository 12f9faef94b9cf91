"""Optimizers, in order of difficulty, and the clipping that comes before them.

They see one vector of parameters and one of gradients. They must not know what the numbers
mean. Each is stateless: what it remembers is in the state that `start` makes and `update`
changes.
"""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np

from rnn_core.batch import Array

State = dict[str, Array]


def norm(grad: Array) -> float:
    """|grad|, the Euclidean length; right also where squares overflow; nan or inf if grad is."""
    squares = float(grad.dot(grad))
    if math.isfinite(squares):
        return math.sqrt(squares)
    largest = float(np.abs(grad).max())
    if not math.isfinite(largest):
        return largest
    scaled = grad / largest
    return largest * math.sqrt(float(scaled.dot(scaled)))


def clip(grad: Array, how: str, at: float, length: float) -> bool:
    """Shorten a gradient in place; return whether anything was cut.

    how : "value" cuts every entry to [-at, at] (the write-up's way: the direction bends);
        "norm" scales the whole to length `at` (Pascanu et al. 2013: the direction stays);
        "none" does nothing. length : norm(grad), which the caller has at hand. No entry exceeds
        the whole's length: where that is small there is nothing to do.
    """
    if how == "none" or length <= at:
        return False
    if how == "norm":
        np.multiply(grad, at / length, grad)
        return True
    cut = bool(grad[grad.argmax()] > at or grad[grad.argmin()] < -at)  # faster than max and min
    if cut:
        grad.clip(-at, at, grad)
    return cut


class Optimizer(Protocol):
    """A rule that moves parameters against their gradient."""

    def start(self, theta: Array) -> State:
        """Return a fresh state for parameters theta (n,)."""

    def update(self, theta: Array, grad: Array, state: State, lr: float) -> None:
        """Change theta (n,) and state in place; grad (n,) may be used up."""


class SGD:
    """theta -= lr grad."""

    def start(self, theta: Array) -> State:
        """No memory."""
        return {}

    def update(self, theta: Array, grad: Array, state: State, lr: float) -> None:
        """theta -= lr grad."""
        np.multiply(grad, lr, grad)
        np.subtract(theta, grad, theta)


class Momentum:
    """v = 0.9 v + grad; theta -= lr v. Source: Polyak 1964."""

    beta = 0.9

    def start(self, theta: Array) -> State:
        """One running sum v."""
        return {"move": np.zeros_like(theta), "v": np.zeros_like(theta)}

    def update(self, theta: Array, grad: Array, state: State, lr: float) -> None:
        """v = beta v + grad; theta -= lr v."""
        v, move = state["v"], state["move"]
        np.multiply(v, self.beta, v)
        np.add(v, grad, v)
        np.multiply(v, lr, move)
        np.subtract(theta, move, theta)


class RMSprop:
    """s = 0.99 s + 0.01 grad^2; theta -= lr grad / (sqrt(s) + eps). Source: Hinton 2012."""

    beta, eps = 0.99, 1e-8

    def start(self, theta: Array) -> State:
        """One running mean of squares s."""
        return {"move": np.zeros_like(theta), "s": np.zeros_like(theta)}

    def update(self, theta: Array, grad: Array, state: State, lr: float) -> None:
        """s = beta s + (1 - beta) grad^2; theta -= lr grad / (sqrt(s) + eps)."""
        s, move = state["s"], state["move"]
        np.multiply(s, self.beta, s)
        np.multiply(grad, grad, move)
        np.multiply(move, 1 - self.beta, move)
        np.add(s, move, s)
        np.sqrt(s, move)
        np.add(move, self.eps, move)
        np.divide(grad, move, move)
        np.multiply(move, lr, move)
        np.subtract(theta, move, theta)


class Adam:
    """Running means m of grad and s of grad^2, both corrected for their start at zero.

    theta -= lr (m / (1 - beta1^n)) / (sqrt(s / (1 - beta2^n)) + eps) at update n.
    Source: Kingma & Ba 2015.
    """

    beta1, beta2, eps = 0.9, 0.999, 1e-8

    def start(self, theta: Array) -> State:
        """Two running means, and how many updates there were."""
        zeros = {name: np.zeros_like(theta) for name in ("move", "m", "s")}
        return {**zeros, "n": np.zeros(1)}

    def update(self, theta: Array, grad: Array, state: State, lr: float) -> None:
        """One update; see the class."""
        m, s, move, n = state["m"], state["s"], state["move"], state["n"]
        n += 1
        np.multiply(m, self.beta1, m)
        np.multiply(grad, 1 - self.beta1, move)
        np.add(m, move, m)
        np.multiply(s, self.beta2, s)
        np.multiply(grad, grad, move)
        np.multiply(move, 1 - self.beta2, move)
        np.add(s, move, s)
        np.multiply(s, 1 / float(1 - self.beta2 ** n[0]), move)
        np.sqrt(move, move)
        np.add(move, self.eps, move)
        np.divide(m, move, move)
        np.multiply(move, lr / float(1 - self.beta1 ** n[0]), move)
        np.subtract(theta, move, theta)


OPTIMIZERS: dict[str, Optimizer] = {
    "sgd": SGD(),
    "momentum": Momentum(),
    "rmsprop": RMSprop(),
    "adam": Adam(),
}
