"""A wiring as a small drawing: the strip's joins; inputs red, states green, answers blue.

It knows a plan and its joins; it must not know tasks or pages.
"""

from __future__ import annotations

from ui.kit.player import Node as Element
from ui.kit.player import node
from ui.kit.theme import INK, QUIET, W_HH, W_HY, W_XH
from ui.sequence.wiring import Join, Node, Plan, joins

Place = tuple[float, float]
PITCH, BOX, MARGIN = 19.0, 11.0, 3.0
TOPS = {"y": 0.0, "h": 20.0, "h_0": 20.0, "x": 40.0, "v": 40.0}
"""Pixels from the top, of a plan of one layer."""
HIGH = 40.0 + BOX + 2 * MARGIN
COLORS = {"x": W_XH, "v": W_XH, "h": W_HH, "h_0": W_HH, "y": W_HY}


def drawn(plan: Plan) -> list[Join]:
    """The joins that are drawn: all but those from an h_0 that nothing gave a value."""
    return [join for join in joins(plan) if plan.vector or join[1][0] != "h_0"]


def place(plan: Plan, at: Node) -> Place:
    """The middle of a node's square."""
    start = float(plan.vector)  # a vector and its h_0 stand before the first column
    column = -1.0 if at[0] in ("v", "h_0") else plan.column(at[1], at[-1])
    return MARGIN + BOX / 2 + (start + column) * PITCH, MARGIN + BOX / 2 + TOPS[at[0]]


def thumbnail(plan: Plan) -> Element:
    """The drawing, an svg of its own size."""
    shown = drawn(plan)
    nodes = dict.fromkeys(end for _, a, b in shown for end in (a, b))
    right = max(place(plan, one)[0] for one in nodes) + BOX / 2 + MARGIN
    view = {"viewBox": f"0 0 {right:g} {HIGH:g}", "width": f"{right:g}", "height": f"{HIGH:g}"}
    lines = [part for join in shown for part in _arrow(plan, *join)]
    return node("svg", *lines, *(_square(plan, one) for one in nodes), svg=view)


def _square(plan: Plan, at: Node) -> Element:
    x, y = place(plan, at)
    return node("rect", svg={"x": x - BOX / 2, "y": y - BOX / 2, "width": BOX, "height": BOX,
                             "rx": 2.5, "fill": COLORS[at[0]]})  # fmt: skip


def _arrow(plan: Plan, weight: str, a: Node, b: Node) -> list[Element]:
    """From the edge of a square to the edge of another: up, to the right, or down a gap."""
    (x1, y1), (x2, y2) = place(plan, a), place(plan, b)
    half, color = BOX / 2, INK if weight == "hand over" else QUIET
    if weight == "feed":
        lane = (x1 + x2) / 2
        way = f"M{x1 + half},{y1} H{lane} V{y2} H{x2 - half}"
        head = _head(x2 - half, y2, 1, 0)
    elif x1 == x2:
        way = f"M{x1},{y1 - half} V{y2 + half}"
        head = _head(x2, y2 + half, 0, -1)
    else:
        way = f"M{x1 + half},{y1} H{x2 - half}"
        head = _head(x2 - half, y2, 1, 0)
    wide = 2.4 if weight == "hand over" else 1.3
    line = {"d": way, "fill": "none", "stroke": color, "stroke-width": wide}
    return [node("path", svg=line), node("path", svg={"d": head, "fill": color})]


def _head(x: float, y: float, dx: int, dy: int, size: float = 3.6) -> str:
    """A triangle whose tip is there."""
    back = x - size * dx, y - size * dy
    side = 0.62 * size
    return (f"M{x},{y} L{back[0] + side * dy},{back[1] + side * dx} "
            f"L{back[0] - side * dy},{back[1] - side * dx} Z")  # fmt: skip
