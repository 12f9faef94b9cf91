"""From stop to stop: a stop's link brings its settings, and its page."""

from __future__ import annotations

import json
import time

from ui.kit import address, settings
from ui.kit.frame import PAGES
from ui.lecture import library
from ui.lecture.stops import OWN, Stop, values
from ui.sequence import box

GO, BROUGHT, MARKED = "lecture goes to", "lecture brought", "lecture marked"
"""Under these keys the stop that was asked for and from which page, whether one was just brought,
and the settings that a sentence has just set.
"""
KEPT = (*OWN, "lock", "hide")
"""Settings that stay as they are from stop to stop."""


def to(key: str) -> None:
    """A callback: go to a stop. Its settings come with its page: so the address of the page that is
    left still says what was there, and Back finds it so.
    """
    settings.kept()[GO] = key, settings.owner().page


def follow() -> str:
    """Go where was asked, before anything of the page is drawn; returns what the browser has to run
    for another page. It goes there by its own link: a page that were switched to from here could be
    taken away again by what the clock of this one has already asked for.
    """
    key, left = settings.kept().pop(GO, ("", ""))
    stop = next((one for one in library.lecture().stops if one.key == key), None)
    here = settings.owner().page
    if stop is None or here not in (left, stop.link.page):
        return ""
    if here == stop.link.page:
        bring(stop)
        return ""
    settings.kept()[GO] = key, left
    return f"unrolledGo({json.dumps(PAGES[stop.link.page].name)}); // {time.monotonic_ns()}\n"


def bring(stop: Stop) -> None:
    """Set all as a stop's link says, also as a callback: what it leaves out is as usual."""
    for remark in stop.remarks:
        settings.note(remark)
    settings.put(stop=stop.key)
    address.take(dict(stop.link.settings), KEPT)
    box.anew()
    settings.kept()[BROUGHT] = True


def brought() -> bool:
    """Whether all was just set as a stop says; it is said once."""
    return bool(settings.kept().pop(BROUGHT, False))


def set_by(query: str) -> None:
    """A callback: set what a link in a sentence says, and mark it for a moment."""
    said = values(query)
    settings.put(**said)
    box.anew()
    settings.kept()[MARKED] = query, tuple(said)


def marked() -> tuple[str, tuple[str, ...]]:
    """The link that has just been followed, and what it has set; it is marked once."""
    found: tuple[str, tuple[str, ...]] = settings.kept().pop(MARKED, ("", ()))
    return found


def query(stop: Stop) -> dict[str, str]:
    """All that the address of a stop says."""
    own = {"stop": stop.key, "lecture": str(settings.get("lecture"))}
    return {**dict(stop.link.settings), **{name: said for name, said in own.items() if said}}
