"""The card of what was learned: a row of figures for each network or kind of picture, and curves.

Numbers and names in, panels out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.player import Figure, Node, Panel, Text, node, table
from ui.kit.theme import DASH, HAIR, QUIET, W_HH, W_HY, W_XH, rule
from ui.see import text

COLORS = (W_HY, W_HH, W_XH)


@dataclass(frozen=True)
class Line:
    """A network, or a kind of picture. name : of it, or a button. cells : what stands in its row,
    "" for what is not known yet. x, y : its curve, shares of 1.
    """

    name: Node
    cells: Sequence[str]
    x: Sequence[float] = ()
    y: Sequence[float] = ()


@dataclass(frozen=True)
class Card:
    """title, sub : over the table. head : of its columns. curve : what the curves show. across :
    their axis. span : its range.
    """

    title: str
    sub: str
    head: Sequence[Node]
    lines: Sequence[Line]
    curve: str
    across: str
    span: tuple[float, float]

    def panels(self) -> list[Panel]:
        """The card, in the side's area."""
        return [
            Text("learned", self._table(), area="side", card=True, share=260),
            Figure("curves", self._figure(), 110, self.curve, text.CURVES_SAID, area="side",
                   grow=1),
        ]  # fmt: skip

    def _table(self) -> Node:
        rows: list[list[Node]] = [
            [node("b", line.name, color=color), *line.cells]
            for color, line in zip(COLORS, self.lines, strict=False)
        ]
        head = node("div", node("h3", self.title), node("span", self.sub, class_="sub right"),
                    class_="heading")  # fmt: skip
        classes = ["", *["mono"] * (len(self.head) - 1)]
        return node("div", head, table(rows, self.head, classes), class_="learned")

    def _figure(self) -> go.Figure:
        data = [
            go.Scatter(
                x=list(line.x), y=[round(v, 4) for v in line.y], mode="lines+markers",
                line={"color": color, "dash": DASH[color], "width": 2.2},
                marker={"size": 5, "opacity": 1}, cliponaxis=False,
                hovertemplate="%{y:.2f}<extra></extra>",
            )
            for color, line in zip(COLORS, self.lines, strict=False)
        ]  # fmt: skip
        return go.Figure(data, theme.layout(
            margin={"l": 44, "r": 14, "t": 8, "b": 40},
            xaxis=theme.axis(range=list(self.span), title=theme.title(self.across), nticks=9),
            yaxis=theme.axis(range=[0, 1.02], tickvals=[0, 0.5, 1], showgrid=True, gridcolor=HAIR,
                             title=theme.title(self.curve)),
        ))  # fmt: skip


def switch(network: str, shown: str) -> Node:
    """A network's name, a button that shows it. shown : the one that is shown."""
    name = text.NETWORKS[network]
    return node("button", name, class_="token on" if network == shown else "token",
                click=None if network == shown else {"network": network})  # fmt: skip


def at(x: float) -> dict[str, Any]:
    """A patch for the curves: the place where the film is."""
    return {"layout": {"shapes": [rule("x", x, color=QUIET, width=1.2)]}}
