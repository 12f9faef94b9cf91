"""One unit's arithmetic at one word: a sum, what squashing makes of it, and who pushed it.

A cell without gates has one sum, over the curve that squashes it. A cell with gates has a sum for
each of them, side by side, and the products that make its state. What is printed adds up.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from rnn_core.cells import Signal
from ui.kit.formula import formula
from ui.kit.numbers import adding_up, number
from ui.kit.player import Film, Node, Text, node, table
from ui.kit.sentence import sentence
from ui.kit.theme import ACCENT, BIAS, INK, W_HH, W_XH
from ui.read import picked, text
from ui.read.waterfall import Axis, Bar, curve, shade
from ui.sequence import signals as gating
from ui.sequence import state_film
from ui.sequence.reading import Reading
from ui.sequence.unit_sum import UnitSum, unit_sum

N_PUSHES = 5
SUM = "W_xh x_t + W_hh h_{t-1} + b_h"
PARTS = {"W_xh x_t": ("word", W_XH), "W_hh h_{t-1}": ("memory", W_HH), "b_h": ("bias", BIAS)}
"""{a part of the sum: its name in text.PARTS, its colour}."""


def film(reading: Reading, unit: int, present: bool = False) -> Film:
    """The film of the state, and beside it one unit's arithmetic; in its headline for a hall."""
    strip, row = picked.strip(reading), reading.order.index(unit)
    panels = state_film.panels(reading, strip)
    frames = state_film.frames(reading, strip, "read", unit, row)
    if present:
        for t, frame in enumerate(frames):
            frame.panels["heading"] = headline(reading, t, unit)
        return [panel for panel in panels if panel.name != "look"], frames
    panels += [Text("sum", "", area="side", grow=1), Text("pushes", "", area="side")]
    made = of_unit(reading, unit)
    for t, frame in enumerate(frames):
        frame.panels["sum"] = made(t)
        frame.panels["pushes"] = pushes(reading, t, unit)
    return panels, frames


def of_unit(reading: Reading, unit: int) -> Callable[[int], Node]:
    """What makes a unit's sum, or sums, at a word (from 0); all of them on one axis."""
    axis, made = _axis(reading, unit), _gated if reading.gates else _plain
    return lambda t: made(reading, t, unit, axis)


def _axis(reading: Reading, unit: int) -> Axis:
    """The axis that holds the unit's bars at every word, so that it stays while one steps."""
    every = range(len(reading.words))
    if not reading.gates:
        return Axis.holding([np.cumsum(_parts(unit_sum(reading, t, unit))) for t in every])
    ends = [np.cumsum(values) for t in every for _, values in _products(reading, t, unit)]
    return Axis.holding(np.concatenate([[0.0], *ends]), 1.0)


def _parts(parts: UnitSum) -> tuple[float, float, float]:
    """From the word, from the memory, from the bias."""
    return parts.word, parts.total - (parts.word + parts.bias), parts.bias


def _products(reading: Reading, t: int, unit: int) -> list[tuple[gating.Mix, list[float]]]:
    """What the cell makes its state of: each of its sums of products, in numbers."""
    layer = reading.fwd.layer
    return [
        (mix, [float(np.prod([gating.value(layer, factor)[t, unit] for factor in pair]))
               for pair in mix.products])
        for mix in gating.mixes(reading.model)
    ]  # fmt: skip


def _value(reading: Reading, signal: str, t: int, unit: int) -> float:
    return float(reading.fwd.signals[signal][t, unit, 0])


def _title(reading: Reading, t: int, unit: int, *beside: Node) -> Node:
    """Whose arithmetic it is. beside : what stands at its right, unless a hand holds something."""
    title = text.UNIT_AT["of" if reading.called else "one"].format(
        unit=unit, word=reading.words[t], layer=reading.called
    )
    held = [s.symbol for s in reading.model.cell.signals if reading.is_held(s.name, t, unit)]
    right = [text.HELD_HERE.format(gates=", ".join(held))] if held else beside
    return node("div", node("h3", title), node("span", *right), class_="heading")


def _sums(*rows: Node) -> Node:
    return node("table", node("tbody", *rows), class_="sums")


def _plain(reading: Reading, t: int, unit: int, axis: Axis) -> Node:
    """This step's sum for one unit, and where it lands on the curve."""
    f, at = reading.model.cell.activation, reading.indices(t)
    parts, h = unit_sum(reading, t, unit), _value(reading, "h", t, unit)
    values, total_h, color = _parts(parts), number(h), shade(h)
    shown, total = adding_up(values)
    bars: list[Bar] = [
        ([_named(reading, t, said), formula(part, at)], value, printed,
         color)
        for (part, (said, color)), value, printed in zip(PARTS.items(), values, shown, strict=True)
    ]  # fmt: skip
    lines = axis.line(sum(values), "link"), axis.line(parts.total, "drop")
    cell = node("td", node("span", class_="swatch", fill=color),
                node("span", text.ITS_CELL, class_="quiet"))  # fmt: skip
    return node(
        "div", _title(reading, t, unit), node("p", formula(f"h_t = {f.symbol}({SUM})", at)),
        _sums(
            *axis.waterfall(bars),
            axis.row(sentence(text.SUM, a=formula("a_t", at)), 0, parts.total, total, INK, *lines,
                     class_="sum strong"),
            *curve(f.value, axis, parts.total, h, total_h, color),
            node("tr", node("td", formula(f"h_t = {f.symbol}(a_t)", at)), cell,
                 node("td", total_h, class_="mono"), class_="made strong"),
        ),
        class_="unit",
    )  # fmt: skip


def _named(reading: Reading, t: int, part: str) -> Node:
    """A part of a sum: the memory, the bias, and the word or what comes from the layer below."""
    said = text.PARTS[part]
    if part == "word":
        word = reading.source(t)
        said = word if reading.place.number else text.WORD_IS.format(word=word)
    return node("span", said, class_="word", title=said)


def _gated(reading: Reading, t: int, unit: int, axis: Axis) -> Node:
    """The gates' sums of one unit, and how they make its state."""
    gates = ", ".join(
        f"{', '.join(symbols)} = {function}(a)" for function in ("σ", "tanh")
        if (symbols := [s.symbol for s in reading.gates if squashes(s) == function])
    )  # fmt: skip
    return node("div", _title(reading, t, unit, formula(gates)), _by_gate(reading, t, unit),
                _sums(*_mixed(reading, t, unit, axis)), class_="unit gated")  # fmt: skip


def squashes(signal: Signal) -> str:
    """What squashes a gate's sum: a share comes from sigmoid, a sign from tanh."""
    return "σ" if signal.low == 0 else "tanh"


def _by_gate(reading: Reading, t: int, unit: int) -> Node:
    """The gates' sums of one unit in columns: word + memory + bias = a, and what it becomes."""
    gates, at = reading.gates, reading.indices(t)
    columns = []
    for signal in gates:
        row = (signal.gate or 0) * reading.model.n_hidden + unit
        shown, total = adding_up(_parts(unit_sum(reading, t, row)), 2)
        columns.append([*shown, total, number(_value(reading, signal.name, t, unit), 2)])
    labels: list[Node] = [node("span", _named(reading, t, said), " ",
                               formula(part, at)) for part, (said, _) in PARTS.items()]  # fmt: skip
    labels += [node("span", *sentence(text.SUM, a=formula("a"))), text.SQUASHED]
    rows = [
        [label, *values] for label, values in zip(labels, zip(*columns, strict=True), strict=True)
    ]
    head = [node("b", s.symbol, color=ACCENT) if s == reading.gate else s.symbol for s in gates]
    made = table(rows, ["", *head], ["", *["mono"] * len(gates)], looks={3: "sum", 4: "strong"})
    if "u" not in reading.fwd.signals or reading.earlier(t) is None:
        return made
    return node("div", made, node("p", text.RESET_NOTE, class_="note"))


def _mixed(reading: Reading, t: int, unit: int, axis: Axis) -> list[Node]:
    """How the state is made of the gates: each product, and their sum under a line."""
    layer, at, rows = reading.fwd.layer, reading.indices(t), []
    for mix, products in _products(reading, t, unit):
        shown, total = adding_up(products)
        made = _value(reading, mix.target, t, unit)
        if reading.is_held(mix.target, t, unit):
            total = number(made)
        bars: list[Bar] = []
        for pair, product, printed in zip(mix.products, products, shown, strict=True):
            left, right = (float(gating.value(layer, factor)[t, unit]) for factor in pair)
            said = node("span", f" {left:.2f} × {number(right, 2)}", class_="mono quiet")
            bars.append(([formula(" * ".join(pair), at), said], product, printed, W_HH))
        end = axis.row([formula(f"{mix.target}_t", at)], 0, made, total, INK, class_="sum strong")
        rows += [*axis.waterfall(bars), end]
    return rows or [
        node("tr", node("td", s.symbol), node("td"),
             node("td", number(_value(reading, s.name, t, unit)), class_="mono"), class_="strong")
        for s in reading.model.cell.signals if s.gate is None
    ]  # fmt: skip


def pushes(reading: Reading, t: int, unit: int) -> Node:
    """Which units of the state before pushed this one's sum; of the chosen gate, if it has any."""
    at, row = reading.indices(t), reading.block.start + unit
    gate = reading.gate.symbol if reading.gate else ""
    asked = sentence(text.PUSHED["gate" if gate else "it"], h=formula("h_{t-1}", at), gate=gate)
    title = node("div", node("h3", *asked), node("span", text.WEIGHT_STATE, class_="quiet"),
                 class_="heading")  # fmt: skip
    class_ = "pushes gated" if reading.gates else "pushes"
    if reading.earlier(t) is None:
        none = sentence(text.NO_MEMORY, h=formula("h_{t-1} = 0", at))
        return node("div", title, node("p", *none, class_="quiet"), class_=class_)
    parts = unit_sum(reading, t, row)
    strongest = np.argsort(-np.abs(parts.memory), kind="stable")
    units, others = strongest[:N_PUSHES].tolist(), strongest[N_PUSHES:]
    values = parts.memory[units].tolist() + [float(parts.memory[others].sum())] * (len(others) > 0)
    as_above = None if reading.gates else adding_up(_parts(parts))[0][1]
    shown, total = adding_up(values, 3, as_above)
    weights, before = reading.params["W_hh"][row], reading.fwd.h_before[t]
    labels: list[list[Node]] = [
        [node("span", str(j)),
         node("span", node("button", number(weights[j], 2), class_="weight",
                           label=text.WEIGHT.format(value=number(weights[j], 2)),
                           click={"weight": f"W_hh{reading.place.suffix}.{row}.{j}"}),
              f" × {number(before[j], 2)}", class_="mono quiet")]
        for j in units
    ] + [[text.OTHERS["many" if len(others) > 1 else "one"].format(n=len(others))]]  # fmt: skip
    axis = Axis(max(map(abs, values)) or 1.0)
    rows = [
        axis.row(label, 0, value, said, W_HH, class_="others" if i == N_PUSHES else None)
        for i, (label, value, said) in enumerate(zip(labels, values, shown, strict=False))
    ]
    memory = sentence(text.MEMORY_SUM, sum=formula("W_hh h_{t-1}", at))
    whole = node("td", *memory), node("td"), node("td", node("span", total, color=W_HH),
                                                  class_="mono")  # fmt: skip
    rows.append(node("tr", *whole, class_="sum strong"))
    return node("div", title, _sums(*rows), class_=class_)


def headline(reading: Reading, t: int, unit: int) -> Node:
    """The step's formula in large letters, each term's number under it, and the verdict."""
    at = reading.indices(t)
    laws: list[tuple[str, str, list[str], Sequence[float], str]] = [
        (mix.target, "=", [" * ".join(pair) for pair in mix.products], values, "")
        for mix, values in _products(reading, t, unit)
    ]
    if not laws:
        f = reading.model.cell.activation.symbol
        laws = [("h", f"= {f}(", list(PARTS), _parts(unit_sum(reading, t, unit)), ")")]
    columns: list[tuple[Node, Node, str | None]] = []
    for target, opening, parts, values, closing in laws:
        made = number(_value(reading, target, t, unit))
        columns += [(formula(f"{target}_t", at), made, INK), (opening, opening, None)]
        for part, said in zip(parts, adding_up(values)[0], strict=True):
            columns += [(formula(part, at), said, PARTS.get(part, ("", W_HH))[1]), ("+", "", None)]
        columns[-1] = (closing, closing, None)
    columns.append(("", text.UNIT.format(unit=unit), None))
    terms = [
        node("span", said, color=color if low else None,
             class_=("mono quiet" if color is None else "mono") if low else None)
        for above, below, color in columns for low, said in enumerate((above, below))
    ]  # fmt: skip
    long = "terms long" if len(laws) > 1 else "terms"
    said = state_film.verdict(reading, t)
    return node("div", node("div", *terms, class_=long), said, class_="headline")
