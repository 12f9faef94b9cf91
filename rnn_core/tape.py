"""Tapes: a pass as a list of calls, made at once, or written down and played again and again.

What a pass does never depends on the numbers in its arrays, only on their shapes. So a cell
*says* which calls it makes, function first, arguments after, what is filled last:

    yield W_hh.dot, before["h"], a          a = W_hh h_{t-1}
    yield np.add, a, now["x"], a            a = a + (W_xh x_t + b_h)

(np.positive copies.) Who looks at one sentence makes the calls as they are said. Training binds
them to their arrays once, before the first word is read, and plays the same tape for thousands of
sentences: nothing is looked up any more.
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


def make(calls: Iterable[Call]) -> None:
    """Make each call as it is said."""
    for call in calls:
        call[0](*call[1:])


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


def in_rows(array: Array, room: Array | None = None) -> Generator[Call, None, Array]:
    """(T, R, B) as (T B, R), all words of all sentences as rows; a view where B = 1.

    room : such rows that are no longer needed.
    """
    turned = array.transpose(0, 2, 1)
    if array.shape[2] == 1:
        return turned[:, 0]
    rows = np.zeros((turned[..., 0].size, array.shape[1]), array.dtype) if room is None else room
    yield np.positive, turned, rows.reshape(turned.shape)
    return rows
