"""Pools: what many need for a moment, one at a time; bounded in bytes, all of them together."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from weakref import WeakSet

MOST_BYTES = 256 * 2**20
"""Of what is free in all pools; beyond, what has been free for longest goes, but not the last."""
_CHANGING = threading.Lock()
_AGES = itertools.count()


@dataclass(frozen=True)
class _Free:
    """since : the larger, the later it became free."""

    since: int
    kind: Hashable
    thing: Any
    n_bytes: int


class Pool:
    """Lends things out by kind, and keeps them while they are free. A thing says its n_bytes."""

    def __init__(self) -> None:
        self._free: list[_Free] = []  # free for longest first
        with _CHANGING:
            _POOLS.add(self)

    @contextmanager
    def lend(self, kind: Hashable, make: Callable[[], Any]) -> Iterator[Any]:
        """Something of this kind, a free one or a new one; nobody else has it meanwhile."""
        with _CHANGING:
            places = [i for i, one in enumerate(self._free) if one.kind == kind]
            thing = self._free.pop(places[-1]).thing if places else None
        thing = make() if thing is None else thing
        try:
            yield thing
        finally:
            with _CHANGING:
                self._free.append(_Free(next(_AGES), kind, thing, thing.n_bytes))
                _make_room()

    @property
    def free(self) -> list[Any]:
        """What is free, for longest first."""
        return [one.thing for one in self._free]


_POOLS: WeakSet[Pool] = WeakSet()


def n_bytes() -> int:
    """Of what is free in all pools."""
    return sum(one.n_bytes for pool in _POOLS for one in pool._free)


def _make_room() -> None:
    """Let go of what is too much. Holds the lock."""
    if (left := n_bytes() - MOST_BYTES) <= 0:
        return
    free = [(one, pool) for pool in _POOLS for one in pool._free]
    for one, pool in sorted(free, key=lambda each: each[0].since)[:-1]:
        if left > 0:
            pool._free.remove(one)
            left -= one.n_bytes
