"""The model's door: what it reads, answers, refuses; and the numbers of the write-up."""

import math
import warnings

import numpy as np
import pytest

from rnn_core import CELLS, Model, load_dataset
from rnn_core.network import softmax
from tests.models import DATA, KINDS, SENTENCE, small_model, some_state


def read_slowly(model: Model, ids: list[int], h: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The write-up's forward pass with one-hot vectors: states (T, H) and logits (T, C)."""
    p, states = model.params, []
    for word in ids:
        x = np.eye(len(model.vocabulary))[word]
        h = np.tanh(p["W_xh"] @ x + p["W_hh"] @ h + p["b_h"])
        states.append(h)
    return np.array(states), np.array(states) @ p["W_hy"].T + p["b_y"]


def test_forward_is_the_formula() -> None:
    model = small_model()
    fwd = model.forward(SENTENCE, some_state(model))
    states, logits = read_slowly(model, SENTENCE, some_state(model))
    np.testing.assert_allclose(fwd.h, states, rtol=0, atol=1e-15)
    np.testing.assert_allclose(fwd.y, logits, rtol=0, atol=1e-15)
    np.testing.assert_allclose(fwd.p, np.exp(logits) / np.exp(logits).sum(1, keepdims=True))
    np.testing.assert_array_equal(fwd.h_0, some_state(model))


@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_an_answer_is_what_the_sentence_would_get_if_it_ended_there(
    cell: str, activation: str
) -> None:
    model = small_model(cell, activation)
    whole = model.forward(SENTENCE)
    for t in range(len(SENTENCE)):
        part = model.forward(SENTENCE[: t + 1])
        np.testing.assert_allclose(part.p[-1], whole.p[t], rtol=0, atol=1e-15)


@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_states_stay_in_the_range_that_is_drawn(cell: str, activation: str) -> None:
    model = small_model(cell, activation)
    signals = model.forward(SENTENCE).signals
    for signal in model.cell.signals:
        assert signals[signal.name].min() >= signal.low
        assert activation == "relu" or signals[signal.name].max() <= signal.high


def test_one_sum_taken_apart_adds_up() -> None:
    model = small_model()
    fwd = model.forward(SENTENCE, some_state(model))
    for t in range(len(SENTENCE)):
        memory = model.params["W_hh"][2] * fwd.h_before[t]
        total = fwd.input_projection[t, 2] + memory.sum() + model.params["b_h"][2]
        assert fwd.a[t, 2] == pytest.approx(total, abs=1e-15)


def test_the_readouts_first_gradient() -> None:
    # p = [.2, .2, .6], c = 0  ->  dL/dy = [-.8, .2, .6]
    model = small_model()
    model.params["W_hy"][:] = 0
    model.params["b_y"][:] = np.log([0.2, 0.2, 0.6])
    bwd = model.backward(model.forward([1]), 0)
    np.testing.assert_allclose(bwd.d_y[-1], [-0.8, 0.2, 0.6], rtol=0, atol=1e-15)


def test_the_loss_of_nine_tenths() -> None:
    model = small_model(n_classes=2)
    model.params["W_hy"][:] = 0
    model.params["b_y"][:] = np.log([0.9, 0.1])
    loss = model.loss(model.forward([1, 2]), 0)
    assert loss == pytest.approx(-math.log(0.9), abs=1e-15)
    assert f"{loss:.3f}" == "0.105"


def test_the_loss_is_the_mean_over_what_is_asked() -> None:
    model = small_model()
    fwd = model.forward(SENTENCE)
    asked = [0, None, 2, None, 1]
    expected = -(np.log(fwd.p[0, 0]) + np.log(fwd.p[2, 2]) + np.log(fwd.p[4, 1])) / 3
    assert model.loss(fwd, asked) == pytest.approx(expected, abs=1e-15)


def test_the_write_ups_number_of_parameters() -> None:
    model = Model(
        CELLS["rnn"]("tanh"), load_dataset("sentiment", DATA).vocabulary, ("no", "yes"), 64
    )
    assert model.flat.size == 5442


@pytest.mark.parametrize("n_sequences", [1, 3])  # one alone is squashed in another way
@pytest.mark.parametrize(
    ("logits", "probs"), [([1000, 0], [1, 0]), ([-1000, -1000], [0.5, 0.5]), ([0, 1e5], [0, 1])]
)
def test_softmax_of_huge_numbers(n_sequences: int, logits: list, probs: list) -> None:
    p = softmax(np.array(logits, dtype=float)[None, :, None].repeat(n_sequences, axis=2))
    assert p.shape == (1, 2, n_sequences)
    for b in range(n_sequences):
        np.testing.assert_array_equal(p[0, :, b], probs)


@pytest.mark.parametrize(("wanted", "loss"), [(0, 0.0), (1, 1000.0)])
def test_the_loss_is_exact_where_p_rounds_to_zero(wanted: int, loss: float) -> None:
    model = small_model(n_classes=2)
    model.params["W_hy"][:] = 0
    model.params["b_y"][:] = [1000, 0]
    found = model.loss(model.forward([1]), wanted)
    assert found == loss
    assert math.copysign(1, found) == 1  # never printed as -0.000


def test_lone_and_general_softmax_agree() -> None:
    logits = np.random.default_rng(0).normal(size=(4, 3, 5))
    together = softmax(logits)
    for s, b in np.ndindex(4, 5):
        alone = softmax(logits[s : s + 1, :, b : b + 1])
        np.testing.assert_allclose(together[s, :, b], alone[0, :, 0], rtol=1e-15)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "nothing to read"),
        (" ?! ", "nothing to read"),
        ([], "nothing to read"),
        ([[0, 1]], "nothing to read"),
        ("a zebra b yak zebra", "unknown words: zebra, yak;"),
        ([0, 5], "0..4"),
        ([-1], "0..4"),
    ],
)
def test_what_cannot_be_read_is_refused(text: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        small_model().forward(text)


def test_vectors_are_read_where_a_model_is_made_for_them() -> None:
    model = Model(CELLS["rnn"](), None, ("no", "yes"), 4, n_features=3)
    model.flat[:] = np.random.default_rng(0).uniform(-1, 1, model.flat.size)
    x = np.random.default_rng(1).normal(size=(5, 3))
    fwd, q, h = model.forward(x), model.params, np.zeros(4)
    for t in range(5):
        h = np.tanh(q["W_xh"] @ x[t] + q["W_hh"] @ h + q["b_h"])
        np.testing.assert_allclose(fwd.h[t], h, rtol=0, atol=1e-15)
    for bad in (x[0], x[:, :2], np.zeros((0, 3))):
        with pytest.raises(ValueError, match=r"this model reads vectors \(T, 3\), not"):
            model.forward(bad)


@pytest.mark.parametrize("cell", CELLS)
def test_reading_goes_on_where_it_ended(cell: str) -> None:
    model = small_model(cell, n_layers=2)
    whole = model.forward(SENTENCE)
    first = model.forward(SENTENCE[:3])
    rest = model.forward(SENTENCE[3:], start=first.end)
    np.testing.assert_array_equal(rest.y, whole.y[3:])
    for shown in range(2):
        for name, array in whole.showing(shown).signals.items():
            np.testing.assert_array_equal(rest.showing(shown).signals[name], array[3:])
    np.testing.assert_array_equal(rest.end[1].h, whole.end[1].h)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("purple", "no class 'purple': this model answers blue or green or red"),
        (3, "no class 3"),
        (-1, "no class -1"),
        ([0, 1], "2 targets for 3 steps"),
        ([], "0 targets for 3 steps"),
        (None, "0 targets for 3 steps"),
        ([None, None, None], "no answer is asked for"),
    ],
)
def test_what_cannot_be_asked_is_refused(target: object, message: str) -> None:
    model = small_model()
    fwd = model.forward("a b c")
    with pytest.raises(ValueError, match=message):
        model.backward(fwd, target)
    with pytest.raises(ValueError, match=message):
        model.loss(fwd, target)


@pytest.mark.parametrize("target", ["green", 1, np.int64(1), [None, None, "green"]])
def test_one_question_in_several_words(target: object) -> None:
    model = small_model()
    fwd = model.forward("a b c")
    np.testing.assert_array_equal(
        model.backward(fwd, target).flat, model.backward(fwd, [None, None, 1]).flat
    )


def test_targets_may_be_an_array() -> None:
    model = small_model()
    fwd = model.forward("a b c")
    assert model.loss(fwd, np.array([0, 1, 2])) == model.loss(fwd, [0, 1, 2])


def test_text_and_ids_are_read_alike() -> None:
    model = small_model()
    np.testing.assert_array_equal(model.forward("B a, D!").p, model.forward([1, 0, 3]).p)


def test_a_copy_is_independent() -> None:
    model = small_model()
    twin = model.copy()
    before = twin.forward(SENTENCE).p
    model.flat[:] = 0
    np.testing.assert_array_equal(twin.forward(SENTENCE).p, before)


@pytest.mark.parametrize(("cell", "activation"), KINDS)
@pytest.mark.parametrize("size", [1e200, np.inf, np.nan])
def test_a_diverged_model_can_be_looked_at(cell: str, activation: str, size: float) -> None:
    model = small_model(cell, activation)
    model.flat *= 1e200
    model.flat[0] = size
    with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise"):
        warnings.simplefilter("error")
        fwd = model.forward(SENTENCE)
        bwd = model.backward(fwd, 1)
        model.loss(fwd, 1)
    assert bwd.flat.shape == model.flat.shape
