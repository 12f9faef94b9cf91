"""The only owner of session state: what the visitor chose, and the verbs that change it.

Widgets with a key of LINKED are bound to the address by Streamlit. The film's step `t` and the
chosen `unit` belong to no widget: they live here and are published to the address.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

VERSION = "1"
"""What a link without a value means is fixed by this number: a changed default raises it."""

DEFAULT_SENTENCE = "i am not at all bad or sad right now"
SECOND_SENTENCE = "this is not good"


def whole_number(text: str) -> int | None:
    """Read plain ASCII digits with an optional sign; None for anything else."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 12):
        return None
    return int(text)


def note(text: str) -> None:
    """Say something once, at the place where the page shows its notes."""
    notes = st.session_state.setdefault("notes", [])
    if text not in notes:
        notes.append(text)


def show_notes() -> None:
    """Show what had to be said, each sentence once."""
    for text in st.session_state.pop("notes", []):
        st.info(text, icon=":material/info:")


def open_link() -> None:
    """At a session's first run, put right what a link says badly, before any widget reads it."""
    if st.session_state.get("opened"):
        return
    st.session_state["opened"] = True
    version = st.query_params.get("v", VERSION)
    if version != VERSION:
        note("This link was made by another version of Unrolled; some of it may look different.")
    for name in ("t", "unit"):
        if (raw := st.query_params.get(name)) is not None:
            st.session_state[name] = whole_number(raw)
            if st.session_state[name] is None:
                note(f"The link's {name} is not a number, so it was left out.")


def number_from_link(name: str, low: int, high: int) -> None:
    """Before a bound number's widget: move a link's value into low..high, and say so once."""
    seen = f"seen {name}"
    if st.session_state.get(seen):
        return
    st.session_state[seen] = True
    if (raw := st.query_params.get(name)) is None:
        return
    value = whole_number(raw)
    nearest = None if value is None else min(max(value, low), high)
    if nearest is None:
        note(f"The link's {name} is not a whole number, so the usual one is used.")
    elif nearest != value:
        note(f"The link asks for {name} {value}; the nearest that there is, is {nearest}.")
        st.session_state[name] = nearest


def choice_from_link(name: str, choices: Sequence[str]) -> None:
    """Before a bound choice's widget: say once when a link asks for one that is not there."""
    seen = f"seen {name}"
    if st.session_state.get(seen):
        return
    st.session_state[seen] = True
    raw = st.query_params.get(name)
    if raw is not None and raw not in choices:
        note(f"The link's {name} is unknown, so the usual one is used.")


def chosen(name: str, low: int, high: int, default: int) -> int:
    """The film's step or unit: what was chosen, moved into low..high, or the default."""
    value = st.session_state.get(name)
    if value is None:
        return default
    nearest = min(max(value, low), high)
    if nearest != value:
        note(f"There is no {name} {value} here; the nearest is {nearest}.")
        st.session_state[name] = nearest
    return int(nearest)


def publish() -> None:
    """Write step and unit to the address, so that a copied link opens the same picture."""
    for name in ("t", "unit"):
        value = st.session_state.get(name)
        if value is not None:
            st.query_params[name] = str(value)
        elif name in st.query_params:
            del st.query_params[name]
    if st.query_params:
        st.query_params["v"] = VERSION


def read(sentence: str) -> None:
    """Make this the sentence, as if it had been typed."""
    st.session_state["s"] = sentence
    new_sentence()


def new_sentence() -> None:
    """Another sentence begins at its own last word."""
    st.session_state["t"] = None


def film_moved(key: str) -> Callable[[], None]:
    """A callback: the film with this key rests at another step (t counts words from 1)."""

    def moved() -> None:
        step = st.session_state[key].get("step")
        if step is not None:
            st.session_state["t"] = int(step) + 1

    return moved


def cell_clicked(key: str, order: Sequence[int], unit: int) -> Callable[[], None]:
    """A callback: a cell of the film was clicked, or arrow up or down was pressed.

    order : the units from top to bottom; unit : the one chosen now.
    """

    def clicked() -> None:
        click = st.session_state[key].get("click")
        if not click:
            return
        st.session_state["t"] = int(click["step"]) + 1
        row = order.index(unit) + click["move"] if "move" in click else click.get("y")
        if isinstance(row, int) and click.get("curve", 0) == 0:
            st.session_state["unit"] = order[min(max(row, 0), len(order) - 1)]

    return clicked


def word_clicked(key: str) -> Callable[[], None]:
    """A callback: a chip with a suggestion was clicked; it carries the whole new sentence."""

    def clicked() -> None:
        click = st.session_state[key].get("click")
        if click and isinstance(click.get("read"), str):
            read(click["read"])

    return clicked
