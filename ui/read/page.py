"""Read: one sentence through the network, word by word, with every number explained."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from ui.kit import frame, settings
from ui.kit.cache import shared
from ui.kit.error_boundary import fragment
from ui.kit.player import Text, film, node, still
from ui.read import (
    arithmetic,
    before_after,
    gates,
    intervention_controls,
    pair,
    path,
    plane,
    sureness,
    text,
    three,
    whole_step,
)
from ui.sequence import (
    box,
    events,
    interventions,
    model_chip,
    models,
    own_weights,
    take_along,
    targets,
    tokens,
    vectors,
    view,
    weight_dial,
)
from ui.sequence.models import Chosen
from ui.sequence.reading import Reading

COLUMNS = "minmax(0, 752fr) minmax(0, 464fr)"
FOOT = 38
"""Pixels under the film: the tabs, which peek in."""
VIEWS = [*text.VIEWS.values()]
"""Other ways to look at the same reading."""
OF_THE_DATA = ("three", "path", "words")
"""Those that need the sentences that the model was trained on."""


Made = Callable[..., Any]


def no_data(name: str) -> None:
    """In place of a view: the model came from a file, and its sentences did not."""
    still("no data", Text("no data", node("p", text.NO_DATA.format(view=text.VIEWS[name]))))


def _show(name: str, now: Reading, chosen: Chosen, unit: int, t: int, made: Made) -> None:
    """One view, a key of text.VIEWS. unit, t : what the film above shows, and steps it with.
    made : makes a film.
    """
    data = chosen.run.dataset
    follow: dict[str, Any] = {"group": "reading", "transport": False, "step": t,
                              "identity": now.identity}  # fmt: skip
    if name in OF_THE_DATA and not len(data.train):
        no_data(name)
    elif name == "step":
        marked = own_weights.marked(now.model, chosen.by_hand)
        step = made(whole_step.film, now, unit, marked)
        film("whole_step", *step, columns=whole_step.COLUMNS, **follow,
             on_click=lambda: _weight_clicked(now))  # fmt: skip
    elif name == "gates" and not now.gates:
        interventions.no_gates()
    elif name == "gates":
        interventions.widgets(now, unit, t)
        film("gates", *made(gates.film, now, unit), columns=COLUMNS, **follow)
    elif name == "intervene":
        intervention_controls.show(now, unit, data, columns=COLUMNS, **follow)
    elif name == "three":
        three.show(now, chosen, columns=COLUMNS, **follow)
    elif name == "path":
        film("path", *path.film(now, data), **follow)
    elif name == "pair":
        vocabulary = now.model.vocabulary
        other = box.show(vocabulary, "s2", text.SECOND)
        if tokens.readable(other, vocabulary, "nothing 2", inline=True, offer=False):
            second = replace(now, encoding=other.encoding, target=None)
            both = f"{now.identity} | {second.identity}"
            film("pair", *shared(pair.film, now, second), keys="focus", identity=both)
    elif name == "sure":
        temperature = models.checkpoint().temperature if chosen.ready_made else None
        still("sure", *sureness.panels(now.model, data, temperature))
    elif name == "words":
        vectors.show(now.model, chosen.run.snapshots[-1].model, data)
    elif name == "before":
        panels, frames = before_after.film(now, chosen.run.snapshots)
        film("before_after", panels, frames, keys="focus", step=len(frames) - 1, pace_ms=150,
             identity=now.identity, hint=text.PLAY_EPOCHS)  # fmt: skip


def _weight_clicked(now: Reading) -> None:
    """A callback: a cell of the whole step was clicked; a weight is taken in hand."""
    if click := settings.reported("whole_step", "click"):
        cell = (int(click[part]) for part in ("curve", "y", "x"))
        if place := whole_step.weight_at(now, click["panel"], *cell):
            own_weights.grab(place)


@fragment
def pictures(now: Reading, chosen: Chosen, asked: int) -> None:
    """All pictures of one reading: a click in the film is followed by what is open below.

    asked : how often a sentence was asked for. Where a view asks for another, or holds something
    by hand, the controls are drawn anew as well.
    """
    by_hand = own_weights.of(chosen.trained, chosen.reader)
    held = interventions.held()
    if (box.asked(), held, by_hand) != (asked, now.interventions, chosen.by_hand):
        st.rerun()
    chosen = weight_dial.as_dragged(chosen)
    now = replace(now, model=chosen.model)
    t = settings.within("t", 1, len(now.words), len(now.words)) - 1
    unit = settings.within("unit", 0, now.model.n_hidden - 1, now.telling_unit)
    present = frame.presents("view")
    made = weight_dial.maker(chosen)
    slot = st.container(key="weight slot")  # with a dial or without, the film keeps its place
    if now.model.n_hidden == 2 and settings.get("plane"):
        marked = own_weights.marked(now.model, chosen.by_hand)
        drawn, columns = made(plane.film, now, unit, present, marked), plane.COLUMNS
    else:
        drawn, columns = made(arithmetic.film, now, unit, present), COLUMNS
    cell = events.cell_clicked("film", now.order, unit)
    film(
        "film", *drawn, step=t, group="reading", rows=True,
        identity=events.identity(now.identity), columns=columns, fill=FOOT, present=present,
        hint=text.HINT, on_step=events.film_moved("film"),
        on_click=lambda: weight_dial.grabbed("film") or cell(),
    )  # fmt: skip
    tabs = settings.tabs("view", VIEWS).values() if not present else ()
    for name, tab in zip(text.VIEWS, tabs, strict=False):
        if tab.open:
            with tab:
                _show(name, now, chosen, unit, t, made)
    with slot:
        weight_dial.show(chosen)


@fragment
def reading() -> None:
    """The controls and what becomes of the sentence."""
    now = None
    with frame.controls():
        usual = box.has_unknown(models.data().vocabulary)
        vocabulary = models.vocabulary(usual)
        sentence = box.show(vocabulary)
        box.examples(vocabulary)
        if chosen := model_chip.show(everyday=usual):
            layer, signal, order_by = view.choices(chosen.model)
            if chosen.model.n_hidden == 2:
                settings.toggle("plane", text.AS_A_PLANE)
            held = interventions.fitting(chosen.model)
            right = targets.right(chosen.run.dataset, chosen.model, sentence.encoding)
            now = Reading(chosen.model, sentence.encoding, order_by, layer, signal, held, right)
            interventions.held_line(now)
        tokens.remarks(sentence, vocabulary)
    if now is None or chosen is None:
        models.waiting()
    elif tokens.readable(sentence, vocabulary):
        take_along.of_reading(now, chosen)
        pictures(now, chosen, box.asked())


def show() -> None:
    """Draw the page."""
    reading()
