"""The loss of one example, by hand: set p of the right answer, and see L and its gradient follow.

Nothing here changes the network or the film: what is set by hand says so, beside what is its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import streamlit as st

from rnn_core.experiments import by_hand
from ui.kit import settings
from ui.kit.formula import formula
from ui.kit.numbers import number
from ui.kit.player import Figure, Node, Panel, Text, look_for, node, still, table
from ui.kit.theme import GRADIENT, UNSURE
from ui.sequence.answers import sign
from ui.sequence.backward_view import BackwardView
from ui.step_back import loss_curve, text
from ui.step_back.formulas import MOST_CLASSES

COLUMNS = "minmax(0, 1fr) minmax(0, 1fr)"
HEIGHT = 250


@dataclass(frozen=True)
class Example:
    """One loss. classes : their names. own : (C,) the network's p. right : the number of the right
    answer. to, second : as in by_hand.probabilities; to None: nothing is set by hand.
    """

    classes: tuple[str, ...]
    own: np.ndarray
    right: int
    to: float | None = None
    second: float | None = None

    @property
    def is_by_hand(self) -> bool:
        """Whether anything is."""
        return self.to is not None or self.second is not None

    @cached_property
    def p(self) -> np.ndarray:
        """(C,) as it is shown."""
        to = float(self.own[self.right]) if self.to is None else self.to
        return by_hand.probabilities(self.own, self.right, to, self.second)

    @cached_property
    def loss(self) -> tuple[float, np.ndarray]:
        """Of p: L, and dL/dy."""
        return by_hand.loss(self.p, self.right)

    @property
    def kept(self) -> list[int]:
        """The classes that are shown: the likeliest, and the right one, in their order."""
        likely = np.argsort(-self.p, kind="stable")[:MOST_CLASSES].tolist()
        return sorted({self.right, *likely})


def show(view: BackwardView) -> None:
    """The sliders, and what they make of the loss that is followed, else of the last."""
    if not view.finite:
        still("loss by hand", Text("hand look", look_for(text.NO_P)))
        return
    i = -1 if view.follow is None else view.asked.index(view.follow)
    classes, right = view.reading.model.classes, view.wanted[i]
    own = view.reading.fwd.p[view.asked[i]]
    name = settings.as_text(sign(classes[right]))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        settings.slider("p", text.P_OF.format(answer=name),
                        usual=round(float(own[right]), 4), width=420)  # fmt: skip
        if len(classes) == 3:
            first, rest = (
                next(c for i, c in enumerate(classes) if i != right),
                np.delete(own, right),
            )
            settings.slider("p_rest", text.REST_OF.format(answer=settings.as_text(first)),
                            usual=round(float(rest[0] / (rest.sum() or 1.0)), 4),
                            width=300)  # fmt: skip
        second = settings.get("p_rest") if len(classes) == 3 else None
        example = Example(classes, own, right, settings.get("p"), second)
        st.button(text.PUT_BACK, key="p back", disabled=not example.is_by_hand,
                  on_click=settings.put, kwargs={"p": None, "p_rest": None})  # fmt: skip
    still("loss by hand", *panels(example), columns=COLUMNS)


def panels(now: Example) -> list[Panel]:
    """The curve of the loss with the point on it; at its right the table with its numbers."""
    mark = node("b", text.BY_HAND, color=UNSURE) if now.is_by_hand else text.ITS_OWN
    title = node("h3", text.ONE_LOSS)
    head = node("div", title, node("span", mark, class_="sub right"), class_="heading")
    own, at = float(now.own[now.right]), float(now.p[now.right])
    curve = loss_curve.figure(own, at if now.is_by_hand else None)
    return [
        Text("hand title", head, card=True),
        Figure("hand", curve, HEIGHT, text.CURVE,
               text.CURVE_SAYS.format(p=now.p[now.right], loss=now.loss[0]), grow=1),
        Text("hand look", look(now)),
        Text("hand table", _table(now), area="side", card=True),
    ]  # fmt: skip


def look(now: Example) -> Node:
    """What L and its gradient are, in numbers."""
    p, (loss, d_y) = now.p[now.right], now.loss
    others = len(now.classes) - 1
    d = number(float(d_y[now.right]), 2)
    return look_for(text.POINT["one" if others == 1 else "many"].format(p=p, loss=loss, d=d,
                                                                        n=others))  # fmt: skip


def _table(now: Example) -> Node:
    """For each class the network's p, what is set, and dL/dy."""
    rows: list[list[Node]] = []
    for i in now.kept:
        name = sign(now.classes[i])
        rows.append([
            node("b", name) if i == now.right else name, f"{now.own[i]:.4f}", f"{now.p[i]:.4f}",
            "01"[i == now.right], number(float(now.loss[1][i]), 4),
            node("bar", value=float(now.loss[1][i]), color=GRADIENT),
        ])  # fmt: skip
    said = text.NATS.format(sum=f"−ln {now.p[now.right]:.4f}", loss=now.loss[0])
    shown = node("b", text.P_BY_HAND, color=UNSURE) if now.is_by_hand else "p"
    head: list[Node] = ["", text.P_OWN, shown, "onehot", "∂L/∂y", ""]
    return node(
        "div",
        node("p", formula("L = -ln p_c"), " = ", node("span", said, class_="mono")),
        node("p", formula("dL/dy = p - onehot(c)")),
        table(rows, head, ["", "mono quiet", "mono", "mono", "mono", "wide"]),
        node("p", text.FILM_IS_OWN, class_="note") if now.is_by_hand else "",
    )  # fmt: skip
