"""Perplexity over the epochs: of what is learned and what is held out, against those who guess."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.numbers import compact
from ui.kit.theme import DASH, FAINT, GOOD, HAIR, INK, QUIET, W_HY, W_XH, rule
from ui.write import text

TICKS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048)
PLACES = {"uniform": (0.99, "bottom"), "unigram": (0.99, "top"), "floor": (0.6, "top")}
"""{name: where its number stands: x, and whether its line is below or above it}."""
LOW, OVER = 0.55, 2.5
"""The picture begins below 1, and ends so many times above the uniform guess; what is higher is
drawn on its edge.
"""


def blank(goal: int, guesses: Mapping[str, float]) -> go.Figure:
    """Traces: 0 seen, 1 held out, 2 the moment. guesses : {name: perplexity}, each a line."""
    top = OVER * max(guesses.values())
    ticks = [tick for tick in TICKS if tick <= top]
    lines = [
        go.Scatter(x=[], y=[], mode="lines",
                   line={"color": color, "dash": DASH[color], "width": 2.2},
                   hovertemplate=text.AT_EPOCH.format(name=name))
        for name, color in ((text.SEEN, W_HY), (text.HELD_OUT, W_XH))
    ]  # fmt: skip
    dots = go.Scatter(x=[], y=[], mode="markers", hoverinfo="skip", cliponaxis=False,
                      marker={"size": 8, "color": [W_HY, W_XH], "opacity": 1})  # fmt: skip
    shapes, notes = [], []
    for name, value in guesses.items():
        color, (x, side) = GOOD if name == "floor" else FAINT, PLACES[name]
        shapes.append(rule("y", value, color=color, width=1.2, dash="dot"))
        notes.append({
            "x": x, "xref": "paper", "xanchor": "right", "y": math.log10(value), "yref": "y",
            "yanchor": side, "showarrow": False,
            "text": f"{text.BASELINES[name]} {compact(value)}",
            "font": {"size": theme.TICK, "color": GOOD if name == "floor" else QUIET},
        })  # fmt: skip
    return go.Figure([*lines, dots], theme.layout(
        margin={"l": 44, "r": 104, "t": 6, "b": 22},
        xaxis=theme.axis(range=[0, goal], nticks=5),
        yaxis=theme.axis(type="log", range=[math.log10(LOW), math.log10(top)], showgrid=True,
                         gridcolor=HAIR, tickvals=ticks[:: 1 + (len(ticks) > 5)]),
        shapes=shapes, annotations=notes,
    ))  # fmt: skip


def filled(
    history: Sequence[tuple[int, float, float]], at: int, figure: go.Figure
) -> dict[str, Any]:
    """The run so far. history : (epoch, perplexity seen, held out). at : the epoch shown."""
    rows = np.array(history, float).reshape(-1, 3)
    top = 10 ** figure.layout.yaxis.range[1]
    shown = rows[np.abs(rows[:, 0] - at).argmin()]
    data: dict[str, Any] = {
        str(i): {"x": rows[:, 0].tolist(), "y": _kept(rows[:, 1 + i], top)} for i in range(2)
    }
    data["2"] = {"x": [at, at], "y": _kept(shown[1:], top)}
    notes = [note.to_plotly_json() for note in figure.layout.annotations]
    places = _apart(np.log10(np.minimum(shown[1:], top)), figure.layout.yaxis.range[1] * 0.18)
    for name, color, value, y in zip((text.SEEN, text.HELD_OUT), (W_HY, W_XH), shown[1:], places,
                                     strict=True):  # fmt: skip
        notes.append({
            "x": 1, "xref": "paper", "xanchor": "left", "xshift": 8, "y": y, "yref": "y",
            "showarrow": False, "text": f"{name} <b>{value:.3g}</b>",
            "font": {"size": 14, "color": color},
        })  # fmt: skip
    shapes = [shape.to_plotly_json() for shape in figure.layout.shapes]
    shapes.append(rule("x", at, color=INK, width=1.2))
    return {"data": data, "layout": {"annotations": notes, "shapes": shapes}}


def _kept(values: np.ndarray, top: float) -> list[float | None]:
    return [round(min(v, top), 4) if math.isfinite(v) else None for v in values.tolist()]


def _apart(places: np.ndarray, least: float) -> list[float]:
    """Two places moved so far from each other that their names do not touch."""
    middle, half = float(places.mean()), max(float(abs(places[1] - places[0])), least) / 2
    up = places[1] >= places[0]
    low = max(middle - half, 0.0)
    return [low, low + 2 * half] if up else [low + 2 * half, low]
