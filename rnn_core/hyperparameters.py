"""Hyperparameters: everything that a run depends on besides its data, checked at the door."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from numbers import Integral, Real

from rnn_core.cells import ACTIVATIONS, CELLS
from rnn_core.optimizers import OPTIMIZERS
from rnn_core.parameters import INITIALIZERS

CLIPS = ("value", "norm", "none")
DTYPES = ("float64", "float32")
CHOICES: dict[str, Collection[str]] = {
    "cell": CELLS,
    "activation": ACTIVATIONS,
    "init": INITIALIZERS,
    "optimizer": OPTIMIZERS,
    "clip": CLIPS,
    "dtype": DTYPES,
}
RANGES: dict[str, tuple[float, float]] = {
    "n_hidden": (1, 256),
    "n_layers": (1, 3),
    "spectral_radius": (0.0, 3.0),
    "forget_bias": (0.0, 10.0),
    "lr": (0.0, 10.0),
    "batch_size": (1, 1024),
    "clip_at": (1e-6, 1e6),
    "truncate": (1, 1000),
    "seed": (0, 2**32 - 1),
}


@dataclass(frozen=True)
class Hyperparameters:
    """Everything that a run depends on besides its data.

    cell, activation, init, optimizer, clip, dtype : one of CHOICES.
    n_hidden : H. spectral_radius : the largest |eigenvalue| of W_hh at the start, if orthogonal.
    n_layers : layers upon each other. bidirectional : whether each also reads from the end; of an
    encoder and a decoder only the encoder does.
    attention : whether a decoder looks back at its encoder's states.
    forget_bias : what an LSTM's forget gate starts with; other cells have none.
    lr : learning rate. batch_size : sentences for each update. clip_at : where clipping cuts.
    truncate : truncated BPTT: so many steps back the gradient travels; None for all. carry : of a
    text, whether each chunk starts from the state in which the one before it ended. seed : luck.

    Raises ValueError that names the field and what it may be.
    """

    cell: str = "rnn"
    n_hidden: int = 64
    activation: str = "tanh"
    init: str = "orthogonal"
    spectral_radius: float = 0.9
    optimizer: str = "sgd"
    lr: float = 0.05
    batch_size: int = 1
    clip: str = "value"
    clip_at: float = 1.0
    truncate: int | None = None
    dtype: str = "float64"
    seed: int = 0
    n_layers: int = 1
    bidirectional: bool = False
    attention: bool = False
    carry: bool = True
    forget_bias: float = 1.0

    def __post_init__(self) -> None:
        for name in (f.name for f in fields(self) if f.type == "bool"):
            if not isinstance(getattr(self, name), bool):
                raise ValueError(f"{name} must be True or False")
        whole = {f.name for f in fields(self) if f.type in ("int", "int | None")}
        for name, choices in CHOICES.items():
            value = getattr(self, name)
            if not isinstance(value, str) or value not in choices:
                raise ValueError(f"{name} must be one of {', '.join(choices)}")
        if self.activation not in (known := CELLS[self.cell].activations):
            raise ValueError(f"activation must be {' or '.join(known)} for {self.cell}")
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if name == "truncate" and value is None:
                continue
            number = isinstance(value, Integral if name in whole else Real)
            if not number or isinstance(value, bool) or not low <= value <= high:
                kind = "a whole number" if name in whole else "a number"
                raise ValueError(f"{name} must be {kind} from {low:g} to {high:g}, not {value!r}")
