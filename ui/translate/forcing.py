"""Teacher forcing against free running: one answer both ways, and the errors over all unseen."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from rnn_core import Dataset, Model
from rnn_core.decoding import write_all
from ui.kit import theme
from ui.kit.numbers import percent
from ui.kit.player import Figure, Node, Text, look_for, node, still, table
from ui.kit.theme import DASH, HAIR, W_HY, W_XH
from ui.sequence.learner import Moment
from ui.translate import text
from ui.translate.translating import Translating

NAMES = tuple(zip(text.FORCED.values(), (W_HY, W_XH), strict=True))


def show(now: Moment, made: Translating) -> None:
    """Both ways of this source, and wrong symbols by their place over all that is unseen."""
    forced, free = wrong_by_place(now.model, now.run.dataset)
    both = [made.other(forced=way, width=1) for way in (True, False)]
    kind = text.ONE[made.task]
    still(
        "forcing",
        Text("forcing title", node("h3", text.WRONG_BY_PLACE.format(one=kind)), card=True),
        Figure("forcing", picture(forced, free), 240, text.WRONG_SYMBOLS),
        Text("forcing look", look_for(_said(forced, free, kind))),
        Text("forcing both", _both(made, both), card=True, area="side"),
        columns="minmax(0, 752fr) minmax(0, 464fr)",
    )  # fmt: skip


def wrong_by_place(model: Model, data: Dataset) -> tuple[np.ndarray, np.ndarray]:
    """(T,) the share of wrong symbols at each place, forced and free, of all that is asked."""
    split = data.test
    batch, _ = split.batch(model, np.arange(len(split)))
    forced = model.read(batch).logits.argmax(axis=1)
    free = write_all(model, split, len(split.answers))
    asked = split.answers >= 0
    n = asked.sum(axis=1)
    one, other = (((said != split.answers) & asked).sum(axis=1) / n for said in (forced, free))
    return one, other


def picture(forced: np.ndarray, free: np.ndarray) -> go.Figure:
    """Two lines over the places."""
    x = list(range(1, len(forced) + 1))
    data = [
        go.Scatter(x=x, y=values.round(4).tolist(), mode="lines+markers", name=name,
                   line={"color": color, "dash": DASH[color], "width": 2.4},
                   hovertemplate=f"{text.WRONG_HOVER}<extra>{name}</extra>")
        for (name, color), values in zip(NAMES, (forced, free), strict=True)
    ]  # fmt: skip
    top = max(float(forced.max()), float(free.max()), 0.01) * 1.15
    return go.Figure(data, theme.layout(
        margin={"l": 62, "r": 12, "t": 8, "b": 40}, showlegend=True,
        legend={"x": 0.01, "y": 0.98, "font": {"size": theme.TICK}},
        xaxis=theme.axis(range=[0.6, len(x) + 0.4], tickvals=x, title=theme.title(text.PLACE)),
        yaxis=theme.axis(range=[-0.03 * top, top], nticks=4, tickformat=".0%", showgrid=True,
                         gridcolor=HAIR, title=theme.title(text.WRONG)),
    ))  # fmt: skip


def _both(made: Translating, both: list[Translating]) -> Node:
    """This source both ways; the first wrong symbol carries a cross."""
    if made.right is None:
        return node("p", text.CANNOT_FORCE)
    rows: list[list[Node]] = []
    for (name, _), one in zip(NAMES, both, strict=True):
        shown = list(one.names)
        if (wrong := one.first_wrong) is not None and wrong < len(shown):
            shown[wrong] = f"✗ {shown[wrong]}"
        rows.append([name, " ".join(shown)])
    rows.append([text.RIGHT, " ".join(made.name(symbol) for symbol in made.right)])
    return node("div", node("h3", text.BOTH_WAYS), table(rows, (), ["quiet"]),
                node("p", text.CROSS_MARKS, class_="quiet"))  # fmt: skip


def _said(forced: np.ndarray, free: np.ndarray, kind: str) -> str:
    """Where free running loses most by its own mistakes."""
    gap = free - forced
    t = int(gap.argmax())
    if gap[t] < 0.005:
        return text.NO_GAP.format(one=kind, t=int(forced.argmax()) + 1)
    wrong = (percent(float(one[t])) for one in (forced, free))
    return text.GAPS.format(one=kind, t=t + 1, **dict(zip(("forced", "free"), wrong, strict=True)))
