"""The architecture: which cell, how many layers, one direction or both. And its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rnn_core import CELLS, Hyperparameters, Model
from rnn_core.parameters import layers
from ui.kit import settings
from ui.kit.table import UNITS
from ui.sequence import text_model as text

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
    settings.segments("cell", text.CELL, {name: name.upper() for name in CELLS},
                      help=text.CELL_HELP)  # fmt: skip
    settings.segments("layers", text.LAYERS, help=text.LAYERS_HELP)
    settings.toggle("both", text.BOTH, help=text.BOTH_HELP)
    return Architecture.chosen()


def describe(hp: Hyperparameters) -> str:
    """Name the network: "LSTM, 16 units, 2 layers, both directions, seed 0"."""
    name = text.VANILLA if hp.cell == "rnn" else hp.cell.upper()
    if hp.activation != "tanh":
        name = text.WITH.format(cell=name, activation=hp.activation)
    parts = [name, n_units(hp.n_hidden)]
    if hp.n_layers > 1:
        parts.append(text.N_LAYERS.format(n=hp.n_layers))
    if hp.bidirectional:
        parts.append(text.BOTH_DIRECTIONS)
    if hp.init in UNUSUAL:
        parts.append(text.STARTED.format(init=text.INIT_NAMES[hp.init]))
    return ", ".join([*parts, text.OF_SEED.format(seed=hp.seed)])


def n_units(n: int) -> str:
    """How many units: "16 units"."""
    return text.N_UNITS["many" if n > 1 else "one"].format(n=n)


def parameter_formula(model: Model) -> str:
    """How many parameters there are, array by array: "16·18 + 16·16 + 2·16 + 16 + 2 = 610"."""
    sizes = ["·".join(map(str, array.shape)) for array in model.params.values()]
    return f"{' + '.join(sizes)} = {model.flat.size:,}"


def layer_names(
    n_layers: int, both: bool, called: Mapping[str, str] = text.LAYER_NAMES
) -> list[str]:
    """What each layer is called, from the words up: "layer 2", or "layer 2, backwards"."""
    names = called if n_layers > 1 else text.ONE_LAYER
    ways = [("backwards" if one.backwards else "forwards") if both else ""
            for one in layers(n_layers, both)]  # fmt: skip
    return [names[way].format(n=one.number + 1)
            for way, one in zip(ways, layers(n_layers, both), strict=True)]  # fmt: skip


def short_names(n_layers: int, both: bool) -> list[str]:
    """The same for a button and a link: "2", or "2 back"."""
    return layer_names(n_layers, both, text.SHORT_NAMES)
