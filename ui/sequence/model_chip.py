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
from ui.sequence.models import Chosen

Moment = Callable[[Chosen], int] | None
READERS = {"everyday": "the everyday model", "trained": "one trained here"}
OPTIMIZERS = {"sgd": "SGD", "momentum": "Momentum", "rmsprop": "RMSprop", "adam": "Adam"}


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
            names = READERS | ({own_model.FILE: "one from a file"} if own_model.kept() else {})
            settings.segments("model", "Who reads", names, usual)
        line, ready = st.empty(), models.everyday(everyday) and not plain
        file = not plain and own_model.reads()
        if ready:
            data_drawer.show()
        elif not file:
            controls(plain)
        chosen = _moment(models.chosen(plain, everyday), opens)
        if chosen and not ready and not file:
            chosen = _epoch(chosen)
        line.markdown(about(chosen) if chosen else "Training …")
        if plain and architecture.Architecture.chosen() != architecture.PLAIN:
            st.caption("Here it is one plain layer; yours is kept for the other pages.")
        if not plain:
            file_drawer.show()
        st.markdown("**Another wiring**")
        wirings.show("wirings of the model")
    if _label(chosen, plain) != label:
        st.rerun()  # a widget put right what a link had asked for
    if chosen:
        weight_dial.chip(chosen)
    return chosen


def _epoch(chosen: Chosen) -> Chosen:
    """Another moment of the training, or more of it."""
    epochs = [snapshot.epoch for snapshot in chosen.run.snapshots]
    settings.slider("epoch", "Epoch of the training", epochs, chosen.epoch,
                    help="0 is the untrained network.")  # fmt: skip
    if chosen.capped:
        st.button("Train longer", key="train longer", type="tertiary",
                  on_click=models.train_longer, args=(chosen.capped,))  # fmt: skip
    return chosen.at_epoch(chosen.epoch if (e := settings.get("epoch")) is None else e)


def _moment(chosen: Chosen | None, opens: Moment) -> Chosen | None:
    if chosen is None or opens is None or settings.get("epoch") is not None:
        return chosen
    return chosen.at_epoch(opens(chosen))


def _label(chosen: Chosen | None, plain: bool) -> str:
    """The model in a few words: "RNN · 16 units · epoch 33"."""
    hp = chosen.run.hyperparameters if chosen else models.hyperparameters(plain)
    parts = [hp.cell.upper(), f"{hp.n_hidden} unit{'s' * (hp.n_hidden > 1)}"]
    if hp.n_layers > 1:
        parts.insert(1, f"{hp.n_layers} layers")
    if hp.bidirectional:
        parts.insert(1, "both ways")
    if chosen and chosen.ready_made:
        return "Everyday · " + " · ".join(parts)
    if chosen and chosen.file:
        return " · ".join([*parts, "from a file"])
    return " · ".join([*parts, f"epoch {chosen.epoch}" if chosen else "training …"])


def controls(plain: bool) -> None:
    """The widgets themselves."""
    data_choice()
    if not plain:
        architecture.choose()
    settings.slider("units", "Hidden units", _sizes(plain), help="How much it can hold at once.")
    settings.number("seed", "Seed", help="The luck of the start and of the order of the sentences.")


def _sizes(plain: bool) -> list[int]:
    kind = architecture.PLAIN if plain else architecture.Architecture.chosen()
    return kind.sizes(much=len(models.data().train) > models.MUCH)


def data_choice() -> None:
    """Which sentences it learns from."""
    settings.select("data", "Sentences to learn from", models.names())
    data_drawer.show()


def counted(model: Model) -> str:
    """How many parameters there are, and that no sentence adds any."""
    formula = architecture.parameter_formula(model)
    return f"Parameters: {formula}, for a sentence of 1 word as of {MOST_WORDS}."


def about(chosen: Chosen) -> str:
    """Where this model comes from, and what it scores on its data."""
    run, hp, record = chosen.run, chosen.run.hyperparameters, chosen.record
    if n := len(chosen.by_hand):
        trained = replace(chosen, by_hand=())
        return f"**{weight_dial.said(n)}**; what follows is of it as it was trained.  \n" + about(
            trained
        )
    if chosen.ready_made:
        made = models.checkpoint()
        return (
            f"**The everyday model.** Trained beforehand on sentences of our own grammar, with "
            f"{len(run.model.vocabulary or ()):,} everyday words; {architecture.describe(hp)}. "
            f"Right: {record.test_accuracy:.1%} of its test sentences. To be no surer than it "
            f"is right its logits were divided by {made.temperature:.2f}, fitted on others.  \n"
            f"{counted(run.model)}"
        )
    if chosen.file:
        return file_drawer.about(chosen)
    took = f"{chosen.seconds * 1000:.0f} ms" if chosen.seconds < 1 else f"{chosen.seconds:.1f} s"
    recent = "just now" if time.monotonic() - chosen.at < 60 else "earlier"
    when = "on the Train page" if chosen.own else recent
    moment = "" if chosen.is_last else f"Shown as it was at **epoch {chosen.epoch}**. "
    if chosen.capped:
        moment += f"It paused after {chosen.seconds:.0f} s of training. "
    if not chosen.restorable:
        moment += "Its settings were changed on the way: a link trains it afresh. "
    if left_out := run.dataset.left_out:
        moment += f"{left_out} test sentences hold no word of the training ones: not counted. "
    what = "answers" if run.dataset.per_step else "sentences"
    return (
        f"{moment}Trained **{run.epoch} epochs** on {models.learned(run)} "
        f"in **{took}**, {when}  \n{architecture.describe(hp)} · {OPTIMIZERS[hp.optimizer]}, "
        f"learning rate {hp.lr:g} · right: {record.train_accuracy:.0%} of training, "
        f"{record.test_accuracy:.0%} of test {what}  \n{counted(run.model)}"
    )
