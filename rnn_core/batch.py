"""What is read and what is asked: sentences side by side, and the answers wanted.

Letters, here and in the whole core: T words, B sentences side by side, V words in the
vocabulary, H hidden units, C classes, k gates of the cell (1 for the vanilla RNN), S steps
that give an answer. Arrays are time-major and features-first, (T, H, B), so that the code
says W_hh @ h.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Ints = NDArray[np.intp]


@dataclass(frozen=True)
class Batch:
    """B sentences side by side.

    ids : (T, B) the words' numbers, padded with 0 after a sentence's end.
    lengths : (B,) how many words each has, 1..T.
    """

    ids: Ints
    lengths: Ints

    @cached_property
    def flat_ids(self) -> Ints:
        """(T B,) the words of all sentences in a row."""
        return self.ids.reshape(-1)

    @cached_property
    def by_word(self) -> list[tuple[int, Ints]]:
        """Each word that occurs, and where it stands in flat_ids."""
        order = np.argsort(self.flat_ids, kind="stable")
        words, starts = np.unique(self.flat_ids[order], return_index=True)
        return list(zip(words.tolist(), np.split(order, starts[1:]), strict=True))


@dataclass(frozen=True)
class Targets:
    """The answers that were asked for.

    wanted : (S, C, B) one-hot, all zero where nothing is asked. S = 1 asks once, at each
        sentence's last word; S = T may ask at every word.
    weight : (S, 1, B) what each answer counts in the loss: 1 / (answers asked), or 0.
    """

    wanted: Array
    weight: Array


def arrivals(per_answer: Array, batch: Batch) -> Array:
    """(S, ., B) by answer to (T, ., B) by word: with one answer, it arrives at the last word."""
    n_steps = len(batch.ids)
    if len(per_answer) == n_steps:
        return per_answer
    spread = np.zeros((n_steps, *per_answer.shape[1:]), per_answer.dtype)
    spread[batch.lengths - 1, :, np.arange(len(batch.lengths))] = per_answer[0].T
    return spread
