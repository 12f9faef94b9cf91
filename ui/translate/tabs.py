"""Under the film: the curves, the bottleneck, attention, the beam, forcing, the way back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.kit import settings
from ui.sequence.learner import Moment
from ui.translate import back, beam, differences, forcing, live, text, without
from ui.translate.translating import Translating

Draw = Callable[[Moment, Translating], None]
DRAW: dict[str, Draw] = {
    "live": lambda now, _: live.curves(now),
    "bottleneck": differences.attention,
    "without": without.show,
    "forcing": forcing.show,
    "beam": beam.show,
    "back": back.show,
    "direction": differences.direction,
}
TABS = {text.TABS[name]: draw for name, draw in DRAW.items()}


def show(now: Moment, made: Translating) -> None:
    """A tab for each other way to look at it; only the open one is computed."""
    with st.container(key="tabs translate"):
        for name, tab in settings.tabs("x_below", list(TABS)).items():
            if tab.open:
                with tab:
                    TABS[name](now, made)
