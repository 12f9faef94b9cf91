"""Which lecture is given: ours, or a visitor's own from a file or from a link.

A short one travels in the link itself, compressed, in the setting `lecture`; a longer one is kept
in this visit's memory, and the setting says so. Neither is ever written to disk.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from functools import cache
from pathlib import Path

from ui.kit import settings
from ui.lecture import stops, text
from ui.lecture.stops import MOST_BYTES, Lecture, Stop

OURS = Path(__file__).parents[2] / "data" / "lecture.toml"
FILE, KEPT = "file", "lecture file"
"""This value of the setting `lecture`, and under this key a lecture too long for a link."""
LONGEST_IN_A_LINK = 6000
"""Characters of a compressed lecture that a link takes along."""


@cache
def ours() -> str:
    """The file of our own lecture: a template for others."""
    return OURS.read_text(encoding="utf-8")


def content() -> str:
    """The file of the lecture that is given; of ours where another is gone, and that is said."""
    said = str(settings.get("lecture"))
    if not said:
        return ours()
    try:
        found = settings.kept().get(KEPT) if said == FILE else unpacked(said)
        if found is None:
            raise ValueError(text.GONE)
        stops.lecture(found)
    except ValueError as error:
        settings.note(text.UNTIL.format(error=error))
        settings.put(lecture="")
        return ours()
    return str(found)


def lecture() -> Lecture:
    """The lecture that is given."""
    return stops.lecture(content())


def here() -> Stop | None:
    """The stop where one is, None outside of a lecture; one that there is not is said."""
    if not (said := str(settings.get("stop"))):
        return None
    given = lecture().stops
    found = next((stop for stop in given if stop.key == said), None)
    if found is None:
        settings.note(text.NO_STOP.format(stop=said[:20]))
        settings.put(stop=given[0].key)
        return given[0]
    return found


def take(file: bytes) -> Lecture:
    """Make a file the lecture from now on. Raises ValueError that says what is wrong with it."""
    if len(file) > MOST_BYTES:
        raise ValueError(text.LARGE.format(size=len(file) // 1000, most=MOST_BYTES // 1000))
    try:
        written = file.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError(text.NOT_UTF_8) from None
    made, said = stops.lecture(written), packed(written)
    in_link = len(said) <= LONGEST_IN_A_LINK
    settings.kept()[KEPT] = written
    settings.put(lecture=said if in_link else FILE, stop="")
    return made


def forget() -> None:
    """A callback: back to our own lecture."""
    settings.kept().pop(KEPT, None)
    settings.put(lecture="", stop="")


# ---- a lecture in a link ----


def packed(written: str) -> str:
    """A lecture as a link holds it."""
    return base64.urlsafe_b64encode(zlib.compress(written.encode(), 9)).decode().rstrip("=")


def unpacked(said: str) -> str:
    """The lecture that a link holds, which is never opened further than a lecture may be long.

    Raises ValueError that says what is wrong with it.
    """
    broken = text.LINK_BROKEN
    try:
        taken = base64.b64decode(said + "=" * (-len(said) % 4), b"-_", validate=True)
        opened = zlib.decompressobj()
        written = opened.decompress(taken, MOST_BYTES + 1)
        if len(written) <= MOST_BYTES and not opened.eof:
            raise ValueError
        if len(written) > MOST_BYTES:
            broken = text.LINK_LARGE.format(most=MOST_BYTES // 1000)
            raise ValueError
        return written.decode("utf-8-sig")
    except (binascii.Error, zlib.error, ValueError):
        raise ValueError(broken) from None
