"""Split and Dataset: sentences with answers, ready to be asked.

It must not know where they come from: datasets.py reads them from files, tasks.py makes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import DTypeLike

from rnn_core.batch import Batch, Ints, Targets
from rnn_core.vocabulary import Vocabulary, tokenize


@dataclass(frozen=True)
class Split:
    """The training or the test part of a dataset.

    texts, labels : one of each for every sentence; the label names its answers, in a row.
    ids : (T, N) padded with 0; lengths : (N,).
    answers : the classes' numbers, (N,) one for each sentence; or (T, N) one for each word, -1
        where nothing is asked. Something is asked in every sentence.
    """

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    ids: Ints
    lengths: Ints
    answers: Ints

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def each_word(self) -> bool:
        """Whether there may be an answer after each word, or one after the last."""
        return self.answers.ndim == 2

    def batch(self, which: Ints, n_classes: int, dtype: DTypeLike) -> tuple[Batch, Targets]:
        """Put some sentences side by side: which (B,) -> a Batch, and S = 1 or T targets."""
        lengths = self.lengths[which]
        ids = np.ascontiguousarray(self.ids[: lengths.max(), which])
        answers = self.answers[: len(ids), which] if self.each_word else self.answers[None, which]
        right = answers[:, None] == np.arange(n_classes)[:, None]  # (S, C, B)
        wanted = right.astype(dtype, order="C")
        asked = wanted.sum(axis=1, keepdims=True)
        return Batch(ids, lengths), Targets(wanted, asked / asked.sum())


@dataclass(frozen=True)
class Dataset:
    """Sentences with answers. The vocabulary comes from the training part alone."""

    name: str
    train: Split
    test: Split
    vocabulary: Vocabulary
    classes: tuple[str, ...]

    @property
    def each_word(self) -> bool:
        """Whether there may be an answer after each word, or one after the last."""
        return self.train.each_word

    @cached_property
    def _known(self) -> dict[tuple[str, ...], tuple[Split, int]]:
        """Where each sentence stands; the first place, if there are several."""
        places = [(split, i) for split in (self.train, self.test) for i in range(len(split))]
        return {tokenize(split.texts[i])[0]: (split, i) for split, i in reversed(places)}

    def known_label(self, text: str) -> str | None:
        """The label of a sentence that is in the data, word for word; else None."""
        split, i = self._known.get(tokenize(text)[0], (None, 0))
        return split.labels[i] if split else None

    def known_target(self, text: str) -> str | list[str | None] | None:
        """The same as Model.backward wants it: a list of one for each word, where each_word."""
        split, i = self._known.get(tokenize(text)[0], (None, 0))
        if split is None or not split.each_word:
            return split.labels[i] if split else None
        answers = split.answers[: split.lengths[i], i]
        return [self.classes[answer] if answer >= 0 else None for answer in answers]
