"""The widgets of a training: its settings, recipes, buttons, and the slider of its moments."""

from __future__ import annotations

from typing import Any

import streamlit as st

from rnn_core import CELLS, Hyperparameters
from ui.kit import settings
from ui.kit.table import TABLE
from ui.sequence import models
from ui.sequence.architecture import INIT_NAMES, Architecture
from ui.sequence.model_chip import data_choice
from ui.sequence.session import PACES, Session
from ui.train import training

CLIPS = {"value": "by value", "norm": "by norm", "none": "off"}


def at_once() -> None:
    """The settings that a run takes on its way."""
    with st.container(key="settings now"):
        st.markdown("**Acts at once**")
        settings.slider("lr", "Learning rate", usual=usual().lr, live=True)
        clipped = settings.segments("clip", "Clip the gradient", CLIPS, width="stretch") != "none"
        settings.slider("at", "Clip at" if clipped else "Clip at: not while it is off", live=True,
                        disabled=not clipped)  # fmt: skip


def new_run() -> None:
    """The settings that start a new run."""
    with st.container(key="settings new"):
        st.markdown("**Starts a new run**")
        settings.segments("cell", "Cell", {name: name.upper() for name in CELLS}, width="stretch")
        with st.container(horizontal=True, gap="small"):
            settings.segments("layers", "Layers", width="stretch")
            with st.container(key="both ways", width="content"):
                settings.toggle("both", "Both ways")
        kind = Architecture.chosen()
        settings.slider("units", "Hidden units", kind.sizes(much=False))
        best = usual()
        init = settings.get("init") or best.init
        scaled = init == "orthogonal"
        name = "Spectral radius of :green[W_hh]" if scaled else "Radius: of a rotation only"
        settings.slider("radius", name, usual=best.spectral_radius, disabled=not scaled)
        with st.container(horizontal=True, gap="small"):
            settings.select("batch", "Batch", {n: str(n) for n in TABLE["batch"].allowed},
                            usual=best.batch_size)  # fmt: skip
            settings.number("seed", "Seed")


def usual() -> Hyperparameters:
    """What suits the chosen network: where nothing was chosen."""
    return models.recommended(models.data().name, settings.get("units"), Architecture.chosen())


def more() -> None:
    """The settings that are seldom turned."""
    kind, best = Architecture.chosen(), usual()
    settings.segments("optimizer", "Optimizer", usual=best.optimizer)
    if len(kind.activations) > 1:
        settings.segments("activation", "Activation", kind.activations)
    if kind.cell == "lstm":
        settings.slider("forget", "Forget bias: above 0 it keeps")
    settings.segments("init", "Initialisation", INIT_NAMES, best.init)
    settings.slider("goal", "Epochs: where it pauses by itself")
    settings.segments("loss", "Scale of the loss")
    data_choice()


def recipes() -> None:
    """Runs worth seeing, a click each; the button says which one stands."""
    with st.popover(f"Recipe: {training.recipe() or 'your own'}", key="recipes"):
        for name, (said, _) in training.PRESETS.items():
            st.button(name, key=f"preset {name}", on_click=training.preset, args=(name,),
                      help=said, width="stretch")  # fmt: skip


def transport(here: Session) -> int | None:
    """Play or Pause, a new button for each turn, so that a press of an earlier one is told apart;
    step, epoch, start again; how fast it is shown; and, while it rests, the slider of its moments.

    Returns the epoch to show, None for now.
    """
    bar: dict[str, Any] = {"horizontal": True, "vertical_alignment": "center"}
    with st.container(border=True, key="card transport", **bar):
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
        st.button("Restart", key="again", on_click=training.again)
        settings.segments("pace", "Speed", PACES, live=True, label_visibility="collapsed",
                          width="content")  # fmt: skip
        with st.container(key="moment"):
            return moment(here)


def moment(here: Session) -> int | None:
    """Go back in time: the epoch to show, None for now. While it plays the dashboard draws a bar
    in this place.
    """
    kept = [snapshot.epoch for snapshot in here.run.snapshots]
    if here.playing or len(kept) < 2:
        return None
    shown = settings.slider("epoch", "Go back in time", kept, kept[-1],
                            label_visibility="collapsed")  # fmt: skip
    return None if shown == kept[-1] else int(shown)
