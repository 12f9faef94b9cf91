"""Questions asked of a trace: each answer beside the same thing computed another way."""

import numpy as np
import pytest

from rnn_core import CELLS, Hyperparameters, TrainingRun, load_dataset
from rnn_core.decoding import begin
from rnn_core.experiments import analysis
from rnn_core.model import Model
from rnn_core.traces import ForwardTrace
from rnn_core.vocabulary import END, Vocabulary
from tests.models import SENTENCE as IDS
from tests.models import small_model

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


ITEMISED = [
    {"n_layers": layers, "bidirectional": both} for layers in (1, 2) for both in (False, True)
]


@pytest.mark.parametrize("truncate", [None, 2, 3])
@pytest.mark.parametrize("shape", ITEMISED)
@pytest.mark.parametrize("cell", CELLS)
def test_the_items_are_the_losses_one_by_one_and_add_up(cell, shape, truncate, monkeypatch) -> None:
    monkeypatch.setattr(analysis, "SIDE_BY_SIDE", 3)
    model = small_model(cell, per_step=True, **shape)
    target = [2, None, 1, 1, 0]
    for shown in range(len(model.layers)):
        fwd = model.forward(IDS).showing(shown)
        items = analysis.itemised(model, fwd, target, truncate)
        used = model.backward(fwd, target, truncate).d_h
        assert items.shape == (5, *used.shape)
        np.testing.assert_allclose(items.sum(axis=0), used, rtol=0, atol=1e-12)
        assert not items[1].any()
        for s, wanted in enumerate(target):
            if wanted is not None:
                only = [wanted if t == s else None for t in range(5)]
                alone = model.backward(fwd, only, truncate).d_h / 4
                np.testing.assert_allclose(items[s], alone, rtol=0, atol=1e-12)


def test_no_loss_reaches_back_across_a_cut() -> None:
    model = small_model("lstm", per_step=True)
    items = analysis.itemised(model, model.forward(IDS), [0, 1, 2, 0, 1], truncate=2)
    reach = np.abs(items).max(axis=2) > 0
    assert reach.astype(int).tolist() == [
        [1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 1, 1],
    ]  # fmt: skip


def test_one_answer_is_one_item() -> None:
    model = small_model("gru")
    fwd = model.forward(IDS)
    items = analysis.itemised(model, fwd, 1)
    np.testing.assert_allclose(items.sum(axis=0), model.backward(fwd, 1).d_h, atol=1e-12)
    assert not items[:-1].any()


def captioned(first_input: bool) -> tuple[Model, np.ndarray, list[int]]:
    """A network that starts from a vector or reads it, the vector, and what it is to write."""
    words = Vocabulary.of((END, "a", "b", "c"))
    where = {"n_source": 6} if first_input else {"n_start": 6}
    model = Model(CELLS["gru"](), words, words.words, 5, n_layers=2, per_step=True, **where)
    rng = np.random.default_rng(0)
    model.flat[:] = rng.standard_normal(len(model.flat)) / 2
    return model, rng.random(6), [1, 3, 2, words.end]


def written(model: Model, vector: np.ndarray, wanted: list[int]) -> ForwardTrace:
    """The vector read by a model of `captioned`, and what it is to write after it."""
    read = {"source": vector[None]} if model.n_source else {"vector": vector}
    return begin(model, **read, written=wanted[:-1])


@pytest.mark.parametrize("first_input", [False, True])
@pytest.mark.parametrize("step", range(4))
def test_the_gradient_into_a_vector_meets_central_differences(step: int, first_input: bool) -> None:
    model, vector, wanted = captioned(first_input)
    alone = [symbol if t == step else None for t, symbol in enumerate(wanted)]
    epsilon = 1e-6 * np.eye(len(vector))
    losses = [[model.loss(written(model, vector + sign * way, wanted), alone) for way in epsilon]
              for sign in (1, -1)]  # fmt: skip
    slopes = np.subtract(*losses) / 2e-6
    made = analysis.vector_times_gradient(model, written(model, vector, wanted), wanted)
    np.testing.assert_allclose(made[step], -vector * slopes, rtol=0, atol=1e-8)


@pytest.mark.parametrize("first_input", [False, True])
def test_a_pixel_left_out_is_a_reading_without_it(first_input: bool) -> None:
    model, vector, wanted = captioned(first_input)
    fwd = written(model, vector, wanted)
    made = analysis.vector_leave_one_out(model, fwd, wanted)
    assert made.shape == (4, 6)
    for i in range(len(vector)):
        without = written(model, np.where(np.arange(6) == i, 0, vector), wanted)
        for t, symbol in enumerate(wanted):
            expected = np.log(fwd.p[t, symbol]) - np.log(without.p[t, symbol])
            assert made[t, i] == pytest.approx(expected, abs=1e-12)


def test_without_a_vector_there_is_nothing_to_ask() -> None:
    model = small_model("gru")
    with pytest.raises(ValueError, match="started from rest"):
        analysis.vector_leave_one_out(model, model.forward(IDS), [0])
