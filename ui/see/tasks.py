"""The three tasks: their networks, what these learn from, and what is measured of each.

It knows the core and no screen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from rnn_core import Dataset, Model, load_dataset
from rnn_core.cells import Array
from rnn_core.decoding import exact_match
from rnn_core.experiments import frames
from rnn_core.experiments.pictures import PICTURES, make_captions, make_digits, single_frames
from rnn_core.traces import Batch, ForwardTrace

Measured = Mapping[str, float]
N_FILMS = 500
"""Films on which networks are compared; drawn from FILM_SEED, which no training uses."""
FILM_SEED = 1_000_003


@dataclass(frozen=True)
class Network:
    """One of those that are compared. data : a key of DATA. settings : what it has beside the
    recipe's.
    """

    data: str
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """A way to wire the cell to pictures. recipe : a key of PICTURES. measure : takes a network's
    model, and its name; gives the shares that are right, by what is asked. told : the one that is
    told first.
    """

    recipe: str
    networks: Mapping[str, Network]
    measure: Callable[[Model, str], Measured]
    told: str


DATA: dict[str, Callable[[], Dataset]] = {
    "captions": lambda: load_dataset("captions"),
    "captions, first input": lambda: make_captions(first_input=True),
    "frames": lambda: load_dataset("frames"),
    "single frames": lambda: single_frames(data("frames")),
    "digits": lambda: load_dataset("digits"),
    "digits, asked once": lambda: make_digits(every_row=False),
}


@lru_cache(maxsize=len(DATA))
def data(name: str) -> Dataset:
    """The sequences of a name of DATA; the same ones for all visitors."""
    return DATA[name]()


def _captions(model: Model, _: str) -> Measured:
    """Exact match, the end mark as well."""
    asked = data("captions, first input" if model.n_source else "captions")
    parts = {"unseen": asked.test, **asked.more}
    return {name: float(exact_match(model, part).mean()) for name, part in parts.items()}


def read_films(model: Model, films: Array) -> ForwardTrace:
    """Read films (N, T, F) side by side; without memory each frame alone, as N T films of one."""
    x = np.moveaxis(films, 0, -1).astype(model.flat.dtype)  # (T, F, N)
    return model.read(Batch((np.ascontiguousarray(x),)))


def film_answers(model: Model, network: str, films: Array) -> tuple[Array, Array]:
    """(N, T, C) P of each step and (N, T, H) the states, for films (N, T, F)."""
    n, n_frames = films.shape[:2]
    alone = network == "frame"
    fwd = read_films(model, films.reshape(n * n_frames, 1, -1) if alone else films)
    found = [np.moveaxis(array, -1, 0) for array in (fwd.probs, fwd.asked)]
    p, h = (array.reshape(n, n_frames, -1) for array in found)
    return p, h


@lru_cache(maxsize=1)
def test_films() -> tuple[Array, Array, Array]:
    """Films, steps and where the dot is lit: see frames.film."""
    return frames.film(np.random.default_rng(FILM_SEED), N_FILMS)


def _films(model: Model, network: str) -> Measured:
    """Where the dot is seen, and where it is hidden; the first frame has no step."""
    films, steps, lit = test_films()
    right = film_answers(model, network, films)[0].argmax(axis=2) == steps
    asked = steps >= 0
    return {"seen": float(right[asked & lit].mean()), "hidden": float(right[asked & ~lit].mean())}


def _digits(model: Model, _: str) -> Measured:
    """After each row, were it the last."""
    test = data("digits").test
    fwd = model.read(Batch((test.ids.astype(model.flat.dtype),)))
    right = (fwd.probs.argmax(axis=1) == test.answers).mean(axis=1)
    return {str(row + 1): float(share) for row, share in enumerate(right)}


TASKS = {
    "caption": Task("captions", {
        "h_0": Network("captions"), "x_1": Network("captions, first input"),
    }, _captions, "unseen"),
    "film": Task("frames", {
        "one": Network("frames"), "both": Network("frames", {"bidirectional": True}),
        "frame": Network("single frames"),
    }, _films, "hidden"),
    "digit": Task("digits", {
        "each": Network("digits"), "last": Network("digits, asked once"),
    }, _digits, "8"),
}  # fmt: skip
EPOCHS = {name: PICTURES[task.recipe].epochs for name, task in TASKS.items()}
