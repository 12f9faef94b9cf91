"""Right and wrong: which answer is taken for which, the worst errors, and what that is worth beside
always giving one answer. It must not know how the sentences were asked.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import plotly.graph_objects as go

from rnn_core import Dataset, Model
from rnn_core.buffers import answered
from ui.kit import theme
from ui.kit.numbers import percent
from ui.kit.player import Figure, Node, Panel, Text, look_for, node, table
from ui.kit.theme import AMOUNT, INK, short
from ui.train import text
from ui.train.dashboard import Dashboard

COLUMNS = "minmax(0, 1fr) minmax(0, 1fr)"
MOST_SHOWN, LONGEST, LONGEST_NAME = 12, 64, 14
"""Errors in the list; characters of a sentence there, and of a class."""
WRITTEN = 16
"""Classes whose cells have room for a number."""
NAMED, NAMED_ON_A_PHONE = 26, 12
"""Classes that are named side by side; of more, every second, third ..."""


@dataclass(frozen=True)
class Outcome:
    """What a model answers to one part of the data, K answers of C classes.

    p : (K, C). right : (K,) the classes' numbers. of : (K,) whose sentence it is. texts : of the
    part. usual : the class that training has most often. n_all : sentences of the part, which may
    be more than were asked.
    """

    classes: tuple[str, ...]
    p: np.ndarray
    right: np.ndarray
    of: np.ndarray
    texts: tuple[str, ...]
    usual: int
    n_all: int

    @cached_property
    def said(self) -> np.ndarray:
        """(K,) the likeliest class."""
        said: np.ndarray = self.p.argmax(axis=1)
        return said

    @cached_property
    def counts(self) -> np.ndarray:
        """(C, C) how often a class (row) was taken for another (column)."""
        counts = np.zeros((len(self.classes),) * 2, int)
        np.add.at(counts, (self.right, self.said), 1)
        return counts

    @property
    def accuracy(self) -> float:
        """The share of right answers."""
        return float((self.said == self.right).mean())

    @property
    def always(self) -> float:
        """The share that would be right if the answer were always the usual one."""
        return float((self.right == self.usual).mean())

    @cached_property
    def worst(self) -> list[int]:
        """The wrong answers, the least likely right class first; of each sentence one."""
        p_right = self.p[np.arange(len(self.p)), self.right]
        order = np.argsort(p_right, kind="stable")
        found = {self.of[i]: int(i) for i in order[::-1] if self.said[i] != self.right[i]}
        return list(found.values())[::-1]


def outcome(model: Model, data: Dataset, asked: Dataset, part: str) -> Outcome:
    """Ask a part of the data, "train" or "test". asked : the data, or a sample of them."""
    of, whole = getattr(asked, part), getattr(data, part)
    learned = data.train.answers[data.train.answers >= 0]
    usual = int(np.bincount(learned).argmax())
    return Outcome(model.classes, *answered(model, asked, of), of.texts, usual, len(whole))


def panels(board: Dashboard, part: str) -> list[Panel]:
    """The matrix with what it is worth, and beside it the list."""
    data, asked = board.session.run.dataset, board.metrics.asked
    now = outcome(board.model, data, asked, part)
    n = len(now.classes)
    height = 48 + min(max(n * 18, 160), n * 75) + _side(now)
    when = node("span", text.AT_EPOCH.format(epoch=board.at), class_="sub right")
    return [
        Text("mistakes title", node("div", node("h3", text.ANSWERS_TO[part]), when,
                                    class_="heading"), card=True),
        Text("mistakes worth", node("p", worth(now, part))),
        Figure("mistakes", matrix(now), height, text.CONFUSION, text.CONFUSION_SAYS,
               narrow=_narrow(now)),
        Text("mistakes look", look_for(look(now))),
        Text("errors", errors(now), area="side", card=True),
    ]  # fmt: skip


# ---- what is said ----


def worth(now: Outcome, part: str) -> str:
    """The share of right answers, beside that of always giving one."""
    n, usual = now.of.max() + 1, now.classes[now.usual]
    better = round(100 * now.accuracy) - round(100 * now.always)
    kind = "better" if better > 0 else "worse" if better else "no"
    verdict = text.BETTER[f"{kind} one" if abs(better) == 1 else kind].format(n=abs(better))
    return text.WORTH["sample" if n < now.n_all else "all"].format(
        right=percent(now.accuracy), n=n, part=text.PARTS[part], all=now.n_all,
        always=percent(now.always), usual=usual, verdict=verdict,
    )  # fmt: skip


def look(now: Outcome) -> str:
    """What is mistaken most often."""
    wrong = now.counts - np.diag(np.diag(now.counts))
    right, said = np.unravel_index(wrong.argmax(), wrong.shape)
    if not wrong.any():
        return text.DIAGONAL
    return text.MISTAKEN.format(right=now.classes[right], said=now.classes[said],
                                n=int(wrong[right, said]), all=now.counts[right].sum())  # fmt: skip


def errors(now: Outcome) -> Node:
    """The worst errors; a click reads the sentence."""
    if not now.worst:
        return node("div", node("h3", text.WORST), node("p", text.NONE_WRONG))
    rows: list[list[Node]] = []
    for i in now.worst[:MOST_SHOWN]:
        read, said = now.texts[now.of[i]], now.said[i]
        p = float(now.p[i, said])
        rows.append([
            node("button", short(read, LONGEST), class_="token", click={"read": read}, title=read),
            _class(now, now.right[i]), _class(now, said),
            percent(p) if math.isfinite(p) else text.NO_NUMBER,
        ])  # fmt: skip
    shown = text.WORST_OF.format(n=len(rows), all=len(now.worst))
    head = [*text.ERRORS.values()]
    return node("div", node("h3", shown), table(rows, head, class_="errors"))


def _class(now: Outcome, number: int) -> Node:
    name = now.classes[number]
    return node("span", short(name, LONGEST_NAME), title=name)


# ---- the picture ----


def matrix(now: Outcome) -> go.Figure:
    """Cells by their share of the row, which is a right class, with how many they are."""
    n, counts = len(now.classes), now.counts
    whole = counts.sum(axis=1, keepdims=True)
    shares = np.where(whole > 0, counts / np.maximum(whole, 1), np.nan)
    names = [theme.escape(short(name, LONGEST_NAME)) for name in now.classes]
    hover = [[text.TAKEN_FOR[i == j].format(right=a, said=b, n=counts[i, j], all=whole[i, 0])
              for j, b in enumerate(names)] for i, a in enumerate(names)]  # fmt: skip
    cells = theme.heatmap(
        [[None if math.isnan(v) else round(v, 3) for v in row] for row in shares.tolist()],
        AMOUNT, 1.6 if n <= WRITTEN else 1.0, text=counts.tolist(), customdata=hover,
        texttemplate="%{text}" if n <= WRITTEN else None, textfont={"size": 14, "color": INK},
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    side = _side(now)
    rows = {"tickvals": list(range(n)), "ticktext": names, "range": [n - 0.5, -0.5]}
    return go.Figure(cells, theme.layout(
        margin={"l": 40 + side, "r": 8, "t": 8, "b": 40 + (side if n > 5 else 16)},
        xaxis=theme.axis(range=[-0.5, n - 0.5], tickangle=-90 if n > 5 else 0,
                         title={**theme.title(text.SAID_AXIS), "standoff": 6},
                         **_named(names, NAMED)),
        yaxis=theme.axis(title={**theme.title(text.RIGHT_AXIS), "standoff": 6}, **rows),
    ))  # fmt: skip


def _narrow(now: Outcome) -> dict[str, Any]:
    """On a phone: fewer names, one above the other."""
    names = [theme.escape(short(name, LONGEST_NAME)) for name in now.classes]
    return {"layout": {"xaxis": {**_named(names, NAMED_ON_A_PHONE), "tickangle": -90},
                       "margin": {"b": 40 + _side(now)}}}  # fmt: skip


def _side(now: Outcome) -> int:
    """Pixels of the longest name."""
    return 7 * min(max(map(len, now.classes)), LONGEST_NAME)


def _named(names: list[str], most: int) -> dict[str, Any]:
    every = -(-len(names) // most)
    return {"tickvals": list(range(0, len(names), every)), "ticktext": names[::every]}
