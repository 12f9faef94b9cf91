"""Step back: backpropagation through time as a film, from the loss to the updated weight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from rnn_core import Hyperparameters, TrainingRun
from rnn_core.experiments import analysis
from ui.kit import frame, settings
from ui.kit.bounded import bounded
from ui.kit.error_boundary import fragment
from ui.kit.player import film
from ui.kit.table import MOST_WORDS
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
    weight_dial,
)
from ui.sequence.answers import sign
from ui.sequence.backward_view import BackwardView
from ui.sequence.models import Chosen
from ui.sequence.reading import Reading
from ui.sequence.targets import Target
from ui.sequence.view import layer_choice, order_choice, signal_choice
from ui.step_back import attribution, bands, by_hand, gates, text
from ui.step_back import film as step_back

COLUMNS = "minmax(0, 752fr) minmax(0, 464fr)"
FOOT = 38
"""Pixels under the film: the tabs, which peek in."""
LEARNING = 0.3, 1.5
"""Nats: a sentence whose loss lies between them is half learned."""


@bounded(256, lambda _: 1, weak=True)  # so many answers: epochs are small
def opening(run: TrainingRun, last: int, known: Target | None, ids: tuple[int, ...]) -> int:
    """The epoch at which the page opens where none was chosen: where something happens.

    The first kept one after the start with training accuracy between chance and 1, a loss of the
    sentence within LEARNING, and a gradient that reaches its first word; without the gradient, or
    without the loss as well, if there is none such; else the last. last : the run's epoch by now.
    known : what is right; None for the network's own verdict.
    """
    chance = 1 / len(run.model.classes)
    scores = {record.epoch: record.train_accuracy for record in run.history}
    found = {0: last}
    for kept in run.snapshots:
        if not (kept.epoch and chance < scores.get(kept.epoch, 0.0) < 1):
            continue
        model = kept.model
        fwd = model.forward(ids)
        target = known or model.classes[int(fwd.p[-1].argmax())]
        bwd = model.backward(fwd, targets.only(target))
        lengths = analysis.gradient_norms(bwd)[: targets.asked(target, len(ids))[-1] + 1, 0]
        learns = LEARNING[0] <= model.loss(fwd, target) <= LEARNING[1]
        far = analysis.memory_horizon(lengths) == len(lengths) - 1
        found.setdefault(1 + learns + (learns and far), kept.epoch)
    return found[max(found)]


def choices(usual: Hyperparameters) -> tuple[int | None, Hyperparameters, bool]:
    """How many words the gradient may travel, None for all; the settings of one update, as usual
    where none were chosen; whether colours are on a log scale.
    """
    k = settings.slider("k", text.TRUNCATED, help=text.TRUNCATED_HELP.format(all=MOST_WORDS))
    clip = settings.segments("step_clip", text.CLIP, text.CLIPS, usual.clip)
    at = settings.slider("step_at", text.CLIP_AT, usual=usual.clip_at)
    lr = settings.slider("step_lr", text.RATE, usual=usual.lr)
    log = settings.segments("scale", text.COLOURS) == "log"
    step = replace(usual, clip=clip, clip_at=float(at), lr=float(lr))
    return None if k >= MOST_WORDS else int(k), step, log


@fragment
def pictures(view: BackwardView, chosen: Chosen, asked: int) -> None:
    """The film, and under tabs what else there is to see of it.

    asked : how often a sentence was asked for. Where something is held by hand, or let go, or a
    loss is followed, the controls are drawn anew as well.
    """
    now = view.reading
    asked_now = box.asked(), interventions.held(), _followed(view)
    by_weights = own_weights.of(chosen.trained, chosen.reader)
    if (*asked_now, by_weights) != (asked, now.interventions, view.follow, chosen.by_hand):
        st.rerun()
    chosen = weight_dial.as_dragged(chosen)
    now = replace(now, model=chosen.model)
    view = replace(view, reading=now)
    unit = settings.within("unit", 0, now.model.n_hidden - 1, now.telling_unit)
    by, present, made = str(settings.get("by")), frame.presents("below"), weight_dial.maker(chosen)
    marked = own_weights.marked(now.model, chosen.by_hand)
    panels, frames = made(step_back.film, view, unit, by, present, marked)
    step = settings.within("f", 1, len(frames), 1) - 1
    here = {"step": step, "identity": events.identity(f"{now.identity} {by}"), "columns": COLUMNS}
    slot = st.container(key="weight slot")  # with a dial or without, the film keeps its place
    cell = events.cell_clicked("back", now.order, unit, "f")
    film(
        "back", panels, frames, **here, rows=True, pace_ms=1400, fill=FOOT, present=present,
        hint=text.HINT, on_step=events.film_moved("back", "f"),
        on_click=lambda: _way_chosen() or _loss_clicked(view) or _weight_clicked(view, unit, by)
        or cell(),
    )  # fmt: skip
    for name, tab in settings.tabs("below", [*text.TABS.values()]).items() if not present else ():
        if tab.open:
            with tab:
                _show(name, view, unit, by, made, here)
    with slot:
        weight_dial.show(chosen)


def _show(
    name: str, view: BackwardView, unit: int, by: str, made: Callable[..., Any],
    here: dict[str, Any],
) -> None:  # fmt: skip
    """What stands under a tab. made : makes a film; here : where the one above is."""
    if name == text.TABS["loss"]:
        by_hand.show(view)
    elif name == text.TABS["speaks"]:
        film("attribution", *made(attribution.film, view), transport=False)
    elif not view.reading.gates:
        interventions.no_gates()
    else:
        interventions.widgets(view.reading, unit, len(view.reading.words) - 1)
        film("gates back", *made(gates.film, view, unit, by), group="back", transport=False,
             **here)  # fmt: skip


def _weight_clicked(view: BackwardView, unit: int, by: str) -> bool:
    """Whether the click was on a cell of the sums; then its weight is in hand."""
    place = step_back.weight_at(view, unit, by, settings.reported("back", "click") or {})
    if place is not None:
        own_weights.grab(place)
    return place is not None


def _way_chosen() -> bool:
    """Whether the click chose by word or by line, at a frame; then it is so."""
    click = settings.reported("back", "click") or {}
    if click.get("by") in text.WAYS:
        settings.put(by=click["by"], f=int(click["f"]))
    return "by" in click


def _followed(view: BackwardView) -> int | None:
    """The step of the loss that is followed alone; None for all."""
    step = settings.get("loss_at") - 1
    return step if view.itemised and step in view.asked else None


def _loss_clicked(view: BackwardView) -> bool:
    """Whether the click chose a loss by its band, or all again by a bar; then it is so."""
    click = settings.reported("back", "click") or {}
    if not view.itemised or click.get("panel") != "gradient" or "move" in click:
        return False
    band = int(click.get("curve", 0)) - (1 if view.follow is not None else bands.FIRST)
    if view.follow is not None and band == 0:
        settings.put(loss_at=0)
    elif view.follow is None and 0 <= band < len(view.asked):
        settings.put(loss_at=view.asked[band] + 1)
    else:
        return False
    return True


def losses(view: BackwardView) -> None:
    """Which loss is followed, where there are several."""
    words = view.reading.words
    names = {0: text.ALL_LOSSES} | {t + 1: text.LOSS_AT.format(t=t + 1, word=sign(words[t]))
                                    for t in view.asked}  # fmt: skip
    settings.select("loss_at", text.GRADIENT_OF, names, label_visibility="collapsed", width=170)


@fragment
def way_back() -> None:
    """The controls and what becomes of the sentence."""
    view, vocabulary = None, models.vocabulary()
    with frame.controls():
        sentence = box.show(vocabulary)
        box.examples(vocabulary)
        encoding, wanted = sentence.encoding, st.container(width="content")

        def opens(chosen: Chosen) -> int:
            if chosen.own or chosen.ready_made or chosen.file or not len(encoding.ids):
                return chosen.epoch
            known = targets.right(chosen.run.dataset, chosen.model, encoding)
            return opening(chosen.run, chosen.run.epoch, known, tuple(encoding.ids.tolist()))

        if chosen := model_chip.show(opens=opens):
            with st.popover(text.MORE):
                truncate, step, log = choices(chosen.run.hyperparameters)
                order_by = order_choice()
                layer, signal = layer_choice(chosen.model), signal_choice(chosen.model)
            held = interventions.fitting(chosen.model)
            now = Reading(chosen.model, encoding, order_by, layer, signal, held)
            interventions.held_line(now)
            if len(encoding.ids):
                with wanted:
                    if target := box.target(chosen, encoding):
                        view = BackwardView(now, target, truncate, step, log)
                        if view.itemised:
                            losses(view)
                            view = replace(view, follow=_followed(view))
        tokens.remarks(sentence, vocabulary)
    if chosen is None:
        models.waiting()
    elif tokens.readable(sentence, vocabulary):
        if view is None:
            box.nothing_asked()
        else:
            take_along.of_reading(view.reading, chosen, view.target, view.truncate)
            pictures(view, chosen, box.asked())


def show() -> None:
    """Draw the page."""
    way_back()
