"""Who may draw: one page is drawn at a time, and how long one waits for that says how full it is.

It must not know Streamlit, nor what is drawn.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

CONGESTED_S, CALM_S = 0.06, 0.006
"""Mean seconds at the lock: about 95 % busy, and two thirds busy, with pages of 6 ms."""
WEIGHT = 0.02
"""Of the newest one in that mean."""
SOON_S, LATER_S = 5.0, 30.0
MOST_SELDOM = 8


class Congestion:
    """How much less often than usual pages should come by themselves: 1, 2, 4 or MOST_SELDOM.

    Doubled while it is congested and halved when it has long been calm, with time to settle after
    each: a page that is to come at another interval has to be drawn anew. After SOON_S in which
    nobody came there is no crowd, and it begins afresh. mean_s : what one waits at the lock.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.factor, self.mean_s = 1, 0.0
        self._clock = clock
        self._settled = self._noted = clock()

    def note(self, waited_s: float) -> None:
        """Somebody has waited so long."""
        now = self._clock()
        if now - self._noted > SOON_S:
            self.factor, self.mean_s = 1, 0.0
        self._noted = now
        self.mean_s += WEIGHT * (waited_s - self.mean_s)
        if now < self._settled:
            return
        if self.mean_s > CONGESTED_S and self.factor < MOST_SELDOM:
            self.factor, self._settled = self.factor * 2, now + SOON_S
        elif self.mean_s < CALM_S and self.factor > 1:
            self.factor, self._settled = self.factor // 2, now + LATER_S


class PageLock:
    """Lets one thread in at a time: one page is drawn while the others wait.

    Drawing is work in Python, which threads can only take in turns. A crowd of threads that work at
    once takes twice as long for the same pages, and then the crowd grows.

    patience_s : who has waited so long goes in all the same, so that a page which computes for long
    slows the others down, and stops nobody.
    """

    def __init__(self, patience_s: float = 0.5) -> None:
        self.patience_s, self.congestion = patience_s, Congestion()
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
        came = time.monotonic()
        self._mine.alone = self._free.acquire(timeout=self.patience_s)
        self.congestion.note(time.monotonic() - came)

    def _leave(self) -> None:
        if self._mine.alone:
            self._free.release()
        del self._mine.alone


PAGE_LOCK = PageLock()
"""The one that all sessions of this process share."""
