"""How far back does it remember?: how far the gradient reaches, what is learned, the cliff."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from rnn_core import ACTIVATIONS
from rnn_core.experiments.loss_cliff import CLIP_AT, LR, STARTING_POINTS
from rnn_core.experiments.tasks import TASKS
from ui.kit import frame, jobs, settings, share
from ui.kit.cache import shared
from ui.kit.player import Panel, film, still
from ui.kit.table import ALL_THE_WAY, TABLE
from ui.memory import circles, cliff, profiles, setup, tables, text, trials
from ui.memory.experiment import Experiment, Looking
from ui.memory.setup import USUAL, Setup, acts, setup_of
from ui.memory.stories import STORIES, story_of
from ui.sequence.text_model import INIT_NAMES

KEPT = 8
"""Experiments of a visitor; each a few curves."""


# ---- the laboratory ----


def values() -> dict[str, Any]:
    """All settings of the laboratory as they stand."""
    return {name: settings.get(name) for name in USUAL}


def experiment(shown: Setup) -> Experiment:
    """This visitor's experiment with a setup; any other one rests."""
    kept: dict[Setup, Experiment] = settings.kept().setdefault("experiments", {})
    here = kept.pop(shown, None) or Experiment(shown)
    kept[shown] = here  # the newest is the last
    for old in list(kept)[:-KEPT]:
        del kept[old]
    jobs.ready("trials", here)
    return here


def tell(name: str) -> None:
    """A callback: set everything as a story wants it, and try at once whether it learns."""
    settings.put(**STORIES[name].values, m_when="untrained")
    experiment(setup_of(values()))
    jobs.start("trials")


def before(shown: Setup) -> Setup | None:
    """What was shown before this, until something else is shown; None at first."""
    kept = settings.kept()
    if (now := kept.get("shown", (None, None)))[0] != shown:
        now = kept["shown"] = shown, now[0]
    return now[1]


def control(widget: Callable[..., Any], name: str, label: str, *names: Any, **more: Any) -> None:
    """A setting's widget, disabled where it changes nothing at the moment."""
    widget(name, label, *names, disabled=not acts(name, values()), **more)


def choose_story() -> None:
    """The row of controls: the stories, what is compared, and what only training asks for."""
    with st.container(key="pills stories", horizontal=True, width="content"):
        told = story_of(values())
        for name, story in STORIES.items():
            called = text.STORY_NAMES[name]
            settings.preset(f"**{called}**" if story is told else called, f"story {name}",
                            story.values, partial(tell, name), type="tertiary")  # fmt: skip
    compared = {k: text.COMPARE_THIS.format(what=what) for k, what in text.COMPARISONS.items()}
    settings.select("m_compare", text.COMPARE, compared, label_visibility="collapsed", width=230)
    with st.popover(text.MORE):
        settings.select("m_optimizer", text.OPTIMIZER, list(setup.OPTIMIZERS))
        control(settings.segments, "m_clip", text.CLIP, text.CLIPS)
        control(settings.slider, "m_at", text.CLIP_AT)
        settings.number("m_seed", text.FIRST_SEED)
        settings.slider("m_seeds", text.SEEDS)
        settings.slider("m_steps", text.STEPS)


def network() -> None:
    """The settings of the network. One without a meaning for this cell is absent."""
    now = values()
    with st.container(border=True, key="card settings lab", height="stretch"):
        control(settings.slider, "m_length", text.LENGTH)
        control(settings.segments, "m_cell", text.CELL, text.CELLS)
        control(settings.toggle, "m_both", text.BOTH)
        control(settings.select, "m_init", text.INIT, INIT_NAMES)
        control(settings.slider, "m_radius", text.RADIUS)
        if acts("m_forget", now):
            settings.slider("m_forget", text.FORGET)
        if acts("m_activation", now):
            settings.select("m_activation", text.ACTIVATION, list(ACTIVATIONS))
        settings.slider("m_units", text.UNITS)
        control(settings.slider, "m_k", text.TRUNCATED,
                help=text.TRUNCATED_HELP.format(all=ALL_THE_WAY))  # fmt: skip
        settings.select("m_task", text.TASK, {task: task.replace("_", " ") for task in TASKS})
        if now["m_length"] < (shortest := TASKS[now["m_task"]].shortest):
            st.caption(text.TOO_SHORT.format(shortest=shortest))


def transport(here: Experiment) -> bool:
    """Start and stop, and which networks are shown. Return whether those that are trained."""
    with st.container(border=True, key="card transport lab", horizontal=True,
                      vertical_alignment="center"):  # fmt: skip
        if jobs.going("trials"):
            st.button(text.STOP, key="stop trials", icon=":material/stop:", on_click=jobs.stop,
                      args=("trials",))  # fmt: skip
        else:
            st.button(text.GO_ON if 0 < here.share < 1 else text.LEARNS, key="start trials",
                      type="primary", icon=":material/play_arrow:", disabled=here.done,
                      on_click=jobs.start, args=("trials",))  # fmt: skip
        when = settings.segments("m_when", text.WHEN, text.WHENS, label_visibility="collapsed")
        with st.container(key="quiet trials", width="content"):
            st.markdown(text.TRIALS.format(n=here.n_trials, steps=here.setup.longest))
    return bool(when == "trained")


def laboratory() -> None:
    """Settings, a look at the networks, and trials that a timer goes on with."""
    with st.container(key="bench", horizontal=True):
        left, right = st.container(width=240), st.container(width="stretch")
    with left:
        network()
    here = experiment(setup_of(values()))
    if jobs.asked_to_begin():
        jobs.start("trials")
    with right:
        if not jobs.at_once(look := Looking(here.setup)):
            jobs.wait_for("look", look, lambda now: text.LOOKED.format(n=now.n))
            return
        trained = transport(here)
        share.offer(tables.of_laboratory(here, profiles.shown(here, trained)[2]))
        story = story_of(values())
        with st.container(key="told"):
            st.markdown(f"{story.told(here.setup) if story else text.FREE} {trials.answer(here)}")
        with st.container(horizontal=True, key="pictures"):
            flow, learning = st.container(), st.container()
        arrives = profiles.panels(here, trained, before(here.setup))
        with flow:
            still("lab", *arrives, fill=38)
        with learning:
            try_it(here, arrives[:2] if settings.get("present") else [], trained)
    still("circles", *circles.panels(*profiles.shown(here, trained)))


def try_it(here: Experiment, above: Sequence[Panel], trained: bool) -> None:
    """The trials, as far as they are; for an audience with the gradient's curve above."""
    away = jobs.away("trials") if jobs.going("trials") else None
    jobs.show(
        "trials",
        lambda _: film("trials", [*above, *trials.panels(here.setup)[: 2 if above else 4]],
                       [trials.frame(here)], transport=False, fill=38, present=bool(above),
                       on_away=away),
        lambda: trained and len(here.trained),
    )  # fmt: skip


# ---- the cliff ----


def map_clicked() -> None:
    """A callback: the map was clicked; the walks begin at the nearest place there."""
    click = settings.reported("cliff", "click") or {}
    if click.get("panel") == "cliff":
        settings.put(w_xh=TABLE["w_xh"].nearest(click["x"]), w_hh=TABLE["w_hh"].nearest(click["y"]))


def choose_start() -> None:
    """The row of controls: where the walks begin, how big an update is, where it is clipped."""
    here = settings.get("w_xh"), settings.get("w_hh")
    names = {place: name for name, place in STARTING_POINTS.items()}
    with st.popover(text.STARTS_AT.format(name=names.get(here, text.OWN_START))):
        for (w_xh, w_hh), name in names.items():
            place = {"w_xh": w_xh, "w_hh": w_hh, "cliff_lr": LR, "cliff_at": CLIP_AT}
            settings.preset(name, f"cliff {name}", place, partial(settings.put, **place),
                            type="tertiary")  # fmt: skip
        settings.slider("w_xh", text.W_XH)
        settings.slider("w_hh", text.W_HH)
    for name, label in text.UPDATE.items():
        named = {value: f"{label} {value:g}" for value in TABLE[name].allowed}
        settings.select(name, label, named, label_visibility="collapsed", width=200)


def the_cliff() -> None:
    """Two weights, one wall, two walks in step."""
    w_xh, w_hh, lr, at = map(settings.get, ("w_xh", "w_hh", "cliff_lr", "cliff_at"))
    panels, frames = shared(cliff.film, (w_xh, w_hh), lr, at)
    share.offer(tables.of_cliff((w_xh, w_hh), lr, at))
    present = settings.get("present")
    film(
        "cliff", panels[: 2 if present else None], frames, step=len(frames) - 1,
        identity=f"cliff {(w_xh, w_hh)} {lr} {at}", columns=cliff.COLUMNS, fill=12,
        present=present, pace_ms=120, on_click=map_clicked,
    )  # fmt: skip


def show() -> None:
    """Draw the page."""
    first = next(iter(text.TABS))
    share.offer([])
    with frame.controls():
        part = settings.segments("m_tab", text.PART, text.TABS, first, label_visibility="collapsed")
        (choose_story if part == first else choose_start)()
    (laboratory if part == first else the_cliff)()
