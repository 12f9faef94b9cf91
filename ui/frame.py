"""The frame of every page: set-up, navigation, title, and a net under everything.

Every page begins with `with frame.page(...)`. Fragments run by themselves later, outside
that block: `@frame.fragment` puts the same net under them.
"""

from __future__ import annotations

import functools
import gc
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec

import streamlit as st

from ui import gate, state
from ui.state import training as state_train

CSS = (Path(__file__).parent / "frame.css").read_text(encoding="utf-8")
P = ParamSpec("P")
log = logging.getLogger("unrolled")
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
        "Press play and turn a knob. Every picture is this run, at this moment.",
    ),
    "memory": Page(
        "pages/memory.py", "Memory", ":material/history:", "How far back does it remember?",
        "The last word's blame, sent back word by word: "
        "what arrives is all that the network can learn from.",
    ),
    "check": Page(
        "pages/check.py", "Is it right?", ":material/rule:", "Is it right?",
        "Nudge a weight, read again, see how the loss moved: "
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
def net() -> Iterator[None]:
    """Catch what went wrong: the visitor reads one sentence, the log keeps the trace."""
    try:
        with gate.PROCESS.inside():
            yield
    except Exception:
        log.exception("a page failed")
        st.error(
            "Something went wrong on this page, and it is our fault. Reload it; if it happens "
            "again, go back to Start: your sentence is kept in the address.",
            icon=":material/error:",
        )


@contextmanager
def page(name: str) -> Iterator[None]:
    """Set up a page, draw navigation and title, and hold the net under what follows."""
    this = PAGES[name]
    st.set_page_config(
        page_title="Unrolled" if name == "start" else f"{this.name} · Unrolled",
        page_icon="/app/static/icon.png",
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    settle_memory()
    st.html(f"<style>{CSS}</style>")
    with net():
        navigation()
        st.title(this.question, anchor=False)
        with st.container(key="subtitle"):
            st.markdown(this.answer)
        state.open_link()
        state.enter(name)
        if name != "train":
            state_train.leave()
        yield
        state.finish_link()
        state.publish()


def navigation() -> None:
    """The line of pages on top; values bound to the address follow by themselves."""
    with st.container(key="nav", horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(key="brand", width="content"):
            st.markdown("Unrolled")
        for target in PAGES.values():
            st.page_link(target.link, label=target.name, icon=target.icon)


def doors() -> None:
    """The three ways on from Start."""
    for name in ("read", "step_back", "train"):
        target = PAGES[name]
        with st.container(border=True, key=f"card door {name}"):
            st.page_link(target.link, label=f"**{target.name}** · {target.question}",
                         icon=target.icon)  # fmt: skip


def fragment(
    body: Callable[P, None], run_every: float | None = None, publishes: bool = True
) -> Callable[P, None]:
    """A part of a page that reruns by itself, with the net under it.

    run_every : seconds between two runs without being asked; None for none. publishes : whether
    it brings the address up to date. What a timer calls must not: the browser may have sent it
    before it heard what the last run of the page said, and would take that back.

    With a timer it goes by another name than without. So a part around it that is drawn again
    without the timer takes it away; Streamlit stops only the timers of parts that are gone.
    """

    @functools.wraps(body)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        with net():
            body(*args, **kwargs)
            if publishes:
                state.publish()

    if run_every:
        guarded.__qualname__ += " by itself"
    return st.fragment(guarded, run_every=run_every)
