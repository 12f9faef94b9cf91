"""Curves over the epochs: loss and accuracy of one run, of several, and what became of a sentence.

Each figure is made once, blank, with fixed ranges; a patch fills in what there is by now.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.numbers import compact, percent
from ui.kit.theme import BAD, DASH, FAINT, HAIR, INK, QUIET, W_HY, W_XH, rule
from ui.train import text

HEIGHT = 330
"""Pixels of a picture that stands alone."""
FLOOR, TOP = 1e-3, 1.2
"""Nats: the least loss on a log axis, and the largest where several runs are drawn."""
TWO = (W_HY, W_XH)
"""The colours of train and test, and those of two runs."""
GAP = 0.1
"""Of all sentences: so much better on train than on test, and the difference is drawn as a bar."""
Numbers = Sequence[Sequence[float]]


def over_epochs(
    goal: int, axes: Sequence[dict[str, Any]], lines: Sequence[dict[str, Any]], **margin: int
) -> go.Figure:
    """Lines over epochs 0..goal in pictures one above the other.

    axes : what is particular to each picture's y-axis, from the top. lines : and to each curve.
    """
    names = ["yaxis", *(f"yaxis{i}" for i in range(2, len(axes) + 1))]
    drawn = [theme.axis(showgrid=True, gridcolor=HAIR, **axis) for axis in axes]
    x = theme.axis(range=[0, goal], anchor=f"y{len(axes)}", title=theme.title(text.EPOCHS_AXIS))
    margins = {"l": 62, "r": 52, "t": 14, "b": 36, **margin}
    return go.Figure(
        [go.Scatter(**{"x": [], "y": [], "mode": "lines", **line}) for line in lines],
        theme.layout(margin=margins, xaxis=x, **dict(zip(names, drawn, strict=True))),
    )


def loss_and_right(top: float, log: bool = False, low: float = 0.0) -> list[dict[str, Any]]:
    """The two axes of a run's picture. top : the largest loss shown, in nats. low : the least; from
    1 on they are perplexities.
    """
    span = {"range": [low, top], "nticks": 5}
    if log:
        ends = math.log10(max(low, FLOOR)), math.log10(top)
        span = {"range": [*ends], "type": "log", "dtick": 1}
    name = text.LOSS_AXIS["loss" if low < 1 else "perplexity"]
    return [
        {"domain": [0.43, 1], **span, "title": theme.title(name)},
        {"domain": [0, 0.33], "range": [0, 1.05], "tickvals": [0, 0.5, 1],
         "ticktext": ["0", "50 %", "100 %"], "title": theme.title(text.RIGHT)},
    ]  # fmt: skip


def name(said: str, color: str, y: float, yref: str = "paper", **more: Any) -> dict[str, Any]:
    """A text right of the picture."""
    return {"x": 1, "xref": "paper", "y": y, "yref": yref, "text": theme.escape(said), "xshift": 8,
            "showarrow": False, "xanchor": "left", "font": {"size": 14, "color": color},
            **more}  # fmt: skip


def traces(points: Sequence[tuple[Any, Any]]) -> dict[str, Any]:
    """{trace: its points} of (x, y) for each trace, in their order."""
    return {str(i): {"x": clean(x), "y": clean(y)} for i, (x, y) in enumerate(points)}


def grown(edge: float, largest: float) -> float:
    """An edge beyond the largest value, in few large steps: a picture that grows seldom."""
    return edge * 1.5 ** max(math.ceil(math.log(max(1.05 * largest / edge, 1), 1.5)), 0)


def clean(values: Any) -> list[float | None]:
    """Numbers for a curve; None, a gap, for what is not finite."""
    values = np.asarray(values, float)
    rounded = values.round(4).tolist()
    if np.isfinite(values).all():
        return rounded
    return [v if math.isfinite(v) else None for v in rounded]


# ---- one run ----


def top_loss(n_classes: int) -> float:
    """The largest loss drawn, in nats: more than that of who guesses."""
    return max(1.4 * math.log(n_classes), 1.0)


def blank(goal: int, span: tuple[float, float], log: bool) -> go.Figure:
    """Loss above, accuracy beneath. Traces: 0 and 1 the previous run's losses, 2 and 3 train and
    test loss, 4 the previous run's accuracy, 5 and 6 train and test accuracy, 7 and 8 the moment,
    9 and 10 what of the previous run and of this one lies above the top. span : the least and the
    largest loss, as in loss_and_right.
    """
    lines: list[dict[str, Any]] = [
        {"yaxis": axis, "line": {"color": color, "dash": dash, "width": width},
         "hovertemplate": text.CURVE["loss" if axis == "y" else "right"].format(split=of[split])}
        for axis, width, color, dash, of, split in (
            ("y", 1.5, FAINT, "solid", text.BEFORE, "train"),
            ("y", 1.5, FAINT, "dash", text.BEFORE, "test"),
            ("y", 2.2, W_HY, "solid", text.SPLITS, "train"),
            ("y", 2.2, W_XH, "dash", text.SPLITS, "test"),
            ("y2", 1.5, FAINT, "solid", text.BEFORE, "train"),
            ("y2", 2.2, W_HY, "solid", text.SPLITS, "train"),
            ("y2", 2.2, W_XH, "dash", text.SPLITS, "test"))
    ]  # fmt: skip
    dots = {"mode": "markers", "cliponaxis": False, "hoverinfo": "skip"}
    lines += [
        {"yaxis": axis, **dots, "marker": {"size": 9, "color": TWO, "opacity": 1}}
        for axis in ("y", "y2")
    ]
    up = {"symbol": "triangle-up", "size": 7, "opacity": 1}
    lines += [{"yaxis": "y", **dots, "marker": {**up, "color": color}} for color in (FAINT, INK)]
    low, top = span
    figure = over_epochs(goal, loss_and_right(top, log, low), lines, r=104, t=6, b=20)
    return figure.update_layout(xaxis={"title": None})


def filled(
    history: Numbers, previous: Numbers, at: float, span: tuple[float, float]
) -> dict[str, Any]:
    """The run so far. history, previous : (epochs, 5) epoch, train and test loss, train and test
    accuracy. at : the epoch that is shown. span : the losses that the picture holds; one beyond is
    drawn on its edge, above the top with a mark, and the highest has its number.
    """
    now, old = (np.array(rows, float).reshape(-1, 5) for rows in (history, previous))
    shown = now[np.abs(now[:, 0] - at).argmin()]
    curves = [(old, 1), (old, 2), (now, 1), (now, 2), (old, 3), (now, 3), (now, 4)]
    points = [(rows[:, 0], rows[:, i].clip(*span) if i < 3 else rows[:, i]) for rows, i in curves]
    points += [([at, at], shown[1:3].clip(*span)), ([at, at], shown[3:5])]
    high = [rows[(rows[:, 1:3] > span[1]).any(axis=1), 0] for rows in (old, now)]
    points += [(epochs, [span[1]] * len(epochs)) for epochs in high]
    notes = _numbers(shown)
    if len(high[1]):
        said = text.HIGHEST.format(value=compact(np.nanmax(now[:, 1:3])))
        notes.append(name(said, INK, 1, "y domain", yanchor="middle", yshift=-1))
    lines = [rule("x", at, color=INK, width=1.2)]
    if shown[3] - shown[4] >= GAP:
        lines.append({"type": "line", "xref": "x", "yref": "y2", "x0": at, "x1": at, "y0": shown[4],
                      "y1": shown[3], "line": {"color": BAD, "width": 5}})  # fmt: skip
    return {"data": traces(points), "layout": {"shapes": lines, "annotations": notes}}


def _numbers(shown: np.ndarray) -> list[dict[str, Any]]:
    """The numbers of the moment, right of the picture; nothing for a test that there is not."""
    texts = [("y domain", shown[1:3], "{:.3f}".format, 0.66),
             ("y2 domain", shown[3:5], percent, 0.95)]  # fmt: skip
    return [
        name(text.NUMBER[split].format(value=form(value)), color, y, axis, yanchor="middle")
        for axis, values, form, top in texts
        for value, split, color, y in zip(values, ("train", "test"), TWO, (top, 0.3), strict=True)
        if math.isfinite(value)
    ] + [name(text.EPOCHS_AXIS, QUIET, 0, yanchor="top", yshift=-1, xshift=24)]  # fmt: skip


# ---- several runs ----


def several(n_runs: int, longest: int, top: float = TOP) -> go.Figure:
    """Loss on train above, accuracy on the test beneath; traces 2 i and 2 i + 1 are run i's. Two
    runs have a colour and a line style each; many are one faint colour.
    """
    faint = {"line": {"color": W_HY, "width": 1.4}, "opacity": 0.6}
    two = [{"line": {"color": color, "dash": DASH[color], "width": 2.2}} for color in TWO]
    said = {"hovertemplate": text.CURVE["any"]}
    looks = two if n_runs == 2 else [faint] * n_runs
    lines = [{"yaxis": axis, **look, **said} for look in looks for axis in ("y", "y2")]
    return over_epochs(longest, loss_and_right(top), lines, r=190, t=10)


def several_filled(
    runs: Sequence[Numbers], names: Sequence[str], converged: Sequence[int | None],
    top: float = TOP,
) -> dict[str, Any]:  # fmt: skip
    """runs : for each (epochs, 3) epoch, train loss, test accuracy. names : shown at two's ends.
    converged : the epochs at which many have a mark. A loss above the top is drawn on it.
    """
    tables = [np.array(rows, float).reshape(-1, 3) for rows in runs]
    data = traces([(table[:, 0], table[:, column].clip(max=top)) for table in tables
                   for column in (1, 2)])  # fmt: skip
    highest = max((np.nanmax(table[:, 1]) for table in tables if len(table)), default=0.0)
    notes = [name(names[i], TWO[i], 1 - 0.12 * i) for i in range(2)] if len(runs) == 2 else []
    if highest > top:
        notes.append(name(text.HIGHEST.format(value=compact(highest)), INK, 0.72))
    marks = [{**rule("x", e, color=FAINT, width=2), "yref": "y2", "y0": 1.0, "y1": 1.04}
             for e in converged if e is not None and len(runs) != 2]  # fmt: skip
    return {"data": data, "layout": {"annotations": notes, "shapes": marks}}
