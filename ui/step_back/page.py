"""Step back: backpropagation through time as a film, from the loss to the updated weight."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from rnn_core import Hyperparameters
from ui.kit import settings
from ui.kit.cache import shared
from ui.kit.error_boundary import fragment
from ui.kit.player import film
from ui.kit.table import MOST_WORDS
from ui.sequence import box, events, interventions, model_chip, models, tokens
from ui.sequence.backward_view import BackwardView
from ui.sequence.reading import Reading
from ui.sequence.view import layer_choice, order_choice, signal_choice
from ui.step_back import attribution, gates
from ui.step_back import film as step_back

CLIPS = {"value": "by value", "norm": "by norm", "none": "not at all"}


def choices(usual: Hyperparameters) -> tuple[int | None, Hyperparameters, bool]:
    """How many words the gradient may travel, None for all; the settings of one update, as usual
    where none were chosen; whether colours are on a log scale.
    """
    k = settings.slider("k", "Truncated BPTT: the gradient reaches k words", help="Counting the "
                        f"word where it enters. {MOST_WORDS}: all the way.")  # fmt: skip
    clip = settings.segments("step_clip", "Clip", CLIPS, usual.clip)
    at = settings.slider("step_at", "Clip at", usual=usual.clip_at)
    lr = settings.slider("step_lr", "Learning rate", usual=usual.lr)
    log = settings.segments("scale", "Colours") == "log"
    step = replace(usual, clip=clip, clip_at=float(at), lr=float(lr))
    return None if k >= MOST_WORDS else int(k), step, log


@fragment
def step_by_step(view: BackwardView) -> None:
    """The film, for a cell with gates the film that follows it, and the attribution."""
    held = interventions.fitting(view.reading.model)
    if held != view.reading.interventions:
        view = replace(view, reading=replace(view.reading, interventions=held))
    now = view.reading
    interventions.held_line(now)
    unit = settings.within("unit", 0, now.model.n_hidden - 1, now.telling_unit)
    panels, frames = shared(step_back.film, view, unit)
    step = settings.within("f", 1, len(frames), 1) - 1
    here = {"step": step, "identity": events.identity(now.identity)}
    film(
        "back", panels, frames, **here, rows=True, pace_ms=1400,
        columns="minmax(0, 1.12fr) minmax(0, 1fr)",
        hint="arrow keys step · click a cell to follow its unit",
        on_step=events.film_moved("back", "f"),
        on_click=events.cell_clicked("back", now.order, unit, "f"),
    )  # fmt: skip
    if now.gates:
        interventions.widgets(now, unit, view.path[min(max(step - 2, 0), len(view.path) - 1)])
        film("gates back", *shared(gates.film, view, unit), group="back", transport=False, **here)
    film("attribution", *shared(attribution.film, view))


def show() -> None:
    """Draw the page."""
    left, right = st.columns([2.05, 1], vertical_alignment="top")
    with right:
        if chosen := model_chip.show():
            layer, signal = layer_choice(chosen.model), signal_choice(chosen.model)
            with st.container(horizontal=True, vertical_alignment="center"):
                order_by = order_choice()
                with st.popover("settings", type="tertiary", icon=":material/tune:"):
                    truncate, step, log = choices(chosen.run.hyperparameters)
    with left:
        vocabulary = models.data().vocabulary
        sentence = box.show(vocabulary)
        box.examples()
        if chosen is None:
            models.waiting()
            return
        if not tokens.show(sentence, vocabulary):
            return
        target = box.target(chosen, sentence.encoding)
    held = interventions.fitting(chosen.model)
    now = Reading(chosen.model, sentence.encoding, order_by, layer, signal, held)
    step_by_step(BackwardView(now, target, truncate, step, log))
