"""Two units: the state as a point in a plane, and every number of the step beside it.

In the plane are the arrows of the step without a word, where it rests, and the state's trail; the
arithmetic stands as one works it out by hand. A weight is clicked to be set by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ui.kit import frame as page_frame
from ui.kit import player
from ui.kit.formula import formula
from ui.kit.numbers import number
from ui.kit.player import Drawing, Figure, Film, Node, Panel, Text, look_for, node
from ui.kit.theme import BIAS, W_HH, W_HY, W_XH
from ui.read import arithmetic, picked, plane_figure, text
from ui.sequence import field, state_film
from ui.sequence.own_weights import Place
from ui.sequence.reading import Reading
from ui.sequence.take_along import column_names

COLUMNS = "minmax(0, 624fr) minmax(0, 592fr)"
HEIGHT, IN_A_HALL = 210, 190
"""Pixels of the plane, at least."""
DIGITS, MOST_ANSWERS = 3, 3
"""Decimals of the numbers; classes whose sums are written out."""


def film(reading: Reading, unit: int, present: bool, places: tuple[Place, ...] = ()) -> Film:
    """The film of two units. unit : whose gates are shown, where the cell has any. places : the
    weights set by hand, and the one in hand.
    """
    strip, points = picked.strip(reading), _points(reading)
    figure = plane_figure.figure(reading, points)
    said = look_for(_said(reading, points))
    panels: list[Panel] = [
        Text("heading", ""),
        Drawing("strip", strip.marks, strip.height, text.STRIP,
                columns=reading.n_columns),
        Figure("plane", figure, IN_A_HALL if present else HEIGHT,
               text.PLANE, text.PLANE_SAYS, grow=1),
    ]  # fmt: skip
    if not present:
        panels += [
            Text("look", said),
            Text("sum", "", area="side", grow=1),
            *([Text("pushes", "", area="side")] if reading.gates else []),
        ]
    frames = state_film.frames(reading, strip, "read", unit)
    gated = arithmetic.of_unit(reading, unit) if reading.gates else None
    for t, frame in enumerate(frames):
        frame.panels.pop("states")
        frame.panels.pop("answers", None)
        frame.panels["plane"] = plane_figure.at_step(reading, t)
        if present:
            frame.panels["heading"] = arithmetic.headline(reading, t, unit)
            continue
        frame.panels["heading"] = page_frame.heading(
            "read", state_film.verdict(reading, t), sub=_key(reading)
        )
        frame.panels["sum"] = gated(t) if gated else _worked(reading, t, places)
        if gated:
            frame.panels["pushes"] = arithmetic.pushes(reading, t, unit)
    return panels, frames


def _points(reading: Reading) -> list[field.FixedPoint]:
    return field.fixed_points(reading.model, reading.place) if field.has_one(reading.model) else []


def _said(reading: Reading, points: Sequence[field.FixedPoint]) -> str:
    """What the arrows show, as far as it is known."""
    if not field.has_one(reading.model):
        return text.NO_ARROWS
    held = sum(point.attracts for point in points)
    found = {"attract": held, "repel": len(points) - held}
    kinds = [text.KINDS_OF_POINTS[kind + " one" * (n == 1)].format(n=n)
             for kind, n in found.items() if n]  # fmt: skip
    said = "".join(kinds)
    if len(kinds) > 1:
        said = text.BOTH_KINDS.format(one=kinds[0], other=kinds[1])
    return text.ARROWS["some" if points else "none"].format(kinds=said)


def _key(reading: Reading) -> Node:
    """What the lines in the plane are."""
    lines = {text.MEMORY_LINE: W_HH, text.WORD_LINE: W_XH} if field.has_one(reading.model) else {}
    if plane_figure.halves(reading):
        lines[text.HALF_LINE] = W_HY
    return node("span", *(node("span", f"{said} ", color=color) for said, color in lines.items()))


# ---- the numbers ----


def _worked(reading: Reading, t: int, places: Sequence[Place]) -> Node:
    """The step as one works it out by hand: two sums, and the answer's."""
    at, f = reading.indices(t), reading.model.cell.activation.symbol
    hint = node("span", text.CLICK_A_WEIGHT, class_="quiet")
    title = node("h3", text.EVERY_NUMBER.format(word=reading.words[t]))
    law = f"h_t = {f}({arithmetic.SUM})"
    return node(
        "div",
        node("div", title, hint, class_="heading"),
        node("p", formula(law, at), class_="law"),
        _state(reading, t, places),
        node("p", formula("y_t = W_hy h_t + b_y", at), ", ", formula("p_t = softmax(y_t)", at),
             class_="law"),
        _answer(reading, t, places),
        class_="worked",
    )  # fmt: skip


def _state(reading: Reading, t: int, places: Sequence[Place]) -> Node:
    """A column for each unit: from what comes in, from the memory, the bias, and the sum."""
    fwd, suffix, at = reading.fwd, reading.place.suffix, reading.indices(t)
    before = fwd.h_before[t]
    units = [(text.UNIT.format(unit=j), j) for j in (0, 1)]
    terms = [*_from_below(reading, t),
             *((unit, "W_hh" + suffix, j, float(before[j]), W_HH) for unit, j in units),
             (text.PARTS["bias"], "b_h" + suffix, None, None, BIAS)]  # fmt: skip
    f = reading.model.cell.activation.symbol
    ends = [
        [formula(f"h_t = {f}(a_t)", at), *(number(float(h)) for h in fwd.h[t])],
    ]
    return _sums(reading, terms, units, formula("a_t", at), ends, places)


def _from_below(reading: Reading, t: int) -> list[Any]:
    """What comes in: a word picks a column; a layer below gives a state."""
    name = "W_xh" + reading.place.suffix
    if reading.place.number == 0:
        return [(f"“{reading.words[t]}”", name, int(reading.fwd.ids[t]), None, W_XH)]
    x = reading.place.turn(reading.fwd.layer.x)[t, :, 0]
    names = column_names(name, reading.params["W_xh"], reading.model)
    return [
        (text.BELOW.format(name=one), name, j, float(x[j]), W_XH) for j, one in enumerate(names)
    ]


def _answer(reading: Reading, t: int, places: Sequence[Place]) -> Node:
    """A column for each class: from what the readout sees, the bias, the logit and p."""
    fwd, model, at = reading.fwd, reading.model, reading.indices(t)
    asked = fwd.asked[t, :, 0]
    names = column_names("W_hy", model.params["W_hy"], model)
    terms = [*((one, "W_hy", j, float(asked[j]), W_HY) for j, one in enumerate(names)),
             (text.PARTS["bias"], "b_y", None, None, BIAS)]  # fmt: skip
    likely = sorted(np.argsort(-fwd.p[t], kind="stable")[:MOST_ANSWERS].tolist())
    ends = [[formula("p_t", at), *(f"{fwd.p[t, c]:.3f}" for c in likely)]]
    return _sums(reading, terms, [(model.classes[c], c) for c in likely], formula("y_t", at), ends,
                 places)  # fmt: skip


def _sums(
    reading: Reading, terms: Sequence[Any], columns: Sequence[tuple[str, int]], total: Node,
    ends: Sequence[Sequence[Node]], places: Sequence[Place],
) -> Node:  # fmt: skip
    """Sums side by side that add up as printed: weight × factor = product, line by line.

    terms : what each line is of, its parameter, its column, its factor, and its colour.
    """
    cells: list[list[Node]] = [[node("span", said, color=color)] for said, *_, color in terms]
    totals: list[Node] = []
    factors = [factor for *_, factor, _ in terms]
    for _, row in columns:
        set_at = [Place(name, row, column) for _, name, column, _, _ in terms]
        weights = [place.value(reading.model) for place in set_at]
        printed, total_said = worked(weights, factors)
        totals.append(total_said)
        for line, place, weight, factor, product in zip(
            cells, set_at, weights, factors, printed, strict=True
        ):
            line.append(_product(place, weight, factor, product, place in places))
    head = ["", *(name for name, _ in columns)]
    rows = [*cells, [total, *totals], *ends]
    looks = {len(cells): "sum", len(rows) - 1: "strong"}
    return player.table(rows, head, ["", *["mono"] * len(columns)], looks=looks)


def worked(weights: Sequence[float], factors: Sequence[float | None]) -> tuple[list[str], str]:
    """A sum of weight × factor, None for 1, as printed: it adds up, and a weight that stands alone
    is rounded, no more. What is missing goes to the largest products; where all are 0, to the sum.
    """
    products = [w * (1 if x is None else x) for w, x in zip(weights, factors, strict=True)]
    units = [round(product * 10**DIGITS) for product in products]
    movable = sorted((i for i, x in enumerate(factors) if x), key=lambda i: -abs(products[i]))
    missing = round(sum(products) * 10**DIGITS) - sum(units)
    for i in (movable * abs(missing))[: abs(missing)]:
        units[i] += 1 if missing > 0 else -1
    return [number(unit / 10**DIGITS) for unit in units], number(sum(units) / 10**DIGITS)


def _product(place: Place, weight: float, factor: float | None, product: str, marked: bool) -> Node:
    """One line of a sum: the weight, a button; what it is times; and what comes out."""
    shown = product if factor is None else number(weight)
    button = node("button", shown, class_="weight on" if marked else "weight",
                  label=f"{place.text}, {shown}", click={"weight": place.text})  # fmt: skip
    if factor is None:
        return node("span", button)
    times = node("span", f" × {number(factor)} = ", class_="quiet")
    return node("span", button, times, product)
