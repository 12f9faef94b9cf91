"""Two runs with one difference, and one setting on many seeds: is it the method, or luck?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, partial
from statistics import median

import streamlit as st

from rnn_core import Dataset, Hyperparameters, TrainingRun
from rnn_core.experiments.bugs import MissingTranspose
from rnn_core.experiments.paired_runs import PairedRuns
from ui import frame, state, words
from ui.figures import heat as pictures
from ui.plot.plot import Figure, Frame, Node, Text, film, node
from ui.state import films
from ui.state import heats as state_heat

DIFFERENCES: dict[str, tuple[str, str]] = {
    "clip": ("as set", "no clipping"),
    "optimizer": ("as set", "Adam, lr 0.005"),
    "start": ("as set", "the write-up's start"),
    "units": ("as set", "four times the units"),
    "cell": ("as set", "another cell"),
    "transpose": ("as set", "W_hh for its transpose"),
}
TOP = 1.2
Heat = PairedRuns[str, TrainingRun]
Entrants = dict[str, Callable[[], TrainingRun]]


def entrants(dataset: Dataset, hp: Hyperparameters, difference: str) -> Entrants:
    """The present settings, and the same with one difference; same seed, same order."""
    other = {
        "clip": {"clip": "none"},
        "optimizer": {"optimizer": "adam", "lr": 0.005},
        "start": {"init": "tiny"},
        "units": {"n_hidden": min(4 * hp.n_hidden, 256)},
        "cell": {"cell": "rnn" if hp.cell == "lstm" else "lstm", "activation": "tanh"},
        "transpose": {},
    }[difference]
    cell = MissingTranspose(hp.activation) if difference == "transpose" else None
    return {
        "as set": partial(TrainingRun, dataset, hp),
        "other": partial(TrainingRun, dataset, replace(hp, **other), cell),  # type: ignore[arg-type]
    }


def seeds(dataset: Dataset, hp: Hyperparameters, count: int) -> Entrants:
    """The present settings on seeds 0..count-1."""
    return {
        str(seed): partial(TrainingRun, dataset, replace(hp, seed=seed)) for seed in range(count)
    }


def show(dataset: Dataset, hp: Hyperparameters, goal: int) -> None:
    """Both, in tabs; only the open one is computed."""
    names = ["Two runs, one difference", "Many seeds"]
    tabs = st.tabs(names, key="heats", on_change="rerun", bind="query-params")
    if tabs[0].open:
        with tabs[0]:
            _two(dataset, hp, goal)
    if tabs[1].open:
        with tabs[1]:
            _many(dataset, hp, goal)


def _two(dataset: Dataset, hp: Hyperparameters, goal: int) -> None:
    state.choice_from_link("ab", [names[1] for names in DIFFERENCES.values()])
    with st.container(horizontal=True, vertical_alignment="center"):
        difference = st.segmented_control(
            "The one difference", list(DIFFERENCES), default="start", required=True, key="ab",
            format_func=lambda key: DIFFERENCES[key][1], bind="query-params",
            label_visibility="collapsed",
        )  # fmt: skip
        if difference == "transpose" and hp.cell != "rnn":
            st.caption("This is the vanilla RNN's mistake: choose that cell above.")
            return
        _buttons("ab heat", lambda: PairedRuns(entrants(dataset, hp, difference), goal))
    _ticking("ab heat", list(DIFFERENCES[difference]), goal, 2)


def _many(dataset: Dataset, hp: Hyperparameters, goal: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        state.number_from_link("seeds", range(5, 21), 5)
        count = st.slider("Seeds", 5, 20, 5, key="seeds", bind="query-params", width=240)
        _buttons("seed heat", lambda: PairedRuns(seeds(dataset, hp, int(count)), goal))
    _ticking("seed heat", [], goal, int(count))


def _buttons(key: str, make) -> None:
    """Start and stop, by two buttons with keys of their own."""
    heat, going = state_heat.heat(key)
    if going:
        st.button("Stop", key=f"stop {key}", on_click=state_heat.stop_heat, args=(key,))
    else:
        st.button("Start", key=f"start {key}", type="primary", on_click=state_heat.start_heat,
                  args=(key, make))  # fmt: skip
    if heat is not None:
        st.caption("It runs with the settings that stood when it was started.")


def _ticking(key: str, names: list[str], goal: int, n_runs: int) -> None:
    """The picture, filled in slices while it goes."""

    def body() -> None:
        heat, goes_on = state_heat.heat_tick(key)
        if goes_on != going:
            st.rerun()
        count = len(heat.runs) if heat else n_runs
        longest = heat.longest if heat else goal
        patch = pictures.filled(_rows(heat), names) if heat else {}
        if heat and count > 2:
            patch["layout"] |= pictures.strip(_converged(heat), longest)["layout"]
        now = Frame("", panels={"heat": patch, "heat look": _look(heat, names)})
        film(key, _panels(count, longest), [now], transport=False, on_away=rest)

    _, going = state_heat.heat(key)
    rest = films.away(partial(state_heat.stop_heat, key)) if going else None
    frame.fragment(body, run_every=0.2 if going else None, publishes=False)()


@lru_cache(maxsize=32)
def _panels(count: int, longest: int) -> tuple[Figure, Text]:
    """The blank picture: made once for so many runs of so many epochs."""
    figure = pictures.blank(count, longest, TOP)
    said = "Loss and accuracy by epoch"
    return Figure("heat", figure, pictures.HEIGHT, "Several runs", said), Text("heat look", "")


def _converged(heat: Heat) -> list[int | None]:
    return [run.converged for run in heat.runs.values()]


def _rows(heat: Heat) -> list[list[list[float]]]:
    return [
        [
            [record.epoch, record.train_loss, record.test_accuracy]
            for record in run.history[:: max(len(run.history) // 200, 1)]
        ]
        for run in heat.runs.values()
    ]


def _look(heat: Heat | None, names: list[str]) -> Node:
    """What to look for before, and what came out after."""
    if heat is None:
        return words.look_for(
            "which curve falls first, and whether the other ever does. Press Start."
        )
    converged = _converged(heat)
    good = sorted(epochs for epochs in converged if epochs is not None)
    if len(heat.runs) == 2:
        said = [
            f"{name}: {f'every sentence right after {epochs} epochs' if epochs else 'not yet'}"
            for name, epochs in zip(names, converged, strict=True)
        ]
        return words.look_for("; ".join(said) + ".")
    spread = f", after {good[0]} to {good[-1]} epochs, median {median(good):g}" if good else ""
    return words.look_for(
        f"the spread: {len(good)} of {len(heat.runs)} seeds have every sentence right{spread}. ",
        node("b", "A single curve proves little."),
    )
