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
from ui.kit.player import Frame, Node, Panel, Text, look_for, node, picture, table
from ui.kit.theme import CARD, FAINT, HAIR, INK
from ui.memory.experiment import Experiment
from ui.memory.profiles import styles
from ui.memory.setup import Setup

HEIGHT = 262
GAP, MOST_POINTS = 0.035, 120
WINDOW = 10
"""Batches: a curve is the mean of the last so many."""
LOOK = (
    "whole columns, not single curves: each curve is a seed, the dotted line is guessing. No "
    "sentence comes twice, so every batch is a test before it is a lesson; the mark is the first "
    "of ten in a row that are right. Never: not within so many steps."
)
Curve = tuple[Sequence[float], int | None]
"""The share right in each batch, and the step at which it was learned."""


@lru_cache(maxsize=64)
def panels(setup: Setup) -> list[Panel]:
    """The blank pictures: made once for a setup; frame() fills them."""
    names = [name for name, _ in setup.variants]
    guess = 1 / len(TASKS[setup.first.task].classes)
    title, figure, look = picture(
        "trials", "Does it learn?", blank(names, setup.seeds, setup.longest, guess), HEIGHT,
        "Share of right answers by step, a curve for each seed", look_for(LOOK),
        narrow=narrow(len(names), setup.longest),
    )  # fmt: skip
    return [title, Text("trials where", ""), figure, Text("trials table", ""), look]


def frame(now: Experiment) -> Frame:
    """What there is by now."""
    n = len(now.setup.variants)
    rows = [[(end.accuracies, end.learned) for end in now.ends(i)] for i in range(n)]
    if trial := now.now:
        rows[now.turn[0]].append((trial.accuracies, trial.learned))
    said = [f"{now.setup.variants[i][0]} learned by {now.count(i)}, steps {_steps(now, i)}".strip()
            for i in range(n) if now.ends(i)]  # fmt: skip
    curves = filled(rows, now.setup.seeds) | {"say": "; ".join(said)}
    return Frame("", panels={"trials": curves, "trials where": _where(now),
                             "trials table": _table(now)})  # fmt: skip


def _steps(now: Experiment, variant: int) -> str:
    """When each seed has learned: "214, 235, never"."""
    steps = [end.learned for end in now.ends(variant)]
    return ", ".join("never" if step is None else str(step) for step in steps)


def _where(now: Experiment) -> Node:
    """The trial that is being made, and how much is done of all."""
    left = now.n_trials - len(now.outcomes)
    text = f"{left} {'trial is' if left == 1 else 'trials are'} waiting."
    if now.done:
        text = f"All {now.n_trials} trials have ended."
    if trial := now.now:
        which, seed = now.turn
        right = float(np.mean(trial.accuracies[-WINDOW:] or [0.0]))
        name, seed = now.setup.variants[which][0], now.setup.seeded(which, seed).settings.seed
        text = " · ".join([name] * bool(name) + [f"seed {seed}", f"step {trial.steps} of "
                          f"{now.setup.longest}", f"{percent(right)} right"])  # fmt: skip
    meter = node("meter", value=round(now.share, 3))
    return node("div", meter, node("p", text, class_="mono small quiet"))


def _table(now: Experiment) -> Node:
    """A row for each variant of which a trial has ended."""
    rows = []
    for i, (name, _) in enumerate(now.setup.variants):
        if ends := now.ends(i):
            longest = compact(max(end.longest for end in ends))
            longest += ", then not a number" if any(end.stopped for end in ends) else ""
            called = (name or "this setting").replace(" ", "\u00a0")
            rows.append([called, node("b", now.count(i)), _steps(now, i), longest])
    head = ("", "learned by", "at step", "longest gradient of these seeds, before clipping")
    shown = [table(rows, head, ("", "", "mono", "mono"))] if rows else []
    return node("div", *shown, class_="scrolls")


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
        axes[f"xaxis{at}"] = theme.axis(domain=[left, left + width], range=[0, longest * 1.02],
                                        anchor=y, tickvals=[0, longest // 2, longest],
                                        title=theme.title("steps"))  # fmt: skip
        axes[f"yaxis{at}"] = theme.axis(range=[-0.02, 1.06], anchor=x, showgrid=True,
                                        gridcolor=HAIR, showticklabels=i == 0,
                                        **percents)  # fmt: skip
        curve = go.Scatter(**here, mode="lines", line={"color": color, "dash": dash, "width": 1.7},
                           hovertemplate="%{y:.0%} right at step %{x}<extra></extra>")  # fmt: skip
        ends = go.Scatter(**here, mode="markers", cliponaxis=False,
                          marker={"size": 10, "symbol": mark, "color": color,
                                  "line": {"color": CARD, "width": 1.5}},
                          hovertemplate="learned at step %{x}<extra></extra>")  # fmt: skip
        traces += [curve] * n_seeds + [ends]
        shapes.append({"type": "line", "xref": x, "yref": y, "x0": 0, "x1": longest, "y0": guess,
                       "y1": guess, "line": {"color": FAINT, "width": 1.2,
                                             "dash": "dot"}})  # fmt: skip
        titles.append({"text": theme.escape(name), "x": 0, "xref": f"{x} domain", "y": 1,
                       "yref": f"{y} domain", "yshift": 4, "yanchor": "bottom", "xanchor": "left",
                       "showarrow": False, "font": {"size": 13, "color": INK}})  # fmt: skip
    margin = {"l": 44, "r": 12, "t": 26, "b": 42}
    return go.Figure(traces, theme.layout(margin=margin, shapes=shapes, annotations=titles, **axes))


def narrow(n: int, longest: int) -> dict[str, Any]:
    """Four pictures stand two by two where there is little room."""
    changes: dict[str, Any] = {"margin": {"l": 44, "r": 14}}
    for i in range(n):
        at, (row, column) = ("" if i == 0 else str(i + 1)), divmod(i, 2)
        changes[f"xaxis{at}"] = {"tickvals": [0, longest] if n < 3 else [longest]}
        if n == 4:
            changes[f"xaxis{at}"] |= {"domain": [0.53 * column, 0.47 + 0.53 * column],
                                     "title": {"text": ""}, "showticklabels": row == 1}  # fmt: skip
            changes[f"yaxis{at}"] = {"domain": [0.6 * (1 - row), 0.4 + 0.6 * (1 - row)],
                                     "showticklabels": column == 0}  # fmt: skip
    return {"layout": changes}


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
