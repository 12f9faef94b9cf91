"""Paired runs in lock step, each the run that it would be alone; and what the page pairs."""

import numpy as np
import pytest

from rnn_core import Hyperparameters, TrainingRun
from rnn_core.experiments.bugs import MissingTranspose
from rnn_core.experiments.paired_runs import PairedRuns
from tests.models import SMALL, story
from ui import heats


def runs(count: int = 3) -> list[TrainingRun]:
    return [TrainingRun(SMALL, Hyperparameters(n_hidden=3 + i, seed=i)) for i in range(count)]


def paired(count: int, longest: int) -> PairedRuns:
    return PairedRuns(
        {run.hyperparameters.seed: (lambda run=run: run) for run in runs(count)}, longest
    )


def test_never_more_than_one_epoch_apart() -> None:
    heat = paired(3, 5)
    while not heat.done:
        heat.advance(budget_s=0)
        epochs = [run.epoch for run in heat.runs.values()]
        assert max(epochs) - min(epochs) <= 1
    assert epochs == [5, 5, 5]


def test_each_is_the_run_that_it_would_be_alone() -> None:
    heat, others = paired(3, 4), runs()
    while not heat.done:
        heat.advance(budget_s=0)
    for run in others:
        run.advance(epochs=4)
    assert [story(run) for run in heat.runs.values()] == [story(run) for run in others]


def test_so_many_epochs_for_everybody() -> None:
    heat = paired(3, 9)
    heat.advance(epochs=2)
    assert [run.epoch for run in heat.runs.values()] == [2, 2, 2]
    assert heat.share == pytest.approx(2 / 9)


def test_who_stops_early_counts_as_finished() -> None:
    heat = paired(2, 4)
    heat.runs[0].model.flat[:] = np.nan
    heat.advance(epochs=1)
    assert heat.runs[0].stopped
    assert heat.share == pytest.approx(0.5 + 0.125)
    heat.advance(epochs=9)
    assert (heat.done, heat.share) == (True, 1)


def test_nothing_to_do() -> None:
    heat = paired(1, 1)
    heat.advance(epochs=5)
    heat.advance(epochs=5)
    assert heat.runs[0].epoch == 1
    with pytest.raises(ValueError, match="at least one"):
        PairedRuns({}, 3)
    with pytest.raises(ValueError, match="say how far"):
        heat.advance()


@pytest.mark.parametrize("difference", heats.DIFFERENCES)
def test_two_runs_have_one_difference(difference: str) -> None:
    hp = Hyperparameters(n_hidden=4)
    one, other = (begin() for begin in heats.entrants(SMALL, hp, difference).values())
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
    begun = heats.seeds(SMALL, Hyperparameters(n_hidden=4, seed=7), 5).values()
    entrants = [begin() for begin in begun]
    assert [run.hyperparameters.seed for run in entrants] == [0, 1, 2, 3, 4]
    assert len({run.hyperparameters.n_hidden for run in entrants}) == 1
