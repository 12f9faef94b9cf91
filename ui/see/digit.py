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
from ui.see import pixels, tasks, text
from ui.see.back import Back, gradients
from ui.see.card import Card, Line, at, switch
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
        return dict(self.moments)[self.network].model.forward(self.rows)

    @property
    def rows(self) -> np.ndarray:
        """(8, 8) what it reads."""
        return np.where(self.pixels > 0, PEN, PAPER)

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
        rows = tuple(text.ROW_NAME.format(t=t + 1) for t in range(digits.SIZE))
        segment = Segment(rows, asked="each" if each else "last", said=names)
        return Steps(Plan((segment,)), self.fwd.p, self.fwd.h, digits.NAMES,
                     [self.right] * digits.SIZE, self.pixels[:, None, :])  # fmt: skip

    def back(self, t: int) -> Back:
        """The gradient of the loss after one row: of the right digit, or of what it says."""
        model = dict(self.moments)[self.network].model
        wanted = int(self.answer[t]) if self.right is None else self.right
        bwd = model.backward(self.fwd, [wanted if s == t else None for s in range(digits.SIZE)])
        d, _ = gradients(bwd, 0)
        spoken = -bwd.layers[0].d_x[:, :, 0] * self.rows
        names = [text.ROW_NAME.format(t=s + 1) for s in range(digits.SIZE)]
        short = [str(s + 1) for s in range(digits.SIZE)]
        whole = (digits.SIZE, 1, 1)  # the whole picture at each step
        return Back(
            self.steps.plan, names, short, t, self.fwd.p[t, wanted], (d,), None,
            np.tile(self.pixels, whole), np.tile(spoken, whole),
        )  # fmt: skip


@lru_cache(maxsize=1)
def _clean() -> dict[str, int]:
    """Every clean digit at every place."""
    return {
        pixels.digits(digits.placed(*one)): one[0] for one in product(range(10), range(3), range(5))
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
        said = text.SAYS.format(name=now.answer[t], p=now.fwd.p[t].max())
        patches = {
            "heading": page_frame.heading("see", node("b", said), sub=_sub(now)),
            "picture": _picture(now, t), **now.steps.at(t, present),
            **({} if present else {"curves": at(t + 1)}),
        }  # fmt: skip
        where = node("span", text.ROW_OF.format(t=t + 1, n=digits.SIZE))
        frames.append(Frame(text.ROW_SAYS.format(t=t + 1, said=said), where, said, patches, t))
    return panels, frames


def _sub(now: Digit) -> str:
    return text.LOSS_ON[now.network]


def _picture(now: Digit, t: int) -> Node:
    """The picture as far as it is read, and when the network knows."""
    title = node("div", node("h3", text.PICTURE), class_="heading")
    answer = int(now.answer[t])
    p = percent(float(now.fwd.p[t, answer]))
    said = [node("p", node("span", text.AFTER_ROW.format(t=t + 1)), node("b", str(answer)), p,
                 class_="answer")]  # fmt: skip
    if now.right is not None:
        is_right = answer == now.right
        verdict = text.IS_RIGHT if is_right else text.IT_IS.format(right=now.right)
        said.append(node("p", node("b", verdict, color=GOOD if is_right else BAD)))
    said.append(node("p", _when(now), class_="look"))
    return node("div", title, node("div", pixels.grid(now.pixels, read=t + 1), node("div", *said),
                                   class_="drawn"))  # fmt: skip


def _when(now: Digit) -> str:
    """From which row on its answer stays."""
    kind = "from" if now.knows < digits.SIZE else "late"
    kind = kind if now.pixels.any() else "empty"
    return text.STAYS[kind].format(answer=now.answer[-1], row=now.knows)


def _look(now: Digit) -> str:
    """When it is sure of what it says at the end."""
    p = now.fwd.p[:, now.answer[-1]]
    doubts = np.flatnonzero(p < 0.5)
    if len(doubts) == len(p):
        return text.NEVER_SURE.format(answer=now.answer[-1], p=p[-1])
    row = int(doubts[-1]) + 2 if len(doubts) else 1
    return text.SURE.format(answer=now.answer[-1], row=row, there=p[row - 1], end=p[-1])


def _learned(now: Digit) -> Card:
    moments, lines = dict(now.moments), []
    for name in TASKS["digit"].networks:
        called = switch(name, now.network)
        if name not in moments:
            lines.append(Line(text.NETWORKS[name], [text.WAITS, "", ""]))
            continue
        moment, rows = moments[name], [str(row) for row in range(1, digits.SIZE + 1)]
        y = [moment.measured[row] for row in rows]
        epoch = text.N_OF.format(epoch=moment.epoch, goal=now.goal)
        cells = [epoch, percent(y[3]), percent(y[-1])]
        lines.append(Line(called, cells, list(map(float, rows)), y))
    sub = text.OF_PICTURES.format(n=len(tasks.data("digits").test))
    return Card(text.HOW_MANY_ROWS, sub, text.DIGIT_HEAD, lines, text.RIGHT, text.ROW,
                (0.8, digits.SIZE + 0.2))  # fmt: skip


@lru_cache(maxsize=1)
def examples() -> dict[str, str]:
    """Pictures to choose from: {what it is called: its digits}."""
    made = {text.CLEAN.format(name=name): pixels.digits(digits.placed(i, 1, 2))
            for i, name in enumerate(digits.NAMES)}  # fmt: skip
    drawn, right = digits.draw(np.random.default_rng(7), 3)
    made |= {text.AS_TRAINED.format(name=right[i]): pixels.digits(one)
             for i, one in enumerate(drawn)}  # fmt: skip
    return {**made, text.EMPTY: "0" * 16, text.FULL: "f" * 16}
