"""A crowd on a slow core, in a time of its own: whoever trains gets a turn, however slow it is.

One core draws, answers and trains, all inside the page lock, first in first out; what it costs is
multiplied by how slow it is. Scheduler and congestion are the app's own.
"""

import heapq
import itertools
import random
from collections.abc import Callable
from statistics import median

import pytest

from tests.clock import Clock
from ui.kit.page_lock import Congestion
from ui.kit.scheduler import OWED_S, SELDOM_S, Scheduler

ENTER_S, DRAW_S, CLICK_S, PAGE_S = 0.001, 0.006, 0.006, 0.012
"""A tick before and after its slice, a click's answer, a page drawn anew: on a usual core."""


class Hall:
    """n who train and click every 3 s. slices, budgets : when each trained, and for how long."""

    def __init__(self, n: int, slowness: float) -> None:
        self.clock, self.random, self.slowness = Clock(), random.Random(n), slowness
        self.congestion = Congestion(self.clock)
        self.scheduler = Scheduler(clock=self.clock, congestion=lambda: self.congestion.factor)
        self.free_at, self.events, self.order = self.clock.now, [], itertools.count()
        self.waiting: dict[int, object] = {}
        self.every = [0.1] * n
        self.slices: list[list[float]] = [[] for _ in range(n)]
        self.budgets: list[list[float]] = [[] for _ in range(n)]
        for who in range(n):
            self.after(5 * self.random.random(), self.tick, who)
            self.after(5 * self.random.random(), self.click, who)

    def after(self, seconds: float, what: Callable[..., None], *args: object) -> None:
        heapq.heappush(self.events, (self.clock.now + seconds, next(self.order), what, args))

    def inside(self, cost_s: float, then: Callable[..., None], *args: object) -> None:
        """Wait for the lock, work in it so long, and go on."""
        waited_s = max(self.free_at - self.clock.now, 0.0)
        self.free_at = self.clock.now + waited_s + cost_s
        self.after(waited_s, self.congestion.note, waited_s)
        self.after(waited_s + cost_s, then, *args)

    def run(self, seconds: float) -> None:
        end = self.clock.now + seconds
        while self.events[0][0] < end:
            self.clock.now, _, what, args = heapq.heappop(self.events)
            what(*args)
        with self.scheduler._changed:
            for asking in self.waiting.values():
                asking.close()

    def click(self, who: int) -> None:
        self.inside(CLICK_S * self.slowness, self.after, self.random.uniform(1, 5), self.click, who)

    def tick(self, who: int) -> None:
        self.inside(ENTER_S * self.slowness, self.ask, who)

    def ask(self, who: int) -> None:
        with self.scheduler._changed:
            place = self.scheduler._arrive(str(who))
            self.waiting[who] = self.scheduler._asking(place)
        self.look(who)

    def look(self, who: int) -> None:
        """Wait on in line, or go in, with a slice or without one."""
        if who not in self.waiting:
            return
        with self.scheduler._changed:
            wait_s = next(self.waiting[who], None)
        if wait_s is not None:
            self.after(wait_s + 1e-9, self.look, who)
            return
        del self.waiting[who]
        self.wake()
        place = self.scheduler._places[str(who)]
        self.inside(place.budget_s + DRAW_S * self.slowness, self.finish, who, place)

    def finish(self, who: int, place) -> None:
        if place.budget_s:
            self.scheduler._end(place, place.budget_s)
            self.slices[who].append(self.clock.now)
            self.budgets[who].append(place.budget_s)
            self.wake()
        if self.scheduler.other_pace(self.every[who]):
            self.every[who] = self.scheduler.interval_s
            self.inside(PAGE_S * self.slowness, lambda: None)
        self.after(self.every[who] * (1 + 0.02 * self.random.random()), self.tick, who)

    def wake(self) -> None:
        for who in self.waiting:
            self.after(0.0, self.look, who)


@pytest.mark.parametrize("slowness", [1.0, 1.6, 2.5])
@pytest.mark.parametrize("n", [4, 20, 100])
def test_whoever_trains_gets_a_turn(n: int, slowness: float) -> None:
    hall = Hall(n, slowness)
    hall.run(180.0)
    later = [[when for when in mine if when > 160.0] for mine in hall.slices]
    assert all(later), "somebody went without"
    longest = max(b - a for mine in later for a, b in itertools.pairwise(mine))
    assert longest <= 2 * SELDOM_S + OWED_S
    got = [sum(budgets) for budgets in hall.budgets]
    assert min(got) >= 0.5 * median(got)
