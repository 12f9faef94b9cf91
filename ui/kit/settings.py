"""The visitor's settings: one owner. A widget is a view of its setting, the address is their image.

A widget is born with its setting's value, under a key of that birth; from then on what the visitor
does with it is the value. When the value changes in any other way (Back, a preset, another range,
another page), the next widget is born under another key: what the browser still says about the
last one counts no more. The address is in address.py.

This is the only file that touches Streamlit's session state.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import streamlit as st

from ui.kit.table import TABLE, Value
from ui.kit.text import CALLED, NEAREST, USUAL

T = TypeVar("T")


@dataclass
class Choice:
    """A setting's value, None for what the page thinks best.

    births : how often a widget was born to it. drawn : the last of those that was drawn: only that
    one can say anything. first, allowed : what the last one was born with, and among which values.
    """

    value: Value
    births: int = 0
    drawn: int = -1
    first: Value = None
    allowed: Sequence[Value] = ()

    def now(self, name: str) -> Value:
        """The value, after a look at what its widget says; only if one was drawn: looks cost."""
        said = st.session_state.get(f"{name} {self.births}") if self.drawn == self.births else None
        if said is not None and not (self.value is None and said == self.first):
            self.value = said
        return self.value


@dataclass
class Owner:
    """All that a visitor chose.

    notes, said : what has to be said, and what this run has said. page : where it was last shown.
    arrived : what begin() last returned. mark : of the last Back or Forward. published : what the
    address says; None as long as it says what the visitor's link said. drawn : the settings whose
    widgets this page has drawn, and their labels. kept : what pages keep for this visitor and no
    address could hold, such as a training.
    """

    choices: dict[str, Choice] = field(
        default_factory=lambda: {name: Choice(one.default) for name, one in TABLE.items()}
    )
    notes: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    page: str = ""
    arrived: bool = False
    mark: str | None = None
    published: dict[str, str] | None = None
    drawn: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)


def owner() -> Owner:
    """This session's."""
    if "settings" not in st.session_state:
        st.session_state["settings"] = Owner()
    mine: Owner = st.session_state["settings"]
    return mine


def kept() -> dict[str, Any]:
    """What pages keep for this visitor, by names of theirs."""
    return owner().kept


def reported(key: str, name: str) -> Any:
    """What a component with this key has reported under a name, None for nothing."""
    return (st.session_state.get(key) or {}).get(name)


def key_of(name: str) -> str:
    """The key of the setting's widget now."""
    return f"{name} {owner().choices[name].births}"


def get(name: str) -> Any:
    """The value now: what its widget says, if it has one; None for what the page thinks best."""
    return owner().choices[name].now(name)


def put(**values: Value) -> None:
    """Change settings from elsewhere than their widgets, in a callback or before they are drawn."""
    for name, value in values.items():
        if value != get(name):
            owner().choices[name].value = value
            owner().choices[name].births += 1


def note(text: str) -> None:
    """Say something once, at the end of this run."""
    if text not in owner().notes:
        owner().notes.append(text)


def show_notes() -> None:
    """Say here what has to be said."""
    for text in owner().notes:
        st.info(text, icon=":material/info:")
    owner().said += owner().notes
    owner().notes.clear()


def say_again() -> None:
    """Before a page is drawn anew that nobody has touched: what it said is said there as well."""
    mine = owner()
    mine.notes[:0] = [text for text in mine.said if text not in mine.notes]


def within(name: str, low: int, high: int, usual: int) -> int:
    """The value of a setting without a widget, moved into low..high; usual where there is none."""
    value = get(name)
    if value is None:
        return usual
    if (nearest := min(max(value, low), high)) != value:
        _moved(name, value, nearest)
        put(**{name: nearest})
    return int(nearest)


def correct(name: str, allowed: Sequence[Value] = ()) -> Value:
    """The setting's value now; moved to the nearest that is allowed, and that is said.

    allowed : where that is less than the table says, or other choices.
    """
    value = get(name)
    if (good := TABLE[name].nearest(value, allowed)) != value:
        _moved(name, value, good)
        put(**{name: good})
    return good


def _moved(name: str, value: Value, good: Value) -> None:
    said = USUAL if good is None else NEAREST
    note(said.format(what=CALLED.get(name, name), value=str(value)[:40], good=good))


# ---- widgets ----


def ruled(name: str, label: str = "") -> str:
    """Whether a setting's widget is to "lock" or to "hide", else "". label : of one now drawn."""
    if label:
        owner().drawn[name] = label
    return next((rule for rule in ("hide", "lock") if name in get(rule).split(",")), "")


def view(
    name: str, draw: Callable[..., T], allowed: Sequence[Value] = (), usual: Value = None,
    label: str = "",
) -> T:  # fmt: skip
    """Draw a setting's widget, or none where it is hidden: then return what it would say.

    draw : takes its key, the value that it is born with, and `disabled` where it is locked.
    allowed : where that is less than the table says, or other choices. usual : the value shown
    where none was chosen. label : under which it can be locked and hidden; "" for never.
    """
    rule = ruled(name, label) if label else ""
    choice, births = owner().choices[name], owner().choices[name].births
    good = correct(name, allowed)
    if births == choice.births and (
        list(choice.allowed) != list(allowed) or (good is None and choice.first != usual)
    ):
        choice.births += 1
    choice.allowed = allowed
    key = key_of(name)
    if key not in st.session_state:
        choice.first = usual if good is None else good
    if rule == "hide":
        return cast(T, usual if good is None else good)
    drawn = draw(key, choice.first, **({"disabled": True} if rule else {}))
    choice.drawn = choice.births
    get(name)
    return drawn


def slider(
    name: str, label: str, values: Sequence[Value] = (), usual: Value = None, live: bool = False,
    **more: Any,
) -> Any:  # fmt: skip
    """A slider over the setting's values. live : it is read when something else asks for it."""
    values = list(values or TABLE[name].allowed)
    if usual is not None and usual not in values:  # a model from elsewhere has its own
        values = sorted([*values, usual])  # type: ignore[type-var]
    act = {"on_change": "ignore"} if live else {}
    return view(
        name,
        lambda key, now, **how: st.select_slider(label, values, now, key=key,
                                                 **act, **(more | how)),
        values, usual, label,
    )  # fmt: skip


def segments(
    name: str, label: str, names: Mapping[Any, str] | Sequence[Any] = (), usual: Value = None,
    live: bool = False, **more: Any,
) -> Any:  # fmt: skip
    """Buttons for the setting's values side by side. names : how they are called."""
    values = list(names or TABLE[name].allowed)
    said = {value: as_text(str(names[value] if isinstance(names, Mapping) else value))
            for value in values}  # fmt: skip
    act = {"on_change": "ignore"} if live else {}
    return view(
        name, lambda key, now, **how: st.segmented_control(
            label, values, default=now, required=True, key=key, format_func=said.__getitem__,
            **act, **(more | how)),
        values, usual, label,
    )  # fmt: skip


def select(
    name: str, label: str, names: Mapping[Any, str] | Sequence[Any] = (), usual: Value = None,
    **more: Any,
) -> Any:  # fmt: skip
    """A list to choose from. names : how the values are called."""
    values = list(names or TABLE[name].allowed)
    said = {value: str(names[value] if isinstance(names, Mapping) else value) for value in values}
    return view(name, lambda key, now, **how: st.selectbox(
        label, values, values.index(now), key=key, format_func=said.__getitem__, **(more | how)
    ), values, usual, label)  # fmt: skip


def number(name: str, label: str, **more: Any) -> int:
    """A box for a whole number."""
    low, high = TABLE[name].allowed[0], TABLE[name].allowed[-1]
    view(name, lambda key, now, **how: st.number_input(label, low, high, now, key=key, **more,
                                                       **how), label=label)  # fmt: skip
    return int(get(name))


def menu(key: str, label: str, options: Sequence[str], act: Callable[[str], None], of: str) -> None:
    """A list behind a button; act takes what was chosen of it. of : which setting it changes."""
    rule = ruled(of, owner().drawn.get(of, label))
    if rule != "hide":
        st.menu_button(label, options, key=key, format_func=as_text, disabled=rule == "lock",
                       on_click=lambda: act(st.session_state[key]))  # fmt: skip


def preset(
    label: str, key: str, values: Mapping[str, Value], act: Callable[[], None], **more: Any
) -> None:
    """A button that sets several settings; not to press where one that it would turn is ruled."""
    fixed = any(ruled(name) and get(name) != value for name, value in values.items())
    st.button(label, key=key, on_click=act, disabled=fixed, **more)


def toggle(name: str, label: str, **more: Any) -> bool:
    """A switch."""
    return view(name, lambda key, now, **how: st.toggle(label, now, key=key, **(more | how)),
                label=label)  # fmt: skip


def text(name: str, label: str, usual: str | None = None, **more: Any) -> str:
    """A box for a text. usual : what it holds where nothing was typed."""
    view(name, lambda key, now, **how: st.text_input(label, now, key=key, **(more | how)),
         (), usual, label)  # fmt: skip
    return str(usual if (value := get(name)) is None else value)


def tabs(name: str, labels: Sequence[str]) -> dict[str, Any]:
    """{label: tab}; a tab is `.open` or not, and only an open one should be filled."""
    drawn = view(name, lambda key, now: st.tabs(labels, default=now, key=key, on_change="rerun"),
                 labels, labels[0])  # fmt: skip
    return dict(zip(labels, drawn, strict=True))


def as_text(text: str) -> str:
    """A text of the visitor's data as it is, where Streamlit would read it as Markdown."""
    return "".join(f"\\{c}" if c in MARKDOWN else c for c in text)


MARKDOWN = frozenset("\\`*_{}[]()<>#+-.!|~$:&^=")
