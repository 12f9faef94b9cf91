"""What do its words mean to a network? Their vectors, their neighbours, and how far they agree.

Each takes a model or its vectors and returns numbers. Nothing here is needed for training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.cells import Array
from rnn_core.experiments.grammars import ALONE, NOUNS, PREPOSITIONS, WITH_OBJECT
from rnn_core.model import Model
from rnn_core.network import softmax
from rnn_core.traces import Batch


def word_vectors(model: Model) -> Array:
    """(V, kH) what each word puts into the first layer: the columns of W_xh."""
    vectors: Array = model.params["W_xh"].T.astype(float)
    return vectors


@dataclass(frozen=True)
class Plane:
    """The two directions in which vectors differ most (PCA). center : (N,). axes : (2, N).
    share : of all variance, how much lies in the plane, 0..1.
    """

    center: Array
    axes: Array
    share: float

    def points(self, vectors: Array) -> Array:
        """(V, 2) where vectors lie in it; also those of another moment."""
        points: Array = (vectors - self.center) @ self.axes.T
        return points


def plane(vectors: Array) -> Plane:
    """The plane that shows most of vectors (V, N), V > 2; each axis points to its largest entry."""
    center = vectors.mean(axis=0)
    _, sizes, axes = np.linalg.svd(vectors - center, full_matrices=False)
    largest = np.abs(axes[:2]).argmax(axis=1)
    signs = np.sign(axes[[0, 1], largest])[:, None]
    total = max(float((sizes**2).sum()), np.finfo(float).tiny)
    return Plane(center, axes[:2] * signs, float((sizes[:2] ** 2).sum()) / total)


def cosines(vectors: Array) -> Array:
    """(V, V) the cosine between each two of vectors (V, N), seen from their mean; 0 where one is
    the mean itself.
    """
    seen = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(seen, axis=1, keepdims=True)
    seen = np.divide(seen, lengths, out=np.zeros_like(seen), where=lengths > 0)
    found: Array = np.clip(seen @ seen.T, -1, 1)
    return found


def neighbours(vectors: Array, word: int, n: int) -> list[tuple[int, float]]:
    """The n words nearest to one by cosine, and how near."""
    near = cosines(vectors)[word]
    order = [int(i) for i in np.argsort(-near, kind="stable") if i != word]
    return [(i, float(near[i])) for i in order[:n]]


@dataclass(frozen=True)
class Neighbours:
    """Of `of` words that have a class, how many have one of their own class as their nearest
    neighbour. chance : the share that would, were neighbours drawn by lot.
    """

    right: int
    of: int
    chance: float


def class_of_neighbour(vectors: Array, classes: Sequence[str | None]) -> Neighbours:
    """Whether words lie among their own kind. classes : one for each of vectors (V, N), or None."""
    where = [i for i, name in enumerate(classes) if name is not None]
    own = np.array([str(classes[i]) for i in where])
    near = cosines(vectors[where])
    np.fill_diagonal(near, -np.inf)
    same = own[:, None] == own
    right = int(same[np.arange(len(own)), near.argmax(axis=1)].sum())
    chance = (same.sum(axis=1) - 1).mean() / max(len(own) - 1, 1)
    return Neighbours(right, len(own), float(chance))


# ---- agreement over a distance ----


@dataclass(frozen=True)
class Agreement:
    """How a network continues a subject when other nouns stand between it and its verb.

    between : how many, each of the other number. p : the mean of p(a verb of the right number), of
    all verbs. right : how often that is above one half.
    """

    between: int
    p: float
    right: float


def agreement(model: Model, between: int) -> Agreement:
    """Read "the judge with the pilots beside the nurses ...", for each noun and number, and look at
    what comes next. model : one that has the words of the toy English.
    """
    assert model.vocabulary is not None
    number = model.vocabulary.id_of
    starts, wanted = [], []
    for i in range(len(NOUNS)):
        for own in (0, 1):
            words = ["\n", "the", NOUNS[i][own]]
            for k in range(between):
                other = NOUNS[(i + k + 1) % len(NOUNS)][1 - own]
                words += [PREPOSITIONS[(i + k) % len(PREPOSITIONS)], "the", other]
            starts.append([number[word] for word in words])
            wanted.append(own)
    fwd = model.read(Batch((np.array(starts).T,)))
    probs = softmax(fwd.logits[-1:].astype(float))[0]
    p = np.stack([
        probs[[number[verb[i]] for verb in (*ALONE, *WITH_OBJECT)]].sum(axis=0) for i in (0, 1)
    ])  # fmt: skip
    right = p[wanted, np.arange(len(wanted))] / p.sum(axis=0)
    return Agreement(between, float(right.mean()), float((right > 0.5).mean()))
