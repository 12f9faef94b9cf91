"""The cell protocol: what the network needs of a cell, and nothing more.

A cell is one step forward and one step backward. It keeps no state of its own: states come
in and go out through the views of a trace's step. The loop over time is the network's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from rnn_core.batch import Array
from rnn_core.trace import Step


@dataclass(frozen=True)
class Signal:
    """Something a cell computes at each word and a view can show.

    name : its key in the trace, such as "h". symbol : as written on the board.
    low, high : its range; a view draws low < 0 as diverging and low = 0 as sequential.
    meaning : half a sentence for the reader.
    """

    name: str
    symbol: str
    low: float
    high: float
    meaning: str


class Cell(Protocol):
    """One kind of recurrent cell.

    signals : what it computes at each word, "h" first.
    carry : the names of the signals handed on to the next word; ("h",) or ("h", "c").
    n_gates : k, how many blocks of H rows W_xh, W_hh and b_h have.
    recurrent_differs : whether W_hh sees another gradient than W_xh (the GRU's reset gate).
    """

    @property
    def signals(self) -> tuple[Signal, ...]: ...
    @property
    def carry(self) -> tuple[str, ...]: ...
    @property
    def n_gates(self) -> int: ...
    @property
    def recurrent_differs(self) -> bool: ...

    def forward(self, params: Mapping[str, Array], before: Step, now: Step) -> None:
        """Take one step: from now["x"] (kH, B) and before's carry, fill now["a"] and signals."""

    def slopes(self, signals: Mapping[str, Array], out: Array) -> None:
        """Fill out (T, kH, B) with the activations' derivatives, for all steps at once."""

    def backward(
        self, params: Mapping[str, Array], before: Step, now: Step, d_now: Step, d_before: Step
    ) -> None:
        """Undo one step: from d_now's carry fill d_now["a"] (kH, B) and d_before's carry."""
