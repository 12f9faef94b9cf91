"""Agreement at a distance: does a verb follow its subject, whatever stands between?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import streamlit as st

from rnn_core import CELLS
from rnn_core.experiments.paired_runs import PairedRuns
from rnn_core.experiments.words import agreement
from rnn_core.language import LanguageRun
from ui.kit import jobs, settings
from ui.kit.numbers import percent
from ui.kit.player import Figure, Node, Text, look_for, node, still
from ui.sequence.learner import Moment
from ui.write import distance, texts, writer
from ui.write.film import Writing

JOB = "agreement"
BETWEEN = (0, 1, 2, 3, 4, 6)
"""Nouns of the other number between subject and verb; more than two never met in training."""
SEEDS, EPOCHS = (0, 1, 2), 12
Work = PairedRuns[tuple[str, int], LanguageRun]


def show(now: Moment, writing: Writing) -> None:
    """The experiment: three cells, some seeds each, trained when it is asked for."""
    text = writer.text_of(now)
    if text.name != "grammar" or text.unit != "words":
        st.markdown("Whether a verb agrees can be told of the toy grammar, where it is known.")
        st.button("Learn the toy grammar", key="learn grammar", on_click=settings.put,
                  kwargs={"text": "grammar", "symbols": None, "w_epoch": None, "drawn": "",
                          "w_t": None, "prompt": "the"})  # fmt: skip
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if jobs.going(JOB):
            st.button("Stop", key="stop agreement", icon=":material/stop:", on_click=jobs.stop,
                      args=(JOB,))  # fmt: skip
        else:
            st.button(f"Train {len(CELLS) * len(SEEDS)} networks", key="start agreement",
                      type="primary", icon=":material/play_arrow:", on_click=_start)  # fmt: skip
        st.markdown(f"Three cells, {len(SEEDS)} seeds each, {EPOCHS} epochs of the toy grammar.")
    jobs.show(JOB, lambda work: _draw(work, now))


def _start() -> None:
    jobs.start(JOB, work)


def work() -> Work:
    """The trainings, one after another; kept of each is what it says over each distance."""
    text = texts.ours("grammar")
    usual = writer.usual(text)
    make = {
        (cell, seed): partial(LanguageRun, text, replace(usual, cell=cell, seed=seed))
        for seed in SEEDS for cell in CELLS
    }  # fmt: skip
    return PairedRuns(make, EPOCHS, keep=told)


def told(run: LanguageRun) -> list[float]:
    """P of a verb of the right number, over each distance of BETWEEN."""
    return [agreement(run.model, between).p for between in BETWEEN]


def _draw(work: Work | None, now: Moment) -> None:
    results: Mapping[tuple[str, int], list[float]] = work.results if work else {}
    mine = told(now.run) if now.epoch == now.run.epoch else None
    still(
        "agreement",
        Text("agreement title", _title(work), card=True),
        Figure("agreement", distance.picture(results, mine, BETWEEN), 300,
               "P of a verb that agrees, by distance"),
        Text("agreement look", look_for(_said(results, mine))),
    )  # fmt: skip


def _title(work: Work | None) -> Node:
    sub = "" if work is None else f"{len(work.results)} of {len(work.make)} trained"
    return node("div", node("h3", "P(the verb agrees), with other nouns in between"),
                node("span", sub, class_="sub right"), class_="heading")  # fmt: skip


def _said(results: Mapping[tuple[str, int], Sequence[float]], mine: Sequence[float] | None) -> str:
    """Where the curves begin to fall."""
    if mine is None and not results:
        return "does the verb follow its subject, or the noun that stands nearest?"
    said = []
    for name, course in [("The network above", mine), *(
        (cell.upper(), np.mean(runs, axis=0).tolist()) for cell in CELLS
        if (runs := [r for (c, _), r in results.items() if c == cell])
    )]:  # fmt: skip
        if course is None:
            continue
        below = next((k for k, p in zip(BETWEEN, course, strict=True) if p < 0.5), None)
        fails = "never" if below is None else f"from {below} in between"
        said.append(f"{name}: {percent(course[0])} with none, {percent(course[-1])} with "
                    f"{BETWEEN[-1]}; below one half {fails}.")  # fmt: skip
    return "where memory ends. " + " ".join(said)
