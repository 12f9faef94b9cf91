"""The datasets that a visitor can choose: those of data/, tasks, texts, and his own.

Own data is kept in the memory of this process, with what was trained on it, for one session. It is
never written to disk, and nobody else sees it.
"""

from __future__ import annotations

import sys
import threading
import weakref
from collections.abc import Callable, Hashable
from functools import cache
from typing import Any

import streamlit as st

from rnn_core import Dataset, dataset_names, load_dataset, make_task, text_names
from rnn_core.checkpoint import Checkpoint, load
from rnn_core.datasets import DATA
from ui.kit import settings
from ui.kit.table import TABLE
from ui.sequence.own_data import OWN

USUAL_DATA = "sentiment"
TASKS = {
    "parity": ("Parity: even or odd, bit by bit", 10),
    "bracket_depth": ("Brackets: how many are open", 12),
    "copy": ("Copy: say six letters again", 14),
    "remember_first": ("Memory: which came first?", 10),
    "temporal_order": ("Memory: in which order?", 10),
    "parity_last": ("Parity, asked once, at the end", 10),
    "comes_again": ("The future: does this word come again?", 8),
    "same_ends": ("Both ends: are they the same?", 6),
}
"""The tasks that are offered: what each is called, and its number of words."""
N_TASK = 192, 48
"""Training and test sentences of a task: all is learned in a second or two, but for parity_last,
and copy by gates. comes_again wants both directions (a GRU has 82 to 89 % of the test right with
them, an RNN without them 62 to 66 %), same_ends two layers as well (an RNN has all right with them,
else it guesses): 16 units, 25 epochs, 3 seeds.
"""
MOST_BYTES = 200 * 10**6
MOST_TRAININGS = 4


class Own:
    """One visitor's data, and his last trainings on it. dataset : None when it made room."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset: Dataset | None = dataset
        self.called = f"your own ({len(dataset.train) + len(dataset.test):,} sentences)"
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
        """What it takes, with the kept moments of its trainings."""
        runs = [work.run for work in list(self.trainings.values())]
        return self._n_bytes + sum(moment.flat.nbytes for run in runs for moment in run.snapshots)

    def make_room(self) -> None:
        """Forget everything."""
        self.dataset, self.trainings = None, {}


def size(dataset: Dataset) -> int:
    """About how many bytes: the texts with what each costs, the numbers, and the kept tokens."""
    parts = (dataset.train, dataset.test)
    texts = sum(sys.getsizeof(text) + 400 for part in parts for text in part.texts)
    return texts + sum(part.ids.nbytes + 32 * int(part.lengths.sum()) for part in parts)


class Room:
    """The own data of all visitors. Who leaves takes his away; beyond `most` bytes those go that
    were not used for longest.
    """

    def __init__(self, most: int = MOST_BYTES) -> None:
        self.most = most
        self._held: weakref.WeakKeyDictionary[Own, int] = weakref.WeakKeyDictionary()
        self._changing = threading.Lock()

    def use(self, own: Own) -> None:
        """It is used now."""
        with self._changing:
            self._held.pop(own, None)
            self._held[own] = own.n_bytes
            held = dict(self._held)  # used longest ago first
            for other in [*held][:-1]:
                if sum(held.values()) > self.most:
                    other.make_room()
                    del held[other], self._held[other]


ROOM = Room()


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
        raise ValueError("A link holds no own data, and a page that is reloaded has forgotten it")
    ROOM.use(mine)
    if mine.dataset is None:
        raise ValueError("Your own data had to make room for that of others")
    return mine.dataset


def _load(name: str) -> Dataset:
    return make_task(name, TASKS[name][1], 0, *N_TASK) if name in TASKS else load_dataset(name)


_from_file = st.cache_resource(max_entries=24, show_spinner=False)(_load)


@st.cache_data(ttl=60, show_spinner=False)
def _files() -> list[str]:
    return dataset_names()


def names() -> dict[str, str]:
    """The datasets that there are, and what they are called."""
    mine, texts = own(), text_names()
    made = {name: name for name in _files()} | {name: called for name, (called, _) in TASKS.items()}
    made |= {name: f"Next symbol: {name}" for name in texts}
    return made | ({OWN: mine.called} if mine else {})


def data() -> Dataset:
    """The dataset that is chosen; the usual one where there is none, and then that is said."""
    name = settings.get("data")
    if name != OWN:
        name = settings.correct("data", list(names()))
    try:
        return dataset(name)
    except ValueError as error:
        again = "it is given again" if name == OWN else "that is put right"
        settings.note(f"{error}. Until {again}, “{USUAL_DATA}” is used.")
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
