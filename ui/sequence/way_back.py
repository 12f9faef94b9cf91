"""One loss on its way back over the columns of a plan: how long its gradient is, and its numbers.

Arrays and names in, a figure and patches out; it must not know tasks, models or pages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.numbers import compact
from ui.kit.player import Figure, Room
from ui.kit.theme import BACKWARD, CARD, INK

MOST_NUMBERED = 18
"""Columns up to which a bar has room for its number."""
BARS = 84
"""Pixels of the bars, at least."""
NARROW: dict[str, Any] = {"layout": {"yaxis": {"title": {"text": ""}}}}


@dataclass(frozen=True)
class Bars:
    """A road of the gradient: its length at each of n columns. beside : columns to the right."""

    name: str
    color: str
    x: Sequence[float]
    y: np.ndarray
    beside: float = 0.0


@dataclass(frozen=True)
class Cells:
    """dL/dh (T, H) of a row of states that begins at a column."""

    letter: str
    first: float
    d: np.ndarray


@dataclass(frozen=True)
class WayBack:
    """All that is drawn. title : of the bars' axis. grounds : color of each span of columns."""

    bars: Sequence[Bars]
    cells: Sequence[Cells]
    n_columns: float
    title: str
    grounds: Mapping[tuple[float, float], str]

    def figure(self) -> go.Figure:
        """Traces: the bars of each road, then the cells of each row of states."""
        shown = self.n_columns <= MOST_NUMBERED
        beside = any(one.beside for one in self.bars)
        data: list[Any] = [
            go.Bar(
                x=[x + one.beside for x in one.x], y=[float(v) for v in one.y],
                width=0.36 if beside else 0.6, marker={"color": one.color}, name=one.name,
                text=[compact(float(v), 1) if shown and v else " " for v in one.y],
                textposition="outside", cliponaxis=False, textangle=0, constraintext="none",
                textfont={"size": theme.TICK, "color": INK},
                hovertemplate=f"{one.name} %{{y:.2e}}<extra></extra>",
            )
            for one in self.bars
        ]  # fmt: skip
        most = max((float(np.abs(one.d).max()) for one in self.cells), default=0.0) or 1.0
        units = list(range(self.cells[0].d.shape[1]))
        data += [
            theme.heatmap(one.d.T.tolist(), BACKWARD, most, x0=one.first, dx=1, yaxis="y2",
                          ygap=2 if len(units) <= 16 else 0.5,
                          hovertemplate=f"∂L/∂{one.letter} %{{y}}: %{{z:+.2e}}<extra></extra>")
            for one in self.cells
        ]  # fmt: skip
        top = 1.3 * max((float(one.y.max(initial=0.0)) for one in self.bars), default=0.0)
        return go.Figure(data, theme.layout(
            margin={"l": 62, "r": 12, "t": 24 if beside else 6, "b": 6}, showlegend=beside,
            legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom",
                    "font": {"size": theme.TICK}},
            shapes=self._grounds(),
            xaxis=theme.axis(range=[-0.5, self.n_columns - 0.5], showticklabels=False, anchor="y2"),
            yaxis=theme.axis(range=[0, top or 1], nticks=4, title=theme.title(self.title)),
            yaxis2=theme.unit_axis(units),
        ))  # fmt: skip

    def panel(self, label: str, description: str) -> Figure:
        """The figure, as wide as the drawing above it."""
        n_rows = self.cells[0].d.shape[1]
        rooms = [Room("yaxis", px=BARS, grow=1), Room("yaxis2", rows=n_rows, gap=8)]
        return Figure("roads", self.figure(), BARS + 112, label, description, grow=1,
                      columns=self.n_columns, stack=rooms, narrow=self._narrow())  # fmt: skip

    def at(self, column: float | None) -> dict[str, Any]:
        """The patch for a step: what it has not come to lies under a veil. None for the loss."""
        end = self.n_columns if column is None else column
        shapes = [*self._grounds(), _over(-0.5, end - 0.5, fillcolor=CARD, opacity=0.8)]
        if column is not None:
            shapes.append(_over(column - 0.5, column + 0.5, line={"color": INK, "width": 2}))
        return {"layout": {"shapes": shapes}}

    def _grounds(self) -> list[dict[str, Any]]:
        return [_over(*span, fillcolor=color, layer="below")
                for span, color in self.grounds.items()]  # fmt: skip

    def _narrow(self) -> dict[str, Any]:
        """On a phone: no numbers on the bars, no title."""
        return {**NARROW, "data": {str(i): {"textposition": "none"} for i in range(len(self.bars))}}


def _over(x0: float, x1: float, **look: Any) -> dict[str, Any]:
    """A rectangle over some columns, from top to bottom."""
    return {"type": "rect", "x0": x0, "x1": x1, "yref": "paper", "y0": 0, "y1": 1,
            "line": {"width": 0}, **look}  # fmt: skip
