"""Two kinds of runs with one difference, on the same seeds: attention; the source's direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from rnn_core import Dataset, Model, TrainingRun
from rnn_core.decoding import exact_match
from rnn_core.experiments.paired_runs import PairedRuns
from ui.kit import jobs
from ui.kit.numbers import percent
from ui.kit.player import Figure, Node, Text, look_for, node, still, table
from ui.sequence.learner import Moment
from ui.translate import text, translator
from ui.translate.lengths import MINE, Results, Told, picture
from ui.translate.translating import Translating, share_right

SEEDS = (0, 1)
Work = PairedRuns[tuple[str, int], TrainingRun]


def told(model: Model, data: Dataset) -> Told:
    """Measure a network on all that it has not seen."""
    splits = {"unseen": data.test, **data.more}
    right = {name: exact_match(model, split) for name, split in splits.items()}
    by_length: dict[int, float] = {}
    for name in (name for name in ("longer", "unseen") if name in splits):
        lengths = np.asarray(splits[name].source_lengths)
        by_length |= {int(n): share_right(right[name][lengths == n]) for n in np.unique(lengths)}
    parts = {name: share_right(truths) for name, truths in right.items()}
    return Told(dict(sorted(by_length.items())), parts)


def attention(now: Moment, made: Translating) -> None:
    """The tab: what it costs that all must go through one vector, and what attention saves."""
    data, hp = now.run.dataset, now.run.hyperparameters
    kinds = {name: (data, replace(hp, attention=on))
             for name, on in zip(text.KINDS["attention"], (False, True), strict=True)}  # fmt: skip
    _show("attention", kinds, now, made)


def direction(now: Moment, made: Translating) -> None:
    """The tab: does it help to read the source from its end, as the first papers did?"""
    hp, names = replace(now.run.hyperparameters), text.KINDS["direction"]
    kinds = {name: (translator.dataset(made.task, turned), hp)
             for name, turned in zip(names, (False, True), strict=True)}  # fmt: skip
    _show("direction", kinds, now, made)


def work(kinds: Mapping[str, tuple[Dataset, Any]], epochs: int) -> Work:
    """Trainings of both kinds, one after another; kept of each is what it gets right."""
    make = {
        (name, seed): partial(TrainingRun, data, replace(hp, seed=seed))
        for seed in SEEDS for name, (data, hp) in kinds.items()
    }  # fmt: skip
    return PairedRuns(make, epochs, keep=lambda run: told(run.model, run.dataset))


def _show(
    key: str, kinds: Mapping[str, tuple[Dataset, Any]], now: Moment, made: Translating
) -> None:
    """Start and stop, and the picture as far as it is."""
    epochs = now.session.goal
    with st.container(horizontal=True, vertical_alignment="center"):
        if jobs.going(key):
            st.button(text.STOP, key=f"stop {key}", icon=":material/stop:", on_click=jobs.stop,
                      args=(key,))  # fmt: skip
        else:
            st.button(text.TRAIN_THEM.format(n=len(kinds) * len(SEEDS)), key=f"start {key}",
                      type="primary", icon=":material/play_arrow:", on_click=jobs.start,
                      args=(key, partial(work, kinds, epochs)))  # fmt: skip
        one, other = kinds
        st.markdown(text.SAME.format(one=one, other=other, seeds=len(SEEDS), epochs=epochs))
    mine = None if now.session.playing else told(now.model, now.run.dataset)
    jobs.show(key, lambda done: _draw(key, list(kinds), done, mine, now, made.task))


def _draw(
    key: str, kinds: list[str], done: Work | None, mine: Told | None, now: Moment, task: str
) -> None:
    results = {name: [kept for (kind, _), kept in done.results.items() if kind == name]
               for name in kinds} if done else {}  # fmt: skip
    found = {name: kept for name, kept in results.items() if kept}
    everyone = {**found, **({MINE: [mine]} if mine else {})}
    trained = now.run.dataset.train.source_lengths
    longest = 0 if trained is None else int(trained.max())
    sub = text.TRAINED.format(n=len(done.results), all=len(done.make)) if done else ""
    head = node("div", node("h3", text.BY_LENGTH), node("span", sub, class_="sub right"),
                class_="heading")  # fmt: skip
    still(
        f"{key} picture",
        Text(f"{key} title", head, card=True),
        Figure(f"{key} lengths", picture(everyone, longest, text.MANY[task]), 260,
               text.BY_LENGTH_SAID),
        Text(f"{key} look", look_for(_said(found, mine))),
        Text(f"{key} parts", _parts(everyone), card=True, area="side"),
        columns="minmax(0, 752fr) minmax(0, 464fr)",
    )  # fmt: skip


def _mean(runs: Sequence[Told], part: str) -> float:
    return float(np.mean([run.parts[part] for run in runs]))


def _parts(results: Results) -> Node:
    """A table: what each kind gets right of each part."""
    first = next(iter(results.values()), None)
    if first is None:
        return node("p", text.NO_NUMBERS)
    rows: list[list[Node]] = [
        [text.PARTS[part], *(percent(_mean(runs, part)) for runs in results.values())]
        for part in first[0].parts
    ]
    return node("div", node("h3", text.EXACTLY_OF),
                table(rows, ["", *results], ["", *["mono"] * len(results)]))  # fmt: skip


def _said(found: Results, mine: Told | None) -> str:
    """What the numbers say of the difference, or of the one network."""
    if len(found) == 2:
        one, other = found
        a, b = (percent(_mean(runs, "unseen")) for runs in found.values())
        if "pairs" not in found[one][0].parts:
            return text.DISTANCE.format(a=a, b=b, one=one, other=other)
        c, d = (percent(_mean(runs, "pairs")) for runs in found.values())
        return text.DISTANCE_PAIRS.format(a=a, b=b, c=c, d=d, one=one, other=other)
    if mine is None:
        return text.WHERE
    worst = min(mine.by_length, key=mine.by_length.__getitem__)
    return text.FALLS.format(n=worst, right=percent(mine.by_length[worst]))
