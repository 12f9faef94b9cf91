"""Bars that begin where the last one ended, over the curve that squashes their sum: one axis.

Numbers in, nodes out; the browser stretches the axis, never the type.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import numpy as np

from ui.kit import theme
from ui.kit.player import Node, node
from ui.kit.theme import INK
from ui.read import text

LARGEST_SUM = 3.0
"""Where the axis of a sum ends, unless the sum or one of its parts lies beyond."""
ENDS = (1, 2, LARGEST_SUM, 4, 6, 8, 10, 15, 20, 30, 40, 60, 100)
Bar = tuple[list[Node], float, str, str]
"""A row of a table: its label, a number as a bar and as it is printed, and the bar's colour."""


@dataclass(frozen=True)
class Axis:
    """The axis, from -end to end, that the rows of a table share."""

    end: float

    @classmethod
    def holding(cls, values: Any, least: float = LARGEST_SUM) -> Axis:
        """The shortest that holds all values, not shorter than the least."""
        most = float(np.abs(np.nan_to_num(values)).max(initial=least))
        return cls(next((end for end in ENDS if most <= end), most))

    def place(self, value: float) -> float:
        """Where a value stands, 0..1; what is beyond an end stands at it."""
        return round(float(np.clip((np.nan_to_num(value) / self.end + 1) / 2, 0, 1)), 4)

    @property
    def ticks(self) -> list[float]:
        """Four to eight steps from end to end."""
        n = next((n for n in (3, 4, 5) if self.end % n == 0), 2) if self.end > 2 else 2
        return [float(tick) for tick in np.linspace(-self.end, self.end, 2 * n + 1)]

    def line(self, value: float, class_: str) -> Node:
        """An upright line at a value: "zero", "link" to the row above, "drop" to the one below."""
        return node("span", class_=class_, left=self.place(value))

    def row(self, label: Sequence[Node], start: float, end: float, printed: str, color: str,
            *lines: Node, class_: str | None = None) -> Node:  # fmt: skip
        """A row of a table with a bar between two values."""
        drawn = node("bar", from_=self.place(start), to=self.place(end), color=color)
        said = node("span", printed, color=None if color == INK else color)
        return node("tr", node("td", *label), node("td", self.line(0, "zero"), drawn, *lines),
                    node("td", said, class_="mono"), class_=class_)  # fmt: skip

    def waterfall(self, bars: Sequence[Bar]) -> list[Node]:
        """A row for each value; its bar begins where the last one ended."""
        ends = pairwise([0.0, *accumulate(value for _, value, _, _ in bars)])
        return [
            self.row(label, start, end, said, color, *([self.line(start, "link")] if i else []))
            for i, ((label, _, said, color), (start, end)) in enumerate(
                zip(bars, ends, strict=True)
            )
        ]


def curve(
    f: Callable[[np.ndarray], np.ndarray], axis: Axis, a: float, h: float, printed: str, color: str
) -> list[Node]:
    """Two rows: a squashing function over the axis with a dot at (a, h), and the axis' ticks."""
    x = np.linspace(-axis.end, axis.end, 61)
    y = f(x)
    low, high = np.floor(y[0]), np.ceil(y[-1])

    def up(value: Any) -> Any:
        """Where a value of h stands: 0 at the top, 1 at the foot."""
        return np.round(np.clip((high - np.nan_to_num(value)) / (high - low), 0, 1), 4)

    levels = list(dict.fromkeys((float(low), 0.0, float(high))))
    here, there = 100 * axis.place(a), 100 * float(up(h))
    points = [f"{100 * axis.place(u):.1f} {100 * v:.2f}" for u, v in zip(x, up(y), strict=True)]
    grid = [f"M{100 * axis.place(tick):g} 0V100" for tick in axis.ticks]
    grid += [f"M0 {100 * float(up(level)):g}H100" for level in levels]
    drawn = [
        (None, "".join(grid), theme.HAIR, 1), ("dots", f"M{here:g} 0V{there:g}", INK, 1.5),
        ("dots", f"M{here:g} {there:g}H100", color, 1.5), (None, "M" + "L".join(points), INK, 2),
        ("dot", f"M{here:g} {there:g}h0", INK, 13), ("dot", f"M{here:g} {there:g}h0", color, 10),
    ]  # fmt: skip
    paths = [node("path", class_=name,
                  svg={"d": d, "stroke": stroke, "stroke-width": width, "fill": "none"})
             for name, d, stroke, width in drawn]  # fmt: skip
    box = {"viewBox": "0 0 100 100", "preserveAspectRatio": "none"}
    beside = [node("span", tick(level), top=float(up(level))) for level in levels]
    under = [node("span", tick(at), left=axis.place(at)) for at in axis.ticks]
    to = text.SQUASHED_TO.format(low=tick(low), high=tick(high))
    said = node("span", text.SQUASHED, node("div", to))
    return [
        node("tr", node("td", said, node("div", *beside, class_="levels")),
             node("td", node("svg", *paths, svg=box)),
             node("td", node("span", printed, top=there / 100), class_="mono"), class_="curve"),
        node("tr", node("td"), node("td", *under), node("td"), class_="ticks"),
    ]  # fmt: skip


def tick(value: float) -> str:
    """A number of an axis: +1, 0, −0.5."""
    return f"{value:+g}".replace("-", "−") if value else "0"


def shade(value: float, span: tuple[float, float] = (-1.0, 1.0)) -> str:
    """The colour of a cell of the picture: a mixture of two of its scale, in CSS."""
    colors, limit = theme.span_colors(span)
    low = 0.0 if colors is theme.AMOUNT else -limit
    share = float(np.clip((np.nan_to_num(value) - low) / (limit - low), 0, 1)) * (len(colors) - 1)
    i = min(int(share), len(colors) - 2)
    return f"color-mix(in srgb, {colors[i]} {100 * (i + 1 - share):.1f}%, {colors[i + 1]})"
