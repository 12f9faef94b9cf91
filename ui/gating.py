"""How gates mix the old with the new: which products make which state, with a trace's numbers.

The formulas stand with the cells; here they are read. A cell that says none is shown by its sums
and signals alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import numpy as np

from rnn_core import BackwardTrace, Model
from rnn_core.traces import LayerForward
from ui.plot.plot import Node, node
from ui.words import indexed


@dataclass(frozen=True)
class Mix:
    """target = the sum of left x right over the products. Each is a name that `value` knows."""

    target: str
    products: tuple[tuple[str, str], ...]


TOKENS = {
    r"d_a_([a-z]+)": "a {}",
    r"d_([a-z]+)_t": "{}",
    r"u_([a-z]+)": "recurrent {}",
    r"([a-z]+)_\{t-1\}": "before {}",
    r"\(h_\{t-1\} - ([a-z]+)_t\)": "before− {}",
    r"\(1 - ([a-z]+)_t\)": "1− {}",
    r"tanh\(([a-z]+)_t\)": "tanh {}",
    r"([a-z]+)_t": "{}",
}
"""How a cell's formulas write what `value` and `blame` know by name; the first that fits counts."""


@cache
def named(token: str) -> str:
    """The name of a formula's token. Raises ValueError for one that nothing here can read."""
    for pattern, name in TOKENS.items():
        if found := re.fullmatch(pattern, token):
            return name.format(found[1])
    raise ValueError(f"{token!r} is no token of a cell's formula")


@cache
def _mix(formula: str) -> Mix:
    target, _, total = formula.partition(" = ")
    return Mix(named(target), tuple(_pair(product) for product in total.split(" + ")))


def _pair(product: str) -> tuple[str, str]:
    left, right = product.split(" * ")
    return named(left), named(right)


def mixes(model: Model) -> tuple[Mix, ...]:
    """How the cell makes its state of its gates; nothing for a cell without gates."""
    return tuple(_mix(formula) for formula in model.cell.mixes)


def blames(model: Model) -> dict[str, tuple[str, str]]:
    """For each gate: whose blame, times what, is the gate's own. "a n" is the blame of n's sum."""
    return {gate: _pair(product) for gate, product in model.cell.gradients.items()}


def memory(model: Model) -> str:
    """The signal that the cell keeps its memory in: the last of what it carries."""
    return model.cell.carry[-1]


def value(layer: LayerForward, name: str) -> np.ndarray:
    """(T, H) of one sentence: a signal, or what is made of one, such as "before c" or "1− z"."""
    made, _, of = name.rpartition(" ")
    if made == "before":
        array = layer.before[of]
    elif made == "before−":
        array = layer.before["h"] - layer.signals[of]
    elif made == "recurrent":
        array = layer.signals["u"][:, -layer.signals["h"].shape[1] :]
    elif made == "1−":
        array = 1 - layer.signals[of]
    elif made == "tanh":
        array = layer.signals[f"tanh_{of}"]
    else:
        array = layer.signals[of]
    numbers: np.ndarray = array[..., 0]
    return numbers


def blame(bwd: BackwardTrace, name: str, model: Model) -> np.ndarray:
    """(T, H) dL/d of a carried signal, or of a gate's sum: "c", "h", "a n"."""
    made, _, of = name.rpartition(" ")
    if not made:
        carried: np.ndarray = bwd.signals[of][..., 0]
        return carried
    gate = next(signal.gate for signal in model.cell.signals if signal.name == of)
    return bwd.d_a[:, (gate or 0) * model.n_hidden :][:, : model.n_hidden]


def symbol(name: str, t: int, before: int) -> Node:
    """A name as it is written: "before c" is c with the index of the word before.

    t, before : the words' numbers, from 1.
    """
    made, _, of = name.rpartition(" ")
    if made == "before":
        return indexed(of, str(before))
    if made == "before−":
        return node("mrow", node("mo", "("), indexed("h", str(before)), node("mo", "−"),
                    indexed(of, str(t)), node("mo", ")"))  # fmt: skip
    if made == "recurrent":
        return node("mrow", node("mo", "("), node("msub", node("mi", "W"), node("mi", "hh")),
                    indexed("h", str(before)), node("mo", ")"))  # fmt: skip
    if made == "1−":
        return node("mrow", node("mo", "("), node("mn", "1"), node("mo", "−"),
                    indexed(of, str(t)), node("mo", ")"))  # fmt: skip
    if made == "tanh":
        return node("mrow", node("mi", "tanh", class_="fn"), node("mo", "("), indexed(of, str(t)),
                    node("mo", ")"))  # fmt: skip
    return indexed(of, str(t))


def text(name: str, before: str) -> str:
    """The same as one line for a figure. before : the index of the word before, as in t−1."""
    made, _, of = name.rpartition(" ")
    return {
        "before": f"{of}<sub>{before}</sub>", "1−": f"1 − {of}", "tanh": f"tanh {of}",
    }.get(made, of)  # fmt: skip
