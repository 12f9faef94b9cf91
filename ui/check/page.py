"""Is it right?: gradients checked by central differences, planted bugs, a race, every cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from ui.check import bug, every_cell, gradients, race
from ui.check.case import Case, checks
from ui.kit import jobs, settings
from ui.kit.player import still
from ui.sequence import box, model_chip, models, tokens, view

RACE = "race"
EPSILONS = tuple(10.0**-i for i in range(1, 12))


def with_case(draw: Callable[[Case], None], plain: bool = False) -> None:
    """Draw what is about the page's own sentence, model and answer. plain : of one plain layer."""
    left, right = st.columns([2.05, 1], vertical_alignment="top")
    with right:
        chosen = model_chip.show(plain)
    with left:
        vocabulary = models.data().vocabulary
        sentence = box.show(vocabulary)
        box.examples()
        readable = tokens.show(sentence, vocabulary)
        target = box.target(chosen, sentence.encoding) if chosen and readable else ""
    if chosen is None:
        models.waiting()
    elif readable:
        draw(Case.of(chosen, sentence.encoding, target))


def check_it(this: Case) -> None:
    """The page's own sentence and model, checked now."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="epsilon row"):
        epsilon = float(settings.slider("epsilon", "Epsilon: move each number by ±", width=320))
        st.caption("Too large, and the loss bends within the step; too small, and rounding wins.")
    name = "W_hh" + this.model.layers[view.layer_choice(this.model)].suffix
    if (made := checks([replace(this, epsilon=epsilon)], "check")) is None:
        return
    panels = gradients.panels(made[0], name)
    few = [replace(this, epsilon=each, only=name) for each in EPSILONS]
    if len(this.ids) > 1 and (curve := checks(few, "epsilons")):  # one word: nothing of W_hh
        errors = {check.case.epsilon: check.gradients[name].error for check in curve}
        panels += gradients.by_epsilon(errors, epsilon)
    still("check", *panels, columns=gradients.COLUMNS)


def races() -> None:
    """The race; more seeds than before go on from what there is."""
    st.markdown(race.STORY)
    with st.container(horizontal=True, vertical_alignment="bottom", key="race row"):
        n_seeds = settings.slider("race_seeds", "Seeds", width=260)
        if now := jobs.work(RACE):
            now.make = race.runs(n_seeds)
        waits = now is not None and not now.done
        if jobs.going(RACE):
            st.button("Stop", key="stop race", icon=":material/stop:", on_click=jobs.stop,
                      args=(RACE,))  # fmt: skip
        else:
            st.button("Go on" if waits else "Start the race", key="start race", type="primary",
                      icon=":material/play_arrow:", on_click=jobs.start,
                      args=(RACE, None if waits else partial(race.race, n_seeds)))  # fmt: skip

    def draw(now: race.Race | None) -> None:
        st.progress(min(now.share, 1.0) if now else 0.0)
        away = jobs.away(RACE) if jobs.going(RACE) else None
        still("race_strip", *race.panels(now or race.race(n_seeds)), on_away=away)

    jobs.show(RACE, draw)


TABS = {
    "Check it": lambda: with_case(check_it),
    "Find the bug": lambda: with_case(bug.show, plain=True),
    "The race": races,
    "All of it": every_cell.show,
}


def show() -> None:
    """Draw the page."""
    for label, tab in settings.tabs("tab", list(TABS)).items():
        if tab.open:
            with tab:
                TABS[label]()
