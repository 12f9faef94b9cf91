"""One unit's arithmetic at one word: its sums, what squashing makes of them, and who pushed it.

A cell without gates has one sum, shown on the curve that squashes it; a cell with gates has one
for each, side by side, and the products that make its state.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from rnn_core.cells import Signal
from ui.kit import theme
from ui.kit.formula import formula
from ui.kit.numbers import adding_up, number
from ui.kit.player import Figure, Film, Frame, Node, Panel, Text, node
from ui.kit.theme import ACCENT, BIAS, W_HH, W_XH
from ui.sequence import signals as gating
from ui.sequence.reading import Reading
from ui.sequence.state_film import frames, state_panels
from ui.sequence.unit_sum import unit_sum

LARGEST_SUM = 4.0
"""Where the picture of the activation ends; beyond it, tanh is saturated."""
N_PUSHES = 5
SUM = "W_xh x_t + W_hh h_{t-1} + b_h"
Bar = tuple[list[Node], float, str, str]
"""A row of a table: its label, a number as a bar and as it is printed, and the bar's colour."""


def film(reading: Reading, unit: int) -> Film:
    """The film of the state, and beside it the arithmetic of one unit."""
    return state_panels(reading) + panels(reading), explained(reading, unit)


def panels(reading: Reading) -> list[Panel]:
    """The arithmetic of the chosen unit, beside the film; frames fill it."""
    made: list[Panel] = [Text("sum", "", area="side"), Text("result", "", area="side")]
    if not reading.gates:
        f = reading.model.cell.activation
        x = np.linspace(-LARGEST_SUM, LARGEST_SUM, 81)
        said = f"The curve of {f.symbol}, with a point at this step's sum"
        made.insert(1, Figure(
            "squash", curve(min(f.low, -1.08), f.high * 1.08, x, f.value(x)), 150,
            f"The squashing function {f.symbol}", said, area="side",
        ))  # fmt: skip
    return made


def curve(low: float, high: float, x: np.ndarray, y: np.ndarray) -> go.Figure:
    """The activation's curve; trace 1 is the point that moves along it."""
    line = go.Scatter(x=np.round(x, 3).tolist(), y=np.round(y, 4).tolist(), mode="lines",
                      line={"color": theme.INK, "width": 2}, hoverinfo="skip")  # fmt: skip
    point = go.Scatter(
        x=[0], y=[0], mode="lines+markers", cliponaxis=False,
        line={"color": W_HH, "width": 1.5, "dash": "dot"},
        marker={"size": [0, 13], "color": theme.POSITIVE, "opacity": 1,
                "line": {"color": theme.INK, "width": 1.5}},
        hovertemplate="a = %{x:+.3f}, h = %{y:+.3f}<extra></extra>",
    )  # fmt: skip
    small = {"tickfont": {"size": 11, "color": theme.FAINT}, "gridcolor": theme.HAIR,
             "zerolinecolor": theme.HAIR}  # fmt: skip
    axes = {
        "xaxis": theme.axis(range=[x[0], x[-1]], showgrid=True, dtick=1, **small),
        "yaxis": theme.axis(range=[low, high], zeroline=True, tickvals=[-1, 0, 1], **small),
    }
    margin = {"l": 30, "r": 14, "t": 10, "b": 22}
    return go.Figure([line, point], theme.layout(margin=margin, **axes))


def point_at(a: float, h: float) -> dict[str, Any]:
    """The moving point: a drop line from (a, 0) to (a, h); a is kept inside the picture."""
    x = round(float(np.clip(a, -LARGEST_SUM, LARGEST_SUM)), 4)
    return {"data": {"1": {"x": [x, x], "y": [0, round(h, 4)]}}}


def explained(reading: Reading, unit: int) -> list[Frame]:
    """The reading's frames, each with this unit's arithmetic beside the state."""
    made = frames(reading, unit, reading.order.index(unit))
    at_step = _gated if reading.gates else _plain
    for t, frame in enumerate(made):
        frame.panels.update(at_step(reading, t, unit))
    return made


def _title(reading: Reading, t: int, unit: int) -> Node:
    layer = f" · {reading.called}" if reading.called else ""
    title = node("h3", f"Unit {unit} at “{reading.words[t]}”{layer}")
    held = [s.symbol for s in reading.model.cell.signals if reading.is_held(s.name, t, unit)]
    if not held:
        return title
    said = f"Held by hand here, whatever the sum says: {', '.join(held)}."
    return node("div", title, node("p", said, class_="note"))


def _bars(rows: list[Bar]) -> list[Node]:
    """Rows with bars, the longest of them full."""
    largest = max([abs(value) for _, value, _, _ in rows] + [1e-9])
    return [
        node("tr", node("td", *label),
             node("td", node("bar", value=round(value / largest, 4), color=color), class_="wide"),
             node("td", printed, class_="mono"))
        for label, value, printed, color in rows
    ]  # fmt: skip


def _total(label: list[Node], printed: str, class_: str = "sum") -> Node:
    """The row under a line, as on paper."""
    cells = node("td", *label), node("td", ""), node("td", printed, class_="mono")
    return node("tr", *cells, class_=class_)


def _table(*rows: Node) -> Node:
    return node("table", node("tbody", *rows))


def _plain(reading: Reading, t: int, unit: int) -> dict[str, Any]:
    """This step's sum for one unit, where it lands on the curve, and who pushed it."""
    f, h = reading.model.cell.activation.symbol, float(reading.fwd.h[t, unit])
    at = reading.indices(t)
    parts = unit_sum(reading, t, unit)
    values = parts.word, float(parts.memory.sum()), parts.bias
    shown, total = adding_up(values)
    labels = (
        (f"from {reading.source(t)} ", "W_xh x_t", W_XH), ("from memory ", "W_hh h_{t-1}", W_HH),
        ("bias ", "b_h", BIAS),
    )  # fmt: skip
    rows = _bars([
        ([said, formula(text, at)], value, printed, color)
        for (said, text, color), value, printed in zip(labels, values, shown, strict=True)
    ])  # fmt: skip
    a = _total([formula("a_t", at), ", the pre-activation"], total)
    result = _total([formula(f"h_t = {f}(a_t)", at)], number(h), "strong")
    return {
        "sum": node("div", _title(reading, t, unit),
                    node("p", formula(f"h_t = {f}({SUM})", at)), _table(*rows, a)),
        "squash": point_at(parts.total, h),
        "result": node("div", _table(result),
                       _pushes(reading, t, unit, "it", shown[1])),
    }  # fmt: skip


def _gated(reading: Reading, t: int, unit: int) -> dict[str, Any]:
    """The gates' sums of one unit, how they make its state, and who pushed the chosen gate."""
    letter, at = reading.gate.symbol if reading.gate else "it", reading.indices(t)
    gates = ", ".join(
        f"{', '.join(symbols)} = {function}(a)" for function in ("σ", "tanh")
        if (symbols := [s.symbol for s in reading.gates if squashes(s) == function])
    )  # fmt: skip
    formulas = node("div", node("p", formula(gates)), node("p", formula(f"a = {SUM}", at)))
    return {
        "sum": node("div", _title(reading, t, unit), formulas, _sums(reading, t, unit)),
        "result": node("div", _mixed(reading, t, unit), _pushes(reading, t, unit, letter)),
    }


def squashes(signal: Signal) -> str:
    """What squashes a gate's sum: a share comes from sigmoid, a sign from tanh."""
    return "σ" if signal.low == 0 else "tanh"


def _sums(reading: Reading, t: int, unit: int) -> Node:
    """The gates' sums of one unit in columns: word + memory + bias = a, and what it becomes."""
    signals = reading.fwd.signals
    parts = [unit_sum(reading, t, (s.gate or 0) * reading.model.n_hidden + unit)
             for s in reading.gates]  # fmt: skip
    added = [adding_up((p.word, p.total - (p.word + p.bias), p.bias), 2) for p in parts]
    columns = [(*shown, total) for shown, total in added]
    labels: list[list[Node]] = [
        [f"from {reading.source(t)}"],
        ["from memory ", formula("W_hh h_{t-1}", reading.indices(t))],
        ["bias"],
        [formula("a"), ", the pre-activation"],
    ]
    head = [node("th", node("b", s.symbol, color=ACCENT) if s == reading.gate else s.symbol,
                 title=s.meaning) for s in reading.gates]  # fmt: skip
    rows = [
        node("tr", node("td", *label), *(node("td", v, class_="mono small") for v in values),
             class_="sum" if label is labels[-1] else None)
        for label, values in zip(labels, zip(*columns, strict=True), strict=True)
    ]  # fmt: skip
    after = node("b", "after ", " or ".join(dict.fromkeys(map(squashes, reading.gates))))
    values = (number(float(signals[s.name][t, unit, 0]), 2) for s in reading.gates)
    gates = (node("td", node("b", value), class_="mono small") for value in values)
    table = _table(node("tr", node("th", ""), *head), *rows,
                   node("tr", node("td", after), *gates))  # fmt: skip
    if "u" not in signals or reading.earlier(t) is None:
        return table
    said = "The candidate sees its memory through the reset gate: r times it is what is added."
    return node("div", table, node("p", said, class_="small quiet"))


def _mixed(reading: Reading, t: int, unit: int) -> Node:
    """How the state is made of the gates: each product, and their sum under a line."""
    layer, signals, at = reading.fwd.layer, reading.fwd.signals, reading.indices(t)
    rows = []
    for mix in gating.mixes(reading.model):
        factors = [[float(gating.value(layer, factor)[t, unit]) for factor in product]
                   for product in mix.products]  # fmt: skip
        products = [left * right for left, right in factors]
        shown, total = adding_up(products)
        if reading.is_held(mix.target, t, unit):
            total = number(float(signals[mix.target][t, unit, 0]))
        bars: list[Bar] = [
            ([formula(" * ".join(names), at),
              node("div", f"{left:.2f} × {number(right, 2)}", class_="mono small quiet")],
             product, printed, W_HH)
            for names, (left, right), product, printed in zip(mix.products, factors, products,
                                                              shown, strict=True)
        ]  # fmt: skip
        rows += [*_bars(bars), _total([formula(f"{mix.target}_t", at)], total, "sum strong")]
    if not rows:
        rows = [_total([s.symbol], number(float(signals[s.name][t, unit, 0])), "strong")
                for s in reading.model.cell.signals if s.gate is None]  # fmt: skip
    return _table(*rows)


def _pushes(reading: Reading, t: int, unit: int, what: str, total: str | None = None) -> Node:
    """Which units of the state before pushed this one's sum; of the chosen gate, if it has any.

    Weight x state = what it adds, the strongest first. total : of all, as printed above.
    """
    at, row = reading.indices(t), reading.block.start + unit
    title = node("p", node("b", "Which units of "), formula("h_{t-1}", at),
                 node("b", f" pushed {what}"))  # fmt: skip
    if reading.earlier(t) is None:
        said = "None: before the first word there is no memory yet, "
        return node("div", title, node("p", said, formula("h_{t-1} = 0", at), ".", class_="quiet"))
    memory, before = unit_sum(reading, t, row).memory, reading.fwd.h_before[t]
    strongest = np.argsort(-np.abs(memory), kind="stable")
    units, others = strongest[:N_PUSHES].tolist(), strongest[N_PUSHES:]
    shown, _ = adding_up([*memory[units], memory[others].sum()], 3, total)
    weights = reading.params["W_hh"][row]
    rows = _bars([
        ([node("span", f"unit {j}".ljust(9, "\u2007") + " ", class_="quiet"),
          node("span", f"{number(weights[j], 2)}\u00a0×\u00a0{number(before[j], 2)}",
               class_="mono small")], float(memory[j]), printed, W_HH)
        for j, printed in zip(units, shown, strict=False)
    ])  # fmt: skip
    if len(others):
        rows.append(_total(["all others"], shown[-1], "quiet"))
    return node("div", title, _table(*rows))
