"""Parameters: one flat vector with named views, and how it starts.

An optimizer sees one vector; a reader sees W_xh, W_hh, W_hy, b_h, b_y. They are the same
numbers in the same memory. This room must not know what the parameters are used for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from rnn_core.cells.base import Array

Shapes = Mapping[str, tuple[int, ...]]
Arrays = Mapping[str, Array]
CACHE_LINE = 64  # bytes


@dataclass(frozen=True)
class Layer:
    """A cell's place in the network.

    number : 0 reads the inputs, 1 the states of 0, and so on. backwards : it reads from the last
    step to the first. encoder : it belongs to the segment that is read before the last one.
    """

    number: int = 0
    backwards: bool = False
    encoder: bool = False

    @property
    def suffix(self) -> str:
        """What its parameters' names end in: W_xh, W_xh_2, W_xh_back, W_xh_enc, W_xh_enc_2."""
        higher = f"_{self.number + 1}" if self.number else ""
        return ("_enc" if self.encoder else "") + higher + ("_back" if self.backwards else "")

    def turn(self, array: Any) -> Any:
        """From the order of the sequence to the order of reading, or back; None stays None."""
        return array[::-1] if self.backwards and array is not None else array


def layers(n_layers: int, bidirectional: bool, encoder: bool = False) -> list[Layer]:
    """All layers of one segment, from the inputs up."""
    directions = (False, True) if bidirectional else (False,)
    return [Layer(number, way, encoder) for number in range(n_layers) for way in directions]


def aligned_zeros(shape: tuple[int, ...], dtype: DTypeLike) -> Array:
    """Zeros that begin at a cache line: products of 128 units are then half again as fast."""
    size = math.prod(shape)
    room = np.zeros(size + CACHE_LINE // 4, dtype)  # a number has 4 bytes at least
    start = -room.__array_interface__["data"][0] % CACHE_LINE // room.itemsize
    aligned: Array = room[start : start + size].reshape(shape)
    return aligned


def parameter_shapes(
    segments: Sequence[Sequence[Layer]], n_inputs: Sequence[int], n_gates: int, n_hidden: int,
    n_classes: int, n_start: int = 0, attends: bool = False,
) -> dict[str, tuple[int, ...]]:  # fmt: skip
    """Name and shape of every parameter: W_xh (kH, N), W_hh (kH, H), W_hy (C, H), b_h, b_y.

    n_inputs : N for each segment: how many words, or how long a vector. Higher and backwards layers
    have names of their own; their W_xh is (kH, DH), for they read the D = 1 or 2 states below one
    upon the other, and W_hy is (C, DH). Of an encoder in both directions each has H/2 units.
    attends : W_hy is (C, 2H), for the readout sees a context as well. n_start : F of a vector that
    becomes the first state of all L layers, by W_vh (LH, F) and b_v (LH,).
    """
    places = [layer for segment in segments for layer in segment]
    shapes: dict[str, tuple[int, ...]] = {}
    for segment, n in zip(segments, n_inputs, strict=True):
        ways = 1 + segment[-1].backwards
        units = n_hidden // ways if segment[0].encoder else n_hidden
        for layer in segment:
            shapes["W_xh" + layer.suffix] = (n_gates * units, ways * units if layer.number else n)
            shapes["W_hh" + layer.suffix] = (n_gates * units, units)
    shapes["W_hy"] = (n_classes, ways * units * (1 + attends))
    shapes |= {"b_h" + layer.suffix: shapes["W_hh" + layer.suffix][:1] for layer in places}
    shapes["b_y"] = (n_classes,)
    if n_start:
        shapes |= {"W_vh": (len(places) * n_hidden, n_start), "b_v": (len(places) * n_hidden,)}
    return shapes


def named_views(flat: Array, shapes: Shapes) -> dict[str, Array]:
    """Cut a flat vector into named arrays that share its memory.

    W_xh (kH, V) lies column by column, so that picking a word's column is one contiguous read.
    """
    views: dict[str, Array] = {}
    start = 0
    for name, shape in shapes.items():
        piece = flat[start : start + math.prod(shape)]
        by_column = name.startswith("W_xh")
        views[name] = piece.reshape(shape[::-1]).T if by_column else piece.reshape(shape)
        start += math.prod(shape)
    return views


def start_tiny(params: Arrays, rng: np.random.Generator, spectral_radius: float) -> None:
    """Every weight from N(0, 1) / 1000: the write-up's own start. The gradient vanishes in it."""
    for name, array in params.items():
        if name.startswith("W"):
            array[...] = rng.standard_normal(array.shape) / 1000


def start_uniform(params: Arrays, rng: np.random.Generator, spectral_radius: float) -> None:
    """Every weight and bias from U(-1/sqrt(H), 1/sqrt(H)): what PyTorch does."""
    bound = 1 / np.sqrt(params["W_hh"].shape[1])
    for array in params.values():
        array[...] = rng.uniform(-bound, bound, array.shape)


def start_orthogonal(params: Arrays, rng: np.random.Generator, spectral_radius: float) -> None:
    """W_hh = radius x a random orthogonal matrix for each gate; other weights from N(0, 1/H).

    A rotation times the radius: all eigenvalues have that size, so the state neither dies nor
    explodes at once. Source: Saxe et al. 2014.
    """
    for array in (array for name, array in params.items() if name.startswith("W_hh")):
        n_units = array.shape[1]
        for block in np.split(array, len(array) // n_units):
            q, r = np.linalg.qr(rng.standard_normal((n_units, n_units)))
            block[...] = spectral_radius * q * np.sign(np.diag(r))
    for name, array in params.items():
        if name.startswith(("W_xh", "W_hy", "W_vh")):
            array[...] = rng.standard_normal(array.shape) / np.sqrt(params["W_hh"].shape[1])


def start_positive(params: Arrays, rng: np.random.Generator, spectral_radius: float) -> None:
    """Every weight and bias from U(0, 1), as a first version in a textbook draws them.

    Nothing cancels: a sum of H positive terms is of size H/4 and pushes every unit to the end of
    tanh, where its derivative is 0. The radius of W_hh is H/2.
    """
    for array in params.values():
        array[...] = rng.uniform(0, 1, array.shape)


INITIALIZERS: dict[str, Callable[[Arrays, np.random.Generator, float], None]] = {
    "orthogonal": start_orthogonal, "uniform": start_uniform, "tiny": start_tiny,
    "positive": start_positive,
}  # fmt: skip
