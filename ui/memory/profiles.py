"""How far back the gradient reaches: its length by distance, memory horizons, eigenvalues."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go

from rnn_core.experiments.gradient_flow import Profile
from ui.kit import theme
from ui.kit.numbers import compact
from ui.kit.player import Node, Panel, Text, look_for, node, picture
from ui.kit.theme import CARD, EMPTY, FAINT, GRADIENT, HAIR, QUIET, W_HH, W_HY, W_XH
from ui.memory.experiment import Experiment
from ui.memory.setup import CELLS, Setup, profile_of

COLUMNS = "minmax(0, 1.85fr) minmax(0, 1fr)"
HEIGHT, CIRCLES_HEIGHT = 430, 236
FLOOR, CEILING = 1e-25, 1e5
LOW, HIGH = -29.2, 7.4
"""The powers of ten that are drawn: beyond floor and ceiling there is room for a mark a line."""
STYLES = ((W_HY, "solid", "circle"), (W_XH, "dash", "diamond"), (W_HH, "dot", "square"),
          (GRADIENT, "dashdot", "x"))  # fmt: skip
BARE = {"title": {"text": ""}}
NARROW = {"layout": {"margin": {"l": 48, "r": 10}, "annotations": [], "yaxis": BARE,
                     "yaxis2": BARE}}  # fmt: skip
EDGES = (1.9, 3.3)
"""How far the circles' pictures go: the first that holds all eigenvalues, or the last."""
Shown = tuple[tuple[str, Profile], ...]


def panels(now: Experiment, trained: bool, before: Setup | None) -> list[Panel]:
    """The networks of these settings; in grey what was shown before, or the same untrained.

    trained : show those of the first seed that have been trained, as far as there are any.
    """
    variants = now.setup.variants
    looks = tuple((name, profile_of(one)) for name, one in variants)
    grey = tuple(profile_of(one) for _, one in before.variants) if before else ()
    if trained:
        grey = tuple(p for _, p in looks)
        looks = tuple((variants[i][0], p) for i, p in sorted(now.trained.items()))
    counts = tuple(now.count(i) for i in range(len(variants))) if now.done else ()
    return _panels(now.setup, trained, looks, grey, counts)


@lru_cache(maxsize=64)
def _panels(
    setup: Setup, trained: bool, looks: Shown, grey: tuple[Profile, ...], counts: tuple[str, ...]
) -> list[Panel]:
    """Made once for the same numbers. counts : how many seeds have learned, once all have ended."""
    n = len(setup.variants)
    said = "; ".join(
        f"{name} |dL/dh| from {compact(p.lengths[-1])} to {compact(p.lengths[0])}, memory horizon "
        f"{p.horizon} words".strip() for name, p in looks
    )  # fmt: skip
    parts = [(name, list(p.eigenvalues.values())[-1]) for name, p in looks]
    if len(looks) == 1:
        parts = [(f"gate {gate}" if gate else "", v) for gate, v in looks[0][1].eigenvalues.items()]
    radii = "; ".join(f"{name} spectral radius {_radius(v)}".strip() for name, v in parts)
    truncated = setup.compare == "k" or setup.first.settings.truncate
    title, *profile = picture(
        "profile", "How much of the last word’s gradient arrives",
        lengths_figure(looks, [p.lengths for p in grey], n), HEIGHT, said,
        _look(setup, trained, looks, bool(grey)), narrow=NARROW,
    )  # fmt: skip
    return [
        title, Text("profile of", _of(setup, trained, bool(looks))), *profile,
        Text("horizon title", node("h3", "Memory horizon"), area="side"),
        Text("horizons", _horizons(looks, n, counts), area="side"),
        Text("horizon look", look_for(
            "the bars: so many words back from the last, 1 % of its gradient is still there",
            ". Truncation to k words leaves k − 1 at most." if truncated else "."), area="side"),
        *picture("circles", "The recurrent weights", circles_figure(parts), CIRCLES_HEIGHT,
                 f"Eigenvalues of W_hh in the unit circle: {radii}", _circles_look(looks, radii),
                 area="side", card=True),
    ]  # fmt: skip


def _of(setup: Setup, trained: bool, something: bool) -> Node:
    """Which networks these are."""
    hp, lstms = setup.first.settings, [one.settings.cell == "lstm" for _, one in setup.variants]
    both = (
        "gradient of h and c" if all(lstms) else "LSTM: gradient of h and c" if any(lstms) else ""
    )
    when = "trained" if trained else "untrained"
    said = " · ".join(filter(None, (
        f"{setup.first.length} words" if setup.compare != "length" else "",
        CELLS[hp.cell] if setup.compare != "cell" else "",
        f"{hp.n_hidden} {'unit' if hp.n_hidden == 1 else 'units'}, seed {hp.seed}",
        when if something else "nothing is trained yet: press “Does it learn?”", both,
    )))  # fmt: skip
    return node("p", said, class_="small quiet")


def factor(lengths: np.ndarray) -> float:
    """The mean factor from a word to the one before, as far back as any gradient reaches; nan
    where it reaches the last word only, or is not finite. lengths : (T,) |dL/dh_t|.
    """
    n = np.count_nonzero(lengths)
    if n < 2 or not np.isfinite(lengths).all():
        return float("nan")
    return float(np.exp((np.log(lengths[-n]) - np.log(lengths[-1])) / (n - 1)))


def _look(setup: Setup, trained: bool, looks: Shown, grey: bool) -> Node:
    """What to see in the lines; the factors are those of the lines."""
    hp, said = setup.first.settings, ["straight lines: the same factor at every word. "]
    factors = [factor(p.lengths) for _, p in looks]
    if len(setup.variants) == 1 and factors and np.isfinite(factors[0]):
        said.append(f"Here it is {compact(factors[0])} on average")
        if hp.cell == "rnn" and hp.init == "orthogonal" and not trained:
            said.append(f": W_hh alone would make it {hp.spectral_radius:g}, the derivative of "
                        f"{hp.activation} does the rest")  # fmt: skip
        said.append(". ")
    if grey:
        said.append(f"Grey: {'the same, untrained' if trained else 'what was shown before'}. ")
    return look_for(*said, "Beneath, the share of saturated units: almost no gradient passes them.")


def _horizons(looks: Shown, n: int, counts: tuple[str, ...]) -> Node:
    """A number and a bar for each of n networks, as far as they are there."""
    rows = []
    for i, ((name, p), (color, _, _)) in enumerate(zip(looks, styles(n), strict=False)):
        most, by = len(p.lengths) - 1, factor(p.lengths)
        more = f" · times {compact(by, 3)} a word" if np.isfinite(by) and n > 1 else ""
        more += f" · {counts[i]} learn" if counts else ""
        rows += [
            node("p", node("b", "● ", color=color), f"{name} · " if name else "",
                 node("b", str(p.horizon)), f" of {most} {'word' if most == 1 else 'words'} back",
                 node("span", more, class_="quiet")),
            node("meter", value=round(p.horizon / most, 4) if most else 0.0),
        ]  # fmt: skip
    return node("div", *(rows or [node("p", "Nothing is trained yet.", class_="quiet")]))


def _circles_look(looks: Shown, radii: str) -> Node:
    text = "dots outside the circle: in their direction W_hh makes a gradient grow, inside shrink."
    if any(len(p.eigenvalues) > 1 for _, p in looks):
        which = "; shown are those of the candidate" if len(looks) > 1 else ""
        text += f" A gated cell also hands its state on past these weights{which}."
    elif len(looks) == 1:
        text += f" Here: {radii}."
    return look_for(text)


def _radius(eigenvalues: np.ndarray) -> str:
    return f"{np.abs(eigenvalues).max():.2f}" if len(eigenvalues) else "not a number"


# ---- the figures: arrays in, pictures out ----


def styles(n: int) -> list[tuple[str, str, str]]:
    """Colour, dashes and mark of each of n lines; one alone has the colour of the gradient."""
    return [(GRADIENT, "solid", "circle")] if n == 1 else list(STYLES[:n])


def lengths_figure(looks: Shown, grey: Sequence[np.ndarray], n: int) -> go.Figure:
    """The first of n lines from the last word, on the left, back. grey : lengths (T,)."""
    longest = max([len(p.lengths) for _, p in looks] + [2])
    traces = [
        go.Scatter(**_points(lengths[::-1][:longest]), mode="lines", hoverinfo="skip",
                   line={"color": FAINT, "width": 1.3}) for lengths in grey
    ]  # fmt: skip
    ends = []
    for i, ((name, p), style) in enumerate(zip(looks, styles(n), strict=False)):
        traces += _traces(i, theme.escape(name), p, style)
        first = np.nan_to_num(p.lengths[0], nan=CEILING)
        y = float(np.clip(np.log10(max(first, 1e-300)), LOW + 1.5, HIGH - 0.5))
        ends.append([y, theme.escape(name), style[0]])
    ends.sort(key=lambda end: end[0])
    for below, above in pairwise(ends):
        above[0] = max(above[0], below[0] + 2.5)
    too_high = max(ends[-1][0] - (HIGH - 0.5), 0) if ends else 0
    names = [{"x": 1, "xref": "paper", "xanchor": "left", "xshift": 6, "y": y - too_high,
              "text": name, "showarrow": False, "font": {"size": 13, "color": color}}
             for y, name, color in ends if n > 1]  # fmt: skip
    return go.Figure(traces, _layout(longest, 132 if n > 1 else 20, names))


def _traces(i: int, name: str, p: Profile, style: tuple[str, str, str]) -> list[go.Scatter]:
    """A line; where 1 % is left; marks for what is out of range; the share of saturated units."""
    color, dash, mark = style
    back, saturated = p.lengths[::-1], p.saturated[::-1].round(4).tolist()
    pen, one = {"color": color, "dash": dash, "width": 2.4}, _points(back)
    y = one["y"][p.horizon]
    out = [d for d, v in enumerate(one["y"]) if v is None]
    above = [not back[d] < FLOOR for d in out]
    marker = {"size": 6 if len(back) == 1 else 0.1, "color": color}
    return [
        go.Scatter(**one, mode="lines+markers", line=pen, marker=marker,
                   hovertemplate=f"{name} %{{y:.2g}}, %{{x}} words back<extra></extra>"),
        go.Scatter(x=[] if y is None else [p.horizon], y=[] if y is None else [y], mode="markers",
                   hovertemplate="1 % is still here: %{x} words back<extra></extra>",
                   cliponaxis=False, marker={"size": 10, "symbol": mark, "color": color,
                                             "line": {"color": CARD, "width": 1.5}}),
        go.Scatter(x=out, y=[10 ** (5.6 + 0.4 * i) if up else 10 ** (-25.8 - 0.95 * i)
                             for up in above], mode="markers", hoverinfo="skip",
                   marker={"size": 6, "color": color,
                           "symbol": [f"triangle-{'up' if up else 'down'}" for up in above]}),
        go.Scatter(x=list(range(len(saturated))), y=saturated, yaxis="y2", mode="lines+markers",
                   line={**pen, "width": 1.8}, marker=marker,
                   hovertemplate=f"{name} %{{y:.0%}} saturated<extra></extra>"),
    ]  # fmt: skip


def _points(back: np.ndarray) -> dict[str, list]:
    """Distances and values; None where a value is out of range, or no number."""
    inside = np.isfinite(back) & (back >= FLOOR) & (back <= CEILING)
    y = [float(f"{v:.3g}") if ok else None for v, ok in zip(back, inside, strict=True)]
    return {"x": list(range(len(back))), "y": y}


def _layout(longest: int, right: int, names: list[dict]) -> go.Layout:
    bands = [(-29, -25, "below 1e−25"), (5, 7, "above 1e5")]
    every = next(step for step in (1, 2, 5, 10, 20, 25) if step * 10 >= longest or step == 25)
    ticks = range(-25, 6, 5)
    return theme.layout(
        margin={"l": 76, "r": right, "t": 6, "b": 42}, annotations=names,
        xaxis=theme.axis(range=[-0.015 * longest, (longest - 1) * 1.015], anchor="y2", dtick=every,
                         title=theme.title("words back from the last one")),
        yaxis=theme.axis(type="log", domain=[0.25, 1], range=[LOW, HIGH], showgrid=True,
                         gridcolor=HAIR, tickvals=[10.0**t for t in ticks],
                         ticktext=["1" if t == 0 else f"1e{t}".replace("-", "−") for t in ticks],
                         title=theme.title("|dL/dh|")),
        yaxis2=theme.axis(domain=[0, 0.16], range=[-0.06, 1.06], tickvals=[0, 1],
                          ticktext=["0 %", "100 %"], showgrid=True, gridcolor=HAIR,
                          title=theme.title("saturated")),
        shapes=[{"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": 10.0**low,
                 "y1": 10.0**high, "fillcolor": EMPTY, "line": {"width": 0}, "layer": "below",
                 "label": {"text": text, "textposition": "bottom left",
                           "font": {"size": 12, "color": QUIET}}} for low, high, text in bands],
    )  # fmt: skip


def circles_figure(parts: Sequence[tuple[str, np.ndarray]]) -> go.Figure:
    """Eigenvalues (H,) in the unit circle, a circle for each (title, eigenvalues): 1 to 4."""
    far = max((float(np.abs(values).max(initial=0)) for _, values in parts), default=0.0)
    edge = next((edge for edge in EDGES if edge > far), EDGES[-1])
    n, angle = len(parts), np.linspace(0, 2 * np.pi, 73)
    circle, wide, rows = (np.cos(angle), np.sin(angle)), min(n, 2), (n + 1) // 2
    plain = {"range": [-edge, edge], "showticklabels": False, "zeroline": True,
             "zerolinecolor": HAIR}  # fmt: skip
    axes, traces, titles = {}, [], []
    for i, (title, values) in enumerate(parts):
        at, left, top = "" if i == 0 else str(i + 1), i % wide / wide, 1 - i // wide / rows
        x = {"domain": [left + 0.01, left + 1 / wide - 0.01], "anchor": f"y{at}"}
        y = {"domain": [top - 1 / rows, top - 20 / CIRCLES_HEIGHT], "anchor": f"x{at}"}
        axes[f"xaxis{at}"] = theme.axis(**x, **plain)
        axes[f"yaxis{at}"] = theme.axis(**y, **plain, scaleanchor=f"x{at}")
        here = {"xaxis": f"x{at}", "yaxis": f"y{at}"}
        dots = np.clip(values.real, -edge, edge), np.clip(values.imag, -edge, edge)
        traces += [
            go.Scatter(**_xy(circle), mode="lines", hoverinfo="skip", **here,
                       line={"color": FAINT, "width": 1.2, "dash": "dash"}),
            go.Scatter(**_xy(dots), mode="markers", **here,
                       marker={"size": 7 if n == 1 else 5, "color": W_HH},
                       hovertemplate="%{x:.2f} %{y:+.2f}i<extra></extra>"),
        ]  # fmt: skip
        titles.append({"text": title, "x": left + 0.5 / wide, "xref": "paper", "y": top,
                       "yref": "paper", "yanchor": "top", "showarrow": False,
                       "font": {"size": 12, "color": QUIET}})  # fmt: skip
    margin = {"l": 2, "r": 2, "t": 4, "b": 2}
    return go.Figure(traces, theme.layout(margin=margin, annotations=titles, **axes))


def _xy(points: tuple[np.ndarray, np.ndarray]) -> dict[str, list[float]]:
    x, y = np.round(points, 3).tolist()
    return {"x": x, "y": y}
