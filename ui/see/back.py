"""The loss of one answer on its way back: the strip, the gradients, and what each pixel speaks for.

It knows arrays and a plan; it must not know the tasks.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from rnn_core import BackwardTrace
from ui.kit.numbers import compact, percent
from ui.kit.player import Drawing, Film, Frame, Node, Panel, Text, look_for, node, table
from ui.kit.sentence import sentence
from ui.kit.theme import GRADIENT, W_HH
from ui.see import pixels, text
from ui.sequence.strip import Strip
from ui.sequence.text import AT_LOSS, BACK_STEP, ON_ITS_WAY
from ui.sequence.way_back import Bars, Cells, WayBack
from ui.sequence.wiring import Plan


@dataclass(frozen=True)
class Back:
    """The gradient of the loss of answer t. names : of the steps; short : where there is little
    room. p : of the right answer. ways : dL/dh (T, H) of each direction. start : the length of what
    the first step hands to h_0, where a picture became it. pictures : (T, R, C) what is seen at
    each step; spoken : (T, R, C) -x dL/dx of its pixels.
    """

    plan: Plan
    names: Sequence[str]
    short: Sequence[str]
    t: int
    p: float
    ways: tuple[np.ndarray, ...]
    start: float | None
    pictures: np.ndarray
    spoken: np.ndarray

    @property
    def loss(self) -> float:
        """L in nats."""
        return -math.log(max(float(self.p), 1e-300))

    @cached_property
    def lengths(self) -> list[np.ndarray]:
        """(T,) of each direction."""
        return [np.linalg.norm(d, axis=1) for d in self.ways]

    @property
    def order(self) -> list[int]:
        """The steps that the gradient comes to, on the way that is walked."""
        return list(range(self.t, -1, -1)) if self.plan.memory else [self.t]


class Seen(Protocol):
    """Something that was read and answered."""

    @property
    def key(self) -> Hashable:
        """What every picture of it is made from."""

    def back(self, t: int) -> Back:
        """The gradient of one answer's loss."""


def gradients(bwd: BackwardTrace, layer: int) -> tuple[np.ndarray, float]:
    """dL/dh (T, H) of a layer, and the length of what its first step hands on."""
    shown = replace(bwd, forward=bwd.forward.showing(layer))
    return shown.d_h, float(np.linalg.norm(shown.d_h_before[0]))


def film(seen: Seen, t: int, present: bool) -> Film:
    """One frame for the loss, and one for each step on the way back."""
    now = seen.back(t)
    each = any(part.asked == "each" for part in now.plan.segments)
    loss = f"{now.loss:.2f}"
    strip = Strip(now.plan, back=True, loss=loss, losses={t: loss} if each else None)
    way = _way_back(now)
    panels: list[Panel] = [
        Text("back title", _title(now), card=True),
        Drawing("back strip", strip.marks, strip.height, text.BACK_STRIP,
                columns=now.plan.n_columns),
        way.panel(text.BACK_ROADS, text.BACK_SAID),
        *([] if present else [Text("back look", look_for(_said(now)))]),
        Text("here", "", card=True, area="side"),
    ]  # fmt: skip
    frames, steps = [], [None, *now.order]
    for i, step in enumerate(steps):
        said = AT_LOSS.format(loss=now.loss) if step is None else _state(now, step)
        patches: dict[str, Any] = {
            "back strip": strip.states("loss" if step is None else step),
            "roads": way.at(step),
            "here": _here(now, t if step is None else step, step is None),
        }
        where = node("span", *sentence(BACK_STEP, n=i + 1, all=len(steps),
                                       said=node("b", said)))  # fmt: skip
        label = BACK_STEP.format(n=i + 1, all=len(steps), said=said)
        frames.append(Frame(label, where, said, patches, step))
    return panels, frames


def _title(now: Back) -> Node:
    """Whose loss it is, and a button for each other that was asked for."""
    others = [node("button", name, class_="token on" if t == now.t else "token",
                   click=None if t == now.t else {"loss": t})
              for t, name in enumerate(now.short) if t in now.plan.segments[0].answers]  # fmt: skip
    head = node("h3", ON_ITS_WAY.format(name=now.names[now.t]))
    return node("div", head, node("span", *others), class_="heading")


def _way_back(now: Back) -> WayBack:
    columns, n = range(len(now.names)), now.plan.n_columns
    if len(now.ways) == 1:
        bars = [Bars("|∂L/∂h|", GRADIENT, columns, now.lengths[0])]
    else:
        looks = zip((text.FORTH, text.TURNED), (GRADIENT, W_HH), (-0.2, 0.2), now.lengths,
                    strict=True)  # fmt: skip
        bars = [Bars(name, color, columns, y, beside) for name, color, beside, y in looks]
    return WayBack(bars, [Cells("h", 0, now.ways[0])], n, "|∂L/∂h|", {})


def _state(now: Back, t: int) -> str:
    low = "".join(chr(0x2080 + int(digit)) for digit in str(t + 1))
    return text.AT_STATE.format(t=low, name=now.names[t])


def _here(now: Back, t: int, at_loss: bool) -> Node:
    """The picture that is seen there, each pixel as it speaks; and the gradient's length."""
    title = AT_LOSS.format(loss=now.loss) if at_loss else _state(now, t)
    most = max(float(np.abs(now.spoken).max()), 1e-300)
    grid = pixels.grid(now.pictures[t], now.spoken[t] / most, still=True)
    names = ["|∂L/∂h|"] if len(now.ways) == 1 else [text.FORTH, text.TURNED]
    rows: list[list[Node]] = [[name, compact(float(y[t]))]
                              for name, y in zip(names, now.lengths, strict=True)]  # fmt: skip
    if now.start is not None and t == 0:
        rows.append([text.HANDED, compact(now.start)])
    said = node("p", text.SPEAKS.format(name=now.names[now.t]), class_="look")
    numbers = [] if at_loss else [table(rows, (), ["", "mono"])]
    return node("div", node("div", node("h3", title), class_="heading"),
                node("div", grid, node("div", *numbers, said), class_="drawn"))  # fmt: skip


def _said(now: Back) -> str:
    """How much of it comes how far."""
    here, name, first = float(now.lengths[0][now.t]), now.names[now.t], float(now.lengths[0][0])
    if not now.plan.memory:
        return text.ALONE
    if len(now.ways) == 2:
        last = compact(float(now.lengths[1][-1]))
        return text.TWO_ROADS.format(name=name, first=compact(first), last=last)
    there = first if now.start is None else now.start
    fades = text.FADES if now.start is None else text.TO_H_0
    part = percent(there / here if here else 0.0)
    return fades.format(here=compact(here), name=name, there=compact(there), part=part)
