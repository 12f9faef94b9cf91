"""The recurrent weights: eigenvalues of W_hh beside the unit circle, and what they explain."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.formula import formula
from ui.kit.numbers import compact
from ui.kit.player import Node, Panel, look_for, node, picture
from ui.kit.sentence import sentence
from ui.kit.theme import FAINT, HAIR, QUIET, W_HH
from ui.memory import text
from ui.memory.profiles import Shown, factor
from ui.memory.setup import Setup

HEIGHT = 230
Part = tuple[str, np.ndarray]
"""What they are of, and the eigenvalues (H,)."""


def panels(setup: Setup, trained: bool, looks: Shown) -> list[Panel]:
    """A circle for each network; of one gated network, for each gate."""
    parts = [(name, list(p.eigenvalues.values())[-1]) for name, p in looks]
    if len(looks) == 1:
        parts = [(text.GATE.format(gate=gate) if gate else "", v)
                 for gate, v in looks[0][1].eigenvalues.items()]  # fmt: skip
    radii = [f"{np.abs(v).max():.2f}" if len(v) else text.NOT_A_NUMBER for _, v in parts]
    named = [(" · ".join([name] * bool(name) + [text.SPECTRAL_RADIUS.format(radius=radius)]), v)
             for (name, v), radius in zip(parts, radii, strict=True)]  # fmt: skip
    said = text.EIGENVALUES["trained" if trained else "untrained"]
    title = node("span", *sentence(said, weights=formula("W_hh")))
    return picture("circles", title, figure(named), HEIGHT, "; ".join(name for name, _ in named),
                   _look(setup, looks, [v for _, v in parts]))  # fmt: skip


def _look(setup: Setup, looks: Shown, found: Sequence[np.ndarray]) -> Node:
    """How many lie outside, and what the gradient meets beside these weights."""
    outside = sum(int((np.abs(values) > 1).sum()) for values in found)
    dots = sentence(text.DOTS, n=outside, all=sum(map(len, found)), weights=formula("W_hh"))
    more = ""
    if any(len(p.eigenvalues) > 1 for _, p in looks):
        more = text.GATED["one" if len(looks) == 1 else "many"]
    elif len(looks) == 1 and np.isfinite(by := factor(looks[0][1].lengths)):
        activation = setup.first.settings.activation
        more = text.MEASURED.format(activation=activation, factor=compact(by))
    return look_for(*dots, more)


def figure(parts: Sequence[Part]) -> go.Figure:
    """Circles side by side, on one range that holds every eigenvalue. parts : 0 to 4."""
    far = max((float(np.abs(values).max(initial=0)) for _, values in parts), default=0.0)
    edge, n, angle = max(1.2, 1.1 * far), len(parts), np.linspace(0, 2 * np.pi, 73)
    plain = {"range": [-edge, edge], "showticklabels": False, "zeroline": True,
             "zerolinecolor": HAIR}  # fmt: skip
    axes, traces, titles = {}, [], []
    for i, (title, values) in enumerate(parts):
        at = "" if i == 0 else str(i + 1)
        x = theme.axis(domain=[i / n + 0.005, (i + 1) / n - 0.005], anchor=f"y{at}", **plain)
        y = theme.axis(anchor=f"x{at}", scaleanchor=f"x{at}", **plain)
        axes |= {f"xaxis{at}": x, f"yaxis{at}": y}
        for points, look in (
            (np.exp(1j * angle), {"mode": "lines", "hoverinfo": "skip",
             "line": {"color": FAINT, "width": 1.2, "dash": "dash"}}),
            (values, {"mode": "markers", "marker": {"size": 6, "color": W_HH},
             "hovertemplate": "%{x:.2f} %{y:+.2f}i<extra></extra>"}),
        ):  # fmt: skip
            traces.append(go.Scatter(x=points.real.round(3).tolist(), xaxis=f"x{at}", **look,
                                     y=points.imag.round(3).tolist(), yaxis=f"y{at}"))  # fmt: skip
        titles.append({"text": theme.escape(title), "x": 0.5, "xref": f"x{at} domain", "y": 1,
                       "yref": f"y{at} domain", "yanchor": "bottom", "showarrow": False,
                       "font": {"size": 13, "color": QUIET}})  # fmt: skip
    margin = {"l": 2, "r": 2, "t": 24, "b": 2}
    return go.Figure(traces, theme.layout(margin=margin, annotations=titles, **axes))
