"""Optimizers against a plain textbook loop and against PyTorch's; clipping."""

import math
from collections.abc import Iterator

import numpy as np
import pytest

from rnn_core import OPTIMIZERS
from rnn_core.optimizers import clip, norm
from tests.conftest import HAS_TORCH

LR, N_STEPS = 0.03, 12
GRADS = np.random.default_rng(1).normal(size=(N_STEPS, 5)) * [1, 10, 0.1, 1e-6, 0]
START = [0.5, -1.0, 2.0, 0.0, 3.0]


def textbook(name: str, q: float, grads: Iterator[float]) -> float:
    """One number moved by the formula of the book."""
    v = s = m = 0.0
    for n, g in enumerate(grads, 1):
        if name == "sgd":
            q -= LR * g
        elif name == "momentum":
            v = 0.9 * v + g
            q -= LR * v
        elif name == "rmsprop":
            s = 0.99 * s + 0.01 * g**2
            q -= LR * g / (math.sqrt(s) + 1e-8)
        elif name == "adam":
            m = 0.9 * m + 0.1 * g
            s = 0.999 * s + 0.001 * g**2
            q -= LR * (m / (1 - 0.9**n)) / (math.sqrt(s / (1 - 0.999**n)) + 1e-8)
        else:
            pytest.fail(f"the book has no {name}: add it to this test")
    return q


def moved(name: str, dtype: str = "float64") -> np.ndarray:
    theta, optimizer = np.array(START, dtype), OPTIMIZERS[name]
    state = optimizer.start(theta)
    for grad in GRADS.astype(dtype):
        optimizer.update(theta, grad, state, LR)
    return theta


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_each_follows_the_book(name: str) -> None:
    expected = [textbook(name, q, iter(grads)) for q, grads in zip(START, GRADS.T, strict=True)]
    np.testing.assert_allclose(moved(name), expected, rtol=1e-12)


@pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed")
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_each_follows_pytorch(name: str) -> None:
    import torch

    make = {
        "sgd": lambda q: torch.optim.SGD(q, LR),
        "momentum": lambda q: torch.optim.SGD(q, LR, momentum=0.9),
        "rmsprop": lambda q: torch.optim.RMSprop(q, LR),
        "adam": lambda q: torch.optim.Adam(q, LR),
    }[name]
    theta = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = make([theta])
    for grad in GRADS:
        theta.grad = torch.tensor(grad)
        optimizer.step()
    np.testing.assert_allclose(moved(name), theta.detach().numpy(), rtol=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_the_type_stays(name: str) -> None:
    theta, grad = np.ones(3, np.float32), np.array([1, 2, 3], np.float32)
    state = OPTIMIZERS[name].start(theta)
    OPTIMIZERS[name].update(theta, grad, state, LR)
    assert theta.dtype == np.float32
    assert moved(name, "float32").dtype == np.float32


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_runs_do_not_share_a_memory(name: str) -> None:
    assert moved(name).tolist() == moved(name).tolist()


def length_of(array: np.ndarray) -> float:
    with np.errstate(over="ignore", invalid="ignore"):  # as a run calls it
        return norm(array)


def clipped(grad: list[float], how: str, at: float) -> tuple[bool, list[float]]:
    array = np.array(grad)
    return clip(array, how, at, length_of(array)), array.tolist()


@pytest.mark.parametrize(
    ("grad", "at", "cut", "left"),
    [
        ([0.5, -0.5], 1.0, False, [0.5, -0.5]),
        ([0.9, -0.9], 1.0, False, [0.9, -0.9]),  # longer than 1, but no entry is
        ([3.0, -0.5], 1.0, True, [1.0, -0.5]),
        ([0.5, -3.0], 1.0, True, [0.5, -1.0]),
        ([1.0, -1.0], 1.0, False, [1.0, -1.0]),
        ([0.0, 0.2], 0.1, True, [0.0, 0.1]),
        ([1e300, -1e300], 1.0, True, [1.0, -1.0]),
    ],
)
def test_clip_by_value(grad: list, at: float, cut: bool, left: list) -> None:
    assert clipped(grad, "value", at) == (cut, left)


@pytest.mark.parametrize(
    ("grad", "at", "cut", "left"),
    [
        ([0.3, 0.4], 1.0, False, [0.3, 0.4]),
        ([3.0, 4.0], 5.0, False, [3.0, 4.0]),
        ([3.0, 4.0], 1.0, True, [0.6, 0.8]),
        ([3e300, 4e300], 5.0, True, [3.0, 4.0]),
    ],
)
def test_clip_by_norm_keeps_the_direction(grad: list, at: float, cut: bool, left: list) -> None:
    was_cut, found = clipped(grad, "norm", at)
    assert was_cut == cut
    assert found == pytest.approx(left, rel=1e-14)


def test_no_clip_does_nothing() -> None:
    assert clipped([1e9, -1e9], "none", 1.0) == (False, [1e9, -1e9])


@pytest.mark.parametrize("seed", range(20))
def test_the_shortcut_never_skips_a_needed_cut(seed: int) -> None:
    rng = np.random.default_rng(seed)
    grad = rng.normal(size=rng.integers(1, 9)) * rng.choice([0.1, 0.5, 1, 2])
    cut, found = clipped(grad.tolist(), "value", 1.0)
    assert found == np.clip(grad, -1, 1).tolist()
    assert cut == bool((np.abs(grad) > 1).any())


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(
    ("grad", "length"),
    [
        ([3, 4], 5.0),
        ([0, 0], 0.0),
        ([3e30, -4e30], 5e30),
        ([np.inf, 1], np.inf),
        ([-np.inf, np.inf], np.inf),
        ([np.nan, 1], np.nan),
        ([np.nan, np.inf], np.nan),
    ],
)
def test_norm(grad: list, length: float, dtype: str) -> None:
    assert length_of(np.array(grad, dtype)) == pytest.approx(length, rel=1e-6, nan_ok=True)


def test_norm_of_huge_numbers() -> None:
    assert length_of(np.array([3e300, 4e300])) == pytest.approx(5e300)
