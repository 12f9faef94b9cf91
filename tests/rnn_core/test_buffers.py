"""Buffers: runs that take turns at them are the runs that they would be alone."""

import dataclasses
import gc
import tracemalloc

import numpy as np
import pytest

from rnn_core import CELLS, Dataset, Hyperparameters, Model, TrainingRun
from rnn_core.buffers import USUAL_UNITS, evaluate, lend_buffers
from rnn_core.cells import Cell
from rnn_core.experiments.bugs import MissingSquare, MissingTranspose
from rnn_core.pool import Pool
from rnn_core.training import untrained
from tests.models import SMALL, small_model, story

SEEDS = (0, 1, 2)


@pytest.fixture
def data() -> Dataset:
    """A dataset on which nothing has been computed yet."""
    return dataclasses.replace(SMALL, buffers=Pool())


def run_of(data: Dataset, seed: int = 0, **settings: object) -> TrainingRun:
    return TrainingRun(data, Hyperparameters(n_hidden=4, seed=seed, **settings))


def alone(seed: int, steps: int, **settings: object) -> tuple:
    run = run_of(dataclasses.replace(SMALL, buffers=Pool()), seed, **settings)
    run.advance(steps=steps)
    return story(run)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("batch_size", [1, 3])
def test_in_turns_at_the_same_buffers(data: Dataset, cell: str, batch_size: int) -> None:
    made = {"cell": cell, "batch_size": batch_size}
    runs = [run_of(data, seed, **made) for seed in SEEDS]
    for steps in (1, 7, 2, 10):
        for run in runs:
            run.advance(steps=steps)
    assert len(data.buffers.free) == 1
    for seed, run in zip(SEEDS, runs, strict=True):
        assert story(run) == alone(seed, 20, **made)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e200])
@pytest.mark.parametrize("batch_size", [1, 3])
def test_after_one_that_blew_up(
    data: Dataset, activation: str, bad: float, batch_size: int
) -> None:
    made = {"activation": activation, "batch_size": batch_size}
    hot = run_of(data, **made)
    hot.advance(epochs=1)
    hot.model.flat[:] = bad
    hot.advance(steps=5)
    cool = run_of(data, 1, **made)
    cool.advance(steps=20)
    assert len(data.buffers.free) == 1
    assert story(cool) == alone(1, 20, **made)


def test_two_at_once_have_buffers_each(data: Dataset) -> None:
    model = small_model()
    with lend_buffers(model, data) as one, lend_buffers(model, data) as other:
        assert one is not other
    with lend_buffers(model, data) as again:
        assert again in (one, other)


def test_what_became_of_the_numbers_is_taken_along_even_after_an_error(data: Dataset) -> None:
    model = small_model()

    def fail() -> None:
        with lend_buffers(model, data) as lent:
            lent.model.flat[:] = 7
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    np.testing.assert_array_equal(model.flat, 7)
    assert len(data.buffers.free) == 1


def test_only_the_same_kind_shares(data: Dataset) -> None:
    cells = [
        CELLS["rnn"](), CELLS["rnn"]("relu"), CELLS["lstm"](), MissingSquare(), MissingTranspose(),
    ]  # fmt: skip
    shapes = [{"n_layers": 2}, {"bidirectional": True}, {"per_step": True}, {"dtype": "float32"}]

    def made(cell: Cell, **shape: object) -> Model:
        return Model(cell, SMALL.vocabulary, SMALL.classes, 4, **shape)

    kinds = [*(made(cell) for cell in cells), *(made(cells[0], **shape) for shape in shapes)]
    lent = []
    for model in kinds:
        with lend_buffers(model, data) as one:
            lent.append(one)
    with lend_buffers(kinds[0], data, truncate=2) as one:
        lent.append(one)
    assert len(set(map(id, lent))) == len(lent) == len(data.buffers.free)


def test_what_they_say_they_take_is_what_they_take(data: Dataset) -> None:
    hp = Hyperparameters(n_hidden=128, cell="lstm")
    model = untrained(data, hp, None, np.random.default_rng(0))
    gc.collect()
    tracemalloc.start()
    try:
        with lend_buffers(model, data) as buffers:
            evaluate(buffers, data.train)
            buffers.step(buffers.asked(data.train, np.arange(3)))
        gc.collect()
        taken = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert 0.7 * taken < buffers.n_bytes < 1.4 * taken


def test_larger_networks_are_evaluated_in_smaller_shares(data: Dataset, monkeypatch) -> None:
    monkeypatch.setattr("rnn_core.buffers.MOST_WORDS", 4 * len(data.train.ids))
    shares = []
    for n_hidden in (4, USUAL_UNITS, 2 * USUAL_UNITS):
        with lend_buffers(
            TrainingRun(data, Hyperparameters(n_hidden=n_hidden)).model, data
        ) as buffers:
            first = next(iter(buffers.answers(data.train)))
            shares.append(first.logits.shape[-1])
    assert shares == [4, 4, 2]


def test_datasets_share_nothing(data: Dataset) -> None:
    run_of(data)
    assert len(data.buffers.free) == 1
    assert not dataclasses.replace(SMALL, buffers=Pool()).buffers.free
