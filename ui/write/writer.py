"""This visitor's writer: the text, the network that suits it, and its training."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from rnn_core import Checkpoint, Hyperparameters, TrainingRun
from rnn_core.texts import Symbols, Text
from ui.kit import settings
from ui.kit.table import TABLE
from ui.sequence import own_model
from ui.sequence.learner import Learner, Moment
from ui.sequence.session import Session
from ui.sequence.targets import is_language
from ui.write import text, texts

WRITER = Learner("writer", "w_epoch")
SUITS: dict[str, dict[str, Any]] = {
    "characters": {"cell": "lstm", "n_hidden": 64, "lr": 0.015, "batch_size": 16},
    "words": {"cell": "gru", "n_hidden": 32, "lr": 0.01, "batch_size": 32},
    "heart": {"cell": "gru", "n_hidden": 64, "lr": 0.01, "batch_size": 8},
}
"""What learns them in seconds; measured by `python -m benchmarks write`."""
SHORT = 6000
"""Symbols; a shorter text is learned by heart."""
STEPS = {"characters": 1400, "words": 700}
"""Updates after which it pauses by itself, about."""
CHOSEN = {"w_cell": "cell", "w_units": "n_hidden", "w_lr": "lr", "w_batch": "batch_size"}
SET = {"w_layers": "n_layers", "w_optimizer": "optimizer", "w_k": "truncate", "w_clip": "clip",
       "w_at": "clip_at", "w_seed": "seed", "w_carry": "carry"}  # fmt: skip
"""{setting: its name in Hyperparameters}: those of which some suit better, and the others."""


def usual(corpus: Text) -> Hyperparameters:
    """The settings that suit a text."""
    kind = "heart" if len(corpus.stream) < SHORT else corpus.unit
    return Hyperparameters(
        optimizer="adam", clip="norm", truncate=25, dtype="float32", spectral_radius=1.0,
        **SUITS[kind],
    )  # fmt: skip


def hyperparameters(corpus: Text) -> Hyperparameters:
    """The settings as they stand, what was not chosen as it suits."""
    get = settings.get
    chosen = {ours: get(name) for name, ours in CHOSEN.items() if get(name) is not None}
    return replace(usual(corpus), **chosen, **{ours: get(name) for name, ours in SET.items()})


def goal(corpus: Text, hp: Hyperparameters) -> int:
    """The epochs after which it pauses by itself, where none were chosen."""
    if (chosen := settings.get("w_goal")) is not None:
        return int(chosen)
    steps_an_epoch = max(len(corpus.stream) // (hp.batch_size * (hp.truncate or 25)), 1)
    wanted = STEPS[corpus.unit] / steps_an_epoch
    return min(TABLE["w_goal"].allowed, key=lambda epochs: abs(epochs - wanted))  # type: ignore


def session(corpus: Text) -> Session:
    """The training as the settings ask for it now."""
    hp = hyperparameters(corpus)
    return WRITER.session(corpus, hp, goal(corpus, hp))


def corpus() -> Text:
    """What it learns from: the text that is chosen, or that of the model from a file."""
    here = WRITER.work
    if here is None or not here.file:
        return texts.chosen()
    assert isinstance(here.run.dataset, Text)
    return here.run.dataset


def run_of(made: Checkpoint) -> TrainingRun:
    """A checkpoint as a run on its text, where that is here.

    Raises ValueError for a model that writes no text.
    """
    model = made.model
    if not is_language(model) or not isinstance(symbols := model.vocabulary, Symbols):
        raise ValueError(text.NO_MODEL)
    for known in texts.known(made.dataset, symbols.unit):
        if known.classes == model.classes:
            return own_model.run_of(made, known)
    none, nothing = own_model.no_sequences(per_step=True), np.zeros(0, np.intp)
    return own_model.run_of(made, Text(
        name=made.dataset, train=none, test=none, vocabulary=symbols, classes=model.classes,
        unit=symbols.unit, stream=nothing, held_out=nothing,
    ))  # fmt: skip


def text_of(now: Moment) -> Text:
    """What it learns from."""
    assert isinstance(now.run.dataset, Text)
    return now.run.dataset
