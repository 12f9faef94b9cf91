"""What is said to the reader: signs, formulas, sums."""

import pytest

from tests.apptest import texts
from ui import words


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(0.9756, 3, "+0.976"), (-0.8184, 3, "−0.818"), (0.0, 2, "+0.00"), (-12.5, 1, "−12.5")],
)
def test_number_has_a_sign(value: float, digits: int, text: str) -> None:
    assert words.number(value, digits) == text


@pytest.mark.parametrize("t", [1, 7])
def test_formula_counts_as_the_reader_counts(t: int) -> None:
    assert texts(words.forward_formula(t, "tanh")) == f"h{t}=tanh(Wxhx{t}+Whhh{t - 1}+bh)"


@pytest.mark.parametrize(("index", "text"), [("t-1", "ht−1"), ("5", "h5"), ("t", "ht")])
def test_indexed(index: str, text: str) -> None:
    assert texts(words.indexed("h", index)) == text


def test_sum_table_shows_parts_and_sum() -> None:
    said = texts(words.sum_table("not", 2, 1.0, -0.25, 0.125, 0.875))
    for part in ("“not”", "+1.000", "−0.250", "+0.125", "+0.875"):
        assert part in said


def test_longest_bar_is_full() -> None:
    table = words.sum_table("not", 2, 1.0, -2.0, 0.5, -0.5)
    bars = [row[3][2][1]["value"] for row in table[2][2:5]]
    assert bars == [0.5, -1.0, 0.25]


def test_pushes_list_product_and_rest() -> None:
    said = texts(words.pushes(3, [4, 2], [0.5, -1.0], [0.8, 0.1], -0.05)).replace("\u00a0", " ")
    for part in ("unit 4", "+0.50 × +0.80", "+0.400", "unit 2", "−0.100", "all others", "−0.050"):
        assert part in said


def test_nothing_pushes_before_the_first_word() -> None:
    assert "no memory yet" in texts(words.pushes(1, [], [], [], 0.0))
