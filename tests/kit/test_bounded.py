"""A memory bounded in bytes: who was not asked for longest goes, and what grows is seen."""

import pytest

from ui.kit.bounded import bounded


@pytest.fixture
def made() -> list[str]:
    return []


def remember(made: list[str], most: int = 10):
    @bounded(most, len)
    def make(name: str, n: int) -> list[int]:
        made.append(name)
        return [0] * n

    return make


def test_it_is_made_once(made: list[str]) -> None:
    make = remember(made)
    assert make("a", 4) is make("a", 4)
    assert made == ["a"]


def test_beyond_its_bytes_the_one_longest_unasked_goes(made: list[str]) -> None:
    make = remember(made)
    make("a", 4), make("b", 4), make("a", 4), make("c", 4)
    make("a", 4)
    assert made == ["a", "b", "c"]
    make("b", 4)
    assert made == ["a", "b", "c", "b"]


def test_one_alone_is_kept_however_large(made: list[str]) -> None:
    make = remember(made)
    assert make("a", 40) is make("a", 40)


def test_what_has_grown_counts_as_it_is(made: list[str]) -> None:
    make = remember(made)
    make("a", 1).extend(range(20))
    make("b", 1)
    make("a", 1)
    assert made == ["a", "b", "a"]


def test_the_function_is_there_without_its_memory(made: list[str]) -> None:
    assert remember(made).__wrapped__("a", 2) == [0, 0]
