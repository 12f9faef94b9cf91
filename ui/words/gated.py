"""What is said of a cell with gates: one unit's sums side by side, and how its state is made."""

from __future__ import annotations

from rnn_core.cells import Signal
from ui import gating, words
from ui.figures.theme import ACCENT, W_HH
from ui.plot.plot import Node, node
from ui.reading import Reading
from ui.unit_sum import unit_sum
from ui.words import indexed, maths, number


def squashes(signal: Signal) -> str:
    """What squashes a gate's sum: a share comes from sigmoid, a sign from tanh."""
    return "σ" if signal.low == 0 else "tanh"


def formulas(reading: Reading, t: int) -> Node:
    """i, f, o = sigmoid(a), g = tanh(a), and the sum a."""
    parts: list[Node] = []
    for squash in ("σ", "tanh"):
        letters = ", ".join(s.symbol for s in reading.gates if squashes(s) == squash)
        if letters:
            parts += [node("mo", ",")] if parts else []
            parts += [node("mi", letters), node("mo", "="), node("mi", squash, class_="fn"),
                      node("mo", "("), node("mi", "a"), node("mo", ")")]  # fmt: skip
    before = index_before(reading, t)
    return node(
        "div",
        node("p", maths(*parts)),
        node("p", maths(node("mi", "a"), node("mo", "="), *words.the_sum(t + 1, before))),
    )


def index_before(reading: Reading, t: int) -> int:
    """The number, from 1, of the word that was read before; one beyond the sentence's ends."""
    return t + 2 if reading.place.backwards else t


def sums(reading: Reading, t: int, unit: int) -> Node:
    """The gates' sums of one unit in columns: word + memory + bias = a, and what it becomes."""
    h, fwd = reading.model.n_hidden, reading.fwd
    rows = [(s.gate or 0) * h + unit for s in reading.gates]
    parts = [unit_sum(reading, t, row) for row in rows]
    net = [p.total - (p.word + p.bias) for p in parts]
    before = index_before(reading, t)
    chosen = reading.gate.name if reading.gate else ""

    def row(label: list[Node], values: list[float], class_: str = "") -> Node:
        cells = [node("td", number(v, 2), class_="mono small") for v in values]
        return node("tr", node("td", *label), *cells, class_=class_ or None)

    source = reading.source(t)
    gates = [float(fwd.signals[s.name][t, unit, 0]) for s in reading.gates]
    head = [
        node("th", node("b", s.symbol, color=ACCENT) if s.name == chosen else s.symbol,
             title=s.meaning)
        for s in reading.gates
    ]  # fmt: skip
    squashed = ["after ", " or ".join(dict.fromkeys(squashes(s) for s in reading.gates))]
    differs = any(abs(n - p.memory.sum()) > 1e-12 for n, p in zip(net, parts, strict=True))
    table = node(
        "table",
        node(
            "tbody",
            node("tr", node("th", ""), *head),
            row([f"from {source}"], [p.word for p in parts]),
            row(["from memory ", maths(words.weight("hh"), indexed("h", str(before)))], net),
            row(["bias"], [p.bias for p in parts]),
            row([maths(node("mi", "a")), " before squashing"], [p.total for p in parts], "sum"),
            _bold(list(squashed), gates),
        ),
    )
    if not (differs and "u" in fwd.signals):
        return table
    said = "The candidate sees its memory through the reset gate: r times it is what is added."
    return node("div", table, node("p", said, class_="small quiet"))


def _bold(label: list[Node], values: list[float]) -> Node:
    cells = [node("td", node("b", number(v, 2)), class_="mono small") for v in values]
    return node("tr", node("td", node("b", *label)), *cells)


def mixed(reading: Reading, t: int, unit: int) -> Node:
    """How the state is made of the gates: each product, and their sum under a line."""
    mixes = gating.mixes(reading.model)
    if not mixes:
        values = [(s.symbol, float(reading.fwd.signals[s.name][t, unit, 0]))
                  for s in reading.model.cell.signals if s.gate is None]  # fmt: skip
        rows = [node("tr", node("td", letter), node("td", number(v), class_="mono"),
                     class_="strong") for letter, v in values]  # fmt: skip
        return node("table", node("tbody", *rows))
    layer, before = reading.fwd.layer, index_before(reading, t)
    rows = []
    for mix in mixes:
        factors = [[float(gating.value(layer, name)[t, unit]) for name in product]
                   for product in mix.products]  # fmt: skip
        products = [left * right + 0.0 for left, right in factors]
        largest = max([abs(p) for p in products] + [1e-9])
        for names, (left, right), product in zip(mix.products, factors, products, strict=True):
            label = maths(gating.symbol(names[0], t + 1, before), node("mo", "·"),
                          gating.symbol(names[1], t + 1, before))  # fmt: skip
            how = f"{left:.2f} × {number(right, 2)}"
            rows.append(node(
                "tr",
                node("td", label, node("div", how, class_="mono small quiet")),
                node("td", node("bar", value=round(product / largest, 4), color=W_HH),
                     class_="wide"),
                node("td", number(product), class_="mono"),
            ))  # fmt: skip
        total = float(layer.signals[mix.target][t, unit, 0])
        rows.append(node("tr", node("td", maths(indexed(mix.target, str(t + 1)))), node("td", ""),
                         node("td", number(total), class_="mono"),
                         class_="sum strong"))  # fmt: skip
    return node("table", node("tbody", *rows))
