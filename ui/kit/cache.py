"""The cache: films that are the same for everybody, made and written as JSON once.

A film is a function of what it is made from; who asks does not matter. A reading and a way back
have a `key` that says what they are made from, numbers included: the model of a training that
went on is another one. Other arguments stand for themselves.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any

from ui.kit.player import Film, Written

MOST = 32 * 2**20
"""Characters kept, a few hundred films. Beyond, the oldest goes, and is made again when needed."""


class Cache:
    """Films by what they are made from. most : characters kept at once."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.size = most, 0
        self._films: dict[Hashable, tuple[list[Written], list[Written]]] = {}
        self._making = threading.Lock()

    def film(self, make: Callable[..., Film], *args: Any) -> tuple[list[Written], list[Written]]:
        """What `make(*args)` returns, written. `make` is a function of a module, not of a script:
        a script's is another one at each run.
        """
        key = make, *(getattr(arg, "key", arg) for arg in args)
        if (found := self._films.get(key)) is None:
            with self._making:  # whoever wants the same at the same moment waits for the first
                if (found := self._films.get(key)) is None:
                    panels, frames = make(*args)
                    found = [Written(p.text) for p in panels], [Written(f.text) for f in frames]
                    self._put(key, found)
        return found

    def _put(self, key: Hashable, film: tuple[list[Written], list[Written]]) -> None:
        self._films[key] = film
        self.size += _length(film)
        while self.size > self.most:
            self.size -= _length(self._films.pop(next(iter(self._films))))


def _length(film: tuple[list[Written], list[Written]]) -> int:
    return sum(len(part.text) for parts in film for part in parts)


CACHE = Cache()
shared = CACHE.film
"""The one cache of this process: `film("key", *shared(states.film, reading, unit))`."""


def passing(make: Callable[..., Film], *args: Any) -> Film:
    """The same, and not kept: of what a hand is still moving."""
    return make(*args)
