"""The cell protocol: one step forward and one step back, values in and values out.

A cell keeps no state and knows neither time nor batches; the loop over time is layer.py's.
Letters, in the whole core: T steps, B sequences side by side, V words, H hidden units, C classes,
k gates (1 for the vanilla RNN). Arrays are time-major and features-first, (T, H, B), so that the
code says W_hh @ h.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Ints = NDArray[np.intp]
Inputs = NDArray[Any]
"""Words, as integers (T, B), or vectors (T, N, B)."""


class Step(SimpleNamespace):
    """Arrays (., B) of one step by name: what a cell computed, or the gradients of it."""


@dataclass(frozen=True)
class Signal:
    """Something a cell computes at each step and a view can show.

    name : its key in a trace, such as "h". symbol : as written on the board. low, high : its
    range. meaning : half a sentence for the reader. gate : which block of H rows of W_xh, W_hh
    and b_h it is squashed from, counted from 0; None for what is not made straight from one.
    """

    name: str
    symbol: str
    low: float
    high: float
    meaning: str
    gate: int | None = None


class Cell(Protocol):
    """One kind of recurrent cell.

    carry : the signals handed to the next step, "h" first. n_gates : k, blocks of H rows in W_xh,
    W_hh and b_h. signals : what it computes. activations : keys of ACTIVATIONS it can be made with.
    For the screen, where the cell has gates: mixes : how its state is made of them; gradients :
    what each gate's own gradient is, before its derivative; copying : gates that, held so, hand
    the memory on unchanged.
    """

    carry: ClassVar[tuple[str, ...]]
    n_gates: ClassVar[int]
    activations: ClassVar[tuple[str, ...]] = ("tanh",)
    mixes: ClassVar[tuple[str, ...]] = ()
    gradients: ClassVar[Mapping[str, str]] = {}
    copying: ClassVar[Mapping[str, float]] = {}

    def __init__(self, activation: str = "tanh") -> None: ...
    @property
    def signals(self) -> tuple[Signal, ...]: ...

    def initialize(self, b_h: Array, forget_bias: float) -> None:
        """Change the biases (kH,) that a training starts from; most cells leave them."""
        return

    def forward(self, W_hh: Array, x: Array, before: Step) -> Step:
        """Take one step: W_hh (kH, H), x = W_xh x_t + b_h (kH, B), before the carry (H, B).

        Returns the carry after it, the pre-activations a (kH, B), and what backward needs.
        """

    def backward(self, W_hh: Array, before: Step, now: Step, d: Step) -> tuple[Step, Step]:
        """Undo one step: d is dL/d(carry after it), before and now are forward's.

        Returns the gradients at this step, with a = dL/da (kH, B), and those of the carry before.
        """


def split(array: Array, n: int) -> list[Array]:
    """Cut (nH, B) into n blocks of H rows, views."""
    n_rows = len(array) // n
    return [array[i * n_rows : (i + 1) * n_rows] for i in range(n)]


def join(*blocks: Array) -> Array:
    """Blocks of rows (., B), one upon the other."""
    joined: Array = np.concatenate(blocks)
    return joined
