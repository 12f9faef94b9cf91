"""What follows the training: one line, and the curves; exact match counts whole answers."""

from __future__ import annotations

from bisect import bisect
from typing import Any

import plotly.graph_objects as go

from rnn_core import TrainingRun
from rnn_core.decoding import exact_match
from ui.kit import settings, theme
from ui.kit.error_boundary import fragment
from ui.kit.numbers import compact, percent
from ui.kit.player import Figure, Film, Frame, Panel, Text, look_for, node, still
from ui.kit.sentence import sentence
from ui.kit.theme import DASH, GOOD, HAIR, INK, W_HY, W_XH
from ui.sequence.learner import Moment
from ui.sequence.session import Session
from ui.translate import text
from ui.translate.translating import share_right
from ui.translate.translator import TRANSLATOR, task_name

KEPT = "translator exact"
"""Under this name the exact matches of a run are kept, so that each is measured once."""
EVERY_S = 0.5
SHOWN = (1, 2, 4, 6, 8, 10, 13, 16, 20, 30, 40)
"""While it learns a page is drawn anew at these epochs; what follows it, all the time."""
LOOKS = ((GOOD, "solid"), (W_HY, DASH[W_HY]), (W_XH, DASH[W_XH]))


def exact(run: TrainingRun, epoch: int) -> float:
    """The share of unseen sentences that are written exactly as they should be."""
    kept: tuple[TrainingRun, dict[int, float]] = settings.kept().get(KEPT, (None, {}))
    if kept[0] is not run:
        kept = settings.kept()[KEPT] = run, {}
    if epoch not in kept[1]:
        model = run.snapshot_at(epoch).model
        kept[1][epoch] = share_right(exact_match(model, run.dataset.test))
    return kept[1][epoch]


def line(now: Moment) -> Text:
    """How far it is, and how right."""
    run = now.run
    record = min(run.history, key=lambda one: abs(one.epoch - now.epoch))
    right, n = exact(run, now.epoch), len(run.dataset.test)
    share = node("b", percent(right), color=GOOD)
    symbols = percent(record.test_accuracy)
    parts = [
        node("span", text.EPOCH_OF.format(epoch=now.epoch, goal=now.session.goal), class_="mono"),
        node("meter", value=min(now.epoch / max(now.session.goal, 1), 1.0)),
        node("span", *sentence(text.EXACT, right=share, n=n)),
        node("span", text.SYMBOLS.format(right=symbols, many=text.MANY[task_name()])),
        node("span", text.TRAIN_LOSS.format(loss=compact(record.train_loss))),
    ]
    return Text("live line", node("div", *parts, class_="progress"), card="bare")


def around(here: Session) -> tuple[int, bool]:
    """What else of a page depends on how far the training is."""
    return bisect(SHOWN, here.run.epoch), here.playing


def curves(now: Moment) -> None:
    """The tab: what the line says, over the epochs; it follows while it trains."""

    def draw() -> None:
        panels, frames = pictures(TRANSLATOR.moment(now.session))
        still("translate curves", *panels, frames=frames)

    fragment(draw, run_every=EVERY_S if now.session.playing else None)()


def pictures(now: Moment) -> Film:
    """The curves, and the moment that is looked at."""
    run = now.run
    epochs = [snapshot.epoch for snapshot in run.snapshots]
    said = {record.epoch: record for record in run.history}
    rights = [exact(run, epoch) for epoch in epochs]
    rows = [rights, [said[e].test_accuracy for e in epochs],
            [said[e].train_accuracy for e in epochs]]  # fmt: skip
    panels: list[Panel] = [
        Text("curves title", node("h3", text.WHOLE), card=True),
        Figure("curves", blank(now.session.goal), 220, text.CURVES, grow=1),
        Text("curves look", look_for(_said(epochs, rights, rows[1]))),
    ]
    return panels, [Frame("now", panels={"curves": filled(epochs, rows, now.epoch)})]


def losses(now: Moment) -> Figure:
    """The loss over the epochs."""
    return Figure("losses", _losses(now), 150, text.LOSS_CURVES, grow=1)


def blank(goal: int) -> go.Figure:
    """Traces: the lines of the catalogue, in their order."""
    data = [_line(name, *look) for name, look in zip(text.LINES, LOOKS, strict=True)]
    return go.Figure(data, theme.layout(
        margin={"l": 62, "r": 12, "t": 8, "b": 40}, showlegend=True,
        legend={"x": 0.99, "xanchor": "right", "y": 0.04, "yanchor": "bottom",
                "font": {"size": theme.TICK}},
        xaxis=theme.axis(range=[0, goal], nticks=8, title=theme.title(text.EPOCH)),
        yaxis=theme.axis(range=[-0.02, 1.05], tickvals=[0, 0.5, 1], showgrid=True, gridcolor=HAIR,
                         ticktext=["0", "50 %", "100 %"]),
    ))  # fmt: skip


def _line(name: str, color: str, dash: str, x: Any = (), y: Any = ()) -> go.Scatter:
    return go.Scatter(x=list(x), y=list(y), mode="lines+markers", name=name, marker={"size": 5},
                      line={"color": color, "dash": dash, "width": 2.2},
                      hovertemplate=f"{text.AT_EPOCH}<extra>{name}</extra>")  # fmt: skip


def _losses(now: Moment) -> go.Figure:
    """Of what is unseen, and of what is seen, in nats a symbol."""
    history = now.run.history
    x = [one.epoch for one in history]
    both = [[one.test_loss for one in history], [one.train_loss for one in history]]
    data = [_line(name, *look, x, y)
            for name, look, y in zip(text.LOSSES, LOOKS[1:], both, strict=True)]  # fmt: skip
    return go.Figure(data, theme.layout(
        margin={"l": 62, "r": 12, "t": 8, "b": 40}, showlegend=True,
        legend={"x": 0.99, "xanchor": "right", "y": 0.98, "font": {"size": theme.TICK}},
        shapes=[theme.rule("x", now.epoch, color=INK, width=1.2)],
        xaxis=theme.axis(range=[0, max(x[-1], 1)], nticks=8, title=theme.title(text.EPOCH)),
        yaxis=theme.axis(rangemode="tozero", nticks=4, showgrid=True, gridcolor=HAIR,
                         title=theme.title(text.LOSS_AXIS)),
    ))  # fmt: skip


def filled(epochs: list[int], rows: list[list[float]], at: int) -> dict[str, Any]:
    """The run so far, and the moment that is looked at."""
    data = {str(i): {"x": epochs, "y": [round(v, 4) for v in row]} for i, row in enumerate(rows)}
    last = max(epochs[-1], 1)
    layout = {"shapes": [theme.rule("x", at, color=INK, width=1.2)]}
    if last > 1:
        layout["xaxis"] = {"range": [0, last]}  # type: ignore[assignment]
    return {"data": data, "layout": layout}


def _said(epochs: list[int], rights: list[float], symbols: list[float]) -> str:
    """How far apart symbols and whole answers are, where that is most."""
    i = max(range(len(epochs)), key=lambda i: symbols[i] - rights[i])
    return text.GAP.format(epoch=epochs[i], symbols=percent(symbols[i]), answers=percent(rights[i]))
