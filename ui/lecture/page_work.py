"""A page's own training or experiment, as far as it is: what is measured is what the page shows."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from ui.kit import jobs
from ui.lecture.look import NotYet

SLICE_S = 0.05


def finished(key: str) -> Generator[float, None, Any]:
    """The work that the page keeps under a key, once it is done; whoever measures goes on with it.

    Raises NotYet where the page has not laid it out so far.
    """
    if (work := jobs.work(key)) is None:
        raise NotYet
    while not work.done:
        yield work.share
        work.advance(SLICE_S)
    return work
