"""How gates mix the old with the new: which products make which state, with a trace's numbers.

The cells' own docstrings say the same in formulas; a test holds the two together. A cell that is
not written down here is shown by its sums and signals alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnn_core import Model
from rnn_core.blame import BackwardTrace
from rnn_core.layer_trace import LayerForward, after
from ui.plot.plot import Node, node
from ui.words import indexed

Names = tuple[str, ...]


@dataclass(frozen=True)
class Mix:
    """target = the sum of left x right over the products. Each is a name that `value` knows."""

    target: str
    products: tuple[tuple[str, str], ...]


MIXES: dict[Names, tuple[Mix, ...]] = {
    ("h", "c", "i", "f", "o", "g"): (
        Mix("c", (("f", "before c"), ("i", "g"))),
        Mix("h", (("o", "tanh c"),)),
    ),
    ("h", "r", "z", "n"): (Mix("h", (("z", "before h"), ("1− z", "n"))),),
}
BLAMES: dict[Names, dict[str, tuple[str, str]]] = {
    ("h", "c", "i", "f", "o", "g"): {
        "i": ("c", "g"), "f": ("c", "before c"), "o": ("h", "tanh c"), "g": ("c", "i"),
    },
    ("h", "r", "z", "n"): {
        "r": ("a n", "recurrent n"), "z": ("h", "before− n"), "n": ("h", "1− z"),
    },
}  # fmt: skip
"""For each gate: whose blame, times what, is the gate's own. "a n" is the blame of n's sum."""
COPY: dict[Names, dict[str, float]] = {
    ("h", "c", "i", "f", "o", "g"): {"f": 1.0, "i": 0.0},
    ("h", "r", "z", "n"): {"z": 1.0},
}
"""Gates that, held so, copy the memory from word to word."""


def names(model: Model) -> Names:
    """The names of a cell's signals: what the tables above go by."""
    return tuple(signal.name for signal in model.cell.signals)


def memory(model: Model) -> str:
    """The signal that the cell keeps its memory in: the last of what it carries."""
    return model.cell.carry[-1]


def value(layer: LayerForward, name: str) -> np.ndarray:
    """(T, H) of one sentence: a signal, or what is made of one, such as "before c" or "1− z"."""
    made, _, of = name.rpartition(" ")
    if made == "before":
        array = layer.all_before[of]
    elif made == "before−":
        array = layer.all_before["h"] - layer.signals[of]
    elif made == "recurrent":
        h = layer.signals["h"].shape[1]
        array = layer.all_now["recurrent"][:, -h:]
    elif made == "1−":
        array = 1 - layer.signals[of]
    elif made == "tanh":
        array = np.tanh(layer.signals[of])
    else:
        array = layer.signals[of]
    numbers: np.ndarray = array[..., 0]
    return numbers


def blame(bwd: BackwardTrace, name: str, model: Model) -> np.ndarray:
    """(T, H) dL/d of a carried signal, or of a gate's sum: "c", "h", "a n"."""
    made, _, of = name.rpartition(" ")
    if not made:
        carried: np.ndarray = after(bwd.d_carried[of], bwd.layer.layer)[..., 0]
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
