"""The recorder: stands in for an array, and writes down what numpy is asked to do with it.

Called with recorders in place of arrays, passes and cells compute nothing: numpy hands each ufunc
and each @ to `__array_ufunc__` (NEP 13), np.stack and np.concatenate to `__array_function__`
(NEP 18), and the call is written down. recording.py makes of that what can be replayed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import lru_cache, partial, wraps
from itertools import accumulate
from operator import attrgetter, itemgetter, methodcaller
from typing import Any

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from rnn_core.cells.base import Array

Shape = tuple[int, ...]
Calls = list[Callable[[], Any]]
KEYS = int, np.integer, slice, type(...), type(None)


class Recorder(NDArrayOperatorsMixin):
    """Stands for an array of a shape and type, without numbers; its `array` comes at the end.

    calls : (function, inputs, result), all that was done. array : its memory, if it was
    given (then it is fixed). of, view : it is view(of), as a part of another, or since it was
    stored there. row : which one, if it is of[row].
    """

    __hash__ = object.__hash__

    of: Any = None
    row: Any = None
    is_part = False

    def __init__(self, calls: list[Any], shape: Shape, dtype: Any, array: Any = None) -> None:
        self.calls, self.shape, self.ndim, self.dtype = calls, shape, len(shape), dtype
        self.array, self.fixed = array, array is not None

    def __len__(self) -> int:
        return self.shape[0]

    def new(self, shape: Shape) -> Recorder:
        """Stands for another array of this type."""
        return Recorder(self.calls, shape, self.dtype)

    def call(self, function: Any, inputs: Any, shape: Shape) -> Recorder:
        """Write down a call; return what stands for its result."""
        self.calls.append((function, inputs, result := self.new(shape)))
        return result

    def part(self, view: Callable[[Array], Array]) -> Recorder:
        """A view of it."""
        shape = view(_stand_in(self.shape, self.dtype.char)).shape
        return self.new(shape).becomes(self, view, is_part=True)

    def becomes(self, of: Recorder, view: Callable[[Array], Array], is_part: bool) -> Recorder:
        """From now on it is view(of): a part, or a result that is stored there."""
        self.of, self.view, self.is_part = of, view, is_part
        return self

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **options: Any) -> Any:
        if method == "reduce" and ufunc in (np.add, np.maximum):
            shape = ufunc.reduce(_stand_in(self.shape, self.dtype.char), **options).shape
            reduce = partial(ufunc.reduce, **options)
            return self.call(lambda x, out: [partial(reduce, x, out=out)], inputs, shape)
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
        is_stack, shape = function is np.stack, parts[0].shape
        axis %= len(shape) + is_stack
        ends = [*accumulate(1 if is_stack else part.shape[axis] for part in parts)]
        whole = self.new((*shape[:axis], ends[-1], *shape[axis + (not is_stack) :]))
        for part, start, stop in zip(parts, (0, *ends), ends, strict=False):
            place = start if is_stack else slice(start, stop)
            whole.store((*(slice(None),) * axis, place), part)
        return whole

    def __getitem__(self, key: Any) -> Recorder:
        for k in key if isinstance(key, tuple) else (key,):
            if not isinstance(k, KEYS):
                raise TypeError(f"indexing by an array cannot be recorded{_caller()}")
        part = self.part(itemgetter(key))
        part.row = key % len(self) if isinstance(key, int) else None
        return part

    def __setitem__(self, key: Any, value: Any) -> None:
        if not self.value.fixed:
            raise TypeError(f"writing into a computed array cannot be recorded{_caller()}")
        self.store(key, value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise TypeError(f"an array's .{name} cannot be recorded{_caller()}")

    def store(self, key: Any, value: Any) -> None:
        """A result is made where it is stored first; elsewhere it is copied."""
        if isinstance(value, Recorder) and value.of is None and not value.fixed:
            value.becomes(self, itemgetter(key), is_part=False)
        else:
            self.calls.append((np.positive, (value,), self[key]))

    @property
    def value(self) -> Recorder:
        """What it is a part of: a result, a whole that results are stored in, or given memory."""
        return self.of.value if self.is_part else self

    @property
    def home(self) -> Recorder:
        """What it lies in at the end: it has memory of its own."""
        return self if self.of is None else self.of.home

    @property
    def T(self) -> Recorder:
        """Transposed."""
        return self.part(attrgetter("T"))

    def reshape(self, *shape: int) -> Recorder:
        """In another shape."""
        return self.part(methodcaller("reshape", *shape, copy=False))


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


@lru_cache(maxsize=256)
def _stand_in(shape: Shape, dtype: str) -> Array:
    """An array that takes no memory."""
    return np.broadcast_to(np.zeros((), dtype), shape)


def _caller() -> str:
    """Which function asked for it: a method of a cell, most often."""
    frame = sys._getframe(1)
    while frame.f_back and ("numpy" in (name := frame.f_code.co_filename) or name == __file__):
        frame = frame.f_back
    return f", in {frame.f_code.co_qualname}, line {frame.f_lineno} of its file"
