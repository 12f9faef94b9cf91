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
from tests.apptest import texts
from ui.controls import cliff as cliff_controls
from ui.figures import cliff as figures
from ui.lenses import cliff as lens

RNG = np.random.default_rng(0)
POINTS = RNG.uniform([-1.0, -0.5], [1.0, 2.0], (12, 2)).tolist()
THROWN = ["from the left", "from the right", "the hardest hit"]
GRID = figures.grid()


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
    assert loss_cliff.loss(loss_cliff.read(loss_cliff.valley(GRID[1]), GRID[1])).max() < 1e-12


def test_many_walks_at_once_are_the_same_walks() -> None:
    starts = np.array(list(STARTING_POINTS.values())).T
    together = loss_cliff.descend(starts, LR, CLIP_AT)
    for i, name in enumerate(STARTING_POINTS):
        np.testing.assert_allclose(together.weights[:, :, i], cut(name).weights, atol=1e-6)


@pytest.mark.parametrize("clip_at", cliff_controls.CUTS)
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
    assert walk.lengths[-1] < lens.FLAT
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
    assert walk("too flat").lengths.max() < lens.FLAT
    assert walk("too flat").arrived == -1


def test_it_is_the_method_and_not_luck() -> None:
    n, thrown, arrived, arrived_cut = lens.shares(LR, CLIP_AT)
    assert thrown > n / 2
    assert arrived < 0.6 * n
    assert arrived_cut > 0.97 * n


@pytest.mark.parametrize("lr", cliff_controls.RATES)
@pytest.mark.parametrize("clip_at", cliff_controls.CUTS)
@pytest.mark.parametrize("name", STARTING_POINTS)
def test_the_film_stands_for_every_knob(name: str, lr: float, clip_at: float) -> None:
    panels, frames = lens.film(STARTING_POINTS[name], lr, clip_at)
    assert len(frames) == N_UPDATES + 1
    names = [panel.name for panel in panels]
    assert all(set(frame.panels) <= set(names) for frame in frames)
    marks = [frame.panels["cliff"]["data"][end] for frame in frames for end in ("4", "5")]
    places = np.array([(mark["x"][0], mark["y"][0]) for mark in marks])
    assert (places >= figures.LOW - 1e-3).all()
    assert (places <= figures.HIGH + 1e-3).all()


def test_the_paths_grow_in_step_and_the_ranges_stay() -> None:
    panels, frames = lens.film(STARTING_POINTS["from the left"], LR, CLIP_AT)
    for k, frame in enumerate(frames):
        for patch, traces in (("cliff", "23"), ("cliff curves", "0123")):
            assert "layout" not in frame.panels[patch]
            data = frame.panels[patch]["data"]
            assert [len(data[trace]["y"]) for trace in traces] == [k + 1] * len(traces)
    for panel in panels:
        if hasattr(panel, "figure"):
            axes = [axis for axis in panel.figure.to_dict()["layout"].items() if "axis" in axis[0]]
            assert all("range" in axis and axis["fixedrange"] for _, axis in axes)


def test_what_is_said_has_the_numbers() -> None:
    name = "the hardest hit"
    walk, (panels, _) = free(name), lens.film(STARTING_POINTS[name], LR, CLIP_AT)
    said = next(texts(panel.content) for panel in panels if panel.name == "cliff verdict")
    assert f"update {walk.thrown} jumps {walk.moves.max():,.0f} away" in said
    assert f"{walk.lengths.max():,.0f} long" in said
    assert f"after {cut(name).arrived} updates" in said


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.0, "0"), (1e-9, "under 0.0001"), (0.0041, "0.0041"), (12.64, "12.6"), (1240.2, "1,240")],
)
def test_lengths_are_read_aloud(value: float, said: str) -> None:
    assert lens.length(value) == said


@pytest.mark.parametrize("place", STARTING_POINTS.values())
def test_every_start_is_offered_and_on_the_map(place: tuple[float, float]) -> None:
    assert all(w in offered for w, offered in zip(place, cliff_controls.PLACES, strict=True))
    assert (np.array(place) > figures.LOW).all()
    assert (np.array(place) < figures.HIGH).all()
