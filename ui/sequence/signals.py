"""How gates mix the old with the new: which products make which state, with a trace's numbers.

The formulas stand with the cells, as texts; here they are looked up in a trace. A cell that says
none is shown by its sums and signals alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from rnn_core import BackwardTrace, Model
from rnn_core.traces import LayerForward

FACTORS: dict[str, Callable[[LayerForward, str], np.ndarray]] = {
    r"(\w+)_t": lambda layer, s: layer.signals[s],
    r"(\w+)_\{t-1\}": lambda layer, s: layer.before[s],
    r"\(1 - (\w+)_t\)": lambda layer, s: 1 - layer.signals[s],
    r"\(h_\{t-1\} - (\w+)_t\)": lambda layer, s: layer.before["h"] - layer.signals[s],
    r"tanh\((\w+)_t\)": lambda layer, s: layer.signals[f"tanh_{s}"],
    r"u_(\w+)": lambda layer, _: layer.signals["u"][:, -layer.signals["h"].shape[1] :],
}
"""What a factor of a cell's formulas is in a trace, (T, H, B)."""


@dataclass(frozen=True)
class Mix:
    """target, a signal's name, is the sum of the products; each has two factors, as written."""

    target: str
    products: tuple[tuple[str, str], ...]


@cache
def _mix(formula: str) -> Mix:
    target, _, total = formula.partition("_t = ")
    return Mix(target, tuple(_pair(product) for product in total.split(" + ")))


def _pair(product: str) -> tuple[str, str]:
    left, right = product.split(" * ")
    return left, right


def mixes(model: Model) -> tuple[Mix, ...]:
    """How the cell makes its state of its gates; nothing for a cell without gates."""
    return tuple(_mix(formula) for formula in model.cell.mixes)


def gradients(model: Model) -> dict[str, tuple[str, str]]:
    """For each gate: whose gradient, times what, is its own, as the cell writes it."""
    return {gate: _pair(product) for gate, product in model.cell.gradients.items()}


def memory(model: Model) -> str:
    """The signal that the cell keeps its memory in: the last of what it carries."""
    return model.cell.carry[-1]


def value(layer: LayerForward, factor: str) -> np.ndarray:
    """(T, H) of one sentence: a factor of a formula, such as "c_{t-1}" or "(1 - z_t)".

    Raises ValueError for one that no trace has.
    """
    for pattern, made in FACTORS.items():
        if found := re.fullmatch(pattern, factor):
            numbers: np.ndarray = made(layer, found[1])[..., 0]
            return numbers
    raise ValueError(f"{factor!r} is no factor of a cell's formula")


def gradient(bwd: BackwardTrace, name: str, model: Model) -> np.ndarray:
    """(T, H) of one sentence: of a carried signal, "d_c_t", or of a gate's sum, "d_a_n"."""
    of = name.removeprefix("d_a_")
    if of == name:
        carried: np.ndarray = bwd.signals[name[2:-2]][..., 0]
        return carried
    gate = next(signal.gate for signal in model.cell.signals if signal.name == of)
    return bwd.d_a[:, (gate or 0) * model.n_hidden :][:, : model.n_hidden]


def gradient_name(signal: str, model: Model) -> str:
    """What a cell calls the gradient of a signal: "d_c_t", or that of its sum, "d_a_n"."""
    return f"d_{signal}_t" if signal in model.cell.carry else f"d_a_{signal}"


def written(text: str) -> str:
    """A cell's formula for the reader: what its code calls u is W_hh h_{t-1}."""
    return re.sub(r"\bu_\w+", "(W_hh h_{t-1})", text)
