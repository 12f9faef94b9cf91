"""Widgets of the laboratory: stories, dials, what is compared, start and stop."""

from __future__ import annotations

from typing import Any

import streamlit as st

from rnn_core import ACTIVATIONS
from rnn_core.experiments.tasks import LONGEST, TASKS
from ui import state
from ui.experiment import Experiment
from ui.laboratory import (
    ALL_THE_WAY,
    CELLS,
    CLIPS,
    COMPARISONS,
    RULES,
    STARTS,
    Setup,
)
from ui.state import laboratory as state_lab
from ui.words.memory_stories import STORIES, USUAL, setup_of

RADII = [0.0, 0.3, 0.4, 0.5, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.5, 1.6, 2.0, 3.0]
FORGETS = [0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0]
UNITS = [1, 4, 8, 16, 32, 64]
CUTS = [0.1, 0.3, 1.0, 3.0, 10.0]
SEEDS = [3, 4, 5]
STEPS = [100, 250, 300, 600, 1000]
MOMENTS = ["untrained", "trained"]
FREE = (
    "Turn a dial and see what arrives. The names above are stories: each turns the dials, and "
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


def stories() -> None:
    """One click each: the dials go where something can be seen, and it is tried at once."""
    with st.container(horizontal=True, gap="small", key="examples stories"):
        for name in STORIES:
            st.button(name, key=f"story {name}", type="tertiary", on_click=state_lab.tell,
                      args=(name,))  # fmt: skip


def dials() -> Setup:
    """All dials, in two cards."""
    on: dict[str, Any] = {}
    with st.container(border=True, key="card knobs lab"):
        on["m_length"] = _number("Words, T", "m_length", range(1, LONGEST + 1))
        on["m_cell"] = _pick("Cell", "m_cell", CELLS)
        titles = {name: comparison.title for name, comparison in COMPARISONS.items()}
        compare = on["m_compare"] = _choose("Compare", "m_compare", titles)
        on["m_init"] = _choose("Start of the weights", "m_init", STARTS)
        no_radius = on["m_init"] != "orthogonal" or compare == "radius"
        on["m_radius"] = _slide("Spectral radius of :green[W_hh]", "m_radius", RADII, no_radius)
        if on["m_cell"] == "lstm" and compare != "forget":
            on["m_forget"] = _slide("Forget bias", "m_forget", FORGETS)
        if on["m_cell"] == "rnn":
            on["m_activation"] = _pick("Activation", "m_activation", {a: a for a in ACTIVATIONS})
        on["m_units"] = _slide("Hidden units", "m_units", UNITS)
        on["m_k"] = _number("Blame travels at most k words", "m_k", range(1, ALL_THE_WAY + 1),
                            f"{ALL_THE_WAY}: all the way.", off=compare == "k")  # fmt: skip
    with st.container(border=True, key="card knobs trial"):
        st.markdown("**Only for learning**")
        task = on["m_task"] = _choose("Task", "m_task", {t: KINDS.get(t, t) for t in TASKS})
        on["m_rule"] = _choose("Optimizer", "m_rule", {name: name for name in RULES})
        on["m_clip"] = _pick("Clip the gradient by", "m_clip", CLIPS)
        on["m_at"] = _slide(
            "Clip at", "m_at", CUTS, off=on["m_clip"] == "none" and compare != "clip"
        )
        on["m_seed"] = _number("First seed", "m_seed", range(1000))
        on["m_seeds"] = _slide("Seeds", "m_seeds", SEEDS)
        on["m_steps"] = _slide("Steps at most", "m_steps", STEPS)
        if on["m_length"] < TASKS[task].shortest:
            st.caption(f"This task needs {TASKS[task].shortest} words at least.")
    return setup_of(on)


def transport(experiment: Experiment) -> tuple[bool, bool]:
    """What these dials tell, start and stop, and which networks are shown.

    Returns whether it goes on, and whether those that have been trained are shown.
    """
    going = state_lab.going(experiment)
    with st.container(
        border=True, key="card transport lab", horizontal=True, vertical_alignment="center"
    ):
        with st.container(width="content", horizontal=True, vertical_alignment="center"):
            _start_or_stop(experiment, going)
            state.choice_from_link("m_when", MOMENTS)
            when = st.segmented_control(
                "Networks", MOMENTS, default=MOMENTS[0], required=True, key="m_when",
                bind="query-params", label_visibility="collapsed",
            )  # fmt: skip
        story = state_lab.story()
        with st.container(key="quiet story", width="stretch"):
            st.markdown(story.told if story else FREE)
    return going, when == MOMENTS[1]


def _start_or_stop(experiment: Experiment, going: bool) -> None:
    """Two buttons with keys of their own."""
    if going:
        st.button("Stop", key="stop trials", icon=":material/stop:", on_click=state_lab.stop)
        return
    begun = bool(experiment.outcomes) or experiment.now is not None
    st.button(
        "Go on" if begun and not experiment.done else "Does it learn?", key="start trials",
        type="primary", icon=":material/play_arrow:", disabled=experiment.done,
        on_click=state_lab.start, args=(experiment,),
    )  # fmt: skip


def _number(label: str, key: str, values: range, help: str | None = None, off: bool = False) -> int:
    state.number_from_link(key, values, USUAL[key])
    low, high = values[0], values[-1]
    if key == "m_seed":
        return int(st.number_input(label, low, high, USUAL[key], key=key, bind="query-params"))
    return int(st.slider(label, low, high, USUAL[key], key=key, bind="query-params", help=help,
                         disabled=off))  # fmt: skip


def _slide(label: str, key: str, values: list, off: bool = False) -> Any:
    state.choice_from_link(key, [str(value) for value in values])
    return st.select_slider(label, values, USUAL[key], key=key, bind="query-params", disabled=off)


def _pick(label: str, key: str, names: dict[str, str]) -> str:
    state.choice_from_link(key, list(names.values()))
    return st.segmented_control(
        label, list(names), default=USUAL[key], required=True, key=key, bind="query-params",
        format_func=names.__getitem__,
    ) or USUAL[key]  # fmt: skip


def _choose(label: str, key: str, names: dict[str, str]) -> str:
    state.choice_from_link(key, list(names.values()))
    return st.selectbox(
        label, list(names), list(names).index(USUAL[key]), key=key, bind="query-params",
        format_func=names.__getitem__,
    )  # fmt: skip
