"""Two runs with one difference, and one setting on many seeds: is it the method, or luck?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from statistics import median
from typing import Any

import numpy as np
import streamlit as st

from rnn_core import Dataset, Hyperparameters, LanguageRun, TrainingRun, start_run
from rnn_core.experiments.bugs import MissingTranspose
from rnn_core.experiments.other_walks import TRIES, OtherOrder, RandomSearch
from rnn_core.experiments.paired_runs import PairedRuns
from rnn_core.texts import Text as Corpus
from ui.kit import jobs, settings
from ui.kit.numbers import compact
from ui.kit.player import Figure, Frame, Node, Text, film, look_for, node
from ui.sequence.session import Session
from ui.train import curves

DIFFERENCES: dict[str, str] = {
    "clip": "no clipping", "optimizer": "Adam, lr 0.005", "start": "the write-up’s initialisation",
    "units": "four times the units", "cell": "another cell", "transpose": "W_hh for its transpose",
    "batch": "another batch size", "order": "another order", "random": "random search",
}  # fmt: skip
"""{choice: what the other run is called}; the first is called SAME."""
OF_SENTENCES = {"transpose", "order", "random"}
"""Not for a text: it has one order, and runs of its own kind."""
SAME = "as set"
BATCHES = 16, 1
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
        "batch": {"batch_size": BATCHES[hp.batch_size == BATCHES[0]]},
    }.get(difference, {})
    cell = MissingTranspose(hp.activation) if difference == "transpose" else None
    run = LanguageRun if isinstance(dataset, Corpus) else TrainingRun
    kind = {"order": OtherOrder, "random": RandomSearch}.get(difference, run)
    return {
        SAME: partial(run, dataset, hp),
        DIFFERENCES[difference]: partial(kind, dataset, replace(hp, **other), cell),  # type: ignore[arg-type]
    }


def seeds(dataset: Dataset, hp: Hyperparameters, count: int) -> Beginnings:
    """The present settings on seeds 0..count-1."""
    return {str(s): partial(start_run, dataset, replace(hp, seed=s)) for s in range(count)}


ROW: dict[str, Any] = {"horizontal": True, "vertical_alignment": "center"}


def two(here: Session) -> None:
    """Two runs with one difference. They begin with the session's settings."""
    dataset, hp, goal = here.run.dataset, here.run.hyperparameters, here.goal
    with st.container(**ROW):
        offered = {name: called for name, called in DIFFERENCES.items()
                   if name not in OF_SENTENCES or not isinstance(dataset, Corpus)}  # fmt: skip
        difference = settings.select("ab", "The one difference", offered, width=260,
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
    told = _of_two(runs) if len(converged) == 2 else _of_many(converged)
    return {"runs": drawn, "runs look": told}


def _of_two(runs: Runs) -> Node:
    """What came out of both by now, and what their one difference cost."""
    good = {name: run.converged for name, run in runs.runs.items()}
    said = [f"{name}: {f'every sentence right from epoch {at} on' if at else 'not yet'}"
            for name, at in good.items()]  # fmt: skip
    one, other = runs.runs.values()
    return look_for("; ".join(said), ", five epochs in a row. " if any(good.values()) else ". ",
                    compared(one, other))  # fmt: skip


def compared(one: TrainingRun, other: TrainingRun) -> str:
    """What two runs with one difference did in the epochs that both have: losses, and updates."""
    epochs = min(one.epoch, other.epoch)
    losses = [[record.train_loss for record in run.history[: epochs + 1]] for run in (one, other)]
    a, b = (compact(loss[-1]) for loss in losses)
    said = f"Train loss after {epochs} epochs: {a} against {b}"
    if isinstance(other, RandomSearch):
        return (
            f"{said}. Of its {other.steps:,} random steps {other.kept:,} were kept. An epoch costs "
            f"both about the same: one way forward and back, or {TRIES} ways forward to try."
        )
    if isinstance(other, OtherOrder):
        apart = np.abs(np.subtract(*losses))
        most = int(apart.argmax())
        return f"{said}; they start as one and are {compact(apart[most])} apart at epoch {most}."
    if one.steps_an_epoch != other.steps_an_epoch:
        n = [f"{epochs * run.steps_an_epoch:,}" for run in (one, other)]
        sizes = [run.hyperparameters.batch_size for run in (one, other)]
        return f"{said}, by {n[0]} updates of {sizes[0]} against {n[1]} of {sizes[1]}."
    return f"{said}."


def _of_many(converged: Sequence[int | None]) -> Node:
    """How many seeds have learned it by now, and when."""
    good = sorted(epoch for epoch in converged if epoch is not None)
    spread = f", from epoch {good[0]} to {good[-1]} on, median {median(good):g}" if good else ""
    return look_for(
        f"the spread: {len(good)} of {len(converged)} seeds have every sentence right in five "
        f"epochs in a row{spread}. ", node("b", "A single curve proves little."),
    )  # fmt: skip
