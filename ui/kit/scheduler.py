"""Who may draw, and who may train: one page is drawn at a time, and training takes fair slices.

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
    nobody came there is no crowd, and it begins afresh.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.factor = 1
        self._clock, self._mean_s = clock, 0.0
        self._settled = self._noted = clock()

    def note(self, waited_s: float) -> None:
        """Somebody has waited so long."""
        now = self._clock()
        if now - self._noted > SOON_S:
            self.factor, self._mean_s = 1, 0.0
        self._noted = now
        self._mean_s += WEIGHT * (waited_s - self._mean_s)
        if now < self._settled:
            return
        if self._mean_s > CONGESTED_S and self.factor < MOST_SELDOM:
            self.factor, self._settled = self.factor * 2, now + SOON_S
        elif self._mean_s < CALM_S and self.factor > 1:
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


FILLED = 0.92  # of the share is given out, so that the line stays short
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
    """Slices of one core, one at a time, first in first out among those who are asking.

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
        self._slicing: str | None = None
        self._free_at = clock()  # no slice begins before

    @contextmanager
    def turn(self, who: str) -> Iterator[float]:
        """Wait for a slice and yield its budget in seconds; 0.0 when it is not `who`'s turn.

        The slice ends with the block, and what it took is what counts. The first call joins.
        """
        with self._outside(), self._changed:
            place = self._arrive(who)
            for wait_s in self._asking(place):
                self._changed.wait(wait_s)
            budget_s, began, worked = place.budget_s, self._clock(), self._work()
        try:
            yield budget_s
        finally:
            if budget_s:
                with self._changed:
                    self._end(began, self._work() - worked)

    def leave(self, who: str) -> None:
        """Free a place, once its slice is over: nothing moves after it. Not inside `turn`.

        Who comes back has waited as long as before, and had its last slice when it had it.
        """
        with self._changed:
            if place := self._places.pop(who, None):
                self._gone[who] = replace(place, asked=self._clock())
                place.sliced = math.inf
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._slicing != who, 2 * self.ceiling_s)

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
        """The share of one core to train in: a crowd clicks as well, and clicks go first."""
        crowded = min(1.0, math.sqrt(A_CROWD / max(self.n_training, 1)))
        return self.share * crowded / self._congestion()

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
        if place.asked - place.sliced < self.interval_s / 2:
            return
        if place.waits <= place.sliced:
            place.waits = place.asked
        until = place.asked + self.wait_s
        self._line.append(place)
        try:
            while max(now := self._clock(), self._free_at) < until and place.sliced < place.asked:
                if self._slicing or min(self._line, key=lambda one: one.waits) is not place:
                    yield until - now
                elif self._free_at > now:
                    yield self._free_at - now
                else:
                    self._begin(place, now)
        finally:
            self._line.remove(place)
            self._changed.notify_all()

    def _begin(self, place: _Place, now: float) -> None:
        """Give a slice: an equal part of the share of one interval, within the limits."""
        part_s = FILLED * self.share_now * self.interval_s / max(self.n_training, 1)
        place.budget_s = min(max(part_s, self.floor_s), self.ceiling_s)
        place.sliced, self._slicing = now, place.who

    def _end(self, began: float, worked_s: float) -> None:
        """Take the slice back; the next begins when its work is only the share of what passed."""
        self._slicing, self._free_at = None, began + worked_s / self.share_now
        self._changed.notify_all()


# The two that all sessions of this process share. A page that is open asks every SELDOM_S at least,
# so a place that has been silent for twice as long belongs to a closed tab.
PAGE_LOCK = PageLock()
SCHEDULER = Scheduler(
    patience_s=2 * SELDOM_S, work=time.thread_time, outside=PAGE_LOCK.outside,
    congestion=lambda: PAGE_LOCK.congestion.factor,
)  # fmt: skip
