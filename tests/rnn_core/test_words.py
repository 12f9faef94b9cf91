"""Words as vectors by hand; agreement of a network that is made to agree."""

import numpy as np
import pytest

from rnn_core import CELLS, Model, load_dataset
from rnn_core.experiments.grammars import WORD_CLASSES
from rnn_core.experiments.words import (
    agreement,
    class_of_neighbour,
    cosines,
    neighbours,
    plane,
    word_vectors,
)

VECTORS = np.array([[2.0, 0.1], [2.0, -0.1], [-2.0, 0.1], [-2.0, -0.1]])


def test_neighbours_by_hand() -> None:
    assert [i for i, _ in neighbours(VECTORS, 0, 3)] == [1, 2, 3]
    assert neighbours(VECTORS, 0, 1)[0][1] == pytest.approx((4 - 0.01) / (4 + 0.01))
    assert cosines(np.ones((3, 2))).tolist() == [[0.0] * 3] * 3


def test_own_kind_against_chance() -> None:
    found = class_of_neighbour(VECTORS, ["good", "good", "bad", "bad"])
    assert (found.right, found.of, found.chance) == (4, 4, pytest.approx(1 / 3))
    mixed = class_of_neighbour(VECTORS, ["good", "bad", "good", "bad"])
    assert mixed.right == 0
    assert class_of_neighbour(VECTORS, ["good", "good", None, None]).of == 2


def test_the_plane_shows_most() -> None:
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(30, 5)) * [0.1, 5, 0.1, 2, 0.1] + 7
    found = plane(vectors)
    assert found.share == pytest.approx(1, abs=0.01)
    points = found.points(vectors)
    np.testing.assert_allclose(points.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(points[:, 0], vectors[:, 1] - vectors[:, 1].mean(), atol=0.3)
    np.testing.assert_allclose(np.abs(found.axes).max(axis=1), found.axes.max(axis=1))
    moved = found.points(vectors + found.axes[0])
    np.testing.assert_allclose(moved - points, [[1, 0]] * 30, atol=1e-12)


def test_agreement_of_networks_by_hand() -> None:
    """One always takes a plural verb, one the number of the noun it read last."""
    text = load_dataset("grammar")
    number = text.vocabulary.id_of
    classes = [WORD_CLASSES.get(word, "") for word in text.classes]
    plural = np.array([name.endswith("plural") for name in classes], float)
    is_noun = np.array([name.startswith("noun") for name in classes])
    model = Model(CELLS["rnn"](), text.vocabulary, text.classes, 1, per_step=True)
    model.params["b_y"][:] = 9 * plural
    stubborn = agreement(model, 3)
    assert (stubborn.between, stubborn.right) == (3, 0.5)
    assert stubborn.p == pytest.approx(0.5, abs=1e-6)
    model.params["b_y"][:] = 0
    model.params["W_xh"][0] = np.where(is_noun, 6 * plural - 3, 0)
    model.params["W_hy"][:, 0] = 9 * plural
    assert agreement(model, 0).right == 1
    assert agreement(model, 1).right == agreement(model, 2).right == 0
    assert word_vectors(model)[number["judges"]].tolist() == [3]
