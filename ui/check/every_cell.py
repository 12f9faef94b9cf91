"""All of it: every kind of cell, activation, parameter and wiring, checked on a small model."""

from __future__ import annotations

import functools
from itertools import product

import numpy as np

from rnn_core import CELLS, Model, Vocabulary
from ui.check import text, verdicts
from ui.check.case import Case, checks
from ui.check.verdicts import sheet
from ui.kit import frame
from ui.kit.player import Text, look_for, node

IDS, WORDS, N_HIDDEN = (0, 3, 1, 3, 4), ("one", "two", "three", "four", "five"), 5
WIRINGS = {"b": text.MANY_TO_ONE, ("a", None, "c", "b", "a"): text.MANY_TO_MANY}
"""By the answers that are asked for."""


@functools.cache
def cases() -> list[Case]:
    """Weights of size 1, and a state before the first word that is not zero."""
    vocabulary, made = Vocabulary([" ".join(WORDS)]), []
    kinds = [(kind, activation) for kind in CELLS for activation in CELLS[kind].activations]
    for (kind, activation), target in product(kinds, WIRINGS):
        model = Model(CELLS[kind](activation), vocabulary, "abc", N_HIDDEN)
        rng = np.random.default_rng(1)
        model.flat[:] = rng.uniform(-1, 1, model.flat.size)
        h_0 = tuple(rng.uniform(-1, 1, N_HIDDEN).tolist())
        made.append(Case(model, f"{kind.upper()}, {activation}", IDS, WORDS, target, h_0=h_0))
    return made


def show() -> None:
    """Draw the tab: the sum of it, and the table."""
    if (made := checks(cases(), "every cell")) is None:
        return
    found = [gradient for check in made for gradient in check.gradients.values()]
    right = sum(verdicts.of(gradient) is verdicts.PASSED for gradient in found)
    close = sum(gradient.error < verdicts.CLOSE for gradient in found)
    readings, took_s = 2 * sum(c.n_moved for c in made), sum(c.seconds for c in made)
    said = text.ALL_COST.format(close=close, units=N_HIDDEN, words=len(IDS), readings=readings,
                                ms=took_s * 1000)  # fmt: skip
    look = text.ALL_LOOK if right == len(found) else text.ALL_LOOK_WRONG
    first = [[check.case.called, node("td", WIRINGS[check.case.target], class_="quiet")]
             for check in made]  # fmt: skip
    title = frame.heading("check", sub=text.ALL_RIGHT.format(n=right, all=len(found)))
    sheet("check_all", [
        Text("all title", title), Text("all legend", verdicts.legend()),
        Text("all", verdicts.across(first, [text.CELL, text.ANSWERS], made, "terse")),
        Text("all look", look_for(look)), Text("all cost", node("p", said, class_="quiet small")),
    ])  # fmt: skip
