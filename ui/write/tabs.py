"""Under the film: surprise and units, words as vectors, one loss alone, agreement at a distance."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.kit import settings
from ui.sequence import vectors
from ui.sequence.learner import Moment
from ui.write import agreement, one_loss, surprise, text, writer
from ui.write.film import Writing


def _vectors(now: Moment, _: Writing) -> None:
    vectors.show(now.model, now.run.snapshots[-1].model, writer.text_of(now))


Draw = Callable[[Moment, Writing], None]
TABS: dict[str, Draw] = {
    text.SURPRISED: surprise.show,
    text.ONE_LOSS: one_loss.show,
    text.VECTORS: _vectors,
    text.AGREEMENT: agreement.show,
}


def show(now: Moment, writing: Writing) -> None:
    """A tab for each other way to look at it; only the open one is computed."""
    with st.container(key="tabs write"):
        for name, tab in settings.tabs("w_below", list(TABS)).items():
            if tab.open:
                with tab:
                    TABS[name](now, writing)
