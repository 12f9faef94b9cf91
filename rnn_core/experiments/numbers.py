"""Numbers: 0 to 9999 in words and in digits; the rule, and how a visitor may write one.

"four thousand and seven" is 4007: "and" stands after hundred, and after thousand where the rest is
below 100. It must not know networks.
"""

from __future__ import annotations

from functools import cache

ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = (*ONES, *TENS, "hundred", "thousand", "and")
DIGITS = tuple("0123456789")
LARGEST = 9999


def in_words(n: int) -> list[str]:
    """The words of 0 .. LARGEST."""
    if n < 20:
        return [ONES[n]]
    if n < 100:
        return [TENS[n // 10 - 2]] + ([ONES[n % 10]] if n % 10 else [])
    if n < 1000:
        rest = ["and", *in_words(n % 100)] if n % 100 else []
        return [ONES[n // 100], "hundred", *rest]
    rest = in_words(n % 1000) if n % 1000 else []
    return [*in_words(n // 1000), "thousand", *(["and"] if 0 < n % 1000 < 100 else []), *rest]


def read(text: str) -> list[str]:
    """An own number, as digits or in words, as the words that a network reads.

    Raises ValueError for a number that is too large, for nothing, and for unknown words, by name.
    """
    typed = text.lower().replace("-", " ").replace(",", "").split()
    if len(typed) == 1 and typed[0].isascii() and typed[0].isdigit():
        if len(typed[0].lstrip("0")) > len(str(LARGEST)):
            raise ValueError(f"numbers go from 0 to {LARGEST}")
        return in_words(int(typed[0]))
    return known_words(typed, WORDS, f"a number from 0 to {LARGEST}, in digits or in words")


def known_words(typed: list[str], words: tuple[str, ...], wanted: str) -> list[str]:
    """The words themselves; ValueError for none, and for those that are not among the known."""
    if not typed:
        raise ValueError(f"there is nothing to read: type {wanted}")
    if unknown := [word for word in dict.fromkeys(typed) if word not in words]:
        raise ValueError(f"unknown: {', '.join(word[:20] for word in unknown[:5])}; type {wanted}")
    return typed


def right(words: list[str]) -> list[str] | None:
    """The digits that are meant; None for words that are no number, as "two and"."""
    n = _numbers().get(tuple(words))
    return None if n is None else list(str(n))


@cache
def _numbers() -> dict[tuple[str, ...], int]:
    return {tuple(in_words(n)): n for n in range(LARGEST + 1)}
