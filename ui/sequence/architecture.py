"""The architecture: which cell, how many layers, one direction or both. And its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rnn_core import CELLS, Hyperparameters, Model
from rnn_core.parameters import layers
from ui.kit import settings
from ui.kit.table import UNITS

INIT_NAMES = {"orthogonal": "rotation × radius", "uniform": "uniform", "tiny": "N(0, 1) / 1000",
          "positive": "U(0, 1), all positive"}  # fmt: skip
"""How weights are drawn at the start, in words."""
UNUSUAL = "tiny", "positive"
LARGEST = 80_000
"""Recurrent weights; a larger network would keep the visitor waiting for its training."""


@dataclass(frozen=True)
class Architecture:
    """A cell (a key of CELLS), how many layers, and whether each reads in both directions."""

    cell: str = "rnn"
    n_layers: int = 1
    both: bool = False

    @classmethod
    def chosen(cls) -> Architecture:
        """The one that is set."""
        return cls(settings.get("cell"), settings.get("layers"), settings.get("both"))

    @classmethod
    def of(cls, hp: Hyperparameters) -> Architecture:
        """The one that these settings make."""
        return cls(hp.cell, hp.n_layers, hp.bidirectional)

    @property
    def activations(self) -> tuple[str, ...]:
        """Those among which its cell lets choose."""
        return tuple(CELLS[self.cell].activations)

    def sizes(self, much: bool, offered: Sequence[int] = UNITS) -> list[int]:
        """The units that do not keep a visitor waiting; one plain layer on few sentences may be
        of any size. much : whether there is much to learn from: then each epoch is long.
        """
        most = LARGEST // 3 if much else LARGEST
        plain = self == PLAIN and not much
        return [n for n in offered if plain or self.recurrent_weights(n) <= most]

    def recurrent_weights(self, n_hidden: int) -> int:
        """How many weights go from states to states."""
        ways = 1 + self.both
        rows = CELLS[self.cell].n_gates * n_hidden
        return ways * rows * n_hidden * (self.n_layers + ways * (self.n_layers - 1))


PLAIN = Architecture()


def choose() -> Architecture:
    """The widgets for it."""
    settings.segments("cell", "Cell", {name: name.upper() for name in CELLS},
                      help="What happens at each word. GRU and LSTM have gates.")  # fmt: skip
    settings.segments("layers", "Layers", help="Each layer reads the states of the one below.")
    settings.toggle(
        "both", "Read in both directions",
        help="A second half of each layer reads from the last word to the first.",
    )  # fmt: skip
    return Architecture.chosen()


def describe(hp: Hyperparameters) -> str:
    """Name the network: "LSTM, 16 units, 2 layers, both directions, seed 0"."""
    name = "vanilla RNN" if hp.cell == "rnn" else hp.cell.upper()
    if hp.activation != "tanh":
        name += f" with {hp.activation}"
    parts = [name, f"{hp.n_hidden} units" if hp.n_hidden > 1 else "1 unit"]
    if hp.n_layers > 1:
        parts.append(f"{hp.n_layers} layers")
    if hp.bidirectional:
        parts.append("both directions")
    if hp.init in UNUSUAL:
        parts.append(f"started with weights {INIT_NAMES[hp.init]}")
    return ", ".join([*parts, f"seed {hp.seed}"])


def parameter_formula(model: Model) -> str:
    """How many parameters there are, array by array: "16·18 + 16·16 + 2·16 + 16 + 2 = 610"."""
    sizes = ["·".join(map(str, array.shape)) for array in model.params.values()]
    return f"{' + '.join(sizes)} = {model.flat.size:,}"


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
