"""The network: a cell, a readout, and the words and classes that they speak.

The door to the passes of forward.py and backward.py: it checks what comes in and names what
goes out. It must not know files, training, or a screen. Nothing is kept on a model between
passes: all that a pass computes is in the trace that it returns.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import DTypeLike

from rnn_core.backward import new_backward, send_back
from rnn_core.batch import Array, Batch, Ints, Targets
from rnn_core.blame import BackwardTrace
from rnn_core.cells import Cell
from rnn_core.forward import Hold, cross_entropy, new_forward, read
from rnn_core.parameters import Layer, aligned_zeros, layers, named_views, parameter_shapes
from rnn_core.trace import ForwardTrace, UnitSum
from rnn_core.vocabulary import Vocabulary, one_hot_rows

Label = str | int | None


class Model:
    """A recurrent network that reads words and answers with a class.

    Parameters
    ----------
    cell : one step forward and one step backward.
    vocabulary : the words that it knows, V of them.
    classes : the names of its answers, C of them.
    n_hidden : H, of each layer in each direction.
    dtype : of the parameters; they are zero until something fills them.
    n_layers : how many layers, each reading the states of the one below.
    bidirectional : whether each layer also reads from the last word to the first.
    each_word : whether an answer after each word is what it is for. Then an answer sees both
        directions at its word; else where each direction ended.

    Attributes
    ----------
    params : {"W_xh": (kH, V), "W_hh": (kH, H), "W_hy": (C, H), "b_h": (kH,), "b_y": (C,)};
        parameter_shapes says how further layers are called.
    layer_params : for each layer its own W_xh, W_hh, b_h.
    flat : the same numbers as one vector, for an optimizer.
    """

    def __init__(
        self,
        cell: Cell,
        vocabulary: Vocabulary,
        classes: Sequence[str],
        n_hidden: int,
        dtype: DTypeLike = np.float64,
        n_layers: int = 1,
        bidirectional: bool = False,
        each_word: bool = False,
    ) -> None:
        self.cell = cell
        self.vocabulary = vocabulary
        self.classes = tuple(classes)
        self.n_hidden = n_hidden
        self.n_layers, self.bidirectional, self.each_word = n_layers, bidirectional, each_word
        self.n_ways = 2 if bidirectional else 1
        self.layers = layers(n_layers, bidirectional)
        n_words = len(vocabulary)
        self.shapes = parameter_shapes(
            cell.n_gates, n_hidden, n_words, len(self.classes), n_layers, bidirectional
        )
        n_params = sum(math.prod(shape) for shape in self.shapes.values())
        self.flat: Array = aligned_zeros((n_params,), dtype)
        self.params = named_views(self.flat, self.shapes)
        self.layer_params: dict[Layer, dict[str, Array]] = {
            layer: {name: self.params[name + layer.suffix] for name in ("W_xh", "W_hh", "b_h")}
            for layer in self.layers
        }
        self.eye = one_hot_rows(n_words, np.dtype(dtype))

    @property
    def kind(self) -> Hashable:
        """All but the numbers: models of one kind differ in `flat` alone."""
        wiring = self.n_hidden, self.flat.dtype, self.n_layers, self.bidirectional, self.each_word
        return type(self.cell), *vars(self.cell).values(), self.vocabulary, self.classes, *wiring

    def copy(self, kind: type[Model] | None = None) -> Model:
        """Return an independent model of the same kind, or of another, with the same numbers."""
        twin = (kind or type(self))(
            self.cell,
            self.vocabulary,
            self.classes,
            self.n_hidden,
            self.flat.dtype,
            self.n_layers,
            self.bidirectional,
            self.each_word,
        )
        twin.flat[:] = self.flat
        return twin

    def forward(
        self,
        text: str | Sequence[int] | Ints,
        h_0: Array | None = None,
        holds: Sequence[Hold] = (),
    ) -> ForwardTrace:
        """Read one sentence and answer after every word.

        text : a sentence, or its ids (T,). h_0 : (H,) where the first layer starts; zero by
        default. holds : what is held by hand, whatever the cell computes.
        Returns a trace with ids (T,), h (T, H), y and p (T, C).
        Raises ValueError for no words, and for words outside the vocabulary, by name.
        """
        ids = self._checked_ids(text)
        batch = Batch(ids[:, None], np.array([len(ids)]))
        fwd = new_forward(self, batch, every_step=True)
        if h_0 is not None:
            fwd.carried["h"][0] = np.reshape(h_0, (self.n_hidden, 1))
        with np.errstate(over="ignore", invalid="ignore"):
            read(self, fwd, holds)
        return fwd

    def backward(
        self,
        fwd: ForwardTrace,
        target: Label | Sequence[Label],
        truncate: int | None = None,
        holds: Sequence[Hold] = (),
    ) -> BackwardTrace:
        """Send the blame for one sentence's answers back to its first word.

        target : the class (name or number) wanted after the last word; or a list with one for
        each word, None where nothing is asked. truncate : how many words blame may travel.
        holds : what the reading was made with.
        Raises ValueError for an unknown class, or a list of another length than the sentence.
        """
        bwd = new_backward(self, fwd, self.targets(fwd, target))
        with np.errstate(over="ignore", invalid="ignore"):
            send_back(self, bwd, truncate, holds)
        return bwd

    def loss(self, fwd: ForwardTrace, target: Label | Sequence[Label]) -> float:
        """L in nats: the mean of -ln p(wanted) over the answers asked for."""
        with np.errstate(over="ignore", invalid="ignore"):
            return cross_entropy(fwd.logits, self.targets(fwd, target))

    def unit_sum(self, fwd: ForwardTrace, t: int, row: int) -> UnitSum:
        """Take one sum of one sentence apart: row 0..kH-1 of a_t at word t = 0..T-1."""
        params = self.layer_params[fwd.layer.layer]
        return UnitSum(
            word=float(fwd.picked[t, row, 0]),
            memory=params["W_hh"][row] * fwd.h_before[t, :, 0],
            bias=float(params["b_h"][row]),
            total=float(fwd.sums[t, row, 0]),
        )

    def targets(self, fwd: ForwardTrace, target: Label | Sequence[Label]) -> Targets:
        """Turn class names or numbers into what the passes understand; see backward."""
        n_steps = len(fwd.logits)
        if isinstance(target, str | int | np.integer):
            labels: Sequence[Label] = [None] * (n_steps - 1) + [target]
        else:
            labels = [] if target is None else list(target)
        if len(labels) != n_steps:
            raise ValueError(f"{len(labels)} targets for {n_steps} words: give one for each word")
        wanted = np.zeros_like(fwd.logits)
        for t, label in enumerate(labels):
            if label is not None:
                wanted[t, self.class_number(label)] = 1
        asked = wanted.sum(axis=1, keepdims=True)
        if not asked.any():
            raise ValueError("no answer is asked for: give at least one target")
        return Targets(wanted, asked / asked.sum())

    def class_number(self, label: str | int) -> int:
        """The number of a class; ValueError with the classes' names if there is none such."""
        if isinstance(label, str) and label in self.classes:
            return self.classes.index(label)
        if not isinstance(label, str) and 0 <= label < len(self.classes):
            return int(label)
        raise ValueError(f"no class {label!r}: this model answers {' or '.join(self.classes)}")

    def _checked_ids(self, text: str | Sequence[int] | Ints) -> Ints:
        if isinstance(text, str):
            encoding = self.vocabulary.encode(text)
            if encoding.unknown:
                raise ValueError(
                    f"unknown words: {', '.join(encoding.unknown)}; "
                    "vocabulary.encode(text).ids leaves them out"
                )
            ids = encoding.ids
        else:
            ids = np.asarray(text, dtype=np.intp)
        if ids.ndim != 1 or not len(ids):
            raise ValueError("there is nothing to read: give at least one known word")
        if ids.min() < 0 or ids.max() >= len(self.vocabulary):
            raise ValueError(f"word numbers must be in 0..{len(self.vocabulary) - 1}")
        return ids
