"""The loss cliff: its gradient, its surface, what the walks from each start come to."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from rnn_core.experiments import loss_cliff
from rnn_core.experiments.loss_cliff import (
    ARRIVED,
    CLIP_AT,
    LR,
    N_UPDATES,
    STARTING_POINTS,
    STEPS,
    WANTED,
    Descent,
)

RNG = np.random.default_rng(0)
POINTS = RNG.uniform([-1.0, -0.5], [1.0, 2.0], (12, 2)).tolist()
THROWN = ["from the left", "from the right", "the hardest hit"]
VANISHED = 0.03
"""A gradient shorter than this hardly moves a weight."""


def one(w_xh: float, w_hh: float) -> float:
    """The loss, without an array."""
    h = 0.0
    for _ in range(STEPS):
        h = math.tanh(w_xh + w_hh * h)
    return (h - WANTED) ** 2 / 2


def free(name: str) -> Descent:
    return loss_cliff.descend(STARTING_POINTS[name], LR)


def cut(name: str) -> Descent:
    return loss_cliff.descend(STARTING_POINTS[name], LR, CLIP_AT)


@pytest.mark.parametrize("point", POINTS)
def test_the_gradient_is_what_central_differences_say(point: list[float]) -> None:
    w, epsilon = np.array(point), 1e-6
    numeric = [
        (one(*(w + step)) - one(*(w - step))) / (2 * epsilon) for step in epsilon * np.eye(2)
    ]
    exact = loss_cliff.gradient(w[1], loss_cliff.read(w[0], w[1]))
    np.testing.assert_allclose(exact, numeric, rtol=1e-5, atol=1e-8)


def test_the_surface_is_the_loss_of_each_network() -> None:
    w_xh, w_hh = np.linspace(-1, 2, 7), np.linspace(0.4, 2.6, 5)
    naive = [[one(a, b) for a in w_xh] for b in w_hh]
    np.testing.assert_allclose(loss_cliff.surface(w_xh, w_hh), naive, rtol=1e-12)


@pytest.mark.parametrize("w_hh", [0.5, 1.0, 2.0])
def test_the_wall_is_a_term_for_each_step_high(w_hh: float) -> None:
    d_w = loss_cliff.gradient(np.array(w_hh), loss_cliff.read(np.array(0.0), np.array(w_hh)))
    assert d_w[0] == pytest.approx(-WANTED * sum(w_hh**t for t in range(STEPS)))


def test_the_valley_is_where_the_answer_is_right() -> None:
    w_hh = np.linspace(0.4, 2.6, 56)
    assert loss_cliff.loss(loss_cliff.read(loss_cliff.valley(w_hh), w_hh)).max() < 1e-12


def test_many_walks_at_once_are_the_same_walks() -> None:
    starts = np.array(list(STARTING_POINTS.values())).T
    together = loss_cliff.descend(starts, LR, CLIP_AT)
    for i, name in enumerate(STARTING_POINTS):
        np.testing.assert_allclose(together.weights[:, :, i], cut(name).weights, atol=1e-6)


@pytest.mark.parametrize("clip_at", [0.3, 1.0, 3.0, 10.0])
def test_clipping_cuts_the_length_and_keeps_the_direction(clip_at: float) -> None:
    walk = loss_cliff.descend(STARTING_POINTS["the hardest hit"], LR, clip_at)
    moves = np.diff(walk.weights, axis=0)
    states = loss_cliff.read(walk.weights[:-1, 0], walk.weights[:-1, 1])
    d_w = loss_cliff.gradient(walk.weights[:-1, 1], states).T
    assert walk.moves.max() <= LR * clip_at * (1 + 1e-12)
    np.testing.assert_allclose(moves[:, 0] * d_w[:, 1], moves[:, 1] * d_w[:, 0], atol=1e-9)


@pytest.mark.parametrize("name", THROWN)
def test_without_clipping_it_is_thrown_and_never_arrives(name: str) -> None:
    walk = free(name)
    assert walk.moves[walk.thrown - 1] > 2
    assert walk.arrived == -1
    assert walk.lengths[-1] < VANISHED
    assert walk.losses[-1] > 0.1


@pytest.mark.parametrize("name", [*THROWN, "round it"])
def test_with_clipping_it_arrives(name: str) -> None:
    walk = cut(name)
    assert 0 < walk.arrived <= N_UPDATES
    assert (walk.losses[walk.arrived :] < ARRIVED).all()
    assert walk.losses[walk.arrived - 1] >= ARRIVED


def test_the_hardest_hit_is_hard() -> None:
    walk = free("the hardest hit")
    assert walk.lengths[walk.thrown - 1] > 500
    assert walk.lengths[-1] == 0


def test_round_the_cliff_clipping_is_not_needed() -> None:
    walk = free("round it")
    assert walk.thrown == 0
    assert 0 < walk.arrived <= N_UPDATES


@pytest.mark.parametrize("walk", [free, cut])
def test_where_it_is_flat_neither_arrives(walk: Callable[[str], Descent]) -> None:
    assert walk("too flat").lengths.max() < VANISHED
    assert walk("too flat").arrived == -1
