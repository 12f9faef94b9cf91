"""The laws of a trace, each side of an equation computed on its own."""

import numpy as np
import pytest

from rnn_core import BackwardTrace, Model
from tests.models import KINDS, PARAMS, SENTENCE, WIRINGS, read_together, small_model, some_state

PADDED = [[0, 2, 1, 2], [3], [1, 1]]
T = len(SENTENCE)
SHAPES = [{}, {"bidirectional": True}, {"n_layers": 2, "bidirectional": True}]


def traced(cell: str, activation: str, wiring: str) -> tuple[Model, BackwardTrace]:
    model = small_model(cell, activation)
    fwd = model.forward(SENTENCE, some_state(model))
    return model, model.backward(fwd, WIRINGS[wiring])


def all_laws(test):
    """Run a test for every cell, activation and wiring."""
    test = pytest.mark.parametrize(("cell", "activation"), KINDS)(test)
    return pytest.mark.parametrize("wiring", WIRINGS)(test)


@all_laws
def test_the_gradient_from_the_output_is_the_readout_taken_back(cell, activation, wiring) -> None:
    model, bwd = traced(cell, activation, wiring)
    expected = bwd.d_y @ model.params["W_hy"]  # row t: W_hy^T d_y_t
    np.testing.assert_allclose(bwd.d_h_from_output, expected, rtol=0, atol=1e-15)


@pytest.mark.parametrize("wiring", WIRINGS)
@pytest.mark.parametrize("activation", [a for cell, a in KINDS if cell == "rnn"])
def test_the_gradient_from_the_future_is_the_next_step_taken_back(
    activation: str, wiring: str
) -> None:
    model, bwd = traced("rnn", activation, wiring)
    expected = bwd.d_a[1:] @ model.params["W_hh"]  # row t: W_hh^T d_a_{t+1}
    np.testing.assert_allclose(bwd.d_h_from_future[:-1], expected, rtol=0, atol=1e-15)


@all_laws
def test_the_gradient_has_two_sources(cell, activation, wiring) -> None:
    _, bwd = traced(cell, activation, wiring)
    both = bwd.d_h_from_output + bwd.d_h_from_future
    np.testing.assert_allclose(bwd.d_h, both, rtol=0, atol=1e-15)


@all_laws
def test_nothing_comes_from_beyond_the_last_step(cell, activation, wiring) -> None:
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


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("every_step", [False, True])
@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_a_sentence_that_has_ended_rests(
    cell: str, activation: str, every_step: bool, shape: dict
) -> None:
    model = small_model(cell, activation, per_step=every_step, **shape)
    together = read_together(model, PADDED, [0, 1, 2], every_step)
    shares = [together.step_grads(t) for t in range(4)]
    for b, ids in enumerate(PADDED):
        alone = read_together(model, [ids], [b], every_step)
        n = len(ids)
        for shown, layer in enumerate(model.layers):
            ahead = together.forward.layers[shown]
            back, own = together.layers[shown], alone.layers[shown]
            read = slice(4 - n, 4) if layer.backwards else slice(n)
            rests = np.delete(np.arange(4), np.arange(4)[read])
            assert not back.d["a"][rests, :, b].any()
            assert not back.d.get("u", back.d["a"])[rests, :, b].any()
            for name in model.cell.carry:
                states = ahead.carried[name][..., b]
                np.testing.assert_array_equal(states[1:][rests], states[:-1][rests])
                np.testing.assert_allclose(
                    states[1:][read],
                    alone.forward.layers[shown].carried[name][1:, :, 0], rtol=0, atol=1e-14,
                )  # fmt: skip
            np.testing.assert_allclose(
                back.d["a"][read][..., b] * 3, own.d["a"][..., 0], rtol=0, atol=1e-14
            )
    for name, share in shares[3].items():  # the one sentence that goes on so long, alone
        if "back" not in name:
            last = read_together(model, PADDED[:1], [0], every_step).step_grads(3)[name]
            if every_step or name.startswith(("W_xh", "W_hh", "b_h")):
                np.testing.assert_allclose(share * 3, last, rtol=0, atol=1e-14)


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


@all_laws
def test_what_each_step_hands_back_is_what_the_one_before_gets(cell, activation, wiring) -> None:
    _, bwd = traced(cell, activation, wiring)
    handed, arrived = bwd.d_h_before[1:], bwd.d_h_from_future[:-1]
    np.testing.assert_allclose(handed, arrived, rtol=0, atol=1e-15)
    np.testing.assert_array_equal(bwd.d_h_before[0], bwd.layer.d_start.h[:, 0])


def test_a_name_that_is_not_there_says_which_are() -> None:
    _, bwd = traced("gru", "tanh", "last")
    with pytest.raises(AttributeError, match=r"no c; there are .*h.*, z"):
        _ = bwd.forward.c
    with pytest.raises(AttributeError, match=r"no d_c; there are .*d_h.*, d_u"):
        _ = bwd.d_c


def test_another_layer_is_shown_by_number() -> None:
    fwd = small_model(n_layers=2, bidirectional=True).forward(SENTENCE)
    assert [fwd.showing(i).layer.layer.suffix for i in (0, 1, 2, -1)] == [
        "", "_back", "_2", "_2_back",
    ]  # fmt: skip
    with pytest.raises(IndexError):
        fwd.showing(4)
