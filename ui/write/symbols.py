"""A text as it is shown: each symbol on a colour, by its surprise or by what a unit holds there."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ui.kit.player import Node, node
from ui.kit.theme import AMOUNT, CARD, FORWARD, INK

BITS = (0.5, 1.5, 3.0, 5.0, 7.0)
"""Surprises from which on a symbol is one shade darker."""


def surprise(p: float) -> float:
    """-log2 p, in bits."""
    return -math.log2(max(p, 1e-12))


def shades(p: np.ndarray) -> list[int]:
    """For each probability (T,) a number of AMOUNT: the more surprise, the darker."""
    bits = -np.log2(np.maximum(p, 1e-12))
    return [int(shade) for shade in np.searchsorted(BITS, bits, side="right")]


def unit_shades(values: np.ndarray) -> list[int]:
    """For each value (T,) of a unit in -1..1 a number of FORWARD."""
    last = len(FORWARD) - 1
    return [round((min(max(value, -1.0), 1.0) + 1) / 2 * last) for value in values.tolist()]


def colored(
    shown: Sequence[str], shade: Sequence[int], colors: Sequence[str], glue: str = "",
    click: str | None = None, first: int = 0,
) -> list[Node]:  # fmt: skip
    """Symbols side by side, each on its colour.

    shade : for each a number of colors. glue : what stands between two (words). click : a click on
    a symbol reports {click: its number}; without it, symbols that are alike are one run, and the
    film goes to its last. first : the number of the first symbol.
    """
    made: list[Node] = []
    start = 0
    for i in range(1, len(shown) + 1):
        alike = i < len(shown) and shade[i] == shade[start] and shown[i - 1] != "\n"
        if alike and click is None:
            continue
        text = glue.join(shown[start:i]).replace("\n", "↵\n")
        dark = shade[start] in (0, len(colors) - 1) and colors is FORWARD
        dark = dark or (colors is AMOUNT and shade[start] >= 4)
        place = first + i - 1
        act = {"go": place} if click is None else {"click": {click: place}}
        made.append(node(
            "span", text, fill=colors[shade[start]],
            color=CARD if dark else INK, class_="symbol", **act,
        ))  # fmt: skip
        if glue and i < len(shown) and shown[i - 1] != "\n":
            made.append(glue)
        start = i
    return made
