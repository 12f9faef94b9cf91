"""Parameters: one memory with names, and the ways to begin."""

import numpy as np
import pytest

from rnn_core import INITIALIZERS, Hyperparameters, load_dataset
from rnn_core.experiments.analysis import gradient_norms, saturation
from rnn_core.parameters import aligned_zeros, layers, named_views, parameter_shapes
from rnn_core.training import untrained

H = 12


def started(init: str, n_gates: int = 1, spectral_radius: float = 0.9, seed: int = 0) -> dict:
    shapes = parameter_shapes([layers(1, False)], [18], n_gates, H, 2)
    params = named_views(np.zeros(sum(int(np.prod(s)) for s in shapes.values())), shapes)
    INITIALIZERS[init](params, np.random.default_rng(seed), spectral_radius)
    return params


def test_names_cover_the_vector_once() -> None:
    shapes = parameter_shapes([layers(1, False)], [18], 1, 64, 2)
    flat = np.arange(5442.0)
    views = named_views(flat, shapes)
    assert sorted(np.concatenate([v.ravel() for v in views.values()])) == flat.tolist()
    views["W_hh"][3, 5] = -1
    assert (flat == -1).sum() == 1
    assert {name: view.shape for name, view in views.items()} == shapes


def test_every_place_has_names_of_its_own() -> None:
    segments = [layers(2, False, encoder=True), layers(2, False)]
    shapes = parameter_shapes(segments, [7, 5], 3, H, 6)
    assert shapes["W_xh_enc"] == (3 * H, 7)
    assert shapes["W_xh"] == (3 * H, 5)
    assert shapes["W_xh_2"] == shapes["W_hh_enc_2"] == (3 * H, H)
    assert shapes["W_hy"] == (6, H)
    both = parameter_shapes([layers(2, True)], [5], 1, H, 6)
    assert both["W_xh_2_back"] == (H, 2 * H)
    assert both["W_hy"] == (6, 2 * H)
    started_by = parameter_shapes([layers(2, False)], [5], 1, H, 6, n_start=9)
    assert (started_by["W_vh"], started_by["b_v"]) == ((2 * H, 9), (2 * H,))


def test_a_words_column_is_contiguous() -> None:
    assert started("uniform")["W_xh"][:, 3].flags.c_contiguous


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("shape", [(1,), (7, 3), (5, 4, 1)])
def test_aligned_zeros(dtype: str, shape: tuple[int, ...]) -> None:
    array = aligned_zeros(shape, dtype)
    assert (array.shape, array.dtype, array.ctypes.data % 64) == (shape, np.dtype(dtype), 0)
    assert not array.any()


@pytest.mark.parametrize("init", INITIALIZERS)
def test_a_start_is_decided_by_its_generator(init: str) -> None:
    one, same, other = started(init), started(init), started(init, seed=1)
    assert all(np.array_equal(one[name], same[name]) for name in one)
    assert all(not np.array_equal(one[name], other[name]) for name in ("W_xh", "W_hh", "W_hy"))


@pytest.mark.parametrize("n_gates", [1, 3])
@pytest.mark.parametrize("spectral_radius", [0.0, 0.9, 1.5])
def test_orthogonal_has_one_size_of_eigenvalue(n_gates: int, spectral_radius: float) -> None:
    for block in np.split(started("orthogonal", n_gates, spectral_radius)["W_hh"], n_gates):
        np.testing.assert_allclose(np.abs(np.linalg.eigvals(block)), spectral_radius, atol=1e-12)


@pytest.mark.parametrize("init", ["orthogonal", "tiny"])
def test_biases_begin_at_zero(init: str) -> None:
    params = started(init)
    assert not params["b_h"].any()
    assert not params["b_y"].any()


def test_sizes_are_as_said() -> None:
    assert 0.0008 < started("tiny")["W_xh"].std() < 0.0012
    assert 0.9 < started("orthogonal")["W_xh"].std() * np.sqrt(H) < 1.1
    everything = np.concatenate([v.ravel() for v in started("uniform").values()])
    assert 0.95 / np.sqrt(H) < np.abs(everything).max() <= 1 / np.sqrt(H)


def test_positive_weights_push_every_unit_to_the_end_of_tanh() -> None:
    params = started("positive")
    assert all((array >= 0).all() and (array < 1).all() for array in params.values())
    model = untrained(load_dataset("sentiment"), Hyperparameters(init="positive"), None,
                      np.random.default_rng(0))  # fmt: skip
    fwd = model.forward("i am not at all bad")
    lengths = gradient_norms(model.backward(fwd, "positive"))
    assert saturation(fwd)[1:].min() == 1
    assert lengths[-2] < 1e-9 * lengths[-1]
