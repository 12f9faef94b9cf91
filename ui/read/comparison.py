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
from ui.kit.numbers import compact
from ui.kit.player import Figure, Node, Panel, Room, Text, node
from ui.kit.theme import BAND, FAINT, FORWARD, HAIR, INK, QUIET, TICK, W_HH, W_HY, W_XH
from ui.read import text
from ui.sequence.states import places, spread
from ui.sequence.words import Words

LOOKS = ((W_HY, "solid", "circle"), (W_XH, "dash", "diamond"), (W_HH, "dot", "square"))
SIGNS = {"circle": "●", "diamond": "◆", "square": "■"}
STATE, CURVE = 128, 84
"""Pixels of a state, and of an axis of curves."""
APART = 0.2
"""Numbers stand at least this share of their axis apart."""
FLOOR = 1e-12
BARS_HEIGHT = 220
TOPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""What the scale of the bars may end at."""


@dataclass(frozen=True)
class State:
    """A heatmap. values : (T, H). units : its rows from top to bottom. known : for each column
    whether it is a step. limit : of its colours. look : that of its curve, a number of LOOKS.
    """

    name: str
    values: np.ndarray
    units: Sequence[int]
    known: Sequence[bool]
    limit: float = 1.0
    look: int | None = None

    @property
    def rows(self) -> list[list[float | None]]:
        """Its numbers as a heatmap's rows."""
        return spread(self.values[:, list(self.units)].round(2), self.known)

    @property
    def title(self) -> dict[str, Any]:
        """Its name beside its rows, with the sign and the colour of its curve."""
        color, _, symbol = (INK, "", "") if self.look is None else LOOKS[self.look]
        said = f"{SIGNS.get(symbol, '')} <b>{theme.escape(self.name)}</b>"
        return {"text": said, "font": {"size": 14, "color": color}, "standoff": 6}


@dataclass(frozen=True)
class Curves:
    """Curves that share an axis. values : (T,) each. said : each of their numbers, as text."""

    title: str
    names: Sequence[str]
    values: Sequence[np.ndarray]
    said: Sequence[Sequence[str]]
    axis: dict[str, Any]

    @property
    def patch(self) -> list[dict[str, Any]]:
        """What changes in each trace when the numbers do."""
        return [{"y": [None if v != v else round(v, 4) for v in curve.tolist()],
                 "customdata": list(said)}
                for curve, said in zip(self.values, self.said, strict=True)]  # fmt: skip

    def ends_at(self, axis: str) -> list[dict[str, Any]]:
        """Each curve's last number, apart from the others'."""
        low, high = self.axis["range"]
        spots = apart([float(curve[-1]) for curve in self.values], APART * (high - low), low, high)
        return [
            {"text": said[-1], "x": 1, "xref": "paper", "y": spot, "yref": axis, "xanchor": "left",
             "xshift": 6, "showarrow": False, "font": {"color": color, "size": TICK}}
            for said, spot, (color, _, _) in zip(self.said, spots, LOOKS, strict=False)
        ]  # fmt: skip


def answers(answer: str, names: Sequence[str], p: Sequence[np.ndarray]) -> Curves:
    """P(answer) after each word; p : (T,) each."""
    said = [[f"{v:.2f}" for v in curve] for curve in p]
    axis = {"range": [-0.12, 1.12], "tickvals": [0, 1]}
    return Curves(text.P_OF.format(answer=theme.escape(answer)), names, p, said, axis)


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
    return Curves(title, names, logs, [[compact(v, 1) for v in length] for length in values], axis)


def panels(
    name: str, title: Node, states: Sequence[State], plots: Sequence[Curves], words: Words,
    description: str, look: Node = "", clicks: str = "step",
) -> list[Panel]:  # fmt: skip
    """States and curves under their words: "<name> title", "<name> words", name, "<name> look"."""
    made = figure(states, plots)
    rooms = [Room(axis.replace("y", "yaxis"), px=STATE if i < len(states) else CURVE,
                  gap=20 if i >= len(states) else 14)
             for i, axis in enumerate(_axes(len(states) + len(plots)))]  # fmt: skip
    narrow = {"data": {str(i): {"showscale": False} for i in range(len(states))}}
    return [
        Text(f"{name} title", node("h3", title)), words.panel(f"{name} words"),
        Figure(name, made, 0, title if isinstance(title, str) else name, description, clicks=clicks,
               columns=words.n_columns, narrow=narrow, stack=rooms),
        Text(f"{name} look", look),
    ]  # fmt: skip


def _axes(n: int) -> list[str]:
    return ["y", *(f"y{i}" for i in range(2, n + 1))]


def figure(states: Sequence[State], plots: Sequence[Curves]) -> go.Figure:
    """Trace i is state i, then come the curves, axis by axis; the axes have the same order."""
    known = states[0].known
    names, traces, axes = _axes(len(states) + len(plots)), [], {}
    for state, axis in zip(states, names, strict=False):
        n_rows = len(state.units)
        traces.append(theme.heatmap(
            state.rows, FORWARD, state.limit, yaxis=axis, xgap=1, ygap=1 if n_rows <= 32 else 0,
            customdata=[[unit] * len(known) for unit in state.units], showscale=True,
            colorbar=theme.color_bar((-state.limit, state.limit)),
            hovertemplate=text.STATE_CELL.format(name=theme.escape(state.name)),
        ))  # fmt: skip
        axes[f"yaxis{axis[1:]}"] = theme.axis(range=[n_rows - 0.5, -0.5], showticklabels=False,
                                              title=state.title)  # fmt: skip
    for plot, axis in zip(plots, names[len(states) :], strict=True):
        for patch, name, (color, dash, symbol) in zip(plot.patch, plot.names, LOOKS, strict=False):
            hover = text.CURVE.format(name=theme.escape(name), what=plot.title)
            traces.append(go.Scatter(
                x=places(known), **patch, yaxis=axis, mode="lines+markers", cliponaxis=False,
                line={"color": color, "width": 2, "dash": dash},
                marker={"size": 8 if len(known) <= 20 else 5, "color": color, "symbol": symbol,
                        "opacity": 1}, hovertemplate=hover,
            ))  # fmt: skip
        axes[f"yaxis{axis[1:]}"] = theme.axis(title=theme.title(plot.title), **plot.axis)
    axes["xaxis"] = theme.axis(range=[-0.5, len(known) - 0.5], showticklabels=False)
    made = theme.layout(
        margin={"l": 68, "r": 52, "t": 4, "b": 10}, annotations=ends(len(states), plots), **axes
    )
    return go.Figure(traces, made)


def ends(n_states: int, plots: Sequence[Curves]) -> list[dict[str, Any]]:
    """What is written at the curves' ends."""
    names = _axes(n_states + len(plots))[n_states:]
    return [one for plot, axis in zip(plots, names, strict=True) for one in plot.ends_at(axis)]


def apart(ends: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places for numbers at these ends, in their order, none closer than the gap, in low..high."""
    order = sorted(range(len(ends)), key=lambda i: ends[i])
    spots = [ends[i] for i in order]
    for k, _ in enumerate(pairwise(order), start=1):
        spots[k] = max(spots[k], spots[k - 1] + gap)
    shift = (sum(ends) - sum(spots)) / len(spots)
    shift = max(min(shift, high - spots[-1]), low - spots[0])
    at = dict(zip(order, spots, strict=True))
    return [at[i] + shift for i in range(len(ends))]


def at_column(n_states: int, column: int) -> list[dict[str, Any]]:
    """Shapes: a band at a column, its cells framed in each state; and where P is one half."""
    x = column - 0.5, column + 0.5
    band = theme.outline(*x, 0, 1, yref="paper", layer="below", fillcolor=BAND, line={"width": 0})
    framed = [theme.outline(*x, 0, 1, yref=f"{axis} domain") for axis in _axes(n_states)]
    half = theme.rule(f"y{n_states + 1}", 0.5, color=HAIR, width=1, dash="dot")
    return [half, band, *framed]


def distance(first: np.ndarray, second: np.ndarray) -> list[float]:
    """How far apart two states (T, H) are at each step: |difference| / sqrt(H), 0..2."""
    return [round(float(v), 3) for v in np.sqrt(((first - second) ** 2).mean(axis=1))]


def bars(change: np.ndarray, labels: Sequence[str], turns: Sequence[bool], what: str) -> go.Figure:
    """|change of P| for each possible intervention; those that turn the verdict are striped.

    what : "unit" or "word".
    """
    made = go.Figure([go.Bar(
        x=list(range(len(change))), y=[round(abs(v), 4) for v in change.tolist()], width=0.72,
        customdata=[[theme.escape(label), f"{v:+.2f}"] for label, v in
                    zip(labels, change.tolist(), strict=True)],
        marker={"color": [W_XH if turn else FAINT for turn in turns],
                "pattern": {"shape": ["/" if turn else "" for turn in turns]}},
        hovertemplate=text.BAR[what],
    )])  # fmt: skip
    top = next(top for top in TOPS if top >= min(float(np.abs(change).max()), 1))
    every = 1 + (len(labels) > 20)
    shown = [label if len(label) <= 9 else label[:8] + "…" for label in labels]
    made.update_layout(theme.layout(
        margin={"l": 40, "r": 6, "t": 8, "b": 26 if what == "unit" else 62}, hovermode="x",
        xaxis=theme.axis(range=[-0.6, len(change) - 0.4], tickmode="array",
                         tickvals=list(range(0, len(change), every)),
                         ticktext=[theme.escape(label) for label in shown[::every]],
                         tickangle=0 if what == "unit" else -50 if len(labels) <= 12 else -90,
                         tickfont={"size": TICK, "color": QUIET}),
        yaxis=theme.axis(range=[0, 1.04 * top], tickvals=[0, top], showgrid=True, gridcolor=HAIR),
    ))  # fmt: skip
    return made


def bar_at(place: int) -> dict[str, Any]:
    """Frame the bar of the intervention that is made."""
    return {"layout": {"shapes": [theme.outline(place - 0.5, place + 0.5, 0, 1, yref="paper")]}}
