"""Several networks on one sentence: their states, their answers, how far blame reaches back.

Arrays and labels in, a Plotly figure out. Columns are words, shared by all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import FORWARD, HAIR, INK, QUIET, W_HH, W_HY, W_XH

HEIGHT = 660
LOOKS = ((W_HY, "solid", "circle"), (W_HH, "dash", "square"), (W_XH, "dot", "diamond"))
ROOMS = ([0.83, 1.0], [0.65, 0.82], [0.47, 0.64])
ANSWERS, BLAMES = [0.25, 0.42], [0.02, 0.2]
FLOOR = 1e-12
APART = 0.17
"""Names stand at least this share of their room apart."""


def film(
    states: Sequence[np.ndarray],
    answers: Sequence[np.ndarray],
    blames: Sequence[np.ndarray],
    names: Sequence[str],
    words: Sequence[str],
    answer: str,
) -> go.Figure:
    """A heatmap for each network, and over the same words their answers and their blame.

    states : (T, H) each, in the order drawn. answers : (T,) each, P(answer) after each word.
    blames : (T,) each, its length. Traces 0 to 2 are the heatmaps, then answers, then blames.
    """
    last = len(words) - 1
    figure = go.Figure(layout=theme.layout(margin={"l": 72, "r": 62, "t": 50, "b": 14}))
    for i, (state, name, room) in enumerate(zip(states, names, ROOMS, strict=True)):
        axis, n_rows = f"yaxis{i + 1 if i else ''}", state.shape[1]
        figure.add_trace(theme.heatmap(
            [[round(v, 2) for v in row] for row in state.T.tolist()], FORWARD, 1.0,
            yaxis=axis.replace("axis", ""), xgap=1, ygap=1 if n_rows <= 24 else 0,
            hovertemplate=f"{name}: %{{z:+.2f}}<extra></extra>",
        ))  # fmt: skip
        title = {"text": f"<b>{name}</b>", "font": {"size": 13, "color": LOOKS[i][0]}}
        figure.update_layout({axis: theme.axis(
            domain=room, range=[n_rows - 0.5, -0.5], showticklabels=False, title=title,
        )})  # fmt: skip
    low, high = _decades(blames)
    ticks = list(range(int(low), int(high) + 1))[:: max(1, round((high - low) / 3))]
    logs = [np.clip(np.log10(np.nan_to_num(blame) + FLOOR), low, high) for blame in blames]
    for axis, curves, form in (("y4", answers, ".3f"), ("y5", logs, "")):
        for i, curve in enumerate(curves):
            figure.add_trace(_curve(curve, names[i], axis, i, form, blames[i]))
    p = theme.title(f"P({theme.escape(answer)})")
    figure.update_layout(
        xaxis=theme.axis(side="top", range=[-0.5, last + 0.5], anchor="free", position=1,
                         **theme.word_ticks(words)),
        yaxis4=theme.axis(domain=ANSWERS, range=[-0.12, 1.12], tickvals=[0, 1], title=p),
        yaxis5=theme.axis(domain=BLAMES, range=[low, high], tickvals=ticks,
                          ticktext=[f"10<sup>{n}</sup>".replace("-", "−") for n in ticks],
                          showgrid=True, gridcolor=HAIR, title=theme.title("|blame|")),
        annotations=[*_names(answers, names, "y4", (-0.12, 1.12)),
                     *_names(logs, names, "y5", (low, high))],
    )  # fmt: skip
    return figure


def _curve(
    curve: np.ndarray, name: str, axis: str, i: int, form: str, blame: np.ndarray
) -> go.Scatter:
    color, dash, symbol = LOOKS[i]
    said = f"%{{y:{form}}}" if form else "|blame| = %{customdata}"
    return go.Scatter(
        x=list(range(len(curve))), y=[round(v, 4) for v in curve.tolist()], yaxis=axis,
        mode="lines+markers", line={"color": color, "width": 2, "dash": dash},
        marker={"size": 7 if len(curve) <= 20 else 4, "color": color, "symbol": symbol,
                "opacity": 1},
        cliponaxis=False,
        customdata=[f"{v:.2g}" for v in blame.tolist()],
        hovertemplate=f"{name}: {said}<extra></extra>",
    )  # fmt: skip


def _decades(blames: Sequence[np.ndarray]) -> tuple[float, float]:
    """The whole powers of ten around all lengths, at least one decade."""
    every = np.concatenate([np.asarray(blame, float) for blame in blames])
    every = every[np.isfinite(every) & (every > FLOOR)]
    if not len(every):
        return -1.0, 0.0
    low, high = np.floor(np.log10(every.min())), np.ceil(np.log10(every.max()))
    return float(low), float(max(high, low + 1))


def spread(ends: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places for names at these ends, in the same order, none closer than the gap, in low..high."""
    order = sorted(range(len(ends)), key=lambda i: ends[i])
    places = [ends[i] for i in order]
    for k in range(1, len(places)):
        places[k] = max(places[k], places[k - 1] + gap)
    shift = (sum(ends) - sum(places)) / len(places)
    shift = max(min(shift, high - places[-1]), low - places[0])
    at = dict(zip(order, places, strict=True))
    return [at[i] + shift for i in range(len(ends))]


def _names(
    curves: Sequence[np.ndarray], names: Sequence[str], axis: str, room: tuple[float, float]
) -> list[dict[str, Any]]:
    """Each network's name at the end of its curve."""
    low, high = room
    places = spread([float(curve[-1]) for curve in curves], APART * (high - low), low, high)
    return [
        {"text": name, "x": 1, "xref": "paper", "y": place, "yref": axis, "xanchor": "left",
         "xshift": 4, "showarrow": False, "font": {"color": look[0], "size": 12}}
        for name, place, look in zip(names, places, LOOKS, strict=True)
    ]  # fmt: skip


def at_word(words: Sequence[str], t: int) -> dict[str, Any]:
    """The word where we are, through all pictures."""
    place = {"x0": t - 0.5, "x1": t + 0.5, "yref": "paper", "type": "rect"}
    rooms = ([ROOMS[-1][0], 1], ANSWERS, BLAMES)
    shapes = [
        {**place, "y0": low, "y1": high, "line": {"color": color, "width": width}}
        for (low, high), color, width in zip(rooms, (INK, QUIET, QUIET), (2, 1, 1), strict=True)
    ]
    return {"layout": {"shapes": shapes, "xaxis": theme.word_ticks(words, t)}}


NARROW = {
    "one_line": True,
    "layout": {"margin": {"l": 44, "r": 46, "t": 62}, "xaxis": {"tickangle": -55}},
}
"""The same on a phone: leaning words, smaller margins."""
