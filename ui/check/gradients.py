"""One check as pictures: the verdicts on their scale, two gradients side by side, and epsilon.

It sees what a check found, arrays; not the network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from ui.check import verdicts
from ui.check.case import EPSILON, Check, Gradient
from ui.check.verdicts import DOUBT, FAILED, LOST, PASSED, cell, spelled, symbol
from ui.kit import frame, theme
from ui.kit.numbers import MINUS, compact
from ui.kit.player import Node, Panel, Text, look_for, node, picture, table
from ui.kit.theme import AMOUNT, BACKWARD, CARD, HAIR, INK, QUIET, W_HH

COLUMNS = "minmax(0, 1fr) minmax(0, 1.05fr)"
LOWEST, HIGHEST = -12.0, 1.0
ZONES = ((LOWEST, -4.0, PASSED), (-4.0, -2.0, DOUBT), (-2.0, HIGHEST, FAILED))
TICKS = (-10, -7, -4, -2, 0)
PLACES = {"backward pass": ((0, 0.4), (0.54, 1)), "differences": ((0.44, 0.84), (0.54, 1)),
          "apart": ((0, 0.4), (0, 0.46))}  # fmt: skip
"""Where the matrices stand; a colour bar stands right of the second and of the third."""


def panels(check: Check, name: str) -> list[Panel]:
    """The verdicts on the left, the gradients of one W_hh on the right. name : which."""
    layers, case, rows = check.case.layers, check.case, []
    for q, found in check.gradients.items():
        long = (_log(found.error) - LOWEST) / (HIGHEST - LOWEST)
        rows.append([
            node("span", symbol(q), node("span", " " + layers.get(q, "").replace(" ", "\u00a0"),
                                          class_="small quiet")),
            " × ".join(map(str, found.shape)),
            node("bar", **{"from": 0, "to": long, "color": verdicts.of(found).color}), cell(found),
        ])  # fmt: skip
    head = "", "shape", "1e−12 … 10, log", "relative error and verdict"
    wanted = case.target if isinstance(case.target, str) else "at each word"
    right = "wanted ", node("b", wanted), f", epsilon {spell(case.epsilon)}"
    return [
        Text("table title", frame.heading("check", *right, sub=""), area="left", share=1.2),
        Text("table", table(rows, head, ("", "mono quiet", "wide"), "verdicts"), area="left"),
        Text("legend", verdicts.legend(), area="left"),
        Text("scale", look_for(_look(check)), area="left"),
        *matrices(check, "right", name),
        Text("cost", _cost(check), area="right"),
    ]  # fmt: skip


def spell(epsilon: float) -> str:
    """A power of ten: 1e−5."""
    return f"{epsilon:.0e}".replace("e-0", "e-").replace("-", MINUS)


def _powers(exponents: Sequence[int]) -> list[str]:
    return [f"10<sup>{exponent}</sup>".replace("-", MINUS) for exponent in exponents]


def _log(error: float) -> float:
    """Where an error stands on the scale; a smaller one stands at its left end."""
    if not np.isfinite(error):
        return HIGHEST
    return float(np.clip(np.log10(max(error, 10**LOWEST)), LOWEST + 0.25, HIGHEST - 0.25))


def _look(check: Check) -> str:
    found, epsilon = check.gradients.values(), check.case.epsilon
    said = [verdicts.of(gradient) for gradient in found]
    if DOUBT in said or FAILED in said:
        other = "1e-6" if epsilon == EPSILON else "1e-5"
        look = "what is not green. The formulas have not changed: it is this epsilon "
        return f"{look}that measures badly. Try {other}."
    if LOST in said and epsilon < EPSILON:
        return "what is grey. With this epsilon rounding wins: it measures nothing. Try 1e-5."
    if LOST in said:
        look = "what is grey: too little gradient left to check, less than the rounding of the "
        return f"{look}loss. Ask for another answer, or choose an earlier epoch."
    if max(gradient.error for gradient in found) < verdicts.CLOSE:
        return "errors below 1e−7: the formulas of the backward pass are right."
    return "errors above 1e−7, still green: this epsilon measures no better."


def _cost(check: Check) -> Node:
    n, words = sum(int(np.prod(g.shape)) for g in check.gradients.values()), len(check.case.ids)
    took = f"{check.seconds * 1000:.0f} ms" if check.seconds < 1 else f"{check.seconds:.1f} s"
    moved, sample = f"all {n:,}", ""
    if check.n_moved < n:
        most = max(len(g.at) for g in check.gradients.values())
        moved = f"{check.n_moved:,} of {n:,}"
        sample = f" At this size a sample of {most} per parameter, always the same one, is enough."
    by = spell(check.case.epsilon)
    said = f"Computed here: {moved} numbers moved by ±{by}, {2 * check.n_moved:,} readings of "
    return node("p", f"{said}{words} words, {took}.{sample}", class_="quiet small")


def matrices(check: Check, area: str, name: str = "W_hh") -> list[Panel]:
    """dW_hh by the backward pass and by differences, and how far apart. name : which W_hh."""
    gradient, layer = check.gradients[name], check.case.layers.get(name)
    of = f" · {layer}" if layer else ""
    title = node("span", "Where in ", symbol(name), f" they differ{of}")
    return picture(
        "matrices", title, side_by_side(gradient), 300, "The gradient of W_hh by the backward "
        "pass, by differences, and their distance", look_for(*spelled(_where(gradient))), area,
        grow=1,
    )  # fmt: skip


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
    rows, columns = gradient.shape
    ticks = ({"tickvals": [-largest, 0, largest], "ticktext": [MINUS + compact(largest), "0",
              "+" + compact(largest)]},
             {"tickvals": [0, 4, 8, 12], "ticktext": _powers((-12, -8, -4, 0))})  # fmt: skip
    figure = go.Figure(layout=theme.layout(margin={"l": 6, "r": 6, "t": 24, "b": 12}))
    line = {"showticklabels": False, "showline": True, "mirror": True, "linecolor": HAIR}
    for i, (called, (x, y)) in enumerate(PLACES.items()):
        array, colors, limit, shown = parts[i]
        at, gap = "" if i == 0 else str(i + 1), 1 if rows <= 24 else 0
        figure.add_trace(theme.heatmap(
            [[float(f"{v:.3g}") if np.isfinite(v) else None for v in row] for row in array],
            colors, limit, xgap=gap, ygap=gap, showscale=i > 0, xaxis=f"x{at}", yaxis=f"y{at}",
            customdata=np.round(np.nan_to_num(apart) - 12, 1).tolist(),
            hovertemplate=f"from unit %{{x}} to unit %{{y}}: {shown}<extra></extra>",
            colorbar={"thickness": 10, "x": x[1], "y": sum(y) / 2, "len": y[1] - y[0], "xpad": 6,
                      "ypad": 0, "outlinewidth": 0, "tickfont": {"size": 13, "color": QUIET},
                      **ticks[i - 1]},
        ))  # fmt: skip
        figure.layout[f"xaxis{at}"] = theme.axis(
            domain=x, anchor=f"y{at}", range=[-0.5, columns - 0.5], side="top",
            title={"text": called, "font": {"size": 13, "color": QUIET}, "standoff": 2}, **line,
        )  # fmt: skip
        figure.layout[f"yaxis{at}"] = theme.axis(domain=y, anchor=f"x{at}",
                                                 range=[rows - 0.5, -0.5], **line)  # fmt: skip
    return figure


def _where(gradient: Gradient) -> str:
    backward, numeric = np.abs(gradient.backward), np.abs(gradient.numeric)
    if not backward.any() and not numeric.any():
        look = "three empty pictures: before the first word there is no memory, so one word alone "
        return f"{look}says nothing about W_hh."
    if numeric.max() < 1e-9 * backward.max():
        return "the second picture, which is empty: moving W_hh does not move the loss at all."
    if not backward.any():
        return (
            "the first picture, which is empty: the backward pass says that W_hh does not matter."
        )
    said = verdicts.of(gradient)
    if said is PASSED:
        return "two equal pictures and a pale third: the same gradient, found in two ways."
    if said is LOST:
        return "the speckles: where so little gradient is left, rounding draws its own picture."
    return "how the first two pictures differ: larger, turned, or another pattern altogether?"


def by_epsilon(errors: Mapping[float, float], chosen: float) -> list[Panel]:
    """What epsilon does to the measurement. errors : of W_hh, for each from large to small."""
    best = min(errors, key=errors.__getitem__)
    look = f"the lowest point, {compact(errors[best])} at epsilon {spell(best)}: a larger epsilon "
    look += "meets the curve of the loss, a smaller one the rounding of numbers"
    return picture("epsilon", "What epsilon does", curve(errors, chosen), 130,
                   "Relative error of W_hh over epsilon", look_for(look, "."), "left",
                   card=True, share=1, grow=1)  # fmt: skip


def curve(errors: Mapping[float, float], chosen: float) -> go.Figure:
    """Relative error over epsilon, a V on two log scales; the chosen one is the open dot."""
    x = np.log10(list(errors)).tolist()
    here = np.isclose(list(errors), chosen, atol=0)
    line = go.Scatter(
        x=x, y=[_log(error) for error in errors.values()], mode="lines+markers",
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
        yaxis=theme.axis(range=[LOWEST, HIGHEST], tickvals=TICKS, ticktext=_powers(TICKS),
                         showgrid=True, gridcolor=HAIR),
    ))  # fmt: skip
    for low, high, zone in ZONES:
        figure.add_hrect(low, high, fillcolor=zone.ground, line_width=0, layer="below")
    return figure
