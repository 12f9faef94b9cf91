"""A budget of time, for whoever works in slices."""

from __future__ import annotations

import time

PATIENCE = 4


class Budget:
    """So many seconds that the processor works for this thread; None: no end.

    Where many share a machine most of a slice is waiting, which is not the slice's doing. But
    no slice takes more than PATIENCE times as long by the clock.
    """

    def __init__(self, seconds: float | None) -> None:
        self.seconds = seconds
        self._began, self._worked = time.perf_counter(), time.thread_time()

    @property
    def spent(self) -> bool:
        """Whether it is over: the clock is asked first, it costs a fifth of the other."""
        if self.seconds is None or (passed := time.perf_counter() - self._began) < self.seconds:
            return False
        worked = time.thread_time() - self._worked
        return worked >= self.seconds or passed >= PATIENCE * self.seconds
