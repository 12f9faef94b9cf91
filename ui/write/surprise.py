"""The held-out text by surprise or by one unit; which unit tells what, and where it is alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import streamlit as st

from rnn_core.experiments.units import Teller, features, most_alike, tellers
from ui.kit import settings
from ui.kit.cache import shared
from ui.kit.numbers import number, percent
from ui.kit.player import Film, Node, Text, film, look_for, node, table
from ui.kit.theme import AMOUNT, FORWARD
from ui.sequence.answers import sign
from ui.sequence.learner import Moment
from ui.write import text
from ui.write.film import Writing
from ui.write.symbols import colored, shades, surprise, unit_shades

MOST = {"characters": 900, "words": 260}
"""Symbols of the passage."""
N_TELLERS, N_ALIKE, WINDOW = 5, 5, 4
"""Units and places that are listed; steps of the pattern that is looked for."""
AROUND = {"characters": 18, "words": 4}
COLUMNS = "minmax(0, 752fr) minmax(0, 464fr)"


@dataclass(frozen=True)
class Passage:
    """A stretch of the held-out text, read by a network. place : the symbol that is looked at."""

    writing: Writing
    feature: str
    colour: str
    unit: int | None
    place: int

    @property
    def key(self) -> object:
        """What its pictures are made from."""
        return self.writing.key, self.feature, self.colour, self.unit, self.place

    @cached_property
    def ids(self) -> np.ndarray:
        """(T,) the symbols."""
        corpus = self.writing.corpus
        return corpus.held_out[: MOST[corpus.unit]]

    @cached_property
    def symbols(self) -> list[str]:
        """Their names."""
        return [self.writing.corpus.classes[i] for i in self.ids]

    @cached_property
    def read(self) -> tuple[np.ndarray, np.ndarray]:
        """(T,) the probability of each symbol, that of the first by the prompt's empty state, and
        (T, H) the state after it.
        """
        model = self.writing.model
        fwd = model.forward(self.ids).showing(model.n_layers - 1)
        came = fwd.p[np.arange(len(self.ids) - 1), self.ids[1:]]
        return np.concatenate([[np.nan], came]), fwd.h

    @cached_property
    def told(self) -> dict[str, np.ndarray]:
        """{feature: (T,)} what could be told of this passage."""
        return features(self.symbols)

    @cached_property
    def tellers(self) -> list[Teller]:
        """The units, those that tell the feature best first."""
        return tellers(self.read[1], self.told[self.feature])

    @property
    def shown_unit(self) -> int:
        """The unit that colours the text: the chosen one, or the one that tells best."""
        return self.tellers[0].unit if self.unit is None else self.unit


def show(now: Moment, writing: Writing) -> None:
    """The widgets, the passage, and beside it the units and the places."""
    corpus = writing.corpus
    ids = corpus.held_out[: MOST[corpus.unit]]
    names = list(features([corpus.classes[i] for i in ids]))
    with st.container(horizontal=True, gap="medium"):
        usual = "inside quotes" if "inside quotes" in names else names[0]
        feature = str(settings.segments("feature", text.WHICH, names, usual))
        colour = str(settings.segments("passage", text.COLOUR, text.COLOURS))
    place = settings.within("w_place", 0, len(ids) - 1, min(WINDOW * 8, len(ids) - 1))
    unit = settings.get("w_unit")
    unit = None if unit is None else min(int(unit), writing.model.n_hidden - 1)
    passage = Passage(writing, feature, colour, unit, place)
    panels, frames = shared(pictures, passage)
    film("passage", panels, frames, transport=False, columns=COLUMNS, on_click=_clicked)


def pictures(now: Passage) -> Film:
    """The passage on the left; on the right who tells the feature, and where it is alike."""
    p, h = now.read
    unit = now.shown_unit
    if now.colour == "unit":
        shade, colors = unit_shades(h[:, unit]), FORWARD
        title, look = text.UNIT_OVER.format(unit=unit), text.UNIT_LOOK
    else:
        shade, colors = [0, *shades(p[1:])], AMOUNT
        title, look = text.SURPRISE_OVER, _most_surprised(now)
    glue = " " if now.writing.corpus.unit == "words" else ""
    shown = node("p", *colored(now.symbols, shade, colors, glue, click="place"), class_="written")
    return [
        Text("passage title", node("h3", title), card=True),
        Text("passage", shown),
        Text("passage look", look_for(look)),
        Text("tellers", _tellers(now), card=True, area="side"),
        Text("alike", _alike(now), card=True, area="side"),
    ], []


def _most_surprised(now: Passage) -> str:
    p = now.read[0]
    t = int(np.nanargmin(p))
    bits = -np.log2(np.maximum(p[1:], 1e-12))
    return text.SURPRISE_LOOK.format(symbol=sign(now.symbols[t]), before=_before(now, t),
                                     bits=surprise(float(p[t])), mean=bits.mean())  # fmt: skip


def _tellers(now: Passage) -> Node:
    """The units that tell a feature best, with the honest figures beside them."""
    best = now.tellers[0]
    rows: list[list[Node]] = [
        [node("button", text.UNIT.format(unit=one.unit), click={"unit": one.unit},
              class_="token on" if one.unit == now.shown_unit else "token"),
         number(one.r, 2), percent(one.accuracy), node("bar", value=one.r, color=FORWARD[-1])]
        for one in now.tellers[:N_TELLERS]
    ]  # fmt: skip
    return node(
        "div", node("h3", text.TELLERS.format(feature=now.feature)),
        table(rows, ["", "r", text.RIGHT, ""], ["", "mono", "mono", "wide"]),
        node("p", text.TELLERS_SAY.format(base=percent(best.base), n=len(now.tellers)),
             class_="quiet"),
    )  # fmt: skip


def _alike(now: Passage) -> Node:
    """The places where the unit moved most like here."""
    course = now.read[1][:, now.shown_unit]
    start = max(now.place - WINDOW + 1, 0)
    pattern = course[start : now.place + 1]
    places = most_alike(course, pattern, N_ALIKE + 1, apart=WINDOW)
    rows: list[list[Node]] = [
        [node("button", f"{place + 1}", class_="token on" if place == now.place else "token",
              click={"place": int(place)}), _context(now, int(place)),
         number(float(course[place]), 2)]
        for place in places
    ]  # fmt: skip
    here = sign(now.symbols[now.place])
    return node(
        "div", node("h3", text.ALIKE.format(unit=now.shown_unit, symbol=here)),
        table(rows, [text.AT, "", "h"], ["", "mono", "mono"]),
        node("p", text.ALIKE_SAY, class_="quiet"),
    )  # fmt: skip


def _context(now: Passage, place: int) -> Node:
    glue = " " if now.writing.corpus.unit == "words" else ""
    return node("span", _before(now, place) + glue, node("b", sign(now.symbols[place])))


def _before(now: Passage, place: int) -> str:
    """What stands before a symbol."""
    unit = now.writing.corpus.unit
    start = max(place - AROUND[unit], 0)
    shown = (" " if unit == "words" else "").join(map(sign, now.symbols[start:place]))
    return f"…{shown}" if start else shown


def _clicked() -> None:
    """A callback: a symbol, a place or a unit was clicked."""
    click = settings.reported("passage", "click") or {}
    if "place" in click:
        settings.put(w_place=int(click["place"]))
    if "unit" in click:
        settings.put(w_unit=int(click["unit"]), passage="unit")
