"""Measures of two things side by side: two states, two words' vectors, the same model without its
memory, networks that differ in their seed.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

import numpy as np

from rnn_core.experiments.words import cosines, word_vectors
from ui.lecture import text
from ui.lecture.look import Look
from ui.lecture.registry import measure
from ui.sequence import models
from ui.sequence.reading import Reading


@measure
def distance(look: Look, s: str, other: str) -> float:
    """How far apart two sentences' last states are: |difference| / sqrt(H), 0 same, 2 opposite."""
    first, second = look.read(s).fwd.h[-1], look.read(other).fwd.h[-1]
    return float(np.sqrt(((first - second) ** 2).mean()))


@measure
def other_signs(look: Look, word: int = -1, other: int = -1, s: str = "") -> float:
    """How many units have the other sign after two words.

    word : of the typed sentence. other : of the sentence s, or of the same one.
    """
    reading = look.read(s) if s else look.reading
    first, second = look.fwd.h[look.place(word)], reading.fwd.h[look.place(other, reading)]
    return int((np.sign(first) != np.sign(second)).sum())


@measure
def change_without_memory(look: Look, class_: str, s: str = "") -> float:
    """By how much P(class) at the end changes if W_hh is set to 0: no state is handed on."""
    reading = look.read(s) if s else look.reading
    model = look.model.copy()
    for name, weights in model.params.items():
        if name.startswith("W_hh"):
            weights[:] = 0
    now, without = reading.fwd.p[-1], Reading(model, reading.encoding).fwd.p[-1]
    return float(abs(now - without)[model.class_number(class_)])


@measure
def cosine(look: Look, word: str, other: str) -> float:
    """The cosine between two words' columns of W_xh, seen from the mean of all columns, at the last
    epoch of the training.
    """
    model = look.chosen.run.snapshots[-1].model
    vocabulary = model.vocabulary
    words = () if vocabulary is None else vocabulary.words
    if unknown := [one for one in (word, other) if one not in words]:
        raise ValueError(text.UNKNOWN.format(word=unknown[0]))
    return float(cosines(word_vectors(model))[words.index(word), words.index(other)])


@measure
def seeds_saying(
    look: Look, class_: str, seeds: int = 5, s: str = ""
) -> Generator[float, None, float]:
    """How many of the seeds 0, 1, ... answer a sentence with a class. s : in place of the typed."""
    ids = (look.read(s) if s else look.reading).encoding.ids
    hp, n = models.hyperparameters(), 0
    for seed in range(seeds):
        work = models.training(models.data().name, replace(hp, seed=seed))
        while not work.done:
            work.advance(0.1)
            yield (seed + work.share) / seeds
        model = work.run.snapshots[-1].model
        n += model.classes[int(model.forward(ids).p[-1].argmax())] == class_
    return n
