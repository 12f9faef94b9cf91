"""The heatmap of the states by its data, and the orders of its rows."""

import json
import re
from collections.abc import Callable

import numpy as np
import pytest

from ui.kit import theme
from ui.sequence import reading, states

RNG = np.random.default_rng(0)
H = RNG.uniform(-1, 1, (5, 4))
P = np.array([0.2, 0.9, 0.95, 0.05, 0.5])
WORDS = ["i", "am", "<b>not</b>", "so", "bad"]
ORDER = [2, 0, 3, 1]
STATES = states.film(H, P, WORDS, ORDER, "positive")


def test_states_hold_h_in_the_order_asked_for() -> None:
    np.testing.assert_allclose(STATES.data[0].z, H.T[ORDER], atol=5e-5)
    assert (STATES.data[0].zmin, STATES.data[0].zmax) == (-1, 1)
    np.testing.assert_allclose(STATES.data[1].y, P, atol=5e-5)


@pytest.mark.parametrize("t", range(5))
def test_a_step_outlines_its_column_and_veils_the_rest(t: int) -> None:
    patch = states.at_step(STATES, WORDS, t, row=1)
    shapes = patch["layout"]["shapes"]
    assert [(s["x0"], s["x1"]) for s in shapes[-2:]] == [(t - 0.5, t + 0.5)] * 2
    assert (shapes[-1]["y0"], shapes[-1]["y1"]) == (0.5, 1.5)
    assert len(shapes) == (4 if t < 4 else 3)
    assert patch["data"]["1"]["marker"]["size"].index(13) == t


@pytest.mark.parametrize(
    "sort", [reading._by_effect, lambda push: reading._by_likeness(H[:, : len(push)])]
)
@pytest.mark.parametrize("n", [1, 2, 4])
def test_an_order_is_a_permutation(sort: Callable, n: int) -> None:
    assert sorted(sort(H[0, :n])) == list(range(n))


def test_by_effect_begins_with_the_strongest_push() -> None:
    assert reading._by_effect(np.array([0.1, 3.0, -2.0])) == [1, 0, 2]


def test_a_reader_s_tags_are_not_obeyed_and_every_colour_has_a_dark_partner() -> None:
    drawn = json.loads(STATES.to_json())
    drawn["layout"].pop("template", None)
    spec = json.dumps([drawn, states.at_step(STATES, WORDS, 2, 1)])
    assert not re.search(r"<b>not", spec)
    assert set(re.findall(r"#[0-9a-fA-F]{6}", spec)) <= {*theme.DARK, *theme.DARK.values()}
