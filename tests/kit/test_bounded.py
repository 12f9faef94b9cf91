"""What is bounded in bytes: who was not asked for longest goes, and what grows is seen."""

import gc
import weakref
from dataclasses import dataclass

import pytest

from ui.kit.bounded import Held, Room, bounded


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


class Owner:
    """Somebody of whom something is made."""


def test_what_was_made_of_it_keeps_nobody_alive(made: list[str]) -> None:
    @bounded(10, len, weak=True)
    def make(owner: Owner, name: str) -> list[int]:
        made.append(name)
        return [0]

    owner, other = Owner(), Owner()
    assert make(owner, "a") is make(owner, "a")
    assert make(other, "a") is not make(owner, "a")
    gone = weakref.ref(owner)
    del owner
    gc.collect()
    assert gone() is None
    assert made == ["a", "a"]


@dataclass(eq=False)
class Mine:
    n_bytes: int
    least: int = 1

    def make_room(self) -> None:
        self.n_bytes = self.least


def test_beyond_the_room_those_make_it_who_used_theirs_longest_ago() -> None:
    room, mine = Room(most=35), [Mine(10) for _ in range(4)]
    for one in mine[:3]:
        room.use(one)
    room.use(mine[0])
    room.use(mine[3])
    assert [one.n_bytes for one in mine] == [10, 1, 10, 10]
    assert room.n_bytes == 31


def test_what_has_grown_in_the_room_counts_when_it_is_used() -> None:
    room, first, second = Room(most=35), Mine(10), Mine(10)
    room.use(first), room.use(second)
    second.n_bytes = 30
    room.use(second)
    assert (first.n_bytes, second.n_bytes) == (1, 30)


def test_one_alone_in_the_room_keeps_what_it_has() -> None:
    room, mine = Room(most=35), Mine(1000)
    room.use(mine)
    assert mine.n_bytes == 1000


def test_who_leaves_the_room_takes_it_away() -> None:
    room = Room()
    room.use(Mine(10))
    gc.collect()
    assert room.n_bytes == 0


def test_held_is_who_can_make_room() -> None:
    assert isinstance(Mine(1), Held)
    assert not isinstance([], Held)
