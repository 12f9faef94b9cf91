"""Whose turn it is to train, and for how long: one fair share of the machine for everybody.

One process serves all visitors, so training asks here first. It must not know Streamlit, nor
what is trained. A tick that comes too early waits a moment in a line instead of being sent away:
half of the time somebody else is training, and a tick sent away comes back only after its whole
interval. Sent away at once, a session in a crowd misses more than half of its ticks, and one that
keeps arriving just behind another is starved (tests/test_scheduler.py simulates both).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

HANDFUL = 5


@dataclass(eq=False)
class _Place:
    """One who trains. Clock times in seconds.

    asked : its latest ask. unanswered : its first ask since its last slice, None after a slice.
    sliced : when its last slice began. budget_s : what the latest ask was given.
    """

    asked: float
    sliced: float
    unanswered: float | None = None
    budget_s: float = 0.0
    left: bool = False


class Scheduler:
    """Slices of one core, one at a time, first in first out among those who are asking.

    Parameters
    ----------
    clock : seconds, never going back.
    share : of one core, the most that all training together may take.
    tick_s : how often a page asks when few train; an ask waits for at most half of it.
    floor_s, ceiling_s : the least and the most that a slice may be given.
    patience_s : a place that has not asked for so long is free again.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        share: float = 0.5,
        tick_s: float = 0.1,
        floor_s: float = 0.002,
        ceiling_s: float = 0.05,
        patience_s: float = 120.0,
    ) -> None:
        self._clock = clock
        self.share, self.tick_s = share, tick_s
        self.floor_s, self.ceiling_s, self.patience_s = floor_s, ceiling_s, patience_s
        self.wait_s = tick_s / 2
        self._changed = threading.Condition()  # guards all below, never held while one trains
        self._places: dict[str, _Place] = {}  # who asked longest ago comes first
        self._line: list[_Place] = []  # those whose ask is waiting at this moment
        self._slicing: _Place | None = None
        self._free_at = clock()  # no slice begins before

    @contextmanager
    def turn(self, who: str) -> Iterator[float]:
        """Wait for a slice and yield its budget in seconds; 0.0 when it is not `who`'s turn.

        With 0.0 do not train: show what there was. The slice ends with the block, however that
        ends, and what it really took is what counts. The first call takes a place.
        """
        with self._changed:
            place = self._arrive(who)
            for wait_s in self._asking(place):
                self._changed.wait(wait_s)
            budget_s, began = place.budget_s, self._clock()
        try:
            yield budget_s
        finally:
            if budget_s:
                with self._changed:
                    self._end(began)

    def leave(self, who: str) -> None:
        """Free a place: paused, finished or gone; nothing happens when there was none.

        A tick of `who` that waits is sent away, one that trains is waited for (one slice at
        most), so that nothing moves after a pause. Call it outside the block of `turn`.
        """
        with self._changed:
            place = self._places.pop(who, None)
            if place:
                place.left = True
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._slicing is not place, 2 * self.ceiling_s)

    @property
    def n_training(self) -> int:
        """How many hold a place."""
        with self._changed:
            self._forget(self._clock())
            return len(self._places)

    @property
    def crowded(self) -> bool:
        """Whether more than a handful train, so that each is noticeably slower."""
        return self.n_training > HANDFUL

    @property
    def interval_s(self) -> float:
        """How often a page should ask: the tick, and a tenth of it for each who trains."""
        return max(self.tick_s, self.n_training * self.tick_s / 10)

    def _arrive(self, who: str) -> _Place:
        """Take `who`'s place, or a new one, and note that it was asked for."""
        now = self._clock()
        self._forget(now)
        place = self._places.pop(who, None) or _Place(now, now - self.tick_s)
        self._places[who] = place  # last in the order of asking
        place.asked, place.budget_s = now, 0.0
        if place.unanswered is None:
            place.unanswered = now
        return place

    def _asking(self, place: _Place) -> Iterator[float]:
        """Stand in line; yield how long to wait before looking again, unless something changes.

        Ends when the place was given a budget, or when it cannot get one in time.
        """
        until = place.asked + self.wait_s
        self._line.append(place)
        try:
            while self._free_at < until and (now := self._clock()) < until and not place.left:
                head = min(self._line, key=lambda one: one.unanswered)
                if self._slicing or head is not place:
                    yield until - now
                elif self._free_at > now:
                    yield self._free_at - now
                else:
                    self._begin(place, now)
                    return
        finally:
            self._line.remove(place)
            self._changed.notify_all()

    def _begin(self, place: _Place, now: float) -> None:
        """Give a slice: this place's part of the share since its last one, within the limits."""
        part_s = self.share * (now - place.sliced) / max(len(self._places), 1)
        place.budget_s = min(max(part_s, self.floor_s), self.ceiling_s)
        place.sliced, place.unanswered = now, None
        self._slicing = place

    def _end(self, began: float) -> None:
        """Take the slice back; the others wait until its time is the share of what has passed."""
        self._slicing = None
        self._free_at = began + (self._clock() - began) / self.share
        self._changed.notify_all()

    def _forget(self, now: float) -> None:
        """Free the places that nobody came back to."""
        while self._places:
            who, place = next(iter(self._places.items()))
            if now - place.asked < self.patience_s:
                return
            del self._places[who]


PROCESS = Scheduler()
"""The one that all sessions of this process share."""
