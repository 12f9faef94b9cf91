"""What the visitor cuts: the kind of cut is a widget's, the unit and the word are the page's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from ui import state


def operate(values: Mapping[str, Any]) -> None:
    """Set up an example: a sentence, a kind of cut, a second sentence, a word or a unit."""
    rest = dict(values)
    text = rest.pop("s", None)
    if text is not None and text != st.session_state.get("s"):
        _read(text)
        st.session_state["word to cut"] = rest.pop("t", None)
    for name, value in rest.items():
        st.session_state[name] = value


def another_sentence() -> bool:
    """Whether the sentence was changed from inside the lens: then the whole page must follow."""
    if not st.session_state.pop("cut another", False):
        return False
    st.session_state["t"] = st.session_state.pop("word to cut", None)
    return True


def clicked(key: str, units: Sequence[int], bars: Sequence[int]) -> Callable[[], None]:
    """A callback: a cell, a bar or one of the data's sentences was clicked.

    units : the heatmaps' rows. bars : the units of the bars; none where the bars are words.
    """

    def act() -> None:
        click = st.session_state[key].get("click") or {}
        if isinstance(click.get("read"), str):
            _read(click["read"])
            return
        place, row = click.get("x"), click.get("y")
        if click.get("panel") == f"{key} bars" and bars:
            if isinstance(place, int) and 0 <= place < len(bars):
                st.session_state["unit"] = bars[place]
            return
        if isinstance(click.get("step"), int):
            st.session_state["t"] = click["step"] + 1
        heat = click.get("panel") == key and click.get("curve") in (0, 1, 2)
        if heat and isinstance(row, int) and 0 <= row < len(units):
            st.session_state["unit"] = units[row]

    return act


def _read(text: str) -> None:
    state.read(text)
    st.session_state["cut another"] = True
