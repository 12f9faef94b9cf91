"""The hidden state over the words, and beneath, aligned, what would be answered after each.

Arrays and labels in, a Plotly figure out. Rows are units in the order asked for, columns are the
sentence's words; a word that is not known has a column in which nothing happens.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.player import Room
from ui.kit.theme import BAND, BAND_BACK, CARD, FAINT, HAIR, QUIET, W_HY
from ui.sequence import text

HEIGHT = 250
"""Pixels of the film's figure, at least."""
MOST_NAMED = 24
"""Steps that have their number on the curve."""
UNSAID = "\u00a0"
"""Where a number would stand: Plotly forgets for good what once had no text at all."""
HEAD, NAMED_HEAD, FOOT = 9, 28, 6


def places(known: Sequence[bool]) -> list[int]:
    """The column of each step: unknown words have a column, but are no step."""
    return [column for column, is_known in enumerate(known) if is_known]


def spread(values: np.ndarray, known: Sequence[bool]) -> list[list[float | None]]:
    """Rows for a heatmap: values (T, R) in the columns of the known words, gaps in the others."""
    rows = np.full((values.shape[1], len(known)), np.nan)
    rows[:, places(known)] = values.T
    return [[v if math.isfinite(v) else None for v in row] for row in rows.round(4).tolist()]


def stack(n_units: int, curve: int = 60) -> list[Room]:
    """How the two pictures share the figure's height. curve : 0 where there is none."""
    rows = Room("yaxis", rows=n_units)
    return [rows, Room("yaxis2", px=curve, grow=1, gap=14)] if curve else [rows]


def film(
    values: np.ndarray, p: np.ndarray | None, words: Sequence[str], known: Sequence[bool],
    order: Sequence[int], answer: str, symbol: str = "h",
    span: tuple[float, float] = (-1.0, 1.0), named: bool = False,
) -> go.Figure:  # fmt: skip
    """The state as a heatmap, and the answer as a curve where that is p.

    values : (T, H), the state or another signal; symbol, span : its name and range. p : (T,)
    probability of `answer` after each step. words, known : every word, and whether it is read: T
    of them are. order : unit numbers, the first on top. named : whether the words stand above, as
    they do where no drawing names them. Trace 0 is the heatmap, the last one marks the unknown
    words; between them are the curve, and its part so far.
    """
    safe, columns = [theme.escape(word) for word in words], places(known)
    n_units = values.shape[1]
    heat = theme.heatmap(
        spread(values[:, list(order)], known),
        *theme.span_colors(span),
        ygap=2 if n_units <= 32 else 0.5,
        customdata=[[[word, unit] for word in safe] for unit in order],
        hovertemplate=text.STATE_OF.format(symbol=symbol),
        showscale=True, colorbar=theme.color_bar(span),
    )  # fmt: skip
    curves = () if p is None else _curves(p, columns, [safe[c] for c in columns], answer)
    half = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "yref": "y2", "y0": 0.5, "y1": 0.5}
    short = theme.short(answer, 9)
    names: dict[str, Any] = theme.word_ticks(words) if named else {"showticklabels": False}
    return go.Figure(
        [heat, *curves, unknown(known, n_units)],
        theme.layout(
            margin={"l": 46, "r": 44, "t": NAMED_HEAD if named else HEAD, "b": FOOT},
            xaxis=theme.axis(side="top", range=[-0.5, len(words) - 0.5], anchor="y", **names),
            yaxis=theme.unit_axis(order),
            annotations=skipped(known, n_units),
            **({} if p is None else {
                "yaxis2": theme.axis(range=[-0.42, 1.42], tickvals=[0, 1],
                                     title=theme.title(f"P({theme.escape(short)})")),
                "shapes": [{**half, "line": {"color": HAIR, "width": 1, "dash": "dot"}}],
            }),
        ),
    )  # fmt: skip


def _curves(
    p: np.ndarray, columns: Sequence[int], safe: Sequence[str], answer: str
) -> tuple[go.Scatter, go.Scatter]:
    """The answer after each step, pale and dashed, and over it what has been read so far."""
    shared = {
        "x": columns, "y": np.round(p, 4).tolist(), "yaxis": "y2", "customdata": list(safe),
        "mode": "lines+markers+text" if len(p) <= MOST_NAMED else "lines+markers",
        "textposition": sides(p), "cliponaxis": False,
        "hovertemplate": text.IF_ENDED.format(answer=theme.escape(answer)),
    }  # fmt: skip
    numbers = [f"{value:.2f}" for value in p]
    to_come = go.Scatter(
        line={"color": FAINT, "width": 1.5, "dash": "dot"}, text=numbers,
        marker={"size": 7, "color": CARD, "opacity": 1, "line": {"color": FAINT, "width": 1.5}},
        textfont={"size": theme.TICK, "color": QUIET}, **shared,
    )  # fmt: skip
    so_far = go.Scatter(
        line={"color": W_HY, "width": 2}, marker={"size": 7, "color": W_HY, "opacity": 1},
        textfont={"size": 14, "color": W_HY, "weight": 600}, **shared, text=[UNSAID] * len(p),
    )  # fmt: skip
    return to_come, so_far


def unknown(known: Sequence[bool], n_units: int) -> go.Bar:
    """A hatched column for each word that is skipped."""
    columns = [column for column, is_known in enumerate(known) if not is_known]
    return go.Bar(
        x=columns, y=[n_units] * len(columns), base=-0.5, width=0.96, hoverinfo="skip",
        marker={"color": CARD, "line": {"width": 0},
                "pattern": {"shape": "/", "fgcolor": HAIR, "size": 7, "solidity": 0.3}},
    )  # fmt: skip


def skipped(known: Sequence[bool], n_units: int) -> list[dict[str, Any]]:
    return [
        {"x": column, "y": (n_units - 1) / 2, "text": text.UNREAD,
         "textangle": -90, "showarrow": False,
         "font": {"size": theme.TICK, "color": theme.UNSURE, "weight": 600}}
        for column, is_known in enumerate(known) if not is_known
    ]  # fmt: skip


NARROW = {
    "data": {"0": {"showscale": False, "xgap": 1}},
    "layout": {"yaxis": {"title": {"text": ""}}, "yaxis2": {"title": {"text": "P", "standoff": 2}}},
}
"""The film's figure on a phone: no scale, no titles."""
NARROW_ALONE = {"data": NARROW["data"], "layout": {"yaxis": NARROW["layout"]["yaxis"]}}
"""The same without the curve."""


def sides(p: np.ndarray) -> list[str]:
    """Where each number stands: on the outer side of its bend, so that the line misses it."""
    around = np.convolve(np.pad(p, 1, mode="edge"), [0.5, 0, 0.5], mode="valid")
    return ["top center" if up else "bottom center" for up in p >= around]


def at_step(
    figure: go.Figure, known: Sequence[bool], t: int, row: int | None, backwards: bool = False
) -> dict[str, Any]:
    """What changes in the film's figure at step t: the column's frame, what is still unread.

    row : the chosen unit's place from the top, framed in the column; None for none. backwards :
    whether what is shown reads from the last word.
    """
    n_units, columns = len(figure.data[0].z), places(known)
    here = columns[t]
    shapes = [shape.to_plotly_json() for shape in figure.layout.shapes]
    shapes += [*read_so_far(here, len(known), backwards),
               theme.outline(here - 0.5, here + 0.5, -0.5, n_units - 0.5)]  # fmt: skip
    marks = list(figure.layout.annotations)
    if row is not None:
        shapes.append(theme.outline(here - 0.5, here + 0.5, row - 0.5, row + 0.5))
        marks.append({"text": "▶", "x": -0.5, "y": row, "xshift": -26, "showarrow": False,
                      "xanchor": "right", "font": {"size": 9}})  # fmt: skip
    layout = {"shapes": shapes, "annotations": [_plain(mark) for mark in marks]}
    if len(figure.data) == 2:
        return {"layout": layout}
    numbers = figure.data[1].text
    y = [value if s <= t else None for s, value in enumerate(figure.data[1].y)]
    data = {
        "1": {"text": [UNSAID if s == t else number for s, number in enumerate(numbers)]},
        "2": {
            "y": y, "text": [number if s == t else UNSAID for s, number in enumerate(numbers)],
            "marker": {"size": [13 if s == t else 7 for s in range(len(columns))]},
        },
    }  # fmt: skip
    return {"data": data, "layout": layout}


def read_so_far(here: int, n_columns: int, backwards: bool = False) -> list[dict[str, Any]]:
    """A band behind the column where we are, and a veil over the cells that are still unread."""
    band = {"type": "rect", "x0": here - 0.5, "x1": here + 0.5, "yref": "paper", "y0": 0, "y1": 1,
            "layer": "below", "line": {"width": 0}}  # fmt: skip
    shapes = [{**band, "fillcolor": BAND_BACK if backwards else BAND}]
    x0, x1 = (-0.5, here - 0.5) if backwards else (here + 0.5, n_columns - 0.5)
    if x0 < x1:
        unread = {"x0": x0, "x1": x1, "y0": 0, "y1": 1, "yref": "y domain"}
        veil = {"fillcolor": CARD, "opacity": 0.74, "line": {"width": 0}}
        shapes.append({"type": "rect", **unread, **veil})
    return shapes


def _plain(annotation: Any) -> dict[str, Any]:
    return annotation if isinstance(annotation, dict) else annotation.to_plotly_json()
