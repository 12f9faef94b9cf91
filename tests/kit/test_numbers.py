"""Numbers as text: signs, sizes, and sums that add up as they are printed."""

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.kit.numbers import adding_up, compact, number, percent, written_sum

FINITE = st.floats(-1e6, 1e6, allow_nan=False)


def read(text: str) -> Decimal:
    """The number that a text says."""
    return Decimal(text.replace("−", "-").replace(",", ""))


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(0.9756, 3, "+0.976"), (-0.8184, 3, "−0.818"), (0.0, 2, "+0.00"), (-12.5, 1, "−12.5"),
     (-0.0001, 2, "+0.00"), (float("nan"), 3, "+nan")],
)  # fmt: skip
def test_number_has_a_sign(value: float, digits: int, text: str) -> None:
    assert number(value, digits) == text


def test_percent_does_not_break() -> None:
    assert percent(0.714) == "71\u00a0%"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (0.84, "0.84"), (1.0, "1.0"), (435.4, "435"), (0.0052, "0.0052"),
     (3.14e-9, "3.1e−9"),
     (-4.2e-8, "−4.2e−8"), (1240.2, "1,240"), (12345, "1.2e4"), (9999, "1.0e4"),
     (math.inf, "not a number"), (math.nan, "not a number")],
)  # fmt: skip
def test_compact(value: float, text: str) -> None:
    assert compact(value) == text


@given(FINITE, st.integers(2, 6))
def test_compact_is_as_near_as_its_digits(value: float, digits: int) -> None:
    text = compact(value, digits, sign=True)
    assert float(read(text)) == pytest.approx(value, rel=0.51 * 10.0 ** (1 - digits))
    assert value == 0 or text[0] in "+−"


@pytest.mark.parametrize("size", [1.0, 1e-9, 1e5])
@given(parts=st.lists(FINITE, max_size=12), digits=st.integers(0, 6))
def test_what_is_printed_adds_up(size: float, parts: list[float], digits: int) -> None:
    parts = [part * size for part in parts]
    shown, total = adding_up(parts, digits)
    assert sum(map(read, shown)) == read(total)
    exponent = read(total).as_tuple().exponent
    assert isinstance(exponent, int)
    unit = Decimal(1).scaleb(exponent)
    for part, text in zip(map(Decimal, parts), shown, strict=True):
        assert abs(read(text) - part) < unit  # never the neighbour of a neighbour
        assert part or not read(text)  # nothing stays nothing
    assert abs(read(total) - sum(map(Decimal, parts))) <= unit / 2 + Decimal("1e-20")


@given(st.lists(st.floats(-10, 10), min_size=1, max_size=8), st.sampled_from([-1, 0, 1]))
def test_a_total_that_is_printed_elsewhere_is_met(parts: list[float], off: int) -> None:
    exact = sum(map(Decimal, parts))
    total = Decimal(round(exact * 1000) + off) / 1000
    text = f"{total:+.3f}".replace("-", "−")
    if abs(total - exact) < Decimal("0.001"):
        shown, printed = adding_up(parts, 3, text)
        assert printed == text
        assert sum(map(read, shown)) == total


def test_another_total_is_an_error() -> None:
    with pytest.raises(ValueError, match="do not add up to"):
        adding_up([1.0, 0.5], 3, "+2.000")


def test_what_overflowed_is_said() -> None:
    assert adding_up([math.inf, 1.0]) == (["not a number", "+1.000"], "not a number")
    assert written_sum([math.nan, 1.0]) == "not a number"


def test_roundings_are_spread() -> None:
    assert adding_up([1 / 3, 1 / 3, 1 / 3], 2) == (["+0.34", "+0.33", "+0.33"], "+1.00")


def test_written_sum() -> None:
    assert written_sum([0.1034, -0.02]) == "+0.1034 − 0.0200 = +0.0834"
    assert written_sum([1.25e-8]) == "+1.2500e−8 = +1.2500e−8"
