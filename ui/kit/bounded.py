"""A memory of a function's results that is bounded in bytes, where lru_cache counts entries.

It must not know what they are. A result may grow after it was returned, as a training does: sizes
are looked at when another one comes.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Hashable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def bounded(most: int, size: Callable[[T], int]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep results while they are no more than so many bytes together, the newest in any case.

    size : bytes of one, now. Who was not asked for longest goes first. Arguments are positional.
    """

    def decorate(make: Callable[P, T]) -> Callable[P, T]:
        kept: dict[Hashable, T] = {}  # who was asked for longest ago comes first
        mine = threading.Lock()

        @functools.wraps(make)
        def found(*args: P.args, **kwargs: P.kwargs) -> T:
            key = (*args, *sorted(kwargs.items()))
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
