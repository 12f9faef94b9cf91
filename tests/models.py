"""Small things for the tests of the core: models with weights of size about 1, datasets, passes."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rnn_core import CELLS, Dataset, Hyperparameters, Model, TrainingRun, Vocabulary
from rnn_core.backward import fill_backward, new_backward, record_backward
from rnn_core.batch import Batch, Targets
from rnn_core.blame import BackwardTrace
from rnn_core.datasets import parse_dataset
from rnn_core.forward import fill_forward, new_forward, record_forward

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
    **shape: object,
) -> Model:
    """A model of 5 words with weights and biases of size about 1; shape as in Model."""
    classes = ("blue", "green", "red")[:n_classes]
    kind = CELLS[cell](activation)
    model = Model(kind, Vocabulary(["a b c d e"]), classes, n_hidden, dtype, **shape)
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
    lengths = np.array([len(ids) for ids in sentences])
    batch = Batch(np.zeros((lengths.max(), len(lengths)), dtype=np.intp), lengths)
    n_answers = len(batch.ids) if every_step else 1
    wanted = np.zeros((n_answers, len(model.classes), len(lengths)), model.flat.dtype)
    asked = np.zeros((n_answers, 1, len(lengths)), model.flat.dtype)
    for b, (ids, answer) in enumerate(zip(sentences, answers, strict=True)):
        batch.ids[: len(ids), b] = ids
        s = len(ids) - 1 if every_step else 0
        wanted[s, answer, b] = 1
        asked[s, 0, b] = 1 / len(lengths)
    fwd = record_forward(model, new_forward(model, batch, every_step))
    bwd = record_backward(model, new_backward(model, fwd, Targets(wanted, asked)), truncate)
    fill_forward(bwd.forward)
    fill_backward(bwd)
    return bwd


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
