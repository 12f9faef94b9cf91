"""Widgets of the page Is it right?: the nudge, what is planted, suspects, the race's buttons."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from rnn_core.experiments.bugs import BUGS, Bug, mystery
from ui import controls, models, state
from ui.checking import Case, case
from ui.controls import chips, view
from ui.races import Race, n_seeds
from ui.state import checking as state_check

NUDGES = [f"1e-{i}" for i in range(1, 12)]
MYSTERY = "a mystery"
BY_TITLE = {bug.title: bug for bug in BUGS.values()}
STARTS = ["this model", "the write-up's own start"]
MOST_MYSTERIES = 999


def sentence_and_model(any_kind: bool) -> Case | None:
    """The page's own sentence, model and answer; None when there is nothing to read.

    any_kind : of a network of any kind; else of one plain layer.
    """
    left, right = st.columns([2.05, 1], vertical_alignment="top")
    with right:
        chosen = controls.model_card(any_kind)
    with left:
        sentence = controls.sentence_box(chosen.model.vocabulary)
        controls.examples()
        if not chips.show(sentence, chosen.model.vocabulary):
            return None
        target = controls.target_choice(chosen, sentence.encoding)
    return case(chosen, sentence.encoding, target)


def nudge_choice() -> float:
    """How far each number is moved, up and down."""
    state.choice_from_link("nudge", NUDGES)
    with st.container(horizontal=True, vertical_alignment="bottom", key="nudge row"):
        chosen = st.select_slider(
            "Nudge each number by ±", NUDGES, value="1e-5", key="nudge", bind="query-params",
            width=320,
        )  # fmt: skip
        st.caption("Too large, and the loss bends within the step; too small, and rounding wins.")
    return float(chosen)


def weights_choice(this: Case) -> str:
    """Whose W_hh is looked at, entry by entry: its name. Asked where there are several layers."""
    model = this.model
    return "W_hh" + model.layers[view.layer_choice(model)].suffix


def start_choice(this: Case) -> Case:
    """The model chosen above, or the write-up's own start: weights / 1000, untrained."""
    state.choice_from_link("start", STARTS)
    start = st.selectbox("Check it on", STARTS, key="start", bind="query-params", width=220)
    return this if start == STARTS[0] else this.at_the_start()


def planted_choice() -> tuple[Bug, int | None]:
    """What is planted: a bug, and the number of the mystery that it is, or None in the open."""
    titles = [MYSTERY, *BY_TITLE]
    state.choice_from_link("bug", titles)
    title = st.selectbox("What is planted", titles, key="bug", bind="query-params", width=270)
    if title != MYSTERY:
        return BY_TITLE[title], None
    state.number_from_link("mystery", range(MOST_MYSTERIES + 1), 0)
    number = int(st.number_input(
        "Mystery number", 0, MOST_MYSTERIES, 0, key="mystery", bind="query-params", width=150,
    ))  # fmt: skip
    return mystery(number), number


def suspects(number: int) -> tuple[list[str], bool]:
    """Let a suspect be named; all that were named so far, and whether the culprit is among them."""
    named = state_check.accused().get(number, [])
    solved = mystery(number).title in named
    if not solved:
        st.pills(
            "Who did it?", list(BY_TITLE), key=f"suspect {number}",
            on_change=state_check.accuse, args=(number,),
        )  # fmt: skip
    return named, solved


def next_mystery(number: int, solved: bool) -> None:
    """How many mysteries this visitor has solved, and the way to the next one."""
    n_solved = sum(mystery(n).title in named for n, named in state_check.accused().items())
    with st.container(horizontal=True, vertical_alignment="center"):
        after = number + 1 if number < MOST_MYSTERIES else 0
        st.button("Next mystery", key="next mystery", type="primary" if solved else "secondary",
                  on_click=state_check.open_mystery, args=(after,))  # fmt: skip
        st.caption(f"Solved by you: {n_solved}")


def race_controls() -> tuple[Race | None, bool, int]:
    """Seeds, Start and Stop; the race, whether it runs, and how many seeds it has."""
    race, running = state_check.race()
    state.number_from_link("seeds", range(3, 21), 6)
    with st.container(horizontal=True, vertical_alignment="bottom", key="race row"):
        n_chosen = st.select_slider(
            "Seeds", list(range(3, 21)), value=6, key="seeds", bind="query-params", width=260,
            disabled=running,
        )  # fmt: skip
        waiting = race is not None and not race.done and n_seeds(race) == n_chosen
        if running:
            st.button(
                "Stop", key="stop race", icon=":material/stop:", on_click=state_check.stop_race
            )
        else:
            st.button(
                "Go on" if waiting else "Start the race", key="start race", type="primary",
                icon=":material/play_arrow:", on_click=state_check.start_race,
                args=(models.dataset("sentiment"), n_chosen),
            )  # fmt: skip
    shown = race if running or waiting or (race and n_seeds(race) == n_chosen) else None
    return shown, running, n_chosen


def planted_in(this: Case, bug: Bug) -> Case:
    """The same case, with the bug."""
    return replace(this, bug=bug.key)


def with_nudge(this: Case) -> Case:
    """The same case, with the nudge that is chosen."""
    return replace(this, nudge=nudge_choice())
