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
from ui.train import curves, text

OF_SENTENCES = {"both", "transpose", "order", "random"}
"""Not for a text: it has one direction and one order, and runs of its own kind."""
BATCHES = 16, 1
Beginnings = dict[str, Callable[[], TrainingRun]]


class Runs(PairedRuns[str, TrainingRun]):
    """Of one visitor, all of them kept."""

    @property
    def n_bytes(self) -> int:
        """About what they take."""
        return sum(run.n_bytes for run in self.runs.values())

    def make_room(self) -> None:
        """Forget their moments; the curves need none."""
        for run in self.runs.values():
            run.make_room()


def pair(dataset: Dataset, hp: Hyperparameters, difference: str) -> Beginnings:
    """The present settings, and the same with one difference; same seed, same order."""
    other = {
        "clip": {"clip": "none"},
        "optimizer": {"optimizer": "adam", "lr": 0.005},
        "start": {"init": "tiny"},
        "units": {"n_hidden": min(4 * hp.n_hidden, 256)},
        "cell": {"cell": "rnn" if hp.cell == "lstm" else "lstm", "activation": "tanh"},
        "both": {"bidirectional": not hp.bidirectional},
        "layers": {"n_layers": 1 if hp.n_layers > 1 else 2},
        "batch": {"batch_size": BATCHES[hp.batch_size == BATCHES[0]]},
    }.get(difference, {})
    cell = MissingTranspose(hp.activation) if difference == "transpose" else None
    run = LanguageRun if isinstance(dataset, Corpus) else TrainingRun
    kind = {"order": OtherOrder, "random": RandomSearch}.get(difference, run)
    return {
        text.SAME: partial(run, dataset, hp),
        called(difference, hp): partial(kind, dataset, replace(hp, **other), cell),  # type: ignore[arg-type]
    }


def called(difference: str, hp: Hyperparameters) -> str:
    """What the other run is called; the one as set is of hp."""
    has_more = {"both": hp.bidirectional, "layers": hp.n_layers > 1}.get(difference, False)
    return (text.LESS if has_more else text.DIFFERENCES)[difference]


def seeds(dataset: Dataset, hp: Hyperparameters, count: int) -> Beginnings:
    """The present settings on seeds 0..count-1."""
    return {str(s): partial(start_run, dataset, replace(hp, seed=s)) for s in range(count)}


ROW: dict[str, Any] = {"horizontal": True, "vertical_alignment": "center"}


def two(here: Session) -> None:
    """Two runs with one difference. They begin with the session's settings."""
    dataset, hp, goal = here.run.dataset, here.run.hyperparameters, here.goal
    with st.container(**ROW):
        offered = {name: called(name, hp) for name in text.DIFFERENCES
                   if name not in OF_SENTENCES or not isinstance(dataset, Corpus)}  # fmt: skip
        difference = settings.select("ab", text.DIFFERENCE, offered, width=260,
                                     label_visibility="collapsed")  # fmt: skip
        if difference == "transpose" and hp.cell != "rnn":
            st.caption(text.RNN_ONLY)
            return
        _buttons("ab", lambda: Runs(pair(dataset, hp, difference), goal))
    _picture("ab", goal, 2, dataset)


def many(here: Session) -> None:
    """One setting on many seeds."""
    dataset, hp, goal = here.run.dataset, here.run.hyperparameters, here.goal
    with st.container(**ROW):
        count = settings.slider("seeds", text.SEEDS, width=240)
        _buttons("seeds", lambda: Runs(seeds(dataset, hp, count), goal))
    _picture("seeds", goal, count, dataset)


def _buttons(key: str, make: Callable[[], Runs]) -> None:
    """Start and stop, by two buttons with keys of their own; or it begins by itself."""
    if jobs.asked_to_begin():
        jobs.stop(key)
        jobs.start(key, make)
    if jobs.going(key):
        st.button(text.STOP, key=f"stop {key}", on_click=jobs.stop, args=(key,))
    else:
        st.button(text.START, key=f"start {key}", type="primary", on_click=jobs.start,
                  args=(key, make))  # fmt: skip
    if jobs.work(key) is not None:
        st.caption(text.AS_STARTED)


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
    look = Text("runs look", look_for(text.RUNS_LOOK))
    return Figure("runs", figure, curves.HEIGHT, text.RUNS_LABEL, text.CURVES_LABEL), look


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
    said = [text.GOOD_FROM["now" if at else "not"].format(name=name, epoch=at)
            for name, at in good.items()]  # fmt: skip
    one, other = runs.runs.values()
    both = text.BOTH_RUNS["some" if any(good.values()) else "none"]
    return look_for(both.format(runs="; ".join(said), compared=compared(one, other)))


def compared(one: TrainingRun, other: TrainingRun) -> str:
    """What two runs with one difference did in the epochs that both have: losses, and updates."""
    n = min(one.epoch, other.epoch)
    losses = [[record.train_loss for record in run.history[: n + 1]] for run in (one, other)]
    (a, b), more = (compact(loss[-1]) for loss in losses), {}
    kind = "plain"
    if isinstance(other, RandomSearch):
        kind, more = "random", {"steps": other.steps, "kept": other.kept, "tries": TRIES}
    elif isinstance(other, OtherOrder):
        apart = np.abs(np.subtract(*losses))
        epoch = int(apart.argmax())
        kind, more = "order", {"most": compact(apart[epoch]), "epoch": epoch}
    elif one.steps_an_epoch != other.steps_an_epoch:
        kind, more = "batch", {
            "steps_a": n * one.steps_an_epoch, "size_a": one.hyperparameters.batch_size,
            "steps_b": n * other.steps_an_epoch, "size_b": other.hyperparameters.batch_size,
        }  # fmt: skip
    return text.COMPARED[kind].format(n=n, a=a, b=b, **more)


def _of_many(converged: Sequence[int | None]) -> Node:
    """How many seeds have learned it by now, and when."""
    good = sorted(epoch for epoch in converged if epoch is not None)
    said = text.SPREAD["some" if good else "none"].format(
        n=len(good), all=len(converged), first=min(good, default=0), last=max(good, default=0),
        median=median(good or [0]),
    )  # fmt: skip
    return look_for(said, node("b", text.ONE_CURVE))
