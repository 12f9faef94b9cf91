"""Measures of one sentence gone through the model: what it answers, what its state holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnn_core import start_run
from ui.kit.table import UNITS
from ui.lecture import text
from ui.lecture.look import Look
from ui.lecture.registry import measure
from ui.sequence import models


@measure
def p(look: Look, class_: str, word: int = -1, s: str = "") -> float:
    """P(class) if the sentence ended at a word. s : of another sentence than the typed one."""
    reading = look.read(s) if s else look.reading
    t = look.place(word, reading)
    return float(reading.fwd.p[t, look.model.class_number(class_)])


@measure
def h(look: Look, unit: int, word: int = -1) -> float:
    """One unit of the hidden state after a word. unit : counted from 0, as on the page."""
    if not 0 <= unit < look.model.n_hidden:
        raise ValueError(text.NO_UNIT.format(unit=unit, n=look.model.n_hidden))
    return float(look.fwd.h[look.place(word), unit])


@measure
def highest(look: Look, class_: str, s: str = "") -> float:
    """The word after which P(class) is highest, as its number. s : of another sentence."""
    reading = look.read(s) if s else look.reading
    return int(reading.fwd.p[:, look.model.class_number(class_)].argmax()) + 1


@measure
def words_read(look: Look) -> float:
    """How many words of the sentence are read: those that the model knows."""
    return len(look.reading.words)


@measure
def change(look: Look, word: int) -> float:
    """How far a word moves the state: |h_t - h_{t-1}|."""
    return float(_moves(look)[look.place(word)])


@measure
def most_moving_word(look: Look) -> float:
    """The word that moves the state most, as its number."""
    return int(_moves(look).argmax()) + 1


def _moves(look: Look) -> np.ndarray:
    """(T,) how far each word moves the state."""
    h = look.fwd.h
    before = np.vstack([np.zeros_like(h[:1]), h[:-1]])
    return np.asarray(np.linalg.norm(h - before, axis=1))


@measure
def weights_of_a_word(look: Look, word: int = -1) -> float:
    """How many weights of W_xh a word uses: those that its one-hot x multiplies by 1."""
    vocabulary = look.model.vocabulary
    if vocabulary is None:
        raise ValueError(text.NO_WORDS)
    x = vocabulary.one_hot([int(look.fwd.ids[look.place(word)])])[:, 0]
    return int(np.count_nonzero(look.model.params["W_xh"] * x))


@measure
def n_parameters(look: Look, units: int = 0) -> float:
    """How many numbers the model learns. units : if it had so many; 0 for its own."""
    if not units:
        return int(look.model.flat.size)
    if units not in UNITS:
        raise ValueError(text.NO_SIZE.format(sizes=", ".join(map(str, UNITS))))
    other = replace(models.hyperparameters(), n_hidden=units)
    return int(start_run(models.data(), other).model.flat.size)
