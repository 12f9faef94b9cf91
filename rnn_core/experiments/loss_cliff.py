"""The cliff: a network so small that its whole loss surface fits into one picture.

One hidden unit, two weights, no bias. It reads the same word ten times and shall then answer 1/2:

    h_t = tanh(W_xh x_t + W_hh h_{t-1}),  h_0 = 0,  x_t = 1,  t = 1..10
    L   = (h_10 - 1/2)^2 / 2

Where W_hh > 1 the state runs away from zero, to -1 or to +1, and the sign of W_xh decides which:
at W_xh = 0 the loss has a wall, and there dh_10/dW_xh = 1 + W_hh + W_hh^2 + ... + W_hh^9.

Source: Pascanu, Mikolov & Bengio 2013, section 2.3 and figure 6: such a wall, drawn for the
logistic function, a bias in place of W_xh, and fifty steps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnn_core.cells import Array

STEPS = 10
"""How often the word is read."""
WANTED = 0.5
"""What the state shall be at the end."""
ARRIVED = 1e-3
"""A loss below this is an answer between 0.455 and 0.545."""
THROWN = 1.0
"""A longer update counts as a throw; with LR and CLIP_AT a clipped one is half as long at most."""
N_UPDATES = 80
CLIP_AT = 1.0
LR = 0.5
STARTING_POINTS = {
    "from the left": (-0.3, 1.95),
    "from the right": (0.25, 2.1),
    "the hardest hit": (-0.15, 2.3),
    "round it": (-0.8, 0.9),
    "too flat": (2.5, 1.5),
}
"""Where to begin, (W_xh, W_hh), with LR and CLIP_AT. The first three are thrown if not clipped."""


def read(w_xh: Array, w_hh: Array) -> Array:
    """Read the word ten times: h_0..h_10, of shape (STEPS + 1, ...).

    w_xh, w_hh : one weight each, or arrays that broadcast to a shape (...), a network each.
    """
    h = np.zeros((STEPS + 1, *np.broadcast_shapes(np.shape(w_xh), np.shape(w_hh))))
    for t in range(1, STEPS + 1):
        h[t] = np.tanh(w_xh + w_hh * h[t - 1])
    return h


def loss(h: Array) -> Array:
    """L = (h_10 - 1/2)^2 / 2 of the states (STEPS + 1, ...)."""
    missed: Array = h[-1] - WANTED
    return missed**2 / 2


def gradient(w_hh: Array, h: Array) -> Array:
    """Go back through time: dL/dW_xh and dL/dW_hh, of shape (2, ...).

    g_t = (1 - h_t^2) dL/dh_t is what reaches the sum at t; each step adds g_t and g_t h_{t-1},
    and hands on dL/dh_{t-1} = W_hh g_t. w_hh : (...). h : (STEPS + 1, ...), as read.
    """
    d_w = np.zeros((2, *h.shape[1:]))
    d_h = h[-1] - WANTED
    for t in range(STEPS, 0, -1):
        g = (1 - h[t] ** 2) * d_h
        d_w[0] += g
        d_w[1] += g * h[t - 1]
        d_h = w_hh * g
    return d_w


def surface(w_xh: Array, w_hh: Array) -> Array:
    """The loss over a grid: columns w_xh (n,), rows w_hh (m,) -> (m, n)."""
    return loss(read(w_xh[None, :], w_hh[:, None]))


def valley(w_hh: Array) -> Array:
    """The W_xh at which the answer is right, for each w_hh (n,) -> (n,), by halving [0, 1].

    With W_hh between 0 and 3 the answer rises with W_xh: below 1/2 at 0, above it at 1.
    """
    low, high = np.zeros_like(w_hh), np.ones_like(w_hh)
    for _ in range(60):
        middle = (low + high) / 2
        above = read(middle, w_hh)[-1] > WANTED
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return (low + high) / 2


@dataclass(frozen=True)
class Descent:
    """A walk down the surface, or many at once (...).

    weights : (N + 1, 2, ...) W_xh and W_hh, the start first. losses : (N + 1, ...).
    lengths : (N + 1, ...) of the gradient at each place, before it is cut.
    """

    weights: Array
    losses: Array
    lengths: Array

    @property
    def moves(self) -> Array:
        """(N, ...) how far each update went."""
        moved = np.diff(self.weights, axis=0)
        moves: Array = np.hypot(moved[:, 0], moved[:, 1])
        return moves

    @property
    def arrived(self) -> Array:
        """(...) the number of updates after which the loss stays below ARRIVED; -1 for never."""
        right = np.logical_and.accumulate(self.losses[::-1] < ARRIVED, axis=0).sum(axis=0)
        updates: Array = np.where(right > 0, len(self.losses) - right, -1)
        return updates

    @property
    def thrown(self) -> Array:
        """(...) the number of the update that went farthest, counted from 1; 0 if none is longer
        than THROWN.
        """
        moves = self.moves
        farthest: Array = np.where(moves.max(axis=0) > THROWN, moves.argmax(axis=0) + 1, 0)
        return farthest


def descend(
    start: Array | tuple[float, float],
    lr: float,
    clip_at: float | None = None,
    n_updates: int = N_UPDATES,
) -> Descent:
    """Gradient descent: W -= lr dW, where a dW longer than clip_at is cut to that length.

    start : (2, ...) W_xh and W_hh. clip_at : None for no clipping. The cut keeps the direction:
    dW *= clip_at / max(|dW|, clip_at). Source: Pascanu et al. 2013, algorithm 1.
    """
    w = np.array(start, float)
    weights, losses, lengths = [], [], []
    for _ in range(n_updates + 1):
        h = read(w[0], w[1])
        d_w = gradient(w[1], h)
        length = np.hypot(d_w[0], d_w[1])
        weights.append(w)
        losses.append(loss(h))
        lengths.append(length)
        scale = 1.0 if clip_at is None else clip_at / np.maximum(length, clip_at)
        w = w - lr * scale * d_w
    return Descent(np.array(weights), np.array(losses), np.array(lengths))
