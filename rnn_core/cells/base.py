"""The cell protocol: what the network needs of a cell, and nothing more.

A cell is one step forward and one step backward. It keeps no state of its own, and it does not
compute: it says which calls are to be made on the arrays that it is given (see tape.py). The
loop over time is the network's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np

from rnn_core.batch import Array
from rnn_core.tape import Calls

Step = dict[str, Array]
"""One moment's views into a trace, each (., B); or the same for all T words, each (T, ., B)."""


@dataclass(frozen=True)
class Signal:
    """Something a cell computes at each word and a view can show.

    name : its key in the trace, such as "h". symbol : as written on the board.
    low, high : its range; a view draws low < 0 as diverging and low = 0 as sequential.
    meaning : half a sentence for the reader. gate : which block of H rows of W_xh, W_hh and
    b_h makes it, counted from 0; None for what is not squashed straight from such a block.
    """

    name: str
    symbol: str
    low: float
    high: float
    meaning: str
    gate: int | None = None


class Cell(Protocol):
    """One kind of recurrent cell.

    signals : what it computes at each word, "h" first.
    activations : the keys of ACTIVATIONS that it can be made with.
    carry : the names of the signals handed on to the next word; ("h",) or ("h", "c").
    n_gates : k, how many blocks of H rows W_xh, W_hh and b_h have.
    recurrent_differs : whether W_hh sees another gradient than W_xh (the GRU's reset gate).
    workings : {name: blocks of H rows} of what else it must remember of each word.
    """

    carry: ClassVar[tuple[str, ...]]
    activations: ClassVar[tuple[str, ...]] = ("tanh",)
    n_gates: ClassVar[int]
    recurrent_differs: ClassVar[bool] = False
    workings: ClassVar[Mapping[str, int]] = {}

    def __init__(self, activation: str = "tanh") -> None: ...
    @property
    def signals(self) -> tuple[Signal, ...]: ...

    def start(self, b_h: Array, forget_bias: float) -> None:
        """Change the biases (kH,) that a training starts from; most cells leave them."""
        return

    def forward(self, params: Mapping[str, Array], before: Step, now: Step) -> Calls:
        """Take one step: from now["x"] (kH, B) and before's carry, fill now["a"] and signals."""

    def slopes(self, before: Step, now: Step, d_now: Step) -> Calls:
        """Fill d_now["slope"] (T, kH, B) with f'(a), and what backward needs, for all words.

        d_now["a"] (T, kH, B) may take what the blame will be multiplied by, where it will be.
        """

    def backward(
        self, params: Mapping[str, Array], before: Step, now: Step, d_now: Step, d_before: Step
    ) -> Calls:
        """Undo one step: from d_now's carry fill d_now["a"] (kH, B) and d_before's carry.

        d_now["recurrent"] (kH, B) too, the blame as W_hh sees it, if that differs;
        d_now["spare"] (H, B) is room.
        """


def blocks(array: Array, n_gates: int) -> list[Array]:
    """Cut (., kH, B) into k blocks of H rows, views."""
    return np.split(array, n_gates, axis=-2)
