"""To another page, for whoever is no link: a button, a drawing, a key of a lecture.

The browser goes there by its own link in the bar (address.js). A page that were switched to from
here could be taken away again by what the clock of the page before has already asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ui.kit import settings

ASKED = "asked page"
"""Under this key what was asked for."""


@dataclass
class Asked:
    """page : where to. left : from where. then : what is to be done there. said : whether a run of
    the page that is left has told the browser.
    """

    page: str
    left: str
    then: Callable[[], Any]
    said: bool = False


def to(page: str, then: Callable[[], Any] = lambda: None) -> None:
    """A callback: go to a page, a key of PAGES, or draw this one anew. then : what sets all that it
    is to show, once one is there: so the address of a page that is left says what was there, and
    Back finds it so.
    """
    settings.kept()[ASKED] = Asked(page, settings.owner().page, then)


def unheard() -> bool:
    """Whether it was asked just now: it begins with a run of the whole page, not of a part."""
    asked: Asked | None = settings.kept().get(ASKED)
    return asked is not None and not asked.said


def follow() -> str:
    """At the beginning of a page's run: the page to which the browser has to go now, or "". Where
    one has come to it, set what it is to show; whoever went elsewhere has thought better of it.
    """
    asked: Asked | None = settings.kept().pop(ASKED, None)
    here = settings.owner().page
    if asked and here == asked.page:
        asked.then()
    elif asked and here == asked.left:  # told again in every run, until it goes: one may get lost
        settings.kept()[ASKED] = asked
        asked.said = True
        return asked.page
    return ""
