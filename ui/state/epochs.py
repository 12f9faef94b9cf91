"""Which moment of a training is looked at: on Read and Step back, and by time travel on Train.

It is an epoch, or None for the last one there is, so who looks at a finished network sees the next
one finished too. The slider is not bound to the address: while a link is trained for, and while it
plays, the address tells of an epoch at which no slider can stand yet. On Train it has another key
for each turn and each new epoch: what the browser still says about the last one counts no more.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.state import note

SLIDER = "epoch slider"


def among(kept: Sequence[int], slider: str = SLIDER, now: bool = False) -> int:
    """The chosen one of the kept epochs, or the nearest to it; the last when none was chosen.

    slider : its key; call this before it is drawn with this value, which the browser takes at once
    for one that is new. now : nobody can choose, it plays.
    """
    wanted = None if now else st.session_state.get("epoch")
    nearest = kept[-1] if wanted is None else min(kept, key=lambda epoch: abs(epoch - wanted))
    if wanted is not None and nearest != wanted:
        note(f"There is no epoch {wanted} here; the nearest is {nearest}.")
    choose(nearest, kept)
    if st.session_state.get(slider, nearest) != nearest:  # else it would take back a newer move
        st.session_state[slider] = nearest
    return nearest


def choose(epoch: int, kept: Sequence[int]) -> None:
    """Look at this epoch; the last one means whichever is the last."""
    st.session_state["epoch"] = None if epoch == kept[-1] else epoch


def moved(kept: Sequence[int], slider: str = SLIDER) -> None:
    """The slider was moved."""
    choose(st.session_state[slider], kept)


def reached(epoch: int) -> None:
    """What the address tells on Train where no earlier moment was chosen: how far it is trained."""
    st.session_state["reached"] = epoch or None
