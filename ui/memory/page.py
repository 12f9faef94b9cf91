"""How far back does it remember?: how far the gradient reaches, what is learned, the cliff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from rnn_core import ACTIVATIONS
from rnn_core.experiments.loss_cliff import CLIP_AT, LR, STARTING_POINTS
from rnn_core.experiments.tasks import TASKS
from ui.kit import jobs, settings
from ui.kit.cache import shared
from ui.kit.error_boundary import fragment
from ui.kit.player import film, still
from ui.kit.table import ALL_THE_WAY, TABLE
from ui.memory import cliff, profiles, setup, trials
from ui.memory.experiment import Experiment, Looking
from ui.memory.setup import COMPARISONS, USUAL, Setup, acts, setup_of
from ui.memory.stories import STORIES, story_of

TABS = ["The laboratory", "The cliff in the loss"]
KEPT = 8
"""Experiments of a visitor; each a few curves."""
FREE = (
    "Move a setting and see what arrives. The names above are stories: each sets them all, and "
    "tries at once whether it learns."
)
KINDS = {
    "remember_first": "which symbol came first",
    "bracket_depth": "how many brackets are open",
    "copy": "say the letters again",
    "parity": "odd or even, after each bit",
    "parity_last": "odd or even, at the end",
    "temporal_order": "in which order two came",
}


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
    if jobs.going("trials") and jobs.work("trials") is not here:
        jobs.stop("trials")
    return here


def tell(name: str) -> None:
    """A callback: set everything as a story wants it, and try at once whether it learns."""
    settings.put(**STORIES[name].values, m_when="untrained")
    here = experiment(setup_of(values()))
    jobs.start("trials", lambda: here)


def before(shown: Setup) -> Setup | None:
    """What was shown before this, until something else is shown; None at first."""
    kept = settings.kept()
    if (now := kept.get("shown", (None, None)))[0] != shown:
        now = kept["shown"] = shown, now[0]
    return now[1]


def controls() -> None:
    """All settings, in two cards. One that changes nothing at the moment is disabled or absent."""
    now = values()

    def control(
        widget: Callable[..., Any], name: str, label: str, *names: Any, **more: Any
    ) -> None:
        widget(name, label, *names, disabled=not acts(name, now), **more)

    with st.container(border=True, key="card settings lab"):
        control(settings.slider, "m_length", "Words, T")
        control(settings.segments, "m_cell", "Cell", setup.CELLS)
        settings.select("m_compare", "Compare", {k: what.title for k, what in COMPARISONS.items()})
        control(settings.select, "m_init", "Initialisation", setup.INITIALIZERS)
        control(settings.slider, "m_radius", "Spectral radius of :green[W_hh] at the start")
        if acts("m_forget", now):
            settings.slider("m_forget", "Forget bias")
        if acts("m_activation", now):
            settings.segments("m_activation", "Activation", list(ACTIVATIONS))
        settings.slider("m_units", "Hidden units")
        control(settings.slider, "m_k", "Truncation: the gradient reaches the last k words",
                help=f"So it goes k − 1 words back. {ALL_THE_WAY}: all the way.")  # fmt: skip
        settings.select("m_task", "Task", {task: KINDS.get(task, task) for task in TASKS})
        if now["m_length"] < (shortest := TASKS[now["m_task"]].shortest):
            st.caption(f"This task needs {shortest} words at least.")
        settings.number("m_seed", "First seed")
    with st.container(border=True, key="card settings trials"):
        st.markdown("**Only for learning**")
        settings.select("m_optimizer", "Optimizer", list(setup.OPTIMIZERS))
        control(settings.segments, "m_clip", "Clip the gradient by", setup.CLIPS)
        control(settings.slider, "m_at", "Clip at")
        settings.slider("m_seeds", "Seeds")
        settings.slider("m_steps", "Steps at most")


def transport(here: Experiment) -> bool:
    """Start and stop, which networks are shown, and what these settings tell. Return whether
    those that have been trained are shown.
    """
    row = {"horizontal": True, "vertical_alignment": "center"}
    with st.container(border=True, key="card transport lab", **row):
        with st.container(width="content", **row):
            if jobs.going("trials"):
                st.button("Stop", key="stop trials", icon=":material/stop:", on_click=jobs.stop,
                          args=("trials",))  # fmt: skip
            else:
                st.button("Go on" if 0 < here.share < 1 else "Does it learn?", key="start trials",
                          type="primary", icon=":material/play_arrow:", disabled=here.done,
                          on_click=jobs.start, args=("trials", lambda: here))  # fmt: skip
            when = settings.segments("m_when", "Networks", label_visibility="collapsed")
        with st.container(key="quiet story", width="stretch"):
            story = story_of(values())
            st.markdown(story.told(here.setup) if story else FREE)
            if here.done:
                names = [name for name, _ in here.setup.variants]
                counts = (f"{name} {here.count(i)}".strip() for i, name in enumerate(names))
                st.markdown(f"**Learned by these seeds:** {' · '.join(counts)}")
    return when == "trained"


def laboratory() -> None:
    """Stories, settings, a look at the networks, and trials that a timer goes on with."""
    with st.container(horizontal=True, gap="small", key="examples stories"):
        for name in STORIES:
            st.button(name, key=f"story {name}", type="tertiary", on_click=tell, args=(name,))
    with st.container(key="bench"):
        left, right = st.columns([1, 3.4], gap="medium")
    with left:
        controls()
    here = experiment(setup_of(values()))
    with right:
        if not jobs.at_once(look := Looking(here.setup)):
            jobs.wait_for("look", look, lambda now: f"Looked at {now.n} of the networks")
            return
        trained = transport(here)
        still("lab", *profiles.panels(here, trained, before(here.setup)), columns=profiles.COLUMNS)
        away = jobs.away("trials") if jobs.going("trials") else None
        jobs.show(
            "trials",
            lambda _: film("trials", trials.panels(here.setup), [trials.frame(here)],
                           transport=False, on_away=away),
            lambda: trained and len(here.trained),
        )  # fmt: skip


# ---- the cliff ----


def map_clicked() -> None:
    """A callback: the map was clicked; the walks begin at the nearest place there."""
    click = settings.reported("cliff", "click") or {}
    if click.get("panel") == "cliff":
        settings.put(w_xh=TABLE["w_xh"].nearest(click["x"]), w_hh=TABLE["w_hh"].nearest(click["y"]))


def the_cliff() -> None:
    """Two weights, one wall, two walks: where they begin, how big an update is, where it clips."""
    left, middle, right = st.columns([1.25, 0.5, 0.5], gap="medium", vertical_alignment="center")
    with left, st.container(horizontal=True, gap="small", key="examples cliff"):
        for name, (w_xh, w_hh) in STARTING_POINTS.items():
            place = {"w_xh": w_xh, "w_hh": w_hh, "cliff_lr": LR, "cliff_at": CLIP_AT}
            st.button(name, key=f"cliff {name}", type="tertiary", on_click=settings.put,
                      kwargs=place)  # fmt: skip
        with st.popover("start", type="tertiary", icon=":material/tune:"):
            settings.slider("w_xh", ":orange[W_xh] at the start")
            settings.slider("w_hh", ":green[W_hh] at the start")
    with middle:
        lr = settings.slider("cliff_lr", "Learning rate")
    with right:
        clip_at = settings.slider("cliff_at", "Clip the gradient’s norm at")
    start = settings.get("w_xh"), settings.get("w_hh")
    panels, frames = shared(cliff.film, start, lr, clip_at)
    film(
        "cliff", panels, frames, step=len(frames) - 1, identity=f"cliff {start} {lr} {clip_at}",
        columns=cliff.COLUMNS, pace_ms=120, keys="focus", on_click=map_clicked,
    )  # fmt: skip


def show() -> None:
    """Draw the page."""
    tabs = settings.tabs("m_tab", TABS)
    for label, part in zip(TABS, (laboratory, fragment(the_cliff)), strict=True):
        if tabs[label].open:
            with tabs[label]:
                part()
