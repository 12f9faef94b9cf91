"""Where the walks over the loss cliff begin, and the verbs that move that place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

START = ("start_xh", "start_hh")
"""The keys of the sliders for W_xh and W_hh, also in the address."""


def begin_at(values: Mapping[str, float]) -> None:
    """Set widgets that are bound to the address, as if they had been moved."""
    for key, value in values.items():
        st.session_state[key] = value


def map_clicked(key: str, panel: str, places: Sequence[Sequence[float]]) -> Callable[[], None]:
    """A callback: the map was clicked; walks begin at the nearest place there.

    panel : the map's name. places : what each slider of START offers.
    """

    def clicked() -> None:
        click = st.session_state[key].get("click") or {}
        if click.get("panel") != panel:
            return
        for slider, offered, at in zip(START, places, (click["x"], click["y"]), strict=True):
            st.session_state[slider] = min(offered, key=lambda place: abs(place - at))

    return clicked
