"""Trained models, made when they are first asked for and shared by everybody after that."""

from __future__ import annotations

import time
from dataclasses import dataclass

import streamlit as st

from rnn_core import Dataset, Hyperparameters, TrainingRun, dataset_names, load_dataset

LONGEST = 60
"""Epochs; a run ends before, when every sentence was right five times in a row."""


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


def recipe(name: str, n_hidden: int, seed: int) -> Hyperparameters:
    """The settings that the pages train with: slower steps for a large model on much data."""
    gentle = n_hidden > 24 and len(dataset(name).train) > 200
    return Hyperparameters(n_hidden=n_hidden, lr=0.02 if gentle else 0.05, seed=seed)


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
    """Train until it is settled, at most LONGEST epochs. Nobody changes the result afterwards."""
    began = time.perf_counter()
    run = TrainingRun(dataset(name), settings)
    while run.settled is None and run.epoch < LONGEST and run.stopped is None:
        run.advance(epochs=1)
    return Trained(run, time.perf_counter() - began, time.monotonic())
