"""The only owner of session state: what the visitor chose, and the verbs that change it.

Widgets are bound to the address by Streamlit. What belongs to no widget (FREE) lives here and is
published to the address.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.state import address

VERSION = "1"
"""What a link without a value means is fixed by this number: a changed default raises it."""

DEFAULT_SENTENCE = "i am not at all bad or sad right now"
SECOND_SENTENCE = "this is not good"
FREE = ("t", "f", "unit", "epoch")
"""Numbers that belong to no widget: the word of Read's film, the frame of Step back's, the unit,
and the moment of the training (see epochs.py)."""


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
    """Show what had to be said, each sentence once; not in a run that begins again at its end."""
    if st.session_state.get("corrections"):
        return
    for text in st.session_state.pop("notes", []):
        st.info(text, icon=":material/info:")


def open_link() -> None:
    """At a session's first run, put right what a link says badly, before any widget reads it."""
    if st.session_state.get("opened"):
        return
    st.session_state["opened"] = True
    version = st.query_params.get("v", "1")
    if version != VERSION:
        note("This link was made by another version of Unrolled; some of it may look different.")
    for name in FREE:
        if (raw := st.query_params.get(name)) is not None:
            st.session_state[name] = whole_number(raw)
            if st.session_state[name] is None:
                note(f"The link's {name} is not a number, so it was left out.")
    st.session_state["hold"] = st.query_params.get("hold")  # see holds.py


def enter(page: str) -> None:
    """Take the sentence along to another page, also when it came by a link or by a verb and was
    not touched: Streamlit keeps by itself only what a visitor has moved.
    """
    before = st.session_state.get("page", page)
    st.session_state["page"] = page
    if before != page:
        st.session_state.pop("reached", None)
        if "s" in st.session_state and "s" not in st.query_params:
            st.session_state["s"] = st.session_state["s"]


def first_word(name: str) -> str | None:
    """What a link says about a bound widget, the first time that it is asked; None after that.

    A new widget takes only good values from the address and drops others without a word; so a
    correction is made now for this run, and again here in the next, which corrects the address.
    """
    corrections = st.session_state.setdefault("corrections", {})
    if name in corrections:
        st.session_state[name] = corrections.pop(name)
    if st.session_state.get(f"seen {name}"):
        return None
    st.session_state[f"seen {name}"] = True
    return st.query_params.get(name)


def correct(name: str, value: object) -> None:
    """Give a bound widget another value than its link does."""
    st.session_state[name] = st.session_state["corrections"][name] = value


def number_from_link(name: str, values: Sequence[int], usual: int) -> None:
    """Before a bound number's widget: move a link's value to the nearest one, and say so once."""
    if (raw := first_word(name)) is None:
        return
    if (value := whole_number(raw)) is None:
        note(f"The link's {name} is not a whole number, so the usual one is used.")
        correct(name, usual)
    elif (nearest := min(values, key=lambda known: abs(known - value))) != value:
        note(f"The link asks for {name} {value}; the nearest that there is: {nearest}.")
        correct(name, nearest)


def finish_link() -> None:
    """At a page's end: begin again when a number of the link had to be corrected."""
    if st.session_state.get("corrections"):
        st.rerun()


def choice_from_link(name: str, choices: Sequence[str]) -> None:
    """Before a bound choice's widget: say once when a link asks for one that is not there."""
    raw = first_word(name)
    if raw is not None and raw not in choices:
        note(f"The link's {name} is unknown, so the usual one is used.")


def begin_with(name: str, value: str, choices: Sequence[str], about: str) -> None:
    """Before a bound choice's widget: begin with this value, and again when it is about another.

    about : what is chosen for, such as a sentence. A link's own choice is kept the first time.
    """
    linked = st.query_params.get(name) if f"about {name}" not in st.session_state else None
    if st.session_state.get(f"about {name}") != about:
        st.session_state[f"about {name}"] = about
        st.session_state[name] = linked if linked in choices else value


def chosen(name: str, low: int, high: int, default: int) -> int:
    """The film's step or unit: what was chosen, moved into low..high, or the default."""
    value = st.session_state.get(name)
    if value is None:
        return default
    nearest = min(max(value, low), high)
    if nearest != value:
        note(
            f"There is no {'word' if name == 't' else name} {value} here; the nearest is {nearest}."
        )
        st.session_state[name] = nearest
    return int(nearest)


def publish() -> None:
    """Write what was chosen to the address, so that a copied link opens the same picture."""
    chosen_here = {name: st.session_state.get(name) for name in FREE}
    if chosen_here["epoch"] is None:
        chosen_here["epoch"] = st.session_state.get("reached")
    numbers = {name: None if n is None else str(n) for name, n in chosen_here.items()}
    numbers["hold"] = st.session_state.get("hold")
    sent = st.session_state.get("sent", {})
    st.session_state["sent"] = address.write(numbers, VERSION, sent)


def read(sentence: str, box: str = "s") -> None:
    """Make this the sentence of a box, as if it had been typed: when the box is drawn next. Put
    there now, it could be lost: a tick on its way brings the box as the browser still has it.
    """
    st.session_state[f"asked {box}"] = sentence
    if box == "s":
        new_sentence()


def fill(box: str) -> None:
    """Before a box is drawn: put into it what was asked for by a click."""
    if (sentence := st.session_state.pop(f"asked {box}", None)) is not None:
        st.session_state[box] = sentence


def new_sentence() -> None:
    """A film of another sentence, or of the same one asked for again, begins anew."""
    st.session_state["t"] = st.session_state["f"] = None
    st.session_state["asked"] = st.session_state.get("asked", 0) + 1
