"""The gate: one page is drawn at a time, and the others wait outside.

Drawing is work in Python, which threads can only take in turns. A crowd of threads that work at
once takes twice as long for the same pages, and then the crowd grows. It must not know Streamlit.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Lets one thread in at a time. patience_s : who has waited so long goes in all the same, so
    that a page which computes for long slows the others down, and stops nobody.
    """

    def __init__(self, patience_s: float = 0.5) -> None:
        self.patience_s = patience_s
        self._free = threading.Lock()
        self._mine = threading.local()  # alone: whether this thread holds the lock; unset outside

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Go in, and out at the end. Who is inside already stays so."""
        if hasattr(self._mine, "alone"):
            yield
            return
        self._enter()
        try:
            yield
        finally:
            self._leave()

    @contextmanager
    def outside(self) -> Iterator[None]:
        """Wait for something, or compute for long, without keeping others out; then go in again."""
        if not hasattr(self._mine, "alone"):
            yield
            return
        self._leave()
        try:
            yield
        finally:
            self._enter()

    def _enter(self) -> None:
        self._mine.alone = self._free.acquire(timeout=self.patience_s)

    def _leave(self) -> None:
        if self._mine.alone:
            self._free.release()
        del self._mine.alone


# The one of this process.
PROCESS = Gate()
