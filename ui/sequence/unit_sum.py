"""One sum of one sentence taken apart: what the word adds, each unit of the memory, the bias."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ui.sequence.reading import Reading


@dataclass(frozen=True)
class UnitSum:
    """The terms of one row of a_t.

    word : W_xh x_t. memory : (H,) W_hh[row] * h_{t-1}, a term for each unit. total : a_t; the
    terms' sum, unless a gate stands between the memory and the sum.
    """

    word: float
    memory: np.ndarray
    bias: float
    total: float


def unit_sum(reading: Reading, t: int, row: int) -> UnitSum:
    """Take row 0..kH-1 of the shown layer's a_t apart, at word t = 0..T-1."""
    fwd, params = reading.fwd, reading.params
    return UnitSum(
        word=float(fwd.input_projection[t, row]),
        memory=params["W_hh"][row] * fwd.h_before[t],
        bias=float(params["b_h"][row]),
        total=float(fwd.a[t, row]),
    )
