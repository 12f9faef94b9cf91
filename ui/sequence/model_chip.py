"""The model's card: which it is, how it was trained, and the widgets that choose another."""

from __future__ import annotations

import time

import streamlit as st

from ui.kit import settings
from ui.sequence import architecture, models
from ui.sequence.models import Chosen

OPTIMIZERS = {"sgd": "SGD", "momentum": "Momentum", "rmsprop": "RMSprop", "adam": "Adam"}


def show(plain: bool = False) -> Chosen | None:
    """Say which model this is, and let it be changed; None while it is trained (models.waiting).

    plain : the page can show no other than one plain layer; what was chosen is kept for the rest.
    """
    with st.container(border=True, key="card model", horizontal=True, vertical_alignment="center"):
        line = st.empty()
        with st.popover("change", type="tertiary", icon=":material/tune:"):
            controls(plain)
            chosen = models.chosen(plain)
            if chosen:
                epochs = [snapshot.epoch for snapshot in chosen.run.snapshots]
                settings.slider(
                    "epoch", "Epoch of the training", epochs, epochs[-1],
                    help="0 is the untrained network; the last is what it has become.",
                )  # fmt: skip
                chosen = chosen.at_epoch(epochs[-1] if (e := settings.get("epoch")) is None else e)
        if chosen is None:
            line.markdown(f"{architecture.describe(models.hyperparameters(plain))}: training …")
            return None
        line.markdown(about(chosen))
        if chosen.capped:
            st.button("Train longer", key="train longer", type="tertiary",
                      on_click=models.train_longer, args=(chosen.capped,))  # fmt: skip
    if plain and architecture.Architecture.chosen() != architecture.PLAIN:
        st.caption("Here it is one plain layer; yours is kept for the other pages.")
    return chosen


def controls(plain: bool) -> None:
    """The widgets themselves."""
    data_choice()
    kind = architecture.PLAIN if plain else architecture.choose()
    much = len(models.data().train) > models.MUCH
    settings.slider("units", "Hidden units", kind.sizes(much), help="How much it can hold at once.")
    settings.number("seed", "Seed", help="The luck of the start and of the order of the sentences.")


def data_choice() -> None:
    """Which sentences it learns from."""
    settings.select("data", "Sentences to learn from", models.names())


def about(chosen: Chosen) -> str:
    """Where this model comes from, and what it scores on its data."""
    run, hp, record = chosen.run, chosen.run.hyperparameters, chosen.record
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
    return (
        f"{moment}Trained **{run.epoch} epochs** on {len(run.dataset.train)} sentences "
        f"in **{took}**, {when}  \n{architecture.describe(hp)} · {OPTIMIZERS[hp.optimizer]}, "
        f"learning rate {hp.lr:g} · right: {record.train_accuracy:.0%} of training, "
        f"{record.test_accuracy:.0%} of test sentences"
    )
