"""Paired runs one after another, each the run that it would be alone; test_heat: side by side."""

from functools import partial

import pytest

from rnn_core import Hyperparameters, TrainingRun, load_dataset
from rnn_core.experiments.bugs import MissingTranspose
from rnn_core.experiments.paired_runs import WRITE_UP, PairedRuns
from tests.models import SMALL


def kept(run: TrainingRun) -> tuple:
    return run.epoch, run.converged, run.model.flat.tobytes()


def race(longest: int = 20) -> PairedRuns:
    """Right and wrong on each seed, one after another, until they have converged."""
    begin = {
        (right, seed): partial(
            TrainingRun,
            SMALL,
            Hyperparameters(n_hidden=5, lr=0.1, seed=seed),
            None if right else MissingTranspose(),
        )
        for seed in range(2)
        for right in (True, False)
    }
    return PairedRuns(begin, longest, keep=kept, until_converged=True)


def finished(runs: PairedRuns, budget_s: float) -> PairedRuns:
    while not runs.done:
        runs.advance(budget_s=budget_s)
    return runs


def test_one_after_another_each_is_the_run_that_it_would_be_alone() -> None:
    runs = finished(race(), 1.0)
    for key, begin in race().make.items():
        alone = begin()
        while alone.epoch < 20 and alone.converged is None:
            alone.advance(epochs=1)
        assert runs.results[key] == kept(alone)


def test_slices_do_not_change_what_comes_out() -> None:
    assert finished(race(), 0).results == finished(race(), 1.0).results


def test_one_after_another_keeps_one_run_and_goes_in_order() -> None:
    runs, begun = race(), []
    while not runs.done:
        begun.append(runs.turn)
        runs.advance(budget_s=0)
        assert len(runs.runs) <= 1
    assert list(dict.fromkeys(begun)) == list(runs.make) == list(runs.results)


def test_one_epoch_is_made_whatever_the_budget() -> None:
    runs = race()
    runs.advance(budget_s=0)
    assert [run.epoch for run in runs.runs.values()] == [1]


def test_the_share_grows_to_one() -> None:
    runs, shares = race(longest=4), []
    while not runs.done:
        runs.advance(budget_s=0)
        shares.append(runs.share)
    assert (shares, shares[-1]) == (sorted(shares), 1.0)


@pytest.mark.slow
def test_a_run_ends_where_it_has_converged() -> None:
    data = load_dataset("sentiment")
    runs = PairedRuns(
        {"right": partial(TrainingRun, data, WRITE_UP)}, 1000, lambda run: run.converged, True
    )
    found = finished(runs, 1.0).results["right"]
    alone = TrainingRun(data, WRITE_UP)
    alone.advance(epochs=found + 4)
    assert alone.converged == found
