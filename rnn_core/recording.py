"""Recording: a pass written down once, and replayed for thousands of sequences.

Passes and cells are plain numpy; run on recorders (recorder.py), they write down their calls. What
is not needed is left out; what a step does not need the step before for is done for many steps at
once; and every result gets its place in memory: where it is stored in the end, or where an earlier
result is no longer needed. Replayed, the calls fill these places again; the numbers are the same,
bit for bit.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from copy import copy
from dataclasses import is_dataclass
from functools import partial
from operator import itemgetter
from typing import Any

import numpy as np

from rnn_core.cells.base import Array, Step
from rnn_core.parameters import aligned_zeros
from rnn_core.recorder import Calls, Recorder, Shape

ROUNDED = {np.add, np.subtract, np.multiply, np.divide, np.negative, np.sign}
"""Rounded as IEEE 754 says: a number comes out the same alone and among others."""
NUMBERS = int, float, np.number
NEUTRAL = {(np.add, "-0.0"), (np.multiply, "1"), (np.multiply, "1.0")}
"""What changes no number. Adding 0.0 would change -0.0."""
AT_ONCE = 4096
"""So many numbers stay in the processor's cache until they are used."""
CALL_BYTES = 500
"""About what a call takes, with its views."""


class Recording:
    """What run(*arrays) does, to be replayed on the same arrays with other numbers.

    run : a function of arrays, or of dicts, lists and dataclasses of them. Computed is what it
    returns, what it writes into the arrays (each place once, and not to be read again), and what
    these need; nothing else.
    result : what run returned, with the arrays that each replay fills. n_bytes : about what it
    takes.
    """

    def __init__(self, run: Callable[..., Any], *arrays: Any) -> None:
        calls: list[Any] = []
        given = mapped(arrays, np.ndarray, lambda a: Recorder(calls, a.shape, a.dtype, a))
        returned = run(*given)
        known: list[Recorder] = []
        mapped((given, returned), Recorder, known.append)
        self._calls: Calls = []
        self._filled: list[Array] = []
        needed = _needed(calls, {x.value for x in known})
        kept = {x.home for x in known}
        self._bind(_at_once(needed, kept), kept)
        self.result: Any = mapped(returned, Recorder, _placed)
        calls.clear()  # recorders know the calls, and the calls their recorders
        whole = {id(one): one.nbytes for one in map(_whole, self._filled)}
        self.n_bytes = sum(whole.values()) + CALL_BYTES * len(self._calls)

    def replay(self) -> None:
        """Make all calls, in order."""
        for call in self._calls:
            call()

    def after(self, array: Array, put: Callable[[], Any]) -> None:
        """From now on, call `put` whenever a call has written to `array`: an intervention."""
        for i in reversed(range(len(self._calls))):
            if np.may_share_memory(self._filled[i], array):
                self._calls.insert(i + 1, put)
                self._filled.insert(i + 1, self._filled[i])

    def _bind(self, calls: list[Any], kept: set[Recorder]) -> None:
        """Give each result its place, and bind each call to its arrays."""
        homes = [[x.home for x in (*inputs, result) if isinstance(x, Recorder)]
                 for _, inputs, result in calls]  # fmt: skip
        last = {home: i for i, here in enumerate(homes) for home in here}
        free: dict[Shape, list[Array]] = {}
        spare: set[Recorder] = set()
        for i, ((function, inputs, result), here) in enumerate(zip(calls, homes, strict=True)):
            home, ended = here[-1], {x for x in here if last[x] == i}
            if len(here) == 1 and not home.fixed:  # a start at zero, say: written once, it stays
                kept.add(home)
                _placed(result)[...] = inputs[0]
                continue
            if isinstance(function, np.ufunc) and function is not np.matmul:  # number by number
                spare |= ended
            for x in spare - kept:
                free.setdefault(x.shape, []).append(_placed(x))
            spare = ended - spare
            if home.array is None and home not in kept and free.get(home.shape):
                home.array = free[home.shape].pop()
            out = _placed(result)
            bound = _bound(function, [_placed(x) for x in inputs], out)
            self._calls += bound
            self._filled += [out] * len(bound)


def mapped(value: Any, kind: type, change: Callable[[Any], Any]) -> Any:
    """value, with change(x) for each x of a kind in its lists, tuples, dicts and dataclasses."""
    if isinstance(value, kind):
        return change(value)
    if isinstance(value, dict):
        return {key: mapped(x, kind, change) for key, x in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(mapped(x, kind, change) for x in value)
    if isinstance(value, Step) or is_dataclass(value):
        twin = copy(value)
        vars(twin).update(mapped(vars(value), kind, change))
        return twin
    return value


def _needed(calls: list[Any], wanted: set[Recorder]) -> list[Any]:
    """The calls that fill what is wanted, and those that these need."""
    needed = []
    for function, inputs, result in reversed(calls):
        whole = result.of
        while not (whole is None or whole in wanted):
            whole = whole.of
        if whole is None:  # where it is stored is not wanted
            result.of = None
        if whole is not None or result in wanted:
            wanted.update([x.value for x in inputs if isinstance(x, Recorder)])
            needed.append((function, inputs, result))
    return needed[::-1]


def _at_once(calls: list[Any], kept: set[Recorder]) -> list[Any]:
    """Make in one call, for many steps, what each step computes of rows that are there before,
    such as 1 - h_t^2 of all h. Leave out what changes no number.
    """
    left: list[Any] = [None] * len(calls)
    done = {result.home: i for i, (_, _, result) in enumerate(calls)}
    groups: dict[Any, tuple[int, Recorder, dict[int, Any]]] = {}
    for i, call in enumerate(calls):
        function, inputs, result = left[i] = call
        if function not in ROUNDED or result in kept or result.of is not None:
            continue
        rows = [x for x in inputs if isinstance(x, Recorder)]
        numbers = [str(x) for x in inputs if isinstance(x, NUMBERS)]
        if rows[0].shape == result.shape and (function, *numbers) in NEUTRAL:
            result.becomes(rows[0], itemgetter(...), is_part=True)
            left[i] = None
        elif len(rows) + len(numbers) == len(inputs) and all(
            x.row is not None and x.ndim == result.ndim and done.get(x.home, -1) < i for x in rows
        ):
            t, n = rows[0].row, max(AT_ONCE // math.prod(result.shape), 1)
            key = function, t // n, *numbers, *((id(x.of), x.row - t) for x in rows)
            whole = result.new((min(n, len(rows[0].of)), *result.shape))
            first, whole, made = groups.setdefault(key, (i, whole, {}))
            done[whole], made[t], left[i] = first, call, None
            result.becomes(whole, itemgetter(t % n), is_part=True).row = t % n
    for first, _, made in groups.values():
        left[first] = _for_all_steps(made)
    return [call for call in left if call is not None]


def _placed(x: Any) -> Any:
    """The memory of x; as it is, if it is no recorder."""
    if not isinstance(x, Recorder):
        return x
    if x.array is None:
        x.array = aligned_zeros(x.shape, x.dtype) if x.of is None else x.view(_placed(x.of))
    return x.array


def _for_all_steps(made: dict[int, Any]) -> Any:
    """One call in place of those of many steps t: from row + a to row + b in place of one row."""
    t, (function, inputs, result) = next(iter(made.items()))
    a, b = min(made) - t, max(made) - t + 1
    inputs = [x.of[x.row + a : x.row + b] if isinstance(x, Recorder) else x for x in inputs]
    return function, inputs, result.of[result.row + a : result.row + b]


def _bound(function: Any, inputs: list[Any], out: Array) -> Calls:
    """The call with its arrays, in the form in which numpy makes it quickest."""
    if function is np.matmul:
        if out.ndim == 3 and len(out) == 1:
            *inputs, out = (x[0] if x.ndim == 3 else x for x in (*inputs, out))
        # none may be turned round
        if out.ndim == 2 and out.flags.c_contiguous and all(min(x.strides) >= 0 for x in inputs):
            return [partial(inputs[0].dot, inputs[1], out)]
        return [partial(function, *inputs, out)]
    if not isinstance(function, np.ufunc):
        return list(function(*inputs, out=out))
    inputs = [x if isinstance(x, np.ndarray) else np.asarray(x, out.dtype) for x in inputs]
    if 1 in out.shape:  # 0-d arrays are quicker than numbers, and so is 1-d
        *inputs, out = (_without_ones(x, out.shape) for x in (*inputs, out))
    inputs = [out if _is_same(x, out) else x for x in inputs]  # quicker, in place
    if function in (np.maximum, np.minimum):  # which take a third array by name only
        return [partial(function, *inputs, out=out)]
    return [partial(function, *inputs, out)]


def _whole(array: Array) -> Array:
    """The array that owns the memory of a view."""
    return array if array.base is None else array.base


def _is_same(x: Array, other: Array) -> bool:
    """Whether both are the same numbers in memory, though not the same object."""
    return x.base is other.base and x.__array_interface__ == other.__array_interface__


def _without_ones(array: Array, shape: Shape) -> Array:
    """A view without the axes along which the result has length 1."""
    ones = (i for i, n in enumerate(shape, -len(shape)) if n == 1 and i >= -array.ndim)
    return array.squeeze(tuple(ones))
