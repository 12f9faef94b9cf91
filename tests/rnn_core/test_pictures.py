"""Captions, frames and digits: each rule against what was drawn by hand; and what learns them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core import Hyperparameters, TrainingRun, load_dataset
from rnn_core.decoding import exact_match, translate
from rnn_core.experiments import captions, digits, frames
from rnn_core.experiments.pictures import PICTURES, make_digits, make_frames, single_frames

CROSS_AND_SQUARE = """
    .#......
    ###.....
    .#......
    ........
    ........
    .....###
    .....#.#
    .....###
"""


def drawn(lines: str) -> np.ndarray:
    return np.array([[c == "#" for c in line] for line in lines.split()], float)


def test_a_picture_drawn_by_hand_is_described() -> None:
    words = ["cross", "top", "left", "and", "square", "bottom", "right"]
    assert captions.right(drawn(CROSS_AND_SQUARE)) == words
    assert captions.right(0.4 + 0.3 * drawn(CROSS_AND_SQUARE)) == words
    assert captions.right(captions.placed("tee", 5, 1)) == ["tee", "bottom", "left"]


def test_what_the_rule_does_not_describe() -> None:
    empty, one = np.zeros((8, 8)), captions.placed("ex", 0, 0)
    assert captions.seen_in(empty) == ()
    assert captions.right(empty) is None
    broken = one.copy()
    broken[0, 0] = 0
    between = captions.placed("ex", 0, 3)
    three = one + captions.placed("tee", 0, 4) + captions.placed("block", 4, 4)
    assert captions.seen_in(broken) is captions.seen_in(between) is None
    assert [shape for shape, _ in captions.seen_in(three) or ()] == ["ex", "tee", "block"]
    assert captions.right(broken) is captions.right(between) is captions.right(three) is None


def test_every_picture_is_there_once_and_is_described_as_it_was_made() -> None:
    pictures, seen = captions.all_pictures()
    assert len(pictures) == len({picture.tobytes() for picture in pictures}) == 3552
    assert all(picture.max() == 1 for picture in pictures)
    for i in range(0, len(pictures), 37):
        assert captions.seen_in(pictures[i]) == seen[i]
        assert captions.right(pictures[i]) == captions.words(seen[i])


def test_captions_leave_pairs_of_shapes_out() -> None:
    data = load_dataset("captions")
    parts = {"train": data.train, "test": data.test, **data.more}
    assert {name: len(split) for name, split in parts.items()} == {
        "train": 2000, "test": 976, "pairs": 576,
    }  # fmt: skip
    for name, split in parts.items():
        shapes = [[w for w in label.split() if w in captions.SHAPES] for label in split.labels]
        assert {tuple(two) in captions.HELD_OUT for two in shapes} == {name == "pairs"}
        for i in range(0, len(split), 97):
            picture = split.vectors[:, i].reshape(8, 8)
            assert captions.right(picture) == split.labels[i].split()
            said = [data.classes[c] for c in split.answers[: split.lengths[i] - 1, i]]
            assert said == split.labels[i].split()
    seen = [split.vectors.T.astype(np.uint8).tobytes() for split in parts.values()]
    assert len(set(seen)) == 3


@given(st.integers(0, 2**32 - 1))
def test_a_film_is_a_dot_that_goes_where_it_is_said_to_go(seed: int) -> None:
    films, steps, lit = frames.film(np.random.default_rng(seed), 3)
    assert films.shape == (3, 12, 36)
    assert set(np.unique(films)) <= {0, 1}
    assert (steps[:, 0] == -1).all()
    assert lit[:, 0].all()
    assert ((steps[:, 1:] >= 0) & (steps[:, 1:] < 5)).all()
    for film, way, seen in zip(films.reshape(3, 12, 6, 6), steps, lit, strict=True):
        starts = np.argwhere(film[0])
        paths = starts[:, None] + np.cumsum([[0, 0], *frames.MOVES[way[1:]]], axis=0)
        inside = ((paths >= 0) & (paths < 6)).all(axis=(1, 2))
        assert any(
            all(film[t, r, c] for t, (r, c) in enumerate(path) if seen[t])
            for path in paths[inside].astype(int)
        )


def test_the_dot_keeps_its_way_and_hides_as_often_as_it_should() -> None:
    films, steps, lit = frames.film(np.random.default_rng(0), 3000)
    assert lit[:, 1:].mean() == pytest.approx(1 - frames.HIDES, abs=0.01)
    assert 0.6 < (steps[:, 2:] == steps[:, 1:-1]).mean() < 0.8
    share = np.bincount(steps[steps >= 0]) / steps[steps >= 0].size
    assert share[:4].min() > 0.15
    assert share.argmax() == 4, "who stands still never leaves the picture"
    assert share[4] == pytest.approx(0.31, abs=0.02)
    assert films.sum(axis=2).mean() == pytest.approx(35 * 0.02 + lit.mean(), abs=0.03)


def test_digits_are_drawn_with_noise_and_stay_inside() -> None:
    pictures, right = digits.draw(np.random.default_rng(0), 2000)
    assert pictures.shape == (2000, 8, 8)
    assert ((pictures >= 0) & (pictures <= 1)).all()
    assert not ((pictures > 0.2) & (pictures < 0.6)).any()
    assert np.bincount(right).min() > 150
    places = [digits.placed(d, r, c) for d in range(10) for r in range(3) for c in range(5)]
    nearest = np.array([
        min(((p > 0.5) != place).sum() for place in places[15 * d : 15 * d + 15])
        for p, d in zip(pictures[:200], right[:200], strict=True)
    ])  # fmt: skip
    assert nearest.mean() < 5
    assert len({place.tobytes() for place in places}) == 150


def test_asked_after_every_row_or_once() -> None:
    every, once = (make_digits(n_train=20, n_test=5, every_row=asked) for asked in (True, False))
    assert (every.per_step, once.per_step) == (True, False)
    np.testing.assert_array_equal(every.train.ids, once.train.ids)
    np.testing.assert_array_equal(every.train.answers[-1], once.train.answers)
    assert every.train.answers.shape == (8, 20)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_vectors_are_read_as_the_model_s_numbers(dtype: str) -> None:
    data = make_frames(n_train=20, n_test=5)
    run = TrainingRun(data, Hyperparameters(n_hidden=4, batch_size=8, dtype=dtype))
    run.advance(epochs=1)
    assert run.stopped is None
    batch, _ = data.train.batch(run.model, np.arange(3))
    assert batch.x[0].dtype == dtype


@pytest.mark.parametrize("seed", [0, 1])
def test_captions_are_learned_and_pairs_never_seen_are_mostly_right(seed: int) -> None:
    data, task = load_dataset("captions"), PICTURES["captions"]
    run = TrainingRun(data, Hyperparameters(**task.settings, seed=seed))
    run.advance(epochs=18)
    assert exact_match(run.model, data.test).mean() > 0.9
    assert 0.5 < exact_match(run.model, data.more["pairs"]).mean() < 0.96
    _, written = translate(run.model, vector=captions.placed("tee", 5, 1).ravel())
    assert [data.classes[i] for i in written.ids] == ["tee", "bottom", "left"]


def test_both_directions_know_where_a_hidden_dot_went() -> None:
    """Films that they were trained on: what is drawn a second time says where the dot is lit."""
    n = 2000
    data, task, found = make_frames(n_train=n), PICTURES["frames"], []
    _, _, lit = frames.film(np.random.default_rng(0), n)
    for both in (False, True):
        settings = {**task.settings, "n_hidden": 32, "bidirectional": both}
        run = TrainingRun(data, Hyperparameters(**settings))
        run.advance(epochs=8)
        batch, _ = data.train.batch(run.model, np.arange(n))
        right = run.model.read(batch).logits.argmax(axis=1) == data.train.answers
        hidden = ~lit.T
        found.append((right[1:][lit.T[1:]].mean(), right[1:][hidden[1:]].mean()))
    (seen, hidden), (seen_both, hidden_both) = found
    assert min(seen, seen_both) > 0.75
    assert hidden_both > hidden + 0.08


def test_single_frames_are_frames_of_the_films_with_their_answers() -> None:
    films = make_frames(n_train=30, n_test=5)
    alone = single_frames(films)
    assert alone.train.ids.shape == (1, 36, 30)
    for n in range(30):
        t = 1 + n % 11
        np.testing.assert_array_equal(alone.train.ids[0, :, n], films.train.ids[t, :, n])
        assert alone.train.answers[0, n] == films.train.answers[t, n]
