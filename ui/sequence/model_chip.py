"""The model's button: which it is, how it was trained, and the widgets that choose another."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from rnn_core import Model
from ui.kit import settings
from ui.kit.table import MOST_WORDS
from ui.sequence import (
    architecture,
    data_drawer,
    file_drawer,
    models,
    own_model,
    weight_dial,
    wirings,
)
from ui.sequence import text_model as text
from ui.sequence.models import Chosen

Moment = Callable[[Chosen], int] | None
BREAK = "  \n"
"""A new line, in Markdown."""


def show(plain: bool = False, opens: Moment = None, everyday: bool = False) -> Chosen | None:
    """A button that says which model this is; behind it where it comes from, and the widgets that
    choose another. None while it is trained (models.waiting).

    plain : the page can show no other than one plain layer; what was chosen is kept for the rest.
    opens : the epoch that the page opens at, of a model, where none was chosen; None for its last.
    everyday : whether the everyday model is the usual one here.
    """
    settings.correct("units", _sizes(plain))  # before a network of that size is trained
    label = _label(_moment(models.chosen(plain, everyday), opens), plain)
    with st.popover(label, key="model"):
        if not plain:
            usual = "everyday" if models.everyday(everyday) else "trained"
            names = {reader: name for reader, name in text.READERS.items()
                     if reader != own_model.FILE or own_model.kept()}  # fmt: skip
            settings.segments("model", text.WHO, names, usual)
        line, ready = st.empty(), models.everyday(everyday) and not plain
        file = not plain and own_model.reads()
        if ready:
            data_drawer.show()
        elif not file:
            controls(plain)
        chosen = _moment(models.chosen(plain, everyday), opens)
        if chosen and not ready and not file:
            chosen = _epoch(chosen)
        line.markdown(about(chosen) if chosen else text.TRAINING["line"])
        if plain and architecture.Architecture.chosen() != architecture.PLAIN:
            st.caption(text.PLAIN)
        if not plain:
            file_drawer.show()
        st.markdown(text.WIRING)
        wirings.show("wirings of the model")
    if _label(chosen, plain) != label:
        st.rerun()  # a widget put right what a link had asked for
    if chosen:
        weight_dial.chip(chosen)
    return chosen


def _epoch(chosen: Chosen) -> Chosen:
    """Another moment of the training, or more of it."""
    epochs = [snapshot.epoch for snapshot in chosen.run.snapshots]
    settings.slider("epoch", text.EPOCHS, epochs, chosen.epoch, help=text.EPOCHS_HELP)
    if chosen.capped:
        st.button(text.LONGER, key="train longer", type="tertiary",
                  on_click=models.train_longer, args=(chosen.capped,))  # fmt: skip
    return chosen.at_epoch(chosen.epoch if (e := settings.get("epoch")) is None else e)


def _moment(chosen: Chosen | None, opens: Moment) -> Chosen | None:
    if chosen is None or opens is None or settings.get("epoch") is not None:
        return chosen
    return chosen.at_epoch(opens(chosen))


def _label(chosen: Chosen | None, plain: bool) -> str:
    """The model in a few words: "RNN · 16 units · epoch 33"."""
    hp = chosen.run.hyperparameters if chosen else models.hyperparameters(plain)
    parts = [hp.cell.upper(), architecture.n_units(hp.n_hidden)]
    if hp.n_layers > 1:
        parts.insert(1, text.N_LAYERS.format(n=hp.n_layers))
    if hp.bidirectional:
        parts.insert(1, text.BOTH_WAYS)
    if chosen and chosen.ready_made:
        return text.EVERYDAY.format(network=" · ".join(parts))
    state = text.EPOCH.format(epoch=chosen.epoch) if chosen else text.TRAINING["label"]
    return " · ".join([*parts, text.FROM_A_FILE if chosen and chosen.file else state])


def controls(plain: bool) -> None:
    """The widgets themselves."""
    data_choice()
    if not plain:
        architecture.choose()
    settings.slider("units", text.UNITS, _sizes(plain), help=text.UNITS_HELP)
    settings.number("seed", text.SEED, help=text.SEED_HELP)


def _sizes(plain: bool) -> list[int]:
    kind = architecture.PLAIN if plain else architecture.Architecture.chosen()
    return kind.sizes(much=len(models.data().train) > models.MUCH)


def data_choice() -> None:
    """Which sentences it learns from."""
    settings.select("data", text.DATA, models.names())
    data_drawer.show()


def counted(model: Model) -> str:
    """How many parameters there are, and that no sentence adds any."""
    return text.COUNTED.format(formula=architecture.parameter_formula(model), most=MOST_WORDS)


def about(chosen: Chosen) -> str:
    """Where this model comes from, and what it scores on its data."""
    if n := len(chosen.by_hand):
        trained = about(replace(chosen, by_hand=()))
        return f"{text.BY_HAND_SAYS.format(weights=weight_dial.said(n))}{BREAK}{trained}"
    if chosen.file:
        return file_drawer.about(chosen)
    said = _everyday(chosen) if chosen.ready_made else _trained(chosen)
    return f"{said}{BREAK}{counted(chosen.run.model)}"


def _everyday(chosen: Chosen) -> str:
    return text.EVERYDAY_SAYS.format(
        n=len(chosen.run.model.vocabulary or ()), right=chosen.record.test_accuracy,
        network=architecture.describe(chosen.run.hyperparameters),
        temperature=models.checkpoint().temperature,
    )  # fmt: skip


def _trained(chosen: Chosen) -> str:
    run, hp, record = chosen.run, chosen.run.hyperparameters, chosen.record
    took = f"{chosen.seconds * 1000:.0f} ms" if chosen.seconds < 1 else f"{chosen.seconds:.1f} s"
    recent = "now" if time.monotonic() - chosen.at < 60 else "earlier"
    moment = "" if chosen.is_last else text.SHOWN_AT.format(epoch=chosen.epoch)
    if chosen.capped:
        moment += text.PAUSED_AFTER.format(seconds=chosen.seconds)
    if not chosen.restorable:
        moment += text.CHANGED
    if left_out := run.dataset.left_out:
        moment += text.NOT_COUNTED.format(n=left_out)
    trained = text.TRAINED.format(n=run.epoch, data=models.learned(run), took=took,
                                  when=text.WHEN["own" if chosen.own else recent])  # fmt: skip
    scores = text.SCORES["answers" if run.dataset.per_step else "sentences"].format(
        network=architecture.describe(hp), optimizer=text.OPTIMIZERS[hp.optimizer], lr=hp.lr,
        train=record.train_accuracy, test=record.test_accuracy,
    )  # fmt: skip
    return f"{moment}{trained}{BREAK}{scores}"
