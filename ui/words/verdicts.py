"""What a relative error means: a sign, a word and a colour, never the colour alone."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from ui.figures.theme import BAD, GOOD, PALE_BAD, PALE_GOOD, PALE_UNEASY, UNEASY
from ui.plot.plot import Node, node

WRONG, UNEASY_ABOVE, HAPPY = 1e-2, 1e-4, 1e-7
"""The usual scale of relative errors (CS231n's notes)."""


@dataclass(frozen=True)
class Verdict:
    """What a relative error means: a sign, a word and a colour, never the colour alone."""

    sign: str
    word: str
    color: str
    ground: str | None


def verdict(error: float) -> Verdict:
    """Above 1e-2 wrong, above 1e-4 uneasy (or uncomfortable), below 1e-7 happy."""
    if math.isnan(error) or error > WRONG:
        return Verdict("✗", "wrong", BAD, PALE_BAD)
    if error > UNEASY_ABOVE:
        return Verdict("!", "uneasy", UNEASY, PALE_UNEASY)
    if error < HAPPY:
        return Verdict("✓", "happy", GOOD, PALE_GOOD)
    return Verdict("✓", "fine", GOOD, None)


def scientific(value: float) -> str:
    """A small number in a few signs: 3.1e−9, 0.95, or 0 for exactly none."""
    if not math.isfinite(value):
        return "not a number"
    if value == 0 or value >= WRONG:
        return f"{value:.2f}" if value else "0"
    mantissa, exponent = f"{value:.1e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")


def cell(error: float, wordy: bool = True) -> Node:
    """One relative error as a coloured cell with its sign and its word."""
    said = verdict(error)
    parts = [node("b", said.sign, color=said.color), f" {scientific(error)}"]
    if wordy:
        parts += [node("span", f" {said.word}", color=said.color, class_="small")]
    return node("td", *parts, fill=said.ground, class_="verdict-cell")


NAMES = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")


def spelled(text: str) -> list[Node]:
    """A sentence in which the parameters' names stand as formulas."""
    parts = re.split(f"({'|'.join(NAMES)})", text)
    return [symbol(part) if part in NAMES else part for part in parts if part]


def symbol(name: str) -> Node:
    """A parameter's name as a formula: W with its index, in whichever layer it is."""
    letter, index = name.split("_")[:2]
    return node("math", node("msub", node("mi", letter), node("mi", index)))
