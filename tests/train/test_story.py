"""What is said about a run is what happened in it."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_core import TrainingRun
from tests.models import dataset, run_of
from ui.train import story


def told(*accuracies: tuple[float, float], **changes: object) -> TrainingRun:
    """A run with this history: (train, test) for each epoch, the untrained one first."""
    run = run_of()
    first = run.history[0]
    run.history[:] = [
        replace(first, epoch=i, train_accuracy=train, test_accuracy=test)
        for i, (train, test) in enumerate(accuracies)
    ]
    run.epoch = len(accuracies) - 1
    for name, value in changes.items():
        setattr(run, name, value)
    return run


SHARE = story.majority(run_of())[1]
FLAT, GOOD, POOR = (SHARE, 0.5), (1.0, 1.0), (0.9, 0.4)


def test_majority_is_counted() -> None:
    run = TrainingRun(dataset("a,yes,train", "b,no,train", "c,no,train"), run_of().hyperparameters)
    assert story.majority(run) == ("no", pytest.approx(2 / 3))


@pytest.mark.parametrize(
    ("history", "found"),
    [([POOR, FLAT, FLAT, FLAT, POOR], (1, 3)), ([POOR, FLAT, FLAT, POOR], None),
     ([FLAT, FLAT, FLAT, POOR], None), ([POOR, FLAT, FLAT, FLAT], (1, 3)), ([FLAT], None),
     ([POOR, *[FLAT] * 3, POOR, *[FLAT] * 4], (5, 8)), ([POOR] * 5, None)],
)  # fmt: skip
def test_plateau_is_the_longest_of_three_or_more(history: list, found: tuple | None) -> None:
    assert story.plateau(told(*history).history, SHARE) == found


def test_moments_are_in_order_and_each_is_the_first() -> None:
    run = told(POOR, FLAT, FLAT, FLAT, (0.9, 1.0), GOOD, GOOD)
    moments = story.moments(run)
    assert [epoch for epoch, _ in moments] == [1, 4, 5]
    assert [text.split(":")[0] for _, text in moments] == [
        "plateau", "all of test right for the first time", "all of train right for the first time",
    ]  # fmt: skip
    assert story.moments(told(POOR)) == []


def test_no_longer_a_number_is_a_moment() -> None:
    assert story.moments(told(POOR, POOR, stopped="step 9"))[-1] == (1, "no longer a number")


@pytest.mark.parametrize(
    ("run", "said"),
    [(told(POOR, (1.0, 0.5), *[GOOD] * 5), "in five epochs in a row, from epoch 2 on; for the "
      "first time all of train at 1, all of test at 2."),
     (told(POOR, FLAT, FLAT, FLAT, *[GOOD] * 5), " From epoch 1 to 3 0."),
     (told(POOR, (1.0, 0.5)), "50\u00a0% of the test"),
     (told(POOR, POOR), "After 1 epochs 90\u00a0% of train and 40\u00a0% of test are right."),
     (told(POOR, (0.9, np.nan)), "After 1 epochs 90\u00a0% of train are right."),
     (told(POOR, (1.0, np.nan)), "All training sentences right"),
     (told(POOR, GOOD, stopped="step 7: the gradient is inf"), "It stopped at step 7: the gra")],
)  # fmt: skip
def test_ending(run: TrainingRun, said: str) -> None:
    assert said in story.ending(run)
    assert "nan" not in story.ending(run)


def test_a_run_that_stopped_says_what_to_do() -> None:
    ending = story.ending(told(POOR, stopped="step 1: the gradient is nan"))
    assert "kept" in ending
    assert "clipping" in ending
