"""Names beside points: none lies on another, nor on a point; what has no room has no name."""

import numpy as np
import pytest

from ui.sequence import labels
from ui.sequence.labels import HIGH, LETTER, MARK, SIDES


def test_a_point_alone_has_its_name_above_it() -> None:
    assert labels.sides(np.full((1, 2), 50.0), ["good"]) == ["top center"]


def test_a_name_goes_where_there_is_room_and_the_chosen_one_is_placed_first() -> None:
    points = np.array([[50.0, 0.0], [60.0, 0.0]])
    assert labels.sides(points, ["good", "bad"]) == ["top center", "bottom center"]
    assert labels.sides(points, ["good", "bad"], [1]) == ["bottom center", "top center"]


def test_a_name_is_not_cut_by_the_edge() -> None:
    at_the_edge = np.array([[95.0, 50.0], [5.0, 50.0]])
    assert labels.sides(at_the_edge, ["good", "bad"], wide=100) == ["middle left", "middle right"]


@pytest.mark.parametrize("seed", range(3))
def test_no_name_lies_on_another_or_on_a_point(seed: int) -> None:
    rng = np.random.default_rng(seed)
    points = rng.uniform(0, 200, (60, 2))
    names = ["a" * int(n) for n in rng.integers(1, 8, 60)]
    found = labels.sides(points, names)
    assert 5 < sum(side is not None for side in found) < 60
    boxes = []
    for point, name, side in zip(points, names, found, strict=True):
        boxes.append((point - MARK, point + MARK))
        if side is not None:
            half = np.array([len(name) * LETTER, HIGH]) / 2
            middle = point + np.array(SIDES[side]) * (half + MARK)
            boxes.append((middle - half, middle + half))
            for low, high in boxes[:-2]:
                assert ((middle - half >= high) | (middle + half <= low)).any()
