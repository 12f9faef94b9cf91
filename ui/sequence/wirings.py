"""The picker of wirings: the famous row of drawings, each a way to its page, with its task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial

from ui.kit import go, settings
from ui.kit.frame import PAGES
from ui.kit.player import Text, node, still
from ui.kit.table import Value
from ui.sequence import text
from ui.sequence.thumbnail import thumbnail
from ui.sequence.wiring import Plan, Segment


@dataclass(frozen=True)
class Wiring:
    """key : of its name, and of what it is used for here. page : a key of PAGES, its own. puts :
    the settings that choose its task there, and on the pages that show every wiring.
    """

    key: str
    plan: Plan
    page: str
    puts: Mapping[str, Value] = field(default_factory=dict)


def _words(n: int, **more: object) -> Segment:
    return Segment(("",) * n, **more)  # type: ignore[arg-type]


def _see(task: str) -> dict[str, Value]:
    return {"wiring": "see", "v_task": task, "v_network": None, "v_epoch": None, "v_t": None}


WIRINGS = (
    Wiring("caption",
           Plan((_words(3, asked="each", inputs="first"),), vector=True), "see", _see("caption")),
    Wiring("verdict", Plan((_words(3),)), "read",
           {"wiring": "sentence", "data": "sentiment", "model": None, "epoch": None}),
    Wiring("translation",
           Plan((_words(2, asked="none"), _words(2, asked="each", inputs="fed", state="s")),
                gap=0), "translate", {"wiring": "translate"}),
    Wiring("film", Plan((_words(3, asked="each"),)), "see", _see("film")),
    Wiring("digit", Plan((_words(4),)), "see", _see("digit")),
    Wiring("next", Plan((_words(3, asked="each", inputs="fed"),)), "write",
           {"wiring": "sentence", "data": "quotes", "model": None, "epoch": None}),
)  # fmt: skip
OFFERED = {i: one for i, one in enumerate(WIRINGS) if one.page in PAGES}
EVERY = ("read", "step_back", "train")
"""Pages that show every wiring: another one is looked at without leaving them."""


@lru_cache(maxsize=1)
def row() -> Text:
    """All of them, a button each."""
    cards = []
    for i, one in OFFERED.items():
        name, task = text.WIRINGS[one.key]
        said = node("span", node("b", name), node("span", task))
        cards.append(node("button", thumbnail(one.plan), said, class_="wiring",
                          click={"wiring": i}, label=f"{name}: {task}"))  # fmt: skip
    return Text("wirings", node("div", *cards, class_="wirings"), card="bare")


def show(key: str) -> None:
    """The row; a click shows that wiring: here where every one is shown, else on its own page."""

    def clicked() -> None:
        number = (settings.reported(key, "click") or {}).get("wiring")
        if number in OFFERED:
            one, here = OFFERED[number], settings.owner().page
            go.to(here if here in EVERY else one.page, partial(settings.put, **one.puts))

    still(key, row(), on_click=clicked)
