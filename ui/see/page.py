"""See: three ways to wire the same cell to pictures, each trained live.

Read shows the same, where one of these wirings is chosen.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.kit import jobs, settings
from ui.kit.cache import shared
from ui.kit.player import film
from ui.see import caption, controls, digit, learning, motion, pixels, tasks, text
from ui.see.caption import Caption
from ui.see.digit import Digit
from ui.see.learning import Networks
from ui.see.motion import Motion
from ui.see.tasks import TASKS
from ui.sequence import events, take_along

COLUMNS = "minmax(0, 752fr) minmax(0, 464fr)"
FOOT = 16
FILMS = {"caption": caption.film, "film": motion.film, "digit": digit.film}


def show() -> None:
    """Draw the page."""
    task, network, _ = controls.row()

    def draw(work: Networks) -> None:
        if work.moment(network) is None:
            st.progress(min(work.share, 1.0), text.LEARNING)
            return
        take_along.of_training(work.watched(network).run, learning.looked_at(task))
        now, present = seen(task, work, network), bool(settings.get("present"))
        panels, frames = shared(FILMS[task], now, present)
        step = settings.within("v_t", 1, len(frames), _first(task, now, len(frames))) - 1
        film(
            key, panels, frames, step=step, identity=identity(task, work), columns=COLUMNS,
            fill=FOOT, present=present, hint=text.HINT[task in controls.DRAWN],
            on_step=events.film_moved(key, "v_t"), on_click=lambda: controls.clicked(key, task),
        )  # fmt: skip

    key = f"see {task} film"
    jobs.show(learning.key(task), draw, around=lambda: settings.get("v_network"))


def identity(task: str, work: Networks, of: int = 0) -> str:
    """What makes it another film. of : the answer that it is about, where it is about one."""
    seed = int(settings.get("v_film")) if task == "film" else 0
    return events.identity(f"{task} {seed} {work.done} {of}")


def seen(task: str, work: Networks, network: str) -> Caption | Digit | Motion:
    """What is looked at, and what the network that is shown makes of it."""
    epoch, goal = learning.looked_at(task), tasks.EPOCHS[task]
    moments = tuple((name, moment) for name in TASKS[task].networks
                    if (moment := work.moment(name, epoch)) is not None)  # fmt: skip
    if task == "film":
        return Motion(moments, network, int(settings.get("v_film")), goal)
    picture = pixels.chosen(controls.DRAWN[task])
    if task == "digit":
        return Digit(moments, network, picture, goal)
    watched = work.watched(network)
    assert watched is not None
    other = next((moment for name, moment in moments if name != network), None)
    view = str(settings.get("v_pixels"))
    return caption.of(watched, dict(moments)[network], picture, view, goal, other)


def _first(task: str, now: Any, n_frames: int) -> int:
    """The step at which the film opens, from 1: the last, of a caption the first, of a film where
    the future tells.
    """
    if task == "caption":
        return 1
    if task == "film" and now.telling is not None:
        return int(now.telling) + 1
    return n_frames
