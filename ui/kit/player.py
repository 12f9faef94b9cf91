"""The one component: figures and text that change in place, and a film that steps through them.

`st.plotly_chart` takes a chart away and draws a new one at every change; this updates the same
node. It knows Plotly figures and text; it must not know networks, pages or session state.

One payload, as JSON bytes (a dict would pull in pandas):

    identity   what this is a film of; when it changes the film starts at `step`
    step       where to start: the number of a frame
    group      films of one group share one clock; the one with `transport` drives it
    transport  whether there are buttons and a slider; keys: "page" or "focus", who gets the arrows
    rows       whether arrow up and down are reported as clicks {"move": -1 or 1}
    columns    CSS grid columns on a wide screen, one for each area
    pitch      pixels that a column of words takes at least, where that is more than usual
    fill       the film takes the window's height, down to so many pixels above its foot; null: it
               is as high as its panels. present: for an audience; type and figures are larger
    hint       a line beside the buttons; pace_ms: how long play stays on a frame
    away_ms    after so long in a tab that nobody sees "away" is reported, once; 0 for never
    panels     [{name, kind: "figure", area, card, figure: {data, layout}, height, label,
                 description, clicks: "", "cell" or "step", narrow: patch for a phone}
                {name, kind: "text", area, card, content: node}
                {name, kind: "drawing", area, card, marks, height, label, description}]
               every one has columns, stack, grow and share as well: see Panel
    frames     [{label, title: node, say, at: column in view, panels: {name: patch}}]; a figure's
               patch is {data: {trace number: {...}}, layout: {...}, say}, merged into it, and
               {outer: {trace number: [from, to]}}: its z is the sum of the outer products of
               the panel's factors {left, right} number from..to-1; a text's patch is a node,
               a drawing's one character for each of its marks
               (frames that patch the same keys with arrays of the same length step faster)
    dark       {light colour: dark colour}, exchanged in figures and text on a dark theme

A node is a string, or [tag, {class, title, label, color, fill, left, top, click, go, svg}, *nodes],
left and top places of 0..1 in what it stands in, svg attributes of an svg's element; the browser
makes it with textContent and refuses other tags. What comes back: state "step", {at, of, when}:
the frame (once the film rests), its film's identity and a time; trigger "click", {step, and panel,
x, y, curve | a node's click | move}; and trigger "away".
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

import plotly.graph_objects as go
import streamlit as st

from ui.kit.text import LOOK_FOR
from ui.kit.theme import DARK

HERE = Path(__file__).parent
Node = str | list[Any]
AWAY_MS = 120_000


def _source(*names: str) -> str:
    return "".join((HERE / name).read_text(encoding="utf-8") for name in names)


SOURCE = _source("figures.js", "drawing.js", "player.js")
CSS = _source("player.css", "drawing.css")
_component = st.components.v2.component(
    "unrolled_plot",
    html='<div class="film-root"></div>\n',
    css=CSS,
    js=SOURCE,
    isolate_styles=False,
)


def _dumps(payload: Any) -> str:
    return json.dumps(payload, separators=(",", ":"), allow_nan=False)


def node(tag: str, *children: Node, **attributes: Any) -> Node:
    """Make an element: node("b", "not", class_="quiet"). Text is data: it is never parsed."""
    named = {name.rstrip("_"): value for name, value in attributes.items() if value is not None}
    return [tag, named, *children]


@dataclass(frozen=True)
class Room:
    """The height that one axis of a figure gets, of those that stand one below another.

    axis : "yaxis2". px : its least. rows : it is so many rows of 12 to 22 pixels, fewer where they
    are many. grow : its share of what is left. gap : pixels above it.
    """

    axis: str
    px: int = 0
    rows: int = 0
    grow: float = 0
    gap: int = 0


@dataclass(frozen=True)
class Panel:
    """What stands in an area, in a card.

    card : True begins a new card, "bare" a new one without a border. share : the height of the
    card that it begins, beside the area's other cards; 0 for what its panels take. grow : its own
    share of a card's free height. columns : it stands over so many words, in columns that the
    browser makes as wide as there is room: the same ones for all in the card. stack : how a
    figure's axes share its height, from the top.
    """

    name: str
    area: str = field(default="main", kw_only=True)
    card: bool | str = field(default=False, kw_only=True)
    share: float = field(default=0, kw_only=True)
    grow: float = field(default=0, kw_only=True)
    columns: float = field(default=0, kw_only=True)
    stack: Sequence[Room] = field(default=(), kw_only=True)
    kind: ClassVar[str]
    sent: ClassVar[Sequence[str]]

    @cached_property
    def text(self) -> str:
        """As the browser wants it, in JSON; written once for a panel that is kept."""
        names = ("name", "area", "card", "share", "grow", "columns", *self.sent)
        rest = {name: getattr(self, name) for name in names}
        stack = [vars(room) for room in self.stack]
        return _dumps({**rest, "kind": self.kind, "stack": stack})


@dataclass(frozen=True)
class Figure(Panel):
    """A panel with a picture; label names it and description says it to who cannot see it.

    height : its least, in pixels, and what it has where nothing grows. clicks : "cell" reports
    clicks on points, "step" moves the film to the point's x as well. narrow : a patch that is
    merged into the figure where it is less than 480 pixels wide. factors : {"left": (n, R),
    "right": (n, C)} as lists, for patches that ask for sums of outer products.
    """

    figure: go.Figure
    height: int
    label: str
    description: str = ""
    clicks: str = ""
    narrow: Mapping[str, Any] | None = None
    factors: Mapping[str, Any] | None = None
    kind = "figure"
    sent = ("height", "label", "description", "clicks", "narrow", "factors")

    @cached_property
    def text(self) -> str:
        """As the browser wants it, in JSON; written once for a panel that is kept."""
        return f'{super().text[:-1]},"figure":{self.figure.to_json()}}}'


@dataclass(frozen=True)
class Text(Panel):
    """A panel with text."""

    content: Node
    kind = "text"
    sent = ("content",)


@dataclass(frozen=True)
class Drawing(Panel):
    """A panel with boxes and arrows over the columns; see drawing.js for its marks."""

    marks: Sequence[Mapping[str, Any]]
    height: int
    label: str
    description: str = ""
    kind = "drawing"
    sent = ("marks", "height", "label", "description")


def look_for(*text: Node) -> Node:
    """The one sentence under a picture."""
    return node("p", node("b", LOOK_FOR), *text, class_="look")


def picture(
    name: str, title: Node, figure: go.Figure, height: int, description: str, look: Node = "",
    area: str = "main", card: bool | str = False, share: float = 0, **more: Any,
) -> list[Panel]:  # fmt: skip
    """A picture with its title above and its one sentence below: "<name> title", "<name> look".

    look : the whole sentence, "" where frames fill it in. more : as for Figure.
    """
    said = title if isinstance(title, str) else name
    return [
        Text(f"{name} title", node("h3", title), area=area, card=card, share=share),
        Figure(name, figure, height, said, description, area=area, **more),
        Text(f"{name} look", look, area=area),
    ]


def table(
    rows: Sequence[Sequence[Node]], head: Sequence[Node] = (), classes: Sequence[str] = (),
    class_: str = "", looks: Mapping[int, str] = MappingProxyType({}),
) -> Node:  # fmt: skip
    """A table of cells, a class for each column: mono for numbers, quiet, wide, small.

    A cell that is an element "td" or "th" stands as it is. looks : a class for some rows, counted
    from 0: sum, strong.
    """

    def cell(tag: str, content: Node, place: int) -> Node:
        if isinstance(content, list) and content[0] in ("td", "th"):
            return content
        return node(tag, content, class_=classes[place] if place < len(classes) else None)

    body = [
        node("tr", *(cell("td", c, i) for i, c in enumerate(row)), class_=looks.get(number))
        for number, row in enumerate(rows)
    ]
    if not head:
        return node("table", node("tbody", *body), class_=class_ or None)
    top = node("tr", *(node("th", c, class_="quiet") for c in head))
    return node("table", node("thead", top), node("tbody", *body), class_=class_ or None)


@dataclass(frozen=True)
class Frame:
    """One moment: label for where we are, say for the screen reader, patches for the panels.

    at : the column of words that is in view where they are more than there is room for.
    """

    label: str
    title: Node | None = None
    say: str = ""
    panels: dict[str, Any] = field(default_factory=dict)
    at: float | None = None

    @property
    def text(self) -> str:
        """As the browser wants it, in JSON."""
        return _dumps({k: getattr(self, k) for k in ("label", "title", "say", "panels", "at")})


@dataclass(frozen=True)
class Written:
    """A panel or a frame of which only the JSON is kept."""

    text: str


Film = tuple[list[Panel], list[Frame]]


def film(
    key: str,
    panels: Sequence[Panel | Written],
    frames: Sequence[Frame | Written] = (),
    *,
    step: int = 0,
    identity: str = "",
    group: str = "",
    transport: bool = True,
    keys: str = "page",
    rows: bool = False,
    columns: str = "minmax(0, 1fr)",
    pitch: int = 0,
    fill: int | None = None,
    present: bool = False,
    hint: str = "",
    pace_ms: int = 900,
    on_step: Callable[[], None] = lambda: None,
    on_click: Callable[[], None] = lambda: None,
    on_away: Callable[[], None] | None = None,
) -> None:
    """Show panels that step together through frames, in place; see the top of this file."""
    payload = {
        "identity": identity,
        "step": step,
        "group": group or key,
        "transport": transport and len(frames) > 0,
        "keys": keys,
        "rows": rows,
        "columns": columns,
        "pitch": pitch,
        "fill": fill,
        "present": present,
        "hint": hint,
        "pace_ms": pace_ms,
        "away_ms": AWAY_MS if on_away else 0,
        "dark": DARK,
    }
    first, second = (",".join(part.text for part in parts) for parts in (panels, frames))
    data = f'{_dumps(payload)[:-1]},"panels":[{first}],"frames":[{second}]}}'
    _component(
        key=key, data=data.encode(), on_step_change=on_step, on_click_change=on_click,
        on_away_change=on_away or (lambda: None),
    )  # fmt: skip


def still(key: str, *panels: Panel | Written, **settings: Any) -> None:
    """Show panels without a film: figures that are replaced in place when Python says so."""
    film(key, panels, transport=False, **settings)
