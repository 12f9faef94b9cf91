"""Two sentences word for word: where do their states part, and what do they answer?"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from itertools import zip_longest

import numpy as np

from ui.kit.player import Film, Frame, look_for
from ui.read import comparison, text
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
    states = [State(text.FIRST, h[0], first.order, every, look=0),
              State(text.OTHER, h[1], first.order, every, look=1),
              State(text.DIFFERENCE, h[0] - h[1], first.order, every, 2.0)]  # fmt: skip
    answers = comparison.answers(first.answer_name, [text.FIRST, text.OTHER], p)
    known = [[i is None or one.known[i] for i in places]
             for one, places in zip(both, columns, strict=True)]  # fmt: skip
    words, apart = Words(*zip(tokens, known, strict=True)), comparison.distance(*h)
    parted = next((i for i, distance in enumerate(apart) if distance > PARTED), None)
    where, word = text.NEVER_PART, ""
    if parted is not None:
        where, word = text.PART_AT, tokens[0][parted] or tokens[1][parted]
    title = text.PAIR["of" if first.called else "one"].format(layer=first.called)
    panels = comparison.panels("pair", title, states, [answers], words, text.PAIR_SAYS)
    frames = []
    for i, distance in enumerate(apart):
        here = " / ".join(dict.fromkeys(one[i] or text.WAITS for one in tokens))
        says = [text.NOT_THERE if np.isnan(curve[i]) else f"{curve[i]:.2f}" for curve in p]
        look = look_for(where.format(word=word, here=here, apart=distance, answer=first.answer_name,
                                     one=says[0], two=says[1]))  # fmt: skip
        patch = {"pair": {"layout": {"shapes": comparison.at_column(3, i)}}, "pair look": look,
                 "pair words": words.at(i)}  # fmt: skip
        label = text.COLUMN_OF.format(i=i + 1, n=len(apart), here=here)
        frames.append(Frame(label, panels=patch, at=i))
    return panels, frames
