"""Parameters: one flat vector with named views, and how it starts.

An optimizer sees one vector; a reader sees W_xh, W_hh, W_hy, b_h, b_y. They are the same
numbers in the same memory. This room must not know what the parameters are used for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike

from rnn_core.batch import Array

Shapes = Mapping[str, tuple[int, ...]]
CACHE_LINE = 64  # bytes


@dataclass(frozen=True)
class Layer:
    """A cell's place in the network.

    number : 0 reads the words, 1 the states of 0, and so on. backwards : it reads from the last
    word to the first.
    """

    number: int = 0
    backwards: bool = False

    @property
    def suffix(self) -> str:
        """What its parameters' names end in: W_xh, W_xh_2, W_xh_back, W_xh_2_back."""
        higher = f"_{self.number + 1}" if self.number else ""
        return higher + ("_back" if self.backwards else "")


def layers(n_layers: int, bidirectional: bool) -> list[Layer]:
    """All layers, from the words up."""
    directions = (False, True) if bidirectional else (False,)
    return [Layer(number, way) for number in range(n_layers) for way in directions]


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


def parameter_shapes(
    n_gates: int,
    n_hidden: int,
    n_words: int,
    n_classes: int,
    n_layers: int = 1,
    bidirectional: bool = False,
) -> dict[str, tuple[int, ...]]:
    """Name and shape of every parameter: W_xh (kH, V), W_hh (kH, H), W_hy (C, H), b_h, b_y.

    Higher and backwards layers have names of their own; their W_xh is (kH, DH), for they read
    the D = 1 or 2 states below side by side, and W_hy is (C, DH).
    """
    rows, places = n_gates * n_hidden, layers(n_layers, bidirectional)
    width = n_hidden * (2 if bidirectional else 1)
    shapes: dict[str, tuple[int, ...]] = {}
    for layer in places:
        shapes["W_xh" + layer.suffix] = (rows, width if layer.number else n_words)
        shapes["W_hh" + layer.suffix] = (rows, n_hidden)
    shapes["W_hy"] = (n_classes, width)
    shapes.update({"b_h" + layer.suffix: (rows,) for layer in places})
    shapes["b_y"] = (n_classes,)
    return shapes


def _places(shapes: Shapes) -> dict[str, slice]:
    """Where each name lies in the flat vector: every b_h right behind its W_xh."""
    places: dict[str, slice] = {}
    start = 0
    for first in shapes:
        pair = (first, first.replace("W_xh", "b_h")) if first.startswith("W_xh") else (first,)
        for name in pair:
            if name not in places:
                places[name] = slice(start, start + math.prod(shapes[name]))
                start = places[name].stop
    return places


def named_views(flat: Array, shapes: Shapes) -> dict[str, Array]:
    """Cut a flat vector into named arrays that share its memory.

    W_xh (kH, V) lies column by column, so that picking a word's column is one contiguous read.
    """
    pieces = {name: flat[place] for name, place in _places(shapes).items()}
    return {
        name: pieces[name].reshape(shape[::-1]).T
        if name.startswith("W_xh")
        else pieces[name].reshape(shape)
        for name, shape in shapes.items()
    }


def with_bias(flat: Array, shapes: Shapes, suffix: str) -> Array:
    """(V + 1, kH) the columns of a W_xh as rows and below them its b_h: one block of memory.

    A bias is the weight of a word that is always there, so one product yields both gradients.
    """
    places = _places(shapes)
    block = flat[places["W_xh" + suffix].start : places["b_h" + suffix].stop]
    return block.reshape(-1, *shapes["b_h" + suffix])


def start_tiny(params: Mapping[str, Array], rng: np.random.Generator, radius: float) -> None:
    """Every weight from N(0, 1) / 1000: the write-up's own start. The gradient vanishes in it."""
    for name, array in params.items():
        if name.startswith("W"):
            array[...] = rng.standard_normal(array.shape) / 1000


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
    for name, array in params.items():
        if name.startswith("W_hh"):
            for block in np.split(array, len(array) // n_hidden):
                q, r = np.linalg.qr(rng.standard_normal((n_hidden, n_hidden)))
                block[...] = radius * q * np.sign(np.diag(r))
    for name, array in params.items():
        if name.startswith(("W_xh", "W_hy")):
            array[...] = rng.standard_normal(array.shape) / np.sqrt(n_hidden)


STARTS: dict[str, Callable[[Mapping[str, Array], np.random.Generator, float], None]] = {
    "orthogonal": start_orthogonal,
    "uniform": start_uniform,
    "tiny": start_tiny,
}
