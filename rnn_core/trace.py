"""The trace: what a reading leaves behind. What the way back leaves is in blame.py.

The interface between the core and every picture. A trace knows arrays and their meaning;
it must not know how they were computed, nor how they will be drawn.

Shapes are (T, H, B) and the like; batch.py says what the letters mean. Of a network with more
than one layer, or two directions, a trace shows one layer at a time: `showing` picks it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from rnn_core.batch import Array, Batch, Ints
from rnn_core.layer_trace import LayerForward
from rnn_core.tape import Tape


def one_sentence(array: Any) -> Any:
    """Drop the last axis when there is one sentence: (T, H, 1) becomes (T, H), a view."""
    return array[..., 0] if array.shape[-1] == 1 else array


@dataclass(frozen=True)
class UnitSum:
    """How one sum before squashing came about: word + sum of memory + bias = total.

    word : W_xh x_t of this row: for the first layer W_xh's entry in the word's column.
    memory : (H,) W_hh's row times h_{t-1}, entry by entry. bias : b_h's entry.
    total : a_t of this row, as the pass computed it.
    """

    word: float
    memory: Array
    bias: float
    total: float


@dataclass
class ForwardTrace:
    """Everything that one reading of B sentences computed.

    For one sentence ``ids h_0 h a y p`` give the same arrays without the batch axis.

    Attributes
    ----------
    batch : what was read.
    layers : each layer's own trace, from the words up; shown : which of them is shown below.
    states : for each layer number (T, DH, B), both directions' h one above the other.
    asked : (S, DH, B) the hidden states that the readout sees: each, or each sentence's last.
    logits, probs : (S, C, B) the answers; with S = T, "if the sentence ended here".
    tape : the calls of the pass, once they are written down; see tape.py.
    lone : whether one sentence gives one answer, as in training one at a time.
    """

    batch: Batch
    layers: list[LayerForward]
    states: list[Array]
    asked: Array
    logits: Array
    probs: Array
    tape: Tape = field(repr=False)
    lone: bool
    shown: int = 0

    def showing(self, shown: int) -> ForwardTrace:
        """The same reading with another layer shown, 0 .. len(layers) - 1."""
        return replace(self, shown=range(len(self.layers))[shown])

    @property
    def layer(self) -> LayerForward:
        """The layer that is shown."""
        return self.layers[self.shown]

    @property
    def carried(self) -> Mapping[str, Array]:
        """{name: (T + 1, H, B)} what the cell hands on, from before the first word."""
        return self.layer.carried

    @property
    def signals(self) -> Mapping[str, Array]:
        """{name: (T, H, B)} what a view may show, always with "h"."""
        return self.layer.signals

    @property
    def h_before(self) -> Array:
        """(T, H, B) the hidden state that each word found."""
        return self.layer.all_before["h"]

    @property
    def picked(self) -> Array:
        """(T, kH, B) W_xh x_t, the column of W_xh that each word picks."""
        return self.layer.picked

    @property
    def inputs(self) -> Array:
        """(T, kH, B) W_xh x_t + b_h, what each word brings."""
        return self.layer.inputs

    @property
    def sums(self) -> Array:
        """(T, kH, B) a_t, before squashing."""
        return self.layer.sums

    @property
    def ids(self) -> Ints:
        """(T,) the words' numbers."""
        ids: Ints = one_sentence(self.batch.ids)
        return ids

    @property
    def h_0(self) -> Array:
        """(H,) the hidden state before the first word that is read."""
        start = -1 if self.layer.layer.backwards else 0
        h_0: Array = one_sentence(self.carried["h"][start])
        return h_0

    @property
    def h(self) -> Array:
        """(T, H) the hidden state after each word."""
        h: Array = one_sentence(self.signals["h"])
        return h

    @property
    def a(self) -> Array:
        """(T, kH) the sums before squashing."""
        a: Array = one_sentence(self.sums)
        return a

    @property
    def y(self) -> Array:
        """(T, C) the logits after each word."""
        y: Array = one_sentence(self.logits)
        return y

    @property
    def p(self) -> Array:
        """(T, C) the probabilities after each word; each row sums to 1."""
        p: Array = one_sentence(self.probs)
        return p
