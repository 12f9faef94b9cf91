"""Work that takes longer than a tick: one kind, with progress, start, stop, and fair turns.

A page says what the work is and draws it as far as it is; the rest is the same for all: it begins
at once, a timer goes on with it in slices, it waits while another page is looked at, and it takes
turns with the work of all other visitors.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from ui.kit import settings, text
from ui.kit.bounded import ROOM, Held
from ui.kit.error_boundary import fragment
from ui.kit.page_lock import PAGE_LOCK
from ui.kit.scheduler import SCHEDULER

AT_ONCE_S = 0.25
"""What is done sooner shows no progress: a picture that flickers is worse than a moment."""


class Work(Protocol):
    """What a job does: it advances by whole steps and can stop between any two. Its `rest`, if it
    has one, is called when it is stopped; one that is Held makes room when all hold too much.
    """

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""

    @property
    def share(self) -> float:
        """How much is done, 0..1."""

    def advance(self, budget_s: float) -> Any:
        """Work for so many seconds, at least one step."""


@dataclass
class Job:
    """Somebody's work on a page. going : whether it was started, and not stopped since."""

    work: Any
    page: str
    going: bool = False


def _jobs() -> dict[str, Job]:
    jobs: dict[str, Job] = settings.kept().setdefault("jobs", {})
    return jobs


def _place(key: str) -> str:
    """Its name in the scheduler's line."""
    return f"{id(settings.owner())} {key}"


def work(key: str) -> Any:
    """This visitor's work with this key, or None."""
    return _jobs()[key].work if key in _jobs() else None


def going(key: str) -> bool:
    """Whether it goes on: only on the page that is looked at."""
    job = _jobs().get(key)
    return bool(job and job.going and job.page == settings.owner().page and not job.work.done)


def asked_to_begin() -> bool:
    """Whether a link or a button wants the page's work to begin by itself; it wants that once."""
    asked = bool(settings.get("play"))
    settings.put(play=False)
    return asked


def start(key: str, make: Callable[[], Work] | None = None) -> None:
    """Begin new work, or go on with what there is. A second press changes nothing."""
    if make is not None and not going(key):
        _jobs()[key] = Job(make(), settings.owner().page)
    if job := _jobs().get(key):
        job.going, job.page = True, settings.owner().page


def ready(key: str, this: Work) -> None:
    """Have this very work here, to be started; another one of this key rests."""
    if work(key) is not this:
        stop(key)
        _jobs()[key] = Job(this, settings.owner().page)


def stop(key: str) -> None:
    """Stop after the step that is being made; what came out so far stays."""
    if job := _jobs().get(key):
        job.going = False
        SCHEDULER.leave(_place(key))
        getattr(job.work, "rest", lambda: None)()


def forget(key: str) -> None:
    """Stop it, and keep nothing of it."""
    stop(key)
    _jobs().pop(key, None)


def stop_all() -> None:
    """Another page is looked at: free the places in the line."""
    for key, job in _jobs().items():
        if job.going:
            stop(key)


def tick(key: str) -> bool:
    """A slice, if it is our turn; return whether it goes on."""
    if going(key):
        here = work(key)
        with SCHEDULER.turn(_place(key)) as budget_s:
            if budget_s > 0:
                here.advance(budget_s)
        if isinstance(here, Held):
            ROOM.use(here)
        if here.done:
            stop(key)
    return going(key)


def at_once(work: Work, seconds: float | None = None) -> bool:
    """Try to do all of it now, while other pages are drawn; return whether it is done."""
    until = time.perf_counter() + (AT_ONCE_S if seconds is None else seconds)
    with PAGE_LOCK.outside():
        while not work.done and (left_s := until - time.perf_counter()) > 0:
            work.advance(min(left_s, 0.05))
    return work.done


def show(key: str, draw: Callable[[Any], None], around: Callable[[], Any] = lambda: None) -> None:
    """Draw the work as far as it is, and go on with it by a timer while it goes.

    draw : takes the work, None where there is none. around : what else of the page depends on
    how far it is; when that changes, the whole page is drawn anew, as when the work ends.
    """
    goes, before = going(key), around()
    every = SCHEDULER.interval_s if goes else None

    def body() -> None:
        goes_on = tick(key)
        if goes_on != goes or around() != before or (every and SCHEDULER.other_pace(every)):
            settings.say_again()
            st.rerun()
        draw(work(key))

    fragment(body, run_every=every)()


def progress(key: str, said: Callable[[Any], str]) -> None:
    """A bar where the picture will be, until the work is done; then the page is drawn anew.

    Another visitor may finish shared work while this bar is drawn, and then no timer would go on.
    """

    def draw(work: Work) -> None:
        if work.done:
            settings.say_again()
            st.rerun()
        st.progress(min(work.share, 1.0), said(work))

    show(key, draw)


def wait_for(key: str, this: Work, said: Callable[[Any], str]) -> None:
    """Go on with this very work, which others may wait for as well, behind a bar."""
    ready(key, this)
    start(key)
    progress(key, said)


def away(key: str) -> Callable[[], None]:
    """A callback: nobody has looked at this tab for a while, so its work rests."""

    def left() -> None:
        stop(key)
        settings.note(text.PAUSED)

    return left
