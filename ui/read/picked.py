"""What a word picks: its column of W_xh, shown while the word in the strip is pointed at.

It knows a reading and a strip's marks; the browser shows what stands here, and asks nobody.
"""

from __future__ import annotations

import numpy as np

from ui.kit.formula import formula
from ui.kit.numbers import compact, number
from ui.kit.player import Node, node, table
from ui.kit.sentence import sentence
from ui.kit.theme import W_XH
from ui.read import text
from ui.read.waterfall import shade
from ui.sequence.reading import Reading
from ui.sequence.strip import Strip

N_UNITS = 6
"""Units whose weights are written out."""
MOST_CELLS = 64
"""Units that a column is drawn of."""


def strip(reading: Reading) -> Strip:
    """The unrolled network; where words come in, each tells its column."""
    made = reading.strip()
    if reading.place.number == 0:
        words = [mark for mark in made.marks if mark.get("look") == "x"]
        weights = reading.params["W_xh"][reading.block][reading.order]  # (H, V), as drawn
        limit = float(np.abs(weights).max()) or 1.0
        for t, (mark, i) in enumerate(zip(words, reading.fwd.ids.tolist(), strict=True)):
            mark["tip"], mark["say"] = _column(reading, reading.words[t], weights[:, i], limit)
    return made


def _column(reading: Reading, word: str, column: np.ndarray, limit: float) -> tuple[Node, str]:
    """column : (H,) as drawn. limit : where colours are full. For the eye, and for the ear."""
    strongest = np.argsort(-np.abs(column), kind="stable")[:N_UNITS].tolist()
    named = [(text.UNIT.format(unit=reading.order[row]), number(float(column[row])))
             for row in strongest]  # fmt: skip
    rows = [[unit, value, node("bar", value=float(column[row]) / limit, color=W_XH)]
            for row, (unit, value) in zip(strongest, named, strict=True)]  # fmt: skip
    gate, scale = reading.gate, text.PICKED_SCALE["all" if len(column) <= MOST_CELLS else "some"]
    picks = sentence(text.PICKS["gate" if gate else "plain"], word=node("b", f"“{word}”"),
                     weights=formula("W_xh"), gate=gate.symbol if gate else "")  # fmt: skip
    return node(
        "div", node("p", *picks), _cells(column / limit),
        table(rows, (), ["", "mono", "wide"]),
        node("p", scale.format(limit=compact(limit), n=len(column)), class_="note"),
        class_="picked",
    ), text.PICKED_SAY.format(word=word, units=", ".join(map(" ".join, named)))  # fmt: skip


def _cells(column: np.ndarray) -> Node:
    """The column itself, each unit a cell; nothing where they are too many to be told apart."""
    if len(column) > MOST_CELLS:
        return node("span")
    cells = [node("rect", svg={"x": 0, "y": row, "width": 1, "height": 1, "fill": shade(value)})
             for row, value in enumerate(column.tolist())]  # fmt: skip
    box = {"viewBox": f"0 0 1 {len(column)}", "preserveAspectRatio": "none"}
    return node("svg", *cells, svg=box)
