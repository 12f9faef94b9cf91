"""What does a unit tell? Its states beside what could be told of a text, and where else it is so.

Each takes arrays and returns numbers; a text is its symbols here, one for each state. Nothing here
is needed for training.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from rnn_core.cells import Array, Ints
from rnn_core.experiments.grammars import WORD_CLASSES

Bools = np.typing.NDArray[np.bool_]
Symbols = Sequence[str]
Feature = Callable[[Symbols], Array]


def bracket_depth(symbols: Symbols) -> Array:
    """How many brackets are open after each symbol; an empty line closes them all."""
    depth, found, before = 0, [], ""
    for symbol in symbols:
        depth = max(depth + (symbol in "([{") - (symbol in ")]}"), 0)
        depth = 0 if symbol == before == "\n" else depth
        found.append(depth)
        before = symbol
    return np.array(found, float)


def inside_quotes(symbols: Symbols) -> Array:
    """1 inside of quotation marks, from the first on, up to the second; an empty line ends them."""
    inside, found, before = False, [], ""
    for symbol in symbols:
        inside = symbol in "“«" or (inside and symbol not in "”»") if symbol != '"' else not inside
        inside = inside and not symbol == before == "\n"
        found.append(inside)
        before = symbol
    return np.array(found, float)


def position_in_line(symbols: Symbols) -> Array:
    """How many symbols the line has so far; 0 at its end."""
    steps = np.arange(1, len(symbols) + 1)
    ends = np.where(np.array(list(symbols)) == "\n", steps, 0)
    position: Array = (steps - np.maximum.accumulate(ends)).astype(float)
    return position


FEATURES: dict[str, Feature] = {
    "bracket depth": bracket_depth,
    "inside quotes": inside_quotes,
    "position in line": position_in_line,
}


def features(symbols: Symbols) -> dict[str, Array]:
    """{name: (T,)} what could be told of each symbol of a text; only what is not always the same.

    Of the toy English also the class of each word, 1 or 0.
    """
    found = {name: feature(symbols) for name, feature in FEATURES.items()}
    if set(symbols) <= {*WORD_CLASSES, "the", "that", "\n"}:
        own = np.array([WORD_CLASSES.get(symbol, "") for symbol in symbols])
        found |= {name: (own == name).astype(float) for name in sorted({*WORD_CLASSES.values()})}
    return {name: values for name, values in found.items() if np.ptp(values)}


@dataclass(frozen=True)
class Teller:
    """How well one unit tells a feature.

    r : correlation, -1..1. threshold : of all, the one that tells best whether the feature is above
    its mean: where the unit is above it, if r > 0, else below. accuracy : how often that is right;
    base : how often always guessing the same is.
    """

    unit: int
    r: float
    threshold: float
    accuracy: float
    base: float


def tellers(h: Array, feature: Array) -> list[Teller]:
    """All units, those first that go with a feature most. h : (T, H). feature : (T,), which varies.

    A unit that never moves has r = 0.
    """
    h, wanted = h.astype(float), feature - feature.mean()
    moved = h - h.mean(axis=0)
    lengths = np.linalg.norm(moved, axis=0) * np.linalg.norm(wanted)
    r = np.divide(wanted @ moved, lengths, out=np.zeros(h.shape[1]), where=lengths > 0)
    yes: Bools = wanted > 0
    base = float(max(yes.mean(), 1 - yes.mean()))
    found = []
    for unit in np.argsort(-np.abs(r), kind="stable"):
        threshold, accuracy = _best_threshold(h[:, unit] * (1 if r[unit] > 0 else -1), yes)
        threshold *= 1 if r[unit] > 0 else -1
        found.append(Teller(int(unit), float(r[unit]), threshold, accuracy, base))
    return found


def _best_threshold(values: Array, yes: Bools) -> tuple[float, float]:
    """The threshold, halfway between two values, above which most often is yes; and how often
    that is right.
    """
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    # right with the first i below and the rest above, where two values differ
    right = yes.sum() + np.concatenate([[0], np.cumsum(np.where(yes[order], -1, 1))])
    differ = np.concatenate([[True], np.diff(ordered) > 0, [True]])
    best = int(np.where(differ, right, -1).argmax())
    low, high = ordered[max(best - 1, 0)], ordered[min(best, len(ordered) - 1)]
    return float((low + high) / 2), float(right[best] / len(yes))


def most_alike(course: Array, pattern: Array, n: int, apart: int = 1) -> Ints:
    """Where a unit's course is most like a pattern: the last steps of n stretches, best first.

    course : (T,) of a unit, or (T, U) of several. pattern : (W,) or (W, U), W <= T. Compared by the
    squared distance; no two places are less than `apart` steps from each other.
    Source: the search of LSTMVis, Strobelt et al. 2018, with values in place of thresholds.
    """
    width = len(pattern)
    stretches = np.lib.stride_tricks.sliding_window_view(course, width, axis=0)
    distance = ((stretches - np.moveaxis(pattern, 0, -1)) ** 2).reshape(len(stretches), -1)
    found: list[int] = []
    for start in np.argsort(distance.sum(axis=1), kind="stable").tolist():
        if len(found) == n:
            break
        if all(abs(start + width - 1 - other) >= apart for other in found):
            found.append(start + width - 1)
    return np.array(found, dtype=np.intp)
