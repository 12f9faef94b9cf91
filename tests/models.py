"""Small things for the tests of the core: models with weights of size about 1, datasets, passes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rnn_core import (
    CELLS,
    BackwardTrace,
    Batch,
    Dataset,
    Hyperparameters,
    Model,
    TrainingRun,
    Vocabulary,
    network,
)
from rnn_core.datasets import parse_dataset
from rnn_core.model import asked_for

DATA = Path(__file__).parents[1] / "data"
KINDS = [(cell, activation) for cell, made in CELLS.items() for activation in made.activations]
PARAMS = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")
SENTENCE = [0, 2, 1, 2, 4]
# One answer after the last word, or one at some of the words.
WIRINGS = {"last": 1, "some": [0, None, 2, None, 1], "each": [2, 0, 1, 1, 0]}


def small_model(
    cell: str = "rnn",
    activation: str = "tanh",
    n_hidden: int = 4,
    n_classes: int = 3,
    dtype: str = "float64",
    seed: int = 4,
    words: str | None = "a b c d e",
    **shape: object,
) -> Model:
    """A model of 5 words with weights and biases of size about 1; shape as in Model."""
    classes = ("blue", "green", "red")[:n_classes]
    kind = CELLS[cell](activation)
    vocabulary = None if words is None else Vocabulary([words])
    model = Model(kind, vocabulary, classes, n_hidden, dtype, **shape)
    model.flat[:] = np.random.default_rng(seed).uniform(-1, 1, model.flat.size)
    return model


def some_state(model: Model, seed: int = 5) -> np.ndarray:
    """A hidden state (H,) that is not zero."""
    return np.random.default_rng(seed).uniform(-1, 1, model.n_hidden)


def read_together(
    model: Model,
    sentences: Sequence[Sequence[int]],
    answers: Sequence[int],
    every_step: bool = False,
    truncate: int | None = None,
) -> BackwardTrace:
    """Forward and backward of padded sentences side by side, one answer at the end of each."""
    batch = padded(sentences, model.flat.dtype)
    labels = np.array([answers])
    if every_step:
        labels = np.full(batch.x[0].shape, -1)
        for b, (ids, answer) in enumerate(zip(sentences, answers, strict=True)):
            labels[len(ids) - 1, b] = answer
    fwd = network.forward(model, model.params, batch, every_step)
    targets = asked_for(model, batch, labels, truncate)
    return network.backward(model, model.params, fwd, targets, np.zeros_like(model.flat))


def padded(sentences: Sequence[Sequence[int]], dtype: str | np.dtype = "float64") -> Batch:
    """Sentences side by side, and a mask where they are not of one length."""
    lengths = np.array([len(ids) for ids in sentences])
    x = np.zeros((lengths.max(), len(lengths)), np.intp)
    for b, ids in enumerate(sentences):
        x[: len(ids), b] = ids
    mask = np.arange(len(x))[:, None, None] < lengths
    return Batch((x,), (None if mask.all() else mask.astype(dtype),))


def dataset(*rows: str) -> Dataset:
    """A dataset from rows such as "good,positive,train"."""
    return parse_dataset("given", "\n".join(["text,label,split", *rows]).encode())


SMALL = dataset(
    "good,positive,train",
    "bad,negative,train",
    "not good,negative,train",
    "not bad,positive,train",
    "this is good,positive,train",
    "this is not bad at all,positive,train",
    "this is bad,negative,train",
    "is not good,negative,test",
    "this is not bad,positive,test",
)


def run_of(data: Dataset = SMALL, **settings: object) -> TrainingRun:
    """A run that is small unless told otherwise."""
    return TrainingRun(data, Hyperparameters(**{"n_hidden": 6, **settings}))


def story(run: TrainingRun) -> tuple:
    """All that a run came to, for comparing bit for bit."""
    return (
        run.steps,
        run.epoch,
        run.stopped,
        repr(run.history),
        run.model.flat.tobytes(),
        [(snapshot.epoch, snapshot.model.flat.tobytes()) for snapshot in run.snapshots],
    )
