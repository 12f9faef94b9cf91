"""The gate: one is drawn at a time, nobody waits for ever, and who waits keeps nobody out."""

import threading
from collections.abc import Callable
from contextlib import ExitStack

import pytest

from ui.gate import Gate

LONG_S = 30.0


class Visitor:
    """A thread that goes in, says so, and leaves when it is told to."""

    def __init__(self, gate: Gate, body: Callable[[], object] = lambda: None) -> None:
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
    gate = Gate(LONG_S)
    first = Visitor(gate)
    assert first.within.wait(LONG_S)
    second = Visitor(gate)
    assert not second.within.wait(0.05)
    first.leave()
    assert second.within.wait(LONG_S)
    second.leave()


def test_who_is_inside_may_go_in_again() -> None:
    gate = Gate(LONG_S)
    with gate.inside(), gate.inside():
        pass
    other = Visitor(gate)
    assert other.within.wait(LONG_S)
    other.leave()


def test_the_inner_end_lets_nobody_in() -> None:
    gate = Gate(LONG_S)
    with gate.inside():
        with gate.inside():
            pass
        other = Visitor(gate)
        assert not other.within.wait(0.05)
    assert other.within.wait(LONG_S)
    other.leave()


def test_who_waits_outside_keeps_nobody_out_and_comes_back_alone() -> None:
    gate = Gate(LONG_S)
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
    gate = Gate(LONG_S)
    with gate.outside(), gate.inside():
        pass


def test_patience_ends() -> None:
    gate = Gate(0.01)
    slow = Visitor(gate)
    assert slow.within.wait(LONG_S)
    quick = Visitor(gate)
    assert quick.within.wait(LONG_S), "it went in all the same"
    quick.leave()
    strict = Gate.inside(gate)
    slow.leave()
    with strict:  # what the quick one did not hold it did not give back
        gate.patience_s = LONG_S
        third = Visitor(gate)
        assert not third.within.wait(0.05)
    assert third.within.wait(LONG_S)
    third.leave()


def test_an_error_leaves_the_gate_open() -> None:
    gate = Gate(LONG_S)
    with pytest.raises(KeyboardInterrupt), gate.inside():
        raise KeyboardInterrupt
    with pytest.raises(KeyError), gate.inside(), gate.outside():
        raise KeyError
    other = Visitor(gate)
    assert other.within.wait(LONG_S)
    other.leave()
