"""Layers upon layers and both directions, for every cell: right, and the same laws."""

from collections.abc import Callable
from itertools import product

import numpy as np
import pytest

from rnn_core import CELLS, Batch, Intervention, Model, Vocabulary, check_gradients
from tests.models import SENTENCE, WIRINGS, read_together, small_model

PADDED = [[0, 2, 1, 2, 4], [3], [1, 1, 0], [4, 3]]
ANSWERS = [0, 1, 2, 1]
DEEP = [
    {"n_layers": n, "bidirectional": both, "per_step": each}
    for n, both, each in product((1, 2, 3), (False, True), (False, True))
    if n > 1 or both
]


def named(shape: dict) -> str:
    return " ".join(str(value) for value in shape.values())


@pytest.mark.parametrize("wiring", WIRINGS)
@pytest.mark.parametrize("shape", DEEP, ids=named)
@pytest.mark.parametrize("cell", CELLS)
def test_central_differences_agree(cell: str, shape: dict, wiring: str) -> None:
    model = small_model(cell, n_hidden=3, **shape)
    errors = check_gradients(model, SENTENCE, WIRINGS[wiring])
    assert max(errors.values()) < 1e-6
    assert len(errors) == len(model.params)


@pytest.mark.parametrize("truncate", [None, 1, 2])
@pytest.mark.parametrize("shape", DEEP, ids=named)
@pytest.mark.parametrize("cell", CELLS)
def test_a_padded_batch_is_the_mean_of_its_sentences(
    cell: str, shape: dict, truncate: int | None
) -> None:
    model, every_step = small_model(cell, n_hidden=3, **shape), shape["per_step"]
    together = read_together(model, PADDED, ANSWERS, every_step, truncate)
    alone = [
        read_together(model, [ids], [answer], every_step, truncate).flat
        for ids, answer in zip(PADDED, ANSWERS, strict=True)
    ]
    np.testing.assert_allclose(together.flat, np.mean(alone, axis=0), rtol=0, atol=1e-14)


@pytest.mark.parametrize("shape", DEEP, ids=named)
@pytest.mark.parametrize("cell", CELLS)
def test_looking_and_training_agree(cell: str, shape: dict) -> None:
    model = small_model(cell, n_hidden=3, **shape)
    looked = model.backward(model.forward(SENTENCE), 1).flat
    trained = read_together(model, [SENTENCE], [1], shape["per_step"]).flat
    np.testing.assert_allclose(looked, trained, rtol=0, atol=1e-14)


@pytest.mark.parametrize("shape", DEEP, ids=named)
@pytest.mark.parametrize("cell", CELLS)
def test_the_laws_hold_in_every_layer(cell: str, shape: dict) -> None:
    model = small_model(cell, n_hidden=3, **shape)
    bwd = model.backward(model.forward(SENTENCE), 1)
    shares = [bwd.step_grads(t) for t in range(len(SENTENCE))]
    for name, grad in bwd.grads.items():
        np.testing.assert_allclose(sum(s[name] for s in shares), grad, rtol=0, atol=1e-14)
    for shown, layer in enumerate(model.layers):
        seen = model.backward(model.forward(SENTENCE).showing(shown), 1)
        last = 0 if layer.backwards else -1
        assert seen.d_h.any()
        assert not seen.d_h_from_future[last].any()
        total = seen.d_h_from_output + seen.d_h_from_future
        np.testing.assert_allclose(seen.d_h, total, rtol=0, atol=1e-15)


def test_a_second_layer_reads_the_states_of_the_first() -> None:
    model = small_model(n_hidden=3, n_layers=2)
    fwd = model.forward(SENTENCE)
    q = model.params
    first, h = fwd.showing(0).h, np.zeros(3)
    for t in range(len(SENTENCE)):
        h = np.tanh(q["W_xh_2"] @ first[t] + q["W_hh_2"] @ h + q["b_h_2"])
        np.testing.assert_allclose(fwd.showing(1).h[t], h, rtol=1e-14)
    np.testing.assert_allclose(fwd.y[-1], q["W_hy"] @ h + q["b_y"], rtol=1e-14)


def test_backwards_is_the_reversed_sentence() -> None:
    model = small_model(n_hidden=3, bidirectional=True)
    fwd, q = model.forward(SENTENCE), model.params
    h = np.zeros(3)
    for t in reversed(range(len(SENTENCE))):
        h = np.tanh(q["W_xh_back"][:, SENTENCE[t]] + q["W_hh_back"] @ h + q["b_h_back"])
        np.testing.assert_allclose(fwd.showing(1).h[t], h, rtol=1e-14)
    both = np.concatenate([fwd.showing(0).h[-1], h])  # where each direction ended
    np.testing.assert_allclose(fwd.y[-1], q["W_hy"] @ both + q["b_y"], rtol=1e-14)


def test_made_for_per_step_both_directions_answer_at_that_word() -> None:
    model = small_model(n_hidden=3, bidirectional=True, per_step=True)
    fwd, q = model.forward(SENTENCE), model.params
    for t in range(len(SENTENCE)):
        both = np.concatenate([fwd.showing(0).h[t], fwd.showing(1).h[t]])
        np.testing.assert_allclose(fwd.y[t], q["W_hy"] @ both + q["b_y"], rtol=1e-14)


SIGNALS = [(cell, signal.name) for cell in CELLS for signal in CELLS[cell]("tanh").signals]


def loss_with(model: Model, interventions: list[Intervention]) -> Callable[[], float]:
    return lambda: model.loss(model.forward(SENTENCE, interventions=interventions), 1)


def assert_it_is_the_gradient(
    model: Model, exact: dict[str, np.ndarray], loss: Callable[[], float]
) -> None:
    """Central differences in each parameter, along two directions: all numbers would take long."""
    rng, epsilon = np.random.default_rng(6), 1e-5
    for name, array in model.params.items():
        kept = array.copy()
        for _ in range(2):
            direction, losses = rng.uniform(0.5, 1.0, array.shape), []
            direction *= rng.choice([-1, 1], array.shape)
            for sign in (1, -1):
                array[...] = kept + sign * epsilon * direction
                losses.append(loss())
            array[...] = kept
            numeric = (losses[0] - losses[1]) / (2 * epsilon)
            assert (exact[name] * direction).sum() == pytest.approx(numeric, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("shape", [{}, {"n_layers": 2, "bidirectional": True}], ids=named)
@pytest.mark.parametrize(("cell", "signal"), SIGNALS)
def test_what_is_held_by_hand_stays_and_passes_no_gradient(
    cell: str, signal: str, shape: dict
) -> None:
    model = small_model(cell, n_hidden=2, **shape)
    for layer in {0, len(model.layers) - 1}:
        held = [Intervention(signal, 0.3, units=[1], steps=[1, 3, 4], layer=layer)]
        fwd = model.forward(SENTENCE, interventions=held)
        shown = fwd.showing(layer).signals[signal]
        assert (shown[[1, 3, 4], 1] == 0.3).all()
        assert (shown[[0, 2]] != 0.3).all()
        assert (shown[:, 0] != 0.3).all()
        assert np.abs(fwd.p - model.forward(SENTENCE).p).max() > 1e-6
        exact = model.backward(fwd, 1, interventions=held).grads
        assert_it_is_the_gradient(model, exact, loss_with(model, held))


@pytest.mark.parametrize("cell", CELLS)
def test_later_interventions_win(cell: str) -> None:
    model = small_model(cell, n_layers=2)
    both = [Intervention("h", 0.1, layer=1), Intervention("h", -0.2, [0, 1], [2, 3], layer=1)]
    fwd = model.forward(SENTENCE, interventions=both).showing(1)
    expected = np.full((5, 4), 0.1)
    expected[2:4, :2] = -0.2
    np.testing.assert_array_equal(fwd.h, expected)
    other_way = model.forward(SENTENCE, interventions=both[::-1]).showing(1)
    assert (other_way.h == 0.1).all()
    exact = model.backward(fwd, 1, interventions=both).grads
    for name, gradient in exact.items():  # all that the second layer shows is held
        assert gradient.any() == (name in ("W_hy", "b_y"))
    assert_it_is_the_gradient(model, exact, loss_with(model, both))


@pytest.mark.parametrize("at", [0, 2])
@pytest.mark.parametrize("cell", CELLS)
def test_a_state_held_in_an_encoder(cell: str, at: int) -> None:
    model = small_model(cell, n_hidden=2, source=Vocabulary(["x y z"]))
    batch = Batch((np.array([[0], [2], [1]]), np.array([[1], [3]])))
    held = [Intervention(name, 0.3, [1], [at]) for name in model.cell.carry]
    fwd = model.read(batch, held)
    exact = model.backward(fwd, 1, interventions=held).grads
    assert_it_is_the_gradient(model, exact, lambda: model.loss(model.read(batch, held), 1))


def test_one_value_for_each_unit() -> None:
    model = small_model()
    value = np.array([0.5, -0.5])
    fwd = model.forward(SENTENCE, interventions=[Intervention("h", value, [3, 0], [2])])
    assert fwd.h[2, [3, 0]].tolist() == [0.5, -0.5]


def test_no_step_held_is_no_intervention() -> None:
    model = small_model("lstm")
    none = [Intervention("f", 0.0, steps=[])]
    fwd = model.forward(SENTENCE, interventions=none)
    np.testing.assert_array_equal(fwd.p, model.forward(SENTENCE).p)
    np.testing.assert_array_equal(
        model.backward(fwd, 1, interventions=none).flat, model.backward(fwd, 1).flat
    )


def test_a_whole_state_is_swapped_in() -> None:
    model = small_model()
    other = model.forward([4, 4, 3]).h[-1]
    fwd = model.forward(SENTENCE, interventions=[Intervention("h", other, steps=[1])])
    np.testing.assert_array_equal(fwd.h[1], other)
    rest = model.forward(SENTENCE[2:], h_0=other)
    np.testing.assert_allclose(fwd.h[2:], rest.h, rtol=0, atol=1e-15)
