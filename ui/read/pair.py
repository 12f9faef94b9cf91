"""Two sentences word for word: where do their states part, and what do they answer?"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

import numpy as np

from ui.kit import player, theme
from ui.kit.player import Film, Frame, look_for
from ui.read import comparison
from ui.read.comparison import LOOKS, State
from ui.sequence.reading import Reading

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


def waiting(values: np.ndarray, places: Places) -> np.ndarray:
    """What a sentence has at each column: at a gap it waits with what it had, at first zero.

    values : (T, H) or (T,). Returns (columns, H) or (columns,).
    """
    now, rows = np.zeros_like(values[0]), []
    for place in places:
        now = now if place is None else values[place]
        rows.append(now)
    return np.array(rows)


def ticks(first: Sequence[str], second: Sequence[str]) -> dict[str, Any]:
    """Both words of each column: once when equal, over one another when not; "" for none."""

    def label(word: str, color: str) -> str:
        said = theme.escape(word) if word else "·"
        return f'<span style="font-size:14px;color:{color}">{said}</span>'

    texts = [
        label(a, theme.INK) if a == b else f"{label(a, LOOKS[0][0])}<br>{label(b, LOOKS[1][0])}"
        for a, b in zip(first, second, strict=True)
    ]
    return {"tickmode": "array", "tickvals": list(range(len(texts))), "ticktext": texts}


def film(first: Reading, second: Reading) -> Film:
    """Two sentences over one another: states, difference, answers; a frame for each column."""
    both, columns = (first, second), align(first.words, second.words)
    h = [waiting(one.fwd.h, places) for one, places in zip(both, columns, strict=True)]
    p = [waiting(one.fwd.p[:, first.answer], places)
         for one, places in zip(both, columns, strict=True)]  # fmt: skip
    words = [["" if i is None else one.words[i] for i in places]
             for one, places in zip(both, columns, strict=True)]  # fmt: skip
    states = [State("first", h[0], first.order), State("second", h[1], first.order),
              State("difference", h[0] - h[1], first.order, 2.0)]  # fmt: skip
    answers = comparison.answers(first.answer_name, ["first", "second"], p)
    figure = comparison.figure(states, [answers], ticks(*words))
    apart = comparison.apart(*h)
    parted = next((i for i, distance in enumerate(apart) if distance > PARTED), None)
    where = "the two never part: to this network they are one sentence."
    if parted is not None:
        where = f"the column where they part: “{words[0][parted] or words[1][parted]}”."
    panels = player.picture(
        "pair", "Two sentences, word for word" + (f" · {first.called}" if first.called else ""),
        figure, 560, "States of both sentences, their difference, both answers",
        narrow=comparison.narrow(),
    )  # fmt: skip
    frames = []
    for i, distance in enumerate(apart):
        here = " / ".join(dict.fromkeys(word[i] or "(waits)" for word in words))
        look = look_for(
            f"{where} At “{here}” the states are {distance:.2f} apart (0 the same, 2 opposite), "
            f"and P({first.answer_name}) is {p[0][i]:.2f} against {p[1][i]:.2f}."
        )
        patch = {"pair": {"layout": {"shapes": comparison.at_column(3, 1, i)}}, "pair look": look}
        frames.append(Frame(f"column {i + 1} of {len(apart)}: {here}", panels=patch))
    return panels, frames
