"""A heat: runs in lock step, each the run that it would be alone."""

import numpy as np
import pytest

from rnn_core import Hyperparameters, TrainingRun
from rnn_core.heat import Heat
from rnn_core.planted import MissingTranspose
from tests.models import SMALL, story
from ui import heats


def runs(count: int = 3) -> list[TrainingRun]:
    return [TrainingRun(SMALL, Hyperparameters(n_hidden=3 + i, seed=i)) for i in range(count)]


def test_never_more_than_one_epoch_apart() -> None:
    heat = Heat(runs(), 5)
    while not heat.done:
        heat.advance(budget_s=0)
        epochs = [run.epoch for run in heat.runs]
        assert max(epochs) - min(epochs) <= 1
    assert epochs == [5, 5, 5]


def test_each_is_the_run_that_it_would_be_alone() -> None:
    heat, others = Heat(runs(), 4), runs()
    while not heat.done:
        heat.advance(budget_s=0)
    for run in others:
        run.advance(epochs=4)
    assert [story(run) for run in heat.runs] == [story(run) for run in others]


def test_so_many_epochs_for_everybody() -> None:
    heat = Heat(runs(), 9)
    heat.advance(epochs=2)
    assert [run.epoch for run in heat.runs] == [2, 2, 2]
    assert heat.share == pytest.approx(2 / 9)


def test_who_stops_early_counts_as_finished() -> None:
    heat = Heat(runs(2), 4)
    heat.runs[0].model.flat[:] = np.nan
    heat.advance(epochs=1)
    assert heat.runs[0].stopped
    assert heat.share == pytest.approx(0.5 + 0.125)
    heat.advance(epochs=9)
    assert (heat.done, heat.share) == (True, 1)


def test_nothing_to_do() -> None:
    heat = Heat(runs(1), 0 + 1)
    heat.advance(epochs=5)
    heat.advance(epochs=5)
    assert heat.runs[0].epoch == 1
    with pytest.raises(ValueError, match="at least one"):
        Heat([], 3)
    with pytest.raises(ValueError, match="say how far"):
        heat.advance()


@pytest.mark.parametrize("difference", heats.DIFFERENCES)
def test_two_runs_have_one_difference(difference: str) -> None:
    hp = Hyperparameters(n_hidden=4)
    one, other = heats.entrants(SMALL, hp, difference)
    assert one.hyperparameters == hp
    assert one.upcoming.tolist() == other.upcoming.tolist()
    if difference == "transpose":
        assert other.hyperparameters == hp
        assert isinstance(other.model.cell, MissingTranspose)
    else:
        assert other.hyperparameters != hp
        same_cell = type(other.model.cell) is type(one.model.cell)
        assert same_cell is (difference != "cell")


def test_seeds_differ_in_nothing_else() -> None:
    entrants = heats.seeds(SMALL, Hyperparameters(n_hidden=4, seed=7), 5)
    assert [run.hyperparameters.seed for run in entrants] == [0, 1, 2, 3, 4]
    assert len({run.hyperparameters.n_hidden for run in entrants}) == 1
