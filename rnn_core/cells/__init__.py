"""The kinds of cell, by name. A new kind is one file and one line here."""

from collections.abc import Callable

from rnn_core.cells.activations import ACTIVATIONS
from rnn_core.cells.base import Cell, Signal
from rnn_core.cells.rnn import RNN

CELLS: dict[str, Callable[[str], Cell]] = {
    "rnn": RNN,
}

__all__ = ["ACTIVATIONS", "CELLS", "RNN", "Cell", "Signal"]
