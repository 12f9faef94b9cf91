"""Measures of gates and units: which gate is open where, and what a unit does to the verdict."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import Literal, get_args

import numpy as np

from rnn_core import Intervention
from ui.lecture import text
from ui.lecture.look import Look
from ui.lecture.registry import measure
from ui.sequence import models
from ui.sequence.architecture import Architecture
from ui.sequence.reading import Reading


@measure
def gate(look: Look, gate: str, word: int = -1) -> float:
    """A gate at a word, the mean of all units. gate : f, i, o; z, r."""
    return float(_means(look, gate)[look.place(word)])


@measure
def least_open_word(look: Look, gate: str) -> float:
    """The word at which a gate is open least, on the mean of all units, as its number."""
    return int(_means(look, gate).argmin()) + 1


def _means(look: Look, name: str) -> np.ndarray:
    """(T,) a gate's mean over the units."""
    gates = [signal.name for signal in look.reading.gates if signal.low == 0]
    if name not in gates:
        said = text.NO_GATE["some" if gates else "none"]
        raise ValueError(said.format(name=name, gates=", ".join(gates)))
    return np.asarray(look.fwd.signals[name][..., 0].mean(axis=1))


@measure
def turning_units(look: Look) -> float:
    """How many units turn the verdict, each silenced alone, and nothing else held."""
    free = look.read(str(look.setting("s")))
    every = [_held(free, "h", 0, [unit]) for unit in range(look.model.n_hidden)]
    return sum(one.verdict(-1)[0] != free.verdict(-1)[0] for one in every)


@measure
def p_held(
    look: Look, class_: str, signal: str, at: float, first: int = 1, unit: int = -1
) -> float:
    """P(class) at the end with a signal held at a value from a word on, and nothing else.

    unit : counted from 0; -1 for all of them.
    """
    if signal not in {one.name for one in look.model.cell.signals}:
        raise ValueError(text.NO_SIGNAL.format(name=signal))
    if not -1 <= unit < look.model.n_hidden:
        raise ValueError(text.NO_UNIT.format(unit=unit, n=look.model.n_hidden))
    free = look.read(str(look.setting("s")))
    steps = range(look.place(first, free), len(free.words))
    held = _held(free, signal, at, None if unit < 0 else [unit], steps)
    return float(held.fwd.p[-1, look.model.class_number(class_)])


def _held(
    free: Reading, signal: str, at: float, units: list[int] | None, steps: range | None = None
) -> Reading:
    """The same reading with a signal held; in all units and at all words, where none are named."""
    return replace(free, interventions=(Intervention(signal, at, units, steps, free.fwd.shown),))


Cell = Literal["rnn", "gru", "lstm"]


@measure
def best_cell(look: Look) -> Generator[float, None, float]:
    """Which cell has most of the test right on the data of the page: 1 RNN, 2 GRU, 3 LSTM."""
    scores = []
    for cell in get_args(Cell):
        scores.append((yield from _test_accuracy(look, cell)))
    return int(np.argmax(scores)) + 1


@measure
def cell_accuracy(look: Look, cell: Cell) -> Generator[float, None, float]:
    """The share of the test that a cell has right, trained as it suits it."""
    return (yield from _test_accuracy(look, cell))


def _test_accuracy(look: Look, cell: Cell) -> Generator[float, None, float]:
    name, units = models.data().name, int(look.setting("units"))
    hp = replace(models.recommended(name, units, Architecture(cell)), seed=look.setting("seed"))
    work = models.training(name, hp)
    while not work.done:
        work.advance(0.1)
        yield work.share
    return work.run.history[-1].test_accuracy
