"""The datasets that a visitor can choose: those of data/, tasks, texts, and his own.

Own data is kept in the memory of this process, with what was trained on it, for one session. It is
never written to disk, and nobody else sees it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable
from functools import cache
from typing import Any

import streamlit as st

from rnn_core import Dataset, dataset_names, load_dataset, make_task, text_names
from rnn_core.checkpoint import Checkpoint, load
from rnn_core.datasets import DATA
from ui.kit import settings
from ui.kit.bounded import ROOM
from ui.kit.table import TABLE
from ui.sequence import text_model as text
from ui.sequence.own_data import OWN

USUAL_DATA = "sentiment"
TASKS = {
    "parity": 10,
    "bracket_depth": 12,
    "copy": 14,
    "remember_first": 10,
    "temporal_order": 10,
    "parity_last": 10,
    "comes_again": 8,
    "same_ends": 6,
}
"""The tasks that are offered, each with its number of words."""
N_TASK = 192, 48
"""Training and test sentences of a task: all is learned in a second or two, but for parity_last,
and copy by gates. comes_again wants both directions (a GRU has 82 to 89 % of the test right with
them, an RNN without them 62 to 66 %), same_ends two layers as well (an RNN has all right with them,
else it guesses): 16 units, 25 epochs, 3 seeds.
"""
MOST_TRAININGS = 4


class Own:
    """One visitor's data, and his last trainings on it. dataset : None when it made room."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset: Dataset | None = dataset
        self.called = text.DATA_CALLED.format(n=len(dataset.train) + len(dataset.test))
        self.trainings: dict[Hashable, Any] = {}
        self._n_bytes = size(dataset)

    def training(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The one training of these settings, made when it is first asked for."""
        work = self.trainings[key] = self.trainings.pop(key, None) or make()
        while len(self.trainings) > MOST_TRAININGS:
            del self.trainings[next(iter(self.trainings))]
        return work

    @property
    def n_bytes(self) -> int:
        """What it takes, with its trainings."""
        return self._n_bytes + sum(work.run.n_bytes for work in list(self.trainings.values()))

    def make_room(self) -> None:
        """Forget everything."""
        self.dataset, self.trainings, self._n_bytes = None, {}, 0


def size(dataset: Dataset) -> int:
    """About how many bytes: the texts with what each costs, the numbers, and the kept tokens."""
    parts = (dataset.train, dataset.test)
    texts = sum(sys.getsizeof(one) + 400 for part in parts for one in part.texts)
    return texts + sum(part.ids.nbytes + 32 * int(part.lengths.sum()) for part in parts)


def own() -> Own | None:
    """This visitor's own data, if there is any."""
    mine: Own | None = settings.kept().get(OWN)
    return mine


def take(dataset: Dataset) -> None:
    """Make this the visitor's own data, and what the model on the card is trained on."""
    settings.kept()[OWN] = mine = Own(dataset)
    ROOM.use(mine)
    settings.put(data=OWN, epoch=None, model=None)


def forget() -> None:
    """Keep own data no longer."""
    settings.kept().pop(OWN, None)
    if settings.get("data") == OWN:
        settings.put(data=USUAL_DATA, epoch=None)


def dataset(name: str) -> Dataset:
    """One of data/'s datasets, or the visitor's own; ValueError says why there is none."""
    if name != OWN:
        return _from_file(name)
    if (mine := own()) is None:
        raise ValueError(text.NO_DATA)
    ROOM.use(mine)
    if mine.dataset is None:
        raise ValueError(text.NO_ROOM)
    return mine.dataset


def _load(name: str) -> Dataset:
    return make_task(name, TASKS[name], 0, *N_TASK) if name in TASKS else load_dataset(name)


_from_file = st.cache_resource(max_entries=24, show_spinner=False)(_load)


@st.cache_data(ttl=60, show_spinner=False)
def _files() -> list[str]:
    return dataset_names()


def names() -> dict[str, str]:
    """The datasets that there are, and what they are called."""
    mine, texts = own(), text_names()
    made = {name: name for name in _files()} | {name: text.TASKS[name] for name in TASKS}
    made |= {name: text.NEXT_SYMBOL.format(name=name) for name in texts}
    return made | ({OWN: mine.called} if mine else {})


def data() -> Dataset:
    """The dataset that is chosen; the usual one where there is none, and then that is said."""
    name = settings.get("data")
    if name != OWN:
        name = settings.correct("data", list(names()))
    try:
        return dataset(name)
    except ValueError as error:
        until = text.UNTIL["own" if name == OWN else "other"]
        settings.note(until.format(error=error, data=USUAL_DATA))
        if name == OWN:
            forget()
            settings.put(model="trained")  # on the usual one, as was said
        return dataset(USUAL_DATA)


# ---- the everyday model ----

EVERYDAY = "everyday"
NETWORK = ("data", "cell", "layers", "both", "units", "seed", "epoch", "lr", "optimizer", "batch",
           "init", "radius", "clip", "at", "activation", "forget")  # fmt: skip
"""The settings that make another network."""


@cache
def checkpoint() -> Checkpoint:
    """The model that was trained beforehand on everyday English, from its file."""
    return load(DATA / f"{EVERYDAY}.safetensors")


def everyday(usual: bool = False) -> bool:
    """Whether the everyday model reads: it was chosen; or it is usual here, and no other network
    was chosen.
    """
    if settings.get("model") is None:
        data()  # what was asked for may be gone: then it is put right before anything goes by it
    if (said := settings.get("model")) is not None:
        return bool(said == EVERYDAY)
    return usual and all(settings.get(name) == TABLE[name].default for name in NETWORK)
