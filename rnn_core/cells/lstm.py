"""The long short-term memory cell.

    forward     a_t = W_xh x_t + W_hh h_{t-1} + b_h   one block of H rows for each gate
                o_t, i_t, f_t = sigmoid(a_t)
                g_t = tanh(a_t)
                c_t = f_t * c_{t-1} + i_t * g_t       keep some of the old, write some of the new
                h_t = o_t * tanh(c_t)                 show some of it

    backward    d_c_t    += d_h_t * o_t * (1 - tanh(c_t)^2)
                d_a of o  = d_h_t * tanh(c_t) * o_t (1 - o_t)
                d_a of i  = d_c_t * g_t       * i_t (1 - i_t)
                d_a of f  = d_c_t * c_{t-1}   * f_t (1 - f_t)
                d_a of g  = d_c_t * i_t       * (1 - g_t^2)
                d_c_{t-1} = f_t * d_c_t               no matrix, no derivative: the highway
                d_h_{t-1} = W_hh^T d_a_t

Source: Hochreiter & Schmidhuber 1997; the forget gate is from Gers et al. 2000. Their forget
bias starts at 0 in many programs; 1 or more keeps memory open from the start (Jozefowicz 2015).
"""

from __future__ import annotations

import numpy as np

from rnn_core.cells.activations import sigmoid
from rnn_core.cells.base import Array, Cell, Signal, Step, join, split


class LSTM(Cell):
    """h_t = o_t * tanh(c_t), c_t = f_t * c_{t-1} + i_t * g_t; rows in the order o, i, f, g."""

    carry = ("h", "c")
    n_gates = 4
    signals = (
        Signal("h", "h", -1, 1, "the hidden state: what it shows of its memory"),
        Signal("c", "c", -2, 2, "the cell state: its memory"),
        Signal("i", "i", 0, 1, "the input gate: how much is written", gate=1),
        Signal("f", "f", 0, 1, "the forget gate: how much is kept", gate=2),
        Signal("o", "o", 0, 1, "the output gate: how much is shown", gate=0),
        Signal("g", "g", -1, 1, "the candidate: what would be written", gate=3),
    )
    mixes = ("c_t = f_t * c_{t-1} + i_t * g_t", "h_t = o_t * tanh(c_t)")
    gradients = {  # noqa: RUF012
        "o": "d_h_t * tanh(c_t)", "i": "d_c_t * g_t", "f": "d_c_t * c_{t-1}", "g": "d_c_t * i_t",
    }  # fmt: skip
    copying = {"f": 1.0, "i": 0.0}  # noqa: RUF012

    def __init__(self, activation: str = "tanh") -> None:
        """activation : "tanh", the only one; the activations are part of what the cell is."""

    def initialize(self, b_h: Array, forget_bias: float) -> None:
        """Add forget_bias to the forget gate's biases: a gate that is open remembers."""
        split(b_h, self.n_gates)[2][:] += forget_bias

    def forward(self, W_hh: Array, x: Array, before: Step) -> Step:
        """x and a are (4H, B), gates (3H, B), all else (H, B)."""
        a = W_hh @ before.h + x
        gates = sigmoid(a[: 3 * len(before.h)])
        o, i, f = split(gates, 3)
        g = np.tanh(a[3 * len(before.h) :])
        c = f * before.c + i * g
        tanh_c = np.tanh(c)
        h = o * tanh_c
        return Step(a=a, gates=gates, g=g, c=c, tanh_c=tanh_c, h=h)

    def backward(self, W_hh: Array, before: Step, now: Step, d: Step) -> tuple[Step, Step]:
        """d.h, d.c and what is returned of them are (H, B), d_a (4H, B)."""
        o, i, f = split(now.gates, 3)
        d_c = d.c + d.h * o * (1 - now.tanh_c * now.tanh_c)
        d_gates = join(d.h * now.tanh_c, d_c * now.g, d_c * before.c)
        d_g = d_c * i * (1 - now.g * now.g)
        d_a = join(d_gates * now.gates * (1 - now.gates), d_g)
        d_c_before = f * d_c
        d_h_before = W_hh.T @ d_a
        return Step(a=d_a, c=d_c), Step(h=d_h_before, c=d_c_before)
