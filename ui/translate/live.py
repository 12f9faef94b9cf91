"""What follows the training: one line, and the curves; exact match counts whole answers."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from rnn_core import TrainingRun
from rnn_core.decoding import exact_match
from ui.kit import settings, theme
from ui.kit.error_boundary import fragment
from ui.kit.numbers import compact, percent
from ui.kit.player import Figure, Frame, Text, look_for, node, still
from ui.kit.theme import DASH, GOOD, HAIR, INK, W_HY, W_XH
from ui.sequence.learner import Moment
from ui.translate.translating import share_right
from ui.translate.translator import MANY, TRANSLATOR, task_name

KEPT = "translator exact"
"""Under this name the exact matches of a run are kept, so that each is measured once."""
EVERY_S = 0.5
LINES = (("exactly right, unseen", GOOD, "solid"), ("symbols right, unseen", W_HY, DASH[W_HY]),
         ("symbols right, seen", W_XH, DASH[W_XH]))  # fmt: skip


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
    parts = [
        node("span", f"epoch {now.epoch} of {now.session.goal}", class_="mono"),
        node("meter", value=min(now.epoch / max(now.session.goal, 1), 1.0)),
        node("span", node("b", percent(right), color=GOOD), f" of {n} unseen ones exactly right"),
        node("span", f"{percent(record.test_accuracy)} of their {MANY[task_name()]}"),
        node("span", f"loss {compact(record.train_loss)}"),
    ]  # fmt: skip
    return Text("live line", node("div", *parts, class_="progress"), card="bare")


def curves(now: Moment) -> None:
    """The tab: what the line says, over the epochs; it follows while it trains."""

    def draw() -> None:
        shown = TRANSLATOR.moment(now.session)
        run = shown.run
        epochs = [snapshot.epoch for snapshot in run.snapshots]
        said = {record.epoch: record for record in run.history}
        rights = [exact(run, epoch) for epoch in epochs]
        rows = [rights, [said[e].test_accuracy for e in epochs],
                [said[e].train_accuracy for e in epochs]]  # fmt: skip
        still(
            "translate curves",
            Text("curves title", node("h3", "Exact match counts whole answers"), card=True),
            Figure("curves", blank(shown.session.goal), 220, "Exact match and symbols over epochs"),
            Text("curves look", look_for(_said(epochs, rights, rows[1]))),
            frames=[Frame("now", panels={"curves": filled(epochs, rows, shown.epoch)})],
        )  # fmt: skip

    fragment(draw, run_every=EVERY_S if now.session.playing else None)()


def blank(goal: int) -> go.Figure:
    """Traces: the LINES, in their order."""
    data = [
        go.Scatter(x=[], y=[], mode="lines+markers", name=name, marker={"size": 5},
                   line={"color": color, "dash": dash, "width": 2.2},
                   hovertemplate="%{y:.3f} at epoch %{x}<extra>" + name + "</extra>")
        for name, color, dash in LINES
    ]  # fmt: skip
    return go.Figure(data, theme.layout(
        margin={"l": 62, "r": 12, "t": 8, "b": 40}, showlegend=True,
        legend={"x": 0.99, "xanchor": "right", "y": 0.04, "yanchor": "bottom",
                "font": {"size": theme.TICK}},
        xaxis=theme.axis(range=[0, goal], nticks=8, title=theme.title("epoch")),
        yaxis=theme.axis(range=[-0.02, 1.05], tickvals=[0, 0.5, 1], showgrid=True, gridcolor=HAIR,
                         ticktext=["0", "50 %", "100 %"]),
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
    return (
        f"the gap: at epoch {epochs[i]} {percent(symbols[i])} of the symbols are right, but only "
        f"{percent(rights[i])} of the answers: one wrong symbol spoils a whole one."
    )
