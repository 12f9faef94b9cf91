"""The page's figures: the gradient over the words, sums of outer products, a product, attribution.

Arrays and labels in, Plotly figures out. Gradients are green to purple; columns are the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.numbers import compact
from ui.kit.player import Room
from ui.kit.theme import (
    ACCENT,
    AMOUNT,
    BACKWARD,
    BAND_BACK,
    CARD,
    EMPTY,
    GRADIENT,
    INK,
    QUIET,
    TICK,
)  # fmt: skip
from ui.sequence import states
from ui.sequence.strip import H_0
from ui.step_back import text

POWERS = 6
"""The log scale ends at 10^-6 of the largest."""
VANISHED, MOST_NUMBERED = 0.01, 14
CLEAR = "rgba(0,0,0,0)"
DONE, NO_LINE = BACKWARD[-2], {"line": {"width": 0}}
WIDTH = 0.58
"""Of a bar, in columns."""


def stack(n_units: int, bars: int = 50) -> list[Room]:
    """How cells, the saturated share and the bars share the figure's height."""
    return [Room("yaxis", rows=n_units), Room("yaxis3", px=9, gap=6),
            Room("yaxis2", px=bars, grow=1, gap=18)]  # fmt: skip


def colored(d_h: np.ndarray, log: bool) -> tuple[np.ndarray, float]:
    """What the cells show, and its fixed limit: d_h itself, or its sign times its place on a log
    scale, where 1 is the largest of all and 0 a millionth of it or less.
    """
    d_h = np.where(np.isfinite(d_h), d_h, 0.0)
    largest = float(np.abs(d_h).max(initial=0.0)) or 1.0
    if not log:
        return d_h, largest
    share = np.maximum(np.abs(d_h) / largest, 10.0**-POWERS)
    return np.sign(d_h) * (1 + np.log10(share) / POWERS), 1.0


def gradient(
    d_h: np.ndarray, lengths: np.ndarray, start: float, saturated: np.ndarray,
    known: Sequence[bool], order: Sequence[int], log: bool, symbol: str = "h", entry: int = -1,
    backwards: bool = False, loss: str = "L",
) -> go.Figure:  # fmt: skip
    """Trace 0: d_h (T, H) as cells; 1: |d_h_t| (T,) as bars; 2: share of saturated units (T,).

    start : |d_h_0|, which at_step draws. known : whether each of the sentence's words is read.
    symbol : whose gradient it is, where it is not h's. entry : the word whose gradient the 1 %
    line refers to. backwards : whether h_0 stands at the right. loss : which loss's gradient.
    """
    columns, n_units = states.places(known), d_h.shape[1]
    shown, limit = colored(d_h, log)
    largest, step = colored(d_h, False)[1], dict(zip(columns, d_h, strict=True))
    cells = theme.heatmap(
        states.spread(shown[:, list(order)] / limit, known), BACKWARD, 1.0,
        ygap=2 if n_units <= 32 else 0.5,
        customdata=[[[unit, f"{step[column][unit]:+.2e}" if column in step else ""]
                     for column in range(len(known))] for unit in order],
        hovertemplate=text.GRADIENT_CELL.format(loss=loss, of=symbol),
        showscale=True, colorbar={**theme.color_bar((-1.0, 1.0)), **_ticks(largest, log)},
    )  # fmt: skip
    safe = [float(v) if np.isfinite(v) and v > 0 else None for v in lengths]
    bars = go.Bar(
        x=columns, y=safe, yaxis="y2", width=WIDTH, cliponaxis=False,
        text=[compact(v) if v else "0" for v in safe] if len(safe) <= MOST_NUMBERED else None,
        textposition="outside", textfont={"size": TICK, "color": INK}, textangle=0,
        constraintext="none",
        marker={"color": DONE}, hovertemplate=text.GRADIENT_BAR.format(loss=loss, of=symbol),
    )  # fmt: skip
    strip = theme.heatmap(
        states.spread(saturated[:, None], known), AMOUNT, 1.0, yaxis="y3",
        hovertemplate=text.SATURATED_CELL,
    )  # fmt: skip
    found = [v for v in [*safe, start] if v and np.isfinite(v)] or [1.0]
    low = max(min(found), max(found) * 1e-9)
    return go.Figure([cells, bars, strip, states.unknown(known, n_units)], theme.layout(
        margin={"l": 56, "r": 44, "t": 9, "b": 6}, meta={"start": start},
        shapes=[_one_percent(VANISHED * (safe[entry] or 0.0), low / 2, backwards)],
        annotations=[*states.skipped(known, n_units), _said(
            text.LENGTH_AXIS.format(loss=loss, of=symbol), 0, 1, TICK, yref="y2 domain", xshift=-30
        )],
        xaxis=theme.axis(range=[-0.5, len(known) - 0.5], showticklabels=False, anchor="y"),
        yaxis=theme.unit_axis(order),
        yaxis2=_log_axis(low, max(found), backwards),
        yaxis3=theme.axis(tickvals=[0], ticktext=[text.SATURATED]),
    ))  # fmt: skip


def _log_axis(low: float, high: float, backwards: bool) -> dict[str, Any]:
    """Of bars from low to high, with powers of ten; h_0 has its place at the other side."""
    base, top = float(np.log10(low)), float(np.log10(high))
    powers = range(int(np.floor(base)), int(np.ceil(top)) + 1)
    powers = powers[:: -(-len(powers) // 3)]
    return theme.axis(
        type="log", range=[base - 0.4, top + 0.3 * (top - base) + 0.2], showgrid=True,
        gridcolor=EMPTY, tickvals=[10.0**k for k in powers], side="left" if backwards else "right",
        ticktext=[compact(10.0**k, 1) for k in powers],
    )  # fmt: skip


def _ticks(largest: float, log: bool) -> dict[str, Any]:
    """The numbers beside the colours; on the log scale the middle is a millionth or less."""
    most, half = compact(largest, 1), compact(largest * 10.0 ** (-POWERS / 2), 1)
    ticks = {-1.0: f"−{most}", -0.5: f"−{half}", 0.0: "0", 0.5: half, 1.0: most}
    if not log:
        del ticks[-0.5], ticks[0.5]
    return {"tickvals": list(ticks), "ticktext": list(ticks.values()), "xpad": 5,
            "ticklabeloverflow": "allow"}  # fmt: skip


def _one_percent(at: float, low: float, backwards: bool) -> dict[str, Any]:
    """The line below which a gradient has vanished, unless it is below the bars' axis."""
    end = "end" if backwards else "start"
    label = {"text": "1 %", "textposition": end, "font": {"size": TICK, "color": ACCENT}}
    line = theme.rule("y2", at, color=ACCENT, width=1, dash="dot")
    return {**line, "visible": at > low, "label": label}


def _said(
    said: str, x: float, y: float, size: float = 13.5, color: str = QUIET, **more: Any
) -> dict[str, Any]:  # fmt: skip
    place = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom", **more}
    font = {"size": size, "color": color}
    return {"text": said, "x": x, "y": y, "showarrow": False, "font": font, **place}


NARROW = {
    "data": {"0": {"showscale": False, "xgap": 1}, "1": {"text": None}},
    "layout": {"yaxis": {"title": {"text": ""}}, "yaxis3": {"showticklabels": False}},
}
"""The same on a phone: no scale, no numbers over the bars."""


def at_step(
    figure: go.Figure, known: Sequence[bool], t: int | None, row: int, reached: int,
    backwards: bool = False, to: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The gradient has come back over so many of the words; to h_0 when it is one more.

    t : the word where we are, None for none; row : the chosen unit's. to : the word at which what
    is handed on arrives now. backwards : whether the layer reads from the last word, so that its
    gradient goes to the right.
    """
    columns, n, n_units = states.places(known), len(known), len(figure.data[0].z)
    seen = columns[:reached] if backwards else columns[max(len(columns) - reached, 0) :]
    shapes = [one.to_plotly_json() for one in figure.layout.shapes]
    marks = [one.to_plotly_json() for one in figure.layout.annotations]
    if reached < len(columns):
        x0, x1 = -0.5, n - 0.5
        if seen:
            x0, x1 = (seen[-1] + 0.5, x1) if backwards else (x0, seen[0] - 0.5)
        veil = {"x0": x0, "x1": x1, "y0": 0, "y1": 1, "yref": "y domain", **NO_LINE}
        shapes.append({"type": "rect", **veil, "fillcolor": EMPTY})
        if figure.layout.barmode == "stack":  # bands are not hidden one by one
            shapes.append({"type": "rect", **veil, "yref": "y2 domain", "fillcolor": CARD})
        if x1 - x0 > 2:
            said = text.TO_COME["right" if backwards else "left"]
            marks.append(_said(said, (x0 + x1) / 2, (n_units - 1) / 2, 14.5, xref="x", yref="y",
                               xanchor="center", yanchor="middle"))  # fmt: skip
    elif reached > len(columns) and 0 < figure.layout.meta["start"] < np.inf:
        for drawn, more in zip((shapes, marks), _of_h_0(figure, n, backwards), strict=True):
            drawn.append(more)
    if t is not None:
        x = columns[t]
        band = {"type": "rect", "x0": x - 0.5, "x1": x + 0.5, "yref": "paper", "y0": 0, "y1": 1}
        shapes += [
            {**band, **NO_LINE, "layer": "below", "fillcolor": BAND_BACK},
            theme.outline(x - 0.5, x + 0.5, -0.5, n_units - 0.5),
            theme.outline(x - 0.5, x + 0.5, row - 0.5, row + 0.5),
        ]
        marks.append(_said("▶", -0.5, row, 9, INK, xref="x", yref="y", xshift=-26, xanchor="right",
                           yanchor="middle"))  # fmt: skip
    if to is not None:
        x, line = columns[to], {"color": INK, "width": 2, "dash": "dot"}
        shapes.append(theme.outline(x - 0.5, x + 0.5, -0.5, n_units - 0.5, line=line))
    here = None if t is None else columns[t]
    done, now = (INK, INK) if figure.layout.barmode == "stack" else (DONE, GRADIENT)
    colors = [CLEAR if x not in seen else now if x == here else done for x in columns]
    bars = {"marker": {"color": colors},
            "textfont": {"color": [INK if x in seen else CLEAR for x in columns]}}  # fmt: skip
    return {"data": {"1": bars}, "layout": {"shapes": shapes, "annotations": marks}}


def _of_h_0(figure: go.Figure, n: int, backwards: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """The bar of |dL/dh_0| beside n columns, and its number."""
    length, low = figure.layout.meta["start"], figure.layout.yaxis2.range[0]
    far = min(1.1, -H_0 / min(110, 600 / n))  # columns, from the last one to h_0 in the strip
    middle = (n - 0.5 + far if backwards else 0.5 - far) / n
    bar = {"type": "rect", "x0": middle - far / 4 / n, "x1": middle + far / 4 / n, "y0": 10**low,
           "y1": length, "xref": "paper", "yref": "y2", "fillcolor": DONE, **NO_LINE}  # fmt: skip
    return bar, _said(compact(length), middle, np.log10(length), TICK, yref="y2", xanchor="center")


def _placed(left: Sequence[float], right: Sequence[float], top: float) -> dict[str, Any]:
    """Where the matrix and what stands right of it have their places."""
    axes = {"xaxis": left, "xaxis2": right, "yaxis": [0, top], "yaxis2": [0, top]}
    return {name: {"domain": domain} for name, domain in axes.items()}


def sums(n_units: int, limit: float) -> go.Figure:
    """Two blank matrices side by side: what one step adds, and the sum so far.

    The same traces show a product: 0 its matrix, 1 the result, 2 the vector, lying above.
    """
    blank, last = [[0.0] * n_units] * n_units, n_units - 0.5
    gap = 1 if n_units <= 32 else 0
    look = {"xgap": gap, "ygap": gap, "hovertemplate": "%{z:+.2e}<extra></extra>"}
    across, down = ({"showticklabels": False, "range": r} for r in ([-0.5, last], [last, -0.5]))
    figure = go.Figure([
        theme.heatmap(blank, BACKWARD, limit, **look),
        theme.heatmap(blank, BACKWARD, limit, xaxis="x2", yaxis="y2", **look),
        theme.heatmap([[0.0] * n_units], BACKWARD, limit, yaxis="y3", visible=False, **look),
    ], theme.layout(
        margin={"l": 2, "r": 2, "t": 20, "b": 2},
        xaxis=theme.axis(**across), xaxis2=theme.axis(**across, anchor="y2"),
        yaxis=theme.axis(**down), yaxis2=theme.axis(**down, anchor="x2"),
        yaxis3=theme.axis(domain=[0.86, 1], showticklabels=False),
    ))  # fmt: skip
    figure.update_layout(_placed([0, 0.28], [0.35, 0.63], 1))
    return figure


def adds(place: tuple[int, int], parts: Sequence[str]) -> dict[str, Any]:
    """What changes in `sums` where a step adds: the entry framed, and its numbers.

    place : row and column as drawn. parts : before, share and sum, which add up.
    """
    names = text.ADDENDS.values()
    lines = [f"{name:<6} {part:>9}" for name, part in zip(names, parts, strict=False)]
    row, column = place
    frames = [theme.outline(column - 0.5, column + 0.5, row - 0.5, row + 0.5, xref=x, yref=y)
              for x, y in (("x", "y"), ("x2", "y2"))]  # fmt: skip
    mono = {"family": "IBM Plex Mono, monospace", "size": 14}
    return {
        "shapes": frames,
        "annotations": [
            _said(text.SHARE, 0, 1), _said(text.RUNNING_SUM, 0.35, 1),
            _said("+", 0.315, 0.5, 20, xanchor="center", yanchor="middle"),
            *([_said("<br>".join([*lines[:2], "─" * 16, f"<b>{lines[2]}</b>"]), 0.68, 0.5,
                     yanchor="middle", align="left") | {"font": mono}] if parts else []),
        ],
    }  # fmt: skip


def product(
    vector: np.ndarray, result: np.ndarray, largest: float, row: int, names: Sequence[str]
) -> dict[str, Any]:
    """A patch for `sums`: a square matrix of numbers up to `largest`, times a vector (R,).

    Its numbers are asked of the panel's factors. row : the one that is framed. names : of the
    matrix, the vector and the result (R,).
    """
    n, limits = len(vector), [float(np.abs(v).max()) or 1.0 for v in (vector, result)]
    frame = theme.outline(-0.5, n - 0.5, row - 0.5, row + 0.5)
    one = theme.outline(-0.5, 0.5, row - 0.5, row + 0.5, xref="x2", yref="y2")
    matrix, d, passed = (f"{name}, ±{compact(limit)}" for name, limit in
                         zip(names, (largest, *limits), strict=True))  # fmt: skip
    ends = [{"zmin": -limit, "zmax": limit} for limit in (largest, *limits)]
    data = {
        "0": ends[0],
        "1": {"z": [[v] for v in result.tolist()], **ends[2]},
        "2": {"z": [vector.tolist()], "visible": True, **ends[1]},
    }
    layout = _placed([0, 0.5], [0.6, 0.66], 0.78)
    layout["xaxis2"] |= {"range": [-0.5, 0.5]}
    layout |= {"shapes": [frame, one], "annotations": [
        _said(d, 0, 1), _said(matrix, 0.5, 0.39, textangle=-90, yanchor="middle"),
        _said(passed, 0.6, 0.8), _said("=", 0.57, 0.39, 20, xanchor="center", yanchor="middle"),
    ]}  # fmt: skip
    return {"data": data, "layout": layout}
