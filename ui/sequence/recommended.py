"""The settings of a network and its training: those that were chosen, else those that suit."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from rnn_core import Hyperparameters, Text
from rnn_core.language import CHUNK
from ui.kit import settings
from ui.sequence import datasets
from ui.sequence.architecture import PLAIN, Architecture
from ui.sequence.datasets import EVERYDAY, OWN, TASKS

MUCH = 200
"""Training sentences."""
STARTS = {"rnn": ("orthogonal", 0.5), "gru": ("orthogonal", 0.3), "lstm": ("uniform", 0.9)}
"""How a network starts that is more than one plain layer: the start, and the radius of W_hh.

Measured on "sentiment", 16 units, 1 to 3 layers, one and both directions, 24 seeds each: all
sentences right within 60 epochs in 431 of 432 runs, after 10 to 29 epochs at the median.
"""
OF_A_RULE: dict[str, Any] = {
    "optimizer": "adam", "lr": 0.01, "batch_size": 8, "spectral_radius": 1.0,
}  # fmt: skip
"""How a task is learned, and a text, by every kind of network.

Measured with 16 units, 4 seeds each: RNN, GRU and LSTM, some with two layers or both directions,
have 99 % of the test of parity, bracket_depth and remember_first right after 1 to 21 epochs, 71 of
72 runs.
"""
RECOMMENDED = {"lr": "lr", "optimizer": "optimizer", "batch": "batch_size", "init": "init",
               "radius": "spectral_radius"}  # fmt: skip
CHOSEN = {"clip": "clip", "at": "clip_at", "forget": "forget_bias", "seed": "seed"}
"""{setting: its name in Hyperparameters}: those of which some suit better, and the others."""


def recommended(
    name: str, n_hidden: int = 16, architecture: Architecture = PLAIN
) -> Hyperparameters:
    """The settings that suit these data and this network: what is used where none was chosen.

    One plain layer learns from one sentence at a time. Gates, a second layer, a second direction
    and data with many rare words, everyday and own, want a step that fits each weight, so Adam,
    and a calmer start. A large model on much data takes slower steps. What follows from a rule is
    learned best by a network that forgets nothing by itself.
    """
    shape: dict[str, Any] = {
        "cell": architecture.cell, "n_hidden": n_hidden, "n_layers": architecture.n_layers,
        "bidirectional": architecture.both,
    }  # fmt: skip
    if name in TASKS:
        return Hyperparameters(**shape, **OF_A_RULE)
    if isinstance(datasets.dataset(name), Text):
        return Hyperparameters(**shape | {"bidirectional": False}, **OF_A_RULE, truncate=CHUNK)
    much = len(datasets.dataset(name).train) > MUCH
    if architecture == PLAIN and name not in (OWN, EVERYDAY):
        gentle = much and n_hidden > 24
        return Hyperparameters(n_hidden=n_hidden, lr=0.02 if gentle else 0.05)
    lr = 0.005 if architecture.cell == "rnn" and n_hidden > 24 else 0.01
    init, radius = STARTS.get(architecture.cell, STARTS["rnn"])
    return Hyperparameters(
        **shape, optimizer="adam", batch_size=32 if much else 4, lr=lr, init=init,
        spectral_radius=radius,
    )  # fmt: skip


def hyperparameters(plain: bool = False) -> Hyperparameters:
    """The settings as they stand, what was not chosen as it suits.

    plain : of one plain layer, whatever was chosen: for a page that can show no other.
    """
    architecture = PLAIN if plain else Architecture.chosen()
    get = settings.get
    usual = recommended(datasets.data().name, int(get("units")), architecture)
    made = {
        **{ours: get(name) for name, ours in CHOSEN.items()},
        **{ours: get(name) for name, ours in RECOMMENDED.items() if get(name) is not None},
    }
    if get("activation") in architecture.activations:
        made["activation"] = get("activation")
    return replace(usual, **made)
