"""What a link says about the model's kind, put right; and the verbs that change it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui import state


def from_link(name: str, values: Mapping[str, Any]) -> None:
    """Before a bound choice's widget: take a link's word in any spelling of `values`, or say that
    it is unknown.
    """
    if (raw := state.first_word(name)) is None:
        return
    if raw.lower() in values:
        state.correct(name, values[raw.lower()])
    else:
        state.note(f"The link's {name} is unknown, so the usual one is used.")


def nearest(name: str, values: Sequence[int]) -> None:
    """Before a number's widget: a value that this model cannot have gives way to the nearest."""
    value = st.session_state.get(name)
    if isinstance(value, int) and value not in values:
        st.session_state[name] = min(values, key=lambda known: abs(known - value))


def become(cell: str) -> None:
    """Look at a network with another cell."""
    st.session_state["cell"] = cell
