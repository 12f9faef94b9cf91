"""The scheduler, in a time of its own: fair, bounded, and it forgets who has gone.

`simulate` plays pages that tick, with jitter, against the scheduler's own line; only the waiting
is replaced by an event queue.
"""

import heapq
import itertools
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

import pytest

from tests.clock import Clock
from ui.kit.page_lock import PAGE_LOCK, PageLock
from ui.kit.scheduler import A_CROWD, A_FEW, SCHEDULER, Scheduler


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def scheduler(clock: Clock) -> Scheduler:
    return Scheduler(clock=clock)


def train(scheduler: Scheduler, clock: Clock, who: str, seconds: float = 0.0) -> float:
    """One tick of `who` that trains so long if it may; return its budget."""
    with scheduler.turn(who) as budget_s:
        if budget_s:
            clock.now += seconds
    return budget_s


@dataclass
class Played:
    """What sessions got. got : seconds of slices, greedy one last; slices : (who, from, to)."""

    seconds: float
    got: list[float]
    slices: list[tuple[int, float, float]]

    @property
    def used(self) -> float:
        """Part of one core."""
        return sum(self.got) / self.seconds

    @property
    def slowest(self) -> float:
        """The slowest session's training, as a part of the median's."""
        return min(self.got) / median(self.got)


class Play:
    """Sessions that tick every `interval_s` and a little; the last one ten times as often."""

    def __init__(
        self, n: int, interval_s: float, jitter_s: float, greedy: bool, wait_s: float | None
    ) -> None:
        self.clock, self.random = Clock(), random.Random(n)
        self.scheduler = Scheduler(clock=self.clock)
        if wait_s is not None:
            self.scheduler.wait_s = wait_s
        self.jitter_s = jitter_s
        self.every = [interval_s] * (n - 1) + [interval_s / 10 if greedy else interval_s]
        self.timer = [self.clock.now + self.random.random() * interval_s for _ in range(n)]
        self.events: list = []
        self.order = itertools.count()  # breaks ties
        self.waiting: dict = {}
        self.got, self.slices = [0.0] * n, []

    def at(self, when: float, what, who: int) -> None:
        heapq.heappush(self.events, (when, next(self.order), what, who))

    def run(self, seconds: float) -> Played:
        """Play so long."""
        for who, when in enumerate(self.timer):
            self.at(when, self.tick, who)
        end = self.clock.now + seconds
        while self.events[0][0] < end:
            when, _, what, who = heapq.heappop(self.events)
            self.clock.now = max(self.clock.now, when)
            with self.scheduler._changed:
                what(who)
        with self.scheduler._changed:
            for asking in self.waiting.values():
                asking.close()
        return Played(seconds, self.got, self.slices)

    def tick(self, who: int) -> None:
        place = self.scheduler._arrive(str(who))
        self.waiting[who] = self.scheduler._asking(place)
        self.look(who)

    def look(self, who: int) -> None:
        """Wait on, or train, or be sent away."""
        if who not in self.waiting:
            return
        wait_s = next(self.waiting[who], None)
        if wait_s is not None:
            return self.at(self.clock.now + wait_s + 1e-9, self.look, who)
        del self.waiting[who]
        self.wake()
        budget_s = self.scheduler._places[str(who)].budget_s
        if not budget_s:
            return self.rest(who)
        took_s = budget_s * (1 + 0.02 * self.random.random()) + 0.0003 * self.random.random()
        self.got[who] += took_s
        self.slices.append((who, self.clock.now, self.clock.now + took_s))
        return self.at(self.clock.now + took_s, self.finish, who)

    def finish(self, who: int) -> None:
        _, began, ended = self.slices[-1]
        self.scheduler._end(self.scheduler._places[str(who)], ended - began)
        self.wake()
        self.rest(who)

    def wake(self) -> None:
        for who in self.waiting:
            self.at(self.clock.now, self.look, who)

    def rest(self, who: int) -> None:
        """Until the timer's next tick; ticks that were missed meanwhile become one."""
        self.timer[who] += self.every[who]
        while self.timer[who] < self.clock.now - self.every[who]:
            self.timer[who] += self.every[who]
        jitter_s = self.random.random() * self.jitter_s
        self.at(max(self.clock.now, self.timer[who] + jitter_s), self.tick, who)


def simulate(
    n: int,
    seconds: float = 120.0,
    interval_s: float | None = None,
    jitter_s: float = 0.01,
    greedy: bool = False,
    wait_s: float | None = None,
) -> Played:
    """Play n sessions at the interval that the scheduler recommends, or another one."""
    return Play(n, interval_s or max(0.1, 0.1 * n / A_FEW), jitter_s, greedy, wait_s).run(seconds)


def share(n: int) -> float:
    """The part of one core that n sessions train in: with clicks to answer, a crowd has less."""
    return 0.5 * min(1.0, (A_CROWD / n) ** 0.5)


@pytest.mark.parametrize("greedy", [False, True], ids=["alike", "one greedy"])
@pytest.mark.parametrize("n", [2, 5, 20, 100, 200])
def test_nobody_starves(n: int, greedy: bool) -> None:
    played = simulate(n, greedy=greedy)
    assert played.slowest >= 0.25
    assert played.used >= 0.7 * share(n)


def test_who_asks_ten_times_as_often_gets_at_most_double() -> None:
    played = simulate(100, greedy=True)
    assert played.got[-1] <= 2.1 * median(played.got)


def test_pages_that_tick_too_often_are_served_as_fairly() -> None:
    played = simulate(100, seconds=20.0, interval_s=0.1)
    assert played.slowest >= 0.25


def test_one_alone_gets_nearly_all_that_there_is() -> None:
    assert simulate(1).used >= 0.9 * 0.5


@pytest.mark.parametrize("n", [2, 20, 100])
def test_waiting_a_moment_beats_being_sent_away(n: int) -> None:
    assert simulate(n).used > 1.2 * simulate(n, wait_s=1e-7).used


@pytest.mark.parametrize("n", [1, 5, 20, 100])
def test_no_stretch_of_time_has_more_than_the_share_and_one_slice(n: int) -> None:
    slices = simulate(n, seconds=20.0).slices
    for first, (_, begins, _) in enumerate(slices):
        taken = 0.0
        for _, began, ended in slices[first : first + 200]:
            taken += ended - began
            assert taken <= 0.5 * (ended - begins) + (ended - began) + 1e-9


@pytest.mark.parametrize("n", [5, 100])
def test_slices_do_not_overlap(n: int) -> None:
    slices = simulate(n, seconds=20.0).slices
    assert all(a[2] <= b[1] for a, b in itertools.pairwise(slices))


BUSY_S = 0.03
"""So long nobody is given a slice, which is less than an ask waits."""


@pytest.fixture
def stand(scheduler: Scheduler) -> Iterator:
    """Let these ask, in this order, and wait."""
    everybody = []

    def asking(*names: str) -> list:
        line = [scheduler._asking(scheduler._arrive(name)) for name in names]
        everybody.extend(line)
        assert all(next(asking) > 0 for asking in line)
        return line

    yield asking
    with scheduler._changed:
        for asking in everybody:
            asking.close()


def test_first_in_first_out(scheduler: Scheduler, clock: Clock, stand) -> None:
    with scheduler._changed:
        scheduler._free_at = clock() + BUSY_S
        line = stand("a", "b", "c")
        clock.now = scheduler._free_at
        assert [next(asking, None) is None for asking in reversed(line)] == [False, False, True]
        assert scheduler._places["a"].budget_s > 0


@pytest.mark.parametrize("left", [False, True], ids=["stayed", "left meanwhile"])
def test_who_was_sent_away_keeps_its_place_in_the_line(
    scheduler: Scheduler, clock: Clock, stand, left: bool
) -> None:
    with scheduler._changed:
        scheduler._free_at = clock() + BUSY_S
        (old,) = stand("old")
        clock.now += scheduler.wait_s
        assert next(old, None) is None
    if left:
        scheduler.leave("old")
        assert scheduler.n_training == 0
    with scheduler._changed:
        scheduler._free_at = clock() + BUSY_S
        new, old = stand("new", "old")
        clock.now = scheduler._free_at
        assert next(new, None) is not None
        assert next(old, None) is None
        assert scheduler._places["old"].budget_s > 0


def test_leaving_and_coming_back_is_no_way_to_the_front(scheduler: Scheduler, clock: Clock) -> None:
    assert train(scheduler, clock, "eager", 0.001)
    clock.now += scheduler.interval_s / 4
    scheduler.leave("eager")
    assert not train(scheduler, clock, "eager")
    clock.now += scheduler.interval_s / 4
    assert train(scheduler, clock, "eager")


def test_who_left_is_forgotten_in_the_end(scheduler: Scheduler, clock: Clock) -> None:
    for n in range(9):
        train(scheduler, clock, f"guest {n}", 0.001)
        scheduler.leave(f"guest {n}")
        clock.now += scheduler.patience_s / 4
    assert scheduler.n_training == 0
    assert 0 < len(scheduler._gone) <= 4


def test_a_head_that_never_comes_back_holds_nobody_up(
    scheduler: Scheduler, clock: Clock, stand
) -> None:
    with scheduler._changed:
        scheduler._free_at = clock() + BUSY_S
        (gone,) = stand("gone")
        clock.now += scheduler.wait_s
        assert next(gone, None) is None
    assert train(scheduler, clock, "b") > 0


@pytest.mark.parametrize(
    ("n", "budget_s"),
    [(1, 0.046), (2, 0.023), (10, 0.0115), (20, 0.0115), (80, 0.00575), (200, 0.00363662)],
)
def test_the_budget_is_an_equal_part(
    scheduler: Scheduler, clock: Clock, n: int, budget_s: float
) -> None:
    for i in range(n - 1):
        scheduler._arrive(str(i))
    assert train(scheduler, clock, "me") == pytest.approx(budget_s)


def test_a_page_waits_in_line_outside_the_gate_and_trains_inside() -> None:
    order = []

    @contextmanager
    def outside() -> Iterator[None]:
        order.append("out")
        yield
        order.append("in")

    with Scheduler(outside=outside).turn("a") as budget_s:
        order.append("slice" if budget_s else "nothing")
    assert order == ["out", "in", "slice"]
    assert SCHEDULER._outside == PAGE_LOCK.outside


@pytest.mark.parametrize("n", [1, 4, 8, 40])
@pytest.mark.parametrize("factor", [2, 4])
def test_in_a_jam_all_ask_less_often_first_and_then_train_less(
    clock: Clock, n: int, factor: int
) -> None:
    calm, jammed = Scheduler(clock=clock), Scheduler(clock=clock, congestion=lambda: factor)
    for i in range(n):
        calm._arrive(str(i))
        jammed._arrive(str(i))
    wanted_s = max(jammed.tick_s, 0.1 * n / A_FEW * factor)
    assert jammed.interval_s == pytest.approx(wanted_s)
    assert jammed.interval_s >= calm.interval_s
    assert jammed.share_now == pytest.approx(calm.share_now / (factor / 2))


def test_the_process_listens_to_its_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PAGE_LOCK.congestion, "factor", 4)
    assert SCHEDULER.share_now == SCHEDULER.share / 2


def test_floor_and_ceiling(clock: Clock) -> None:
    assert train(Scheduler(clock=clock, ceiling_s=0.01), clock, "a") == 0.01
    assert train(Scheduler(clock=clock, share=0.001), clock, "a") == 0.002


def test_what_it_really_took_counts(scheduler: Scheduler, clock: Clock) -> None:
    began = clock()
    train(scheduler, clock, "a", 0.5)  # far more than the budget
    clock.now = began + 0.9
    assert train(scheduler, clock, "b") == 0.0
    clock.now = began + 1.0
    assert train(scheduler, clock, "b") > 0


def test_too_early_is_not_let_in(scheduler: Scheduler, clock: Clock) -> None:
    assert train(scheduler, clock, "a", 0.001) > 0
    clock.now += 0.04
    assert train(scheduler, clock, "a") == 0.0
    clock.now += 0.06
    assert train(scheduler, clock, "a") > 0


def test_places_are_counted_and_freed(scheduler: Scheduler, clock: Clock) -> None:
    assert scheduler.n_training == 0
    for who in "aab":
        train(scheduler, clock, who)
    assert scheduler.n_training == 2
    scheduler.leave("a")
    scheduler.leave("nobody")
    assert scheduler.n_training == 1
    clock.now += 119
    train(scheduler, clock, "c")
    assert scheduler.n_training == 2
    clock.now += 1
    assert scheduler.n_training == 1


def test_asking_keeps_a_place(scheduler: Scheduler, clock: Clock) -> None:
    for who in "abababa":
        train(scheduler, clock, who)
        clock.now += 50
    assert scheduler.n_training == 2


def test_a_crowd_is_more_than_a_handful_and_asks_less_often(
    scheduler: Scheduler, clock: Clock
) -> None:
    for i in range(4):
        scheduler._arrive(str(i))
    assert not scheduler.crowded
    assert scheduler.interval_s == 0.1
    for i in range(50):
        scheduler._arrive(str(i))
    assert scheduler.crowded
    assert scheduler.interval_s == pytest.approx(1.25)


def crash(scheduler: Scheduler, clock: Clock) -> None:
    with scheduler.turn("a"):
        clock.now += 0.01
        raise ZeroDivisionError


def test_a_crash_frees_the_slice_and_is_charged(scheduler: Scheduler, clock: Clock) -> None:
    began = clock()
    with pytest.raises(ZeroDivisionError):
        crash(scheduler, clock)
    assert scheduler._free_at == pytest.approx(began + 0.02)
    clock.now = scheduler._free_at
    assert train(scheduler, clock, "b") > 0


def test_leaving_sends_the_own_waiting_ask_away(scheduler: Scheduler, clock: Clock, stand) -> None:
    with scheduler._changed:
        scheduler._free_at = clock() + BUSY_S
        (asking,) = stand("a")
        scheduler.leave("a")
        clock.now = scheduler._free_at
        assert next(asking, None) is None
    assert scheduler.n_training == 0
    assert scheduler._free_at == clock()  # and nobody got a slice


def test_leaving_waits_for_the_own_slice() -> None:
    scheduler = Scheduler(ceiling_s=5.0)
    training, left, moved = threading.Event(), threading.Event(), []

    def tick() -> None:
        with scheduler.turn("a"):
            training.set()
            left.wait(0.001)
            moved.append(left.is_set())

    thread = threading.Thread(target=tick)
    thread.start()
    training.wait(5)
    scheduler.leave("a")
    left.set()
    thread.join(5)
    assert moved == [False]


def test_a_newer_ask_of_the_same_replaces_the_one_that_waits(
    scheduler: Scheduler, clock: Clock, stand
) -> None:
    with scheduler._changed:
        scheduler._free_at = clock() + BUSY_S
        (old,) = stand("a")
        (new,) = stand("a")
        clock.now = scheduler._free_at
        assert next(old, None) is None
        assert not scheduler._places["a"].budget_s
        assert next(new, None) is None
        assert scheduler._places["a"].budget_s


def test_two_threads_are_never_inside_at_once() -> None:
    gate = PageLock(30.0)
    scheduler = Scheduler(
        share=1.0, tick_s=0.02, floor_s=1e-5, ceiling_s=1e-5, outside=gate.outside
    )
    inside, most, served = 0, 0, set()

    def page(who: str) -> None:
        nonlocal inside, most
        for _ in range(200):
            with gate.inside(), scheduler.turn(who) as budget_s:
                if budget_s:
                    inside += 1
                    most = max(most, inside)
                    time.sleep(0.0001)
                    inside -= 1
                    served.add(who)
            if len(served) == 8:
                return
            time.sleep(0.001)

    threads = [threading.Thread(target=page, args=(str(i),)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert most == 1
    assert len(served) == 8


def test_the_process_has_one() -> None:
    assert (SCHEDULER.share, SCHEDULER.tick_s) == (0.5, 0.1)


@pytest.mark.parametrize(
    ("n", "read", "other"),
    [(1, 0.1, False), (5, 0.1, False), (20, 0.1, True), (1, 0.2, True), (20, 0.5, False)],
)
def test_a_page_is_told_when_its_interval_is_far_off(
    scheduler: Scheduler, clock: Clock, n: int, read: float, other: bool
) -> None:
    for i in range(n):
        train(scheduler, clock, str(i))
        clock.now += 0.001
    assert scheduler.other_pace(read) == other


def test_the_shared_one_soon_forgets_a_closed_tab() -> None:
    assert SCHEDULER.patience_s == 20


def test_a_closed_one_gives_no_more_slices(scheduler: Scheduler, clock: Clock, stand) -> None:
    with scheduler._changed:
        scheduler._free_at = clock() + BUSY_S
        (waiting,) = stand("a")
    scheduler.close()
    with scheduler._changed:
        assert next(waiting, None) is None
    clock.now += 1.0
    assert train(scheduler, clock, "b") == 0.0


def test_who_left_while_it_waited_at_the_lock_does_not_train(clock: Clock) -> None:
    @contextmanager
    def outside() -> Iterator[None]:
        yield
        scheduler.leave("a")

    scheduler = Scheduler(clock=clock, outside=outside)
    with scheduler.turn("a") as budget_s:
        assert budget_s == 0.0
