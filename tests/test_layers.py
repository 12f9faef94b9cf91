"""Layers upon layers and both directions, for every cell: right, and the same laws."""

from itertools import product

import numpy as np
import pytest

from rnn_core import CELLS, check_gradients
from rnn_core.forward import Hold
from rnn_core.gradcheck import relative_errors
from tests.models import SENTENCE, WIRINGS, read_together, small_model

PADDED = [[0, 2, 1, 2, 4], [3], [1, 1, 0], [4, 3]]
ANSWERS = [0, 1, 2, 1]
DEEP = [
    {"n_layers": n, "bidirectional": both, "each_word": each}
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
    model, every_step = small_model(cell, n_hidden=3, **shape), shape["each_word"]
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
    trained = read_together(model, [SENTENCE], [1], shape["each_word"]).flat
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


def test_made_for_each_word_both_directions_answer_at_that_word() -> None:
    model = small_model(n_hidden=3, bidirectional=True, each_word=True)
    fwd, q = model.forward(SENTENCE), model.params
    for t in range(len(SENTENCE)):
        both = np.concatenate([fwd.showing(0).h[t], fwd.showing(1).h[t]])
        np.testing.assert_allclose(fwd.y[t], q["W_hy"] @ both + q["b_y"], rtol=1e-14)


SIGNALS = [(cell, signal.name) for cell in CELLS for signal in CELLS[cell]("tanh").signals]


@pytest.mark.parametrize("shape", [{}, {"n_layers": 2, "bidirectional": True}], ids=named)
@pytest.mark.parametrize(("cell", "signal"), SIGNALS)
def test_what_is_held_by_hand_stays_and_passes_no_blame(
    cell: str, signal: str, shape: dict
) -> None:
    model = small_model(cell, n_hidden=3, **shape)
    holds = [Hold(signal, 0.3, units=[0, 2], words=[1, 3], layer=len(model.layers) - 1)]
    fwd = model.forward(SENTENCE, holds=holds)
    held = fwd.showing(len(model.layers) - 1).signals[signal]
    assert (held[[1, 3]][:, [0, 2]] == 0.3).all()
    assert (held[[0, 2, 4]] != 0.3).all()
    free = model.forward(SENTENCE).p
    assert np.abs(fwd.p - free).max() > 1e-4
    exact = model.backward(fwd, 1, holds=holds).grads
    numeric = {name: np.zeros_like(array) for name, array in model.params.items()}
    for name, array in model.params.items():
        for at in np.ndindex(array.shape):
            kept, losses = array[at], []
            for nudge in (1e-5, -1e-5):
                array[at] = kept + nudge
                losses.append(model.loss(model.forward(SENTENCE, holds=holds), 1))
            array[at] = kept
            numeric[name][at] = (losses[0] - losses[1]) / 2e-5
    assert max(relative_errors(exact, numeric).values()) < 1e-6


def test_a_whole_state_is_swapped_in() -> None:
    model = small_model()
    other = model.forward([4, 4, 3]).h[-1]
    fwd = model.forward(SENTENCE, holds=[Hold("h", other, words=[1])])
    np.testing.assert_array_equal(fwd.h[1], other)
    rest = model.forward(SENTENCE[2:], h_0=other)
    np.testing.assert_allclose(fwd.h[2:], rest.h, rtol=0, atol=1e-15)
