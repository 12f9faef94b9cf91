"""The gated recurrent unit, in PyTorch's form.

    forward     u_t = W_hh h_{t-1}                    one block of H rows for each gate
                r_t, z_t = sigmoid(a_t)               a_t = W_xh x_t + b_h + u_t
                n_t = tanh(a_t)                       a_t = W_xh x_t + b_h + r_t * u_t
                h_t = z_t * h_{t-1} + (1 - z_t) * n_t     z = 1 keeps all, z = 0 writes all anew

    backward    d_a of n  = d_h_t * (1 - z_t) * (1 - n_t^2)
                d_a of z  = d_h_t * (h_{t-1} - n_t) * z_t (1 - z_t)
                d_a of r  = d_a of n * u_t          * r_t (1 - r_t)
                d_u       = d_a of r, d_a of z, r_t * d_a of n
                d_h_{t-1} = z_t * d_h_t + W_hh^T d_u

Source: Cho et al. 2014. They reset the state before the product, W_hh (r_t * h_{t-1}), and let z
say how much is written, not kept. Resetting after it, as here, lets one product serve all three
blocks. PyTorch has a second bias inside the brackets; here it is zero.
"""

from __future__ import annotations

import numpy as np

from rnn_core.cells.activations import sigmoid
from rnn_core.cells.base import Array, Cell, Signal, Step, join, split


class GRU(Cell):
    """h_t = z_t * h_{t-1} + (1 - z_t) * n_t; rows in the order r, z, n."""

    carry = ("h",)
    n_gates = 3
    signals = (
        Signal("h", "h", -1, 1, "the hidden state: its memory"),
        Signal("r", "r", 0, 1, "the reset gate: how much of the past is seen", gate=0),
        Signal("z", "z", 0, 1, "the update gate: how much is kept", gate=1),
        Signal("n", "n", -1, 1, "the candidate: what would be written", gate=2),
    )
    mixes = ("h_t = z_t * h_{t-1} + (1 - z_t) * n_t",)
    gradients = {  # noqa: RUF012
        "r": "d_a_n * u_n", "z": "d_h_t * (h_{t-1} - n_t)", "n": "d_h_t * (1 - z_t)",
    }  # fmt: skip
    copying = {"z": 1.0}  # noqa: RUF012

    def __init__(self, activation: str = "tanh") -> None:
        """activation : "tanh", the only one; the activations are part of what the cell is."""

    def forward(self, W_hh: Array, x: Array, before: Step) -> Step:
        """x, u and a are (3H, B), gates (2H, B), all else (H, B)."""
        u = W_hh @ before.h
        n_gates = 2 * len(before.h)  # the rows of r and z; below them are those of n
        a_gates = x[:n_gates] + u[:n_gates]
        gates = sigmoid(a_gates)
        r, z = split(gates, 2)
        a_n = x[n_gates:] + r * u[n_gates:]
        n = np.tanh(a_n)
        h = z * before.h + (1 - z) * n
        return Step(a=join(a_gates, a_n), u=u, gates=gates, n=n, h=h)

    def backward(self, W_hh: Array, before: Step, now: Step, d: Step) -> tuple[Step, Step]:
        """d.h and what is returned of it are (H, B), d_a and d_u (3H, B)."""
        r, z = split(now.gates, 2)
        u_n = now.u[2 * len(r) :]
        d_n = d.h * (1 - z) * (1 - now.n * now.n)
        d_gates = join(d_n * u_n, d.h * (before.h - now.n)) * now.gates * (1 - now.gates)
        d_a = join(d_gates, d_n)
        d_u = join(d_gates, r * d_n)
        d_h_before = z * d.h + W_hh.T @ d_u
        return Step(a=d_a, u=d_u), Step(h=d_h_before)
