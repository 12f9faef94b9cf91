"""The way back: right against central differences, and right for sentences side by side."""

import math
from dataclasses import replace

import numpy as np
import pytest

from rnn_core import check_gradients
from rnn_core.backward import fill_backward, record_backward
from rnn_core.forward import fill_forward, record_forward
from tests.models import KINDS, PARAMS, SENTENCE, WIRINGS, read_together, small_model, some_state

PADDED = [[0, 2, 1, 2, 4], [3], [1, 1, 0], [4, 3]]
ANSWERS = [0, 1, 2, 1]


@pytest.mark.parametrize("name", PARAMS)
@pytest.mark.parametrize("wiring", WIRINGS)
@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_central_differences_agree(cell: str, activation: str, wiring: str, name: str) -> None:
    model = small_model(cell, activation)
    errors = check_gradients(model, SENTENCE, WIRINGS[wiring], h_0=some_state(model))
    assert errors[name] < 1e-6


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
    np.testing.assert_allclose(once.d_h_from_output, every.d_h_from_output, rtol=0, atol=1e-14)


@pytest.mark.parametrize("every_step", [False, True])
def test_a_workspace_that_is_used_again_forgets(every_step: bool) -> None:
    model = small_model()
    fresh = read_together(model, PADDED, ANSWERS, every_step)
    used = read_together(model, [[1] * 5, [2] * 5, [3] * 5, [4] * 5], [2, 2, 0, 0], every_step)
    used.forward.batch, used.targets = fresh.forward.batch, fresh.targets
    fill_forward(used.forward)
    fill_backward(used)
    np.testing.assert_array_equal(used.flat, fresh.flat)


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


@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_a_word_that_the_next_batch_lacks_has_no_blame_left(cell: str, activation: str) -> None:
    model = small_model(cell, activation)
    bwd = read_together(model, PADDED, ANSWERS)
    assert bwd.grads["W_xh"].any(axis=0).all()
    few = np.ones_like(bwd.forward.batch.ids)
    bwd.forward.batch = replace(bwd.forward.batch, ids=few)
    fill_forward(bwd.forward)
    fill_backward(bwd)
    assert bwd.grads["W_xh"].any(axis=0).tolist() == [False, True, False, False, False]


@pytest.mark.parametrize(("cell", "activation"), KINDS)
@pytest.mark.parametrize("truncate", [None, 2])
def test_a_tape_plays_what_was_made_at_once(
    cell: str, activation: str, truncate: int | None
) -> None:
    model = small_model(cell, activation)
    bwd = model.backward(model.forward(SENTENCE), 1, truncate)
    fwd, flat, probs = bwd.forward, bwd.flat.copy(), bwd.forward.probs.copy()
    record_forward(model, fwd)
    record_backward(model, bwd, truncate)
    fwd.probs[:] = bwd.flat[:] = np.nan
    fill_forward(fwd)
    fill_backward(bwd)
    np.testing.assert_array_equal(fwd.probs, probs)
    np.testing.assert_array_equal(bwd.flat, flat)
