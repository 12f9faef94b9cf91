"""A digit, read row by row: something of one size as a sequence. When does it know?"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

import numpy as np

from rnn_core.experiments import digits
from rnn_core.traces import ForwardTrace
from ui.kit import frame as page_frame
from ui.kit.numbers import percent
from ui.kit.player import Film, Frame, Node, Panel, Text, look_for, node
from ui.kit.theme import BAD, GOOD
from ui.see import pixels, tasks
from ui.see.card import Card, Line, at
from ui.see.learning import Moment
from ui.see.steps import Steps
from ui.see.tasks import TASKS
from ui.sequence.wiring import Plan, Segment

PAPER, PEN = 0.1, 0.8
"""What an own picture is read as: the middle of what the training draws."""


@dataclass(frozen=True)
class Digit:
    """A picture, and what networks say of it; all as in motion.Motion. picture : 16 digits."""

    moments: tuple[tuple[str, Moment], ...]
    network: str
    picture: str
    goal: int

    @property
    def key(self) -> Hashable:
        """What every picture of it is made from."""
        read = tuple((name, moment.key, moment.epoch) for name, moment in self.moments)
        return read, self.network, self.picture, self.goal

    @cached_property
    def pixels(self) -> np.ndarray:
        """(8, 8)"""
        return pixels.array(self.picture)

    @cached_property
    def fwd(self) -> ForwardTrace:
        """The reading, by the network that is shown."""
        rows = np.where(self.pixels > 0, PEN, PAPER)
        return dict(self.moments)[self.network].model.forward(rows)

    @cached_property
    def answer(self) -> np.ndarray:
        """(8,) the digit that it says after each row."""
        said: np.ndarray = self.fwd.p.argmax(axis=1)
        return said

    @property
    def knows(self) -> int:
        """The first row, from 1, from which on the answer stays."""
        other = np.flatnonzero(self.answer != self.answer[-1])
        return int(other[-1]) + 2 if len(other) else 1

    @cached_property
    def right(self) -> int | None:
        """The digit, where it is one drawn cleanly; None where nobody knows."""
        return _clean().get(self.picture)

    @cached_property
    def steps(self) -> Steps:
        """For the pictures."""
        each = self.network == "each"
        names = tuple(str(int(c)) for c in self.answer)
        segment = Segment(tuple(f"row {t + 1}" for t in range(digits.SIZE)),
                          asked="each" if each else "last", said=names)  # fmt: skip
        return Steps(Plan((segment,)), self.fwd.p, self.fwd.h, digits.NAMES,
                     [self.right] * digits.SIZE, self.pixels[:, None, :])  # fmt: skip


@lru_cache(maxsize=1)
def _clean() -> dict[str, int]:
    """Every clean digit at every place."""
    return {
        pixels.text(digits.placed(*one)): one[0] for one in product(range(10), range(3), range(5))
    }


def film(now: Digit, present: bool) -> Film:
    """One frame for each row."""
    panels: list[Panel] = [
        Text("heading", "", card=True), *now.steps.panels(present),
        *([] if present else [Text("look", look_for(_look(now)))]),
        Text("picture", "", area="side", card=True, share=270),
        *([] if present else _learned(now).panels()),
    ]  # fmt: skip
    frames = []
    for t in range(digits.SIZE):
        said = f"says {now.answer[t]}, P = {now.fwd.p[t].max():.2f}"
        patches = {
            "heading": page_frame.heading("see", node("b", said), sub=_sub(now)),
            "picture": _picture(now, t), **now.steps.at(t, present),
            **({} if present else {"curves": at(t + 1)}),
        }  # fmt: skip
        where = node("span", f"row {t + 1} of {digits.SIZE}")
        frames.append(Frame(f"row {t + 1}: {said}", where, said, patches, t))
    return panels, frames


def _sub(now: Digit) -> str:
    asked = "each row" if now.network == "each" else "the last row only"
    return f"Eight rows in turn; the loss was on {asked}."


def _picture(now: Digit, t: int) -> Node:
    """The picture as far as it is read, and when the network knows."""
    title = node("div", node("h3", "Your picture"),
                 node("span", "click a pixel", class_="sub right"), class_="heading")  # fmt: skip
    answer = int(now.answer[t])
    p = percent(float(now.fwd.p[t, answer]))
    said = [node("p", node("span", f"after row {t + 1} it says"), node("b", str(answer)), p,
                 class_="answer")]  # fmt: skip
    if now.right is not None:
        is_right = answer == now.right
        said.append(node("p", node("b", "✓ right" if is_right else f"✗ it is a {now.right}",
                                   color=GOOD if is_right else BAD)))  # fmt: skip
    said.append(node("p", _when(now), class_="look"))
    return node("div", title, node("div", pixels.grid(now.pixels, read=t + 1), node("div", *said),
                                   class_="drawn"))  # fmt: skip


def _when(now: Digit) -> str:
    """From which row on its answer stays."""
    if not now.pixels.any():
        return f"Nothing is lit, and it answers all the same: {now.answer[-1]}."
    if now.knows == digits.SIZE:
        return f"It changes its mind up to the last row, then says {now.answer[-1]}."
    return f"From row {now.knows} on its answer stays {now.answer[-1]}."


def _look(now: Digit) -> str:
    """When it is sure of what it says at the end."""
    p = now.fwd.p[:, now.answer[-1]]
    doubts = np.flatnonzero(p < 0.5)
    if len(doubts) == len(p):
        return f"when it is sure: never, P({now.answer[-1]}) is {p[-1]:.2f} at the end."
    row = int(doubts[-1]) + 2 if len(doubts) else 1
    return (f"when it is sure: P({now.answer[-1]}) is above one half from row {row} on, "
            f"{p[row - 1]:.2f} there and {p[-1]:.2f} at the end.")  # fmt: skip


def _learned(now: Digit) -> Card:
    moments, lines = dict(now.moments), []
    for name, network in TASKS["digit"].networks.items():
        if name not in moments:
            lines.append(Line(network.called, ["waits", "", ""]))
            continue
        moment, rows = moments[name], [str(row) for row in range(1, digits.SIZE + 1)]
        y = [moment.measured[row] for row in rows]
        lines.append(Line(network.called, [f"{moment.epoch} of {now.goal}", percent(y[3]),
                                           percent(y[-1])], list(map(float, rows)), y))  # fmt: skip
    n = len(tasks.data("digits").test)
    return Card("After how many rows?", f"right, of {n} unseen pictures",
                ["trained with", "epoch", "row 4", "row 8"], lines, "right", "row",
                (0.8, digits.SIZE + 0.2))  # fmt: skip


@lru_cache(maxsize=1)
def examples() -> dict[str, str]:
    """Pictures to choose from: {what it is called: its digits}."""
    made = {f"A clean {name}": pixels.text(digits.placed(i, 1, 2))
            for i, name in enumerate(digits.NAMES)}  # fmt: skip
    drawn, right = digits.draw(np.random.default_rng(7), 3)
    made |= {f"As in training: a {right[i]}": pixels.text(drawn[i]) for i in range(len(drawn))}
    return {**made, "Nothing lit": "0" * 16, "All lit": "f" * 16}
