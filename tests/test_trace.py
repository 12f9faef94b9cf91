"""The laws of a trace, each side of an equation computed on its own."""

import numpy as np
import pytest

from rnn_core import Model
from rnn_core.blame import BackwardTrace
from tests.models import KINDS, PARAMS, SENTENCE, WIRINGS, read_together, small_model, some_state

PADDED = [[0, 2, 1, 2], [3], [1, 1]]
T = len(SENTENCE)


def traced(cell: str, activation: str, wiring: str) -> tuple[Model, BackwardTrace]:
    model = small_model(cell, activation)
    fwd = model.forward(SENTENCE, some_state(model))
    return model, model.backward(fwd, WIRINGS[wiring])


def all_laws(test):
    """Run a test for every cell, activation and wiring."""
    test = pytest.mark.parametrize(("cell", "activation"), KINDS)(test)
    return pytest.mark.parametrize("wiring", WIRINGS)(test)


@all_laws
def test_blame_from_the_output_is_the_readout_taken_back(cell, activation, wiring) -> None:
    model, bwd = traced(cell, activation, wiring)
    expected = bwd.d_y @ model.params["W_hy"]  # row t: W_hy^T d_y_t
    np.testing.assert_allclose(bwd.d_h_from_output, expected, rtol=0, atol=1e-15)


@pytest.mark.parametrize("wiring", WIRINGS)
@pytest.mark.parametrize("activation", [a for cell, a in KINDS if cell == "rnn"])
def test_blame_from_the_future_is_the_next_words_taken_back(activation: str, wiring: str) -> None:
    model, bwd = traced("rnn", activation, wiring)
    expected = bwd.d_a[1:] @ model.params["W_hh"]  # row t: W_hh^T g_{t+1}
    np.testing.assert_allclose(bwd.d_h_from_future[:-1], expected, rtol=0, atol=1e-15)


@all_laws
def test_blame_has_two_sources(cell, activation, wiring) -> None:
    _, bwd = traced(cell, activation, wiring)
    both = bwd.d_h_from_output + bwd.d_h_from_future
    np.testing.assert_allclose(bwd.d_h, both, rtol=0, atol=1e-15)


@all_laws
def test_nothing_comes_from_beyond_the_last_word(cell, activation, wiring) -> None:
    _, bwd = traced(cell, activation, wiring)
    assert not bwd.d_h_from_future[-1].any()


@all_laws
def test_the_steps_shares_sum_to_the_gradients(cell, activation, wiring) -> None:
    _, bwd = traced(cell, activation, wiring)
    shares = [bwd.step_grads(t) for t in range(T)]
    for name in PARAMS:
        total = sum(share[name] for share in shares)
        np.testing.assert_allclose(total, bwd.grads[name], rtol=0, atol=1e-14)


@all_laws
def test_gradients_have_the_parameters_names_and_shapes(cell, activation, wiring) -> None:
    model, bwd = traced(cell, activation, wiring)
    shapes = {name: array.shape for name, array in model.params.items()}
    assert {name: array.shape for name, array in bwd.grads.items()} == shapes
    assert {name: array.shape for name, array in bwd.step_grads(1).items()} == shapes


def test_named_gradients_are_the_flat_ones() -> None:
    _, bwd = traced("rnn", "tanh", "last")
    assert sum(grad.size for grad in bwd.grads.values()) == bwd.flat.size
    assert all(np.shares_memory(grad, bwd.flat) for grad in bwd.grads.values())


def test_one_sentence_has_no_batch_axis() -> None:
    _, bwd = traced("rnn", "tanh", "last")
    fwd = bwd.forward
    assert [x.shape for x in (fwd.ids, fwd.h_0, fwd.h, fwd.a)] == [(T,), (4,), (T, 4), (T, 4)]
    assert [x.shape for x in (fwd.y, fwd.p, bwd.d_y)] == [(T, 3)] * 3
    assert [x.shape for x in (bwd.d_h, bwd.d_a, bwd.d_h_from_output)] == [(T, 4)] * 3


@pytest.mark.parametrize("every_step", [False, True])
@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_nothing_happens_after_a_sentences_end(
    cell: str, activation: str, every_step: bool
) -> None:
    bwd = read_together(small_model(cell, activation), PADDED, [0, 1, 2], every_step)
    for b, ids in enumerate(PADDED):
        assert not bwd.d_sums[len(ids) :, :, b].any()
        assert not bwd.d_h[len(ids) :, :, b].any()
        assert bwd.d_h[len(ids) - 1, :, b].any()


@pytest.mark.parametrize("every_step", [False, True])
@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_padded_shares_sum_to_the_gradients(cell: str, activation: str, every_step: bool) -> None:
    bwd = read_together(small_model(cell, activation), PADDED, [0, 1, 2], every_step)
    shares = [bwd.step_grads(t) for t in range(4)]
    for name in PARAMS:
        total = sum(share[name] for share in shares)
        np.testing.assert_allclose(total, bwd.grads[name], rtol=0, atol=1e-14)


def test_traces_are_independent() -> None:
    model = small_model()
    first = model.forward(SENTENCE)
    kept = first.h.copy()
    model.forward([4, 4, 4, 4, 4])
    model.flat[:] = 0
    np.testing.assert_array_equal(first.h, kept)
