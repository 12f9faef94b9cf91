"""The knobs of a training: those that act at once, and those that start a new run."""

from __future__ import annotations

import streamlit as st

from rnn_core import CELLS, INITIALIZERS, OPTIMIZERS, Hyperparameters
from ui import models, state
from ui.controls import UNITS, kinds
from ui.controls.knobs import CLIP_AT, CLIPS, RATES
from ui.state import epochs as state_epochs
from ui.state import kinds as kind_state
from ui.state import knobs as state_knobs
from ui.state import training as state_train
from ui.studio import PACES, Studio

RADII = [0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.3, 1.6, 2.0, 3.0]
FORGET = [0.0, 1.0, 2.0, 3.0, 5.0]
BATCHES = [1, 2, 4, 8, 16, 32, 58, 128]
GOALS = [20, 40, 60, 100, 200, 400, 600, 1000, 2000]


def presets() -> None:
    """Four runs worth seeing, a click each."""
    with st.container(horizontal=True, gap="small", key="examples presets"):
        for name in state_knobs.PRESETS:
            st.button(name, key=f"preset {name}", type="tertiary", on_click=state_knobs.preset,
                      args=(name,))  # fmt: skip


def pace() -> None:
    """How fast it is shown."""
    state.choice_from_link("pace", list(PACES.values()))
    st.segmented_control(
        "Speed", list(PACES), default="epochs", required=True, key="pace", bind="query-params",
        format_func=PACES.__getitem__, label_visibility="collapsed", on_change="ignore",
    )  # fmt: skip


def loss_scale() -> bool:
    """Whether the loss is drawn by decades."""
    state.choice_from_link("loss", ["plain", "decades"])
    choice = st.segmented_control(
        "Loss", ["plain", "decades"], default="plain", required=True, key="loss",
        bind="query-params", label_visibility="collapsed",
    )  # fmt: skip
    return choice == "decades"


def moment(here: Studio) -> int | None:
    """Time travel, while paused: the epoch to show, or None for now."""
    kept = [snapshot.epoch for snapshot in here.run.snapshots]
    slider = f"{state_epochs.SLIDER} {here.turn} {here.run.epoch}"
    shown = state_epochs.among(kept, slider, now=here.playing)
    state_epochs.reached(how_far(here))
    st.select_slider(
        "Go back in time", kept, shown, key=slider,
        on_change=state_epochs.moved, args=(kept, slider), disabled=here.playing or len(kept) < 2,
        help="Every picture, Read's and Step back's too, as it was after this epoch. "
        "Play goes on from there, on a new branch.",
    )  # fmt: skip
    if not here.playing and not here.restorable:
        st.caption("Changed on its way: a link trains afresh, with the settings as they are now.")
    return None if shown == kept[-1] else shown


def how_far(here: Studio) -> int:
    """The epoch that a link leads to: what it trains for, or how far it is."""
    return here.run.epoch if here.until is None else here.until


def address(here: Studio, moment: int | None) -> dict[str, str]:
    """What the browser writes to the address at each tick, so that a reload trains as far."""
    epoch = how_far(here) if moment is None else moment
    return {"epoch": str(epoch or "")}


def transport(here: Studio) -> None:
    """Play or Pause, a new button for each turn, so that a press of an earlier one is told apart;
    step, epoch, start again.
    """
    name, icon, verb = "Play", "play_arrow", state_train.play
    if here.playing:
        name, icon, verb = "Pause", "pause", state_train.pause
    st.button(name, key=f"turn {here.turn}", icon=f":material/{icon}:", type="primary",
              shortcut="Space", on_click=verb, args=(here.turn,))  # fmt: skip
    idle = here.playing or here.run.stopped is not None
    st.button("Step", key="step", disabled=idle, shortcut="Right",
              on_click=state_train.step_to(here.run.steps + 1))  # fmt: skip
    st.button("Epoch", key="one epoch", disabled=idle,
              on_click=state_train.epoch_to(here.run.epoch + 1))  # fmt: skip
    st.button("Start again", key="again", on_click=state_train.again)


def knobs() -> tuple[str, Hyperparameters, int]:
    """All knobs: the dataset's name, the settings, and how many epochs."""
    with st.container(border=True, key="card knobs now"):
        st.markdown("**At once**")
        lr = _slide("Learning rate", RATES, 0.05, "lr", "Too high: the curve jumps.", live=True)
        clip = _pick("Clip", list(CLIPS), "value", "clip", CLIPS, live=True)
        at = _slide("Clip at", CLIP_AT, 1.0, "at", "Lower cuts more often.", live=True)
    with st.container(border=True, key="card knobs new"):
        st.markdown("**These start a new run**; the old curve stays as a shadow.")
        kind = kinds.choose()
        sizes = kind.sizes(UNITS, much=False)
        kind_state.nearest("units", sizes)
        units = _slide("Hidden units", sizes, 16, "units", "How much it can hold at once.")
        radius = _slide(
            "Spectral radius", RADII, 0.9, "radius", "Below 1 forgets, above may explode."
        )
        batch = _slide("Batch", BATCHES, 1, "batch", "Sentences for each update.")
        state.number_from_link("seed", range(1000), 0)
        seed = st.number_input("Seed", 0, 999, 0, key="seed", bind="query-params",
                               help="The luck of the start.")  # fmt: skip
        with st.expander("More"):
            optimizer = _pick("Optimizer", list(OPTIMIZERS), "sgd", "optimizer")
            own = list(CELLS[kind.cell].activations)
            activation = _pick("Activation", own, "tanh", "activation") if len(own) > 1 else own[0]
            forget = 1.0
            if kind.cell == "lstm":
                forget = _slide("Forget bias", FORGET, 1.0, "forget", "Above 0: it keeps.")
            start = _pick("Start of the weights", list(INITIALIZERS), "orthogonal", "init")
            goal = _slide("Epochs", GOALS, 60, "goal", "Where it pauses by itself.")
            names = models.names()
            state.choice_from_link("data", names)
            usual = names.index("sentiment") if "sentiment" in names else 0
            data = st.selectbox("Sentences to learn from", names, usual, key="data",
                                bind="query-params")  # fmt: skip
    settings = Hyperparameters(
        cell=kind.cell, n_layers=kind.n_layers, bidirectional=kind.both,
        forget_bias=float(forget), n_hidden=int(units), activation=activation, init=start,
        spectral_radius=float(radius), optimizer=optimizer, lr=float(lr), batch_size=int(batch),
        clip=clip, clip_at=float(at), seed=int(seed),
    )  # fmt: skip
    return data, settings, int(goal)


def _slide(label: str, values: list, usual: object, key: str, caption: str, live: bool = False):
    state.choice_from_link(key, [str(value) for value in values])
    chosen = st.select_slider(label, values, usual, key=key, bind="query-params",
                              on_change="ignore" if live else "rerun")  # fmt: skip
    st.caption(caption)
    return chosen


def _pick(
    label: str, values: list, usual: str, key: str, names: dict | None = None, live: bool = False
):
    state.choice_from_link(key, list(names.values()) if names else values)
    return st.segmented_control(
        label, values, default=usual, required=True, key=key, bind="query-params",
        format_func=names.__getitem__ if names else str, on_change="ignore" if live else "rerun",
    ) or usual  # fmt: skip
