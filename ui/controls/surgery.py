"""Widgets of the surgery: what is cut, and examples of one click. Bound to the address."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st

from ui import controls, state
from ui.controls import chips
from ui.operation import CUTS, Operation
from ui.reading import Reading
from ui.state import surgery as state_surgery

USUAL = "silence"
NOT_GOOD, GOOD, NOT_BAD = "this is not good", "this is good", "i am not at all bad"
EXAMPLES: dict[str, dict[str, Any]] = {
    "“not” writes nothing": {"s": NOT_GOOD, "cut": "skip", "t": 3},
    "stop writing before “bad”": {"s": NOT_BAD, "cut": "freeze", "t": 6},
    "swap “this is” for “this is not”": {"s": GOOD, "cut": "swap", "t": 2, "s2": "this is not"},
}


def from_link() -> None:
    """Before the page shows its notes: say when a link asks for a cut that there is not."""
    state.choice_from_link("cut", list(CUTS.values()))


def operation(now: Reading, unit: int) -> Operation | None:
    """Ask what to cut; None while there is nothing to swap in. unit : the page's chosen one."""
    if state_surgery.another_sentence():
        st.rerun()
    kind = st.segmented_control(
        "Cut", list(CUTS), default=USUAL, required=True, key="cut", format_func=CUTS.__getitem__,
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    kind = kind if kind in CUTS else USUAL
    _examples(now, unit)
    if kind != "swap":
        return Operation(now, kind, unit)
    vocabulary = now.model.vocabulary
    second = controls.sentence_box(vocabulary, "s2", "The sentence whose state is swapped in")
    if not chips.show(second, vocabulary, "chips2", always=False):
        return None
    return Operation(now, kind, unit, Reading(now.model, second.encoding))


def _examples(now: Reading, unit: int) -> None:
    """A cut each, one click; those in words that this model does not know are left out."""
    known = set(now.model.vocabulary.words)
    strongest = int(np.abs(Operation(now, "silence", unit).change).argmax())
    mine: dict[str, dict[str, Any]] = {
        f"silence unit {strongest}, the strongest here": {"cut": "silence", "unit": strongest}
    }
    with st.container(horizontal=True, gap="small", key="examples surgery"):
        for name, values in {**mine, **EXAMPLES}.items():
            if set(values.get("s", "").split()) <= known:
                key = "surgery " + values["cut"]
                st.button(name, key=key, type="tertiary", on_click=state_surgery.operate,
                          args=(values,))  # fmt: skip
