"""The vanilla recurrent cell.

    forward     a_t = W_xh x_t + W_hh h_{t-1} + b_h
                h_t = f(a_t)                          f = tanh, or relu, or sigmoid

    backward    d_a_t     = f'(a_t) * d_h_t           for tanh, f'(a_t) = 1 - h_t^2
                d_h_{t-1} = W_hh^T d_a_t

Source: Elman 1990 (the cell), Werbos 1990 (backpropagation through time).
"""

from __future__ import annotations

from rnn_core.cells.activations import ACTIVATIONS
from rnn_core.cells.base import Array, Cell, Signal, Step


class RNN(Cell):
    """h_t = f(W_xh x_t + W_hh h_{t-1} + b_h). activation : a key of ACTIVATIONS."""

    carry = ("h",)
    n_gates = 1
    activations = tuple(ACTIVATIONS)

    def __init__(self, activation: str = "tanh") -> None:
        f = self.activation = ACTIVATIONS[activation]
        self._signals = (Signal("h", "h", f.low, f.high, "the hidden state: all it remembers"),)

    @property
    def signals(self) -> tuple[Signal, ...]:
        """The hidden state."""
        return self._signals

    def forward(self, W_hh: Array, x: Array, before: Step) -> Step:
        """x, a and h are (H, B)."""
        a = W_hh @ before.h + x
        h = self.activation.value(a)
        return Step(a=a, h=h)

    def backward(self, W_hh: Array, before: Step, now: Step, d: Step) -> tuple[Step, Step]:
        """d.h, d_a and d_h_before are (H, B)."""
        d_a = self.activation.derivative(now.h) * d.h
        d_h_before = W_hh.T @ d_a
        return Step(a=d_a), Step(h=d_h_before)
