"""The gate: one is drawn at a time, nobody waits for ever, and who waits keeps nobody out."""

import threading
from collections.abc import Callable
from contextlib import ExitStack

import pytest

from tests.clock import Clock
from ui.kit.page_lock import CALM_S, CONGESTED_S, LATER_S, MOST_SELDOM, SOON_S, Congestion, PageLock

LONG_S = 30.0


class Visitor:
    """A thread that goes in, says so, and leaves when it is told to."""

    def __init__(self, gate: PageLock, body: Callable[[], object] = lambda: None) -> None:
        self.within, self.may_go, self.gone = (threading.Event() for _ in range(3))
        self._gate, self._body = gate, body
        threading.Thread(target=self._visit, daemon=True).start()

    def _visit(self) -> None:
        with self._gate.inside():
            self._body()
            self.within.set()
            assert self.may_go.wait(LONG_S)
        self.gone.set()

    def leave(self) -> None:
        self.may_go.set()
        assert self.gone.wait(LONG_S)


def test_one_is_inside_at_a_time() -> None:
    gate = PageLock(LONG_S)
    first = Visitor(gate)
    assert first.within.wait(LONG_S)
    second = Visitor(gate)
    assert not second.within.wait(0.05)
    first.leave()
    assert second.within.wait(LONG_S)
    second.leave()


def test_who_is_inside_may_go_in_again() -> None:
    gate = PageLock(LONG_S)
    with gate.inside(), gate.inside():
        pass
    other = Visitor(gate)
    assert other.within.wait(LONG_S)
    other.leave()


def test_the_inner_end_lets_nobody_in() -> None:
    gate = PageLock(LONG_S)
    with gate.inside():
        with gate.inside():
            pass
        other = Visitor(gate)
        assert not other.within.wait(0.05)
    assert other.within.wait(LONG_S)
    other.leave()


def test_who_waits_outside_keeps_nobody_out_and_comes_back_alone() -> None:
    gate = PageLock(LONG_S)
    with ExitStack() as stack:
        stack.enter_context(gate.inside())
        with gate.outside():
            other = Visitor(gate)
            assert other.within.wait(LONG_S)
            other.leave()
        late = Visitor(gate)
        assert not late.within.wait(0.05)
    assert late.within.wait(LONG_S)
    late.leave()


def test_outside_means_nothing_to_who_never_went_in() -> None:
    gate = PageLock(LONG_S)
    with gate.outside(), gate.inside():
        pass


def test_patience_ends() -> None:
    gate = PageLock(0.01)
    slow = Visitor(gate)
    assert slow.within.wait(LONG_S)
    quick = Visitor(gate)
    assert quick.within.wait(LONG_S), "it went in all the same"
    quick.leave()
    strict = PageLock.inside(gate)
    slow.leave()
    with strict:  # what the quick one did not hold it did not give back
        gate.patience_s = LONG_S
        third = Visitor(gate)
        assert not third.within.wait(0.05)
    assert third.within.wait(LONG_S)
    third.leave()


def test_an_error_leaves_the_gate_open() -> None:
    gate = PageLock(LONG_S)
    with pytest.raises(KeyboardInterrupt), gate.inside():
        raise KeyboardInterrupt
    with pytest.raises(KeyError), gate.inside(), gate.outside():
        raise KeyError
    other = Visitor(gate)
    assert other.within.wait(LONG_S)
    other.leave()


def factors(jam: Congestion, clock: Clock, waited_s: float, seconds: float) -> list[int]:
    """What it says, ten times a second, while everybody waits so long."""
    said = []
    for _ in range(round(10 * seconds)):
        for _ in range(5):
            jam.note(waited_s)
        said.append(jam.factor)
        clock.now += 0.1
    return said


def test_a_jam_doubles_the_factor_step_by_step_and_calm_takes_it_back() -> None:
    clock = Clock()
    jam = Congestion(clock)
    rising = factors(jam, clock, 10 * CONGESTED_S, 5 * SOON_S)
    assert rising == sorted(rising)
    assert set(rising) == {1, 2, 4, MOST_SELDOM}
    assert min(rising.count(2), rising.count(4)) >= 10 * SOON_S  # time to settle
    falling = factors(jam, clock, CALM_S / 10, 5 * LATER_S)
    assert falling == sorted(falling, reverse=True)
    assert min(falling.count(2), falling.count(4)) >= 10 * LATER_S
    assert falling[-1] == 1


def test_between_jam_and_calm_it_stays() -> None:
    clock = Clock()
    jam = Congestion(clock)
    factors(jam, clock, 2 * CONGESTED_S, SOON_S / 2)
    now = jam.factor
    assert now > 1
    assert set(factors(jam, clock, (CONGESTED_S + CALM_S) / 2, 10 * LATER_S)) == {now}


def test_when_nobody_came_for_long_it_begins_afresh() -> None:
    clock = Clock()
    jam = Congestion(clock)
    factors(jam, clock, 10 * CONGESTED_S, 5 * SOON_S)
    assert jam.factor == MOST_SELDOM
    clock.now += SOON_S + 1
    assert set(factors(jam, clock, 0.0, LATER_S)) == {1}


def test_a_moment_is_no_jam() -> None:
    clock = Clock()
    jam = Congestion(clock)
    jam.note(10 * CONGESTED_S)
    assert set(factors(jam, clock, 0.0, LATER_S)) == {1}


def test_the_gate_tells_how_long_one_waited() -> None:
    gate = PageLock(LONG_S)
    noted: list[float] = []
    gate.congestion.note = noted.append  # type: ignore[method-assign]
    first = Visitor(gate)
    assert first.within.wait(LONG_S)
    second = Visitor(gate)
    assert not second.within.wait(0.05)
    first.leave()
    second.leave()
    assert len(noted) == 2
    assert noted[0] < 0.05 < noted[1] + 0.01
