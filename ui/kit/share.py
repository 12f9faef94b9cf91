"""Share: the link of what is shown, as text and as a QR code, and the files that the page offers.

A page says what it offers each time it is drawn; a file is made when somebody asks for it. What
the browser saves, pictures and the film, is in pictures.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import segno
import streamlit as st

from ui.kit import address, locks, pictures, settings, text
from ui.kit.error_boundary import fragment

KEY = "offers"
LONGEST_CODE = 600
"""Characters of a link that a phone still reads from a screen as one QR code."""
CODE_PX, LINK_PX, SCALE = 168, 116, 3


@dataclass(frozen=True)
class File:
    """Something to take along. label : on its button. make : its bytes, of the trace or the model
    it was offered for: it runs beside the page and must ask no setting.
    """

    label: str
    name: str
    make: Callable[[], bytes]


@dataclass
class Offers:
    """What a page offers. lacks : a sentence on what its link cannot restore, or "". without : one
    on a file that there is not, and why.
    """

    page: str
    files: dict[str, File]
    lacks: str = ""
    without: str = ""


def offer(files: Sequence[File], lacks: str = "", without: str = "") -> None:
    """Offer these files from now on, and nothing else. lacks, without : as in Offers."""
    mine = settings.owner()
    mine.kept[KEY] = Offers(mine.page, {file.label: file for file in files}, lacks, without)


def made(offers: dict[str, object], label: str) -> bytes:
    """A file as it is offered now: the page may have moved on since its button was drawn."""
    now = offers[KEY]
    assert isinstance(now, Offers)
    return now.files[label].make()


@partial(fragment, says=False)
def button() -> None:
    """The button; what is behind it is drawn when it is opened, as things stand then."""
    opened = st.popover(text.SHARE, key="share", icon=":material/link:", type="tertiary",
                        on_change="rerun")  # fmt: skip
    if opened.open:
        with opened:
            locks.panel()
            _link()
            _files()
            st.markdown(text.PICTURES)
            pictures.show(address.link())


def _link() -> None:
    link, offers = address.link(), _offers()
    with st.container(key="share-link", horizontal=True):
        if len(link) <= LONGEST_CODE:
            st.image(code(link), width=CODE_PX)
        with st.container():
            st.markdown(text.LINK)
            st.code(link, language=None, wrap_lines=True, height=LINK_PX)
            if len(link) > LONGEST_CODE:
                st.caption(text.NO_CODE.format(n=len(link)))
            if offers.lacks:
                st.caption(offers.lacks)


def _offers() -> Offers:
    """What this page offers; nothing of another one."""
    found = settings.kept().get(KEY)
    mine = isinstance(found, Offers) and found.page == settings.owner().page
    return found if mine else Offers("", {})


def _files() -> None:
    offers = _offers()
    if not (files := offers.files.values()):
        return
    st.markdown(text.FILES)
    with st.container(key="share-files", horizontal=True):
        for file in files:
            st.download_button(
                file.label, partial(made, settings.kept(), file.label), file.name,
                on_click="ignore", key=f"share {file.label}",
            )  # fmt: skip
    if offers.without:
        st.caption(offers.without)


def code(link: str) -> str:
    """A link as a QR code: an SVG, black on white on any ground, since a phone wants it so."""
    drawn: str = segno.make(link, error="l", micro=False).svg_inline(
        scale=SCALE, border=3, dark="#000000", light="#ffffff", omitsize=True
    )
    return drawn
