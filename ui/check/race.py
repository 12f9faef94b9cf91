"""The race: the write-up's recipe with the right backward pass and with its missing transpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import plotly.graph_objects as go

from rnn_core import TrainingRun
from rnn_core.cells import RNN
from rnn_core.experiments.bugs import MissingTranspose
from rnn_core.experiments.paired_runs import LONGEST, WRITE_UP, PairedRuns
from ui.check import text
from ui.kit import frame, theme
from ui.kit.player import Panel, Text, look_for, node, picture
from ui.kit.theme import BAD, GOOD, HAIR, INK, PALE_BAD, QUIET, UNSURE
from ui.sequence import models

Place = tuple[bool, int]
"""(right, seed): with the transpose or without, and from which seed."""
Race = PairedRuns[Place, TrainingRun]
Ends = Mapping[Place, int | None]
"""After how many epochs a run had every sentence right; None for never."""
NAMES = {True: text.WITH, False: text.WITHOUT}
ROWS = [f"<b>{NAMES[True]}</b><br>W<sub>hh</sub>ᵀ g", f"<b>{NAMES[False]}</b><br>W<sub>hh</sub> g"]
NEVER = 1.09  # of the longest: where the column of those that never arrive stands
NARROW = {"layout": {"margin": {"l": 112}, "xaxis": {"title": {"text": text.RACE_AXIS_NARROW}},
                     "yaxis": {"tickfont": {"size": 13}}}}  # fmt: skip


def begin(right: bool, seed: int) -> TrainingRun:
    """One of the runs, before its first step."""
    cell = RNN() if right else MissingTranspose()
    return TrainingRun(models.dataset(models.USUAL_DATA), replace(WRITE_UP, seed=seed), cell)


def runs(n_seeds: int) -> dict[Place, Callable[[], TrainingRun]]:
    """How each run begins, in the order of their turns: those that are right converge soon, so
    they go first, a seed and a half ahead.
    """
    places = [(right, seed) for seed in range(n_seeds) for right in NAMES]
    places.sort(key=lambda place: place[1] + 1.5 * (not place[0]))
    return {place: partial(begin, *place) for place in places}


def race(n_seeds: int) -> Race:
    """One run after another; of each only its end is kept."""
    return PairedRuns(runs(n_seeds), LONGEST, lambda run: run.converged, until_converged=True)


def panels(now: Race) -> list[Panel]:
    """How far it is, the strip of dots, and what they come to; empty before the start."""
    ends = {place: now.results[place] for place in now.make if place in now.results}
    turn = next((place for place in now.make if place not in ends), None)
    run = now.runs.get(turn)
    where = text.ENDED.format(n=len(ends), all=len(now.make))
    if run:
        where = text.ENDED_NOW.format(
            n=len(ends), all=len(now.make), seed=turn[1], way=NAMES[turn[0]], epoch=run.epoch,
            right=run.history[-1].train_accuracy,
        )  # fmt: skip
    figure = strip(ends, (turn[0], run.epoch) if run else None, len(now.make) // 2, now.longest)
    sums = _sums(ends)
    return [
        Text("race title", frame.heading("check", sub=text.STORY)),
        Text("race where", node("div", node("meter", value=round(min(now.share, 1), 3)),
                                node("p", where, class_="quiet"))),
        *picture("race", text.RACE, figure, 220, " ".join(sums), look_for(_look(ends)),
                 narrow=NARROW, grow=1)[1:],
        Text("race sums", node("div", *(node("p", one) for one in sums))),
    ]  # fmt: skip


def _reached(ends: Ends, way: bool) -> tuple[int, list[int]]:
    """How many runs of a kind have ended, and the epochs of those that got everything right."""
    mine = [epochs for (right, _), epochs in ends.items() if right is way]
    return len(mine), [epochs for epochs in mine if epochs is not None]


def _look(ends: Ends) -> str:
    """What the dots say; a promise before there are some in both rows."""
    (n, right), (n_wrong, wrong) = (_reached(ends, way) for way in NAMES)
    if not n or not n_wrong:
        return text.RACE_PROMISE
    later = float(np.median(wrong) / np.median(right)) if right and wrong else 0.0
    look = text.RACE_LOOK if later else text.RACE_LOOK_NEVER
    return look.format(wrong=n_wrong - len(wrong), n_wrong=n_wrong, right=n - len(right), n=n,
                       later=later)  # fmt: skip


def _sums(ends: Ends) -> list[str]:
    """What the dots come to, for each row."""
    said = []
    for way, name in NAMES.items():
        n, reached = _reached(ends, way)
        come_to = text.SUM_MEDIAN if reached else text.SUM if n else text.SUM_NONE
        said.append(come_to.format(way=name.capitalize(), n=len(reached), all=n,
                                   epochs=np.median(reached or [0])))  # fmt: skip
    return said


def strip(ends: Ends, running: Place | None, n_seeds: int, longest: int) -> go.Figure:
    """A row of dots for each kind of run, a height for each seed, a column for those that never
    arrive. running : (right, epoch) of the run that trains. Trace 0 are the ends, 1 that run.
    """
    dots = go.Scatter(
        x=[longest * NEVER if epochs is None else epochs for epochs in ends.values()],
        y=[(not right) + 0.25 - 0.75 * seed / n_seeds for right, seed in ends],
        text=[(text.DOT_NEVER if epochs is None else text.DOT).format(seed=seed, epoch=epochs)
              for (_, seed), epochs in ends.items()],
        marker={"size": 12, "opacity": 1, "line": {"color": theme.CARD, "width": 1},
                "color": [BAD if epochs is None else GOOD if right else UNSURE
                          for (right, _), epochs in ends.items()]},
        mode="markers", hovertemplate="%{text}<extra></extra>", cliponaxis=False,
    )  # fmt: skip
    runner = go.Scatter(
        x=[0, running[1]] if running else [], y=[1.4 - running[0]] * 2 if running else [],
        mode="lines+markers", hoverinfo="skip", cliponaxis=False,
        line={"color": QUIET, "width": 1.5},
        marker={"size": [0, 12], "color": theme.CARD, "opacity": 1,
                "line": {"color": INK, "width": 2}},
    )  # fmt: skip
    last = longest * 1.16
    figure = go.Figure([dots, runner], theme.layout(
        margin={"l": 150, "r": 12, "t": 24, "b": 44},
        xaxis=theme.axis(range=[0, last], showgrid=True, gridcolor=HAIR,
                         tickvals=list(range(0, longest + 1, longest // 5)),
                         title=theme.title(text.RACE_AXIS)),
        yaxis=theme.axis(range=[1.55, -0.75], tickvals=[0, 1], ticktext=ROWS,
                         tickfont={"size": 14, "color": INK}),
    ))  # fmt: skip
    figure.add_vrect(longest * 1.03, last, fillcolor=PALE_BAD, line_width=0, layer="below")
    figure.add_annotation(text=text.NEVER, x=longest * NEVER, y=1, yref="paper", yanchor="bottom",
                          showarrow=False, font={"size": 13, "color": BAD})  # fmt: skip
    for row, way in enumerate(NAMES):
        figure.add_hline(row + 0.4, line={"color": HAIR, "width": 1}, layer="below")
        if reached := _reached(ends, way)[1]:
            middle = float(np.median(reached))
            figure.add_shape(type="line", x0=middle, x1=middle, y0=row - 0.55, y1=row + 0.4,
                             line={"color": INK, "width": 1.5, "dash": "dot"})  # fmt: skip
    return figure
