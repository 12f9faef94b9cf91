"""The way back: right against central differences, and right for sentences side by side."""

import math

import numpy as np
import pytest

from rnn_core import Batch, Vocabulary, check_gradients, numeric_gradients, relative_errors
from rnn_core.cells import CELLS, Step
from rnn_core.model import asked_for
from tests.models import KINDS, PARAMS, SENTENCE, WIRINGS, read_together, small_model, some_state

PADDED = [[0, 2, 1, 2, 4], [3], [1, 1, 0], [4, 3]]
ANSWERS = [0, 1, 2, 1]


@pytest.mark.parametrize("wiring", WIRINGS)
@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_central_differences_agree(cell: str, activation: str, wiring: str) -> None:
    model = small_model(cell, activation)
    errors = check_gradients(model, SENTENCE, WIRINGS[wiring], h_0=some_state(model))
    assert tuple(errors) == PARAMS
    assert max(errors.values()) < 1e-6


@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_the_check_stays_away_from_the_kink_and_has_something_to_find(
    cell: str, activation: str
) -> None:
    model = small_model(cell, activation)
    fwd = model.forward(SENTENCE, some_state(model))
    grads = model.backward(fwd, 1).grads
    assert np.abs(fwd.a).min() > 1e-3
    assert min(np.linalg.norm(grad) for grad in grads.values()) > 1e-2


def test_two_words_by_hand() -> None:
    # h_t = tanh(W_xh x_t + W_hh h_{t-1} + b_h), two units; words 0 then 1; wanted class 0 of 2.
    #   W_xh: word 0 brings (0.5, -0.3), word 1 brings (0.2, 0.8); the other words bring nothing.
    #   W_hh = [[0.1, 0.4], [-0.6, 0.2]]   W_hy = [[1.0, -1.0], [0.5, 0.3]]
    #   b_h = (0.05, -0.1)                 b_y = (0.1, -0.2)
    h1 = [math.tanh(0.5 + 0.05), math.tanh(-0.3 - 0.1)]
    h2 = [
        math.tanh(0.2 + 0.1 * h1[0] + 0.4 * h1[1] + 0.05),
        math.tanh(0.8 - 0.6 * h1[0] + 0.2 * h1[1] - 0.1),
    ]
    y = [h2[0] - h2[1] + 0.1, 0.5 * h2[0] + 0.3 * h2[1] - 0.2]
    p0 = math.exp(y[0]) / (math.exp(y[0]) + math.exp(y[1]))
    d_y = [p0 - 1, 1 - p0]
    d_h2 = [1.0 * d_y[0] + 0.5 * d_y[1], -1.0 * d_y[0] + 0.3 * d_y[1]]
    g2 = [(1 - h2[0] ** 2) * d_h2[0], (1 - h2[1] ** 2) * d_h2[1]]
    d_h1 = [0.1 * g2[0] - 0.6 * g2[1], 0.4 * g2[0] + 0.2 * g2[1]]
    g1 = [(1 - h1[0] ** 2) * d_h1[0], (1 - h1[1] ** 2) * d_h1[1]]

    model = small_model(n_hidden=2, n_classes=2)
    model.params["W_xh"][:] = 0
    model.params["W_xh"][:, :2] = [[0.5, 0.2], [-0.3, 0.8]]
    model.params["W_hh"][:] = [[0.1, 0.4], [-0.6, 0.2]]
    model.params["W_hy"][:] = [[1.0, -1.0], [0.5, 0.3]]
    model.params["b_h"][:] = [0.05, -0.1]
    model.params["b_y"][:] = [0.1, -0.2]
    fwd = model.forward([0, 1])
    bwd = model.backward(fwd, 0)

    found = [fwd.h[0], fwd.h[1], fwd.y[1], fwd.p[1], bwd.d_y[1], bwd.d_h[1], bwd.d_h[0]]
    for array, by_hand in zip(found, [h1, h2, y, [p0, 1 - p0], d_y, d_h2, d_h1], strict=True):
        np.testing.assert_allclose(array, by_hand, rtol=0, atol=1e-12)
    by_hand = {
        "W_xh": [[g1[0], g2[0], 0, 0, 0], [g1[1], g2[1], 0, 0, 0]],
        "W_hh": [[g2[0] * h1[0], g2[0] * h1[1]], [g2[1] * h1[0], g2[1] * h1[1]]],
        "W_hy": [[d_y[0] * h2[0], d_y[0] * h2[1]], [d_y[1] * h2[0], d_y[1] * h2[1]]],
        "b_h": [g1[0] + g2[0], g1[1] + g2[1]],
        "b_y": d_y,
    }
    for name in PARAMS:
        np.testing.assert_allclose(bwd.grads[name], by_hand[name], rtol=0, atol=1e-12)


@pytest.mark.parametrize("truncate", [None, 1, 2, 3])
@pytest.mark.parametrize("every_step", [False, True])
@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_a_padded_batch_is_the_mean_of_its_sentences(
    cell: str, activation: str, every_step: bool, truncate: int | None
) -> None:
    model = small_model(cell, activation)
    together = read_together(model, PADDED, ANSWERS, every_step, truncate)
    alone = [
        model.backward(model.forward(ids), answer, truncate).flat
        for ids, answer in zip(PADDED, ANSWERS, strict=True)
    ]
    np.testing.assert_allclose(together.flat, np.mean(alone, axis=0), rtol=0, atol=1e-14)


@pytest.mark.parametrize("sentences", [[[0, 2, 1, 2]], [[3]], PADDED])
def test_asking_once_is_asking_at_every_word_about_the_last(sentences: list[list[int]]) -> None:
    model = small_model()
    once = read_together(model, sentences, ANSWERS[: len(sentences)], every_step=False)
    every = read_together(model, sentences, ANSWERS[: len(sentences)], every_step=True)
    np.testing.assert_allclose(once.flat, every.flat, rtol=0, atol=1e-14)
    if len(sentences) == 1:  # else the last step is that of the longest
        np.testing.assert_allclose(once.d_h_from_output, every.d_h_from_output, rtol=0, atol=1e-14)


@pytest.mark.parametrize("k", [5, 6, 1000])
def test_truncation_beyond_the_first_word_changes_nothing(k: int) -> None:
    model = small_model()
    fwd = model.forward(SENTENCE)
    whole, cut = model.backward(fwd, 1).flat, model.backward(fwd, 1, truncate=k).flat
    np.testing.assert_array_equal(whole, cut)


@pytest.mark.parametrize("k", [1, 2, 3, 4])
@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_truncation_leaves_the_last_words_shares(cell: str, activation: str, k: int) -> None:
    model = small_model(cell, activation)
    fwd = model.forward(SENTENCE, some_state(model))
    whole = model.backward(fwd, 1)
    shares = [whole.step_grads(t) for t in range(len(SENTENCE))][-k:]
    cut = model.backward(fwd, 1, truncate=k).grads
    for name in PARAMS:
        expected = sum(share[name] for share in shares)
        np.testing.assert_allclose(cut[name], expected, rtol=0, atol=1e-14)


def test_float32_agrees_to_its_digits() -> None:
    single, double = small_model(dtype="float32"), small_model()
    grads = single.backward(single.forward(SENTENCE), 1).flat
    assert grads.dtype == np.float32
    exact = double.backward(double.forward(SENTENCE), 1).flat
    np.testing.assert_allclose(grads, exact, rtol=0, atol=1e-5)


@pytest.mark.parametrize("sentences", [[[0, 2, 0]], [[0, 2, 0], [2]], [[0, 2, 2], [2, 0, 0]]])
@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_a_word_that_no_sentence_has_gets_no_gradient(
    cell: str, activation: str, sentences: list[list[int]]
) -> None:
    bwd = read_together(small_model(cell, activation), sentences, ANSWERS[: len(sentences)])
    assert bwd.grads["W_xh"].any(axis=0).tolist() == [True, False, True, False, False]


@pytest.mark.parametrize("wiring", WIRINGS)
@pytest.mark.parametrize("cell", CELLS)
def test_the_gradient_of_where_reading_starts(cell: str, wiring: str) -> None:
    model, epsilon = small_model(cell, n_layers=2), 1e-5
    rng = np.random.default_rng(3)
    start = [
        Step(**{name: rng.uniform(-1, 1, (4, 1)) for name in model.cell.carry}) for _ in range(2)
    ]
    bwd = model.backward(model.forward(SENTENCE, start=start), WIRINGS[wiring])
    for layer, carry in enumerate(start):
        for name, array in vars(carry).items():
            numeric = np.zeros_like(array)
            for unit in range(4):
                kept, losses = array[unit, 0], []
                for moved in (kept + epsilon, kept - epsilon):
                    array[unit] = moved
                    fwd = model.forward(SENTENCE, start=start)
                    losses.append(model.loss(fwd, WIRINGS[wiring]))
                array[unit] = kept
                numeric[unit] = (losses[0] - losses[1]) / (2 * epsilon)
            exact = vars(bwd.layers[layer].d_start)[name]
            np.testing.assert_allclose(exact, numeric, rtol=0, atol=1e-9)
            assert np.abs(exact).max() > 1e-4


@pytest.mark.parametrize("cell", CELLS)
def test_the_gradient_of_vectors_and_of_a_vector_at_the_start(cell: str) -> None:
    rng = np.random.default_rng(2)
    model = small_model(cell, n_features=3, n_layers=2, words=None, n_start=2)
    mask = (np.arange(4)[:, None, None] < np.array([4, 2, 3])).astype(float)
    batch = Batch((rng.normal(size=(4, 3, 3)),), (mask,), vector=rng.normal(size=(2, 3)))
    targets = asked_for(model, batch, np.where(mask[:, 0] > 0, rng.integers(0, 3, (4, 3)), -1))
    exact = model.backward(model.read(batch), targets).grads
    errors = relative_errors(exact, numeric_gradients(model, batch, targets))
    assert {"W_vh", "b_v"} < set(errors) == set(model.params)
    assert max(errors.values()) < 1e-6


@pytest.mark.parametrize("cell", CELLS)
def test_the_gradient_through_a_decoder_into_its_encoder(cell: str) -> None:
    rng = np.random.default_rng(1)
    model = small_model(cell, n_layers=2, source=Vocabulary(["x y z"]))
    masks = [(np.arange(n)[:, None, None] < np.array(own)).astype(float)
             for n, own in ((3, [3, 1]), (4, [2, 4]))]  # fmt: skip
    batch = Batch((rng.integers(0, 3, (3, 2)), rng.integers(0, 5, (4, 2))), tuple(masks))
    targets = asked_for(model, batch, np.where(masks[1][:, 0] > 0, 1, -1))
    bwd = model.backward(model.read(batch), targets)
    errors = relative_errors(bwd.grads, numeric_gradients(model, batch, targets))
    assert {"W_xh_enc", "W_hh_enc_2"} < set(errors)
    assert max(errors.values()) < 1e-6
    for encoder, decoder in zip(bwd.layers[:2], bwd.layers[2:], strict=True):
        from_above = 0 if encoder.d_above is None else encoder.d_above[-1]
        arrived = encoder.d["h"][-1] - from_above  # where the one ends the other starts
        np.testing.assert_allclose(arrived, decoder.d_start.h, rtol=0, atol=1e-15)
