"""Other walks: the same start, another order; and random steps that are kept if the loss falls."""

import numpy as np
import pytest

from rnn_core import Hyperparameters, TrainingRun, load_dataset
from rnn_core.experiments.other_walks import TRIES, OtherOrder, RandomSearch
from tests.models import SMALL, story

HP = Hyperparameters(n_hidden=4)


@pytest.mark.parametrize("kind", [OtherOrder, RandomSearch])
def test_it_starts_where_the_usual_run_does_and_repeats_itself(kind: type[TrainingRun]) -> None:
    usual, one, same = TrainingRun(SMALL, HP), kind(SMALL, HP), kind(SMALL, HP)
    np.testing.assert_array_equal(one.model.flat, usual.model.flat)
    assert one.history == usual.history
    one.advance(epochs=3)
    while same.epoch < 3:
        same.advance(budget_s=0)
    assert story(one) == story(same)


def test_another_order_reads_every_sentence_once_an_epoch() -> None:
    data = load_dataset("sentiment")
    usual, other = TrainingRun(data, HP), OtherOrder(data, HP)
    orders = [[], []]
    for order, run in zip(orders, (usual, other), strict=True):
        while run.epoch < 1:
            order.extend(run.upcoming.tolist())
            run.advance(steps=1)
    assert sorted(orders[0]) == sorted(orders[1])
    assert orders[0] != orders[1]


def test_a_random_step_is_kept_only_if_the_training_loss_falls() -> None:
    run, kept, before = RandomSearch(SMALL, HP), 0, None
    for _ in range(8):
        before = run.model.flat.copy()
        run.advance(epochs=1)
        assert (run.kept > kept) == (not np.array_equal(run.model.flat, before))
        assert (run.history[-1].train_loss < run.history[-2].train_loss) == (run.kept > kept)
        kept = run.kept
    assert 0 < kept < run.steps == 8 * TRIES


@pytest.mark.parametrize("seed", range(3))
def test_gradients_learn_what_random_steps_do_not(seed: int) -> None:
    data, hp = load_dataset("sentiment"), Hyperparameters(n_hidden=16, seed=seed)
    runs = TrainingRun(data, hp), RandomSearch(data, hp)
    for run in runs:
        run.advance(epochs=40)
    assert runs[0].history[-1].train_loss < 0.05
    assert 0.4 < runs[1].history[-1].train_loss < runs[1].history[0].train_loss
