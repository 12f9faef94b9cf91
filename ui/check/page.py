"""Is it right?: gradients checked by central differences, planted bugs, a race, every cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from rnn_core import Model
from ui.check import bug, every_cell, gradients, race, tables, text
from ui.check.case import Case, checks
from ui.check.verdicts import sheet
from ui.kit import frame, jobs, settings, share
from ui.kit.table import TABLE
from ui.sequence import box, model_chip, models, tokens, view

RACE = "race"
EPSILONS = tuple(10.0**-i for i in range(1, 12))
Draw = Callable[[], Any]
"""Draws what stands under the row of controls."""


def of_case(
    draw: Callable[..., None], more: Callable[[Model], dict[str, Any]], plain: bool = False
) -> Draw:  # fmt: skip
    """What is about the page's own sentence, model and answer.

    more : other settings, by the names under which draw takes them. plain : of one plain layer.
    """
    vocabulary = models.data().vocabulary if plain else models.vocabulary()
    sentence = box.show(vocabulary)
    box.examples(vocabulary)
    chosen = model_chip.show(plain)
    tokens.remarks(sentence, vocabulary, offer=not plain)
    if chosen is None:
        return models.waiting
    if not len(sentence.encoding.ids):
        return partial(tokens.readable, sentence, vocabulary, offer=not plain)
    with st.popover(text.MORE):
        if (target := box.target(chosen, sentence.encoding)) is None:
            return box.nothing_asked
        return partial(draw, Case.of(chosen, sentence.encoding, target), **more(chosen.model))


def measuring(model: Model) -> dict[str, Any]:
    """How the gradient is measured, and of which layer most is shown."""
    epsilon = settings.slider("epsilon", text.EPSILON, help=text.EPSILON_HELP)
    return {"epsilon": float(epsilon), "layer": view.layer_choice(model)}


def check_it(this: Case, epsilon: float, layer: int) -> None:
    """The page's own sentence and model, checked now."""
    name = "W_hh" + this.model.layers[layer].suffix
    if (made := checks([replace(this, epsilon=epsilon)], "check")) is None:
        return
    panels = gradients.panels(made[0], name)
    few = [replace(this, epsilon=each, only=name) for each in EPSILONS]
    if len(this.ids) > 1 and (curve := checks(few, "epsilons")):  # one word: nothing of W_hh
        errors = {check.case.epsilon: check.gradients[name].error for check in curve}
        panels += gradients.by_epsilon(errors, epsilon)
    share.offer(tables.of_check(made[0]))
    sheet("check", panels, columns=gradients.COLUMNS)


def races() -> Draw:
    """The race; more seeds than before go on from what there is."""
    named = {n: text.N_SEEDS.format(n=n) for n in TABLE["race_seeds"].allowed}
    n_seeds = settings.select("race_seeds", text.SEEDS, named, label_visibility="collapsed",
                              width=130)  # fmt: skip
    if now := jobs.work(RACE):
        now.make = race.runs(n_seeds)
    waits = now is not None and not now.done
    begin = partial(jobs.start, RACE, None if waits else partial(race.race, n_seeds))
    if jobs.asked_to_begin():
        begin()
    if jobs.going(RACE):
        st.button(text.STOP, key="stop race", icon=":material/stop:", on_click=jobs.stop,
                  args=(RACE,))  # fmt: skip
    else:
        st.button(text.GO_ON if waits else text.START, key="start race", type="primary",
                  icon=":material/play_arrow:", on_click=begin)  # fmt: skip
    if now:
        share.offer(tables.of_race(now))
    away = jobs.away(RACE) if jobs.going(RACE) else None
    return partial(jobs.show, RACE, lambda now: sheet(
        "race_strip", race.panels(now or race.race(n_seeds)), on_away=away))  # fmt: skip


TABS: dict[str, Callable[[], Draw]] = dict(zip(text.TABS, (
    lambda: of_case(check_it, measuring),
    lambda: of_case(bug.show, lambda _: {}, plain=True),
    races,
    lambda: every_cell.show,
), strict=True))  # fmt: skip


def show() -> None:
    """Draw the page."""
    first = next(iter(TABS))
    share.offer([])
    with frame.controls():
        tab = settings.segments("tab", text.PART, text.TABS, first, label_visibility="collapsed")
        draw = TABS[tab]()
    draw()
