"""Digits: an 8x8 picture of a digit, read row by row from the top; which digit is it? The rule.

A digit of 6x4 pixels stands anywhere in the picture. Ink is lost with probability LOST, a pixel is
turned with probability TURNED; ink is between 0.6 and 1, paper between 0 and 0.2. It must not know
networks.
"""

from __future__ import annotations

import numpy as np

from rnn_core.cells import Array, Ints

SIZE = 8
LOST, TURNED = 0.05, 0.03
DRAWN = (
    "#### #..# #..# #..# #..# ####", "..#. .##. ..#. ..#. ..#. .###",
    "#### ...# ..#. .#.. #... ####", "#### ...# .### ...# ...# ####",
    "#..# #..# #### ...# ...# ...#", "#### #... ###. ...# #..# .##.",
    ".##. #... ###. #..# #..# .##.", "#### ...# ...# ..#. .#.. .#..",
    ".##. #..# .##. #..# #..# .##.", ".##. #..# .### ...# ...# .##.",
)  # fmt: skip
GLYPHS = np.array([[[c == "#" for c in row] for row in digit.split()] for digit in DRAWN], float)
NAMES = tuple("0123456789")


def draw(rng: np.random.Generator, n: int) -> tuple[Array, Ints]:
    """n pictures (n, 8 rows, 8), and the digits in them (n,)."""
    digits, rows, columns = (rng.integers(0, top, n) for top in (10, 3, 5))
    pictures = np.stack([
        placed(int(digit), int(row), int(column))
        for digit, row, column in zip(digits, rows, columns, strict=True)
    ])  # fmt: skip
    pictures *= rng.random(pictures.shape) >= LOST
    pictures = np.abs(pictures - (rng.random(pictures.shape) < TURNED))
    ink, paper = 0.6 + 0.4 * rng.random(pictures.shape), 0.2 * rng.random(pictures.shape)
    return np.where(pictures > 0, ink, paper), digits


def placed(digit: int, row: int, column: int) -> Array:
    """(8, 8) a clean digit with its upper left corner there: rows 0 to 2, columns 0 to 4."""
    picture = np.zeros((SIZE, SIZE))
    picture[row : row + 6, column : column + 4] = GLYPHS[digit]
    return picture
