"""Beside the film: what comes next, with its probability; and what one vector has to hold."""

from __future__ import annotations

import math

import numpy as np

from ui.kit.formula import formula
from ui.kit.numbers import percent
from ui.kit.player import Node, look_for, node, table
from ui.kit.theme import AMOUNT, BAD, GOOD, W_HH, W_HY
from ui.translate.translating import Translating
from ui.translate.translator import ONE

N_BARS, N_PRESENTED = 4, 2
"""Symbols with a bar of their own, and for an audience."""
MOST_WORDS = 8
"""Inputs that the bottleneck's card has room for."""


def writes(now: Translating, t: int, present: bool) -> Node:
    """At a step of the decoder: the likeliest symbols, and what is true."""
    wanted = now.wanted(t)
    over = "the answer is over" if now.right else "the rule has no answer to this"
    truth: list[Node] = [node("span", over, class_="quiet")]
    if wanted is not None:
        loss = -math.log(max(float(now.fwd.p[t, wanted]), 1e-300))
        color = GOOD if wanted == now.outputs[t] else BAD
        name = node("b", now.name(wanted), color=color)
        truth = [node("span", f"the true {ONE[now.task]}: ", name),
                 node("span", f"loss {loss:.2f}", class_="mono")]  # fmt: skip
    bars = _bars(now, now.fwd.p[t], now.outputs[t], present)
    head = _head(f"The next {ONE[now.task]}", f"of {len(now.model.classes)}")
    return node("div", *([] if present else [head]), bars, node("div", *truth, class_="heading"))


def reads(now: Translating, j: int, present: bool) -> Node:
    """At a step of the encoder: what would be written first if the source ended here."""
    p = now.first_after(j)
    head = _head(f"It reads “{now.shown[j]}”", f"{j + 1} of {len(now.read)}")
    h, would = formula("h_t", {"t": str(j + 1)}), f"the first {ONE[now.task]} would be:"
    first = int(p.argmax())
    bars = _bars(now, p, first, present)
    if present:
        likeliest = node("b", f" {now.name(first)}, {percent(float(p[first]))}", color=W_HY)
        return node("div", node("p", f"If it ended here, {would}", likeliest))
    kept = f": what it knows so far, {now.h.shape[1]} numbers. If it ended here, {would}"
    return node("div", head, node("p", h, kept), bars)


def _head(title: str, right: str) -> Node:
    return node("div", node("h3", title), node("span", right, class_="quiet"), class_="heading")


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
    said = f"what s₀ holds of each: without “{most}” it would be {largest:.2f} away"
    said += f", without “{least}” {min(moved):.2f}." if len(moved) > 1 else "."
    switch = node("button", "Give it attention", class_="token", click={"attention": True})
    head = node("div", node("h3", "The bottleneck"), switch, class_="heading")
    what = node("p", f"All goes through s₀, {now.h.shape[1]} numbers. How far it moves when one "
                f"{ONE[now.task]} is left out:")  # fmt: skip
    return node("div", head, what, table(rows, (), ["", "wide", "mono"]), look_for(said))
