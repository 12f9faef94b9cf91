"""Is it right?: gradients checked against nudged weights, planted bugs, a race, all of it."""

import streamlit as st

from rnn_core.experiments.bugs import Bug
from ui import checking, frame, state
from ui.checking import Case
from ui.controls import check as check_controls
from ui.lenses import check_all, check_bug, check_one, check_race
from ui.plot.plot import still
from ui.scheduler import PROCESS
from ui.state import checking as state_check
from ui.state import films

TABS = ["Check it", "Find the bug", "The race", "All of it"]
TICK_S = 0.1


def check_it(this: Case) -> None:
    """The page's own sentence and model, checked now."""
    this = check_controls.with_nudge(this)
    name = check_controls.weights_choice(this)
    still("check", *check_one.panels(this, checking.check(this), name), columns=check_one.COLUMNS)


def find_the_bug(this: Case) -> None:
    """Something is wrong in the backward pass: check, suspect, name it.

    The bugs are a line or two of one plain layer's code, so here there is no other kind.
    """
    with st.container(
        border=True, horizontal=True, vertical_alignment="bottom", key="card planted"
    ):
        bug, number = check_controls.planted_choice()
        case = check_controls.planted_in(check_controls.start_choice(this), bug)
        of = bug.key if number is None else f"mystery {number}"
        st.button("Check this sentence", key="add finding", type="primary",
                  on_click=state_check.add_finding, args=(of, case))  # fmt: skip
    done = state_check.findings(of)
    still("check_log", *check_bug.log_panels(done), columns=check_bug.COLUMNS if done else "1fr")
    if number is None or suspects(bug, number):
        still("check_reveal", *check_bug.reveal(bug, this))


def suspects(bug: Bug, number: int) -> bool:
    """Name a suspect; return whether the mystery is solved."""
    with st.container(border=True, key="card suspects"):
        named, solved = check_controls.suspects(number)
        still("check_answer", check_bug.answer(named, bug))
        check_controls.next_mystery(number, solved)
    return solved


def race() -> None:
    """Start and Stop stand outside the part that ticks; it stops ticking by a full run."""
    st.markdown(check_race.STORY)
    track, running, n_seeds = check_controls.race_controls()
    state.show_notes()

    def tick() -> None:
        if running and state_check.tick():
            st.rerun()
        st.progress(track.share if track else 0.0)
        still("race_strip", *check_race.panels(track, n_seeds),
              on_away=films.away(state_check.stop_race) if running else None)  # fmt: skip

    every = max(TICK_S, TICK_S / 10 * PROCESS.n_training) if running else None
    frame.fragment(tick, run_every=every)()


with frame.page("check"):
    state.choice_from_link("tab", TABS)
    tabs = st.tabs(TABS, key="tab", on_change="rerun", bind="query-params")
    for tab, show in zip(tabs[:2], (check_it, find_the_bug), strict=True):
        if tab.open:
            with tab:
                case = check_controls.sentence_and_model(any_kind=show is check_it)
                state.show_notes()
                if case:
                    show(case)
    state.show_notes()
    if tabs[2].open:
        with tabs[2]:
            race()
    if tabs[3].open:
        with tabs[3]:
            still("check_all", *check_all.panels())
