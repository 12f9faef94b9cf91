"""The bench: runs that take turns at it are the runs that they would be alone."""

import numpy as np
import pytest

from rnn_core import CELLS, Hyperparameters, Model, TrainingRun, bench
from rnn_core.bench import MOST, bench_for
from rnn_core.cells import Cell
from rnn_core.planted import MissingSquare, MissingTranspose
from tests.models import SMALL, small_model, story

SEEDS = (0, 1, 2)


@pytest.fixture(autouse=True)
def nothing_lent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "_free", [])


def run_of(seed: int = 0, **settings: object) -> TrainingRun:
    return TrainingRun(SMALL, Hyperparameters(n_hidden=4, seed=seed, **settings))


def alone(monkeypatch: pytest.MonkeyPatch, seed: int, steps: int, **settings: object) -> tuple:
    monkeypatch.setattr(bench, "_free", [])
    run = run_of(seed, **settings)
    run.advance(steps=steps)
    return story(run)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("batch_size", [1, 3])
def test_in_turns_at_one_bench(monkeypatch, cell: str, batch_size: int) -> None:
    made = {"cell": cell, "batch_size": batch_size}
    runs = [run_of(seed, **made) for seed in SEEDS]
    for steps in (1, 7, 2, 10):
        for run in runs:
            run.advance(steps=steps)
    assert len(bench._free) == 1
    for seed, run in zip(SEEDS, runs, strict=True):
        assert story(run) == alone(monkeypatch, seed, 20, **made)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e200])
@pytest.mark.parametrize("batch_size", [1, 3])
def test_after_one_that_blew_up(monkeypatch, activation: str, bad: float, batch_size: int) -> None:
    made = {"activation": activation, "batch_size": batch_size}
    hot = run_of(**made)
    hot.advance(epochs=1)
    hot.model.flat[:] = bad
    hot.advance(steps=5)
    cool = run_of(1, **made)
    cool.advance(steps=20)
    assert len(bench._free) == 1
    assert story(cool) == alone(monkeypatch, 1, 20, **made)


def test_two_at_once_have_a_bench_each() -> None:
    model = small_model()
    with bench_for(model, SMALL) as one, bench_for(model, SMALL) as other:
        assert one is not other
    with bench_for(model, SMALL) as again:
        assert again in (one, other)


def test_what_became_of_the_numbers_is_taken_along_even_after_an_error() -> None:
    model = small_model()

    def fail() -> None:
        with bench_for(model, SMALL) as lent:
            lent.model.flat[:] = 7
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    np.testing.assert_array_equal(model.flat, 7)
    assert len(bench._free) == 1


def test_only_the_same_kind_shares() -> None:
    cells = [
        CELLS["rnn"](), CELLS["rnn"]("relu"), CELLS["lstm"](), MissingSquare(), MissingTranspose(),
    ]  # fmt: skip
    shapes = [{"n_layers": 2}, {"bidirectional": True}, {"each_word": True}, {"dtype": "float32"}]

    def made(cell: Cell, **shape: object) -> Model:
        return Model(cell, SMALL.vocabulary, SMALL.classes, 4, **shape)

    kinds = [*(made(cell) for cell in cells), *(made(cells[0], **shape) for shape in shapes)]
    lent = []
    for model in kinds:
        with bench_for(model, SMALL) as one:
            lent.append(one)
    with bench_for(kinds[0], SMALL, truncate=2) as one:
        lent.append(one)
    assert len(set(map(id, lent))) == len(lent) == len(bench._free)


def test_few_are_kept() -> None:
    for n_hidden in range(1, MOST + 5):
        TrainingRun(SMALL, Hyperparameters(n_hidden=n_hidden))
    assert len(bench._free) == MOST
    assert [one.model.n_hidden for _, one in bench._free] == list(range(5, MOST + 5))
