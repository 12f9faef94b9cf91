"""The training of all networks of a task: what each has right and its loss, over the epochs.

Histories in, panels out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.numbers import compact, percent
from ui.kit.player import Figure, Node, Panel, Text, look_for, node, table
from ui.kit.theme import DASH, HAIR, INK
from ui.see import text
from ui.see.card import COLORS, switch
from ui.see.learning import Watched
from ui.see.tasks import TASKS

Course = Sequence[tuple[int, float]]
"""(epoch, value) so far."""


def panels(
    task: str, watched: Mapping[str, Watched], shown: str, at: int, goal: int
) -> list[Panel]:
    """The curves of all networks that have begun. shown : the one that is looked at, at : when."""
    told = TASKS[task].told
    right = {name: [(epoch, one[told]) for epoch, one in of.measured.items()]
             for name, of in watched.items()}  # fmt: skip
    losses = {name: [(one.epoch, one.test_loss) for one in of.run.history]
              for name, of in watched.items()}  # fmt: skip
    title = text.RIGHT_OVER.format(part=text.PARTS[task])
    return [
        Text("right title", node("h3", title), card=True),
        Figure("right", _figure(right, at, goal, True), 180, title, text.CURVES_SAID, grow=1),
        Text("right look", look_for(_said(right))),
        Text("loss title", node("h3", text.LOSS_OVER), card=True),
        Figure("losses", _figure(losses, at, goal, False), 150, text.LOSS_OVER, text.CURVES_SAID,
               grow=1),
        Text("networks", _networks(task, right, losses, shown, goal), card=True, area="side"),
    ]  # fmt: skip


def _figure(courses: Mapping[str, Course], at: int, goal: int, shares: bool) -> go.Figure:
    """A line for each network. shares : of 1, else from 0 up."""
    colors = dict(zip(courses, COLORS, strict=False))
    data = [
        go.Scatter(
            x=[epoch for epoch, _ in course], y=[round(value, 4) for _, value in course],
            mode="lines+markers", marker={"size": 5}, name=text.NETWORKS[name],
            line={"color": colors[name], "dash": DASH[colors[name]], "width": 2.2},
            hovertemplate=f"{text.AT_EPOCH}<extra>{text.NETWORKS[name]}</extra>",
        )
        for name, course in courses.items()
    ]  # fmt: skip
    y = {"range": [-0.02, 1.05], "tickvals": [0, 0.5, 1], "ticktext": ["0", "50 %", "100 %"]}
    if not shares:
        y = {"rangemode": "tozero", "nticks": 4, "title": theme.title(text.LOSS_AXIS)}
    return go.Figure(data, theme.layout(
        margin={"l": 62, "r": 12, "t": 28, "b": 40}, showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom",
                "font": {"size": theme.TICK}},
        shapes=[theme.rule("x", at, color=INK, width=1.2)],
        xaxis=theme.axis(range=[0, goal], nticks=8, title=theme.title(text.EPOCH)),
        yaxis=theme.axis(showgrid=True, gridcolor=HAIR, **y),
    ))  # fmt: skip


def _networks(
    task: str, right: Mapping[str, Course], losses: Mapping[str, Course], shown: str, goal: int
) -> Node:
    """A table: how far each network is, and how right; those that wait say so."""
    rows: list[list[Node]] = []
    for name in TASKS[task].networks:
        if name not in right:
            rows.append([text.NETWORKS[name], text.WAITS, "", ""])
            continue
        epoch, share = right[name][-1]
        rows.append([switch(name, shown), text.N_OF.format(epoch=epoch, goal=goal),
                     compact(losses[name][-1][1]), percent(share)])  # fmt: skip
    head = list(text.TRAINING_HEAD)
    return node("div", node("h3", text.TRAINING),
                table(rows, head, ["", "mono", "mono", "mono"]), class_="learned")  # fmt: skip


def _said(right: Mapping[str, Course]) -> str:
    """Which network is ahead by now."""
    last = {name: course[-1][1] for name, course in right.items()}
    best, worst = (pick(last, key=last.__getitem__) for pick in (max, min))
    called = text.NETWORKS
    if len(last) < 2:
        n = next(iter(right.values()))[-1][0]
        return text.ONE_YET.format(name=called[best], right=percent(last[best]), n=n)
    return text.AHEAD.format(best=called[best], right=percent(last[best]), worst=called[worst],
                             least=percent(last[worst]))  # fmt: skip
