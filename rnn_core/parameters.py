"""Parameters: one flat vector with named views, and how it starts.

An optimizer sees one vector; a reader sees W_xh, W_hh, W_hy, b_h, b_y. They are the same
numbers in the same memory. This room must not know what the parameters are used for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import DTypeLike

from rnn_core.batch import Array

Shapes = Mapping[str, tuple[int, ...]]


CACHE_LINE = 64  # bytes


def aligned_zeros(shape: tuple[int, ...], dtype: DTypeLike) -> Array:
    """Zeros that begin at a cache line: products of 128 units are then half again as fast."""
    size = math.prod(shape)
    room = np.zeros(size + CACHE_LINE // 4, dtype)  # a number has 4 bytes at least
    start = -room.__array_interface__["data"][0] % CACHE_LINE // room.itemsize
    aligned: Array = room[start : start + size].reshape(shape)
    return aligned


def aligned_zeros_like(array: Array) -> Array:
    """Zeros of the same shape and dtype."""
    return aligned_zeros(array.shape, array.dtype)


def named_views(flat: Array, shapes: Shapes) -> dict[str, Array]:
    """Cut a flat vector into named arrays that share its memory.

    W_xh (kH, V) lies column by column, so that picking a word's column is one contiguous read.
    """
    views: dict[str, Array] = {}
    start = 0
    for name, shape in shapes.items():
        piece = flat[start : start + math.prod(shape)]
        views[name] = piece.reshape(shape[::-1]).T if name == "W_xh" else piece.reshape(shape)
        start += piece.size
    return views


def parameter_shapes(
    n_gates: int, n_hidden: int, n_words: int, n_classes: int
) -> dict[str, tuple[int, ...]]:
    """Name and shape of every parameter: W_xh (kH, V), W_hh (kH, H), W_hy (C, H), b_h, b_y."""
    rows = n_gates * n_hidden
    return {
        "W_xh": (rows, n_words),
        "W_hh": (rows, n_hidden),
        "W_hy": (n_classes, n_hidden),
        "b_h": (rows,),
        "b_y": (n_classes,),
    }


def start_tiny(params: Mapping[str, Array], rng: np.random.Generator, radius: float) -> None:
    """Every weight from N(0, 1) / 1000: the write-up's own start. The gradient vanishes in it."""
    for name in ("W_xh", "W_hh", "W_hy"):
        params[name][...] = rng.standard_normal(params[name].shape) / 1000


def start_uniform(params: Mapping[str, Array], rng: np.random.Generator, radius: float) -> None:
    """Every weight and bias from U(-1/sqrt(H), 1/sqrt(H)): what PyTorch does."""
    bound = 1 / np.sqrt(params["W_hh"].shape[1])
    for array in params.values():
        array[...] = rng.uniform(-bound, bound, array.shape)


def start_orthogonal(params: Mapping[str, Array], rng: np.random.Generator, radius: float) -> None:
    """W_hh = radius x a random orthogonal matrix for each gate; other weights from N(0, 1/H).

    A rotation times the radius: all eigenvalues have that size, so the state neither dies nor
    explodes at once. Source: Saxe et al. 2014.
    """
    n_hidden = params["W_hh"].shape[1]
    for block in np.split(params["W_hh"], params["W_hh"].shape[0] // n_hidden):
        q, r = np.linalg.qr(rng.standard_normal((n_hidden, n_hidden)))
        block[...] = radius * q * np.sign(np.diag(r))
    for name in ("W_xh", "W_hy"):
        params[name][...] = rng.standard_normal(params[name].shape) / np.sqrt(n_hidden)


STARTS: dict[str, Callable[[Mapping[str, Array], np.random.Generator, float], None]] = {
    "orthogonal": start_orthogonal,
    "uniform": start_uniform,
    "tiny": start_tiny,
}
