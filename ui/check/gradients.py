"""One check as pictures: the verdicts on their scale, two gradients side by side, and epsilon.

It sees what a check found, arrays; not the network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from ui.check import verdicts
from ui.check.case import EPSILON, Check, Gradient
from ui.check.verdicts import DOUBT, FAILED, LOST, PASSED, cell, spelled, symbol
from ui.kit import theme
from ui.kit.numbers import MINUS, compact
from ui.kit.player import Figure, Node, Panel, Text, look_for, node, picture, table
from ui.kit.theme import AMOUNT, BACKWARD, CARD, HAIR, INK, QUIET, W_HH

COLUMNS = "minmax(0, 1fr) minmax(0, 1.25fr)"
LOWEST, HIGHEST = -13.0, 1.0
ZONES = ((LOWEST, -4.0, PASSED), (-4.0, -2.0, DOUBT), (-2.0, HIGHEST, FAILED))
TICKS = (-12, -10, -7, -4, -2, 0)
NARROW = {"data": {"2": {"showscale": False}}, "layout": {"margin": {"l": 2, "r": 2}}}
"""The matrices on a phone: no scale."""


def panels(check: Check, name: str) -> list[Panel]:
    """The verdicts on the left, the gradients of one W_hh on the right. name : which."""
    layers, found = check.case.layers, check.gradients.items()
    said = "; ".join(f"{q} {verdicts.of(g).word}, {compact(g.error)}" for q, g in found)
    rows = [
        [node("span", symbol(q), node("span", f" {layers.get(q, '')}", class_="small quiet")),
         " × ".join(map(str, g.shape)), cell(g)]
        for q, g in found
    ]  # fmt: skip
    shown = table(rows, ["", "shape", "relative error and verdict"], ["", "mono quiet"], "verdicts")
    height = max(336, 54 + 24 * len(rows))
    return [
        Text("table title", node("h3", "Backward pass against central differences"), "left"),
        Text("table", shown, "left"),
        Figure("strip", strip(check), height, "Relative errors on their scale", said, "left"),
        Text("scale", look_for(_look(check)), "left"),
        Text("cost", _cost(check), "left"),
        *matrices(check, "right", name),
    ]


def strip(check: Check) -> go.Figure:
    """Each parameter's relative error as a dot on the scale, whose zones are drawn behind it."""
    layers, found = check.case.layers, list(check.gradients.values())
    parts = [name.split("_") for name in check.gradients]
    maths = [f"{letter}<sub>{index}</sub>" for letter, index, *_ in parts]
    dots = go.Scatter(
        x=[_log(g.error) for g in found], y=list(range(len(found))), mode="markers",
        marker={"size": 14, "color": [verdicts.of(g).color for g in found],
                "opacity": 1, "line": {"color": INK, "width": 1.5}}, cliponaxis=False,
        text=[f"{q} {layers.get(p, '')}" for q, p in zip(maths, check.gradients, strict=True)],
        customdata=[f"{g.error:.1e}" for g in found],
        hovertemplate="%{text}: %{customdata}<extra></extra>",
    )  # fmt: skip
    figure = go.Figure(dots, theme.layout(
        margin={"l": 46, "r": 10, "t": 26, "b": 28},
        xaxis=theme.axis(range=[LOWEST, HIGHEST], tickvals=TICKS, ticktext=_powers(TICKS)),
        yaxis=theme.axis(range=[len(found) - 0.5, -0.5], tickvals=list(range(len(found))),
                         ticktext=maths, showgrid=True, gridcolor=HAIR,
                         tickfont={"size": 14, "color": INK}),
    ))  # fmt: skip
    for low, high, zone in ZONES:
        figure.add_vrect(low, high, fillcolor=zone.ground, line_width=0, layer="below")
        figure.add_annotation(text=zone.word, x=(low + high) / 2, y=1, yref="paper",
                              yanchor="bottom", showarrow=False,
                              font={"size": 12, "color": zone.color})  # fmt: skip
    return figure


def _powers(exponents: Sequence[int]) -> list[str]:
    return [f"10<sup>{exponent}</sup>".replace("-", MINUS) for exponent in exponents]


def _log(error: float) -> float:
    """Where an error stands on the scale; no error at all stands at its left end."""
    if not np.isfinite(error):
        return HIGHEST
    return float(np.clip(np.log10(max(error, 10**LOWEST)), LOWEST + 0.25, HIGHEST - 0.25))


def _look(check: Check) -> str:
    found, epsilon = check.gradients.values(), check.case.epsilon
    said = [verdicts.of(gradient) for gradient in found]
    if DOUBT in said or FAILED in said:
        other = "1e-6" if epsilon == EPSILON else "1e-5"
        look = "dots outside the green zone. The formulas have not changed: it is this epsilon "
        return f"{look}that measures badly. Try {other}."
    if LOST in said and epsilon < EPSILON:
        return "the grey dots. With this epsilon rounding wins: it measures nothing. Try 1e-5."
    if LOST in said:
        look = "the grey dots: too little gradient left to check, less than the rounding of the "
        return f"{look}loss. Ask for another answer, or choose an earlier epoch."
    if max(gradient.error for gradient in found) < verdicts.CLOSE:
        return "every dot left of 1e−7: the formulas of the backward pass are right."
    return "dots right of 1e−7, still in the green zone: this epsilon measures no better."


def _cost(check: Check) -> Node:
    n, words = sum(int(np.prod(g.shape)) for g in check.gradients.values()), len(check.case.ids)
    took = f"{check.seconds * 1000:.0f} ms" if check.seconds < 1 else f"{check.seconds:.1f} s"
    moved, sample = f"all {n:,}", ""
    if check.n_moved < n:
        most = max(len(g.at) for g in check.gradients.values())
        moved = f"{check.n_moved:,} of {n:,}"
        sample = f" At this size a sample of {most} per parameter, always the same one, is enough."
    by = f"{check.case.epsilon:.0e}".replace("e-0", "e-").replace("-", MINUS)
    said = f"Computed here: {moved} numbers moved by ±{by}, {2 * check.n_moved:,} readings of "
    return node("p", f"{said}{words} words, {took}.{sample}", class_="quiet small")


def matrices(check: Check, area: str, name: str = "W_hh") -> list[Panel]:
    """dW_hh by the backward pass and by differences, and how far apart. name : which W_hh."""
    gradient, layer = check.gradients[name], check.case.layers.get(name)
    of = f" · {layer}" if layer else ""
    return [
        Text("matrices title", node("h3", "Where in ", symbol(name), f" they differ{of}"), area),
        Figure("matrices", side_by_side(gradient), 262, "Where in W_hh they differ",
               "The gradient of W_hh by the backward pass, by differences, and their distance",
               area, narrow=NARROW),
        Text("matrices look", look_for(*spelled(_where(gradient))), area),
    ]  # fmt: skip


def side_by_side(gradient: Gradient) -> go.Figure:
    """A gradient (H, H) twice on one range, and how far they are apart by powers of ten.

    The numbers that were not moved stay empty.
    """
    backward, numeric = np.full((2, *gradient.shape), np.nan)
    backward.flat[gradient.at], numeric.flat[gradient.at] = gradient.backward, gradient.numeric
    apart = np.log10(np.maximum(np.abs(backward - numeric), 1e-12)) + 12
    both = np.abs([gradient.backward, gradient.numeric])
    largest = max(float(both[np.isfinite(both)].max(initial=0.0)), 1e-12)
    parts = ((backward, BACKWARD, largest, "%{z:+.2e}"), (numeric, BACKWARD, largest, "%{z:+.2e}"),
             (apart, AMOUNT, 12.0, "10 to the %{customdata}"))  # fmt: skip
    figure = make_subplots(1, 3, subplot_titles=["backward pass", "differences", "apart"],
                           horizontal_spacing=0.0425)  # fmt: skip
    rows, columns = gradient.shape
    gaps = 1 if rows <= 24 else 0
    for i, (array, colors, limit, shown) in enumerate(parts):
        figure.add_trace(theme.heatmap(
            [[float(f"{v:.3g}") if np.isfinite(v) else None for v in row] for row in array],
            colors, limit, xgap=gaps, ygap=gaps, showscale=i == 2,
            customdata=np.round(np.nan_to_num(apart) - 12, 1).tolist(),
            hovertemplate=f"from unit %{{x}} to unit %{{y}}: {shown}<extra></extra>",
            colorbar={"thickness": 10, "x": 1.01, "len": 1, "outlinewidth": 0,
                      "tickvals": [0, 4, 8, 12], "ticktext": _powers((-12, -8, -4, 0)),
                      "tickfont": {"size": 11, "color": QUIET}},
        ), 1, i + 1)  # fmt: skip
    frame = theme.axis(showticklabels=False, showline=True, mirror=True, linecolor=HAIR)
    figure.update_xaxes(range=[-0.5, columns - 0.5], **frame)
    figure.update_yaxes(range=[rows - 0.5, -0.5], **frame)
    figure.update_annotations(font={"size": 13, "color": QUIET}, yshift=3)
    return figure.update_layout(theme.layout(margin={"l": 6, "r": 46, "t": 26, "b": 6}))


def _where(gradient: Gradient) -> str:
    backward, numeric = np.abs(gradient.backward), np.abs(gradient.numeric)
    if not backward.any() and not numeric.any():
        look = "three empty pictures: before the first word there is no memory, so one word alone "
        return f"{look}says nothing about W_hh."
    if numeric.max() < 1e-9 * backward.max():
        return "the empty picture in the middle: moving W_hh does not move the loss at all."
    if not backward.any():
        return "the empty picture on the left: the backward pass says that W_hh does not matter."
    said = verdicts.of(gradient)
    if said is PASSED:
        return "two equal pictures and a pale third: the same gradient, found in two ways."
    if said is LOST:
        return "the speckles: where so little gradient is left, rounding draws its own picture."
    return "how the first two pictures differ: larger, turned, or another pattern altogether?"


def by_epsilon(errors: Mapping[float, float], chosen: float) -> list[Panel]:
    """What epsilon does to the measurement. errors : of W_hh, for each from large to small."""
    look = "the V: a large epsilon meets the curve of the loss, a small one the rounding of numbers"
    return picture("epsilon", "What epsilon does", curve(errors, chosen), 200,
                   "Relative error of W_hh over epsilon", look_for(look, "."), "right",
                   card=True)  # fmt: skip


def curve(errors: Mapping[float, float], chosen: float) -> go.Figure:
    """Relative error over epsilon, a V on two log scales; the chosen one is the open dot."""
    x = np.log10(list(errors)).tolist()
    here = np.isclose(list(errors), chosen, atol=0)
    line = go.Scatter(
        x=x, y=[max(_log(error), -12.0) for error in errors.values()], mode="lines+markers",
        line={"color": W_HH, "width": 2}, cliponaxis=False,
        marker={"size": np.where(here, 15, 7).tolist(), "opacity": 1,
                "color": np.where(here, CARD, W_HH).tolist(),
                "line": {"color": INK, "width": np.where(here, 3, 0).tolist()}},
        customdata=[f"epsilon {at:.0e}: error {error:.1e}" for at, error in errors.items()],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    ticks = [round(v) for v in x[::2]]
    figure = go.Figure(line, theme.layout(
        margin={"l": 50, "r": 14, "t": 8, "b": 40},
        xaxis=theme.axis(range=[-0.7, min(x) - 0.3], tickvals=ticks, ticktext=_powers(ticks),
                         title=theme.title("epsilon")),
        yaxis=theme.axis(range=[-12, HIGHEST], tickvals=TICKS[1:], ticktext=_powers(TICKS[1:]),
                         showgrid=True, gridcolor=HAIR),
    ))  # fmt: skip
    for low, high, zone in ZONES:
        figure.add_hrect(max(low, -12), high, fillcolor=zone.ground, line_width=0, layer="below")
    return figure
