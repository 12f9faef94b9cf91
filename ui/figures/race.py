"""The race as a strip of dots: a row for each kind of run, a column for those that never arrive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import BAD, GOOD, HAIR, INK, PALE_BAD, QUIET, UNEASY

HEIGHT = 330
NEVER = 1.09  # of the longest: where the column of those that never arrive stands
HIGH = 9
"""So many dots stand on one another; the next ones stand beside them."""


Ends = Mapping[str, Sequence[tuple[int, int | None]]]


def strip(ends: Ends, running: tuple[str, int, int] | None, longest: int) -> go.Figure:
    """A row of dots for each kind of run: (seed, epochs or None for never); one still runs.

    running : kind, seed and epoch of the run on the track. Trace 0 are the ends, 1 the runner.
    """
    kinds, last = list(ends), longest * 1.16
    runner = go.Scatter(
        x=[] if running is None else [0, running[2]],
        y=[] if running is None else [kinds.index(running[0]) + 0.4] * 2,
        mode="lines+markers", hoverinfo="skip", cliponaxis=False,
        line={"color": QUIET, "width": 1.5},
        marker={"size": [0, 12], "color": theme.CARD, "opacity": 1,
                "line": {"color": INK, "width": 2}},
    )  # fmt: skip
    figure = go.Figure([_dots(ends, longest), runner], theme.layout(
        margin={"l": 150, "r": 12, "t": 24, "b": 44},
        xaxis=theme.axis(range=[0, last], showgrid=True, gridcolor=HAIR,
                         tickvals=list(range(0, longest + 1, longest // 5)),
                         title={"text": "epochs until every sentence is right, five times in a row",
                                "font": {"size": 12, "color": QUIET}}),
        yaxis=theme.axis(range=[len(kinds) - 0.45, -0.75], tickvals=list(range(len(kinds))),
                         ticktext=kinds, tickfont={"size": 14, "color": INK}),
    ))  # fmt: skip
    figure.add_shape(type="rect", x0=longest * 1.03, x1=last, y0=0, y1=1, yref="paper",
                     fillcolor=PALE_BAD, line={"width": 0}, layer="below")  # fmt: skip
    figure.add_annotation(text="never", x=longest * NEVER, y=1, yref="paper", yanchor="bottom",
                          showarrow=False, font={"size": 13, "color": BAD})  # fmt: skip
    for row, kind in enumerate(kinds):
        figure.add_shape(type="line", x0=0, x1=last, y0=row + 0.4, y1=row + 0.4,
                         line={"color": HAIR, "width": 1}, layer="below")  # fmt: skip
        reached = [epochs for _, epochs in ends[kind] if epochs is not None]
        if reached:
            middle = float(np.median(reached))
            figure.add_shape(type="line", x0=middle, x1=middle, y0=row - 0.55, y1=row + 0.4,
                             line={"color": INK, "width": 1.5, "dash": "dot"})  # fmt: skip
    return figure


def _dots(ends: Ends, longest: int) -> go.Scatter:
    """Each end at its epoch; those that would hide one another stand in a pile."""
    x: list[float] = []
    y: list[float] = []
    said: list[str] = []
    colors: list[str] = []
    for row, kind in enumerate(ends):
        piles: dict[int, int] = {}
        for seed, epochs in ends[kind]:
            at = longest * NEVER if epochs is None else epochs
            pile = round(at / longest * 40)
            aside, level = divmod(piles.get(pile, 0), HIGH)
            piles[pile] = piles.get(pile, 0) + 1
            x.append(at + aside * longest * 0.014)
            y.append(row + 0.25 - 0.09 * level)
            said.append(f"seed {seed}: " + ("never" if epochs is None else f"epoch {epochs}"))
            colors.append(BAD if epochs is None else (UNEASY if row else GOOD))
    return go.Scatter(
        x=x, y=y, mode="markers", text=said, hovertemplate="%{text}<extra></extra>",
        cliponaxis=False,
        marker={"size": 12, "color": colors, "opacity": 1,
                "line": {"color": theme.CARD, "width": 1}},
    )  # fmt: skip


NARROW = {"layout": {"margin": {"l": 112}, "xaxis": {"title": {"text": "epochs"}},
                          "yaxis": {"tickfont": {"size": 12}}}}  # fmt: skip
