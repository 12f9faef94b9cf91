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


def test_what_it_tells_on_its_way_is_what_happened_and_else_it_asks() -> None:
    run = told(POOR, FLAT, FLAT, FLAT, (0.9, 1.0), GOOD, GOOD)
    assert story.so_far(run) == (
        "Right for the first time: all of test at epoch 4, all of train at epoch 5. "
        f"Epochs 1 to 3: {SHARE:.2f} right, as by “positive” to all."
    )
    assert story.so_far(told(POOR)).endswith("?")


def test_jumps_of_the_loss_are_counted_and_the_largest_is_told() -> None:
    run = told(*[POOR] * 5)
    losses = [0.7, 0.6, 2.5, 2.4, 2.9]
    run.history[:] = [replace(record, train_loss=loss)
                      for record, loss in zip(run.history, losses, strict=True)]  # fmt: skip
    assert story.jumps(run.history) == (
        "The train loss rose in 2 of 4 epochs, at most from 0.60 to 2.5 (epoch 2)."
    )
    assert story.jumps(run.history[:2]) == ""
    assert story.jumps(run.history) in story.ending(run)
    assert story.jumps(run.history) in story.so_far(run)


@pytest.mark.parametrize(
    ("run", "said"),
    [(told(POOR, (1.0, 0.5), *[GOOD] * 5), "right from epoch 2 on, five epochs in a row; all "
      "of train first at 1, all of test at 2."),
     (told(POOR, FLAT, FLAT, FLAT, *[GOOD] * 5), " Epochs 1 to 3: 0.57 right, as by “positive”"),
     (told(POOR, (1.0, 0.5)), "50\u00a0% of the test"),
     (told(POOR, POOR), "After 1 epochs 90\u00a0% of train and 40\u00a0% of test are right."),
     (told(POOR, (0.9, np.nan)), "After 1 epochs 90\u00a0% of train are right."),
     (told(POOR, (1.0, np.nan)), "All training sentences right"),
     (told(POOR, GOOD, stopped="step 7: the gradient is inf"), "It stopped at step 7: the gra")],
)  # fmt: skip
def test_ending(run: TrainingRun, said: str) -> None:
    assert said in story.ending(run)
    assert "nan" not in story.ending(run)
    assert len(story.ending(run)) < 175  # two lines under the curves


def test_a_run_that_stopped_says_what_to_do() -> None:
    ending = story.ending(told(POOR, stopped="step 1: the gradient is nan"))
    assert "kept" in ending
    assert "clipping" in ending
