"""The kinds of cell, by name. A new kind is one file and its name here."""

from rnn_core.cells.activations import ACTIVATIONS
from rnn_core.cells.base import Array, Cell, Inputs, Ints, Signal, Step, join, split
from rnn_core.cells.gru import GRU
from rnn_core.cells.lstm import LSTM
from rnn_core.cells.rnn import RNN

CELLS: dict[str, type[Cell]] = {"rnn": RNN, "lstm": LSTM, "gru": GRU}

__all__ = [
    "ACTIVATIONS", "CELLS", "GRU", "LSTM", "RNN",
    "Array", "Cell", "Inputs", "Ints", "Signal", "Step", "join", "split",
]  # fmt: skip
