"""Two runs with one difference, and one setting on many seeds: is it the method, or luck?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from statistics import median
from typing import Any

import streamlit as st

from rnn_core import Dataset, Hyperparameters, LanguageRun, TrainingRun, start_run
from rnn_core.experiments.bugs import MissingTranspose
from rnn_core.experiments.paired_runs import PairedRuns
from rnn_core.texts import Text as Corpus
from ui.kit import jobs, settings
from ui.kit.player import Figure, Frame, Node, Text, film, look_for, node
from ui.sequence.session import Session
from ui.train import curves

DIFFERENCES: dict[str, str] = {
    "clip": "no clipping", "optimizer": "Adam, lr 0.005", "start": "the write-up’s initialisation",
    "units": "four times the units", "cell": "another cell", "transpose": "W_hh for its transpose",
}  # fmt: skip
"""{choice: what the other run is called}; the first is called SAME."""
SAME = "as set"
Runs = PairedRuns[str, TrainingRun]
Beginnings = dict[str, Callable[[], TrainingRun]]


def pair(dataset: Dataset, hp: Hyperparameters, difference: str) -> Beginnings:
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
    run = LanguageRun if isinstance(dataset, Corpus) else TrainingRun
    return {
        SAME: partial(run, dataset, hp),
        DIFFERENCES[difference]: partial(run, dataset, replace(hp, **other), cell),  # type: ignore[arg-type]
    }


def seeds(dataset: Dataset, hp: Hyperparameters, count: int) -> Beginnings:
    """The present settings on seeds 0..count-1."""
    return {str(s): partial(start_run, dataset, replace(hp, seed=s)) for s in range(count)}


ROW: dict[str, Any] = {"horizontal": True, "vertical_alignment": "center"}


def two(here: Session) -> None:
    """Two runs with one difference. They begin with the session's settings."""
    dataset, hp, goal = here.run.dataset, here.run.hyperparameters, here.goal
    with st.container(**ROW):
        difference = settings.segments("ab", "The one difference", DIFFERENCES,
                                       label_visibility="collapsed")  # fmt: skip
        if difference == "transpose" and hp.cell != "rnn":
            st.caption("This is the vanilla RNN’s mistake: choose that cell.")
            return
        _buttons("ab", lambda: PairedRuns(pair(dataset, hp, difference), goal))
    _picture("ab", goal, 2, dataset)


def many(here: Session) -> None:
    """One setting on many seeds."""
    dataset, hp, goal = here.run.dataset, here.run.hyperparameters, here.goal
    with st.container(**ROW):
        count = settings.slider("seeds", "Seeds", width=240)
        _buttons("seeds", lambda: PairedRuns(seeds(dataset, hp, count), goal))
    _picture("seeds", goal, count, dataset)


def _buttons(key: str, make: Callable[[], Runs]) -> None:
    """Start and stop, by two buttons with keys of their own."""
    if jobs.going(key):
        st.button("Stop", key=f"stop {key}", on_click=jobs.stop, args=(key,))
    else:
        st.button("Start", key=f"start {key}", type="primary", on_click=jobs.start,
                  args=(key, make))  # fmt: skip
    if jobs.work(key) is not None:
        st.caption("It runs with the settings that stood when it was started.")


def _picture(key: str, goal: int, n_runs: int, dataset: Dataset) -> None:
    """The curves, filled in slices while it goes. goal, n_runs, dataset : of what would start."""
    away = jobs.away(key) if jobs.going(key) else None

    def draw(runs: Runs | None) -> None:
        count, longest = (len(runs.runs), runs.longest) if runs else (n_runs, goal)
        learned = next(iter(runs.runs.values())).dataset if runs else dataset
        top = max(curves.TOP, curves.top_loss(len(learned.classes)))
        now = Frame("", panels=_filled(runs, top) if runs else {})
        film(f"{key} film", _blank(count, longest, top), [now], transport=False, on_away=away)

    jobs.show(key, draw)


@lru_cache(maxsize=32)
def _blank(count: int, longest: int, top: float) -> Sequence[Figure | Text]:
    """The blank picture: made once for so many runs of so many epochs."""
    figure = curves.several(count, longest, top)
    look = look_for("which curve falls first, and whether the other ever does. Press Start.")
    said = "Loss and accuracy by epoch"
    return Figure("runs", figure, curves.HEIGHT, "Several runs", said), Text("runs look", look)


def _filled(runs: Runs, top: float) -> dict[str, object]:
    rows = [
        [[record.epoch, record.train_loss, record.test_accuracy]
         for record in run.history[:: max(len(run.history) // 200, 1)]]
        for run in runs.runs.values()
    ]  # fmt: skip
    converged = [run.converged for run in runs.runs.values()]
    drawn = curves.several_filled(rows, list(runs.make), converged, top)
    return {"runs": drawn, "runs look": _look(list(runs.make), converged)}


def _look(names: Sequence[str], converged: Sequence[int | None]) -> Node:
    """What came out by now."""
    good = sorted(epoch for epoch in converged if epoch is not None)
    if len(converged) == 2:
        said = [
            f"{name}: {f'every sentence right from epoch {epoch} on' if epoch else 'not yet'}"
            for name, epoch in zip(names, converged, strict=True)
        ]
        return look_for("; ".join(said), ", five epochs in a row." if good else ".")
    spread = f", from epoch {good[0]} to {good[-1]} on, median {median(good):g}" if good else ""
    return look_for(
        f"the spread: {len(good)} of {len(converged)} seeds have every sentence right in five "
        f"epochs in a row{spread}. ", node("b", "A single curve proves little."),
    )  # fmt: skip
