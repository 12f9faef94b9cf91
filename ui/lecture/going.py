"""From stop to stop: a stop's link brings its settings, and its page."""

from __future__ import annotations

from ui.kit import address, go, settings
from ui.lecture import library
from ui.lecture.stops import OWN, Stop, values
from ui.sequence import box

BROUGHT, MARKED = "lecture brought", "lecture marked"
"""Under these keys whether a stop was just brought, and what a sentence has just set."""
KEPT = (*OWN, "lock", "hide")
"""Settings that stay as they are from stop to stop."""


def to(key: str) -> None:
    """A callback: go to a stop; its settings come with its page."""
    if stop := next((one for one in library.lecture().stops if one.key == key), None):
        go.to(stop.link.page, lambda: bring(stop))


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
