"""Paired runs in lock step, each the run that it would be alone; and what the page pairs."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_core import Hyperparameters, LanguageRun, TrainingRun, load_dataset
from rnn_core.experiments.bugs import MissingTranspose
from rnn_core.experiments.other_walks import OtherOrder
from rnn_core.experiments.paired_runs import PairedRuns
from tests.models import SMALL, story
from ui.kit.bounded import Held
from ui.kit.numbers import compact
from ui.train import paired as page
from ui.train import text


def runs(count: int = 3) -> list[TrainingRun]:
    return [TrainingRun(SMALL, Hyperparameters(n_hidden=3 + i, seed=i)) for i in range(count)]


def paired(count: int, longest: int) -> PairedRuns:
    return PairedRuns(
        {run.hyperparameters.seed: (lambda run=run: run) for run in runs(count)}, longest
    )


def test_never_more_than_one_epoch_apart() -> None:
    paired_runs = paired(3, 5)
    while not paired_runs.done:
        paired_runs.advance(budget_s=0)
        epochs = [run.epoch for run in paired_runs.runs.values()]
        assert max(epochs) - min(epochs) <= 1
    assert epochs == [5, 5, 5]


def test_each_is_the_run_that_it_would_be_alone() -> None:
    paired_runs, others = paired(3, 4), runs()
    while not paired_runs.done:
        paired_runs.advance(budget_s=0)
    for run in others:
        run.advance(epochs=4)
    assert [story(run) for run in paired_runs.runs.values()] == [story(run) for run in others]


def test_those_of_a_visitor_make_room() -> None:
    held = page.Runs({name: (lambda run=run: run) for name, run in enumerate(runs())}, 9)
    held.advance(epochs=5)
    assert isinstance(held, Held)
    assert held.n_bytes == sum(9 * run.model.flat.nbytes for run in held.runs.values())
    held.make_room()
    assert [len(run.snapshots) for run in held.runs.values()] == [2, 2, 2]


def test_so_many_epochs_for_everybody() -> None:
    paired_runs = paired(3, 9)
    paired_runs.advance(epochs=2)
    assert [run.epoch for run in paired_runs.runs.values()] == [2, 2, 2]
    assert paired_runs.share == pytest.approx(2 / 9)


def test_who_stops_early_counts_as_finished() -> None:
    paired_runs = paired(2, 4)
    paired_runs.runs[0].model.flat[:] = np.nan
    paired_runs.advance(epochs=1)
    assert paired_runs.runs[0].stopped
    assert paired_runs.share == pytest.approx(0.5 + 0.125)
    paired_runs.advance(epochs=9)
    assert (paired_runs.done, paired_runs.share) == (True, 1)


def test_nothing_to_do() -> None:
    paired_runs = paired(1, 1)
    paired_runs.advance(epochs=5)
    paired_runs.advance(epochs=5)
    assert paired_runs.runs[0].epoch == 1
    with pytest.raises(ValueError, match="at least one"):
        PairedRuns({}, 3)
    with pytest.raises(ValueError, match="say how far"):
        paired_runs.advance()


@pytest.mark.parametrize("difference", text.DIFFERENCES)
def test_two_runs_have_one_difference(difference: str) -> None:
    hp = Hyperparameters(n_hidden=4)
    one, other = (begin() for begin in page.pair(SMALL, hp, difference).values())
    assert one.hyperparameters == hp
    if difference in ("order", "random"):
        assert other.hyperparameters == hp
        assert np.array_equal(one.model.flat, other.model.flat)
        assert isinstance(other, OtherOrder)
        return
    if difference == "batch":
        assert other.hyperparameters == replace(hp, batch_size=16)
        assert np.array_equal(one.model.flat, other.model.flat)
        return
    assert one.upcoming.tolist() == other.upcoming.tolist()
    if difference == "transpose":
        assert other.hyperparameters == hp
        assert isinstance(other.model.cell, MissingTranspose)
    else:
        assert other.hyperparameters != hp
        same_cell = type(other.model.cell) is type(one.model.cell)
        assert same_cell is (difference != "cell")


def both(difference: str, epochs: int) -> tuple[TrainingRun, TrainingRun, str]:
    """Two runs that went so far, and what is said about them."""
    hp = Hyperparameters(n_hidden=16)
    one, other = (
        begin() for begin in page.pair(load_dataset("sentiment"), hp, difference).values()
    )
    for run in (one, other):
        run.advance(epochs=epochs)
    return one, other, page.compared(one, other)


def test_what_is_said_of_two_batch_sizes_is_counted() -> None:
    one, other, said = both("batch", 20)
    losses = [compact(run.history[-1].train_loss) for run in (one, other)]
    assert said == (
        f"Train loss after 20 epochs: {losses[0]} against {losses[1]}, by 1,160 updates of 1 "
        "against 80 of 16."
    )
    assert (one.steps, other.steps) == (1160, 80)


def test_what_is_said_of_two_orders_is_read_off() -> None:
    one, other, said = both("order", 20)
    apart = [abs(a.train_loss - b.train_loss)
             for a, b in zip(one.history, other.history, strict=True)]  # fmt: skip
    assert said.endswith(f"are {compact(max(apart))} apart at epoch {apart.index(max(apart))}.")
    assert apart[0] == 0


def test_what_is_said_of_a_random_search_is_counted() -> None:
    one, other, said = both("random", 20)
    assert f"Of its 60 random steps {other.kept} were kept." in said
    assert one.history[-1].train_loss < 0.5 * other.history[-1].train_loss


def test_seeds_differ_in_nothing_else() -> None:
    begun = page.seeds(SMALL, Hyperparameters(n_hidden=4, seed=7), 3).values()
    assert [begin().hyperparameters for begin in begun] == [
        Hyperparameters(n_hidden=4, seed=seed) for seed in range(3)
    ]


def test_a_text_is_learned_by_runs_of_its_own_kind() -> None:
    rhymes, hp = load_dataset("rhymes"), Hyperparameters(n_hidden=3, truncate=25)
    made = [*page.pair(rhymes, hp, "units").values(), *page.seeds(rhymes, hp, 2).values()]
    assert {type(make()) for make in made} == {LanguageRun}
