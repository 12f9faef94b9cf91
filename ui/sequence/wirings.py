"""The picker of wirings: the famous row of drawings, each a way to its page, with its task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import streamlit as st

from ui.kit import settings
from ui.kit.frame import PAGES
from ui.kit.player import Text, node, still
from ui.kit.table import Value
from ui.sequence.thumbnail import thumbnail
from ui.sequence.wiring import Plan, Segment


@dataclass(frozen=True)
class Wiring:
    """called, task : its name, and what it is used for here. page : a key of PAGES. puts : the
    settings that choose its task there.
    """

    called: str
    task: str
    plan: Plan
    page: str
    puts: Mapping[str, Value] = field(default_factory=dict)


def _words(n: int, **more: object) -> Segment:
    return Segment(("",) * n, **more)  # type: ignore[arg-type]


def _see(task: str) -> dict[str, Value]:
    return {"v_task": task, "v_network": None, "v_epoch": None, "v_t": None}


WIRINGS = (
    Wiring("One to many", "a picture’s caption",
           Plan((_words(3, asked="each", inputs="first"),), vector=True), "see", _see("caption")),
    Wiring("Many to one", "a sentence’s verdict", Plan((_words(3),)), "read",
           {"data": "sentiment", "model": None}),
    Wiring("Encoder, decoder", "translation",
           Plan((_words(2, asked="none"), _words(2, asked="each", inputs="fed", state="s")),
                gap=0), "translate"),
    Wiring("Many to many", "a label for each frame", Plan((_words(3, asked="each"),)), "see",
           _see("film")),
    Wiring("Row by row", "a picture as a sequence", Plan((_words(4),)), "see", _see("digit")),
    Wiring("Next symbol", "a text that goes on",
           Plan((_words(3, asked="each", inputs="fed"),)), "write"),
)  # fmt: skip


OFFERED = {i: one for i, one in enumerate(WIRINGS) if one.page in PAGES}


@lru_cache(maxsize=1)
def row() -> Text:
    """All of them, a button each."""
    cards = [
        node("button", thumbnail(one.plan),
             node("span", node("b", one.called), node("span", one.task)),
             class_="wiring", click={"wiring": i}, label=f"{one.called}: {one.task}")
        for i, one in OFFERED.items()
    ]  # fmt: skip
    return Text("wirings", node("div", *cards, class_="wirings"), card="bare")


def show(key: str) -> None:
    """The row; a click goes to the page, where its task is chosen."""

    def clicked() -> None:
        number = (settings.reported(key, "click") or {}).get("wiring")
        if number in OFFERED:
            settings.put(**OFFERED[number].puts)
            settings.kept()["go"] = OFFERED[number].page

    still(key, row(), on_click=clicked)
    if page := settings.kept().pop("go", None):
        st.switch_page(PAGES[page].link)
