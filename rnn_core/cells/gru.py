"""The gated recurrent unit, in PyTorch's form.

    forward     r_t, z_t = sigmoid(a_t)               a_t = W_xh x_t + W_hh h_{t-1} + b_h
                n_t = tanh(W_xh x_t + b_h + r_t * (W_hh h_{t-1}))
                h_t = n_t + z_t * (h_{t-1} - n_t)     z = 1 keeps all, z = 0 writes all anew

    backward    d_a of n  = d_h_t * (1 - z_t) * (1 - n_t^2)
                d_a of z  = d_h_t * (h_{t-1} - n_t) * z_t (1 - z_t)
                d_a of r  = d_a of n * (W_hh h_{t-1}) * r_t (1 - r_t)
                d_h_{t-1} = z_t * d_h_t + W_hh^T (d_a of r, d_a of z, r_t * d_a of n)

Source: Cho et al. 2014. They reset the state before the product, W_hh (r_t * h_{t-1}), and let z
say how much is written, not kept. Resetting after it, as here, lets one product serve all three
blocks. PyTorch has a second bias inside the brackets; here it is zero.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rnn_core.batch import Array
from rnn_core.cells.activations import sigmoid, sigmoid_slope, tanh_slope
from rnn_core.cells.base import Cell, Signal, Step, blocks
from rnn_core.tape import Calls


class GRU(Cell):
    """h_t = n_t + z_t * (h_{t-1} - n_t); rows in the order r, z, n.

    Parameters
    ----------
    activation : "tanh", the only one; the squashing functions are part of what it is.
    """

    carry = ("h",)
    n_gates = 3
    recurrent_differs = True
    workings = {"recurrent": 3}  # noqa: RUF012

    def __init__(self, activation: str = "tanh") -> None:
        del activation

    @property
    def signals(self) -> tuple[Signal, ...]:
        """The hidden state, the two gates and what may be written."""
        return (
            Signal("h", "h", -1, 1, "the hidden state: its memory"),
            Signal("r", "r", 0, 1, "the reset gate: how much of the past is seen", gate=0),
            Signal("z", "z", 0, 1, "the update gate: how much is kept", gate=1),
            Signal("n", "n", -1, 1, "the candidate: what would be written", gate=2),
        )

    def forward(self, params: Mapping[str, Array], before: Step, now: Step) -> Calls:
        """Fill now["a"] (3H, B) and all signals (H, B) from now["x"] and before["h"]."""
        h, n, z, x, a, recurrent = (now[name] for name in ("h", "n", "z", "x", "a", "recurrent"))
        both = 2 * len(h)  # the rows of r and z
        yield params["W_hh"].dot, before["h"], recurrent
        yield np.add, x[:both], recurrent[:both], a[:both]
        yield sigmoid, a[:both], now["gates"][:both]
        yield np.multiply, now["r"], recurrent[both:], a[both:]
        yield np.add, a[both:], x[both:], a[both:]
        yield np.tanh, a[both:], n
        yield np.subtract, before["h"], n, h
        yield np.multiply, h, z, h
        yield np.add, h, n, h

    def slopes(self, before: Step, now: Step, d_now: Step) -> Calls:
        """Fill d_now["slope"] with f'(a), ["a"] with its factors but d_h and d_n; (T, 3H, B)."""
        n_gates, slope = self.n_gates, d_now["slope"]
        both = 2 * slope.shape[-2] // n_gates
        d_r, d_z, d_n = blocks(d_now["a"], n_gates)
        slope_r, slope_z, slope_n = blocks(slope, n_gates)
        yield sigmoid_slope, now["gates"][:, :both], slope[:, :both]
        yield tanh_slope, now["n"], slope_n
        yield np.multiply, slope_r, now["recurrent"][:, both:], d_r
        yield np.subtract, before["h"], now["n"], d_z
        yield np.multiply, d_z, slope_z, d_z
        yield np.subtract, 1.0, now["z"], d_n
        yield np.multiply, d_n, slope_n, d_n

    def backward(
        self, params: Mapping[str, Array], before: Step, now: Step, d_now: Step, d_before: Step
    ) -> Calls:
        """Fill d_now["a"], ["recurrent"] (3H, B) and d_before["h"] (H, B) from d_now["h"]."""
        d_h, spare, r = d_now["h"], d_now["spare"], now["r"]
        d_a, d_recurrent = (d_now[name].reshape(3, *d_h.shape) for name in ("a", "recurrent"))
        yield np.multiply, d_a[1:], d_h, d_a[1:]  # their other factors lie there
        yield np.multiply, d_a[0], d_a[2], d_a[0]
        yield np.positive, d_a[:2], d_recurrent[:2]
        yield np.multiply, d_a[2], r, d_recurrent[2]
        yield params["W_hh"].T.dot, d_now["recurrent"], d_before["h"]
        yield np.multiply, d_h, now["z"], spare
        yield np.add, d_before["h"], spare, d_before["h"]
