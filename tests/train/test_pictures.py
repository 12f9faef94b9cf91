"""Nothing leaves a picture unsaid: what is larger than it is marked, or makes it larger."""

import numpy as np
import pytest

from ui.train import curves, sentences, weights

TOP = curves.top_loss(2)
SPAN = (0.0, TOP)


def rows(*losses: float) -> list[list[float]]:
    return [[epoch, loss, loss / 2, 0.5, 0.5] for epoch, loss in enumerate(losses)]


def texts(drawn: dict) -> list[str]:
    return [note["text"] for note in drawn["layout"]["annotations"]]


def test_a_loss_above_the_top_is_drawn_on_the_edge_with_a_mark_and_its_number() -> None:
    drawn = curves.filled(rows(0.7, 2.5, 40.0), rows(3.0, 0.2), 2, SPAN)
    data = drawn["data"]
    assert data["2"]["y"] == [0.7, TOP, TOP]
    assert (data["10"]["x"], data["10"]["y"]) == ([1, 2], [TOP, TOP])
    assert (data["9"]["x"], data["0"]["y"]) == ([0], [TOP, 0.2])
    assert "▲ up to 40" in texts(drawn)


def test_without_one_there_is_no_mark() -> None:
    drawn = curves.filled(rows(0.7, 0.2), [], 1, SPAN)
    assert drawn["data"]["10"]["x"] == drawn["data"]["9"]["x"] == []
    assert not any("▲" in text for text in texts(drawn))


def test_on_a_log_axis_a_loss_below_the_floor_stands_on_it_and_has_its_number() -> None:
    drawn = curves.filled(rows(0.7, 1e-5), [], 1, (curves.FLOOR, TOP))
    assert drawn["data"]["2"]["y"] == [0.7, curves.FLOOR]
    assert "train 0.000" in texts(drawn)


def test_the_numbers_are_those_of_the_moment_that_is_shown() -> None:
    drawn = curves.filled(rows(0.7, 0.4, 0.1), [], 1, SPAN)
    assert "train 0.400" in texts(drawn)
    assert drawn["data"]["7"] == {"x": [1, 1], "y": [0.4, 0.2]}


def test_a_run_that_is_no_number_any_more_has_a_gap() -> None:
    drawn = curves.filled(rows(0.7, np.nan), [], 1, SPAN)
    assert drawn["data"]["2"]["y"] == [0.7, None]


def test_several_runs_say_how_high_a_loss_went() -> None:
    drawn = curves.several_filled([[[0, 5.0, 0.5]], [[0, 0.1, 0.5]]], ["a", "b"], [None, None])
    assert drawn["data"]["0"]["y"] == [curves.TOP]
    assert "▲ up to 5.0" in texts(drawn)


@pytest.mark.parametrize("largest", [0.5, 1.4, 1.5, 7.0, 375.0])
def test_every_eigenvalue_lies_in_the_plane(largest: float) -> None:
    values = np.array([largest, -0.3j, 0.2])
    drawn = weights.filled(np.array([0.1]), values, [(0, 0.1), (1, largest)], largest, 3)
    low, high = drawn["layout"]["xaxis"]["range"]
    assert low == -high < -1  # the unit circle as well
    assert high > largest
    assert drawn["layout"]["yaxis2"]["range"][1] > largest
    assert drawn["data"]["2"]["x"][0] == largest


def test_weights_that_are_no_numbers_say_so() -> None:
    drawn = weights.filled(np.array([0.1]), np.zeros(0), [(0, 0.1)], float("nan"), 0)
    assert "no number" in texts(drawn)


@pytest.mark.parametrize(("n_train", "n_test"), [(58, 20), (1, 0), (1622, 372), (149, 1)])
def test_cells_of_many_sentences_fill_the_card(n_train: int, n_test: int) -> None:
    places = sentences.places(n_train, n_test)
    assert len(set(places)) == n_train + n_test
    rows_, columns = (max(p[i] for p in places) + 1 for i in (0, 1))
    assert columns <= sentences.n_columns(n_train + n_test)
    assert rows_ <= max(12, columns)
