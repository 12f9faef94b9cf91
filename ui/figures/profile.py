"""How far back blame reaches: its length against the distance, by decades, over a fixed range,
and beneath it how many units are flat."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import BLAME, CARD, EMPTY, FAINT, HAIR, QUIET, W_HH, W_HY, W_XH

HEIGHT = 430
FLOOR, CEILING = 1e-25, 1e5
LOW, HIGH = -29.2, 7.4
"""The decades that are drawn: beyond floor and ceiling there is room for a mark for each line."""
WAYS = ((W_HY, "solid", "circle"), (W_XH, "dash", "diamond"), (W_HH, "dot", "square"),
        (BLAME, "dashdot", "x"))  # fmt: skip
BARE = {"title": {"text": ""}}
NARROW = {
    "layout": {
        "margin": {"l": 48, "r": 10}, "annotations": [], "yaxis": BARE, "yaxis2": BARE,
    }
}  # fmt: skip
Line = tuple[str, np.ndarray, np.ndarray, int]
"""Name, |dL/dh_t| (T,) with the last word's at the end, share of flat units (T,), horizon."""


def ways(n: int) -> list[tuple[str, str, str]]:
    """Colour, dashes and mark of each of n lines; one alone has the colour of blame."""
    return [(BLAME, "solid", "circle")] if n == 1 else list(WAYS[:n])


def picture(lines: Sequence[Line], shadows: Sequence[np.ndarray], n: int) -> go.Figure:
    """The first of n lines from the last word, on the left, back. shadows : lengths (T,)."""
    longest = max([len(line[1]) for line in lines] + [2])
    figure = go.Figure(layout=_layout(longest, 132 if n > 1 else 20))
    for lengths in shadows:
        pen = {"color": FAINT, "width": 1.3}
        points = _points(lengths[::-1][:longest])
        figure.add_trace(go.Scatter(**points, mode="lines", hoverinfo="skip", line=pen))
    for i, (line, way) in enumerate(zip(lines, ways(n), strict=False)):
        for trace in _traces(i, line, way):
            figure.add_trace(trace)
    for y, text, color in _names(lines, n):
        figure.add_annotation(x=1, xref="paper", xanchor="left", xshift=6, y=y, text=text,
                              showarrow=False, font={"size": 13, "color": color})  # fmt: skip
    return figure


def _traces(i: int, line: Line, way: tuple[str, str, str]) -> list[go.Scatter]:
    """A line; where 1 % is left; marks for what is out of range; the share of flat units."""
    (name, lengths, flat, horizon), (color, dash, mark) = line, way
    back = lengths[::-1]
    pen = {"color": color, "dash": dash, "width": 2.4}
    hover = f"{theme.escape(name)} %{{y:.2g}}, %{{x}} words back<extra></extra>"
    one = _points(back)
    y = one["y"][horizon]
    beyond = [10.0 ** (-25.8 - 0.95 * i) if v < FLOOR else 10.0 ** (5.6 + 0.4 * i) for v in
              np.nan_to_num(back, nan=np.inf)]  # fmt: skip
    out = [d for d, v in enumerate(one["y"]) if v is None]
    signs = ["triangle-down" if beyond[d] < 1 else "triangle-up" for d in out]
    single = {"size": 6, "color": color} if len(back) == 1 else {"size": 0.1, "color": color}
    return [
        go.Scatter(**one, mode="lines+markers", line=pen, marker=single, hovertemplate=hover),
        go.Scatter(x=[] if y is None else [horizon], y=[] if y is None else [y], mode="markers",
                   cliponaxis=False, hovertemplate="1 % is still here: %{x} words back"
                   "<extra></extra>",
                   marker={"size": 10, "symbol": mark, "color": color,
                           "line": {"color": CARD, "width": 1.5}}),
        go.Scatter(x=out, y=[beyond[d] for d in out], mode="markers", hoverinfo="skip",
                   marker={"size": 6, "symbol": signs, "color": color}),
        go.Scatter(x=list(range(len(flat))), y=flat[::-1].round(4).tolist(), yaxis="y2",
                   mode="lines+markers", line={**pen, "width": 1.8}, marker=single,
                   hovertemplate=f"{theme.escape(name)} %{{y:.0%}} flat<extra></extra>"),
    ]  # fmt: skip


def _points(back: np.ndarray) -> dict[str, list]:
    """Distances and values; None where a value is out of range, or no number."""
    inside = np.isfinite(back) & (back >= FLOOR) & (back <= CEILING)
    y = [float(f"{v:.3g}") if ok else None for v, ok in zip(back, inside, strict=True)]
    return {"x": list(range(len(back))), "y": y}


def _names(lines: Sequence[Line], n: int) -> list[tuple[float, str, str]]:
    """Where each name stands beside the end of its line, in decades, none upon another."""
    if n == 1 or not lines:
        return []
    ends = []
    for line, (color, _, _) in zip(lines, ways(n), strict=False):
        first = line[1][0] if np.isfinite(line[1][0]) else CEILING
        y = float(np.clip(np.log10(max(first, 1e-300)), LOW + 1.5, HIGH - 0.5))
        ends.append([y, theme.escape(line[0]), color])
    ends.sort(key=lambda end: end[0])
    gap = 2.5
    for below, above in pairwise(ends):
        above[0] = max(above[0], below[0] + gap)
    too_high = max(ends[-1][0] - (HIGH - 0.5), 0)
    return [(y - too_high, name, color) for y, name, color in ends]


def _layout(longest: int, right: int) -> go.Layout:
    bands = [(-29, -25, "below 1e−25"), (5, 7, "above 1e5")]
    every = next(step for step in (1, 2, 5, 10, 20, 25) if step * 10 >= longest or step == 25)
    ticks = [-25, -20, -15, -10, -5, 0, 5]
    return theme.layout(
        margin={"l": 76, "r": right, "t": 6, "b": 42},
        xaxis=theme.axis(range=[-0.015 * longest, (longest - 1) * 1.015], anchor="y2", dtick=every,
                         title=theme.title("words back from the last one")),
        yaxis=theme.axis(type="log", domain=[0.25, 1], range=[LOW, HIGH], showgrid=True,
                         gridcolor=HAIR, tickvals=[10.0**t for t in ticks],
                         ticktext=["1" if t == 0 else f"1e{t}".replace("-", "−") for t in ticks],
                         title=theme.title("|dL/dh|")),
        yaxis2=theme.axis(domain=[0, 0.16], range=[-0.06, 1.06], tickvals=[0, 1],
                          ticktext=["0 %", "100 %"], showgrid=True, gridcolor=HAIR,
                          title=theme.title("flat")),
        shapes=[{"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": 10.0**low,
                 "y1": 10.0**high, "fillcolor": EMPTY, "line": {"width": 0}, "layer": "below",
                 "label": {"text": text, "textposition": "bottom left",
                           "font": {"size": 12, "color": QUIET}}} for low, high, text in bands],
    )  # fmt: skip
