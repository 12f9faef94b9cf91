"""Probabilities set by hand stay probabilities; loss and gradient are those of softmax."""

import numpy as np
import pytest

from rnn_core.experiments.by_hand import loss, probabilities

THREE = np.array([0.5, 0.1, 0.4])


def test_the_write_up_s_numbers() -> None:
    made = probabilities(THREE, 0, 0.2, 0.25)
    np.testing.assert_allclose(made, [0.2, 0.2, 0.6])
    np.testing.assert_allclose(loss(made, 0)[1], [-0.8, 0.2, 0.6])
    assert loss(probabilities(np.array([0.3, 0.7]), 1, 0.9), 1)[0] == pytest.approx(0.105, abs=5e-4)


@pytest.mark.parametrize("right", range(3))
@pytest.mark.parametrize("to", [0.01, 0.5, 0.99])
def test_the_others_keep_their_proportions(right: int, to: float) -> None:
    made = probabilities(THREE, right, to)
    assert made[right] == to
    assert made.sum() == pytest.approx(1)
    others, were = np.delete(made, right), np.delete(THREE, right)
    np.testing.assert_allclose(others / others.sum(), were / were.sum())


def test_of_nothing_all_others_get_alike() -> None:
    made = probabilities(np.array([1.0, 0.0, 0.0, 0.0]), 0, 0.4)
    np.testing.assert_allclose(made, [0.4, 0.2, 0.2, 0.2])


def test_a_p_of_0_has_a_large_loss_that_is_a_number() -> None:
    assert 700 < loss(np.array([0.0, 1.0]), 0)[0] < 710


@pytest.mark.parametrize("right", range(3))
def test_the_gradient_is_that_of_central_differences(right: int) -> None:
    y, step = np.log(THREE), 1e-6

    def at(logits: np.ndarray) -> float:
        p = np.exp(logits) / np.exp(logits).sum()
        return loss(p, right)[0]

    slopes = [(at(y + step * e) - at(y - step * e)) / (2 * step) for e in np.eye(3)]
    np.testing.assert_allclose(loss(THREE, right)[1], slopes, atol=1e-9)
