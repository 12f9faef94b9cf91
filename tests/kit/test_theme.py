"""The colours of every figure: each has a partner in the dark, and all eyes tell them apart."""

import re
from itertools import combinations

import numpy as np
import pytest

from ui.kit import theme


def test_dark_colours_are_six_hexadecimal_digits_and_no_light_colour_is_used_twice() -> None:
    colours = [*theme.DARK, *theme.DARK.values()]
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in colours)
    named = [theme.INK, theme.QUIET, theme.FAINT, theme.HAIR, theme.CARD, theme.EMPTY, theme.ACCENT,
             theme.GRADIENT, theme.W_XH, theme.W_HH, theme.W_HY, theme.BIAS, theme.POSITIVE,
             theme.NEGATIVE, *theme.FORWARD, *theme.BACKWARD, *theme.AMOUNT]  # fmt: skip
    assert len(named) == len(set(named))


# Linear RGB -> what a dichromat sees, at full strength (Machado, Oliveira and Fernandes 2009).
BLINDNESS = {
    "none": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                   [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                     [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                   [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def seen(colour: str, blindness: str) -> np.ndarray:
    """CIE Lab of a colour as this eye sees it."""
    rgb = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(np.array(BLINDNESS[blindness]) @ linear, 0, 1) / TO_XYZ.sum(axis=1)
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), xyz * 841 / 108 + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


TOLD_APART = [
    *combinations((theme.W_XH, theme.W_HH, theme.W_HY), 2),
    (theme.FORWARD[0], theme.FORWARD[-1]),
    (theme.BACKWARD[0], theme.BACKWARD[-1]),
    (theme.POSITIVE, theme.NEGATIVE),
]


@pytest.mark.parametrize("blindness", BLINDNESS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("pair", TOLD_APART, ids="-".join)
def test_colours_are_told_apart(pair: tuple[str, str], dark: bool, blindness: str) -> None:
    first, second = (theme.DARK[c] if dark else c for c in pair)
    assert np.linalg.norm(seen(first, blindness) - seen(second, blindness)) >= 10
