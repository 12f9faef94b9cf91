"""The step without an input: it is the cell's own, and fixed points stay where they are."""

import numpy as np
import pytest

from tests.models import KINDS, small_model
from ui.sequence import field


def two(cell: str, activation: str = "tanh", seed: int = 4):
    return small_model(cell, activation, n_hidden=2, seed=seed)


@pytest.mark.parametrize(("cell", "activation"), [k for k in KINDS if k[0] != "lstm"])
def test_it_is_what_the_network_does_when_nothing_comes_in(cell: str, activation: str) -> None:
    model = two(cell, activation)
    model.params["W_xh"][...] = 0.0
    h = np.array([0.3, -0.6])
    after = model.forward([0], h_0=h).h[0]
    np.testing.assert_allclose(field.step(model, model.layers[0], h[:, None])[:, 0], after)


def test_an_lstm_has_none() -> None:
    assert not field.has_one(two("lstm"))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("cell", ["rnn", "gru"])
def test_fixed_points_stay_and_the_attracting_ones_draw_near(cell: str, seed: int) -> None:
    model = two(cell, seed=seed)
    model.params["W_hh"][...] *= 3
    points = field.fixed_points(model, model.layers[0])
    assert points
    for point in points:
        here = np.array(point.h)[:, None]
        np.testing.assert_allclose(field.step(model, model.layers[0], here), here, atol=1e-8)
        near = here + np.array([[1e-4], [0.5e-4]])
        for _ in range(400):
            near = field.step(model, model.layers[0], near)
        assert bool(np.abs(near - here).max() < 1e-4) is point.attracts


def test_two_units_that_each_hold_a_sign_have_nine() -> None:
    model = two("rnn")
    model.params["W_hh"][...], model.params["b_h"][...] = [[2, 0], [0, 2]], 0
    points = field.fixed_points(model, model.layers[0])
    assert (len(points), sum(point.attracts for point in points)) == (9, 4)


def test_where_every_state_rests_none_is_named() -> None:
    model = two("rnn", "relu")
    model.params["W_hh"][...], model.params["b_h"][...] = np.eye(2), 0
    assert len(field.fixed_points(model, model.layers[0])) <= 1
