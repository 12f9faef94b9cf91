"""The kind of a network: which cell, how many layers, one direction or both. And its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from rnn_core import CELLS, Hyperparameters
from rnn_core.parameters import layers
from ui import state
from ui.state import kinds as kind_state

MOST_LAYERS = 3
LARGEST = 80_000
"""Recurrent weights; a larger network would keep the visitor waiting for its training."""
SWITCH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


@dataclass(frozen=True)
class Kind:
    """A cell (a key of CELLS), how many layers, and whether each reads both ways."""

    cell: str = "rnn"
    n_layers: int = 1
    both: bool = False

    def sizes(self, offered: Sequence[int], much: bool) -> list[int]:
        """The units that do not keep a visitor waiting; one plain layer on few sentences may be
        of any size. much : whether there is much to learn from: then each epoch is long.
        """
        most = LARGEST // 3 if much else LARGEST
        return [n for n in offered if (self == Kind() and not much) or self.size(n) <= most]

    def size(self, n_hidden: int) -> int:
        """How many weights go from states to states."""
        ways = 1 + self.both
        rows = CELLS[self.cell].n_gates * n_hidden
        return ways * rows * n_hidden * (self.n_layers + ways * (self.n_layers - 1))


def of(settings: Hyperparameters) -> Kind:
    """The kind of network that these settings make."""
    return Kind(settings.cell, settings.n_layers, settings.bidirectional)


def choose() -> Kind:
    """The knobs for it, bound to the address."""
    kind_state.from_link("cell", {name: name for name in CELLS})
    cell = st.segmented_control(
        "Cell", list(CELLS), default="rnn", required=True, key="cell", bind="query-params",
        format_func=str.upper, help="What happens at each word. GRU and LSTM have gates.",
    )  # fmt: skip
    state.number_from_link("layers", range(1, MOST_LAYERS + 1), 1)
    n_layers = st.segmented_control(
        "Layers", list(range(1, MOST_LAYERS + 1)), default=1, required=True, key="layers",
        bind="query-params", help="Each layer reads the states of the one below.",
    )  # fmt: skip
    kind_state.from_link("both", SWITCH)
    both = st.toggle(
        "Read in both directions", key="both", bind="query-params",
        help="A second half of each layer reads from the last word to the first.",
    )  # fmt: skip
    return Kind(cell or "rnn", n_layers or 1, both)


def describe(settings: Hyperparameters) -> str:
    """Name the network: "LSTM, 16 units, 2 layers, both directions, seed 0"."""
    name = "vanilla RNN" if settings.cell == "rnn" else settings.cell.upper()
    if settings.activation != "tanh":
        name += f" with {settings.activation}"
    parts = [name, f"{settings.n_hidden} units" if settings.n_hidden > 1 else "1 unit"]
    if settings.n_layers > 1:
        parts.append(f"{settings.n_layers} layers")
    if settings.bidirectional:
        parts.append("both directions")
    return ", ".join([*parts, f"seed {settings.seed}"])


def layer_names(n_layers: int, both: bool) -> list[str]:
    """What each layer is called, from the words up: "layer 2", or "layer 2, backwards"."""
    names = []
    for layer in layers(n_layers, both):
        way = ("backwards" if layer.backwards else "forwards") if both else ""
        number = f"layer {layer.number + 1}" if n_layers > 1 else ""
        names.append(", ".join(part for part in (number, way) if part) or "the layer")
    return names


def short_names(n_layers: int, both: bool) -> list[str]:
    """The same for a button and a link: "2", or "2 back"."""
    names = layer_names(n_layers, both)
    if n_layers == 1:
        return names
    short = {"layer ": "", ", forwards": " forth", ", backwards": " back"}
    for long, few in short.items():
        names = [name.replace(long, few) for name in names]
    return names
