"""All of it: every kind of cell, activation, parameter and wiring, checked on a small model."""

from __future__ import annotations

import functools
from itertools import product

import numpy as np

from rnn_core import CELLS, Model, Vocabulary
from ui.check import verdicts
from ui.check.case import Case, checks
from ui.check.verdicts import sheet
from ui.kit import frame
from ui.kit.player import Text, look_for, node

IDS, WORDS, N_HIDDEN = (0, 3, 1, 3, 4), ("one", "two", "three", "four", "five"), 5
WIRINGS = {"b": "many to one", ("a", None, "c", "b", "a"): "many to many"}
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
    said = (
        f"{close} of them with an error below 1e−7. Computed here, on models of {N_HIDDEN} units "
        f"with weights of size 1, a sentence of {len(IDS)} words and a state before the first word "
        f"that is not zero: {readings:,} readings in {took_s * 1000:.0f} ms."
    )
    look = "a cell without ✓. There is none; if someone adds a new kind of cell, it appears here."
    if right < len(found):
        look = "the cells without ✓: there the backward pass is not the derivative of the forward."
    first = [[check.case.called, node("td", WIRINGS[check.case.target], class_="quiet")]
             for check in made]  # fmt: skip
    title = frame.heading("check", sub=f"{right} of {len(found)} gradients are right")
    sheet("check_all", [
        Text("all title", title), Text("all legend", verdicts.legend()),
        Text("all", verdicts.across(first, ["cell", "answers"], made, "terse")),
        Text("all look", look_for(look)), Text("all cost", node("p", said, class_="quiet small")),
    ])  # fmt: skip
