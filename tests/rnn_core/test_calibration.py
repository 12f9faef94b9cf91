"""Confidence against right, on answers whose calibration is known."""

import numpy as np
import pytest

from rnn_core.experiments.calibration import answers, calibration, temperature
from tests.models import SMALL, run_of


def test_bins_hold_mean_confidence_and_share_of_right() -> None:
    p = np.array([[0.9, 0.1], [0.98, 0.02], [0.58, 0.42], [0.45, 0.55]]).T
    made = calibration(p, np.array([0, 1, 0, 1]), n_bins=5)
    np.testing.assert_allclose(made.confidence, [0.565, 0.94])
    assert made.right.tolist() == [1.0, 0.5]
    assert made.count.tolist() == [2, 2]
    assert made.error == pytest.approx((2 * 0.435 + 2 * 0.44) / 4)


@pytest.mark.parametrize("by", [0.5, 1.0, 3.0])
def test_the_temperature_undoes_a_factor(by: float) -> None:
    rng = np.random.default_rng(0)
    y = rng.normal(size=(3, 20_000)) * 2
    p = np.exp(y) / np.exp(y).sum(axis=0)
    right = (rng.random(20_000) > p.cumsum(axis=0)).sum(axis=0).clip(max=2)
    assert temperature(by * y, right) == pytest.approx(by, rel=0.05)


def test_answers_are_the_logits_after_the_last_word() -> None:
    model = run_of().model
    logits = answers(model, SMALL, SMALL.test)
    for i, text in enumerate(SMALL.test.texts):
        np.testing.assert_allclose(logits[:, i], model.forward(text).logits[-1, :, 0])
