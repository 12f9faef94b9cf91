"""The sentences of a stop: words in them that set the figure, and numbers that are filled in.

This is [not](?t=3) good.      a word that sets a setting
It is {value}, {value:%}.      a number, or as a percentage; {value:word}: a word of the sentence
W_hh h_{t-1}                   symbols, shown as in a formula
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ui.kit.numbers import compact, percent
from ui.lecture import text

SETS = re.compile(r"\[([^\[\]]{1,80})\]\(\?([^()\s]{1,600})\)")
SYMBOL = re.compile(
    r"\b([A-Za-z]{1,2}_(?:[A-Za-z0-9]{1,3}|\{[a-z0-9]+(?:[-−+][a-z0-9]+)?\}))(?!\w)"
)
BLANK = re.compile(r"\{([a-z_][a-z_0-9]{0,39})(:%|:word)?\}")


@dataclass(frozen=True)
class Sets:
    """A word that sets the figure. query : what it sets, as an address says it."""

    word: str
    query: str


Text = tuple[str | Sets, ...]


def linked(written: str) -> Text:
    """Find the words that set something."""
    pieces: list[str | Sets] = []
    at = 0
    for found in SETS.finditer(written):
        pieces += [written[at : found.start()], Sets(found[1], found[2])]
        at = found.end()
    return tuple(piece for piece in [*pieces, written[at:]] if piece)


def plain(written: Text) -> str:
    """The same without its links."""
    return "".join(piece if isinstance(piece, str) else piece.word for piece in written)


def symbols(sentence: str) -> list[str]:
    """A sentence in parts: every second one is a symbol as formulas have it, h_{t-1}."""
    return [part.replace("−", "-") if i % 2 else part
            for i, part in enumerate(SYMBOL.split(sentence))]  # fmt: skip


def names(sentence: str) -> set[str]:
    """The numbers that a sentence asks for."""
    return {found[1] for found in BLANK.finditer(sentence)}


def filled(sentence: str, numbers: Mapping[str, float], words: Sequence[str] = ()) -> str:
    """The sentence with its numbers. words : what is read, where a number may stand for a word."""

    def said(found: re.Match[str]) -> str:
        value = numbers[found[1]]
        if found[2] == ":%":
            return percent(value)
        return word(value, words) if found[2] == ":word" else amount(value)

    return BLANK.sub(said, sentence)


def amount(value: float) -> str:
    """A number as a sentence says it: 0.984, 12, 3.1e−9."""
    return f"{value:,.0f}" if value == int(value) and abs(value) < 1e9 else compact(value, 3)


def word(value: float, words: Sequence[str]) -> str:
    """A word by its number, from 1: “not”, word 4."""
    t = round(value)
    there = 1 <= t <= len(words)
    return text.WORD["one" if there else "none"].format(word=words[t - 1] if there else "", t=t)
