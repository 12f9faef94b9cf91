"""Read: one sentence through the network, word by word, with every number explained."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from ui.kit import settings
from ui.kit.cache import shared
from ui.kit.error_boundary import fragment
from ui.kit.player import film
from ui.read import (
    arithmetic,
    before_after,
    gates,
    intervention_controls,
    pair,
    path,
    three,
    whole_step,
)
from ui.sequence import box, events, interventions, model_chip, models, tokens, view
from ui.sequence.models import Chosen
from ui.sequence.reading import Reading

VIEWS = [
    "The whole step", "Gates", "Intervene on the state", "Three models", "The path",
    "Two sentences", "Before and after",
]  # fmt: skip
"""Other ways to look at the same reading."""


def word_by_word(now: Reading, unit: int, t: int) -> None:
    """The film of the hidden state, and beside it the chosen unit's arithmetic."""
    film(
        "film", *shared(arithmetic.film, now, unit), step=t, group="reading", rows=True,
        identity=events.identity(now.identity), columns="minmax(0, 1.75fr) minmax(0, 1fr)",
        hint="arrow keys step · click a cell to follow its unit",
        on_step=events.film_moved("film"), on_click=events.cell_clicked("film", now.order, unit),
    )  # fmt: skip


def views(now: Reading, chosen: Chosen, unit: int, t: int) -> None:
    """A tab for each view. unit, t : what the film above shows."""
    follow = {"group": "reading", "transport": False, "step": t, "identity": now.identity}
    for name, tab in settings.tabs("view", VIEWS).items():
        if tab.open:
            with tab:
                _show(name, now, chosen, unit, t, follow)


def _show(
    name: str, now: Reading, chosen: Chosen, unit: int, t: int, follow: dict[str, Any]
) -> None:
    """One view. follow : how to step with the film above."""
    data = chosen.run.dataset
    if name == "The whole step":
        made = shared(whole_step.film, now, unit)
        film("whole_step", *made, columns=whole_step.COLUMNS, **follow)
    elif name == "Gates" and not now.gates:
        interventions.no_gates()
    elif name == "Gates":
        interventions.widgets(now, unit, t)
        film("gates", *shared(gates.film, now, unit), columns=gates.COLUMNS, **follow)
    elif name == "Intervene on the state":
        intervention_controls.show(now, unit, data, **follow)
    elif name == "Three models":
        three.show(now, chosen, **follow)
    elif name == "The path":
        film("path", *path.film(now, data), **follow)
    elif name == "Two sentences":
        vocabulary = now.model.vocabulary
        other = box.show(vocabulary, "s2", "The second sentence")
        if tokens.show(other, vocabulary, "chips2"):
            second = replace(now, encoding=other.encoding)
            both = f"{now.identity} | {second.identity}"
            film("pair", *shared(pair.film, now, second), keys="focus", identity=both)
    elif name == "Before and after":
        panels, frames = before_after.film(now, chosen.run.snapshots)
        film("training", panels, frames, keys="focus", step=len(frames) - 1, pace_ms=150,
             identity=now.identity, hint="play: from the first epoch to the last")  # fmt: skip


@fragment
def pictures(now: Reading, chosen: Chosen, asked: int) -> None:
    """All pictures of one reading: a click in the film is followed by what is open below.

    asked : how often a sentence was asked for; when a view asks for another, all is drawn anew.
    """
    if box.asked() != asked:
        st.rerun()
    if (held := interventions.fitting(now.model)) != now.interventions:
        now = replace(now, interventions=held)
    interventions.held_line(now)
    t = settings.within("t", 1, len(now.words), len(now.words)) - 1
    unit = settings.within("unit", 0, now.model.n_hidden - 1, now.telling_unit)
    word_by_word(now, unit, t)
    views(now, chosen, unit, t)


def show() -> None:
    """Draw the page."""
    left, right = st.columns([2.05, 1], vertical_alignment="top")
    with right:
        if chosen := model_chip.show():
            layer, signal, order_by = view.choices(chosen.model)
    with left:
        vocabulary = models.data().vocabulary
        sentence = box.show(vocabulary)
        box.examples()
        something = tokens.show(sentence, vocabulary)
    if chosen is None:
        models.waiting()
    elif something:
        held = interventions.fitting(chosen.model)
        now = Reading(chosen.model, sentence.encoding, order_by, layer, signal, held)
        pictures(now, chosen, box.asked())
