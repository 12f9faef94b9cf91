"""Step back: backpropagation through time as a film, from the loss to the updated weight."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import streamlit as st

from rnn_core import Hyperparameters, TrainingRun
from rnn_core.experiments import analysis
from ui.kit import frame, settings
from ui.kit.cache import shared
from ui.kit.error_boundary import fragment
from ui.kit.player import film
from ui.kit.table import MOST_WORDS
from ui.sequence import box, events, interventions, model_chip, models, take_along, targets, tokens
from ui.sequence.answers import sign
from ui.sequence.backward_view import BackwardView
from ui.sequence.models import Chosen
from ui.sequence.reading import Reading
from ui.sequence.targets import Target
from ui.sequence.view import layer_choice, order_choice, signal_choice
from ui.step_back import attribution, bands, by_hand, gates
from ui.step_back import film as step_back

CLIPS = {"value": "by value", "norm": "by norm", "none": "not at all"}
COLUMNS = "minmax(0, 752fr) minmax(0, 464fr)"
FOOT = 38
"""Pixels under the film: the tabs, which peek in."""
TABS = SPEAKS, GATES, LOSS = (
    "Which word speaks for it?", "The gradient on each gate", "The loss, by hand",
)  # fmt: skip
LEARNING = 0.3, 1.5
"""Nats: a sentence whose loss lies between them is half learned."""


@lru_cache(maxsize=256)
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
    k = settings.slider("k", "Truncated BPTT: the gradient reaches k words", help="Counting the "
                        f"word where it enters. {MOST_WORDS}: all the way.")  # fmt: skip
    clip = settings.segments("step_clip", "Clip", CLIPS, usual.clip)
    at = settings.slider("step_at", "Clip at", usual=usual.clip_at)
    lr = settings.slider("step_lr", "Learning rate", usual=usual.lr)
    log = settings.segments("scale", "Colours") == "log"
    step = replace(usual, clip=clip, clip_at=float(at), lr=float(lr))
    return None if k >= MOST_WORDS else int(k), step, log


@fragment
def pictures(view: BackwardView, asked: int) -> None:
    """The film, and under tabs what else there is to see of it.

    asked : how often a sentence was asked for. Where something is held by hand, or let go, or a
    loss is followed, the controls are drawn anew as well.
    """
    now = view.reading
    held_or_followed = interventions.held(), _followed(view)
    if box.asked() != asked or held_or_followed != (now.interventions, view.follow):
        st.rerun()
    unit = settings.within("unit", 0, now.model.n_hidden - 1, now.telling_unit)
    by, present = str(settings.get("by")), frame.presents("below")
    panels, frames = shared(step_back.film, view, unit, by, present)
    step = settings.within("f", 1, len(frames), 1) - 1
    here = {"step": step, "identity": events.identity(f"{now.identity} {by}"), "columns": COLUMNS}
    cell = events.cell_clicked("back", now.order, unit, "f")
    film(
        "back", panels, frames, **here, rows=True, pace_ms=1400, fill=FOOT, present=present,
        hint="← → step · ↑ ↓ choose a unit · click a cell to follow its unit, a line to see it run",
        on_step=events.film_moved("back", "f"),
        on_click=lambda: _way_chosen() or _loss_clicked(view) or cell(),
    )  # fmt: skip
    for name, tab in settings.tabs("below", TABS).items() if not present else ():
        if not tab.open:
            continue
        with tab:
            if name == LOSS:
                by_hand.show(view)
            elif name == SPEAKS:
                film("attribution", *shared(attribution.film, view), transport=False)
            elif not now.gates:
                interventions.no_gates()
            else:
                interventions.widgets(now, unit, len(now.words) - 1)
                film("gates back", *shared(gates.film, view, unit, by), group="back",
                     transport=False, **here)  # fmt: skip


def _way_chosen() -> bool:
    """Whether the click chose by word or by line, at a frame; then it is so."""
    click = settings.reported("back", "click") or {}
    if click.get("by") in step_back.WAYS:
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
    names = {0: "all losses"} | {t + 1: f"L{t + 1}, at “{sign(words[t])}”" for t in view.asked}
    settings.select("loss_at", "The gradient of", names, label_visibility="collapsed", width=170)


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
            with st.popover("More"):
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
            pictures(view, box.asked())


def show() -> None:
    """Draw the page."""
    way_back()
