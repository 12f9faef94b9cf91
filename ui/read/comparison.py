"""Pictures that compare readings: states over one another, curves beneath, and bars of changes.

Arrays and labels in, a Plotly figure out. Columns are words, shared by all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.theme import FAINT, FORWARD, HAIR, INK, QUIET, W_HH, W_HY, W_XH

COLUMNS = "minmax(0, 1.75fr) minmax(0, 1fr)"
LOOKS = ((W_HY, "solid", "circle"), (W_XH, "dash", "diamond"), (W_HH, "dot", "square"))
ROOM, FOOT, GAP = 0.23, 0.02, 0.01
"""Of the height: what each axis of curves takes; below it; between two states."""
APART = 0.17
"""Names stand at least this share of their axis apart."""
FLOOR = 1e-12
BARS_HEIGHT = 210
TOPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""What the scale of the bars may end at."""


@dataclass(frozen=True)
class State:
    """A heatmap. values : (T, H). units : its rows from top to bottom. limit : of its colours."""

    name: str
    values: np.ndarray
    units: Sequence[int]
    limit: float = 1.0
    color: str = INK

    @property
    def rows(self) -> list[list[float]]:
        """Its numbers as a heatmap's rows."""
        return [[round(v, 2) for v in row] for row in self.values.T[list(self.units)].tolist()]


@dataclass(frozen=True)
class Curves:
    """Curves that share an axis. values : (T,) each. said : each of their numbers, as text.
    ends : what is written at the end of each.
    """

    title: str
    names: Sequence[str]
    values: Sequence[np.ndarray]
    said: Sequence[Sequence[str]]
    ends: Sequence[str]
    axis: dict[str, Any]

    @property
    def patch(self) -> list[dict[str, Any]]:
        """What changes in each trace when the numbers do."""
        return [{"y": [round(v, 4) for v in curve.tolist()], "customdata": list(said)}
                for curve, said in zip(self.values, self.said, strict=True)]  # fmt: skip

    def names_at(self, axis: str) -> list[dict[str, Any]]:
        """Each curve's name at its end, apart from the others'."""
        low, high = self.axis["range"]
        last = [float(curve[-1]) for curve in self.values]
        places = spread(last, APART * (high - low), low, high)
        return [
            {"text": theme.escape(text), "x": 1, "xref": "paper", "y": place, "yref": axis,
             "xanchor": "left", "xshift": 4, "showarrow": False,
             "font": {"color": color, "size": 12}}
            for text, place, (color, _, _) in zip(self.ends, places, LOOKS, strict=False)
        ]  # fmt: skip


def answers(answer: str, names: Sequence[str], p: Sequence[np.ndarray]) -> Curves:
    """P(answer) after each word; p : (T,) each."""
    ends = [f"{name} {curve[-1]:.2f}" for name, curve in zip(names, p, strict=True)]
    said = [[f"{v:.3f}" for v in curve] for curve in p]
    axis = {"range": [-0.12, 1.12], "tickvals": [0, 1]}
    return Curves(f"P({theme.escape(answer)})", names, p, said, ends, axis)


def lengths(title: str, names: Sequence[str], values: Sequence[np.ndarray]) -> Curves:
    """Lengths (T,) on a logarithmic axis, whole powers of ten; what is no number is at its foot."""
    every = np.concatenate([np.asarray(length, float) for length in values])
    every = every[np.isfinite(every) & (every > FLOOR)]
    low, high = -1.0, 0.0
    if len(every):
        low, high = float(np.floor(np.log10(every.min()))), float(np.ceil(np.log10(every.max())))
        high = max(high, low + 1)
    ticks = list(range(int(low), int(high) + 1))[:: max(1, round((high - low) / 3))]
    texts = [f"10<sup>{n}</sup>".replace("-", "−") for n in ticks]
    axis = {"range": [low, high], "tickvals": ticks, "ticktext": texts, "showgrid": True,
            "gridcolor": HAIR}  # fmt: skip
    logs = [np.clip(np.log10(np.nan_to_num(length) + FLOOR), low, high) for length in values]
    return Curves(title, names, logs, [[f"{v:.2g}" for v in length] for length in values], names,
                  axis)  # fmt: skip


def figure(states: Sequence[State], plots: Sequence[Curves], ticks: dict[str, Any]) -> go.Figure:
    """States over one another, and curves beneath them. ticks : of the words, above them all.

    Trace i is state i, then come the curves, axis by axis.
    """
    last, places = len(states[0].values) - 1, rooms(len(states), len(plots))
    traces, axes = [], {}
    for i, state in enumerate(states):
        n_rows, axis = len(state.units), str(i + 1) if i else ""
        traces.append(theme.heatmap(
            state.rows, FORWARD, state.limit, yaxis=f"y{axis}", xgap=1,
            ygap=1 if n_rows <= 32 else 0, customdata=[[u] * (last + 1) for u in state.units],
            hovertemplate=f"{state.name}, unit %{{customdata}}: %{{z:+.2f}}<extra></extra>",
        ))  # fmt: skip
        title = {"text": f"<b>{state.name}</b>", "font": {"size": 13, "color": state.color}}
        axes[f"yaxis{axis}"] = theme.axis(domain=places[i], range=[n_rows - 0.5, -0.5],
                                          showticklabels=False, title=title)  # fmt: skip
    for k, plot in enumerate(plots, start=len(states)):
        for patch, name, look in zip(plot.patch, plot.names, LOOKS, strict=False):
            traces.append(_curve(f"{name}: {plot.title}", look, patch, f"y{k + 1}"))
        axes[f"yaxis{k + 1}"] = theme.axis(domain=places[k], title=theme.title(plot.title),
                                           **plot.axis)  # fmt: skip
    axes["xaxis"] = theme.axis(side="top", range=[-0.5, last + 0.5], anchor="free", position=1,
                               **ticks)  # fmt: skip
    margin = {"l": 72, "r": 82, "t": 50, "b": 14}
    return go.Figure(
        traces, theme.layout(margin=margin, annotations=names(len(states), plots), **axes)
    )


def _curve(name: str, look: tuple[str, str, str], patch: dict[str, Any], axis: str) -> go.Scatter:
    color, dash, symbol = look
    size = 8 if len(patch["y"]) <= 20 else 5
    return go.Scatter(
        x=list(range(len(patch["y"]))), **patch, yaxis=axis, mode="lines+markers",
        line={"color": color, "width": 2, "dash": dash}, cliponaxis=False,
        marker={"size": size, "color": color, "symbol": symbol, "opacity": 1},
        hovertemplate=f"{name} = %{{customdata}}<extra></extra>",
    )  # fmt: skip


def rooms(n_states: int, n_plots: int) -> list[list[float]]:
    """From where to where each axis goes, the states from the top, then the curves."""
    low = ROOM * n_plots
    size = (1 - low) / n_states
    tops = [1 - i * size for i in range(n_states)]
    feet = [ROOM * (n_plots - 1 - k) + FOOT for k in range(n_plots)]
    return [[top - size + GAP, top] for top in tops] + [[foot, foot + ROOM - 0.06] for foot in feet]


def names(n_states: int, plots: Sequence[Curves]) -> list[dict[str, Any]]:
    """What is written at the curves' ends."""
    return [one for k, plot in enumerate(plots) for one in plot.names_at(f"y{n_states + 1 + k}")]


def spread(ends: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places for names at these ends, in the same order, none closer than the gap, in low..high."""
    order = sorted(range(len(ends)), key=lambda i: ends[i])
    places = [ends[i] for i in order]
    for k, _ in enumerate(pairwise(order), start=1):
        places[k] = max(places[k], places[k - 1] + gap)
    shift = (sum(ends) - sum(places)) / len(places)
    shift = max(min(shift, high - places[-1]), low - places[0])
    at = dict(zip(order, places, strict=True))
    return [at[i] + shift for i in range(len(ends))]


def at_column(n_states: int, n_plots: int, t: int) -> list[dict[str, Any]]:
    """Shapes: where we are, in the states and in each of the curves; and where P is one half."""
    every = rooms(n_states, n_plots)
    place = {"x0": t - 0.5, "x1": t + 0.5, "yref": "paper", "type": "rect"}
    spans = [[every[n_states - 1][0], 1], *every[n_states:]]
    looks = [(INK, 2), *[(QUIET, 1)] * n_plots]
    half = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": f"y{n_states + 1}",
            "y0": 0.5, "y1": 0.5, "line": {"color": HAIR, "width": 1, "dash": "dot"}}  # fmt: skip
    return [half] + [
        {**place, "y0": low, "y1": high, "line": {"color": color, "width": width}}
        for (low, high), (color, width) in zip(spans, looks, strict=True)
    ]


def apart(first: np.ndarray, second: np.ndarray) -> list[float]:
    """How far apart two states (T, H) are at each column: |difference| / sqrt(H), 0..2."""
    return [round(float(v), 3) for v in np.sqrt(((first - second) ** 2).mean(axis=1))]


def narrow(left: int = 44) -> dict[str, Any]:
    """The same on a phone: leaning words, smaller margins."""
    small = {axis: {"title": {"font": {"size": 11}}} for axis in ("yaxis", "yaxis2", "yaxis3")}
    margin = {"l": left, "r": 74, "t": 62}
    return {"one_line": True, "layout": {"margin": margin, "xaxis": {"tickangle": -55}, **small}}


def bars(change: np.ndarray, labels: Sequence[str], turns: Sequence[bool], what: str) -> go.Figure:
    """|change of P| for each possible intervention; those that turn the verdict are striped.

    what : "unit" or "word", for the reader.
    """
    made = go.Figure([go.Bar(
        x=list(range(len(change))), y=[round(abs(v), 4) for v in change.tolist()], width=0.72,
        customdata=[[theme.escape(label), f"{v:+.2f}"] for label, v in
                    zip(labels, change.tolist(), strict=True)],
        marker={"color": [W_XH if turn else FAINT for turn in turns],
                "pattern": {"shape": ["/" if turn else "" for turn in turns]}},
        hovertemplate=f"{what} %{{customdata[0]}}: %{{customdata[1]}}<extra></extra>",
    )])  # fmt: skip
    top = next(top for top in TOPS if top >= min(float(np.abs(change).max()), 1))
    short = [label if len(label) <= 9 else label[:8] + "…" for label in labels]
    small = max(map(len, short)) > 2 if what == "unit" else len(short) > 12
    every, lean = 1 + (len(labels) > 20), -50 if len(labels) <= 12 else -90
    made.update_layout(theme.layout(
        margin={"l": 34, "r": 6, "t": 8, "b": 26 if what == "unit" else 54}, hovermode="x",
        xaxis=theme.axis(range=[-0.6, len(change) - 0.4], tickmode="array",
                         tickvals=list(range(0, len(change), every)),
                         ticktext=[theme.escape(label) for label in short[::every]],
                         tickangle=0 if what == "unit" else lean,
                         tickfont={"size": 10 if small else 12, "color": QUIET}),
        yaxis=theme.axis(range=[0, 1.04 * top], tickvals=[0, top], showgrid=True, gridcolor=HAIR),
    ))  # fmt: skip
    return made


def bar_at(place: int) -> dict[str, Any]:
    """Frame the bar of the intervention that is made."""
    return {"layout": {"shapes": [theme.outline(place - 0.5, place + 0.5, 0, 1, yref="paper")]}}
