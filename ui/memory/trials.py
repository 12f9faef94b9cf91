"""Does it learn?: a small picture for each variant, in it a curve for each seed, and the counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import plotly.graph_objects as go

from rnn_core.experiments.tasks import TASKS
from ui.kit import theme
from ui.kit.numbers import compact, percent
from ui.kit.player import Figure, Frame, Node, Panel, Text, look_for, node, table
from ui.kit.theme import CARD, FAINT, HAIR
from ui.memory import text
from ui.memory.experiment import Experiment
from ui.memory.profiles import styles
from ui.memory.setup import Setup

HEIGHT = 130
GAP, MOST_POINTS = 0.035, 120
WINDOW = 10
"""Batches: a curve is the mean of the last so many."""
Curve = tuple[Sequence[float], int | None]
"""The share right in each batch, and the step at which it was learned."""


def answer(now: Experiment) -> str:
    """How many seeds of each variant have learned, once every trial has ended."""
    counts = (f"{name}: {now.count(i)}".removeprefix(": ")
              for i, (name, _) in enumerate(now.setup.variants))  # fmt: skip
    return text.ANSWER.format(counts=", ".join(counts)) if now.done else ""


@lru_cache(maxsize=64)
def panels(setup: Setup) -> list[Panel]:
    """The blank pictures: made once for a setup; frame() fills them."""
    names = [name for name, _ in setup.variants]
    guess = 1 / len(TASKS[setup.first.task].classes)
    figure = blank(names, setup.seeds, setup.longest, guess)
    return [
        Text("trials where", ""),
        Figure("trials", figure, HEIGHT, text.TRIALS_SHOW, grow=1),
        Text("trials table", ""),
        Text("trials look", look_for(text.TRIALS_LOOK)),
    ]


def frame(now: Experiment) -> Frame:
    """What there is by now."""
    n = len(now.setup.variants)
    rows = [[(end.accuracies, end.learned) for end in now.ends(i)] for i in range(n)]
    if trial := now.now:
        rows[now.turn[0]].append((trial.accuracies, trial.learned))
    said = [text.LEARNED.format(name=name, count=now.count(i), steps=_steps(now, i)).strip()
            for i, (name, _) in enumerate(now.setup.variants) if now.ends(i)]  # fmt: skip
    curves = filled(rows, now.setup.seeds) | {"say": "; ".join(said)}
    return Frame("", panels={"trials": curves, "trials where": _where(now),
                             "trials table": _table(now)})  # fmt: skip


def _steps(now: Experiment, variant: int) -> str:
    """When each seed has learned: "214, 235, never"; "never" if none has."""
    steps = [end.learned for end in now.ends(variant)]
    said = [text.NEVER if step is None else str(step) for step in steps]
    return ", ".join(said if any(steps) else said[:1])


def _where(now: Experiment) -> Node:
    """The trial that is being made, and how much is done of all."""
    left = now.n_trials - len(now.outcomes)
    where = text.WAITING["one" if left == 1 else "many"].format(n=left)
    if now.done:
        where = text.ENDED.format(n=now.n_trials)
    if trial := now.now:
        which, seed = now.turn
        right = float(np.mean(trial.accuracies[-WINDOW:] or [0.0]))
        name, seed = now.setup.variants[which][0], now.setup.seeded(which, seed).settings.seed
        here = text.NOW.format(seed=seed, step=trial.steps, all=now.setup.longest,
                               share=percent(right))  # fmt: skip
        where = f"{name} · {here}" if name else here
    said = node("h3", text.LEARNS), node("p", where, class_="quiet")
    return node("div", *said, node("meter", value=round(now.share, 3)))


def _table(now: Experiment) -> Node:
    """A row for each variant, from the beginning: so nothing moves when its first trial ends."""
    rows = []
    for i, (name, _) in enumerate(now.setup.variants):
        ends = now.ends(i)
        longest = compact(max(end.longest for end in ends)) if ends else "–"
        if any(end.stopped for end in ends):
            longest = text.BROKE.format(longest=longest)
        called = (name or text.THIS_SETTING).replace(" ", "\u00a0")
        count = now.count(i) if ends else "–"
        rows.append([called, node("b", count), _steps(now, i) or "–", longest])
    shown = table(rows, ("", *text.TRIALS_HEAD.values()), ("", "", "mono", "mono"))
    return node("div", shown, class_="scrolls")


# ---- the figure: arrays in, a picture out ----


def blank(names: Sequence[str], n_seeds: int, longest: int, guess: float) -> go.Figure:
    """Traces i * (n_seeds + 1) + seed are curves; the last of each variant are its ends."""
    n, axes, traces, shapes, titles = len(names), {}, [], [], []
    width = (1 - GAP * (n - 1)) / n
    percents = {"tickvals": [0, 0.5, 1], "ticktext": ["0", "50 %", "100 %"]}
    for i, (name, (color, dash, mark)) in enumerate(zip(names, styles(n), strict=True)):
        left, at = i * (width + GAP), "" if i == 0 else str(i + 1)
        x, y = f"x{at}", f"y{at}"
        here: dict[str, Any] = {"x": [], "y": [], "xaxis": x, "yaxis": y}
        steps = [longest // 2, longest] if n < 3 else [longest]
        steps = [0, *steps] if i == 0 else steps
        axes[f"xaxis{at}"] = theme.axis(
            domain=[left, left + width],
            range=[0, longest * 1.02],
            anchor=y,
            tickvals=steps,
            title=theme.title(text.TRIAL_AXIS),
        )
        axes[f"yaxis{at}"] = theme.axis(range=[-0.02, 1.06], anchor=x, showgrid=True,
                                        gridcolor=HAIR, showticklabels=i == 0,
                                        **percents)  # fmt: skip
        curve = go.Scatter(**here, mode="lines", line={"color": color, "dash": dash, "width": 1.7},
                           hovertemplate=text.TRIAL_CURVE)  # fmt: skip
        ends = go.Scatter(**here, mode="markers", cliponaxis=False,
                          marker={"size": 10, "symbol": mark, "color": color,
                                  "line": {"color": CARD, "width": 1.5}},
                          hovertemplate=text.TRIAL_END)  # fmt: skip
        traces += [curve] * n_seeds + [ends]
        shapes.append({"type": "line", "xref": x, "yref": y, "x0": 0, "x1": longest, "y0": guess,
                       "y1": guess, "line": {"color": FAINT, "width": 1.2,
                                             "dash": "dot"}})  # fmt: skip
        titles.append({"text": theme.escape(name), "x": 0, "xref": f"{x} domain", "y": 1,
                       "yref": f"{y} domain", "yshift": 3, "yanchor": "bottom", "xanchor": "left",
                       "showarrow": False, "font": {"size": 13, "color": color}})  # fmt: skip
    margin = {"l": 46, "r": 16, "t": 24 if n > 1 else 6, "b": 40}
    return go.Figure(traces, theme.layout(margin=margin, shapes=shapes, annotations=titles, **axes))


def filled(variants: Sequence[Sequence[Curve]], n_seeds: int) -> dict[str, Any]:
    """variants : for each its curves so far, in blank's order."""
    data: dict[str, Any] = {}
    for i, curves in enumerate(variants):
        first = i * (n_seeds + 1)
        for k in range(n_seeds):
            data[str(first + k)] = smooth(curves[k][0] if k < len(curves) else [])
        ends = [learned for _, learned in curves if learned is not None]
        data[str(first + n_seeds)] = {"x": ends, "y": [1.0] * len(ends)}
    return {"data": data}


def smooth(accuracies: Sequence[float]) -> dict[str, list[float]]:
    """Running means of the last WINDOW steps; at most MOST_POINTS of them, the last among them."""
    n = len(accuracies)
    if not n:
        return {"x": [], "y": []}
    sums = np.concatenate([[0.0], np.cumsum(accuracies)])
    at = np.unique(np.linspace(1, n, min(n, MOST_POINTS)).round().astype(int))
    since = np.maximum(at - WINDOW, 0)
    means = (sums[at] - sums[since]) / (at - since)
    return {"x": at.tolist(), "y": means.round(3).tolist()}
