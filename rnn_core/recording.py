"""Recording: a pass written down once, and replayed for thousands of sequences.

Passes and cells are plain numpy. Called with recorders in place of arrays they compute nothing:
numpy hands each ufunc and each @ to `__array_ufunc__` (NEP 13), np.stack and np.concatenate to
`__array_function__` (NEP 18), and the call is written down. Then every result gets its place in
memory: where it is stored in the end, or where an earlier result is no longer needed. Replayed,
the calls fill these places again; the numbers are the same, bit for bit.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from copy import copy
from dataclasses import is_dataclass
from functools import lru_cache, partial, wraps
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from rnn_core.cells.base import Array
from rnn_core.parameters import aligned_zeros

Shape = tuple[int, ...]
Calls = list[Callable[[], Any]]
REDUCTIONS = np.add.reduce, np.maximum.reduce


class Recorder(NDArrayOperatorsMixin):
    """Stands for an array like `like`: its shape and type, no numbers; `array` comes at the end.

    calls : (function, inputs, result, options), all that was done. of, view : it is view(of), as a
    part of another, or since it was stored there. fixed : like is its memory.
    """

    __hash__ = object.__hash__

    def __init__(self, calls: list[Any], like: Array, fixed: bool = False) -> None:
        self.calls, self.like, self.fixed, self.is_part = calls, like, fixed, False
        self.shape, self.ndim, self.dtype = like.shape, like.ndim, like.dtype
        self.array: Any = like if fixed else None
        self.of: Any = None
        self.home: Any = None
        self.view: Any = None

    def __len__(self) -> int:
        return len(self.like)

    def new(self, shape: Shape) -> Recorder:
        """Stands for another array of this type."""
        return Recorder(self.calls, _stand_in(shape, self.dtype))

    def call(self, function: Any, inputs: Any, shape: Shape, **options: Any) -> Recorder:
        """Write down a call; return what stands for its result."""
        self.calls.append((function, inputs, result := self.new(shape), options))
        return result

    def part(self, view: Callable[[Array], Array]) -> Recorder:
        """A view of it."""
        part = Recorder(self.calls, view(self.like))
        part.is_part, part.of, part.view = True, self, view
        return part

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        if method == "reduce" and ufunc.reduce in REDUCTIONS:
            shape = ufunc.reduce(self.like, **options).shape
            return self.call(ufunc.reduce, inputs, shape, **options)
        if method != "__call__" or options or ufunc.nout > 1:
            raise TypeError(f"np.{ufunc.__name__} cannot be recorded like this{_caller()}")
        shapes = [x.shape for x in inputs if hasattr(x, "shape")]
        if ufunc is np.matmul:
            (*one, rows, _), (*other, _, columns) = shapes
            return self.call(ufunc, inputs, (*(one or other), rows, columns))
        same = shapes.count(shapes[0]) == len(shapes)
        return self.call(ufunc, inputs, shapes[0] if same else np.broadcast_shapes(*shapes))

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> Recorder:
        if function not in (np.stack, np.concatenate):
            raise TypeError(f"np.{function.__name__} cannot be recorded{_caller()}")
        parts, axis = (*args, options.get("axis", 0))[:2]
        whole = self.new(function([_stand_in(p.shape, self.dtype) for p in parts], axis).shape)
        start, axis = 0, axis % whole.ndim
        for part in parts:
            stop = start + (1 if function is np.stack else part.shape[axis])
            place = start if function is np.stack else slice(start, stop)
            whole.store((slice(None),) * axis + (place,), part)
            start = stop
        return whole

    def __getitem__(self, key: Any) -> Recorder:
        if any(isinstance(k, Recorder | list | np.ndarray) for k in np.index_exp[key]):
            raise TypeError(f"indexing by an array cannot be recorded{_caller()}")
        return self.part(lambda array: array[key])

    def __setitem__(self, key: Any, value: Any) -> None:
        if not _value(self).fixed:
            raise TypeError(f"writing into a computed array cannot be recorded{_caller()}")
        self.store(key, value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise TypeError(f"an array's .{name} cannot be recorded{_caller()}")

    def store(self, key: Any, value: Any) -> None:
        """A result is made where it is stored first; elsewhere it is copied."""
        place = self[key]
        if isinstance(value, Recorder) and value.of is None and not value.fixed:
            value.of, value.view = self, place.view
        else:
            self.calls.append((np.positive, (value,), place, {}))

    @property
    def T(self) -> Recorder:
        """Transposed."""
        return self.part(lambda array: array.T)

    def transpose(self, *axes: int) -> Recorder:
        """With its axes in another order."""
        return self.part(lambda array: array.transpose(*axes))

    def reshape(self, *shape: int) -> Recorder:
        """In another shape."""
        return self.part(lambda array: array.reshape(*shape, copy=False))


class Recording:
    """What run(*arrays) does, to be replayed on the same arrays with other numbers.

    run : a function of arrays, or of dicts, lists and dataclasses of them. Computed is what it
    returns, what it writes into the arrays (each place once, and not to be read again), and what
    these need; nothing else.
    result : what run returned, with the arrays that each replay fills.
    """

    def __init__(self, run: Callable[..., Any], *arrays: Any) -> None:
        calls: list[Any] = []
        given = mapped(arrays, np.ndarray, lambda array: Recorder(calls, array, fixed=True))
        returned = run(*given)
        results: list[Recorder] = []
        mapped(returned, Recorder, results.append)
        self._calls: Calls = []
        self._filled: list[Array] = []
        self._wanted = {_value(result) for result in results}
        kept = set(self._wanted)
        needed = [call for call in reversed(calls) if self._is_needed(*call)]
        self._bind(needed[::-1], {self._home(value) for value in kept})
        self.result: Any = mapped(returned, Recorder, self._placed)
        del self._wanted

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

    def _is_needed(self, _: Any, inputs: Any, result: Recorder, __: Any) -> bool:
        """Whether something wanted holds the result; then its inputs are wanted as well."""
        around: Any = result
        while around is not None and not (around.fixed or around in self._wanted):
            around = around.of
        if around is not None:
            self._wanted.update(_value(x) for x in inputs if isinstance(x, Recorder))
        return around is not None

    def _bind(self, calls: list[Any], kept: set[Recorder]) -> None:
        """Give each result its place, and bind each call to its arrays."""
        homes = [{self._home(x) for x in (*inputs, result) if isinstance(x, Recorder)}
                 for _, inputs, result, _ in calls]  # fmt: skip
        last = {home: i for i, here in enumerate(homes) for home in here}
        free: dict[Shape, list[Array]] = {}
        for i, (function, inputs, result, options) in enumerate(calls):
            home = self._home(result)
            constant = not home.fixed and not any(isinstance(x, Recorder) for x in inputs)
            if constant:  # a start at zero, say: it is written once, and stays
                kept.add(home)
            if home.array is None and home not in kept and free.get(home.shape):
                home.array = free[home.shape].pop()
            out = self._placed(result)
            bound = _bound(function, [self._placed(x) for x in inputs], out, options)
            if constant:
                bound[0]()
            else:
                self._calls += bound
                self._filled += [out] * len(bound)
            for ended in homes[i] - kept:
                if last[ended] == i and not ended.fixed:
                    free.setdefault(ended.shape, []).append(self._placed(ended))

    def _home(self, x: Recorder) -> Any:
        """What x lies in: the outermost that is wanted or fixed, or else its own value."""
        if x.home is None:
            around = x if x.of is None else self._home(x.of)
            held = x.is_part or around.fixed or around in self._wanted
            x.home = around if held else x
        return x.home

    def _placed(self, x: Any) -> Any:
        """The memory of x; as it is, if it is no recorder."""
        if not isinstance(x, Recorder):
            return x
        if x.array is None:
            at_home = x is self._home(x)
            x.array = aligned_zeros(x.shape, x.dtype) if at_home else x.view(self._placed(x.of))
        return x.array


def recordable(shape: Callable[..., Shape]) -> Callable[[Callable[..., Calls]], Any]:
    """Make of function(*arrays, out), which returns the calls that fill out, one that returns a
    new array of this shape and the first one's type: for what no ufunc does.
    """

    def decorate(function: Callable[..., Calls]) -> Any:
        @wraps(function)
        def call(*arrays: Any) -> Any:
            if isinstance(arrays[0], Recorder):
                return arrays[0].call(function, arrays, shape(*arrays))
            out = np.zeros(shape(*arrays), arrays[0].dtype)
            for fill in function(*arrays, out=out):
                fill()
            return out

        return call

    return decorate


def mapped(value: Any, kind: type, change: Callable[[Any], Any]) -> Any:
    """value, with change(x) for each x of a kind in its lists, tuples, dicts and dataclasses."""
    if isinstance(value, kind):
        return change(value)
    if isinstance(value, dict):
        return {key: mapped(x, kind, change) for key, x in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(mapped(x, kind, change) for x in value)
    if isinstance(value, SimpleNamespace) or is_dataclass(value):
        twin = copy(value)
        vars(twin).update(mapped(vars(value), kind, change))
        return twin
    return value


@lru_cache(maxsize=256)
def _stand_in(shape: Shape, dtype: np.dtype[Any]) -> Array:
    """An array that takes no memory."""
    return np.broadcast_to(np.zeros((), dtype), shape)


def _value(x: Recorder) -> Recorder:
    """What x is a part of: a result, a whole that results are stored in, or given memory."""
    while x.is_part:
        x = x.of
    return x


def _bound(function: Any, inputs: list[Any], out: Array, options: dict[str, Any]) -> Calls:
    """The call with its arrays, in the form in which numpy makes it quickest."""
    axis = options.get("axis", 0)
    if function is np.matmul:
        if out.ndim == 3 and len(out) == 1:
            *inputs, out = (x[0] if x.ndim == 3 else x for x in (*inputs, out))
        turned_round = any(stride < 0 for x in inputs for stride in x.strides)
        if out.ndim == 2 and out.flags.c_contiguous and not turned_round:
            return [partial(inputs[0].dot, inputs[1], out)]
        return [partial(np.matmul, *inputs, out)]
    if isinstance(function, np.ufunc):  # 0-d arrays are quicker than numbers, and so is 1-d
        inputs = [x if isinstance(x, np.ndarray) else np.asarray(x, out.dtype) for x in inputs]
        *flat, place = (_without_ones(x, out.shape) for x in (*inputs, out))
        by_name = function in (np.maximum, np.minimum)  # which take a third array by name only
        return [partial(function, *flat, out=place) if by_name else partial(function, *flat, place)]
    if function not in REDUCTIONS:
        return list(function(*inputs, out=out))
    if inputs[0].shape[axis] == 1:  # nothing to reduce
        return [partial(np.positive, inputs[0].reshape(out.shape), out)]
    return [partial(function, inputs[0], axis, None, out, options.get("keepdims", False))]


def _without_ones(array: Array, shape: Shape) -> Array:
    """A view without the axes along which the result has length 1."""
    if array.ndim == 0 or 1 not in shape:
        return array
    padded = array.reshape((1,) * (len(shape) - array.ndim) + array.shape)
    return padded[(*(0 if length == 1 else slice(None) for length in shape), ...)]


def _caller() -> str:
    """Which function asked for it: a method of a cell, most often."""
    frame = sys._getframe(1)
    while frame.f_back and ("numpy" in (name := frame.f_code.co_filename) or name == __file__):
        frame = frame.f_back
    return f", in {frame.f_code.co_qualname}, line {frame.f_lineno} of its file"
