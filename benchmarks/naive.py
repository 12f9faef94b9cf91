"""The write-up's way, written anew: what most people type first, with the transpose put right.

One-hot column vectors, a dict of states, one sentence at a time, the update inside the
backward pass. It is the yardstick for speed, and the independent twin for exactness.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class NaiveRNN:
    """A many-to-one vanilla RNN with tanh, trained by SGD on one sentence at a time.

    params : W_xh (H, V), W_hh (H, H), W_hy (C, H), b_h (H,), b_y (C,); copied.
    """

    def __init__(self, params: Mapping[str, Array]) -> None:
        self.W_xh = np.array(params["W_xh"], order="C")
        self.W_hh = np.array(params["W_hh"])
        self.W_hy = np.array(params["W_hy"])
        self.b_h = np.array(params["b_h"]).reshape(-1, 1)
        self.b_y = np.array(params["b_y"]).reshape(-1, 1)

    def inputs(self, ids: Sequence[int]) -> list[Array]:
        """A one-hot column (V, 1) for each word."""
        columns = []
        for i in ids:
            column = np.zeros((self.W_xh.shape[1], 1))
            column[i] = 1
            columns.append(column)
        return columns

    def forward(self, inputs: list[Array]) -> tuple[Array, dict[int, Array]]:
        """Logits (C, 1) after the last word, and the states (H, 1) by time, from t = 0."""
        h = np.zeros((self.W_hh.shape[0], 1))
        states = {0: h}
        for t, x in enumerate(inputs):
            h = np.tanh(self.W_xh @ x + self.W_hh @ h + self.b_h)
            states[t + 1] = h
        return self.W_hy @ h + self.b_y, states

    def train(self, ids: Sequence[int], answer: int, lr: float, clip_at: float) -> None:
        """One sentence forward, back through time, clipped by value, and moved."""
        inputs = self.inputs(ids)
        y, states = self.forward(inputs)
        d_y = np.exp(y) / sum(np.exp(y))
        d_y[answer] -= 1

        n = len(inputs)
        d_W_hy, d_b_y = d_y @ states[n].T, d_y
        d_W_hh, d_W_xh = np.zeros(self.W_hh.shape), np.zeros(self.W_xh.shape)
        d_b_h = np.zeros(self.b_h.shape)
        d_h = self.W_hy.T @ d_y
        for t in reversed(range(n)):
            g = (1 - states[t + 1] ** 2) * d_h
            d_b_h += g
            d_W_hh += g @ states[t].T
            d_W_xh += g @ inputs[t].T
            d_h = self.W_hh.T @ g

        for d in (d_W_xh, d_W_hh, d_W_hy, d_b_h, d_b_y):
            np.clip(d, -clip_at, clip_at, out=d)
        self.W_hh -= lr * d_W_hh
        self.W_xh -= lr * d_W_xh
        self.W_hy -= lr * d_W_hy
        self.b_h -= lr * d_b_h
        self.b_y -= lr * d_b_y
