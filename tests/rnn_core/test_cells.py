"""Cells keep the protocol; activations are what they say, and so are their derivatives."""

import numpy as np
import pytest

from rnn_core import ACTIVATIONS, CELLS
from tests.models import KINDS, SENTENCE, small_model

POINTS = np.array([-50.0, -3.0, -0.5, 0.2, 0.7, 4.0, 50.0])


def value(name: str, a: np.ndarray) -> np.ndarray:
    return ACTIVATIONS[name].value(a)


def test_the_write_ups_cell_is_there() -> None:
    assert "rnn" in CELLS
    assert set(ACTIVATIONS) >= {"tanh", "relu", "sigmoid"}


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("tanh", np.tanh),
        ("relu", lambda a: a * (a > 0)),
        ("sigmoid", lambda a: 1 / (1 + np.exp(-a))),
    ],
)
def test_activations_are_their_formulas(name: str, formula) -> None:
    np.testing.assert_allclose(value(name, POINTS), formula(POINTS), rtol=1e-14, atol=1e-16)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_derivatives_are_those_of_the_values(name: str) -> None:
    epsilon = 1e-6
    numeric = (value(name, POINTS + epsilon) - value(name, POINTS - epsilon)) / (2 * epsilon)
    found = ACTIVATIONS[name].derivative(value(name, POINTS))
    np.testing.assert_allclose(found, numeric, atol=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("a", [-1e300, 1e300])
def test_no_activation_overflows(name: str, a: float) -> None:
    assert np.isfinite(value(name, np.array([a]))).all()


def test_relu_passes_nothing_at_its_kink() -> None:
    assert ACTIVATIONS["relu"].derivative(np.zeros(1)) == [0.0]


@pytest.mark.parametrize(("cell", "activation"), KINDS)
def test_cells_keep_the_protocol(cell: str, activation: str) -> None:
    model = small_model(cell, activation)
    fwd = model.forward(SENTENCE)
    names = [signal.name for signal in model.cell.signals]
    assert names[0] == "h"
    assert model.cell.carry[0] == "h"
    assert set(model.cell.carry) <= set(names) <= set(fwd.signals)
    assert all(fwd.signals[name].shape == (len(SENTENCE), 4, 1) for name in names)
    assert fwd.a.shape == (len(SENTENCE), model.cell.n_gates * model.n_hidden)
    assert all(signal.low < signal.high and signal.meaning for signal in model.cell.signals)
