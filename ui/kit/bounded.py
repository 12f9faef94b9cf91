"""What is bounded in bytes: a function's results, where lru_cache counts entries, and what visitors
hold for themselves.

It must not know what they are. They may grow afterwards, as a training does: sizes are looked at
when another one comes.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Hashable
from typing import ParamSpec, Protocol, TypeVar, runtime_checkable
from weakref import WeakKeyDictionary, ref

P = ParamSpec("P")
T = TypeVar("T")
MOST_HELD = 200 * 2**20
"""Bytes that all visitors together hold for themselves."""


def bounded(
    most: int, size: Callable[[T], int], weak: bool = False
) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep results while they are no more than so many bytes together, the newest in any case.

    size : bytes of one, now. weak : the first argument, an object of its own such as a model, is
    not kept for the sake of what was made of it. Who was not asked for longest goes first.
    """

    def decorate(make: Callable[P, T]) -> Callable[P, T]:
        kept: dict[Hashable, T] = {}  # who was asked for longest ago comes first
        mine = threading.Lock()

        @functools.wraps(make)
        def found(*args: P.args, **kwargs: P.kwargs) -> T:
            named = (ref(args[0]), *args[1:]) if weak else args
            key = (*named, *sorted(kwargs.items()))
            with mine:
                is_new = key not in kept
                result = kept[key] = make(*args, **kwargs) if is_new else kept.pop(key)
                if is_new:
                    left = sum(map(size, kept.values())) - most
                    for old in list(kept)[:-1]:
                        if left <= 0:
                            break
                        left -= size(kept.pop(old))
                return result

        return found

    return decorate


@runtime_checkable
class Held(Protocol):
    """What one visitor holds."""

    @property
    def n_bytes(self) -> int:
        """About what it takes now."""

    def make_room(self) -> None:
        """Let go of what it can do without."""


class Room:
    """What visitors hold for themselves, all together; who leaves takes it away. Beyond `most`
    bytes make room who used theirs longest ago.
    """

    def __init__(self, most: int = MOST_HELD) -> None:
        self.most = most
        self._held: WeakKeyDictionary[Held, int] = WeakKeyDictionary()  # used longest ago first
        self._changing = threading.Lock()

    @property
    def n_bytes(self) -> int:
        """What they take, as far as is known."""
        return sum(list(self._held.values()))

    def use(self, mine: Held) -> None:
        """It is used now."""
        with self._changing:
            self._held.pop(mine, None)
            self._held[mine] = mine.n_bytes
            left = self.n_bytes - self.most
            for other in [*self._held][:-1]:
                if left <= 0:
                    break
                other.make_room()
                left -= self._held[other] - other.n_bytes
                self._held[other] = other.n_bytes


ROOM = Room()
"""The one of this process."""
