"""Wirings: the same cell wired in five ways. Each says what goes in and what is asked.

    classify        many to one     the words of a sentence; one answer, after the last
    tag             many to many    a sequence; an answer at each step
    next_token      many to many    a text; at each step the symbol that comes next
    encode_decode   many to many    a source, read first; then a target, each symbol given the one
                                    before it (teacher forcing), up to the end mark
    caption         one to many     a vector that becomes the first state; then the same

No pass knows of this: a wiring makes a Split, which is data. What a network writes by itself, fed
with its own answers, is `free_run`. Source: Sutskever et al. 2014 (encode_decode), Williams &
Zipser 1989 (teacher forcing), Karpathy & Fei-Fei 2015 (caption).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.cells import Array, Inputs, Ints, Step
from rnn_core.model import Model, asked_for
from rnn_core.traces import Batch, ForwardTrace, Targets
from rnn_core.vocabulary import Vocabulary

Sequences = Sequence[Sequence[int] | Inputs]


@dataclass(frozen=True)
class Split:
    """The training or the test part of a dataset, N sequences.

    texts, labels : one of each for every sequence; the label names its answers, in a row.
    ids : words (T, N) padded with 0, or vectors (T, F, N). lengths : (N,).
    answers : the classes' numbers, (N,) one after the last step; or (T, N) one at each step, -1
    where nothing is asked. Something is asked in every sequence.
    source, source_lengths : what an encoder reads before, (T', N) and (N,). vectors : (F, N)
    what becomes the first state.
    """

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    ids: Inputs
    lengths: Ints
    answers: Ints
    source: Inputs | None = None
    source_lengths: Ints | None = None
    vectors: Array | None = None

    def __len__(self) -> int:
        return len(self.lengths)

    @property
    def per_step(self) -> bool:
        """Whether there may be an answer at each step, or one after the last."""
        return self.answers.ndim == 2

    def batch(
        self, model: Model, which: Ints, truncate: int | None = None
    ) -> tuple[Batch, Targets]:
        """Put some sequences (B,) side by side, with what is asked of them."""
        dtype = model.flat.dtype
        read = [(self.ids, self.lengths)]
        if self.source is not None and self.source_lengths is not None:
            read.insert(0, (self.source, self.source_lengths))
        x: list[Inputs] = []
        masks = []
        for ids, lengths in read:
            own = lengths[which]
            kind = ids.dtype if ids.ndim == 2 else dtype  # words, or vectors
            x.append(np.ascontiguousarray(ids[: own.max(), ..., which], kind))
            alive = np.arange(own.max())[:, None, None] < own
            masks.append(None if alive.all() else alive.astype(dtype))
        vector = None if self.vectors is None else self.vectors[:, which].astype(dtype)
        batch = Batch(tuple(x), tuple(masks), vector)
        answers = self.answers[: len(x[-1]), which] if self.per_step else self.answers[None, which]
        return batch, asked_for(model, batch, answers, truncate)


def padded(sequences: Sequences) -> tuple[Inputs, Ints]:
    """Sequences of words (T,) or of vectors (T, F) side by side: (T, N) or (T, F, N), and lengths.

    Raises ValueError for an empty sequence, and for vectors of different widths.
    """
    arrays = [np.asarray(sequence) for sequence in sequences]
    lengths = np.array([len(array) for array in arrays], dtype=np.intp)
    if not lengths.all():
        raise ValueError(f"sequence {int(lengths.argmin()) + 1} is empty: there is nothing to read")
    widths = {array.shape[1:] for array in arrays}
    if len(widths) > 1:
        raise ValueError(f"all vectors must be of one width, not of {sorted(widths)}")
    kind = arrays[0].dtype if widths and widths.pop() else np.intp
    size = (int(lengths.max(initial=0)), *arrays[0].shape[1:]) if arrays else (0,)
    side_by_side = np.zeros((*size, len(arrays)), kind)
    for i, array in enumerate(arrays):
        side_by_side[: len(array), ..., i] = array
    return side_by_side, lengths


def alone(model: Model, sequence: Sequence[int] | Inputs) -> Inputs:
    """One sequence of words (T, 1), or of vectors (T, F, 1) in the model's numbers."""
    x, _ = padded([np.asarray(sequence)])
    return x if x.ndim == 2 else x.astype(model.flat.dtype)


def classify(
    sequences: Sequences, answers: Sequence[int], texts: tuple[str, ...] = (),
    labels: tuple[str, ...] = (),
) -> Split:  # fmt: skip
    """One answer, after the last step of each sequence. answers : the classes' numbers (N,)."""
    return Split(texts, labels, *padded(sequences), np.array(answers, dtype=np.intp))


def tag(
    sequences: Sequences, answers: Sequences, texts: tuple[str, ...] = (),
    labels: tuple[str, ...] = (),
) -> Split:  # fmt: skip
    """An answer at each step. answers : for each sequence (T,), -1 where nothing is asked.

    Raises ValueError where a sequence has another number of answers than of steps.
    """
    for i, (sequence, wanted) in enumerate(zip(sequences, answers, strict=True)):
        if len(sequence) != len(wanted):
            raise ValueError(f"sequence {i + 1}: {len(wanted)} answers for {len(sequence)} steps")
    return Split(texts, labels, *padded(sequences), _asked(answers))


def next_token(sequences: Sequences) -> Split:
    """At each step the symbol that comes next; of the last symbol nothing is asked.

    Raises ValueError for a sequence of one symbol: nothing comes after it.
    """
    for i, sequence in enumerate(sequences):
        if len(sequence) < 2:
            raise ValueError(f"sequence {i + 1}: {len(sequence)} symbols; nothing comes next")
    return tag([sequence[:-1] for sequence in sequences], [s[1:] for s in sequences])


def encode_decode(sources: Sequences, targets: Sequences, vocabulary: Vocabulary) -> Split:
    """A source of words or of vectors, and then its target with teacher forcing: at each step the
    symbol before it.

    vocabulary : of the targets; its end mark starts a target and ends it.
    Raises ValueError for a vocabulary without an end mark.
    """
    written = _written(targets, vocabulary)
    source, source_lengths = padded(sources)
    return Split((), (), written.ids, written.lengths, written.answers, source, source_lengths)


def caption(vectors: Array, targets: Sequences, vocabulary: Vocabulary) -> Split:
    """A vector (F,) of (N, F) becomes the first state; then its target with teacher forcing."""
    written = _written(targets, vocabulary)
    return Split(
        (), (), written.ids, written.lengths, written.answers, vectors=np.asarray(vectors).T
    )


def _written(targets: Sequences, vocabulary: Vocabulary) -> Split:
    """Read the end mark and all symbols; asked are all symbols and the end mark."""
    end = vocabulary.end
    return tag([[end, *target] for target in targets], [[*target, end] for target in targets])


def _asked(answers: Sequences) -> Ints:
    """(T, N), -1 after a sequence's end."""
    side_by_side, lengths = padded(answers)
    after = np.arange(len(side_by_side))[:, None] >= lengths
    asked: Ints = np.where(after, -1, side_by_side)
    return asked


@dataclass(frozen=True)
class Written:
    """What a network wrote by itself.

    ids : the symbols, without the end mark. p : (C,) for each of them, and for the end mark, what
    it was drawn from. ended : whether it ended by itself. end : the carry, where it may go on.
    """

    ids: list[int]
    p: list[Array]
    ended: bool
    end: list[Step]


def free_run(
    model: Model, fwd: ForwardTrace, most: int, end: int | None = None,
    rng: np.random.Generator | None = None, temperature: float = 1.0, top_k: int | None = None,
    forced: Mapping[int, int] | None = None,
) -> Written:  # fmt: skip
    """Go on where a reading ended, each answer the next input, until the end mark or `most`.

    fwd : of one sequence, by a model whose classes are the words that it reads. rng : draws from
    softmax(y / temperature), of the top_k likeliest only; None: always the likeliest (greedy).
    forced : {how many were written before: the symbol that is put there}, whatever is drawn.
    Raises ValueError for a temperature that is not above 0, and for no symbol to draw from.
    """
    if not temperature > 0:
        raise ValueError(f"temperature must be above 0, not {temperature:g}; greedy is rng=None")
    if top_k is not None and top_k < 1:
        raise ValueError(f"top_k must be 1 or more, not {top_k}")
    ids: list[int] = []
    drawn_from: list[Array] = []
    while len(ids) < most:
        p = distribution(fwd.logits[-1, :, 0], temperature, top_k)
        symbol = int(p.argmax()) if rng is None else int(rng.choice(len(p), p=p))
        drawn_from.append(p)
        symbol = (forced or {}).get(len(ids), symbol)
        if symbol == end:
            return Written(ids, drawn_from, True, fwd.end)
        ids.append(symbol)
        fwd = model.read(Batch((np.array([[symbol]]),), start=fwd.end, memory=fwd.memory))
    return Written(ids, drawn_from, False, fwd.end)


def distribution(y: Array, temperature: float = 1.0, top_k: int | None = None) -> Array:
    """softmax(y / temperature) of logits (C,), the top_k likeliest only; in float64."""
    scaled = y.astype(np.float64)
    if top_k is not None and top_k < len(y):
        scaled[np.argsort(-scaled, kind="stable")[top_k:]] = -np.inf
    with np.errstate(over="ignore"):
        powers = np.exp((scaled - scaled.max()) / temperature)
    p: Array = powers / powers.sum()
    return p


def generate(
    model: Model, prompt: Sequence[int] | Ints, most: int,
    rng: np.random.Generator | None = None, temperature: float = 1.0, top_k: int | None = None,
    end: int | None = None, forced: Mapping[int, int] | None = None,
) -> Written:  # fmt: skip
    """Read a prompt of known symbols, and write on; see free_run."""
    return free_run(model, model.forward(prompt), most, end, rng, temperature, top_k, forced)


def decode(
    model: Model, source: Sequence[int] | Inputs | None = None, vector: Array | None = None,
    most: int = 100, rng: np.random.Generator | None = None, temperature: float = 1.0,
) -> Written:  # fmt: skip
    """Read a source, or start from a vector (F,), and write until the end mark; see free_run.

    Raises ValueError for an empty source, and for a vocabulary without an end mark.
    """
    if model.vocabulary is None:
        raise ValueError("a decoder reads words: this model reads vectors")
    end = model.vocabulary.end
    x: tuple[Inputs, ...] = (np.array([[end]]),)
    if source is not None:
        x = (alone(model, source), *x)
    start = None if vector is None else np.asarray(vector, model.flat.dtype)[:, None]
    return free_run(model, model.read(Batch(x, vector=start)), most, end, rng, temperature)


WIRINGS: dict[str, Callable[..., Split]] = {
    "classify": classify,
    "tag": tag,
    "next_token": next_token,
    "encode_decode": encode_decode,
    "caption": caption,
}
