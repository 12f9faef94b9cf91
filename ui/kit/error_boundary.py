"""What stands under every page and every part of one: our own faults end here, in one sentence."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from ui.kit import address, text
from ui.kit.page_lock import PAGE_LOCK

log = logging.getLogger("unrolled")


@contextmanager
def error_boundary() -> Iterator[None]:
    """Catch what went wrong: the visitor reads one sentence, the log keeps the trace.

    What is wrong with a visitor's data never comes here: who reads the data says so on the page.
    """
    try:
        with PAGE_LOCK.inside():
            yield
    except Exception:
        log.exception("a page failed")
        st.error(text.BROKEN, icon=":material/error:")


def fragment(
    body: Callable[..., None], run_every: float | None = None, says: bool = True
) -> Callable[..., None]:
    """A part of a page that runs by itself, with the boundary under it: see address.fragment."""

    @functools.wraps(body)
    def guarded(*args: Any, **kwargs: Any) -> None:
        with error_boundary():
            body(*args, **kwargs)

    return address.fragment(guarded, run_every, says)
