"""Who may train: fair slices of one core, for all visitors of this process.

It must not know Streamlit, nor what is trained. A tick that comes too early waits a moment in a
line. Sent away at once it would come back a whole interval later: a crowd then loses half of its
ticks, and who keeps arriving just behind another starves (tests/kit/test_scheduler.py tries both).
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace

from ui.kit.page_lock import PAGE_LOCK

FILLED = 0.92  # of the share is given out, so that the line stays short
OWED_S = 1.0  # waits in line who was sent away before
A_FEW = 4  # so many can ask at every tick
SELDOM_S = 10.0
A_CROWD = 20  # more leave room for their clicks


@dataclass(eq=False)
class _Place:
    """An ask of one who trains. asked : when. waits : its first one since its last slice.
    sliced : when that began, inf once this ask counts no more. budget_s : what it was given.
    """

    who: str
    asked: float
    waits: float = -math.inf
    sliced: float = -math.inf
    budget_s: float = 0.0


class Scheduler:
    """Slices of one core, one after another, first in first out among those who are asking.

    A slice is given out in line and begins inside the page lock, which keeps them apart. While its
    owner waits at the lock the next one may be given out: on a slow core that wait is long, and a
    line that stood still meanwhile would let most of a crowd go without.

    clock : seconds, never going back. work : the seconds that the caller's thread has worked, by
        which a slice is counted: in a crowd most of its time is waiting. None: the clock.
    share : of one core, the most that all training together takes (and one slice, at any moment);
        less in a crowd, see `share_now`.
    tick_s : how often a page asks when few train; an ask waits for at most half of it.
    outside : where a page waits in line. congestion : how much less often pages should come
        by themselves, and train, for the sake of those who click.
    floor_s, ceiling_s : limits of a budget. patience_s : a place not asked for so long is freed.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        share: float = 0.5,
        tick_s: float = 0.1,
        floor_s: float = 0.002,
        ceiling_s: float = 0.05,
        patience_s: float = 120.0,
        work: Callable[[], float] | None = None,
        outside: Callable[[], AbstractContextManager[None]] = nullcontext,
        congestion: Callable[[], float] = lambda: 1.0,
    ) -> None:
        self._clock, self._work, self._outside = clock, work or clock, outside
        self._congestion = congestion
        self.share, self.tick_s, self.wait_s = share, tick_s, tick_s / 2
        self.floor_s, self.ceiling_s, self.patience_s = floor_s, ceiling_s, patience_s
        self._changed = threading.Condition()  # guards all below, not held while one trains
        self._places: dict[str, _Place] = {}  # who asked longest ago comes first
        self._gone: dict[str, _Place] = {}  # who left lately: coming back is not being new
        self._line: list[_Place] = []  # those whose ask waits at this moment
        self._training: set[str] = set()  # whose slice has begun
        self._free_at = clock()  # no slice is given out before
        self._closed = False

    @contextmanager
    def turn(self, who: str) -> Iterator[float]:
        """Wait for a slice and yield its budget in seconds; 0.0 when it is not `who`'s turn.

        The slice ends with the block, and what it took is what counts. The first call joins.
        """
        with self._outside(), self._changed:
            place = self._arrive(who)
            for wait_s in self._asking(place):
                self._changed.wait(wait_s)
        budget_s, worked = self._enter(place), self._work()
        try:
            yield budget_s
        finally:
            if budget_s:
                self._end(place, self._work() - worked)

    def leave(self, who: str) -> None:
        """Free a place, once its slice is over: nothing moves after it. Not inside `turn`.

        Who comes back has waited as long as before, and had its last slice when it had it.
        """
        with self._changed:
            if place := self._places.pop(who, None):
                self._gone[who] = replace(place, asked=self._clock())
                place.sliced = math.inf
                self._changed.notify_all()
                self._changed.wait_for(lambda: who not in self._training, 2 * self.ceiling_s)

    def close(self) -> None:
        """Give no more slices: the process is about to end. What has begun is finished."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    @property
    def n_training(self) -> int:
        """How many hold a place; those that nobody came back to are freed now."""
        with self._changed:
            oldest = self._clock() - self.patience_s
            for places in (self._places, self._gone):
                while places and next(iter(places.values())).asked <= oldest:
                    del places[next(iter(places))]
            return len(self._places)

    @property
    def crowded(self) -> bool:
        """Whether more than a handful train, so that each is noticeably slower."""
        return self.n_training > 5

    @property
    def interval_s(self) -> float:
        """How often a page should ask: each tick while a few train, then less and less often.

        A tick costs the process several milliseconds besides the slice, mostly for drawing. Forty
        in a second are what it can bear beside the training and the clicks; where it cannot, the
        ticks make room.
        """
        return min(self.tick_s * max(1.0, self.n_training / A_FEW * self._congestion()), SELDOM_S)

    @property
    def share_now(self) -> float:
        """The share of one core to train in: a crowd clicks as well, and clicks go first.

        Where it is too much, pages are drawn half as often first; only then is less trained.
        """
        crowded = min(1.0, math.sqrt(A_CROWD / max(self.n_training, 1)))
        return self.share * crowded / max(self._congestion() / 2, 1.0)

    def other_pace(self, interval_s: float) -> bool:
        """Whether a page that asks at this interval should take up another: half again off."""
        return not interval_s / 1.5 <= self.interval_s <= interval_s * 1.5

    def _arrive(self, who: str) -> _Place:
        """Take `who`'s place with a new ask, last in the order; an older one counts no more."""
        place = _Place(who, self._clock())
        if old := self._places.pop(who, None) or self._gone.pop(who, None):
            place.waits, place.sliced, old.sliced = old.waits, old.sliced, math.inf
            if old in self._line:
                self._changed.notify_all()
        self._places[who] = place
        return place

    def _asking(self, place: _Place) -> Iterator[float]:
        """Stand in line; yield how long to wait before looking again, unless something changes.

        Who asks again before half of the interval has passed is not let in. Holds the lock.
        """
        if self._closed or place.asked - place.sliced < self.interval_s / 2:
            return
        if place.waits <= place.sliced:
            place.waits = place.asked
        until = place.asked + (OWED_S if self._owed(place) else self.wait_s)
        self._line.append(place)
        try:
            while max(now := self._clock(), self._free_at) < until and place.sliced < place.asked:
                if self._closed:
                    break
                if min(self._line, key=lambda one: one.waits) is not place:
                    yield until - now
                elif self._free_at > now:
                    yield self._free_at - now
                else:
                    self._give(place, now)
        finally:
            self._line.remove(place)
            self._changed.notify_all()

    def _owed(self, place: _Place) -> bool:
        """Whether it was sent away an interval ago: it is first in line, and may wait for long."""
        return place.asked - place.waits > self.interval_s / 2

    def _give(self, place: _Place, now: float) -> None:
        """Give a slice: an equal part of the share of one interval, within the limits. The next is
        given when that is only the share of what passed.
        """
        part_s = FILLED * self.share_now * self.interval_s / max(self.n_training, 1)
        place.budget_s = min(max(part_s, self.floor_s), self.ceiling_s)
        place.sliced = now
        self._free_at = max(self._free_at, now) + place.budget_s / self.share_now

    def _enter(self, place: _Place) -> float:
        """Begin the slice and return its budget; 0.0 if none was given, or its owner has left."""
        with self._changed:
            if self._places.get(place.who) is not place:
                return 0.0
            if place.budget_s:
                self._training.add(place.who)
            return place.budget_s

    def _end(self, place: _Place, worked_s: float) -> None:
        """Take the slice back; what it took is what counts, not its budget."""
        with self._changed:
            self._training.discard(place.who)
            self._free_at += (worked_s - place.budget_s) / self.share_now
            self._changed.notify_all()


# The one that all sessions of this process share. A page that is open asks every SELDOM_S at least,
# so a place that has been silent for twice as long belongs to a closed tab.
SCHEDULER = Scheduler(
    patience_s=2 * SELDOM_S, work=time.thread_time, outside=PAGE_LOCK.outside,
    congestion=lambda: PAGE_LOCK.congestion.factor,
)  # fmt: skip
