"""What a relative error means: a sign, a word and a colour, never the colour alone."""

from __future__ import annotations

import re
from collections import namedtuple
from collections.abc import Sequence
from typing import Any

from ui.check import text
from ui.check.case import Check, Gradient
from ui.kit import settings
from ui.kit.formula import formula
from ui.kit.numbers import compact
from ui.kit.player import Node, Panel, node, still, table
from ui.kit.theme import BAD, GOOD, PALE_BAD, PALE_GOOD, PALE_UNSURE, QUIET, UNSURE

WRONG, DOUBTFUL, CLOSE = 1e-2, 1e-4, 1e-7
"""The usual scale of relative errors (CS231n's notes): above wrong, above doubtful, below close."""
NAMES = ("W_xh", "W_hh", "W_hy", "b_h", "b_y")
Verdict = namedtuple("Verdict", "sign word color ground")
"""What is said of a gradient. ground : the colour behind it, None for none."""
PASSED = Verdict("✓", text.PASSED, GOOD, PALE_GOOD)
DOUBT = Verdict("!", text.DOUBTFUL, UNSURE, PALE_UNSURE)
FAILED = Verdict("✗", text.WRONG, BAD, PALE_BAD)
LOST = Verdict("?", text.LOST, QUIET, None)
"""Rounding alone can make such an error: it says nothing for the gradient, and nothing against."""


def of(gradient: Gradient) -> Verdict:
    """What its error means."""
    if gradient.error <= DOUBTFUL:
        return PASSED
    if gradient.error <= gradient.floor:
        return LOST
    return DOUBT if gradient.error <= WRONG else FAILED


def cell(gradient: Gradient) -> Node:
    """A gradient's error as a coloured cell of a table, with its sign and its word."""
    said = of(gradient)
    word = node("span", f" {said.word}", color=said.color, class_="small")
    return node("td", node("b", said.sign, color=said.color), f" {compact(gradient.error)}", word,
                fill=said.ground, class_="verdict-cell")  # fmt: skip


def legend() -> Node:
    """What the signs and the colours mean."""
    scale = {PASSED: text.BELOW.format(limit=f"{DOUBTFUL:.0e}"), DOUBT: f"≤ {WRONG:g}",
             FAILED: text.ABOVE, LOST: ""}  # fmt: skip
    parts = [node("span", node("b", f"{one.sign}\u00a0{one.word}".replace(" ", "\u00a0"),
                               color=one.color, fill=one.ground),
                  f" {where}\u2002".replace("e-0", "e−"))
             for one, where in scale.items()]  # fmt: skip
    return node("p", *parts, class_="small")


def sheet(key: str, panels: Sequence[Panel], **more: Any) -> None:
    """Panels in the window's height; for an audience the first three alone, large."""
    present = settings.get("present")
    still(key, *panels[: 3 if present else None], fill=12, present=present, **more)


def across(first: Sequence[list[Node]], head: list[Node], made: Sequence[Check], kind: str) -> Node:
    """A table with a row for each check: what stands first in it, then a cell per parameter."""
    rows = [[*about, *(cell(check.gradients[name]) for name in NAMES)]
            for about, check in zip(first, made, strict=True)]  # fmt: skip
    shown = table(rows, [*head, *map(symbol, NAMES)], class_=f"verdicts {kind}")
    return node("div", shown, class_="scrolls")


def symbol(name: str) -> Node:
    """A parameter's name as a formula: W with its index, in whichever layer it is."""
    return formula("_".join(name.split("_")[:2]))


def spelled(said: str) -> list[Node]:
    """A sentence in which the parameters' names stand as formulas."""
    parts = re.split(f"({'|'.join(NAMES)})", said)
    return [symbol(part) if part in NAMES else part for part in parts if part]
