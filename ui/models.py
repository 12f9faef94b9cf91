"""Trained models, made when they are first asked for and shared by everybody after that."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from rnn_core import Dataset, Hyperparameters, Model, TrainingRun, dataset_names, load_dataset
from ui import gate

LONGEST = 60
"""Epochs; a run ends before, when every sentence was right five times in a row."""
LONGEST_OF_MUCH = 15
"""Epochs of a network with gates, layers or both directions on much data: nobody waits longer."""
MUCH = 200
"""Training sentences."""

STARTS = {"rnn": ("orthogonal", 0.5), "gru": ("orthogonal", 0.3), "lstm": ("uniform", 0.9)}
"""How a network starts that is more than one plain layer: the start, and the radius of W_hh.

Measured on "sentiment", 16 units, 1 to 3 layers, one and both directions, 24 seeds each: all
sentences right within LONGEST epochs in 431 of 432 runs, after 10 to 29 epochs at the median.
"""


@dataclass(frozen=True)
class Trained:
    """A run. seconds : what training took. at : when, on the process's clock. where : on which
    page, or "" for one that is shared.
    """

    run: TrainingRun
    seconds: float
    at: float
    where: str = ""

    @property
    def age_s(self) -> float:
        """Seconds since it was trained."""
        return time.monotonic() - self.at


def recipe(
    name: str, n_hidden: int, seed: int, cell: str = "rnn", n_layers: int = 1, both: bool = False
) -> Hyperparameters:
    """The settings that the pages train with.

    One plain layer learns from one sentence at a time. Gates, a second layer and a second
    direction want a step that fits each weight, so Adam, and a calmer start. A large model on
    much data takes slower steps.
    """
    much = len(dataset(name).train) > MUCH
    if (cell, n_layers, both) == ("rnn", 1, False):
        gentle = much and n_hidden > 24
        return Hyperparameters(n_hidden=n_hidden, lr=0.02 if gentle else 0.05, seed=seed)
    lr = 0.005 if cell == "rnn" and n_hidden > 24 else 0.01
    init, radius = STARTS.get(cell, STARTS["rnn"])
    return Hyperparameters(
        cell=cell, n_hidden=n_hidden, n_layers=n_layers, bidirectional=both, optimizer="adam",
        batch_size=32 if much else 4, lr=lr, init=init, spectral_radius=radius, seed=seed,
    )  # fmt: skip


@st.cache_resource(max_entries=8, show_spinner=False)
def dataset(name: str) -> Dataset:
    """One of data/'s datasets; ValueError says what is wrong with its file."""
    return load_dataset(name)


@st.cache_data(ttl=60, show_spinner=False)
def names() -> list[str]:
    """The datasets that there are."""
    return dataset_names()


@st.cache_resource(max_entries=64, show_spinner="Training …", hash_funcs={Hyperparameters: repr})
def trained(name: str, settings: Hyperparameters) -> Trained:
    """Train until it converges, at most LONGEST epochs. Nobody changes the result afterwards."""
    began = time.perf_counter()
    run = TrainingRun(dataset(name), settings)
    much = len(run.dataset.train) > MUCH and settings.optimizer == "adam"
    longest = LONGEST_OF_MUCH if much else LONGEST
    with gate.PROCESS.outside():
        while run.converged is None and run.epoch < longest and run.stopped is None:
            run.advance(epochs=1)
        took_s = time.perf_counter() - began
    return Trained(run, took_s, time.monotonic())


def model_at(trained: Trained, epoch: int) -> Model:
    """The model as it was after this epoch: one for everybody, unless a visitor trains it."""
    return _copy(trained, epoch) if trained.where else _shared_copy(trained, epoch)


def _copy(trained: Trained, epoch: int) -> Model:
    return trained.run.snapshot_at(epoch).model


_shared_copy = lru_cache(maxsize=64)(_copy)
