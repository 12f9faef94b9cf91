"""Dates: one day in four ways of writing, and in ISO 8601; the rule, and how a visitor writes one.

    4.7.1999    july 4, 1999    4 july 1999    7/4/1999    all are    1999-07-04

Days from 1970 to 2029. It must not know networks.
"""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
FIRST, LAST = date(1970, 1, 1), date(2029, 12, 31)
SYMBOLS = tuple(sorted({*"0123456789 .,/", *"".join(MONTHS)}))
ISO = (*"0123456789", "-")
FORMS = (
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<m>[a-z]{3,9}) (?P<d>\d{1,2}), (?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<d>\d{1,2}) (?P<m>[a-z]{3,9}) (?P<y>\d{4})", re.ASCII),
    re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>\d{4})", re.ASCII),
)
WANTED = "a day from 1970 to 2029, such as 4.7.1999, july 4, 1999, 4 july 1999 or 7/4/1999"


def write(day: date, form: int) -> str:
    """A day in one of the FORMS, by its number."""
    month = MONTHS[day.month - 1]
    return (
        f"{day.day}.{day.month}.{day.year}", f"{month[:3]} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}", f"{day.month}/{day.day}/{day.year}",
    )[form]  # fmt: skip


def read(text: str) -> list[str]:
    """An own day, in any of the forms or in ISO, as the characters that a network reads.

    Raises ValueError for what is no such day, and for a year out of range.
    """
    typed = re.sub(r"\s+", " ", text.strip().lower())
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", typed, re.ASCII):
        year, month, day = typed.split("-")
        typed = f"{day}.{month}.{year}"
    for number, form in enumerate(FORMS):
        found = form.fullmatch(typed)
        if found and (meant := _day(**found.groupdict())):
            return list(write(meant, number))
    raise ValueError(f"this is no date that can be read: type {WANTED}")


def right(symbols: list[str]) -> list[str] | None:
    """The characters of the same day in ISO; None for what is no date."""
    found = next(filter(None, (form.fullmatch("".join(symbols)) for form in FORMS)), None)
    day = _day(**found.groupdict()) if found else None
    return list(day.isoformat()) if day else None


def _day(d: str, m: str, y: str) -> date | None:
    """The day that is named, a month by number or by its first three letters or more."""
    numbers = [i for i, name in enumerate(MONTHS, 1) if m.isalpha() and name.startswith(m)]
    try:
        day = date(int(y), numbers[0] if numbers else int(m), int(d))
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None
