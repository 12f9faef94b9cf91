"""The visitor's training: this session's studio, and the verbs that the page's buttons call."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from rnn_core import Dataset, Hyperparameters
from ui.scheduler import PROCESS
from ui.state import note, read
from ui.state.knobs import knob
from ui.studio import Studio

LIVE = ("lr", "clip", "clip_at")
"""What a run takes on its way; anything else starts a new one."""
LONGEST = 2000
"""Epochs that a link may ask for."""


def who() -> str:
    """This session's name in the scheduler's line."""
    return st.session_state.setdefault("who", f"session {id(st.session_state)} {time.monotonic()}")


def leave() -> None:
    """Another page is looked at: pause, and free the places in the line."""
    if (here := existing()) is not None and here.playing:
        pause()
    for place in ("ab heat", "seed heat"):
        PROCESS.leave(f"{who()} {place}")


def existing() -> Studio | None:
    """This session's studio, if it has trained."""
    return st.session_state.get("studio")


def studio(dataset: Dataset, settings: Hyperparameters, goal: int) -> Studio:
    """This session's studio, with these settings: knobs that act at once are turned in its run,
    any other, and a preset, starts a new run and leaves the old one as a shadow.
    """
    here: Studio | None = st.session_state.get("studio")
    if here is None:
        here = st.session_state["studio"] = Studio(dataset, settings, goal)
        arrive(here)
    fresh = st.session_state.pop("fresh", False)
    same = replace(settings, **{name: getattr(here.run.hyperparameters, name) for name in LIVE})
    if fresh or vars(same) != vars(here.run.hyperparameters) or dataset is not here.run.dataset:
        PROCESS.leave(who())
        if fresh:  # a preset plays on, also when a link's epoch was still on its way
            here.pause()
        here.again(settings, dataset, goal)
        st.session_state["epoch"] = None
        if fresh:
            here.play()
    elif goal != st.session_state.get("asked goal", goal):
        here.goal = goal
    st.session_state["asked goal"] = goal
    here.run.change(**{name: getattr(settings, name) for name in LIVE})
    return here


def trained(dataset: Dataset, n_hidden: int, seed: int) -> Studio | None:
    """This session's studio, if it has trained on this data with so many units and this seed."""
    here = existing()
    if here is None or not here.run.epoch or here.run.dataset is not dataset:
        return None
    hp = here.run.hyperparameters
    return here if (hp.n_hidden, hp.seed) == (n_hidden, seed) else None


def arrive(here: Studio) -> None:
    """A link to a trained moment: train up to it at once, in fair slices like everybody."""
    if (epoch := st.session_state.pop("epoch", None)) is None:
        return
    if epoch > LONGEST:
        note(f"The link asks for epoch {epoch}; it is trained for {LONGEST}.")
    here.epoch_to(min(epoch, LONGEST))


def play(turn: int) -> None:
    """Go on from the moment that is shown; from an earlier one, on a new branch.

    turn : the one that its button was drawn for. A busy server hands presses over together, in any
    order, or twice: only a button of the present turn acts.
    """
    if (here := existing()) is None or here.playing or turn != here.turn:
        return
    if (shown := st.session_state.get("epoch")) is not None:
        here.branch(shown)
    if here.run.stopped is not None:
        note("It cannot go on from here: go back in time, or turn a knob and start again.")
    st.session_state["epoch"] = None
    here.play()


def pause(turn: int | None = None) -> None:
    """Pause, whatever came before; a second press changes nothing. turn : as for play."""
    if (here := existing()) is not None and turn in (None, here.turn):
        here.pause()
        st.session_state["epoch"] = None
        PROCESS.leave(who())


def step_to(steps: int) -> Callable[[], None]:
    """A callback: make this step."""
    return _act(lambda here: here.step_to(steps))


def epoch_to(epoch: int) -> Callable[[], None]:
    """A callback: go to the end of this epoch."""
    return _act(lambda here: here.epoch_to(epoch))


def _act(verb: Callable[[Studio], None]) -> Callable[[], None]:
    def act() -> None:
        if (here := existing()) is not None:
            verb(here)
            st.session_state["epoch"] = None

    return act


def again() -> None:
    """Start again with the same settings; a run that has not begun is already there."""
    here = existing()
    if here is not None and (here.run.steps or here.run.stopped):
        goal = st.session_state.get("asked goal", here.goal)
        here.pause()
        here.again(here.run.hyperparameters, here.run.dataset, goal)
        st.session_state["epoch"] = None
    elif here is not None:
        here.pause()
    PROCESS.leave(who())


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
                st.session_state["clicked"] = True

    return clicked


def tick(here: Studio, drawn: bool) -> bool:
    """One slice of training, if it is our turn; return whether the page around the pictures is
    out of date: a sentence was clicked, or it was drawn for one that plays and now is not.

    drawn : whether the page shows one that plays. That counts, not who ended it: a run of the
    page can take the thread away from a tick that has just ended it.
    """
    if st.session_state.pop("clicked", False):
        return True
    if not here.playing:
        return drawn
    with PROCESS.turn(who()) as budget_s:
        here.run.change(lr=float(knob("lr")), clip=knob("clip"), clip_at=float(knob("at")))
        here.pace = knob("pace") or here.pace
        began, steps = time.perf_counter(), here.run.steps
        here.tick(budget_s, time.monotonic(), PROCESS.interval_s)
        here.busy_s += time.perf_counter() - began
        here.busy_steps += here.run.steps - steps
    if not here.playing:
        PROCESS.leave(who())
    return here.playing != drawn
