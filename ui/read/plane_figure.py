"""The plane of two units: arrows of a step without a word, fixed points, the readout, the trail.

A reading's arrays in, a Plotly figure out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.theme import CARD, FAINT, INK, W_HH, W_HY, W_XH
from ui.read import text
from ui.sequence import field
from ui.sequence.reading import Reading

N_ARROWS = 11
LONGEST = 0.8
"""Of the space between two arrows: the longest one."""
STAYS, LEAVES, MEMORY, WORD, TRAIL, HERE = 3, 4, 5, 6, 7, 8
"""Traces; 0 and 1 are the arrows and their heads, 2 the readout's line."""


def figure(reading: Reading, points: Sequence[field.FixedPoint]) -> go.Figure:
    """All that stays while one steps; at_step moves the rest."""
    low, high = _span(reading)
    tails, heads, angles = _arrows(reading, low, high)
    traces = [
        go.Scatter(x=tails[0], y=tails[1], mode="lines", line={"color": FAINT, "width": 1.3}),
        go.Scatter(x=heads[0], y=heads[1], mode="markers",
                   marker={"symbol": "arrow", "size": 8, "angle": angles, "color": FAINT}),
        _readout(reading, low, high),
        _points([point for point in points if point.attracts], "circle", 11),
        _points([point for point in points if not point.attracts], "x-thin", 10),
        *(go.Scatter(mode="lines", line={"color": color, "width": 3, "dash": dash})
          for color, dash in ((W_HH, "dot"), (W_XH, "solid"))),
        go.Scatter(mode="lines+markers+text", line={"color": INK, "width": 1.6},
                   marker={"size": 6, "color": INK}, textposition="top center",
                   textfont={"size": 14, "color": INK}, cliponaxis=False),
        go.Scatter(mode="markers", cliponaxis=False,
                   marker={"size": 14, "color": CARD, "line": {"color": INK, "width": 3}}),
    ]  # fmt: skip
    for trace in traces:
        trace.hoverinfo = "skip"
    ticks = {"tickvals": [-1, 0, 1], "zeroline": True, "zerolinecolor": theme.HAIR, "range":
             [low - 0.1, high + 0.1], "constrain": "domain"}  # fmt: skip
    margin = {"l": 44, "r": 8, "t": 10, "b": 36}
    return go.Figure(traces, theme.layout(
        margin=margin, xaxis=theme.axis(title=theme.title(text.UNIT.format(unit=0)), **ticks),
        yaxis=theme.axis(title=theme.title(text.UNIT.format(unit=1)), scaleanchor="x", **ticks),
    ))  # fmt: skip


def at_step(reading: Reading, t: int) -> dict[str, Any]:
    """Where the state is at word t (from 0), what the memory alone would make of the last one,
    and where the word takes it.
    """
    order = list(range(len(reading.words)))
    order = order[::-1] if reading.place.backwards else order
    read = order[: order.index(t) + 1]
    walk = np.vstack([reading.fwd.h_0, reading.fwd.h[read]])
    here, before = walk[-1], reading.fwd.h_before[t]
    names = [text.START, *(f"<b>{theme.escape(reading.words[s])}</b>" for s in read)]
    data = {
        str(TRAIL): {**_xy(walk), "text": names},
        str(HERE): _xy(here[None]),
    }
    if field.has_one(reading.model):
        alone = field.step(reading.model, reading.place, before[:, None])[:, 0]
        data[str(MEMORY)] = _xy(np.stack([before, alone]))
        data[str(WORD)] = _xy(np.stack([alone, here]))
    return {"data": data}


def _xy(points: np.ndarray) -> dict[str, Any]:
    """(N, 2) points as a trace wants them."""
    x, y = np.round(points, 4).T.tolist()
    return {"x": x, "y": y}


def _span(reading: Reading) -> tuple[float, float]:
    """The range of both axes: the state's own, and what the sentence reaches."""
    signal = reading.model.cell.signals[0]
    reached = reading.fwd.h
    return min(signal.low, float(reached.min())), max(signal.high, float(reached.max()))


def _arrows(
    reading: Reading, low: float, high: float
) -> tuple[list[list[float | None]], np.ndarray, list[float]]:
    """Shafts, as x and y with gaps; heads (2, N); and their angles, 0 upwards, clockwise."""
    if not field.has_one(reading.model):
        return [[], []], np.zeros((2, 0)), []
    line = np.linspace(low, high, N_ARROWS)
    start = np.stack(np.meshgrid(line, line)).reshape(2, -1)
    moved = field.step(reading.model, reading.place, start) - start
    longest = float(np.linalg.norm(moved, axis=0).max()) or 1.0
    end = start + moved * (LONGEST * (high - low) / (N_ARROWS - 1) / longest)
    gap = np.full_like(start, np.nan)
    shafts = np.stack([start, end, gap], axis=-1).reshape(2, -1).round(4)
    tails = [[None if np.isnan(v) else float(v) for v in row] for row in shafts]
    return tails, end.round(4), np.degrees(np.arctan2(*moved)).round(1).tolist()


def halves(reading: Reading) -> bool:
    """Whether a line in the plane parts two answers."""
    return reading.model.params["W_hy"].shape == (2, 2) and reading.is_top


def _readout(reading: Reading, low: float, high: float) -> go.Scatter:
    """Where two answers are equally likely: on one side of the line it says one, on the other the
    other. Drawn where the readout sees these two units alone.
    """
    W_hy, b_y = reading.model.params["W_hy"], reading.model.params["b_y"]
    line = go.Scatter(mode="lines", line={"color": W_HY, "width": 2, "dash": "dash"})
    if not halves(reading):
        return line
    (u, v), b = W_hy[1] - W_hy[0], float(b_y[1] - b_y[0])
    ends = np.linspace(low, high, 2)
    if abs(v) >= abs(u) > 0 or (v and not u):
        return line.update(x=ends.tolist(), y=(-(b + u * ends) / v).tolist())
    if u:
        return line.update(x=(-(b + v * ends) / u).tolist(), y=ends.tolist())
    return line


def _points(points: Sequence[field.FixedPoint], symbol: str, size: int) -> go.Scatter:
    """Fixed points of one kind."""
    return go.Scatter(
        x=[point.h[0] for point in points], y=[point.h[1] for point in points], mode="markers",
        cliponaxis=False,
        marker={"symbol": symbol, "size": size, "color": W_HH, "opacity": 1,
                "line": {"color": W_HH, "width": 2.5}},
    )  # fmt: skip
