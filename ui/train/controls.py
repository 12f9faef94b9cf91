"""The widgets of a training: its settings, recipes, buttons, and the slider of its moments."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from rnn_core import CELLS, Hyperparameters
from ui.kit import settings
from ui.kit.table import TABLE
from ui.sequence import models
from ui.sequence.architecture import Architecture
from ui.sequence.model_chip import data_choice
from ui.sequence.session import Session
from ui.sequence.text_model import GOAL, INIT_NAMES, PACES
from ui.train import text, training


def at_once() -> None:
    """The settings that a run takes on its way."""
    with st.container(key="settings now"):
        st.markdown(text.AT_ONCE)
        settings.slider("lr", text.RATE, usual=usual().lr, live=True)
        clipped = settings.segments("clip", text.CLIP, text.CLIPS, width="stretch") != "none"
        settings.slider("at", text.CLIP_AT if clipped else text.CLIP_AT_NOTHING, live=True,
                        disabled=not clipped)  # fmt: skip


def new_run() -> None:
    """The settings that start a new run."""
    with st.container(key="settings new"):
        st.markdown(text.NEW_RUN)
        settings.segments(
            "cell", text.CELL, {name: name.upper() for name in CELLS}, width="stretch"
        )
        with st.container(horizontal=True, gap="small"):
            settings.segments("layers", text.LAYERS, width="stretch")
            with st.container(key="both ways", width="content"):
                settings.toggle("both", text.BOTH)
        kind = Architecture.chosen()
        settings.slider("units", text.UNITS, kind.sizes(much=False))
        best = usual()
        init = settings.get("init") or best.init
        scaled = init == "orthogonal"
        name = text.RADIUS if scaled else text.NO_RADIUS
        settings.slider("radius", name, usual=best.spectral_radius, disabled=not scaled)
        with st.container(horizontal=True, gap="small"):
            settings.select("batch", text.BATCH, {n: str(n) for n in TABLE["batch"].allowed},
                            usual=best.batch_size)  # fmt: skip
            settings.number("seed", text.SEED)


def usual() -> Hyperparameters:
    """What suits the chosen network: where nothing was chosen."""
    return models.recommended(models.data().name, settings.get("units"), Architecture.chosen())


def more() -> None:
    """The settings that are seldom turned."""
    kind, best = Architecture.chosen(), usual()
    settings.segments("optimizer", text.OPTIMIZER, usual=best.optimizer)
    if len(kind.activations) > 1:
        settings.segments("activation", text.ACTIVATION, kind.activations)
    if kind.cell == "lstm":
        settings.slider("forget", text.FORGET)
    settings.segments("init", text.INIT, INIT_NAMES, best.init)
    settings.slider("goal", GOAL)
    settings.segments("loss", text.LOSS_SCALE)
    data_choice()


def recipes() -> None:
    """Runs worth seeing, a click each; the button says which one stands."""
    stands = text.RECIPES.get(training.recipe(), text.YOUR_OWN)
    with st.popover(text.RECIPE.format(name=stands), key="recipes"):
        for name, called in text.RECIPES.items():
            settings.preset(called, f"preset {name}", training.values(name),
                            partial(training.preset, name), help=text.RECIPES_SAY[name],
                            width="stretch")  # fmt: skip


def transport(here: Session) -> int | None:
    """Play or Pause, a new button for each turn, so that a press of an earlier one is told apart;
    step, epoch, start again; how fast it is shown; and, while it rests, the slider of its moments.

    Returns the epoch to show, None for now.
    """
    bar: dict[str, Any] = {"horizontal": True, "vertical_alignment": "center"}
    with st.container(border=True, key="card transport", **bar):
        name, icon, verb = text.PLAY, "play_arrow", training.play
        if here.playing:
            name, icon, verb = text.PAUSE, "pause", training.pause
        st.button(name, key=f"turn {here.turn}", icon=f":material/{icon}:", type="primary",
                  shortcut="Space", on_click=verb, args=(here.turn,))  # fmt: skip
        idle = here.playing or here.run.stopped is not None
        st.button(text.STEP, key="step", disabled=idle, shortcut="Right",
                  on_click=training.step_to, args=(here.run.steps + 1,))  # fmt: skip
        st.button(text.EPOCH, key="one epoch", disabled=idle,
                  on_click=training.epoch_to, args=(here.run.epoch + 1,))  # fmt: skip
        st.button(text.RESTART, key="again", on_click=training.again)
        settings.segments("pace", text.SPEED, PACES, live=True, label_visibility="collapsed",
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
    shown = settings.slider("epoch", text.BACK_IN_TIME, kept, kept[-1],
                            label_visibility="collapsed")  # fmt: skip
    return None if shown == kept[-1] else int(shown)
