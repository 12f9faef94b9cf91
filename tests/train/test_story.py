"""What is said about a run is what happened in it."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_core import Hyperparameters, TrainingRun, load_dataset
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
SETTINGS = Hyperparameters(n_hidden=16)
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
        f"Epochs 1 to 3: {SHARE:.2f} right, as by always saying “positive”."
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
     (told(POOR, FLAT, FLAT, FLAT, *[GOOD] * 5), " Epochs 1 to 3: 0.57 right, as by always"),
     (told(POOR, (1.0, 0.95)), "95\u00a0% of the test"),
     (told(POOR, (1.0, 0.5)), "gap of 50 points"),
     (told(POOR, POOR), "After 1 epochs 90\u00a0% of train and 40\u00a0% of test are right."),
     (told(POOR, (0.9, np.nan)), "After 1 epochs 90\u00a0% of train are right."),
     (told(POOR, (1.0, np.nan)), "All training sentences right"),
     (told(POOR, GOOD, stopped="step 7: the gradient is inf"), "It stopped at step 7: the gra")],
)  # fmt: skip
def test_ending(run: TrainingRun, said: str) -> None:
    assert said in story.ending(run)
    assert "nan" not in story.ending(run)
    assert len(story.ending(run)) < 175  # two lines under the curves


def test_a_gap_is_named_with_the_epoch_since_which_the_test_loss_rises() -> None:
    run = told(POOR, POOR, (1.0, 0.65), (1.0, 0.65))
    assert story.gap(run.history) == pytest.approx(0.35)
    losses = [0.7, 0.6, 0.65, 1.1]
    run.history[:] = [replace(record, test_loss=loss)
                      for record, loss in zip(run.history, losses, strict=True)]  # fmt: skip
    said = story.overfitting(run.history)
    assert said == (
        "All of train right, 65\u00a0% of test: a gap of 35 points. The test loss was lowest, "
        "0.60, at epoch 1; now it is 1.1: learned by heart."
    )
    assert story.so_far(run) == story.ending(run) == said
    assert len(said) < 175
    assert "lowest" not in story.overfitting(run.history[:3])  # it has hardly risen
    assert story.overfitting(told(POOR, (1.0, 0.95)).history) == ""
    assert story.overfitting(told(POOR, (1.0, np.nan)).history) == ""


@pytest.mark.parametrize("seed", range(3))
def test_few_sentences_are_learned_by_heart(seed: int) -> None:
    run = TrainingRun(load_dataset("sentiment_few"), replace(SETTINGS, seed=seed))
    run.advance(epochs=60)
    assert run.history[-1].train_accuracy == 1
    assert story.gap(run.history) >= 0.2
    assert "learned by heart" in story.ending(run)


def test_a_tiny_start_stands_still_where_always_saying_negative_does() -> None:
    run = TrainingRun(load_dataset("sentiment"), replace(SETTINGS, init="tiny"))
    run.advance(epochs=40)
    assert story.so_far(run).endswith("0.55 right, as by always saying “negative”.")


def test_a_run_that_stopped_says_what_to_do() -> None:
    ending = story.ending(told(POOR, stopped="step 1: the gradient is nan"))
    assert "kept" in ending
    assert "clipping" in ending
