"""Beside the film: what comes next, with its probability; and what one vector has to hold."""

from __future__ import annotations

import math

import numpy as np

from ui.kit.formula import formula
from ui.kit.numbers import number, percent
from ui.kit.player import Node, look_for, node, table
from ui.kit.sentence import sentence
from ui.kit.theme import AMOUNT, BAD, GOOD, W_HH, W_HY
from ui.translate import text
from ui.translate.translating import Translating

N_BARS, N_PRESENTED = 4, 2
"""Symbols with a bar of their own, and for an audience."""
MOST_WORDS = 8
"""Inputs that the bottleneck's card has room for."""
LONGEST = 26
"""Characters of a beginning."""
WAYS = {"forced": (True, 1), "greedy": (False, 1), "beam": (False, 3)}
"""{way of decoding: whether it is forced, and how wide its beam is}."""


def writes(now: Translating, t: int, present: bool) -> Node:
    """At a step of the decoder: the likeliest symbols or beginnings, and what is true."""
    one, wanted = text.ONE[now.task], now.wanted(t)
    truth: list[Node] = [
        node("span", text.OVER if now.right else text.VERDICT["unknown"], class_="quiet")
    ]
    if wanted is not None:
        loss = -math.log(max(float(now.fwd.p[t, wanted]), 1e-300))
        color = GOOD if wanted == now.outputs[t] else BAD
        name = node("b", now.name(wanted), color=color)
        truth = [node("span", *sentence(text.TRUE_ONE, one=one, name=name)),
                 node("span", text.LOSS_IS.format(loss=loss), class_="mono")]  # fmt: skip
    is_beam = now.width > 1 and not now.is_forced
    shown = _beginnings(now, t) if is_beam else _bars(now, now.fwd.p[t], now.outputs[t], present)
    head = node("div", node("h3", text.NEXT.format(one=one)), _ways(now), class_="heading")
    return node("div", *([] if present else [head]), shown, node("div", *truth, class_="heading"))


def _ways(now: Translating) -> Node:
    """A button for each way of decoding that there is here."""
    chosen = "forced" if now.is_forced else "beam" if now.width > 1 else "greedy"
    return node("span", *(
        node("button", text.DECODING[way], class_="token on" if way == chosen else "token",
             click=None if way == chosen else {"decoding": way})
        for way in WAYS if way != "forced" or now.right
    ))  # fmt: skip


def _beginnings(now: Translating, t: int) -> Node:
    """What the beam keeps after this step, the likeliest first; thick what it will say."""
    beam, rows = now.beam, list[list[Node]]()
    best = {tuple(now.outputs[:n]) for n in range(len(now.outputs) + 1)}
    for leaf in now.beginnings(t):
        path = beam.path(leaf)
        said = now.rule.joint.join(map(now.name, path))
        if len(said) > LONGEST:
            said = "…" + said[1 - LONGEST :]
        is_best = tuple(path) in best
        rows.append([node("b", said, color=W_HY) if is_best else said,
                     number(beam.nodes[leaf].log_p, 2)])  # fmt: skip
    return table(rows, [text.BEGINNINGS, text.LOG_P], ["wide", "mono"])


def reads(now: Translating, j: int, present: bool) -> Node:
    """At a step of the encoder: what would be written first if the source ended here."""
    p, one = now.first_after(j), text.ONE[now.task]
    first = int(p.argmax())
    if present:
        likeliest = node("b", now.name(first), color=W_HY)
        share = node("b", percent(float(p[first])), color=W_HY)
        return node("div", node("p", *sentence(text.IF_ENDED, one=one, name=likeliest, p=share)))
    head = node("div", node("h3", text.READING.format(name=now.shown[j])),
                node("span", text.N_OF.format(n=j + 1, all=len(now.read)), class_="quiet"),
                class_="heading")  # fmt: skip
    h = formula("h_t", {"t": str(j + 1)})
    knows = node("p", *sentence(text.KNOWS, h=h, n=now.h.shape[1], one=one))
    return node("div", head, knows, _bars(now, p, first, present))


def _bars(now: Translating, p: np.ndarray, said: int, present: bool) -> Node:
    likeliest = [
        int(c) for c in np.argsort(-p, kind="stable")[: N_PRESENTED if present else N_BARS]
    ]
    if said not in likeliest:
        likeliest[-1] = said
    rows: list[list[Node]] = [
        [node("b", now.name(c), color=W_HY) if c == said else now.name(c),
         node("bar", from_=0.0, to=float(p[c]), color=W_HY if c == said else AMOUNT[3]),
         percent(float(p[c]))]
        for c in likeliest
    ]  # fmt: skip
    return table(rows, (), ["", "wide", "mono"])


def bottleneck(now: Translating) -> Node:
    """Without attention: how far the one vector would move without each of the symbols."""
    moved = [now.without(j) for j in range(len(now.read))]
    shown = sorted(range(len(moved)), key=lambda j: -moved[j])[:MOST_WORDS]
    largest = max(moved)
    rows: list[list[Node]] = [
        [now.shown[j], node("bar", from_=0.0, to=moved[j] / (largest or 1.0), color=W_HH),
         f"{moved[j]:.2f}"]
        for j in sorted(shown)
    ]  # fmt: skip
    most, least = (now.shown[pick(range(len(moved)), key=moved.__getitem__)] for pick in (max, min))
    holds = text.HOLDS_TWO if len(moved) > 1 else text.HOLDS
    said = holds.format(most=most, far=largest, least=least, near=min(moved))
    switch = node("button", text.GIVE, class_="token", click={"attention": True})
    head = node("div", node("h3", text.BOTTLENECK), switch, class_="heading")
    what = node("p", text.THROUGH.format(n=now.h.shape[1], one=text.ONE[now.task]))
    return node("div", head, what, table(rows, (), ["", "wide", "mono"]), look_for(said))
