"""Captions: an 8x8 picture with one or two shapes, and what is said of it; the rule.

    cross top left and square bottom right

Each quarter of the picture holds at most one shape of 3x3 pixels, anywhere in its 4x4; they are
named in the order of reading. It must not know networks.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from rnn_core.cells import Array

SHAPES = {
    "square": ("###", "#.#", "###"), "cross": (".#.", "###", ".#."), "ex": ("#.#", ".#.", "#.#"),
    "block": ("###", "###", "###"), "corner": ("#..", "#..", "###"), "tee": ("###", ".#.", ".#."),
}  # fmt: skip
PIXELS = {name: np.array([[c == "#" for c in row] for row in rows], float)
          for name, rows in SHAPES.items()}  # fmt: skip
PLACES = {"top left": (0, 0), "top right": (0, 4), "bottom left": (4, 0), "bottom right": (4, 4)}
WORDS = (*SHAPES, "top", "bottom", "left", "right", "and")
SIZE = 8
HELD_OUT = frozenset(zip(SHAPES, [*SHAPES, *SHAPES][1:7], strict=True))
"""Shapes that are never in one picture in training, in this order of reading."""
Seen = tuple[tuple[str, str], ...]
"""(shape, place) of each shape, in the order of reading."""


def all_pictures() -> tuple[list[Array], list[Seen]]:
    """Every picture with one or two shapes, (8, 8) of 0 and 1, and what is in it: 3,552."""
    single = [
        ((shape, place), placed(shape, row + down, column + right))
        for place, (row, column) in PLACES.items()
        for shape in SHAPES
        for down, right in product((0, 1), repeat=2)
    ]
    order = list(PLACES)
    both = [
        ((one, other), picture + more)
        for one, picture in single
        for other, more in single
        if order.index(one[1]) < order.index(other[1])
    ]
    found: list[tuple[Seen, Array]] = [*(((one,), picture) for one, picture in single), *both]
    return [picture for _, picture in found], [seen for seen, _ in found]


def placed(shape: str, row: int, column: int) -> Array:
    """(8, 8) a shape with its upper left corner there."""
    picture = np.zeros((SIZE, SIZE))
    picture[row : row + 3, column : column + 3] = PIXELS[shape]
    return picture


def words(seen: Seen) -> list[str]:
    """The caption."""
    said = [f"{shape} {place}" for shape, place in seen]
    return " and ".join(said).split()


def seen_in(picture: Array) -> Seen | None:
    """What is in a picture (8, 8), lit above one half; () if it is empty, and None where it holds
    anything but whole shapes, each in a quarter.
    """
    lit, found = np.asarray(picture) > 0.5, list[tuple[str, str]]()
    for place, (row, column) in PLACES.items():
        quarter = lit[row : row + 4, column : column + 4]
        fits = [shape for shape, (down, right) in product(SHAPES, product((0, 1), repeat=2))
                if (placed(shape, down, right)[:4, :4] == quarter).all()]  # fmt: skip
        if quarter.any() and not fits:
            return None
        found += [(fits[0], place)] if fits else []
    return tuple(found)


def right(picture: Array) -> list[str] | None:
    """The caption of an own picture (8, 8); None where the rule has none: more than two shapes, no
    shape at all, or something else.
    """
    seen = seen_in(picture)
    return words(seen) if seen and len(seen) <= 2 else None


def is_held_out(seen: Seen) -> bool:
    """Whether its two shapes never met in training."""
    return len(seen) == 2 and (seen[0][0], seen[1][0]) in HELD_OUT
