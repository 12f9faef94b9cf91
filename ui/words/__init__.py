"""What is said to the reader: formulas, sums with their numbers, sentences. Text is data."""

from __future__ import annotations

from collections.abc import Sequence

from ui.figures.theme import BIAS, INK, W_HH, W_XH
from ui.plot.plot import Node, node


def number(value: float, digits: int = 3) -> str:
    """A signed number with a true minus sign: +0.976, −0.818."""
    return f"{value:+.{digits}f}".replace("-", "−")


def percent(share: float) -> str:
    """A share of 1 as a percentage that does not break: 71 %."""
    return f"{share:.0%}".replace("%", "\u00a0%")


def look_for(*text: Node) -> Node:
    """The one sentence under a figure."""
    return node("p", node("b", "Look for "), *text, class_="look")


def indexed(name: str, index: str) -> Node:
    """A letter with an index: h with t - 1."""
    return node("msub", node("mi", name), node("mrow", *_index(index)))


def _index(index: str) -> list[Node]:
    parts = index.split("-")
    if len(parts) == 1:
        return [node("mn" if index.isdigit() else "mi", index)]
    return [node("mi", parts[0]), node("mo", "−"), node("mn", parts[1])]


def weight(name: str) -> Node:
    """W with its two letters: weight("xh")."""
    return node("msub", node("mi", "W"), node("mi", name))


def the_sum(t: int, before: int) -> list[Node]:
    """W_xh x_t + W_hh h_{t-1} + b_h, each part in its colour. before : the state's index."""
    return [
        node("mrow", weight("xh"), indexed("x", str(t)), color=W_XH), node("mo", "+"),
        node("mrow", weight("hh"), indexed("h", str(before)), color=W_HH), node("mo", "+"),
        node("mrow", indexed("b", "h"), color=BIAS),
    ]  # fmt: skip


def forward_formula(t: int, activation: str, before: int | None = None) -> Node:
    """h_t = tanh(W_xh x_t + W_hh h_{t-1} + b_h), with this t and each part in its colour.

    t : counted from 1, as the reader counts. before : the state before, t - 1 unless it is given.
    """
    return node(
        "math",
        indexed("h", str(t)), node("mo", "="), node("mi", activation, class_="fn"), node("mo", "("),
        *the_sum(t, t - 1 if before is None else before), node("mo", ")"),
    )  # fmt: skip


def maths(*parts: Node) -> Node:
    """A formula inside a sentence."""
    return node("math", *parts)


def sum_table(
    word: str, t: int, from_word: float, from_memory: float, bias: float, total: float,
    before: int | None = None, source: str = "",
) -> Node:  # fmt: skip
    """The three parts of one unit's sum, with bars, and their sum under a line, as on paper.

    before : as in forward_formula. source : what comes in, where it is not the word itself.
    """
    quoted = f"“{word}”"
    largest = max(abs(from_word), abs(from_memory), abs(bias), 1e-9)

    def row(*label: Node, value: float, color: str) -> Node:
        return node(
            "tr",
            node("td", *label),
            node("td", node("bar", value=round(value / largest, 4), color=color), class_="wide"),
            node("td", number(value), class_="mono"),
        )

    earlier = str(t - 1 if before is None else before)
    memory = ["from memory ", maths(weight("hh"), indexed("h", earlier))]
    return node(
        "table",
        node(
            "tbody",
            row(f"from {source or quoted} ", maths(weight("xh"), indexed("x", str(t))),
                value=from_word, color=W_XH),
            row(*memory, value=from_memory, color=W_HH),
            row("bias ", maths(indexed("b", "h")), value=bias, color=BIAS),
            node(
                "tr",
                node("td", maths(indexed("a", str(t))), " before squashing"),
                node("td", ""),
                node("td", number(total), class_="mono"),
                class_="sum",
            ),
        ),
    )  # fmt: skip


def result_row(t: int, activation: str, value: float) -> Node:
    """h_t = tanh(a_t) and its number."""
    formula = maths(
        indexed("h", str(t)), node("mo", "="), node("mi", activation, class_="fn"), node("mo", "("),
        indexed("a", str(t)), node("mo", ")"),
    )  # fmt: skip
    cells = [node("td", formula), node("td", number(value), class_="mono")]
    return node("table", node("tbody", node("tr", *cells, class_="strong")))


def pushes(
    t: int, units: Sequence[int], weights: Sequence[float], before: Sequence[float], rest: float,
    earlier: int | None = None, what: str = "it",
) -> Node:  # fmt: skip
    """Which units of h_{t-1} pushed this one: weight x state = share, the strongest first.

    rest : what all the other units add together. earlier : the index of the state before, t - 1
    unless it is given. what : was pushed.
    """
    index = str(t - 1 if earlier is None else earlier)
    title = node("p", node("b", "Which units of "), maths(indexed("h", index)),
                 node("b", f" pushed {what}"))  # fmt: skip
    if not len(units):
        zero = maths(indexed("h", index), node("mo", "="), node("mn", "0"))
        text = node("p", "None: before the first word there is no memory yet, ", zero, ".",
                    class_="quiet")  # fmt: skip
        return node("div", title, text)
    shares = [w * h for w, h in zip(weights, before, strict=True)]
    largest = max([abs(share) for share in shares] + [1e-9])
    rows = [
        node(
            "tr",
            node(
                "td",
                node("span", f"unit {unit}".ljust(9, "\u2007") + " ", class_="quiet"),
                node("span", f"{number(w, 2)}\u00a0×\u00a0{number(h, 2)}", class_="mono small"),
            ),
            node("td", node("bar", value=round(share / largest, 4), color=W_HH), class_="wide"),
            node("td", number(share), class_="mono"),
        )
        for unit, w, h, share in zip(units, weights, before, shares, strict=True)
    ]
    if rest:
        cells = [node("td", "all others", class_="quiet"), node("td", ""),
                 node("td", number(rest), class_="mono quiet")]  # fmt: skip
        rows.append(node("tr", *cells))
    return node("div", title, node("table", node("tbody", *rows)))


def verdict(answer: str, probability: float) -> Node:
    """What the network would say now."""
    return node("span", node("b", answer), f" {probability:.0%}".replace("%", " %"), color=INK)
