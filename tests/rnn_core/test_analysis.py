"""Questions asked of a trace: each answer beside the same thing computed another way."""

import numpy as np
import pytest

from rnn_core import Hyperparameters, TrainingRun, load_dataset
from rnn_core.experiments import analysis
from rnn_core.model import Model

SENTENCE = "i am not at all bad"


@pytest.fixture(scope="module")
def model() -> Model:
    run = TrainingRun(load_dataset("sentiment"), Hyperparameters(n_hidden=16))
    run.advance(epochs=10)
    return run.model


@pytest.fixture(scope="module")
def bwd(model: Model):
    return model.backward(model.forward(SENTENCE), "positive")


@pytest.mark.parametrize(
    ("lengths", "words"),
    [
        ([1.0], 0),
        ([1.0, 1.0, 1.0], 2),
        ([1e-9, 0.02, 0.5, 1.0], 2),
        ([0.5, 1e-9, 0.5, 1.0], 1),
        ([0.0099, 1.0], 0),
        ([0.01, 1.0], 1),
        ([5.0, 1.0, 0.1], 2),
        ([0.0, 0.0], 0),
        ([np.inf, 1.0], 0),
        ([1.0, np.nan], 0),
    ],
)
def test_the_horizon_ends_where_one_percent_is_left(lengths: list, words: int) -> None:
    assert analysis.memory_horizon(np.array(lengths)) == words


def test_the_horizon_where_the_gradient_shrinks_by_a_known_factor(model: Model) -> None:
    small = model.copy()
    small.flat[:] = 0
    small.params["W_hh"][...] = 0.2 * np.eye(16)  # h stays 0: each derivative is 1
    small.params["W_hy"][0] = 1
    trace = small.backward(small.forward("i am not at all bad or sad"), "positive")
    lengths = analysis.gradient_norms(trace)[:, 0]
    np.testing.assert_allclose(lengths[:-1] / lengths[1:], 0.2, rtol=1e-12)
    assert analysis.memory_horizon(lengths) == 2  # 0.2, 0.04, then 0.008


def test_saturation_counts_units(model: Model) -> None:
    loud = model.copy()
    loud.params["b_h"][:4] = 50
    share = analysis.saturation(loud.forward(SENTENCE))
    assert (share >= 4 / 16).all()
    assert share.shape == (6,)


def test_gradient_times_input_is_how_the_loss_answers_to_a_little_more_of_a_word(
    model: Model, bwd
) -> None:
    lean = analysis.gradient_times_input(bwd)
    fwd, epsilon = model.forward(SENTENCE), 1e-6
    for t, word in enumerate(fwd.ids):
        if (fwd.ids == word).sum() > 1:
            continue
        losses = []
        for sign in (1, -1):  # the word stands once: scaling its column scales x_t alone
            twin = model.copy()
            twin.params["W_xh"][:, word] *= 1 + sign * epsilon
            losses.append(twin.loss(twin.forward(SENTENCE), "positive"))
        assert lean[t] == pytest.approx(-(losses[0] - losses[1]) / (2 * epsilon), abs=1e-6)


def test_leaving_out_is_reading_without(model: Model) -> None:
    fwd = model.forward("this is not bad")
    without = analysis.leave_one_out(model, fwd, "positive")
    expected = model.loss(model.forward("this is bad"), "positive") - model.loss(fwd, "positive")
    assert without[2] == pytest.approx(expected, rel=1e-12)


def test_a_sentence_of_one_word_has_nothing_without_it(model: Model) -> None:
    assert np.isnan(analysis.leave_one_out(model, model.forward("good"), "positive")).all()


@pytest.mark.parametrize("how", ["none", "value", "norm"])
def test_an_update_is_a_clipped_step(model: Model, bwd, how: str) -> None:
    settings = Hyperparameters(clip=how, clip_at=0.05, lr=0.1)
    before = model.flat.copy()
    done = analysis.one_update(model, bwd, "positive", settings)
    grad = bwd.flat.copy()
    if how == "value":
        grad = np.clip(grad, -0.05, 0.05)
    if how == "norm":
        grad *= 0.05 / np.linalg.norm(grad)
    np.testing.assert_allclose(done.model.flat, before - 0.1 * grad, rtol=0, atol=1e-15)
    np.testing.assert_array_equal(model.flat, before)
    assert done.length == pytest.approx(np.linalg.norm(bwd.flat))
    assert done.clipped_length == pytest.approx(np.linalg.norm(grad))
    assert done.n_cut == (grad != bwd.flat).sum()
    assert (done.degrees > 1) == (how == "value")
    assert done.loss_after == pytest.approx(
        done.model.loss(done.model.forward(SENTENCE), "positive")
    )
