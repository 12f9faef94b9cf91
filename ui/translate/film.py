"""The film of a translation: encoder and decoder on one time axis, their states, what is said."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import frame as page_frame
from ui.kit import theme
from ui.kit.player import Drawing, Figure, Film, Frame, Node, Panel, Room, Text, look_for, node
from ui.kit.sentence import sentence
from ui.kit.theme import AMOUNT, CARD, DECODER, ENCODER, FORWARD, INK, W_HY
from ui.sequence.strip import Strip
from ui.sequence.wiring import Plan, Segment
from ui.translate import matrix, side, text
from ui.translate.translating import Translating

BARS = 62
"""Pixels of the row of bars, at least."""
LEAST_SAID = 0.03
"""Shares of attention from here on have their number."""
NARROW = {"data": {"0": {"xgap": 1, "showscale": False}, "1": {"xgap": 1}},
          "layout": {"yaxis": {"title": {"text": ""}}}}  # fmt: skip


def plan(now: Translating) -> Plan:
    """How it is wired: what is read, handed over, written and fed back."""
    wrong, names = now.first_wrong, now.names
    said = tuple(f"✗ {name}" if t == wrong else name for t, name in enumerate(names))
    encoder = Segment(now.shown, asked="none", title=(text.ENCODER, text.READS[now.task]))
    decoder = Segment(
        tuple(now.inputs), state="s", asked="each", said=said,
        inputs="given" if now.is_forced else "fed", title=(text.DECODER, text.WRITES[now.task]),
    )  # fmt: skip
    return Plan((encoder, decoder), now.model.n_layers, now.model.bidirectional,
                attends=now.model.attends)  # fmt: skip


def film(now: Translating, present: bool) -> Film:
    """One frame for each symbol that is read, and for each that is written."""
    wired = plan(now)
    alpha = () if now.alpha is None else now.alpha.tolist()
    strip = Strip(wired, shown=now.tops[0], attention=alpha)
    figure = picture(now, wired)
    more: dict[str, Any] = {"area": "side"}
    if present:
        more = {"area": "main", "share": 116}
    panels: list[Panel] = [
        Text("heading", "", card=True, share=524),
        Drawing("strip", strip.marks, strip.height, text.STRIP, columns=wired.n_columns),
        Figure("states", figure, 220, text.STATES, text.STATES_SAID,
               columns=wired.n_columns, grow=1, clicks="step", narrow=NARROW,
               stack=[Room("yaxis", rows=now.model.n_hidden),
                      Room("yaxis2", px=44 if present else BARS, grow=1, gap=6)]),
        *([] if present else [Text("look", look_for(_look(now)))]),
        Text("next", "", card=True, **more),
        *([] if present else _second_card(now)),
    ]  # fmt: skip
    frames = []
    for i, (s, t) in enumerate(wired.steps):
        patches: dict[str, Any] = {
            "heading": page_frame.heading(
                "translate", _verdict(now, t if s else None), sub="" if present else None
            ),
            "strip": strip.states(i),
            "states": at_step(now, wired, s, t),
            "next": (side.writes if s else side.reads)(now, t, present),
        }
        if now.alpha is not None and not present:
            patches["alignment"] = matrix.at_step(now.alpha, t if s else None)
            patches["alignment look"] = matrix.said(now, t if s else None)
        said = _said(now, s, t)
        n = len(wired.steps)
        where = node("span", *sentence(text.STEP_OF, n=i + 1, all=n, said=node("b", said)))
        label = text.STEP.format(n=i + 1, said=said)
        frames.append(Frame(label, where, said, patches, wired.column(s, t)))
    return panels, frames


def _second_card(now: Translating) -> list[Panel]:
    """What attention looks at; without it, what the last state holds."""
    if now.alpha is None:
        return [Text("bottleneck", side.bottleneck(now), card=True, area="side")]
    return matrix.panels(now, area="side")


def picture(now: Translating, wired: Plan) -> go.Figure:
    """Traces: 0, 1 the states of both; 2 attention at this step, 3 P of what is said."""
    n, m, first = len(now.read), len(now.outputs), wired.column(1, 0)
    units = list(range(now.model.n_hidden))
    cells: dict[str, Any] = {"ygap": 2 if len(units) <= 16 else 0.5, "dx": 1}
    heat = [
        theme.heatmap(
            values.T.round(3).tolist(), FORWARD, 1.0, x0=x0, **cells,
            hovertemplate=text.UNIT_OF.format(letter=letter) + "<extra></extra>",
            showscale=letter == "h", colorbar=theme.color_bar((-1.0, 1.0)),
        )
        for values, x0, letter in ((now.h, 0, "h"), (now.s, first, "s"))
    ]  # fmt: skip
    bars: dict[str, Any] = {
        "yaxis": "y2", "width": 0.62, "textposition": "outside", "cliponaxis": False,
        "textangle": 0, "constraintext": "none", "textfont": {"size": theme.TICK, "color": INK},
    }  # fmt: skip
    alpha = go.Bar(x=list(range(n)), y=[0.0] * n, text=[" "] * n, **bars, marker={"color": W_HY},
                   hovertemplate="α = %{y:.3f}<extra></extra>")  # fmt: skip
    p = go.Bar(x=[first + t for t in range(m)], y=now.p_said.round(4).tolist(), **bars,
               text=[_share(p) for p in now.p_said], marker={"color": [AMOUNT[3]] * m},
               hovertemplate="P = %{y:.3f}<extra></extra>")  # fmt: skip
    marks = [_named("P", first - 0.5)]
    if now.alpha is not None:
        marks.append(_named("α", -0.5))
    return go.Figure([*heat, alpha, p], theme.layout(
        margin={"l": 46, "r": 44, "t": 4, "b": 6}, annotations=marks,
        xaxis=theme.axis(range=[-0.5, wired.n_columns - 0.5], showticklabels=False, anchor="y2"),
        yaxis=theme.unit_axis(units),
        yaxis2=theme.axis(range=[0, 1.45], showticklabels=False),
    ))  # fmt: skip


def _share(p: float) -> str:
    return f"{p:.2f}".lstrip("0") if p < 0.995 else "1"


def _named(letter: str, x: float) -> dict[str, Any]:
    """The name of a row of bars, left of its first column."""
    return {"text": f"<i>{letter}</i>", "x": x, "xanchor": "right", "xshift": -6, "y": 0.4,
            "yref": "y2", "showarrow": False, "font": {"size": 15, "color": W_HY}}  # fmt: skip


def at_step(now: Translating, wired: Plan, s: int, t: int) -> dict[str, Any]:
    """What changes: the column's frame, what is to come, attention, the bar of what is said."""
    n, m, units = len(now.read), len(now.outputs), now.model.n_hidden
    first, here = wired.column(1, 0), wired.column(s, t)
    forth = units // (1 + wired.bidirectional)  # those that read backwards are done
    looked = np.zeros(n) if now.alpha is None or not s else now.alpha[t]
    shapes = [
        _ground(-0.5, n - 0.5, ENCODER), _ground(first - 0.5, first + m - 0.5, DECODER),
        *([_veil(here + 0.5, n - 0.5, forth - 0.5)] if not s and t < n - 1 else []),
        *([_veil(max(here + 0.5, first - 0.5), first + m - 0.5)] if not s or t < m - 1 else []),
        theme.outline(here - 0.5, here + 0.5, -0.5, units - 0.5),
    ]  # fmt: skip
    if now.alpha is not None and s:
        j = int(looked.argmax())
        shapes.append(theme.outline(j - 0.5, j + 0.5, -0.5, units - 0.5,
                                    line={"color": W_HY, "width": 2, "dash": "dot"}))  # fmt: skip
    least = LEAST_SAID if s and now.alpha is not None else 2.0
    return {
        "data": {
            "2": {"y": looked.round(4).tolist(),
                  "text": [_share(a) if a >= least else " " for a in looked]},
            "3": {"marker": {"color": [W_HY if s and t == u else AMOUNT[3] for u in range(m)]},
                  "text": [_share(p) if s and u <= t else " " for u, p in enumerate(now.p_said)]},
        },
        "layout": {"shapes": shapes},
    }  # fmt: skip


def _ground(x0: float, x1: float, color: str) -> dict[str, Any]:
    """A segment's ground, which the strip above begins."""
    return {"type": "rect", "x0": x0, "x1": x1, "yref": "paper", "y0": 0, "y1": 1,
            "fillcolor": color, "line": {"width": 0}, "layer": "below"}  # fmt: skip


def _veil(x0: float, x1: float, to: float | None = None) -> dict[str, Any]:
    """Over what is still to come: all, or the rows down to one."""
    rows = {"yref": "paper", "y0": 0, "y1": 1} if to is None else {"y0": -0.5, "y1": to}
    return {"type": "rect", "x0": x0, "x1": x1, **rows, "fillcolor": CARD, "opacity": 0.74,
            "line": {"width": 0}}  # fmt: skip


def _said(now: Translating, s: int, t: int) -> str:
    """One step in words."""
    does, name = ("writes", now.names[t]) if s else ("reads", now.shown[t])
    return text.DOES[does].format(name=name)


def _verdict(now: Translating, t: int | None) -> Node:
    """How right it is: so far, or as a whole before it has begun to write."""
    wrong = now.first_wrong
    if now.right is None:
        return node("span", text.VERDICT["unknown"], class_="quiet")
    if wrong is None:
        return node("b", text.VERDICT["forced" if now.is_forced else "right"], color=theme.GOOD)
    if t is not None and t > wrong:
        return node("b", text.VERDICT["given" if now.is_forced else "own"], color=theme.UNSURE)
    first = text.VERDICT["wrong"].format(one=text.ONE[now.task], n=wrong + 1)
    return node("b", first, color=theme.BAD)


def _look(now: Translating) -> str:
    """What there is to see, with its numbers."""
    wrong = now.first_wrong
    if not now.ended:
        return text.NO_END.format(n=len(now.outputs), many=text.MANY[now.task])
    if wrong is not None:
        right = now.wanted(wrong)
        return text.CROSS["over" if right is None else "other"].format(
            nth=matrix.place(wrong), one=text.ONE[now.task], said=now.names[wrong],
            right="" if right is None else now.name(right),
        )  # fmt: skip
    t = int(now.p_said.argmin())
    p = now.p_said[t]
    return text.LEAST_SURE[bool(p >= 0.995), now.alpha is not None].format(
        name=now.names[t], p=p, n=now.h.shape[1]
    )
