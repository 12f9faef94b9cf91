"""The widgets of a training: its settings, presets, buttons, and the slider of its moments."""

from __future__ import annotations

from typing import Any

import streamlit as st

from rnn_core import Hyperparameters
from ui.kit import settings
from ui.sequence import architecture, model_chip, models
from ui.sequence.architecture import Architecture
from ui.sequence.session import PACES, Session
from ui.train import training

CLIPS = {"value": "by value", "norm": "by norm", "none": "not at all"}


def all_settings() -> None:
    """Every setting of a training: those that act at once, and those that start a new run."""
    at_once = st.container(border=True, key="card settings now")
    with st.container(border=True, key="card settings new"):
        st.markdown("**These start a new run**; the previous run’s curve stays, in grey.")
        kind = architecture.choose()
        _slide("units", "Hidden units", "How much it can hold at once.",
               values=kind.sizes(much=False))  # fmt: skip
        usual = models.recommended(models.data().name, settings.get("units"), kind)
        scaled = (settings.get("init") or usual.init) == "orthogonal"
        _slide("radius", "Spectral radius", "At the start. Below 1 forgets, above may explode."
               if scaled else "Of an orthogonal initialisation; this one scales nothing.",
               usual=usual.spectral_radius, disabled=not scaled)  # fmt: skip
        _slide("batch", "Batch", "Sentences for each update.", usual=usual.batch_size)
        settings.number("seed", "Seed", help="The luck of the initialisation and of the order.")
        with st.expander("More"):
            _more(kind, usual)
    with at_once:
        st.markdown("**At once**")
        _slide("lr", "Learning rate", "Too high: the curve jumps.", usual=usual.lr, live=True)
        settings.segments("clip", "Clip", CLIPS, live=True)
        _slide("at", "Clip at", "Lower clips more often.", live=True)


def _more(kind: Architecture, usual: Hyperparameters) -> None:
    settings.segments("optimizer", "Optimizer", usual=usual.optimizer)
    if len(kind.activations) > 1:
        settings.segments("activation", "Activation", kind.activations)
    if kind.cell == "lstm":
        _slide("forget", "Forget bias", "Above 0: it keeps.")
    settings.segments("init", "Initialisation", usual=usual.init)
    _slide("goal", "Epochs", "Where it pauses by itself.")
    model_chip.data_choice()


def _slide(name: str, label: str, said: str, **more: Any) -> None:
    settings.slider(name, label, **more)
    st.caption(said)


def presets() -> None:
    """Runs worth seeing, a click each."""
    with st.container(horizontal=True, gap="small", key="examples presets"):
        for name in training.PRESETS:
            st.button(name, key=f"preset {name}", type="tertiary", on_click=training.preset,
                      args=(name,))  # fmt: skip


def transport(here: Session) -> None:
    """Play or Pause, a new button for each turn, so that a press of an earlier one is told apart;
    step, epoch, start again; and how fast it is shown.
    """
    with st.container(
        border=True, key="card transport", horizontal=True, vertical_alignment="center"
    ):
        name, icon, verb = "Play", "play_arrow", training.play
        if here.playing:
            name, icon, verb = "Pause", "pause", training.pause
        st.button(name, key=f"turn {here.turn}", icon=f":material/{icon}:", type="primary",
                  shortcut="Space", on_click=verb, args=(here.turn,))  # fmt: skip
        idle = here.playing or here.run.stopped is not None
        st.button("Step", key="step", disabled=idle, shortcut="Right",
                  on_click=training.step_to, args=(here.run.steps + 1,))  # fmt: skip
        st.button("Epoch", key="one epoch", disabled=idle,
                  on_click=training.epoch_to, args=(here.run.epoch + 1,))  # fmt: skip
        st.button("Start again", key="again", on_click=training.again)
        settings.segments("pace", "Speed", PACES, live=True, label_visibility="collapsed")


def moment(here: Session) -> int | None:
    """Time travel, while paused: the epoch to show, or None for now."""
    kept = [snapshot.epoch for snapshot in here.run.snapshots]
    label, said = "Go back in time", (
        "Every picture, Read's and Step back's too, as it was after this epoch. "
        "Play goes on from there, as a fork of the run."
    )  # fmt: skip
    shown = kept[-1]
    if here.playing or len(kept) < 2:
        st.select_slider(label, kept, shown, disabled=True, help=said)
    else:
        shown = settings.slider("epoch", label, kept, shown, help=said)
    if not here.playing and not here.restorable:
        st.caption("Changed on its way: a link trains afresh, with the settings as they are now.")
    return None if shown == kept[-1] else shown


def loss_scale() -> bool:
    """Whether the loss is drawn on a log axis."""
    return bool(settings.segments("loss", "Loss", label_visibility="collapsed") == "log")
