"""One check as pictures: the verdicts on their scale, two gradients side by side, and epsilon.

It sees what a check found, arrays; not the network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from ui.check import text, verdicts
from ui.check.case import EPSILON, Check, Gradient
from ui.check.verdicts import DOUBT, FAILED, LOST, PASSED, cell, spelled, symbol
from ui.kit import frame, theme
from ui.kit.numbers import MINUS, compact
from ui.kit.player import Node, Panel, Text, look_for, node, picture, table
from ui.kit.sentence import sentence
from ui.kit.theme import AMOUNT, BACKWARD, CARD, HAIR, INK, QUIET, W_HH

COLUMNS = "minmax(0, 1fr) minmax(0, 1.05fr)"
LOWEST, HIGHEST = -12.0, 1.0
ZONES = ((LOWEST, -4.0, PASSED), (-4.0, -2.0, DOUBT), (-2.0, HIGHEST, FAILED))
TICKS = (-10, -7, -4, -2, 0)
PLACES = {"backward": ((0, 0.4), (0.54, 1)), "differences": ((0.44, 0.84), (0.54, 1)),
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
    head = "", text.TABLE_HEAD["shape"], "1e−12 … 10, log", text.TABLE_HEAD["error"]
    wanted = case.target if isinstance(case.target, str) else text.AT_EACH_WORD
    right = sentence(text.WANTED, target=node("b", wanted), epsilon=spell(case.epsilon))
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
        return text.LOOK_BAD.format(other="1e-6" if epsilon == EPSILON else "1e-5")
    if LOST in said and epsilon < EPSILON:
        return text.LOOK_ROUNDING
    if LOST in said:
        return text.LOOK_LOST
    if max(gradient.error for gradient in found) < verdicts.CLOSE:
        return text.LOOK_RIGHT
    return text.LOOK_GREEN


def _cost(check: Check) -> Node:
    n, words = sum(int(np.prod(g.shape)) for g in check.gradients.values()), len(check.case.ids)
    took = f"{check.seconds * 1000:.0f} ms" if check.seconds < 1 else f"{check.seconds:.1f} s"
    moved, sample = text.ALL_MOVED.format(all=n), ""
    if check.n_moved < n:
        moved = text.SOME_MOVED.format(n=check.n_moved, all=n)
        sample = text.SAMPLE.format(most=max(len(g.at) for g in check.gradients.values()))
    said = text.COST.format(moved=moved, epsilon=spell(check.case.epsilon),
                            readings=2 * check.n_moved, words=words, took=took)  # fmt: skip
    return node("p", said + sample, class_="quiet small")


def matrices(check: Check, area: str, name: str = "W_hh") -> list[Panel]:
    """dW_hh by the backward pass and by differences, and how far apart. name : which W_hh."""
    gradient, layer = check.gradients[name], check.case.layers.get(name)
    differ = text.DIFFER_IN if layer else text.DIFFER
    title = node("span", *sentence(differ, weights=symbol(name), layer=layer))
    return picture("matrices", title, side_by_side(gradient), 300, text.MATRICES,
                   look_for(*spelled(_where(gradient))), area, grow=1)  # fmt: skip


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
             (apart, AMOUNT, 12.0, text.APART))  # fmt: skip
    rows, columns = gradient.shape
    ticks = ({"tickvals": [-largest, 0, largest], "ticktext": [MINUS + compact(largest), "0",
              "+" + compact(largest)]},
             {"tickvals": [0, 4, 8, 12], "ticktext": _powers((-12, -8, -4, 0))})  # fmt: skip
    figure = go.Figure(layout=theme.layout(margin={"l": 6, "r": 6, "t": 24, "b": 12}))
    line = {"showticklabels": False, "showline": True, "mirror": True, "linecolor": HAIR}
    for i, (place, (x, y)) in enumerate(PLACES.items()):
        array, colors, limit, shown = parts[i]
        at, gap = "" if i == 0 else str(i + 1), 1 if rows <= 24 else 0
        figure.add_trace(theme.heatmap(
            [[float(f"{v:.3g}") if np.isfinite(v) else None for v in row] for row in array],
            colors, limit, xgap=gap, ygap=gap, showscale=i > 0, xaxis=f"x{at}", yaxis=f"y{at}",
            customdata=np.round(np.nan_to_num(apart) - 12, 1).tolist(),
            hovertemplate=text.UNIT_TO_UNIT.format(value=shown),
            colorbar={"thickness": 10, "x": x[1], "y": sum(y) / 2, "len": y[1] - y[0], "xpad": 6,
                      "ypad": 0, "outlinewidth": 0, "tickfont": {"size": 13, "color": QUIET},
                      **ticks[i - 1]},
        ))  # fmt: skip
        figure.layout[f"xaxis{at}"] = theme.axis(
            domain=x, anchor=f"y{at}", range=[-0.5, columns - 0.5], side="top",
            title={"text": text.PLACES[place], "font": {"size": 13, "color": QUIET},
                   "standoff": 2}, **line,
        )  # fmt: skip
        figure.layout[f"yaxis{at}"] = theme.axis(domain=y, anchor=f"x{at}",
                                                 range=[rows - 0.5, -0.5], **line)  # fmt: skip
    return figure


def _where(gradient: Gradient) -> str:
    backward, numeric = np.abs(gradient.backward), np.abs(gradient.numeric)
    if not backward.any() and not numeric.any():
        return text.WHERE_ONE_WORD
    if numeric.max() < 1e-9 * backward.max():
        return text.WHERE_UNMOVED
    if not backward.any():
        return text.WHERE_UNHEARD
    said = verdicts.of(gradient)
    if said is PASSED:
        return text.WHERE_SAME
    if said is LOST:
        return text.WHERE_LOST
    return text.WHERE_WRONG


def by_epsilon(errors: Mapping[float, float], chosen: float) -> list[Panel]:
    """What epsilon does to the measurement. errors : of W_hh, for each from large to small."""
    best = min(errors, key=errors.__getitem__)
    look = text.EPSILONS_LOOK.format(error=compact(errors[best]), epsilon=spell(best))
    return picture("epsilon", text.EPSILONS, curve(errors, chosen), 130, text.EPSILONS_SAY,
                   look_for(look), "left", card=True, share=1, grow=1)  # fmt: skip


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
        customdata=[text.EPSILON_DOT.format(epsilon=at, error=error)
                    for at, error in errors.items()],
        hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip
    ticks = [round(v) for v in x[::2]]
    figure = go.Figure(line, theme.layout(
        margin={"l": 50, "r": 14, "t": 8, "b": 40},
        xaxis=theme.axis(range=[-0.7, min(x) - 0.3], tickvals=ticks, ticktext=_powers(ticks),
                         title=theme.title(text.EPSILON_AXIS)),
        yaxis=theme.axis(range=[LOWEST, HIGHEST], tickvals=TICKS, ticktext=_powers(TICKS),
                         showgrid=True, gridcolor=HAIR),
    ))  # fmt: skip
    for low, high, zone in ZONES:
        figure.add_hrect(low, high, fillcolor=zone.ground, line_width=0, layer="below")
    return figure
