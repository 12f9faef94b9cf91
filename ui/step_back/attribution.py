"""Attribution two ways: gradient times input, and leaving the word out. They may disagree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go

from rnn_core.experiments import analysis
from ui.kit import theme
from ui.kit.player import Figure, Film, Frame, Node, Text, look_for, node
from ui.kit.theme import GRADIENT, QUIET
from ui.sequence.backward_view import BackwardView
from ui.sequence.words import Words
from ui.step_back import text

NAMES = [*text.BY.values()]


def film(view: BackwardView) -> Film:
    """Rows of bars under the words, and what they say together; one frame: they stand still."""
    now, is_one = view.reading, isinstance(view.target, str)
    title = text.ATTRIBUTION["answer" if is_one else "answers"].format(answer=view.target)
    rows = [_gradient_times_input(view)]
    if not now.interventions:  # no reading without the word is like one with something held
        rows.append(analysis.leave_one_out(now.model, now.fwd, view.target))
    values = [[float(v) if np.isfinite(v) else None for v in row] for row in rows]
    figure = bars(values, NAMES[: len(rows)], now.columns, now.n_columns)
    words = Words((now.tokens, now.known))
    return [
        Text("attribution title", node("h3", title)), words.panel("attribution words"),
        Figure("attribution", figure, 230, title, text.ATTRIBUTION_SAYS, columns=now.n_columns),
        Text("attribution look", _look(view, rows)),
    ], [Frame(title, panels={"attribution words": words.at(None)})]  # fmt: skip


def _gradient_times_input(view: BackwardView) -> np.ndarray:
    """(T,) where words come in: at the first layer, in each direction."""
    bwd, n_directions = view.bwd, 1 + view.reading.model.bidirectional
    first = [replace(bwd, forward=bwd.forward.showing(i)) for i in range(n_directions)]
    return np.sum([analysis.gradient_times_input(one) for one in first], axis=0)


def _look(view: BackwardView, rows: list[np.ndarray]) -> Node:
    """The strongest word by each way, and whether the two agree: where they can be compared."""
    words = view.reading.words
    if not (np.isfinite(rows[0]).all() and view.finite):
        return look_for(text.NO_ATTRIBUTION)
    if len(words) == 1:
        return look_for(text.ONE_BAR)
    cut = [text.CUT_AS_WELL] if view.truncated else []
    if view.reading.interventions:
        return look_for(text.ABOVE, *cut, text.NONE_LEFT_OUT)
    said = [text.ABOVE, text.TWO_WAYS]
    if view.truncated:
        return look_for(*said, *cut, text.NOT_COMPARED)
    first, second = (int(np.abs(row).argmax()) for row in rows)
    if first == second:
        return look_for(*said, text.AGREE.format(word=words[first]))
    disagree = text.DISAGREE.format(one=words[first], other=words[second])
    return look_for(*said, node("b", disagree), text.THEY_MAY)


def bars(
    values: Sequence[Sequence[float | None]], names: Sequence[str], columns: Sequence[int], n: int
) -> go.Figure:
    """Which word counts, asked in one way or two: a row of bars each, to its own largest.

    columns : of the words that are read, among n.
    """
    axis = theme.axis(range=[-0.5, n - 0.5], showticklabels=False)
    figure = go.Figure(layout=theme.layout(xaxis=axis))
    for i, (row, name) in enumerate(zip(values, names, strict=True)):
        color, pattern, which = [(GRADIENT, "", ""), (theme.W_XH, "/", "2")][i]
        largest = max([abs(v) for v in row if v is not None], default=0.0) or 1.0
        low, high = 1 - (i + 1) / len(values), 1 - i / len(values)
        figure.add_trace(go.Bar(
            x=list(columns), y=list(row), yaxis=f"y{which}", width=0.5, name=name,
            marker={"color": color, "pattern": {"shape": pattern}},
            hovertemplate=text.BY_BAR.format(by=name),
        ))  # fmt: skip
        figure.update_layout({f"yaxis{which}": theme.axis(
            domain=[low + 0.06, high], range=[-1.1 * largest, 1.1 * largest],
            zeroline=True, zerolinecolor=QUIET, showticklabels=False, title=theme.title(name),
        )})  # fmt: skip
    return figure
