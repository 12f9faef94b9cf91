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
from ui.write import distance, text, texts, writer
from ui.write.film import Writing

JOB = "agreement"
BETWEEN = (0, 1, 2, 3, 4, 6)
"""Nouns of the other number between subject and verb; more than two never met in training."""
SEEDS, EPOCHS = (0, 1, 2), 12
Work = PairedRuns[tuple[str, int], LanguageRun]


def show(now: Moment, writing: Writing) -> None:
    """The experiment: three cells, some seeds each, trained when it is asked for."""
    corpus = writer.text_of(now)
    if corpus.name != "grammar" or corpus.unit != "words":
        st.markdown(text.GRAMMAR_ONLY)
        st.button(text.GRAMMAR, key="learn grammar", on_click=settings.put,
                  kwargs={"text": "grammar", "symbols": None, "w_epoch": None, "drawn": "",
                          "w_t": None, "prompt": "the"})  # fmt: skip
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if jobs.going(JOB):
            st.button(text.STOP, key="stop agreement", icon=":material/stop:", on_click=jobs.stop,
                      args=(JOB,))  # fmt: skip
        else:
            st.button(text.TRAIN.format(n=len(CELLS) * len(SEEDS)), key="start agreement",
                      type="primary", icon=":material/play_arrow:", on_click=_start)  # fmt: skip
        st.markdown(text.CELLS.format(seeds=len(SEEDS), epochs=EPOCHS))
    jobs.show(JOB, lambda work: _draw(work, now))


def _start() -> None:
    jobs.start(JOB, work)


def work() -> Work:
    """The trainings, one after another; kept of each is what it says over each distance."""
    corpus = texts.ours("grammar")
    usual = writer.usual(corpus)
    make = {
        (cell, seed): partial(LanguageRun, corpus, replace(usual, cell=cell, seed=seed))
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
        Figure("agreement", distance.picture(results, mine, BETWEEN), 300, text.AGREES),
        Text("agreement look", look_for(_said(results, mine))),
    )  # fmt: skip


def _title(work: Work | None) -> Node:
    sub = "" if work is None else text.TRAINED.format(n=len(work.results), all=len(work.make))
    return node("div", node("h3", text.AGREES_TITLE), node("span", sub, class_="sub right"),
                class_="heading")  # fmt: skip


def _said(results: Mapping[tuple[str, int], Sequence[float]], mine: Sequence[float] | None) -> str:
    """Where the curves begin to fall."""
    if mine is None and not results:
        return text.AGREES_ASK
    said = []
    for name, course in [(text.ABOVE.capitalize(), mine), *(
        (cell.upper(), np.mean(runs, axis=0).tolist()) for cell in CELLS
        if (runs := [r for (c, _), r in results.items() if c == cell])
    )]:  # fmt: skip
        if course is None:
            continue
        below = next((k for k, p in zip(BETWEEN, course, strict=True) if p < 0.5), None)
        said.append(text.FAILS["never" if below is None else "from"].format(
            name=name, none=percent(course[0]), most=percent(course[-1]), n=BETWEEN[-1], k=below
        ))  # fmt: skip
    return text.MEMORY_ENDS.format(cells=" ".join(said))
