"""How sure is it?: how often it is right, beside how sure it says it is, on the test sentences."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from rnn_core import Dataset, Model
from rnn_core.experiments.calibration import Calibration, answers, calibration
from rnn_core.network import softmax
from ui.kit import theme
from ui.kit.numbers import percent
from ui.kit.player import Panel, Text, look_for, node, picture
from ui.kit.theme import ACCENT, FAINT

HEIGHT = 330
LARGEST = 34
"""Pixels of the marker of the fullest bin; the others by their area."""


def panels(model: Model, data: Dataset, temperature: float | None) -> list[Panel]:
    """One dot for each range of confidence. temperature : what its logits were divided by so that
    it is as sure as it is right; None for nothing.
    """
    title = "How sure is it, and how often right?"
    if not len(data.test):
        return [
            Text("sure", node("h3", title)),
            Text("none", look_for("nothing: there is no test.")),
        ]
    logits, asked = answers(model, data, data.test), data.test.answers.T
    found = calibration(softmax(logits[None])[0], asked[asked >= 0])
    what = "answers" if model.per_step else "sentences"
    said = f"{found.count.sum()} test {what} by the probability of the answer given"
    return picture("sure", title, _figure(found, len(model.classes)), HEIGHT, said,
                   look_for(_look(found, what), *_scaled(temperature)), card=True)  # fmt: skip


def _figure(found: Calibration, n_classes: int) -> go.Figure:
    """Right over confidence; on the line it is as often right as it is sure."""
    low = 1 / n_classes
    size = np.maximum(LARGEST * np.sqrt(found.count / found.count.max()), 7)
    dots = go.Scatter(
        x=found.confidence.round(4).tolist(), y=found.right.round(4).tolist(),
        mode="markers+text", cliponaxis=False, text=[f"{n}" for n in found.count],
        textposition="middle left", textfont={"size": theme.TICK},
        marker={"size": size.round(1).tolist(), "color": ACCENT, "opacity": 0.75},
        hovertemplate="says %{x:.0%}, right in %{y:.0%}<extra></extra>",
    )  # fmt: skip
    line = go.Scatter(x=[low, 1], y=[low, 1], mode="lines", hoverinfo="skip",
                      line={"color": FAINT, "width": 1.5, "dash": "dash"})  # fmt: skip
    ends = {"range": [low - 0.03, 1.04], "tickformat": ".0%", "showgrid": True,
            "gridcolor": theme.HAIR}  # fmt: skip
    return go.Figure([line, dots], theme.layout(
        margin={"l": 62, "r": 24, "t": 12, "b": 44},
        xaxis=theme.axis(title=theme.title("how sure it says it is"), **ends),
        yaxis=theme.axis(title=theme.title("how often it is right"),
                         **{**ends, "range": [-0.04, 1.08]}),
    ))  # fmt: skip


def _look(found: Calibration, what: str) -> str:
    """The fullest bin in numbers, and the mean distance from the line."""
    most = int(found.count.argmax())
    sure, right = float(found.confidence[most]), float(found.right[most])
    return (
        f"dots off the line. In {found.count[most]} of {found.count.sum()} {what} it says "
        f"{percent(sure)} in the mean, and {percent(right)} of them are right; over all {what} "
        f"the two are {100 * found.error:.1f} points apart. Numbers: {what} of a dot."
    )


def _scaled(temperature: float | None) -> list[str]:
    if temperature is None:
        return []
    return [f" Its logits were divided by one temperature, {temperature:.2f}, fitted on other "
            "sentences."]  # fmt: skip
