"""The frame of every page: set-up, navigation, title, settings, and the boundary for our errors.

Every page is `with frame.page(name): ...`; a new one is a line in PAGES.
"""

from __future__ import annotations

import functools
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ui.kit import address, jobs
from ui.kit.error_boundary import error_boundary

CSS = (Path(__file__).parent / "frame.css").read_text(encoding="utf-8")
FULL_ROUND_AFTER = 300
"""Middle rounds of the garbage collector: with a full hall some 80 seconds."""


@dataclass(frozen=True)
class Page:
    """A room of the app. question : its title. answer : one sentence under it."""

    path: str
    name: str
    icon: str
    question: str
    answer: str

    @functools.cached_property
    def link(self) -> st.Page:
        """What a link to it takes; a path would be looked for on the disk at every run."""
        return st.Page(self.path, default=self.path == "app.py")


PAGES = {
    "start": Page(
        "app.py", "Start", ":material/home:", "Watch a network read",
        "Type a sentence. A recurrent network, trained a moment ago, reads it word by word.",
    ),
    "read": Page(
        "pages/read.py", "Read", ":material/visibility:", "How does it read?",
        "One word at a time, into one vector. "
        "The same weights for every word; only the state changes.",
    ),
    "step_back": Page(
        "pages/step_back.py", "Step back", ":material/undo:", "Who is to blame?",
        "The loss at the last word, handed back one word at a time. "
        "Each word adds its share to the same weights.",
    ),
    "train": Page(
        "pages/train.py", "Train", ":material/play_arrow:", "How does it learn?",
        "Press play and change a setting. Every picture is this run, at this moment.",
    ),
    "memory": Page(
        "pages/memory.py", "Memory", ":material/history:", "How far back does it remember?",
        "The last word's gradient, sent back word by word: "
        "what arrives is all that the network can learn from.",
    ),
    "check": Page(
        "pages/check.py", "Is it right?", ":material/rule:", "Is it right?",
        "Move a weight by epsilon, read again, see how the loss moved: "
        "a check of every gradient that needs no trust in the formulas.",
    ),
}  # fmt: skip


@functools.cache
def settle_memory() -> None:
    """Once, after the imports: take all that is loaded out of the garbage collector's rounds, and
    make its full ones rare. With 300 visitors a full one halts everybody for a quarter of a second.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*gc.get_threshold()[:2], FULL_ROUND_AFTER)


@contextmanager
def page(name: str) -> Iterator[None]:
    """Set up a page, draw navigation and title, and hold the boundary under what follows."""
    this = PAGES[name]
    st.set_page_config(
        page_title="Unrolled" if name == "start" else f"{this.name} · Unrolled",
        page_icon="/app/static/icon.png",
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    settle_memory()
    st.html(f"<style>{CSS}</style>")
    with error_boundary():
        if address.begin(name):
            jobs.stop_all()
        navigation()
        st.title(this.question, anchor=False)
        with st.container(key="subtitle"):
            st.markdown(this.answer)
        notes = st.container()
        yield
        with notes:
            address.end()


def navigation() -> None:
    """The line of pages on top; what is set goes along."""
    with st.container(key="nav", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(key="brand", width="content"):
            st.markdown("Unrolled")
        for target in PAGES.values():
            address.page_link(target.link, target.name, target.icon)


def links() -> None:
    """The three ways on from Start."""
    for name in ("read", "step_back", "train"):
        target = PAGES[name]
        with st.container(border=True, key=f"card link {name}"):
            address.page_link(target.link, f"**{target.name}** · {target.question}", target.icon)
