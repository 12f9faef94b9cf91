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
WORDS = ["i", "am", "<b>not</b>", "zebra", "so", "bad"]
KNOWN = [True, True, True, False, True, True]
COLUMNS = [0, 1, 2, 4, 5]
ORDER = [2, 0, 3, 1]
STATES = states.film(H, P, WORDS, KNOWN, ORDER, "positive", named=True)


def test_states_hold_h_in_the_order_asked_for() -> None:
    drawn = np.array(STATES.data[0].z, float)
    np.testing.assert_allclose(drawn[:, COLUMNS], H.T[ORDER], atol=5e-5)
    assert np.isnan(drawn[:, 3]).all()
    assert (STATES.data[0].zmin, STATES.data[0].zmax) == (-1, 1)
    np.testing.assert_allclose(STATES.data[1].y, P, atol=5e-5)
    assert list(STATES.data[1].x) == COLUMNS


def test_an_unknown_word_has_a_column_and_is_said_to_be_skipped() -> None:
    assert list(STATES.data[3].x) == [3]
    assert [(a.x, a.text) for a in STATES.layout.annotations] == [(3, "unknown: skipped, h stays")]


@pytest.mark.parametrize("t", range(5))
def test_a_step_outlines_its_column_and_veils_the_rest(t: int) -> None:
    patch, column = states.at_step(STATES, KNOWN, t, row=1), COLUMNS[t]
    shapes = patch["layout"]["shapes"]
    assert [(s["x0"], s["x1"]) for s in shapes[-2:]] == [(column - 0.5, column + 0.5)] * 2
    assert (shapes[-1]["y0"], shapes[-1]["y1"]) == (0.5, 1.5)
    assert len(shapes) == (5 if t < 4 else 4)
    assert patch["data"]["2"]["marker"]["size"].index(13) == t
    assert [y is not None for y in patch["data"]["2"]["y"]] == [s <= t for s in range(5)]


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
    spec = json.dumps([drawn, states.at_step(STATES, KNOWN, 2, 1)])
    assert not re.search(r"<b>not", spec)
    assert set(re.findall(r"#[0-9a-fA-F]{6}", spec)) <= {*theme.DARK, *theme.DARK.values()}
