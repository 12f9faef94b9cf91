"""The visitor's comparisons: several runs side by side, started, stopped, and kept."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from rnn_core import TrainingRun
from rnn_core.experiments.paired_runs import PairedRuns
from ui.scheduler import PROCESS
from ui.state.training import who

Heat = PairedRuns[str, TrainingRun]


def heat(key: str) -> tuple[Heat | None, bool]:
    """A comparison by its key, and whether it is going on."""
    return st.session_state.get(f"{key} runs"), bool(st.session_state.get(f"{key} on"))


def start_heat(key: str, make: Callable[[], Heat]) -> None:
    """Begin afresh; a second press while it goes changes nothing."""
    if not st.session_state.get(f"{key} on"):
        st.session_state[f"{key} runs"] = make()
        st.session_state[f"{key} on"] = True


def stop_heat(key: str) -> None:
    """Stop; what came out so far stays."""
    st.session_state[f"{key} on"] = False
    PROCESS.leave(f"{who()} {key}")


def heat_tick(key: str) -> tuple[Heat | None, bool]:
    """One slice for a comparison; return it and whether it goes on."""
    runs, going = heat(key)
    if runs is None or not going:
        return runs, going
    with PROCESS.turn(f"{who()} {key}") as budget_s:
        if budget_s > 0:
            runs.advance(budget_s=budget_s)
    if runs.done:
        stop_heat(key)
    return runs, not runs.done
