"""What the three films share: the unrolled network, what it answers, its states, step by step.

Arrays and names in, panels and patches out; it must not know the tasks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.player import Drawing, Figure, Panel, Room
from ui.kit.theme import AMOUNT
from ui.see import text
from ui.sequence import answers, states
from ui.sequence.strip import Strip
from ui.sequence.wiring import Plan

N_UNITS = 8
"""Units whose states are shown: those that move most."""


@dataclass(frozen=True)
class Steps:
    """A sequence that was read. p : (T, C). h : (T, N). right : the right class at each step, None
    where there is none. inputs : (T, R) what came in at each step, drawn upright; None for words.
    """

    plan: Plan
    p: np.ndarray
    h: np.ndarray
    classes: Sequence[str]
    right: Sequence[int | None]
    inputs: np.ndarray | None = None

    @property
    def n_steps(self) -> int:
        """T."""
        return len(self.p)

    @cached_property
    def strip(self) -> Strip:
        """The drawing."""
        return Strip(self.plan)

    @cached_property
    def order(self) -> list[int]:
        """The units that are shown, the one that moves most on top."""
        return np.argsort(-self.h.std(axis=0), kind="stable")[:N_UNITS].tolist()

    @cached_property
    def figures(self) -> dict[str, go.Figure]:
        """{name: figure}, from the top."""
        known = [True] * self.n_steps
        words = self.plan.segments[0].words
        made = {}
        if self.inputs is not None:
            made["inputs"] = seen(self.inputs)
        made["answers"] = answers.film(self.p, self.right, self.classes, known,
                                       most=len(self.classes))  # fmt: skip
        made["states"] = states.film(self.h, None, words, known, self.order, "")
        return made

    def panels(self, present: bool) -> list[Panel]:
        """All of them, over the same columns."""
        n, c = self.n_steps, len(self.classes)
        made: list[Panel] = [
            Drawing("strip", self.strip.marks, self.strip.height, text.STRIP, columns=n)
        ]
        if self.inputs is not None:
            high = 26 + 4 * self.inputs.shape[1]
            made.append(Figure("inputs", self.figures["inputs"], high, text.INPUTS,
                               columns=n, stack=[Room("yaxis", px=high - 4)]))  # fmt: skip
        made.append(Figure(
            "answers", self.figures["answers"], 15 * c + 8, text.ANSWERS, text.ANSWERS_SAID,
            columns=n, clicks="step", grow=1,
            stack=[Room("yaxis", px=15 * c, grow=1)],
        ))  # fmt: skip
        if not present:
            made.append(Figure(
                "states", self.figures["states"], 112, text.STATES,
                text.STATES_SAID.format(n=len(self.order)), columns=n, clicks="step",
                stack=states.stack(len(self.order), 0), narrow=states.NARROW_ALONE,
            ))  # fmt: skip
        return made

    def at(self, t: int, present: bool) -> dict[str, Any]:
        """What changes in each of them at a step."""
        known = [True] * self.n_steps
        made: dict[str, Any] = {"strip": self.strip.states(t)}
        for name, figure in self.figures.items():
            if name != "states":
                made[name] = answers.at_step(figure, known, t)
            elif not present:
                made[name] = states.at_step(figure, known, t, None)
        return made


def seen(inputs: np.ndarray) -> go.Figure:
    """What comes in at each step, as a little picture over its column. inputs : (T, R, K), R rows
    of K pixels, in 0..1.
    """
    n, rows, columns = inputs.shape
    wide = columns + 2
    cells = np.full((rows, n * wide), np.nan)
    for t, picture in enumerate(inputs):
        cells[:, t * wide + 1 : t * wide + 1 + columns] = picture
    x = (np.arange(n * wide) + 0.5) / wide - 0.5
    z = [[None if np.isnan(v) else round(v, 3) for v in row] for row in cells.tolist()]
    heat = theme.heatmap(z, AMOUNT, 1.0, x=x.round(4).tolist(), xgap=0.5, ygap=0.5,
                         hoverinfo="skip")  # fmt: skip
    return go.Figure([heat], theme.layout(
        margin={"l": 46, "r": 44, "t": 2, "b": 2},
        xaxis=theme.axis(range=[-0.5, n - 0.5], showticklabels=False),
        yaxis=theme.axis(range=[rows - 0.5, -0.5], showticklabels=False),
    ))  # fmt: skip
