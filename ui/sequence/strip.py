"""The unrolled network as a strip above the heatmap: x_t -> h_t -> y_t, column by column.

A Strip is the drawing of a plan, forward or backward: marks (kit/drawing.js says what they hold),
and for each moment a letter for each mark:

    p  done    n  now    f  to come    g  a ghost, "if it ended here"    u  unknown    -  not there

To the plan's nodes it adds ("L", segment, t), a loss. It must not know arrays, cells or pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from ui.sequence.wiring import Node, Plan, joins

Mark = dict[str, Any]
Turns = list[tuple[float, str]]

LINES = ("h", "a", "before", "W_hh", "b", "W_xh")
"""What the lines of a layer's way back light, in the order in which they run."""

WHOLE = {"h", "W_xh"}  # what a step lights that is not taken line by line
SENT_ON = {"W_hh": "before", "hand over": "before", "W_xh": "W_xh"}  # and by which line
TINTS = ("encoder", "decoder")
Y_HIGH, X_HIGH, ROW_PITCH, LOSS_HIGH, H_0 = 24, 26, 42, 36, -68  # px
TITLE_HIGH, LANE_HIGH = 20, 18
THIN, THICK = 0.9, 7.1
"""Pixels of a line of attention, from nothing to all of it."""


class Strip:
    """The drawing of a plan: its marks, in the order in which they lie, and its height in px.

    back : turned round, without what passes no gradient. shown : the row of h that is walked,
    counted as a trace's layers are. loss : the number under L. losses : of a plan that answers at
    each step, the steps that have a loss, each with its number; None for all, named. attention :
    for each answer the share, 0..1, of each state of the encoder: the width of its line. sides :
    what stands at the left of the words and of the answers.
    """

    def __init__(
        self, plan: Plan, back: bool = False, shown: int = 0, loss: str = "",
        losses: Mapping[int, str] | None = None, attention: Sequence[Sequence[float]] = (),
        sides: Sequence[str] = (),
    ) -> None:  # fmt: skip
        self.plan, self.back, self.loss, self.losses = plan, back, loss, losses
        self.attention = attention
        self.row = _, self.way = plan.rows[shown % len(plan.rows)]
        walk = sorted(plan.steps, key=lambda step: (step[0], -step[1] if self.way else step[1]))
        self._ranks = {step: rank for rank, step in enumerate(reversed(walk) if back else walk)}
        self._judged = back and any(part.asked == "each" for part in plan.segments)
        self._titled = TITLE_HIGH * any(part.title for part in plan.segments)
        self._y_top = self._titled + LANE_HIGH * plan.attends + LOSS_HIGH * self._judged
        self._h_high, self._gap = (28, 24) if len(plan.rows) == 1 else (24, 22)
        self._x_top = self._row_top(*plan.rows[0]) + self._h_high + 24
        self.height = self._x_top + X_HIGH
        self._boxes: dict[Node, Mark] = {}
        for s in range(len(plan.segments)):
            self._add_words(s)
            self._add_rows(s)
            self._add_answers(s)
        for name, y, high in zip(sides, (self._x_top, self._y_top), (X_HIGH, Y_HIGH), strict=False):
            self._add(("side", 0, name), 0, H_0, y, 0, high, ["", name], look="number")
        self._number = {node: i for i, node in enumerate(self._boxes)}
        drawn = [join for join in joins(plan) if not (back and join[0] == "feed")
                 and join[2] in self._boxes]  # fmt: skip
        for node in self._boxes:
            drawn += self.plan.readout(*node[1:]) if self._is_ghost(node) else []
            drawn += [("loss", ("y", *node[1:]), node)] if node[0] == "L" else []
        drawn.sort(key=lambda join: len(self._name(*join)))  # what is written lies on top
        self._parts: list[tuple[Mark, Turns, str]] = [*self._bands()]
        self._parts += [(self._arrow(*join), *self._turns(*join)) for join in drawn]
        self._parts += [(mark, *self._turns("", node, node)) for node, mark in self._boxes.items()]
        self._parts += [(self._share(a, b), [(self._rank(b), "W_hh")], "-") for by, a, b in drawn
                        if back and SENT_ON.get(by) == "before" and self._is_shown(b)]  # fmt: skip
        self.marks = [mark for mark, _, _ in self._parts]

    def states(self, at: int | str, lit: Collection[str] | None = None, pill: bool = False) -> str:
        """A letter for each mark at one moment.

        at : a step, counted over all segments; or "start", "end", and on the way back "loss" and
        "readout". lit : which of LINES run now; None: the whole step. pill : whether + dW_hh
        stands, as it does while W_hh runs.
        """
        if isinstance(at, str):
            now = {"start": -3, "loss": -2, "readout": -1, "end": len(self._ranks)}[at]
        else:
            now = self._ranks[self.plan.steps[at]]
        runs = (WHOLE if lit is None else {*lit}) | ({"W_hh"} if pill else set())
        reached = max((LINES.index(line) for line in lit or ()), default=0)

        def letter(turns: Turns, otherwise: str) -> str:
            if any(rank == now and (not line or line in runs) for rank, line in turns):
                return "n"
            if otherwise:
                return otherwise
            rank, line = turns[0]
            return "p" if rank < now or (rank == now and LINES.index(line) < reached) else "f"

        return "".join(letter(turns, otherwise) for _, turns, otherwise in self._parts)

    # When a mark has its turns, as (rank of a step, line), and what it is otherwise, if not done or
    # to come. What is done before or after a whole walk is ranked between its steps.

    def _turns(self, weight: str, a: Node, b: Node) -> tuple[Turns, str]:
        """Of a join; or without a weight of a node, a = b."""
        if weight == "attention":
            return ([], "n") if self.back else ([(self._rank(b), "")], "-")
        if b[0] == "side":
            return [], "p"
        if b[0] in ("unknown", "number"):
            return [], "u" if b[0] == "unknown" else "pn"[b[2] == self.row[0]]
        if self._is_ghost(b):
            return [(self._rank(b), "")], "-" if weight and a[-1] != b[-1] else "g"
        if not self.back or weight == "W_vh":
            return [(self._rank(a if self.back else b), "")], ""
        turns = [(self._rank(b), "before" if b[0] == "h_0" else SENT_ON.get(weight, ""))]
        return turns + [(self._rank(a), "h")] * (weight != "" and a[0] == "h"), ""

    def _rank(self, node: Node) -> float:
        kind, s, t = node[0], node[1], node[-1]
        own = [rank for step, rank in self._ranks.items() if step[0] == s] or [0]
        if not self.back:
            if kind in ("v", "h_0") or (kind == "h" and node[3] != self.way):
                return -0.5  # the other direction is done: the answer needs all of it
            if kind == "y":
                t = self.plan.readout(s, t)[self.way][1][-1]
        elif kind in ("L", "y"):
            return -2 if kind == "L" else -1
        elif kind == "v":
            return max(own) + 0.5
        elif kind in ("h", "h_0") and node[2:4] != self.row:  # what is above comes first
            return min(own) - 0.5 if node[2:4] > self.row else max(own) + 0.5
        elif kind == "h_0":
            return max(own)
        return self._ranks[s, t]

    def _is_ghost(self, node: Node) -> bool:
        return node[0] == "y" and node[2] not in self.plan.segments[node[1]].answers

    def _is_shown(self, node: Node) -> bool:
        return node[0] == "h" and node[2:4] == self.row

    # What there is, and where it stands.

    def _row_top(self, layer: int, way: int) -> int:
        """The upper edge of a row of h, in px."""
        above = len(self.plan.rows) - 1 - self.plan.rows.index((layer, way))
        return self._y_top + Y_HIGH + self._gap + above * ROW_PITCH

    def _add(self, node: Node, i: int, dx: float, y: float, w: int, h: int, *text: list[str],
             **more: Any) -> None:  # fmt: skip
        """The box of a node in the column of word i."""
        if len(self.plan.segments) > 1:
            more["tint"] = TINTS[node[1]]
        x = [self.plan.column(node[1], i), dx]
        if node[0] in ("x", "h", "y"):
            more["go"] = x[0]
        self._boxes[node] = {"kind": "box", "look": node[0], "x": x, "y": y, "w": w, "h": h,
                             "text": text, **more}  # fmt: skip

    def _add_words(self, s: int) -> None:
        """The words of a segment, those that are not read among them; and what starts it."""
        segment = self.plan.segments[s]
        if self.plan.vector and not s:
            self._add(("v", s), 0, H_0, self._x_top, 34, X_HIGH, ["i", "v"], room=6)
        for i, word in enumerate(segment.words):
            known = i in segment.read
            node: Node = ("x", s, segment.read.index(i)) if known else ("unknown", s, i)
            look = "x fed" if segment.inputs == "first" and i >= segment.given else node[0]
            self._add(node, i, 0, self._x_top, 110, X_HIGH, ["", word], look=look, room=4)

    def _add_rows(self, s: int) -> None:
        """The rows of h of a segment: each with its h_0, and with its layer's number."""
        segment, both, h = self.plan.segments[s], self.plan.both(s), self._h_high
        w, room, letter = 34 - 8 * both, 6 + 6 * both, ["i", segment.state]
        end = len(segment.words) - 1
        for layer, way in self.plan.rows_of(s):
            y, dx = self._row_top(layer, way), (-9, 9)[way] * both
            for t, i in enumerate(segment.read):
                node, index = ("h", s, layer, way, t), ["sub", str(t + 1)]
                self._add(node, i, dx, y, w, h, letter, index, room=room)
            place = (end, -6 - H_0) if way else (0, H_0)
            if s == 0 and self.plan.memory:
                self._add(("h_0", s, layer, way), *place, y, w, h, letter, ["sub", "0"], room=room)
            if segment is self.plan.segments[-1] and self.plan.n_layers > 1 and way == both:
                y += both * ROW_PITCH // 2
                place = -9 - w / 2 + H_0
                self._add(("number", s, layer), 0, place, y, 14, h, ["", str(layer + 1)])

    def _add_answers(self, s: int) -> None:
        """The answers of a segment: forward with ghosts, backward each with its loss."""
        segment = self.plan.segments[s]
        ghosts = segment.asked == "last" and not self.back and not self.way
        for t, i in enumerate(segment.read):
            node, index, asked = ("y", s, t), ["sub", str(t + 1)], t in segment.answers
            if asked and self._judged and self.losses is not None and t not in self.losses:
                continue  # no gradient comes back from an answer that nobody asked for
            if asked or ghosts:
                look = "y ghost" if not asked else "y last" if ghosts else "y"
                text = [["", segment.said[t]]] if segment.said else [["i", "y"], index]
                w, room = (110, 4) if segment.said else (38, 6)
                self._add(node, i, 0, self._y_top, w, Y_HIGH, *text, look=look, room=room)
            if asked and self._judged:
                top = self._y_top - LOSS_HIGH
                if self.losses is None:
                    self._add(("L", s, t), i, 0, top, 24, 24, ["i", "L"], index)
                else:
                    text = ["", self.losses[t]]
                    self._add(("L", s, t), i, 0, top, 40, 22, text, look="L each", room=6)
            elif asked and self.back:
                more = {"room": 8, "flip": True, "note": self.loss}
                self._add(("L", s, t), i, 62, -3, 30, 30, ["i", "L"], **more)

    def _bands(self) -> Iterator[tuple[Mark, Turns, str]]:
        """The ground of each segment, where there are two; and a band for each step."""

        def band(look: str, *columns: float) -> Mark:
            return {"kind": "band", "look": look, "from": columns[0], "to": columns[-1]}

        for s, segment in enumerate(self.plan.segments):
            columns = [self.plan.column(s, i) for i in range(len(segment.words))]
            if len(self.plan.segments) > 1:
                named = zip(("b", "rest"), segment.title, strict=False)
                title = [[style, f"{part} "] for style, part in named]
                yield band(TINTS[s], *columns) | ({"name": title} if title else {}), [], "p"
            for t, i in enumerate(segment.read):
                look = "back" if self.back else "now"
                yield band(look, columns[i]), [(self._ranks[s, t], "")], "-"

    def _arrow(self, weight: str, a: Node, b: Node) -> Mark:
        """The arrow of a join, turned round on the way back; with the weight's name once a step."""
        mark, ends = self._route(weight, a, b), [self._number[a], self._number[b]]
        if self.back:
            ends.reverse()
            mark |= {key: mark[key][::-1] for key in ("dx", "sides", "via") if key in mark}
        if name := self._name(weight, a, b):
            beside = 19 if self.plan.both(min(a[1], b[1])) else 8
            left = weight == "W_hy" and self._judged  # at the right is the name of W_hh
            mark |= {"name": name, "beside": -beside if left else beside}
        look = weight.replace("W_", "").replace(" ", "-")
        if weight == "attention":
            share, heaviest = self._share_of(a, b)
            mark |= {"width": round(THIN + (THICK - THIN) * share, 2)}
            look += "" if heaviest else " light"
        return {"kind": "arrow", "look": look, "from": ends[0], "to": ends[1], **mark}

    def _share(self, a: Node, b: Node) -> Mark:
        """What a step adds to dW_hh: on the arrow that it takes back."""
        text = [["", "+ "], ["i", "dW"], ["sub", "hh"]]
        return {"kind": "pill", "from": self._number[b], "to": self._number[a], "text": text}

    def _share_of(self, a: Node, b: Node) -> tuple[float, bool]:
        """How much an answer b looks at a state a, and whether it looks at none more."""
        row = self.attention[b[2]]
        return row[a[4]], a[4] == max(range(len(row)), key=row.__getitem__)

    def _route(self, weight: str, a: Node, b: Node) -> Mark:
        """How an arrow goes from a to b, where that is not straight."""
        if weight == "attention":
            return {"sides": "tt", "via": [self._titled + LANE_HIGH / 2]}
        if weight == "feed":
            lane = [self._boxes[a]["x"][0] + 0.5, 0]
            return {"sides": "rt", "dx": [0, -18], "via": [lane, self._x_top - 11]}
        if weight == "W_vh" and b[2]:
            return {"sides": "ll", "via": [[0, H_0 - 26]]}
        if weight == "hand over" and a[3]:  # between the two directions, and into the gap
            x, _ = self._boxes[b]["x"]
            return {"sides": "bl", "via": [self._row_top(a[2], 0) - 9, [x - 0.5, 0]]}
        if not self.plan.both(b[1]) or weight not in ("W_xh", "W_hy"):
            return {}
        dx = [(-15, 15)[node[3]] for node in (a, b) if node[0] == "h"]
        mark: Mark = {"sides": "tb", "dx": [dx[0], dx[-1]]}
        if weight == "W_xh" and dx[0] != dx[-1]:  # both halves below go to both above
            mark["via"] = [self._row_top(b[2], 0) + self._h_high + 9]
        if weight == "W_hy" and a[-1] != b[-1]:
            mark["via"] = [self._row_top(*self.plan.rows[-1]) - 13]
        return mark

    def _name(self, weight: str, a: Node, b: Node) -> list[list[str]]:
        """The weight's name, in the shown row and at the readout; or of what is handed over."""
        if (b[0] == "h" and not self._is_shown(b)) or weight in ("feed", "W_vh", "loss"):
            return []
        if weight == "attention":
            share, heaviest = self._share_of(a, b)
            return [["i", "α"], ["", f" = {share:.2f}"]] if heaviest and not self.back else []
        if weight != "W_hh" and a[0] == "h" and a[3]:
            return []  # its other half has it
        if weight == "hand over":
            s, h = (["i", self.plan.segments[node[1]].state] for node in (b, a))
            back = [["", ", "], h, ["sub", "1"]] * self.plan.both(0)
            return [s, ["sub", "0"], ["", " = "], h, ["sub", str(a[-1] + 1)], *back]
        if weight == "W_hy" and self._judged and b[2] != max(self.losses or [b[2]]):
            return []  # at the readout all run at once
        text = [["i", "W′" if b[1] else "W"], ["sub", weight[2:]]]
        if self.back and (weight != "W_xh" or b[2]):  # of the first W_xh there is only its share
            text.append(["sup", "T"])
        return text
