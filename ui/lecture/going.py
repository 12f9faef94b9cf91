"""From stop to stop: a stop's link brings its settings, and its page."""

from __future__ import annotations

import streamlit as st

from ui.kit import address, settings
from ui.kit.frame import PAGES
from ui.lecture import library
from ui.lecture.stops import OWN, Stop, values
from ui.sequence import box

GO, BROUGHT, MARKED = "lecture goes to", "lecture brought", "lecture marked"
"""Under these keys the stop that was asked for, whether one was just brought, and the settings that
a sentence has just set.
"""
KEPT = (*OWN, "lock", "hide")
"""Settings that stay as they are from stop to stop."""


def to(key: str) -> None:
    """A callback: go to a stop. The settings change in the run that follows, where the address of
    the page that is left still says what was there: Back finds it so.
    """
    settings.kept()[GO] = key


def follow() -> None:
    """Go where was asked, before anything of the page is drawn; another page begins another run."""
    key = settings.kept().pop(GO, None)
    stop = next((one for one in library.lecture().stops if one.key == key), None)
    if stop is None:
        return
    bring(stop)
    if stop.link.page != settings.owner().page:
        st.switch_page(PAGES[stop.link.page].link)


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
