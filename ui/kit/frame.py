"""The frame of every page: set-up, navigation, the row of controls, the boundary for our errors.

Every page is `with frame.page(name): ...`; a new one is a name in PAGES, and its words in text.py.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from ui.kit import address, go, jobs, locks, memory, settings, share, text
from ui.kit.error_boundary import error_boundary
from ui.kit.player import Node, node

CSS = (Path(__file__).parent / "frame.css").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Page:
    """A room of the app. question : its title. answer : one sentence under it."""

    path: str
    name: str
    question: str
    answer: str

    @functools.cached_property
    def link(self) -> st.Page:
        """What a link to it takes; a path would be looked for on the disk at every run."""
        return st.Page(self.path, default=self.path == "app.py")


PAGES = {
    name: Page("app.py" if name == "start" else f"pages/{name}.py", *text.PAGES[name])
    for name in ("start", "read", "step_back", "train", "write", "translate", "see", "memory",
                 "check", "lecture")
}  # fmt: skip


@contextmanager
def page(name: str) -> Iterator[None]:
    """Set up a page, draw navigation and title, and hold the boundary under what follows."""
    this = PAGES[name]
    st.set_page_config(
        page_title=text.APP if name == "start" else text.PAGE_OF_APP.format(name=this.name),
        page_icon="/app/static/icon.png",
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    memory.settle()
    st.html(f"<style>{CSS}</style>")
    with error_boundary():
        if address.begin(name):
            jobs.stop_all()
        to = go.follow()
        address.script(PAGES[to].name if to else "")
        locks.begin()
        navigation(name)
        st.title(this.question, anchor=False)
        notes = st.container()
        with st.container():  # there or not, what follows keeps its place
            locks.line()
        yield
        with notes:
            address.end()


def navigation(here: str) -> None:
    """The bar on top: the pages, on a phone as one menu; what is set goes along."""
    bar = {"horizontal": True, "vertical_alignment": "center", "gap": None}
    with st.container(key="nav", **bar):
        with st.container(key="brand", width="content"):
            st.markdown(text.APP)
        with st.container(key="nav-pages", width="content", **bar):
            _links(here)
        with st.container(key="nav-menu", width="content"), st.popover(PAGES[here].name):
            _links()
        with st.container(key="nav-end", width="content", **bar):
            st.button(text.PRESENT, key="present on", icon=":material/present_to_all:",
                      type="tertiary", on_click=settings.put, kwargs={"present": True})  # fmt: skip
            share.button()
    if settings.get("present"):
        with st.container(key="present-end"):
            st.button(text.LEAVE, key="present off", shortcut="Escape", on_click=settings.put,
                      kwargs={"present": False})  # fmt: skip
            st.markdown(text.PRESENT_KEYS)


def _links(here: str = "") -> None:
    for name, target in PAGES.items():
        with st.container(key="nav-here", width="content") if name == here else nullcontext():
            address.page_link(target.link, target.name)


def controls() -> Any:
    """The one row of controls between the bar and the picture."""
    return st.container(key="controls", horizontal=True, vertical_alignment="center", gap=None)


def presents(tabs: str) -> bool:
    """Whether the film fills the window, for an audience: always but at a stop of a lecture that
    opens a tab under it, which they look at then. tabs : their setting.
    """
    looks_below = settings.get("stop") and settings.get(tabs) is not None
    return bool(settings.get("present")) and not looks_below


def heading(page: str, *right: Node, sub: Node | None = None) -> Node:
    """A page's question, over its picture. right : what stands at the other end of the line.
    sub : what stands beside the question, where it is not the page's answer to it.
    """
    this = PAGES[page]
    beside = node("span", this.answer if sub is None else sub, class_="sub")
    return node("div", node("h3", this.question), beside, node("span", *right), class_="heading")


def links() -> None:
    """The three ways on from Start."""
    with st.container(key="links", horizontal=True):
        for name in ("read", "step_back", "train"):
            target = PAGES[name]
            address.page_link(target.link, f"**{target.name}** · {target.question}")
