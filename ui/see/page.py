"""See: three ways to wire the same cell to pictures, each trained live."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from ui.kit import frame, jobs, settings
from ui.kit.cache import shared
from ui.kit.player import film
from ui.see import caption, digit, learning, motion, pixels, tasks
from ui.see.learning import Networks
from ui.see.tasks import TASKS
from ui.sequence import events, take_along

COLUMNS = "minmax(0, 752fr) minmax(0, 464fr)"
FOOT = 16
DRAWN = {"caption": "v_picture", "digit": "v_digit"}
"""{task: the setting of the picture that is drawn}."""


def show() -> None:
    """Draw the page."""
    with frame.controls():
        names = {name: task.called for name, task in TASKS.items()}
        task = settings.segments("v_task", "Task", names, label_visibility="collapsed",
                                 on_change=learning.change_task)  # fmt: skip
        _given(task)
        network = _network(task)
        work = learning.networks(task, network)
        learning.model(task, work, network)
        learning.button(task, work, network)
    settings.show_notes()
    _pictures(task, network)


def _given(task: str) -> None:
    """What is looked at: an example of a picture, or another film."""
    if task == "film":
        other = (int(settings.get("v_film")) + 1) % 1000
        st.button("New film", key="new film", icon=":material/casino:", on_click=settings.put,
                  kwargs={"v_film": other, "v_t": None})  # fmt: skip
        return
    name, made = DRAWN[task], (caption if task == "caption" else digit).examples()
    pixels.chosen(name)
    settings.menu("examples", "Examples", list(made), of=name,
                  act=lambda said: settings.put(**{name: made[said], "v_t": None}))  # fmt: skip


def _network(task: str) -> str:
    """Which of the task's networks is shown; of a caption also what its pixels show."""
    names = {name: one.called for name, one in TASKS[task].networks.items()}
    if task == "caption":
        settings.segments("v_pixels", "Pixels show", caption.VIEWS, label_visibility="collapsed")
    return str(settings.segments("v_network", "Network", names, next(iter(names)),
                                 label_visibility="collapsed"))  # fmt: skip


def _pictures(task: str, network: str) -> None:
    """The film, while the networks learn and after."""

    def draw(work: Networks) -> None:
        if work.moment(network) is None:
            st.progress(min(work.share, 1.0), "Learning …")
            return
        take_along.of_training(work.watched(network).run, learning.looked_at(task))
        make, now = _looked_at(task, work, network)
        panels, frames = shared(make, now, bool(settings.get("present")))
        step = settings.within("v_t", 1, len(frames), _first(task, now, len(frames))) - 1
        of = f"{task} {_seed(task)} {work.done}"
        film(
            key, panels, frames, step=step, identity=events.identity(of),
            columns=COLUMNS, fill=FOOT, present=bool(settings.get("present")),
            hint="← → step · Space plays", on_step=events.film_moved(key, "v_t"),
            on_click=lambda: pixels.clicked(key, DRAWN.get(task, "v_picture")),
        )  # fmt: skip

    key = f"see {task} film"
    jobs.show(learning.key(task), draw)


def _seed(task: str) -> int:
    return int(settings.get("v_film")) if task == "film" else 0


def _looked_at(task: str, work: Networks, network: str) -> tuple[Callable[..., Any], Any]:
    """The film's function, and what it is of."""
    epoch, goal = learning.looked_at(task), tasks.EPOCHS[task]
    moments = tuple((name, moment) for name in TASKS[task].networks
                    if (moment := work.moment(name, epoch)) is not None)  # fmt: skip
    if task == "film":
        return motion.film, motion.Motion(moments, network, int(settings.get("v_film")), goal)
    picture = pixels.chosen(DRAWN[task])
    if task == "digit":
        return digit.film, digit.Digit(moments, network, picture, goal)
    watched = work.watched(network)
    assert watched is not None
    view = str(settings.get("v_pixels"))
    other = next((moment for name, moment in moments if name != network), None)
    return caption.film, caption.of(watched, dict(moments)[network], picture, view, goal, other)


def _first(task: str, now: Any, n_frames: int) -> int:
    """The step at which the film opens, from 1: the last, of a caption the first, of a film where
    the future tells.
    """
    if task == "caption":
        return 1
    if task == "film" and now.telling is not None:
        return int(now.telling) + 1
    return n_frames
