"""The check must be able to fail: a wrong backward pass is found where it is wrong."""

import numpy as np
import pytest

from rnn_core import check_gradients, numeric_gradients, relative_errors
from rnn_core.cells import RNN, Step
from tests.models import small_model


class MissingTranspose(RNN):
    """The write-up's bug: W_hh d_a where W_hh^T d_a belongs."""

    def backward(self, W_hh, before, now, d):
        d_now, _ = super().backward(W_hh, before, now, d)
        return d_now, Step(h=W_hh @ d_now.a)


def errors_of_the_bug(ids: list[int]) -> dict[str, float]:
    model = small_model()
    model.cell = MissingTranspose()
    return check_gradients(model, ids, 1)


# With h_0 = 0 and two words only the last step reaches W_hh, and that step is right.
CAUGHT = [([0, 1], ("W_xh", "b_h")), ([0, 2, 1, 2, 4], ("W_xh", "W_hh", "b_h"))]


@pytest.mark.parametrize(("ids", "name"), [(ids, name) for ids, names in CAUGHT for name in names])
def test_a_missing_transpose_is_caught(ids: list[int], name: str) -> None:
    assert errors_of_the_bug(ids)[name] > 1e-2


@pytest.mark.parametrize("name", ["W_hy", "b_y"])
def test_the_readout_does_not_notice(name: str) -> None:
    assert errors_of_the_bug([0, 2, 1, 2, 4])[name] < 1e-7


def test_one_word_does_not_notice() -> None:
    assert max(errors_of_the_bug([3]).values()) < 1e-7


def test_float32_is_refused() -> None:
    with pytest.raises(ValueError, match="float64"):
        check_gradients(small_model(dtype="float32"), [0, 1], 1)


def test_the_model_is_left_as_it_was() -> None:
    model = small_model()
    before = model.flat.copy()
    check_gradients(model, [0, 1], 1)
    np.testing.assert_array_equal(model.flat, before)


def test_a_derivative_known_by_heart() -> None:
    # L = -ln p_c moves by p_i - [i = c] with b_y_i.
    model = small_model()
    fwd = model.forward([2, 0])
    numeric = numeric_gradients(model, fwd.batch, model.targets(fwd, 1))
    np.testing.assert_allclose(numeric["b_y"], fwd.p[-1] - [0, 1, 0], rtol=0, atol=1e-9)


def test_only_the_numbers_asked_for_are_moved() -> None:
    model = small_model()
    fwd = model.forward([2, 0, 1])
    asked = fwd.batch, model.targets(fwd, 1)
    whole, which = numeric_gradients(model, *asked), {}
    for name, array in model.params.items():
        which[name] = np.zeros(array.shape, bool)
        which[name][-1] = True
    part = numeric_gradients(model, *asked, which=which)
    for name, array in whole.items():
        np.testing.assert_array_equal(part[name], np.where(which[name], array, 0))


@pytest.mark.parametrize(
    ("one", "other", "error"),
    [([3.0, 4.0], [3.0, 4.0], 0), ([3.0, 4.0], [0.0, 0.0], 1), ([0.0], [0.0], 0), ([1], [-1], 2)],
)
def test_relative_errors(one: list[float], other: list[float], error: float) -> None:
    found = relative_errors({"q": np.array(one)}, {"q": np.array(other)})
    assert found == {"q": pytest.approx(error)}
