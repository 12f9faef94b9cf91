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
from ui.kit.theme import ACCENT, CARD, DASH, FAINT, HAIR, INK, QUIET, W_HH, W_HY, W_XH, rule

HEIGHT, GRADIENT_HEIGHT = 330, 96
FLOOR = 1e-3
TWO = (W_HY, W_XH)
"""The colours of train and test, and those of two runs."""
NARROW = {"layout": {"margin": {"l": 30, "r": 26}}}
Numbers = Sequence[Sequence[float]]


def over_epochs(
    goal: int, axes: Sequence[dict[str, Any]], lines: Sequence[dict[str, Any]], **margin: int
) -> go.Figure:
    """Lines over epochs 0..goal in pictures one above the other.

    axes : what is particular to each picture's y-axis, from the top. lines : and to each curve.
    """
    names = ["yaxis", *(f"yaxis{i}" for i in range(2, len(axes) + 1))]
    drawn = [theme.axis(showgrid=True, gridcolor=HAIR, **axis) for axis in axes]
    x = theme.axis(range=[0, goal], anchor=f"y{len(axes)}", title=theme.title("epoch"))
    margins = {"l": 46, "r": 52, "t": 14, "b": 34, **margin}
    return go.Figure(
        [go.Scatter(x=[], y=[], mode="lines", cliponaxis=True, **line) for line in lines],
        theme.layout(margin=margins, xaxis=x, **dict(zip(names, drawn, strict=True))),
    )


def loss_and_right(
    top: float, log: bool = False, titles: tuple[str, str] = ("loss, nats", "right")
) -> list[dict[str, Any]]:
    """The two axes of a run's picture. top : the largest loss shown, in nats."""
    span = [np.log10(FLOOR), np.log10(top)] if log else [0, top]
    return [
        {"domain": [0.42, 1], "range": span, "type": "log" if log else "linear", "nticks": 6,
         "title": theme.title(titles[0])},
        {"domain": [0, 0.33], "range": [0.3, 1.04], "tickvals": [0.5, 1],
         "ticktext": ["50 %", "100 %"], "title": theme.title(titles[1])},
    ]  # fmt: skip


def name(text: str, color: str, y: float, yref: str = "paper", **more: Any) -> dict[str, Any]:
    """A text right of the picture."""
    return {"x": 1, "xref": "paper", "y": y, "yref": yref, "text": theme.escape(text), "xshift": 4,
            "showarrow": False, "xanchor": "left", "font": {"size": 12, "color": color},
            **more}  # fmt: skip


def traces(points: Sequence[tuple[Any, Any]]) -> dict[str, Any]:
    """{trace: its points} of (x, y) for each trace, in their order."""
    return {str(i): {"x": clean(x), "y": clean(y)} for i, (x, y) in enumerate(points)}


def clean(values: Any) -> list[float | None]:
    """Numbers for a curve; None, a gap, for what is not finite."""
    values = np.asarray(values, float)
    rounded = values.round(4).tolist()
    if np.isfinite(values).all():
        return rounded
    return [v if math.isfinite(v) else None for v in rounded]


# ---- one run ----


def blank(goal: int, top: float, log: bool) -> go.Figure:
    """Loss above, accuracy beneath. Traces: 0 and 1 the previous run's losses, 2 and 3 train and
    test loss, 4 and 5 train and test accuracy. top : as in loss_and_right.
    """
    lines = [
        {"yaxis": axis, "line": {"color": color, "dash": dash, "width": width},
         "hovertemplate": f"{of}{split}: %{{y:{form}}} at epoch %{{x}}<extra></extra>"}
        for axis, form, width, colors, of in (
            ("y", ".3f", 1.4, (FAINT, FAINT), "previous run, "), ("y", ".3f", 2.2, TWO, ""),
            ("y2", ".0%", 2.2, TWO, ""))
        for color, dash, split in zip(colors, ("solid", "dash"), ("train", "test"), strict=True)
    ]  # fmt: skip
    return over_epochs(goal, loss_and_right(top, log), lines)


def filled(
    history: Numbers, previous: Numbers, moments: Sequence[tuple[float, str]], at: float, goal: int
) -> dict[str, Any]:
    """The run so far. history, previous : (epochs, 5) epoch, train and test loss, train and test
    accuracy. moments : (epoch, what is worth seeing there). at : the epoch that is shown.
    """
    now, old = (np.array(rows, float).reshape(-1, 5) for rows in (history, previous))
    shapes = [rule("x", at, color=INK, width=1.2)]
    shapes += [rule("x", x, color=HAIR, width=1, dash="dot") for x, _ in moments]
    notes = []
    for i, (x, text) in enumerate(moments):
        side, shift = ("right", -4) if x > 0.55 * goal else ("left", 4)
        notes.append(name(text, QUIET, 1 - 0.085 * i, x=x, xref="x", xanchor=side, xshift=shift,
                          yanchor="top", bgcolor=CARD))  # fmt: skip
    for column, split, color in ((3, "train", W_HY), (4, "test", W_XH)):
        if len(now) and math.isfinite(now[-1, column]):  # the upper one's name stands above it
            upper = (now[-1, 3] >= now[-1, 4]) == (column == 3)
            notes.append(name(split, color, now[-1, column], "y2", yshift=7 if upper else -7))
    pairs = [(old, 1), (old, 2), (now, 1), (now, 2), (now, 3), (now, 4)]
    data = traces([(rows[:, 0], rows[:, column]) for rows, column in pairs])
    return {"data": data, "layout": {"shapes": shapes, "annotations": notes}}


# ---- several runs ----


def several(n_runs: int, longest: int, top: float) -> go.Figure:
    """Loss above, accuracy on the test beneath; traces 2 i and 2 i + 1 are run i's. Two runs have
    a colour and a line style each; many are one faint colour.
    """
    faint = {"line": {"color": W_HY, "width": 1.4}, "opacity": 0.6}
    two = [{"line": {"color": color, "dash": DASH[color], "width": 2.2}} for color in TWO]
    said = {"hovertemplate": "%{y:.3f} at epoch %{x}<extra></extra>"}
    looks = two if n_runs == 2 else [faint] * n_runs
    lines = [{"yaxis": axis, **look, **said} for look in looks for axis in ("y", "y2")]
    axes = loss_and_right(top, titles=("loss, train", "right, test"))
    return over_epochs(longest, axes, lines, r=84, t=10)


def several_filled(
    runs: Sequence[Numbers], names: Sequence[str], converged: Sequence[int | None]
) -> dict[str, Any]:
    """runs : for each (epochs, 3) epoch, train loss, test accuracy. names : shown at two's ends.
    converged : the epochs at which many have a mark.
    """
    tables = [np.array(rows, float).reshape(-1, 3) for rows in runs]
    data = traces([(table[:, 0], table[:, column]) for table in tables for column in (1, 2)])
    if len(runs) == 2:
        notes = [name(names[i], TWO[i], 1 - 0.12 * i) for i in range(2)]
        return {"data": data, "layout": {"annotations": notes}}
    top = {"yref": "y2", "y0": 1.0, "y1": 1.04}
    marks = [{**rule("x", e, color=FAINT, width=2), **top} for e in converged if e is not None]
    return {"data": data, "layout": {"shapes": marks}}


# ---- one sentence and the weights ----


def metrics(goal: int, n_words: int, answer: str) -> go.Figure:
    """Four small pictures: the sentence's answer, its memory horizon, the spectral radius of W_hh,
    the gradient's length. Traces 0..3 in that order.
    """
    pictures = [
        (f"P({theme.escape(answer)})", [-0.05, 1.05], W_HY, ":.3f}"),
        ("horizon", [-0.3, max(n_words - 1, 1) + 0.3], theme.GRADIENT, "} words"),
        ("radius", [0, 2.2], W_HH, ":.3f}"),
        ("gradient", [-3, 1.5], ACCENT, ":.3g}"),
    ]
    axes, lines = [], []
    for i, (title, span, color, form) in enumerate(pictures):
        place = {"domain": [0.795 - 0.25 * i, 0.985 - 0.25 * i], "title": theme.title(title)}
        axes.append({**place, "range": span, "nticks": 3, "type": "log" if i == 3 else "linear"})
        look = {"color": color, "width": 2, "shape": "hv" if i == 1 else "linear"}
        said = f"%{{y{form} at epoch %{{x}}<extra>{title}</extra>"
        lines.append({"yaxis": f"y{i + 1}" if i else "y", "line": look, "hovertemplate": said})
    return over_epochs(goal, axes, lines, l=62, r=14, t=6)


def metrics_filled(
    epochs: Sequence[float], rows: Numbers, clip_at: float | None, at: float
) -> dict[str, Any]:
    """rows : four lists over epochs, as in `metrics`. clip_at : where it is clipped, or None."""
    dotted = {"color": FAINT, "width": 1, "dash": "dot"}
    shapes = [rule("y3", 1, **dotted), rule("x", at, color=INK, width=1)]
    if clip_at is not None:
        label = {"text": "clip", "font": {"size": 11, "color": QUIET}, "textposition": "end"}
        shapes.append({**rule("y4", clip_at, **dotted), "label": label})
    return {"data": traces([(epochs, row) for row in rows]), "layout": {"shapes": shapes}}


def gradient(words: Sequence[str]) -> go.Figure:
    """|dL/dh_t| under each word, logarithmic; aligned with the picture of the state above it."""
    bars = go.Bar(
        x=list(range(len(words))), y=[], width=0.62, marker={"color": theme.GRADIENT},
        hovertemplate="|dL/dh| = %{y:.2g}<extra></extra>",
    )  # fmt: skip
    y = theme.axis(type="log", range=[-8, 1.2], tickvals=[1e-6, 1e-3, 1], showgrid=True,
                   ticktext=["1e−6", "1e−3", "1"], gridcolor=HAIR)  # fmt: skip
    x = theme.axis(range=[-0.5, len(words) - 0.5], showticklabels=False)
    return go.Figure(
        bars, theme.layout(margin={"l": 46, "r": 44, "t": 4, "b": 6}, xaxis=x, yaxis=y)
    )


def gradient_filled(lengths: np.ndarray) -> dict[str, Any]:
    """lengths : (T,) |dL/dh_t|; what is zero or no number has no bar."""
    bars = [float(v) if np.isfinite(v) and v > 0 else None for v in lengths]
    return {"data": {"0": {"y": bars}}}
