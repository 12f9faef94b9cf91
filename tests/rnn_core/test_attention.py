"""Attention: the equations once more, the two roads back, and what a mask hides.

That its gradients are derivatives, and PyTorch's, test_wirings.py shows for every cell.
"""

import numpy as np
import pytest

from rnn_core import CELLS, Hyperparameters, Model, Vocabulary
from rnn_core.decoding import begin, translate
from rnn_core.network import backward, forward
from rnn_core.recording import Recording, mapped
from rnn_core.traces import Batch, Memory
from rnn_core.vocabulary import END
from rnn_core.wirings import decode, encode_decode

SOURCE, TARGET = Vocabulary.of("pqrst"), Vocabulary.of([END, "x", "y", "z"])
SOURCES, TARGETS = [[1, 2, 3, 0], [2], [3, 1]], [[1, 2], [3], [2, 2, 1]]
ALL = pytest.mark.parametrize("cell", CELLS)


def attending(
    cell: str = "gru", n_layers: int = 1, dtype: str = "float64", both: bool = False
) -> Model:
    """An encoder and a decoder with weights of size about 1."""
    model = Model(
        CELLS[cell](), TARGET, TARGET.words, 4, dtype, n_layers, both, per_step=True, source=SOURCE,
        attends=True,
    )  # fmt: skip
    model.flat[:] = np.random.default_rng(4).uniform(-1, 1, model.flat.size)
    return model


def both_passes(model: Model, which: tuple[int, ...] = (0, 1, 2)):
    batch, targets = encode_decode(SOURCES, TARGETS, TARGET).batch(model, np.array(which))
    fwd = model.read(batch)
    return fwd, model.backward(fwd, targets)


def test_one_step_by_hand() -> None:
    model = attending()
    fwd = model.read(Batch((np.array([[1], [3], [0]]), np.array([[0]]))))
    h, s = fwd.showing(0).h, fwd.showing(1).h[0]
    powers = np.exp([h[0] @ s, h[1] @ s, h[2] @ s])
    alpha = powers / powers.sum()
    c = alpha[0] * h[0] + alpha[1] * h[1] + alpha[2] * h[2]
    W_hy, b_y = model.params["W_hy"], model.params["b_y"]
    assert W_hy.shape == (4, 8)
    np.testing.assert_allclose(fwd.alpha[0], alpha, rtol=1e-13)
    np.testing.assert_allclose(fwd.context[0], c, rtol=1e-13)
    np.testing.assert_allclose(fwd.y[0], W_hy[:, :4] @ s + W_hy[:, 4:] @ c + b_y, rtol=1e-13)


@ALL
@pytest.mark.parametrize("n_layers", [1, 2])
def test_the_weights_are_shares_of_what_is_there(cell: str, n_layers: int) -> None:
    fwd, _ = both_passes(attending(cell, n_layers))
    assert fwd.attention is not None
    assert fwd.attention.shape == (4, 4, 3)
    np.testing.assert_allclose(fwd.attention.sum(axis=1), 1, rtol=1e-13)
    for b, source in enumerate(SOURCES):
        assert not fwd.attention[:, len(source) :, b].any()
        assert (fwd.attention[:, : len(source), b] > 0).all()


@ALL
@pytest.mark.parametrize("n_layers", [1, 2])
def test_a_state_gets_its_gradient_over_two_roads(cell: str, n_layers: int) -> None:
    _, bwd = both_passes(attending(cell, n_layers), (0,))
    top, decoder = n_layers - 1, 2 * n_layers - 1
    encoder = bwd.layers[top]
    assert encoder.d_above is not None
    assert encoder.d_above.shape == (4, 4, 1)
    bridge = bwd.layers[decoder].d_start.h
    np.testing.assert_allclose(encoder.d["h"][-1], encoder.d_above[-1] + bridge, atol=1e-15)
    assert min(np.abs(encoder.d_above).max(), np.abs(bridge).max()) > 1e-4


@ALL
def test_the_second_road_is_what_the_equations_say(cell: str) -> None:
    model = attending(cell)
    fwd, bwd = both_passes(model, (0,))
    h, s, alpha = fwd.showing(0).h, fwd.showing(1).h, fwd.alpha
    d_c = bwd.d_y @ model.params["W_hy"][:, 4:]  # (S, H)
    d_alpha = d_c @ h.T
    d_e = alpha * (d_alpha - (alpha * d_alpha).sum(axis=1, keepdims=True))
    shown = model.backward(fwd.showing(0), bwd.targets)
    np.testing.assert_allclose(shown.d_h_from_output, d_e.T @ s + alpha.T @ d_c, atol=1e-14)
    shown = model.backward(fwd.showing(1), bwd.targets)
    from_y = bwd.d_y @ model.params["W_hy"][:, :4]
    np.testing.assert_allclose(shown.d_h_from_output, from_y + d_e @ h, atol=1e-14)


@ALL
def test_the_steps_shares_sum_to_the_gradients(cell: str) -> None:
    _, bwd = both_passes(attending(cell, 2))
    shares = [bwd.step_grads(t) for t in range(4)]
    for name in (name for name in bwd.grads if "_enc" not in name):
        total = sum(share[name] for share in shares)
        np.testing.assert_allclose(total, bwd.grads[name], rtol=0, atol=1e-14)


@ALL
@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("which", [(0,), (1, 2), (0, 1, 2)])
@pytest.mark.parametrize(("n_layers", "both"), [(1, False), (2, False), (2, True)])
def test_replayed_is_computed_bit_for_bit(cell, dtype, which, n_layers, both) -> None:
    model = attending(cell, n_layers, dtype, both)
    batch, targets = encode_decode(SOURCES, TARGETS, TARGET).batch(model, np.array(which))
    flat = np.zeros_like(model.flat)

    def run(params, batch, targets, flat):
        return backward(model, params, forward(model, params, batch), targets, flat)

    eager = run(model.params, batch, targets, np.zeros_like(flat))
    recording = Recording(run, model.params, batch, targets, flat)
    flat[:] = np.nan
    for _ in range(2):
        recording.replay()
    found: list[list[np.ndarray]] = [[], []]
    for trace, arrays in zip((recording.result, eager), found, strict=True):
        mapped(trace, np.ndarray, arrays.append)
    for ours, theirs in zip(*found, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@ALL
def test_going_on_looks_back_at_the_same_memory(cell: str) -> None:
    model = attending(cell)
    fwd, written = translate(model, [1, 2, 3], most=6)
    assert len(written.p) == len(fwd.y)
    np.testing.assert_allclose(fwd.p, written.p, rtol=1e-12)
    assert decode(model, [1, 2, 3], most=6).ids == written.ids


def test_one_word_gets_all_the_attention() -> None:
    fwd, _ = translate(attending(), [2], most=5)
    np.testing.assert_array_equal(fwd.alpha, 1)


def test_without_attention_every_context_is_zero() -> None:
    model = attending()
    fwd = begin(model, [1, 2, 3], written=[1, 3], attend=False)
    assert not fwd.context.any()
    y = fwd.showing(1).h @ model.params["W_hy"][:, :4].T + model.params["b_y"]
    np.testing.assert_allclose(fwd.y, y, rtol=1e-13)
    assert np.abs(fwd.y - begin(model, [1, 2, 3], written=[1, 3]).y).max() > 0.01


def test_a_memory_given_by_hand_gets_no_gradient() -> None:
    model = attending()
    fwd = begin(model, [1, 2, 3], written=[1, 3], attend=False)
    bwd = model.backward(fwd, [1, 3, 0])
    assert bwd.layers[0].d_above is None


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: Model(CELLS["rnn"](), TARGET, "xyz", 4, attends=True), "this network has none"),
        (lambda: attending().forward([0, 1]), "nothing to look back at"),
        (lambda: Hyperparameters(attention=1), "attention must be True or False"),
    ],
)
def test_attention_where_it_cannot_be(make, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        make()


def test_huge_scores_do_not_overflow() -> None:
    model = attending()
    h = np.full((2, 4, 1), 1e200) * np.array([1, -1])[:, None, None]
    fwd = model.read(Batch((np.array([[0]]),), memory=Memory(h)))
    assert sorted(fwd.alpha[0].tolist()) == [0, 1]
