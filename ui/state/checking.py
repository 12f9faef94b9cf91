"""The visitor's checks, suspicions and race: what the page Is it right? keeps in the session."""

from __future__ import annotations

from typing import Any

import streamlit as st

from rnn_core import Dataset
from ui import races
from ui.races import Race
from ui.scheduler import PROCESS
from ui.state.training import who

MOST_FINDINGS = 12


def race() -> tuple[Race | None, bool]:
    """The race of this session, and whether it runs."""
    return st.session_state.get("race"), st.session_state.get("racing", False)


def start_race(dataset: Dataset, n_seeds: int) -> None:
    """Go on with a race that was stopped; begin a new one where there is none like it."""
    known = st.session_state.get("race")
    if known is None or known.done or races.n_seeds(known) != n_seeds:
        st.session_state["race"] = races.race(dataset, n_seeds)
    st.session_state["racing"] = True


def stop_race() -> None:
    """Let the race stand where it is."""
    st.session_state["racing"] = False
    PROCESS.leave(who())


def tick() -> bool:
    """One slice of the race, if it is our turn; return whether it is over, or was stopped."""
    track, running = race()
    if track is None or not running:
        return True
    with PROCESS.turn(who()) as budget_s:
        if budget_s:
            track.advance(budget_s=budget_s)
    if track.done:
        stop_race()
    return track.done


def findings(of: str) -> list[Any]:
    """The cases checked for this planted bug, in order."""
    return st.session_state.setdefault("findings", {}).get(of, [])


def add_finding(of: str, case: Any) -> None:
    """Keep a case that was checked, each once, the newest last."""
    kept = [known for known in findings(of) if known != case]
    st.session_state["findings"][of] = [*kept, case][-MOST_FINDINGS:]


def accused() -> dict[int, list[str]]:
    """For each mystery, whom the visitor has named, in order."""
    return st.session_state.setdefault("accused", {})


def accuse(mystery: int) -> None:
    """Name the suspect that was picked for this mystery."""
    named = accused().setdefault(mystery, [])
    suspect = st.session_state.get(f"suspect {mystery}")
    if suspect and suspect not in named:
        named.append(suspect)


def open_mystery(mystery: int) -> None:
    """Turn to this mystery."""
    st.session_state["mystery"] = mystery
