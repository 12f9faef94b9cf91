"""Two sentences word for word: where do their states part, and what do they answer?"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from itertools import zip_longest

import numpy as np

from ui.kit.player import Film, Frame, look_for
from ui.read import comparison
from ui.read.comparison import State
from ui.sequence.reading import Reading
from ui.sequence.words import Words

PARTED = 0.05
"""States further apart than this are different."""
Places = list[int | None]


def align(first: Sequence[str], second: Sequence[str]) -> tuple[Places, Places]:
    """Put the words of two sentences over one another; None where one has no partner."""
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    pairs = [
        pair
        for _, i0, i1, j0, j1 in matcher.get_opcodes()
        for pair in zip_longest(range(i0, i1), range(j0, j1))
    ]
    return [i for i, _ in pairs], [j for _, j in pairs]


def waiting(values: np.ndarray, places: Places, first: float = 0.0) -> np.ndarray:
    """What a sentence has at each column: at a gap it waits with what it had. first : at first.

    values : (T, H) or (T,). Returns (columns, H) or (columns,).
    """
    now, rows = np.full_like(values[0], first), []
    for place in places:
        now = now if place is None else values[place]
        rows.append(now)
    return np.array(rows)


def film(first: Reading, second: Reading) -> Film:
    """Two sentences over one another: states, difference, answers; a frame for each column."""
    both, columns = (first, second), align(first.tokens, second.tokens)
    steps = [[None if i is None or not one.known[i] else one.columns.index(i) for i in places]
             for one, places in zip(both, columns, strict=True)]  # fmt: skip
    tokens = [["" if i is None else one.tokens[i] for i in places]
              for one, places in zip(both, columns, strict=True)]  # fmt: skip
    h = [waiting(one.fwd.h, places) for one, places in zip(both, steps, strict=True)]
    p = [waiting(one.fwd.p[:, first.answer], places, np.nan)
         for one, places in zip(both, steps, strict=True)]  # fmt: skip
    every = (True,) * len(tokens[0])
    states = [State("first", h[0], first.order, every, look=0),
              State("second", h[1], first.order, every, look=1),
              State("difference", h[0] - h[1], first.order, every, 2.0)]  # fmt: skip
    answers = comparison.answers(first.answer_name, ["first", "second"], p)
    known = [[i is None or one.known[i] for i in places]
             for one, places in zip(both, columns, strict=True)]  # fmt: skip
    words, apart = Words(*zip(tokens, known, strict=True)), comparison.distance(*h)
    parted = next((i for i, distance in enumerate(apart) if distance > PARTED), None)
    where = "the two never part: to this network they are one sentence."
    if parted is not None:
        where = f"the column where they part: “{tokens[0][parted] or tokens[1][parted]}”."
    title = "Two sentences, word for word" + (f" · {first.called}" if first.called else "")
    said = "States of both sentences, their difference, both answers"
    panels = comparison.panels("pair", title, states, [answers], words, said)
    frames = []
    for i, distance in enumerate(apart):
        here = " / ".join(dict.fromkeys(word[i] or "(waits)" for word in tokens))
        says = ["not there yet" if np.isnan(curve[i]) else f"{curve[i]:.2f}" for curve in p]
        look = look_for(
            f"{where} At “{here}” the states are {distance:.2f} apart (0 the same, 2 opposite), "
            f"and P({first.answer_name}) is {says[0]} against {says[1]}."
        )
        patch = {"pair": {"layout": {"shapes": comparison.at_column(3, i)}}, "pair look": look,
                 "pair words": words.at(i)}  # fmt: skip
        frames.append(Frame(f"column {i + 1} of {len(apart)}: {here}", panels=patch, at=i))
    return panels, frames
