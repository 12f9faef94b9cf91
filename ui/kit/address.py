"""The address: the exact image of the settings, written by nobody else.

It is read when a session begins, and when Back or Forward led to it: address.js, the browser's
half, marks it then. What is published has no mark.
"""

from __future__ import annotations

import functools
import json
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from ui.kit import go, settings, text
from ui.kit.table import LONGEST_TEXT, TABLE, VERSION

BACK = "back"
"""The mark of an address to which Back or Forward led: another one each time."""
SCRIPT = (Path(__file__).parent / "address.js").read_text(encoding="utf-8")


def read(address: Mapping[str, str]) -> None:
    """Take everything from an address: what it leaves out is as usual, what is bad is put right."""
    if address.get("v", VERSION) != VERSION:
        settings.note(text.LINK_OF_BEFORE)
    for name, setting in TABLE.items():
        choice = settings.owner().choices[name]
        choice.value = setting.default
        if (said := address.get(name)) is None:
            continue
        value = setting.parse(said[: LONGEST_TEXT + 1])
        if value is None:
            settings.note(text.LINK_USUAL.format(name=name))
        elif (good := setting.nearest(value)) != value:
            settings.note(text.LINK_NEAREST.format(name=name, value=said[:40], good=good))
            choice.value = good
        else:
            choice.value = value


def take(link: Mapping[str, str], kept: Collection[str]) -> None:
    """Take everything from a link on the way, but for the settings in kept: they stay."""
    mine = settings.owner()
    stay = {name: said for name, said in image().items() if name in kept}
    read({**link, **stay})
    for choice in mine.choices.values():
        choice.births += 1


def image() -> dict[str, str]:
    """The address of all that was chosen: what is not as usual, and the version."""
    values = {name: choice.now(name) for name, choice in settings.owner().choices.items()}
    said = {name: TABLE[name].text(value) for name, value in values.items()
            if value != TABLE[name].default}  # fmt: skip
    return {**said, "v": VERSION} if said else {}


def link() -> str:
    """The whole address, with the host as the browser knows it: what opens this elsewhere."""
    here, said = st.context.url or "", urlencode(image())
    return f"{here}?{said}" if said else here


def publish(anew: bool = False) -> None:
    """Bring the address up to date. A session's first run leaves it as it is: it says the same,
    and address.js may not be there yet. anew : also if it seems up to date.
    """
    mine, now = settings.owner(), image()
    if mine.published is not None and (anew or now != mine.published):
        st.query_params.from_dict(now)
        mine.published = now


def _marked() -> str | None:
    """The mark of the address that the browser shows."""
    return st.query_params.get(BACK, settings.owner().mark)


def begin(page: str) -> bool:
    """At the beginning of each run of a page, before all that shows or changes a setting. Return
    whether it is another page than before, or Back or Forward led here.
    """
    mine, mark = settings.owner(), _marked()
    mine.said.clear()
    led = not mine.page or mark != mine.mark
    arrived = led or page != mine.page
    address = {name: said for name, said in st.query_params.to_dict().items() if name != BACK}
    if led:
        read(address)
    else:
        image()  # what widgets said on the way here
    if arrived:
        mine.drawn.clear()
        for choice in mine.choices.values():
            choice.births += 1
    mine.page, mine.mark, mine.arrived = page, mark, arrived
    publish(anew=arrived or address != image())
    return arrived


def script(name: str = "") -> None:
    """The browser's half. name : of the page to which it has to go, as its link says it."""
    call = f"unrolledGo({json.dumps(name)}); // {time.monotonic_ns()}" if name else ""
    st.html(f"<script>{SCRIPT}{call}</script>", unsafe_allow_javascript=True)


def end() -> None:
    """At the end of it, where the page says what must be said."""
    settings.show_notes()
    publish()
    if (mine := settings.owner()).published is None:
        mine.published = image()
        given = {name: said for name, said in st.query_params.to_dict().items() if name != "v"}
        publish(anew=given != {name: said for name, said in image().items() if name != "v"})


def fragment(
    body: Callable[..., None], run_every: float | None = None, says: bool = True
) -> Callable[..., None]:
    """A part of a page that runs by itself; with run_every also unasked, after so many seconds.
    says : whether what must be said may stand at its end.

    A run that comes late, when the browser has gone Back from the page, does nothing. With a
    timer it goes by another name than without: so a part around it that is drawn again without
    the timer takes it away; Streamlit stops only the timers of parts that are gone.
    """

    @functools.wraps(body)
    def run(*args: Any, **kwargs: Any) -> None:
        if _marked() != settings.owner().mark:
            return
        publish()
        if go.unheard():
            st.rerun()
        body(*args, **kwargs)
        publish()
        if says and not run_every:
            settings.show_notes()

    if run_every:
        run.__qualname__ += " timed"
    return st.fragment(run, run_every=run_every)


def page_link(path: Any, label: str) -> None:
    """A link to a page. Everything goes along anyway; what it says is for another tab."""
    st.page_link(path, label=label, query_params=image())
