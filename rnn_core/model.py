"""The model: a network with its words and its classes. Text in, labels in, traces out.

It checks what comes in, and names what goes out. It must not know files, training, or a screen.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

import numpy as np
from numpy.typing import DTypeLike

from rnn_core.cells import Array, Cell, Inputs, Ints, Step, split
from rnn_core.network import Network, backward, cross_entropy, forward
from rnn_core.recording import Recording
from rnn_core.traces import BackwardTrace, Batch, ForwardTrace, Targets
from rnn_core.vocabulary import Vocabulary

Label = str | int | None


@dataclass(frozen=True)
class Intervention:
    """Some units of a signal held at a value by hand, at some steps, whatever the cell computes.

    signal : "h", or a gate. value : a number, or one for each unit. units, steps : which ones;
    None for all. layer : which layer, counted as in ForwardTrace.layers.
    """

    signal: str
    value: float | Array
    units: Sequence[int] | None = None
    steps: Sequence[int] | None = None
    layer: int = 0

    def put(self, array: Array, value: float | Array | None = None) -> None:
        """Write the value, or another one, into the signal's (H, B)."""
        rows = slice(None) if self.units is None else list(self.units)
        array[rows] = np.reshape(self.value if value is None else value, (-1, 1))

    def at(self, layer: int, t: int) -> bool:
        """Whether it acts in this layer at this step."""
        return layer == self.layer and (self.steps is None or t in self.steps)


class Model(Network):
    """A recurrent network that reads sequences and answers with a class.

    vocabulary : the words that it reads, V of them; None if it reads vectors. classes : the names
    of its answers, C of them. source : the words of an encoder, read before; the other layers start
    where it ends. n_source : F of the vectors that an encoder reads instead. n_features : F, if it
    reads vectors. All else as in Network.
    """

    def __init__(
        self, cell: Cell, vocabulary: Vocabulary | None, classes: Sequence[str], n_hidden: int,
        dtype: DTypeLike = np.float64, n_layers: int = 1, bidirectional: bool = False,
        per_step: bool = False, source: Vocabulary | None = None, n_features: int = 0,
        n_start: int = 0, attends: bool = False, n_source: int = 0,
    ) -> None:  # fmt: skip
        encoder = [len(source) if source else n_source] * bool(source or n_source)
        n_inputs = [*encoder, len(vocabulary) if vocabulary else n_features]
        super().__init__(
            cell, n_inputs, len(classes), n_hidden, dtype, n_layers, bidirectional, per_step,
            n_start, attends,
        )  # fmt: skip
        self.vocabulary, self.classes = vocabulary, tuple(classes)
        self.source, self.n_source, self.n_features = source, n_source, n_features

    @property
    def kind(self) -> tuple[Hashable, ...]:
        """All but the numbers: models of one kind differ in `flat` alone."""
        return type(self.cell), *vars(self.cell).values(), *self._settings[1:]

    @property
    def _settings(self) -> tuple[Any, ...]:
        return (
            self.cell, self.vocabulary, self.classes, self.n_hidden, self.flat.dtype, self.n_layers,
            self.bidirectional, self.per_step, self.source, self.n_features, self.n_start,
            self.attends, self.n_source,
        )  # fmt: skip

    def copy(self, kind: type[Model] | None = None) -> Model:
        """Return an independent model of the same kind, or of another, with the same numbers."""
        twin = (kind or type(self))(*self._settings)
        twin.flat[:] = self.flat
        return twin

    def forward(
        self, text: str | Sequence[int] | Inputs, h_0: Array | None = None,
        interventions: Sequence[Intervention] = (), start: Sequence[Step] | None = None,
    ) -> ForwardTrace:  # fmt: skip
        """Read one sequence and answer after every step.

        text : a sentence, its ids (T,), or vectors (T, F). h_0 : (H,) where the first layer
        starts; zero by default. start : where all layers start, such as the end of another trace.
        Raises ValueError for nothing to read, and for words outside the vocabulary, by name.
        """
        x = self._checked(text)
        if h_0 is not None:
            start = self.rest(1) if start is None else start
            start[0].h = np.reshape(h_0, (self.n_hidden, 1))
        return self.read(Batch((x[..., None],), start=start), interventions)

    def read(self, batch: Batch, interventions: Sequence[Intervention] = ()) -> ForwardTrace:
        """Read sequences side by side, and answer after every step.

        Raises ValueError for a decoder alone that has nothing to attend to.
        """
        if self.attends and len(batch.x) < 2 and batch.memory is None:
            raise ValueError("attention has nothing to look back at: give it an encoder's memory")
        with np.errstate(over="ignore", invalid="ignore"):
            if not interventions:
                return forward(self, self.params, batch)
            recording = Recording(partial(forward, self), self.params, batch)
            for one in interventions:
                signal = recording.result.layers[one.layer].signals[one.signal]
                for t in (t for t in range(len(signal)) if one.at(one.layer, t)):
                    recording.after(signal[t], partial(one.put, signal[t]))
            recording.replay()
            return cast(ForwardTrace, recording.result)

    def backward(
        self, fwd: ForwardTrace, target: Label | Sequence[Label] | Targets,
        truncate: int | None = None, interventions: Sequence[Intervention] = (),
    ) -> BackwardTrace:  # fmt: skip
        """Send the gradient of the loss back to the first step.

        target : the class (name or number) wanted after the last step; or a list with one for
        each step, None where nothing is asked. truncate : how many steps the gradient may travel:
        the sequence is cut into stretches of so many, counted from its end. interventions : what
        it was read with; what is held by hand passes no gradient on.
        Raises ValueError for an unknown class, or a list of another length than the sequence.
        """
        targets = target if isinstance(target, Targets) else self.targets(fwd, target, truncate)
        flat = np.zeros_like(self.flat)
        with np.errstate(over="ignore", invalid="ignore"):
            if not interventions:
                return backward(self, self.params, fwd, targets, flat)
            recording = Recording(partial(backward, self), self.params, fwd, targets, flat)
            gates = {signal.name: signal.gate for signal in self.cell.signals}
            for one in interventions:
                layer, back = fwd.layers[one.layer].layer, recording.result.layers[one.layer]
                name = one.signal if one.signal in back.d else "a"
                for t in (t for t in range(len(back.d["a"])) if one.at(one.layer, t)):
                    d = back.d[name][-1 - t if layer.backwards else t]
                    if name == "a":
                        d = split(d, self.cell.n_gates)[gates[one.signal] or 0]
                    recording.after(d, partial(one.put, d, 0.0))
            recording.replay()
            return cast(BackwardTrace, recording.result)

    def loss(self, fwd: ForwardTrace, target: Label | Sequence[Label]) -> float:
        """L in nats: the mean of -ln p(wanted) over the answers asked for."""
        with np.errstate(over="ignore", invalid="ignore"):
            return cross_entropy(fwd.logits, self.targets(fwd, target))

    def targets(
        self, fwd: ForwardTrace, target: Label | Sequence[Label], truncate: int | None = None
    ) -> Targets:
        """Turn class names or numbers into what the passes understand; see backward."""
        n_steps = len(fwd.logits)
        if isinstance(target, str | int | np.integer):
            labels: Sequence[Label] = [None] * (n_steps - 1) + [target]
        else:
            labels = [] if target is None else list(target)
        if len(labels) != n_steps:
            raise ValueError(f"{len(labels)} targets for {n_steps} steps: give one for each step")
        numbers = [-1 if label is None else self.class_number(label) for label in labels]
        return asked_for(self, fwd.batch, np.array(numbers)[:, None], truncate)

    def class_number(self, label: str | int) -> int:
        """The number of a class; ValueError with the classes' names if there is none such."""
        if isinstance(label, str) and label in self.classes:
            return self.classes.index(label)
        if not isinstance(label, str) and 0 <= label < len(self.classes):
            return int(label)
        raise ValueError(f"no class {label!r}: this model answers {' or '.join(self.classes)}")

    def _checked(self, text: str | Sequence[int] | Inputs) -> Inputs:
        """Ids (T,) or vectors (T, F)."""
        if self.vocabulary is None:
            x = np.asarray(text, dtype=self.flat.dtype)
            if x.ndim != 2 or not len(x) or x.shape[1] != self.n_features:
                raise ValueError(f"this model reads vectors (T, {self.n_features}), not {x.shape}")
            return x
        if isinstance(text, str):
            encoding = self.vocabulary.encode(text)
            if encoding.unknown:
                raise ValueError(
                    f"unknown words: {', '.join(encoding.unknown)}; "
                    "vocabulary.encode(text).ids leaves them out"
                )
            text = encoding.ids
        ids = np.asarray(text, dtype=np.intp)
        if ids.ndim != 1 or not len(ids):
            raise ValueError("there is nothing to read: give at least one known word")
        if ids.min() < 0 or ids.max() >= len(self.vocabulary):
            raise ValueError(f"word numbers must be in 0..{len(self.vocabulary) - 1}")
        return ids


def asked_for(model: Model, batch: Batch, labels: Ints, truncate: int | None = None) -> Targets:
    """Targets from the right classes' numbers (S, B), -1 where nothing is asked.

    Raises ValueError when nothing is asked at all.
    """
    right = labels[:, None] == np.arange(len(model.classes))[:, None]  # (S, C, B)
    one_hot = right.astype(model.flat.dtype, order="C")
    asked = one_hot.sum(axis=1, keepdims=True)
    if not asked.any():
        raise ValueError("no answer is asked for: give at least one target")
    ends = ((None, None),) * 2 if truncate is None else tuple(
        (_passes(mask, truncate), _passes(mask[::-1], truncate))
        for mask in (
            np.ones((len(x), 1, x.shape[-1]), asked.dtype) if mask is None else mask
            for x, mask in zip(batch.x, batch.masks, strict=False)
        )
    )  # fmt: skip
    weight = asked.dtype.type(1 / asked.sum()) if asked.all() else asked / asked.sum()
    return Targets(one_hot, weight, ends)


def _passes(mask: Array, k: int) -> Array:
    """(T, 1, B) 0 where a stretch of k steps, counted from a sequence's end, begins; else 1."""
    from_the_end = mask[::-1].cumsum(axis=0)[::-1]  # 0 where it has ended
    passes: Array = ((from_the_end % k != 0) | (from_the_end == 0)).astype(mask.dtype)
    return passes
