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
from ui.read import text

HEIGHT = 330
LARGEST = 34
"""Pixels of the marker of the fullest bin; the others by their area."""


def panels(model: Model, data: Dataset, temperature: float | None) -> list[Panel]:
    """One dot for each range of confidence. temperature : what its logits were divided by so that
    it is as sure as it is right; None for nothing.
    """
    title = text.SURE
    if not len(data.test):
        return [
            Text("sure", node("h3", title)),
            Text("none", look_for(text.NO_TEST)),
        ]
    logits, asked = answers(model, data, data.test), data.test.answers.T
    found = calibration(softmax(logits[None])[0], asked[asked >= 0])
    what = "answers" if model.per_step else "sentences"
    said = text.SURE_SAYS[what].format(n=found.count.sum())
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
        hovertemplate=text.SURE_CELL,
    )  # fmt: skip
    line = go.Scatter(x=[low, 1], y=[low, 1], mode="lines", hoverinfo="skip",
                      line={"color": FAINT, "width": 1.5, "dash": "dash"})  # fmt: skip
    ends = {"range": [low - 0.03, 1.04], "tickformat": ".0%", "showgrid": True,
            "gridcolor": theme.HAIR}  # fmt: skip
    return go.Figure([line, dots], theme.layout(
        margin={"l": 62, "r": 24, "t": 12, "b": 44},
        xaxis=theme.axis(title=theme.title(text.SURE_AXIS), **ends),
        yaxis=theme.axis(title=theme.title(text.RIGHT_AXIS),
                         **{**ends, "range": [-0.04, 1.08]}),
    ))  # fmt: skip


def _look(found: Calibration, what: str) -> str:
    """The fullest bin in numbers, and the mean distance from the line."""
    most = int(found.count.argmax())
    sure, right = float(found.confidence[most]), float(found.right[most])
    return text.SURE_LOOK[what].format(
        n=found.count[most], all=found.count.sum(), sure=percent(sure), right=percent(right),
        error=100 * found.error,
    )  # fmt: skip


def _scaled(temperature: float | None) -> list[str]:
    return [] if temperature is None else [text.SCALED.format(temperature=temperature)]
