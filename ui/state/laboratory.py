"""The laboratory's experiments, kept by their setup, and the shadow of what was shown before."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.experiment import Experiment
from ui.laboratory import Setup
from ui.scheduler import PROCESS
from ui.state.training import who
from ui.words.memory_stories import STORIES, USUAL, Story

KEPT = 8
"""Experiments; each a few curves."""


def tell(name: str) -> None:
    """Turn every dial to where a story wants it; its experiment begins with the page."""
    for key, usual in USUAL.items():
        st.session_state[key] = STORIES[name].dials.get(key, usual)
    st.session_state["m_when"] = "untrained"
    st.session_state["begin"] = True


def story() -> Story | None:
    """The story that is told by the dials as they stand."""
    for one in STORIES.values():
        if all(st.session_state.get(k, v) == one.dials.get(k, v) for k, v in USUAL.items()):
            return one
    return None


def experiment(setup: Setup) -> Experiment:
    """The experiment of these dials, begun if a story asked for it; any other one rests."""
    kept: dict[Setup, Experiment] = st.session_state.setdefault("experiments", {})
    here = kept.pop(setup, None) or Experiment(setup)
    for other in kept.values():
        other.rest()
    kept[setup] = here  # the newest is the last
    for old in list(kept)[:-KEPT]:
        del kept[old]
    if st.session_state.get("trying") not in (None, setup):
        stop()
    if st.session_state.pop("begin", False):
        start(here)
    return here


def going(here: Experiment) -> bool:
    """Whether this experiment goes on."""
    return st.session_state.get("trying") == here.setup and not here.done


def start(here: Experiment) -> None:
    """Begin, or go on; a second press changes nothing."""
    if not here.done:
        st.session_state["trying"] = here.setup


def stop() -> None:
    """Stop after the step that is being made; what came out so far stays."""
    st.session_state["trying"] = None
    PROCESS.leave(_place())


def tick(here: Experiment, drawn: bool, looked_at: int | None) -> bool:
    """One slice, if it is our turn; return whether the page around the curves is out of date.

    drawn : whether it shows one that goes on. looked_at : how many trained networks it shows,
    None where it shows the untrained ones.
    """
    if going(here):
        with PROCESS.turn(_place()) as budget_s:
            if budget_s > 0:
                here.advance(budget_s)
        if here.done:
            stop()
    return going(here) != drawn or looked_at not in (None, len(here.trained))


def before(shown: Any) -> Any:
    """What was shown before this; None at first. It stays until something else is shown."""
    if st.session_state.get("profile shown") != shown:
        st.session_state["profile before"] = st.session_state.get("profile shown")
        st.session_state["profile shown"] = shown
    return st.session_state.get("profile before")


def _place() -> str:
    return f"{who()} trials"
