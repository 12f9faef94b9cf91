"""The long short-term memory cell.

    forward     i_t, f_t, o_t = sigmoid(a_t)          one block of H rows each
                g_t = tanh(a_t)                       a_t = W_xh x_t + W_hh h_{t-1} + b_h
                c_t = f_t * c_{t-1} + i_t * g_t       keep some of the old, write some of the new
                h_t = o_t * tanh(c_t)                 show some of it

    backward    d_c_t    += d_h_t * o_t * (1 - tanh(c_t)^2)
                d_o_t     = d_h_t * tanh(c_t)  d_i_t = d_c_t * g_t
                d_f_t     = d_c_t * c_{t-1}    d_g_t = d_c_t * i_t
                d_a_t     = f'(a_t) * (d_o_t, d_i_t, d_f_t, d_g_t)
                d_c_{t-1} = f_t * d_c_t               no matrix, no slope: the highway
                d_h_{t-1} = W_hh^T d_a_t

Source: Hochreiter & Schmidhuber 1997; the forget gate is from Gers et al. 2000. Their forget
bias starts at 0 in many programs; 1 or more keeps memory open from the start (Jozefowicz 2015).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rnn_core.batch import Array
from rnn_core.cells.activations import sigmoid, sigmoid_slope, tanh_slope
from rnn_core.cells.base import Cell, Signal, Step, blocks
from rnn_core.tape import Calls


class LSTM(Cell):
    """h_t = o_t * tanh(c_t), c_t = f_t * c_{t-1} + i_t * g_t; rows in the order o, i, f, g.

    Parameters
    ----------
    activation : "tanh", the only one; the squashing functions are part of what it is.
    """

    carry = ("h", "c")
    n_gates = 4
    workings = {"tanh c": 1, "dh/dc": 1}  # noqa: RUF012

    def __init__(self, activation: str = "tanh") -> None:
        del activation

    @property
    def signals(self) -> tuple[Signal, ...]:
        """The hidden state, the cell state, the three gates and what may be written."""
        return (
            Signal("h", "h", -1, 1, "the hidden state: what it shows of its memory"),
            Signal("c", "c", -2, 2, "the cell state: its memory"),
            Signal("i", "i", 0, 1, "the input gate: how much is written", gate=1),
            Signal("f", "f", 0, 1, "the forget gate: how much is kept", gate=2),
            Signal("o", "o", 0, 1, "the output gate: how much is shown", gate=0),
            Signal("g", "g", -1, 1, "the candidate: what would be written", gate=3),
        )

    def start(self, b_h: Array, forget_bias: float) -> None:
        """Add forget_bias to the forget gate's biases: a gate that is open remembers."""
        np.split(b_h, self.n_gates)[2][:] += forget_bias

    def forward(self, params: Mapping[str, Array], before: Step, now: Step) -> Calls:
        """Fill now["a"] (4H, B) and all signals (H, B) from now["x"], before["h"] and ["c"]."""
        a, c, h, spare = now["a"], now["c"], now["h"], now["dh/dc"]
        n_sigmoid = 3 * len(h)
        yield params["W_hh"].dot, before["h"], a
        yield np.add, a, now["x"], a
        yield sigmoid, a[:n_sigmoid], now["gates"][:n_sigmoid]
        yield np.tanh, a[n_sigmoid:], now["g"]
        yield np.multiply, now["f"], before["c"], c
        yield np.multiply, now["i"], now["g"], spare
        yield np.add, c, spare, c
        yield np.tanh, c, now["tanh c"]
        yield np.multiply, now["o"], now["tanh c"], h

    def slopes(self, before: Step, now: Step, d_now: Step) -> Calls:
        """Fill d_now["slope"] with f'(a), ["a"] with its factors but d_h and d_c; (T, 4H, B)."""
        gates, slope, dh_dc = now["gates"], d_now["slope"], now["dh/dc"]
        n_sigmoid = 3 * gates.shape[-2] // 4
        yield sigmoid_slope, gates[:, :n_sigmoid], slope[:, :n_sigmoid]
        yield tanh_slope, gates[:, n_sigmoid:], slope[:, n_sigmoid:]
        yield tanh_slope, now["tanh c"], dh_dc
        yield np.multiply, dh_dc, now["o"], dh_dc
        met = now["tanh c"], now["g"], before["c"], now["i"]
        for one, f_slope, d in zip(met, blocks(slope, 4), blocks(d_now["a"], 4), strict=True):
            yield np.multiply, one, f_slope, d

    def backward(
        self, params: Mapping[str, Array], before: Step, now: Step, d_now: Step, d_before: Step
    ) -> Calls:
        """Fill d_now["a"] (4H, B) and d_before["h"], ["c"] from d_now["h"] and ["c"]."""
        d_h, d_c, spare = d_now["h"], d_now["c"], d_now["spare"]
        d_a = d_now["a"].reshape(4, *d_h.shape)
        yield np.multiply, d_h, now["dh/dc"], spare
        yield np.add, d_c, spare, d_c
        yield np.multiply, d_a[0], d_h, d_a[0]  # its other factors lie there since slopes
        yield np.multiply, d_a[1:], d_c, d_a[1:]  # i, f and g at once
        yield np.multiply, d_c, now["f"], d_before["c"]
        yield params["W_hh"].T.dot, d_now["a"], d_before["h"]
