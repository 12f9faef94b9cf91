"""The vanilla recurrent cell.

    forward     a_t = W_xh x_t + W_hh h_{t-1} + b_h
                h_t = f(a_t)                          f = tanh, or relu, or sigmoid

    backward    g_t       = f'(a_t) * d_h_t           for tanh, f'(a_t) = 1 - h_t^2
                d_h_{t-1} = W_hh^T g_t

Source: Elman 1990 (the cell), Werbos 1990 (backpropagation through time).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rnn_core.batch import Array
from rnn_core.cells.activations import ACTIVATIONS
from rnn_core.cells.base import Cell, Signal, Step
from rnn_core.tape import Calls


class RNN(Cell):
    """h_t = f(W_xh x_t + W_hh h_{t-1} + b_h).

    Parameters
    ----------
    activation : a key of ACTIVATIONS.
    """

    activations = tuple(ACTIVATIONS)
    carry = ("h",)
    n_gates = 1

    def __init__(self, activation: str = "tanh") -> None:
        f = self.activation = ACTIVATIONS[activation]
        self.value = f.value
        self._signals = (Signal("h", "h", f.low, f.high, "the hidden state: all it remembers"),)

    @property
    def signals(self) -> tuple[Signal, ...]:
        """The hidden state."""
        return self._signals

    def forward(self, params: Mapping[str, Array], before: Step, now: Step) -> Calls:
        """Fill now["a"] and now["h"], both (H, B), from now["x"] and before["h"]."""
        a = now["a"]
        yield params["W_hh"].dot, before["h"], a
        yield np.add, a, now["x"], a
        yield self.value, a, now["h"]

    def slopes(self, before: Step, now: Step, d_now: Step) -> Calls:
        """Fill d_now["slope"] (T, H, B) with f'(a), from now["h"] (T, H, B)."""
        yield self.activation.slope, now["h"], d_now["slope"]

    def backward(
        self, params: Mapping[str, Array], before: Step, now: Step, d_now: Step, d_before: Step
    ) -> Calls:
        """Fill d_now["a"] and d_before["h"], both (H, B), from d_now["h"] and ["slope"]."""
        g = d_now["a"]
        yield np.multiply, d_now["slope"], d_now["h"], g
        yield params["W_hh"].T.dot, g, d_before["h"]
