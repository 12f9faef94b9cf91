"""How this process holds its memory: what is loaded for good, one heap for all threads, and what is
free goes back to the system.

It must not know what is held: caches and visitors' own things are bounded in bounded.py.
"""

from __future__ import annotations

import ctypes
import functools
import gc
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module

FULL_ROUND_AFTER = 300
"""Middle rounds of the garbage collector: with a full hall some 80 seconds."""
YOUNGEST, EVERY_S = 0, 60.0
ARENA_MAX = -8
"""glibc's number for the option in <malloc.h>: how many heaps."""


@functools.cache
def settle() -> None:
    """Once, after the imports: take all that is loaded out of the garbage collector's rounds, and
    make its full ones rare. With 300 visitors a full one halts everybody for a quarter of a second.

    Streamlit's first text box loads pandas: whoever draws with Plotly meanwhile meets half of it.
    """
    one_heap()
    import_module("pandas")
    gc.collect()
    gc.freeze()
    gc.set_threshold(*gc.get_threshold()[:2], FULL_ROUND_AFTER)
    gc.callbacks.append(GiveBack())


def one_heap() -> None:
    """Let new threads share the heaps that there are.

    glibc makes eight for each core, and what is free in one is of no use to a thread of another:
    with a thread for each run of a page 110 of 400 MB lay idle, and more each minute. Python's
    threads take turns, so they would not gain by heaps of their own.
    """
    _glibc("mallopt", ARENA_MAX, 1)


class GiveBack:
    """After a round of the garbage collector, once in a while: what is free goes back to the
    system. Networks come and go, and leave holes in a heap that the next ones do not fit into.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._due = clock, clock() + EVERY_S

    def __call__(self, phase: str, info: Mapping[str, int]) -> None:
        """As gc.callbacks wants it."""
        if phase == "stop" and info["generation"] > YOUNGEST and self._clock() >= self._due:
            self._due = self._clock() + EVERY_S
            _glibc("malloc_trim", 0)


def _glibc(function: str, *numbers: int) -> None:
    """Call it, where the C library is glibc; others have no such function and no such need."""
    with suppress(AttributeError, OSError, TypeError):
        getattr(ctypes.CDLL(None), function)(*numbers)
