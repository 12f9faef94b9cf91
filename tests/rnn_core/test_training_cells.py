"""Every cell, with layers and both directions, trains: sliced anyhow, in any size, to the end."""

import numpy as np
import pytest

from rnn_core import CELLS
from rnn_core.parameters import layers
from tests.models import run_of, story

SHAPES = [{}, {"n_layers": 3}, {"n_layers": 2, "bidirectional": True}]


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("cell", CELLS)
def test_slices_do_not_matter(cell: str, shape: dict) -> None:
    settings = {"cell": cell, "batch_size": 3, "optimizer": "adam", **shape}
    whole, sliced = run_of(**settings), run_of(**settings)
    whole.advance(epochs=4)
    while sliced.epoch < 4:
        sliced.advance(steps=2, epochs=4 - sliced.epoch)
    assert story(whole) == story(sliced)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("cell", CELLS)
def test_it_learns(cell: str, shape: dict) -> None:
    run = run_of(cell=cell, batch_size=2, optimizer="adam", lr=0.02, n_hidden=8, **shape)
    run.advance(epochs=60)
    assert run.history[-1].train_accuracy == 1.0


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("cell", CELLS)
def test_one_unit_and_a_long_sentence(cell: str, dtype: str) -> None:
    run = run_of(cell=cell, n_hidden=1, dtype=dtype)
    run.advance(epochs=1)
    ids = np.arange(200) % len(run.model.vocabulary)
    bwd = run.model.backward(run.model.forward(ids), 0)
    assert bwd.flat.dtype == np.dtype(dtype)
    assert np.isfinite(bwd.flat).all()
    assert bwd.d_h.shape == (200, 1)


def test_the_forget_bias_is_where_the_forget_gate_begins() -> None:
    q = run_of(cell="lstm", n_hidden=4, forget_bias=3.0, n_layers=2).model.params
    for suffix in ("", "_2"):
        np.testing.assert_array_equal(q["b_h" + suffix], [0] * 8 + [3] * 4 + [0] * 4)


@pytest.mark.parametrize("radius", [0.0, 1.3])
@pytest.mark.parametrize("cell", CELLS)
def test_every_recurrent_block_starts_with_one_radius(cell: str, radius: float) -> None:
    run = run_of(cell=cell, spectral_radius=radius, n_layers=2, bidirectional=True)
    for layer in layers(2, True):
        for block in np.split(run.model.params["W_hh" + layer.suffix], CELLS[cell].n_gates):
            np.testing.assert_allclose(np.abs(np.linalg.eigvals(block)), radius, atol=1e-12)


def test_names_say_the_place() -> None:
    names = [layer.suffix for layer in layers(2, True)]
    assert names == ["", "_back", "_2", "_2_back"]
