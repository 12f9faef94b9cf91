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
from ui.translate import translator
from ui.translate.lengths import MINE, Results, Told, picture
from ui.translate.translating import Translating, share_right
from ui.translate.translator import MANY

SEEDS = (0, 1)
PARTS = {"unseen": "unseen", "pairs": "pairs never met", "longer": "longer ones"}
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
    kinds = {"without attention": (data, replace(hp, attention=False)),
             "with attention": (data, replace(hp, attention=True))}  # fmt: skip
    _show("attention", kinds, now, made)


def direction(now: Moment, made: Translating) -> None:
    """The tab: does it help to read the source from its end, as the first papers did?"""
    hp = replace(now.run.hyperparameters)
    kinds = {"as it is written": (translator.dataset(made.task, False), hp),
             "from the end": (translator.dataset(made.task, True), hp)}  # fmt: skip
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
            st.button("Stop", key=f"stop {key}", icon=":material/stop:", on_click=jobs.stop,
                      args=(key,))  # fmt: skip
        else:
            st.button(f"Train {len(kinds) * len(SEEDS)} networks", key=f"start {key}",
                      type="primary", icon=":material/play_arrow:", on_click=jobs.start,
                      args=(key, partial(work, kinds, epochs)))  # fmt: skip
        st.markdown(f"{' and '.join(kinds)}: the settings of the network above, {len(SEEDS)} seeds "
                    f"each, {epochs} epochs.")  # fmt: skip
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
    sub = f"{len(done.results)} of {len(done.make)} trained" if done else ""
    head = node("div", node("h3", "Exactly right, by the length of the source"),
                node("span", sub, class_="sub right"), class_="heading")  # fmt: skip
    still(
        f"{key} picture",
        Text(f"{key} title", head, card=True),
        Figure(f"{key} lengths", picture(everyone, longest, MANY[task]), 260,
               "Exact match by length"),
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
        return node("p", "When it rests, or when some are trained, their numbers stand here.")
    rows: list[list[Node]] = [
        [PARTS[part], *(percent(_mean(runs, part)) for runs in results.values())]
        for part in first[0].parts
    ]
    return node("div", node("h3", "Exactly right of"),
                table(rows, ["", *results], ["", *["mono"] * len(results)]))  # fmt: skip


def _said(found: Results, mine: Told | None) -> str:
    """What the numbers say of the difference, or of the one network."""
    if len(found) == 2:
        (one, a), (other, b) = ((name, _mean(runs, "unseen")) for name, runs in found.items())
        said = f"the distance of the lines. Unseen: {percent(a)} {one}, {percent(b)} {other}"
        pairs = [(name, _mean(runs, "pairs")) for name, runs in found.items()
                 if "pairs" in runs[0].parts]  # fmt: skip
        more = "; ".join(f"{percent(p)} {name}" for name, p in pairs)
        return said + (f". Pairs that never met: {more}." if pairs else ".")
    if mine is None:
        return "where the lines fall: does one vector hold a longer source?"
    worst = min(mine.by_length, key=mine.by_length.__getitem__)
    return (
        f"where it falls: at length {worst} the network above has "
        f"{percent(mine.by_length[worst])} exactly right. Would the other kind do better?"
    )
