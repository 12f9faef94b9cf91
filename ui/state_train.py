"""The visitor's training: this session's studio, and the verbs that the page's buttons call."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from rnn_core import Dataset, Hyperparameters
from rnn_core.heat import Heat
from ui.scheduler import PROCESS
from ui.state import read
from ui.studio import Studio

LIVE = ("lr", "clip", "clip_at")
"""What a run takes on its way; anything else starts a new one."""
PRESETS: dict[str, dict[str, Any]] = {
    "our default": {},
    "the write-up's own": {"init": "tiny", "units": 64, "lr": 0.02, "goal": 1000, "pace": "all"},
    "too hot": {"lr": 0.2},
    "no clipping": {"clip": "none", "lr": 0.1},
}
KNOBS: dict[str, Any] = {
    "lr": 0.05, "clip": "value", "at": 1.0, "units": 16, "activation": "tanh",
    "init": "orthogonal", "radius": 0.9, "batch": 1, "optimizer": "sgd", "goal": 60,
    "pace": "epochs", "data": "sentiment", "seed": 0,
}  # fmt: skip


def who() -> str:
    """This session's name in the scheduler's line."""
    return st.session_state.setdefault("who", f"session {id(st.session_state)} {time.monotonic()}")


def existing() -> Studio | None:
    """This session's studio, if it has trained."""
    return st.session_state.get("studio")


def studio(dataset: Dataset, settings: Hyperparameters, goal: int) -> Studio:
    """This session's studio, with these settings: knobs that act at once are turned in its run,
    any other starts a new run and leaves the old one as a shadow.
    """
    here: Studio | None = st.session_state.get("studio")
    if here is None:
        here = st.session_state["studio"] = Studio(dataset, settings, goal)
        arrive(here)
    same = replace(settings, **{name: getattr(here.run.hyperparameters, name) for name in LIVE})
    if vars(same) != vars(here.run.hyperparameters) or dataset.name != here.run.dataset.name:
        PROCESS.leave(who())
        here.again(settings, dataset, goal)
    elif goal != st.session_state.get("asked goal", goal):
        here.goal = goal
    st.session_state["asked goal"] = goal
    here.run.change(**{name: getattr(settings, name) for name in LIVE})
    return here


def arrive(here: Studio) -> None:
    """A link to a trained moment: train up to it at once, in fair slices like everybody."""
    done = st.query_params.get("epoch", "")
    if done.isascii() and done.isdigit() and 0 < int(done[:6]) <= 2000:
        here.goal = int(done)
        here.play()
        here.pace = "all"


def knob(name: str) -> Any:
    """A knob as it stands now, also one that was moved without a rerun."""
    return st.session_state.get(name, KNOBS.get(name))


def play() -> None:
    """Go on from the moment that is shown; from an earlier one, on a new branch."""
    here = existing()
    if here is not None:
        shown = st.session_state.get("epoch")
        if isinstance(shown, int) and shown < here.run.epoch:
            here.branch(shown)
        st.session_state["epoch"] = None
        here.play()


def keep_epoch(kept: list[int]) -> None:
    """Before the slider of moments: a moment that is no longer kept gives way to the nearest."""
    shown = st.session_state.get("epoch")
    if isinstance(shown, int) and shown not in kept:
        st.session_state["epoch"] = min(kept, key=lambda epoch: abs(epoch - shown))
    elif shown is None and "epoch" in st.session_state:
        st.session_state["epoch"] = kept[-1]


def pause() -> None:
    """Pause, whatever came before; a second press changes nothing."""
    here = existing()
    if here is not None:
        here.pause()
        st.session_state["epoch"] = here.run.snapshots[-1].epoch
    PROCESS.leave(who())


def step_to(steps: int) -> Callable[[], None]:
    """A callback that advances to this step."""

    def act() -> None:
        if (here := existing()) is not None:
            here.step_to(steps)
            st.session_state["epoch"] = None

    return act


def epoch_to(epoch: int) -> Callable[[], None]:
    """A callback that advances to the end of this epoch."""

    def act() -> None:
        if (here := existing()) is not None:
            here.epoch_to(epoch)
            st.session_state["epoch"] = None

    return act


def again() -> None:
    """Start again with the same settings."""
    here = existing()
    if here is not None:
        here.again(here.run.hyperparameters, here.run.dataset, here.goal)
        st.session_state["epoch"] = None
    PROCESS.leave(who())


def preset(name: str) -> None:
    """Set every knob that a preset names, and the others to where they usually stand."""
    for key, usual in KNOBS.items():
        if key not in ("data", "seed"):
            st.session_state[key] = PRESETS[name].get(key, usual)


def cell_clicked(
    key: str, texts: list[str], index_at: Callable[[int, int], int | None]
) -> Callable[[], None]:
    """A callback: one of the data's sentences was clicked; it becomes the visitor's own."""

    def clicked() -> None:
        click = st.session_state[key].get("click") or {}
        if click.get("panel") == "sentences":
            index = index_at(int(click["x"]), int(click["y"]))
            if index is not None and index < len(texts):
                read(texts[index])

    return clicked


def tick() -> tuple[Studio | None, bool]:
    """One slice of training, if it is our turn; return the studio and whether it has just ended."""
    here = existing()
    if here is None or not here.playing:
        return here, False
    with PROCESS.turn(who()) as budget_s:
        here.run.change(lr=float(knob("lr")), clip=knob("clip"), clip_at=float(knob("at")))
        here.pace = knob("pace") or here.pace
        began = time.perf_counter()
        here.tick(budget_s, time.monotonic())
        here.busy_s += time.perf_counter() - began
    if not here.playing:
        PROCESS.leave(who())
        st.session_state["epoch"] = None
    return here, not here.playing


def heat(key: str) -> tuple[Heat | None, bool]:
    """A comparison by its key, and whether it is going on."""
    return st.session_state.get(f"{key} runs"), bool(st.session_state.get(f"{key} on"))


def start_heat(key: str, make: Callable[[], Heat]) -> None:
    """Begin afresh; a second press while it goes changes nothing."""
    if not st.session_state.get(f"{key} on"):
        st.session_state[f"{key} runs"] = make()
        st.session_state[f"{key} on"] = True


def stop_heat(key: str) -> None:
    """Stop; what came out so far stays."""
    st.session_state[f"{key} on"] = False
    PROCESS.leave(f"{who()} {key}")


def heat_tick(key: str) -> tuple[Heat | None, bool]:
    """One slice for a comparison; return it and whether it has just ended."""
    runs, going = heat(key)
    if runs is None or not going:
        return runs, False
    with PROCESS.turn(f"{who()} {key}") as budget_s:
        if budget_s > 0:
            runs.advance(budget_s=budget_s)
    if runs.done:
        stop_heat(key)
    return runs, runs.done
