"""Tapes: a pass written down once as a list of calls, and played again and again.

What a pass does never depends on the numbers in its arrays, only on their shapes. So a cell
*says* which calls it makes, function first, arguments after, what is filled last:

    yield W_hh.dot, before["h"], a          a = W_hh h_{t-1}
    yield np.add, a, now["x"], a            a = a + (W_xh x_t + b_h)

(np.positive copies.) The calls are bound to their arrays once, before the first word is read;
training plays the same tape for thousands of sentences, and nothing is looked up any more.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from rnn_core.batch import Array

Call = tuple[Any, ...]
Calls = Iterator[Call]
Tape = list[Callable[[], object]]


def record(calls: Iterable[Call], unwanted: Sequence[Array] = ()) -> Tape:
    """Bind each call to its arguments, but those that only fill what is unwanted."""
    if unwanted:
        calls = (
            call
            for call in calls
            if not any(np.may_share_memory(call[-1], array) for array in unwanted)
        )
    return [partial(call[0], *call[1:]) for call in calls]


def play(tape: Tape) -> None:
    """Make all calls, in order."""
    for bound in tape:
        bound()


def side_by_side(array: Array) -> Generator[Call, None, Array]:
    """(T, R, B) as (R, T B), all words of all sentences as columns; a view where B = 1."""
    by_row = array.transpose(1, 0, 2)
    if array.shape[2] == 1:
        return by_row[:, :, 0]
    columns = np.zeros(by_row.shape, array.dtype)
    yield np.positive, by_row, columns
    return columns.reshape(len(columns), -1)
