"""The laboratory's trials: curves that grow, and which seeds have learned."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from rnn_core.experiments.tasks import TASKS
from ui import words
from ui.experiment import Experiment, learned
from ui.figures import memory as figures
from ui.laboratory import Setup
from ui.lenses.memory import power
from ui.plot.plot import Figure, Frame, Node, Panel, Text, node

LOOK = (
    "whole columns, not single curves: each curve is a seed, the dotted line is guessing. No "
    "sentence comes twice, so every batch is a test before it is a lesson; the mark is the first "
    "of ten in a row that are right. Never: not within so many steps."
)


@lru_cache(maxsize=64)
def panels(setup: Setup) -> list[Panel]:
    """The blank pictures: made once for a setup; now() fills them."""
    names = [name for name, _ in setup.variants]
    guess = 1 / len(TASKS[setup.setting.task].classes)
    figure = figures.blank(names, setup.seeds, setup.longest, guess)
    return [
        Text("trial title", node("h3", "Does it learn?")),
        Text("trial where", ""),
        Figure("trials", figure, figures.HEIGHT, "Share of right answers by step",
               "A curve for each seed", narrow=figures.narrow(len(names), setup.longest)),
        Text("trial table", ""),
        Text("trial look", words.look_for(LOOK)),
    ]  # fmt: skip


def now(experiment: Experiment) -> Frame:
    """What there is by now."""
    rows: list[list[figures.Seed]] = [[] for _ in experiment.setup.variants]
    for (variant, _), end in sorted(experiment.outcomes.items(), key=lambda item: item[0]):
        rows[variant].append((end.accuracies, end.learned))
    if trial := experiment.now:
        rows[experiment.turn[0]].append((trial.accuracies, trial.learned))
    patch = figures.filled(rows, experiment.setup.seeds) | {"say": said(experiment)}
    return Frame("", panels={
        "trials": patch, "trial where": _where(experiment), "trial table": _table(experiment),
    })  # fmt: skip


def said(experiment: Experiment) -> str:
    """All of it in a sentence for each variant."""
    told = []
    for i, (name, _) in enumerate(experiment.setup.variants):
        if done := experiment.ends(i):
            count, steps = learned(done)
            told.append(f"{name} learned by {count}, steps {steps}".strip())
    return "; ".join(told)


def _where(experiment: Experiment) -> Node:
    setup, trial, left = experiment.setup, experiment.now, experiment.n_trials
    left -= len(experiment.outcomes)
    if trial:
        variant, seed = experiment.turn
        name = setup.variants[variant][0]
        right = float(np.mean(trial.accuracies[-figures.WINDOW :])) if trial.accuracies else 0.0
        line = [
            f"seed {setup.setting.settings.seed + seed}",
            name,
            f"step {trial.steps} of {setup.longest}",
            f"{words.percent(right)} right",
        ]
        text = " · ".join(part for part in line if part)
    elif experiment.done:
        text = f"All {experiment.n_trials} trials have ended."
    else:
        text = f"{left} {'trial is' if left == 1 else 'trials are'} waiting."
    return node("div", node("meter", value=round(experiment.share, 3)),
                node("p", text, class_="mono small quiet"))  # fmt: skip


def _table(experiment: Experiment) -> Node:
    """A row for each variant of which a trial has ended."""
    rows = []
    for i, (name, _) in enumerate(experiment.setup.variants):
        if done := experiment.ends(i):
            count, steps = learned(done)
            longest = power(max(end.longest for end in done))
            if any(end.stopped for end in done):
                longest += ", then no number"
            cells = [
                (name or "this setting").replace(" ", "\u00a0"),
                node("b", count),
                steps,
                longest,
            ]
            mono = ("", "", "mono", "mono")
            row = [node("td", cell, class_=c) for cell, c in zip(cells, mono, strict=True)]
            rows.append(node("tr", *row))
    if not rows:
        return node("p", "")
    heads = ("", "learned by", "at step",
             "longest gradient")  # fmt: skip
    head = node("tr", *(node("th", text, class_="small quiet") for text in heads))
    return node("div", node("table", node("thead", head), node("tbody", *rows)), class_="scrolls")
