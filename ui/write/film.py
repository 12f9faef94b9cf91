"""The film of a text that is written: what it reads, what it draws, and that this is read next."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np
import plotly.graph_objects as go

from rnn_core import Model
from rnn_core.language import Page, write
from rnn_core.texts import Text as Corpus
from rnn_core.wirings import distribution
from ui.kit import frame as page_frame
from ui.kit import theme
from ui.kit.formula import formula
from ui.kit.numbers import compact
from ui.kit.player import Drawing, Figure, Film, Frame, Node, Panel, Room, Text, look_for, node
from ui.kit.sentence import sentence
from ui.kit.theme import AMOUNT, BAND, CARD, FORWARD, INK
from ui.sequence.strip import Strip
from ui.sequence.wiring import Plan, Segment
from ui.write import next_symbol, text
from ui.write.symbols import colored, shades, surprise, unit_shades

MOST_DRAWN = {"characters": 80, "words": 40}
"""Symbols that are drawn after the prompt, at most: a sample never hangs."""
NARROW = {"layout": {axis: {"showticklabels": False} for axis in ("yaxis", "yaxis2")}}
LINES, LINE = 3, 62
"""Lines of the text so far that are shown, and characters of a line."""


@dataclass(frozen=True)
class Writing:
    """A prompt, and what a network draws after it.

    prompt : ids. temperature : 0 for always the likeliest. top_k : of the likeliest only, 0 for
    all. seed : of the draws. by_hand : {position: symbol} that the visitor drew.
    """

    model: Model
    corpus: Corpus
    prompt: tuple[int, ...]
    temperature: float
    top_k: int
    seed: int
    by_hand: tuple[tuple[int, int], ...] = ()
    epoch: int = 0

    @property
    def key(self) -> Hashable:
        """What every picture of it is made from."""
        numbers = blake2b(self.model.flat, digest_size=16).digest()
        drawn = self.temperature, self.top_k, self.seed, self.by_hand
        return self.model.kind, numbers, self.corpus.name, self.prompt, drawn, self.epoch

    @cached_property
    def made(self) -> Page:
        """What was written, and the trace of reading all of it."""
        return write(
            self.model, self.prompt, MOST_DRAWN[self.corpus.unit],
            self.seed if self.temperature else None, self.temperature or 1.0, self.top_k or None,
            forced={place - len(self.prompt): symbol for place, symbol in self.by_hand},
        )  # fmt: skip

    @cached_property
    def drawn_from(self) -> np.ndarray:
        """(T, C) what comes next after each symbol, as it is drawn from."""
        t, k = self.temperature or 1.0, self.top_k or None
        return np.array([distribution(y, t, k) for y in self.made.fwd.y])

    @property
    def n_steps(self) -> int:
        """Symbols that are read: all but the last that was drawn."""
        return len(self.made.ids) - 1

    def is_drawn(self, i: int) -> bool:
        """Whether symbol i was drawn, and not typed."""
        return i >= len(self.prompt)

    @cached_property
    def names(self) -> list[str]:
        """Each symbol as it stands in a box."""
        return [next_symbol.cut(self.corpus.classes[i]) for i in self.made.ids]

    @cached_property
    def p_came(self) -> np.ndarray:
        """(T,) the probability of what came after each step: as it was drawn from."""
        p: np.ndarray = self.drawn_from[np.arange(self.n_steps), self.made.ids[1:]]
        return p

    @property
    def h(self) -> np.ndarray:
        """(T, H) the top layer's states."""
        h: np.ndarray = self.made.fwd.showing(self.model.n_layers - 1).h
        return h

    @property
    def telling_unit(self) -> int:
        """The unit that moves most over this text."""
        return int(self.h.std(axis=0).argmax())


def film(now: Writing, unit: int, colour: str, present: bool) -> Film:
    """The page's film: one frame for each symbol that is read."""
    strip = _strip(now)
    figure = _rows(now, unit)
    most = next_symbol.N_PRESENTED if present else next_symbol.N_BARS
    side: dict[str, Any] = {"area": "main" if present else "side"}
    panels: list[Panel] = [
        Text("heading", "", card=True, share=468),
        Drawing("strip", strip.marks, strip.height, text.STRIP, columns=now.n_steps),
        Figure("rows", figure, 58, text.ROWS.format(unit=unit), columns=now.n_steps,
               stack=[Room("yaxis", px=24), Room("yaxis2", px=24, gap=3)], clicks="step",
               narrow=NARROW),
        Text("written", "", grow=1),
        *([] if present else [Text("look", look_for(*_look(now)))]),
        Text("next title", "", card=True, share=172, **side),
        Figure("next", next_symbol.blank(len(now.corpus.classes), most), 30 * most,
               text.NEXT, text.NEXT_SAYS, clicks="cell", grow=1, **side),
        *([] if present else [Text("next look", node("p", text.CLICK, class_="look"), **side)]),
    ]  # fmt: skip
    frames = []
    for t in range(now.n_steps):
        drawn, given = int(now.made.ids[t + 1]), not now.is_drawn(t + 1)
        patches = {
            "heading": page_frame.heading("write", node("b", _said(now, t))),
            "strip": strip.states(t),
            "rows": {"layout": {"shapes": _band(now, t)}},
            "written": written(now, t, unit, colour),
            "next title": _next_title(now),
            "next": next_symbol.at_step(now.drawn_from[t], now.made.fwd.p[t], drawn,
                                        now.corpus.classes, given, most),
        }  # fmt: skip
        kind, symbol = text.KIND[now.corpus.unit], now.names[t]
        where = sentence(text.WHERE, kind=kind, t=t + 1, n=now.n_steps, symbol=node("b", symbol))
        step = text.STEP.format(kind=kind, t=t + 1, symbol=symbol)
        frames.append(Frame(step, node("span", *where), _said(now, t), patches, t))
    return panels, frames


def _strip(now: Writing) -> Strip:
    """The unrolled network: what it reads below, what came next above, and the feedback."""
    n = now.n_steps
    segment = Segment(tuple(now.names[:n]), asked="each", inputs="fed", given=len(now.prompt),
                      said=tuple(now.names[1:]))  # fmt: skip
    return Strip(Plan((segment,), now.model.n_layers), shown=now.model.n_layers - 1,
                 sides=(text.SIDES["reads"], text.SIDES["draws"]))  # fmt: skip


def _rows(now: Writing, unit: int) -> go.Figure:
    """P of what came, and one unit's value, in a cell for each step."""
    n = now.n_steps
    x = list(range(n))
    p, value = now.p_came, now.h[:, unit]
    cells = {"xgap": 1, "hoverongaps": False, "textfont": {"size": theme.TICK}}
    chance = theme.heatmap(
        [(-np.log2(np.maximum(p, 1e-12))).round(3).tolist()], AMOUNT, 8.0, **cells,
        text=[[f"{one:.2f}" if one >= 0.005 else "<.01" for one in p]],
        texttemplate="%{text}", customdata=[p.round(5).tolist()],
        hovertemplate=text.CHANCE,
    )  # fmt: skip
    state = theme.heatmap(
        [value.round(3).tolist()], FORWARD, 1.0, **cells, yaxis="y2",
        text=[[f"{one:+.2f}".replace("-", "−") for one in value]],
        texttemplate="%{text}", hovertemplate=text.STATE.format(unit=unit),
    )  # fmt: skip
    named = {"tickmode": "array", "tickvals": [0], "range": [0.5, -0.5], "ticklabelstandoff": 5}
    return go.Figure([chance, state], theme.layout(
        margin={"l": 70, "r": 12, "t": 2, "b": 2},
        xaxis=theme.axis(range=[-0.5, n - 0.5], tickvals=x, showticklabels=False, anchor="y2"),
        yaxis=theme.axis(ticktext=[text.CAME], **named),
        yaxis2=theme.axis(ticktext=[text.UNIT.format(unit=unit)], **named),
    ))  # fmt: skip


def _band(now: Writing, t: int) -> list[dict[str, Any]]:
    """The present column is framed; what is still to come is pale."""
    ends = {"yref": "paper", "y0": 0, "y1": 1}
    veil = {"type": "rect", **ends, "x0": t + 0.5, "x1": now.n_steps - 0.5, "fillcolor": CARD,
            "opacity": 0.74, "line": {"width": 0}}  # fmt: skip
    frame = {"type": "rect", **ends, "x0": t - 0.5, "x1": t + 0.5,
             "line": {"color": INK, "width": 2}}  # fmt: skip
    band = {"type": "rect", **ends, "x0": t - 0.5, "x1": t + 0.5, "fillcolor": BAND,
            "layer": "below", "line": {"width": 0}}  # fmt: skip
    return [band, *([veil] if t < now.n_steps - 1 else []), frame]


def written(now: Writing, t: int, unit: int, colour: str) -> Node:
    """The text so far, each symbol by how likely it was, or by one unit; typed ones underlined."""
    glue = " " if now.corpus.unit == "words" else ""
    symbols = [now.corpus.classes[i] for i in now.made.ids[: t + 2]]
    first = last_lines(symbols, len(glue))
    if colour == "unit":
        shade, colors = [*unit_shades(now.h[: t + 1, unit]), len(FORWARD) // 2], FORWARD
    else:
        shade, colors = [0, *shades(now.p_came[: t + 1])], AMOUNT
    n_typed = max(len(now.prompt), first)
    typed = colored(symbols[first:n_typed], shade[first:n_typed], colors, glue, first=first)
    drawn = colored(symbols[n_typed:], shade[n_typed:], colors, glue, first=n_typed)
    last = text.LAST["drawn" if now.is_drawn(t + 1) else "given"].format(p=now.p_came[t])
    before, p = "…" if first else "", node("span", last, class_="quiet")
    between = glue if typed and drawn else ""
    return node("p", before, node("span", *typed, class_="typed"), between, *drawn, p,
                class_="written")  # fmt: skip


def last_lines(symbols: Sequence[str], blank: int) -> int:
    """From which symbol on the text fills LINES lines. blank : characters between two symbols."""
    lines, used = 1, 0
    for i in range(len(symbols) - 1, -1, -1):
        used += len(symbols[i]) + blank
        if (symbols[i] == "\n" and i < len(symbols) - 1) or used > LINE:
            lines, used = lines + 1, len(symbols[i]) + blank
        if lines > LINES:
            return i + 1
    return 0


def _said(now: Writing, t: int) -> str:
    """One step in words."""
    said = text.SAID["drawn" if now.is_drawn(t + 1) else "given"]
    return said.format(symbol=now.names[t], next=now.names[t + 1])


def _next_title(now: Writing) -> Node:
    """Over the bars: what they are of, and the formula."""
    how = text.HOW["greedy" if not now.temperature else "few" if now.top_k else "all"]
    title = text.NEXT_TITLE.format(kind=text.KIND[now.corpus.unit])
    said = how.format(t=now.temperature, k=now.top_k)
    return node("div", node("h3", title), node("span", said, class_="sub"),
                node("span", formula("P = softmax(y / T)")), class_="heading")  # fmt: skip


def _look(now: Writing) -> list[Node]:
    """Where it was most surprised by what it drew itself, with the number."""
    first = len(now.prompt) - 1
    p = now.p_came[first:]
    if not len(p):
        return [text.LOOK_FIRST]
    t = first + int(p.argmin())
    return [text.LOOK.format(
        symbol=now.names[t + 1], before=now.names[t], p=p.min(), bits=surprise(float(p.min())),
        n=len(p), perplexity=compact(float(np.exp(-np.log(np.maximum(p, 1e-12)).mean()))),
    )]  # fmt: skip
