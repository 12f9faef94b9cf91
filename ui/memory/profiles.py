"""How far back the gradient reaches: its length by distance, and the numbers of each curve."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import plotly.graph_objects as go

from rnn_core.experiments.gradient_flow import Profile
from ui.kit import frame, theme
from ui.kit.formula import formula
from ui.kit.numbers import MINUS, compact, percent
from ui.kit.player import Figure, Node, Panel, Text, look_for, node, table
from ui.kit.sentence import sentence
from ui.kit.theme import CARD, EMPTY, FAINT, GRADIENT, HAIR, QUIET, W_HH, W_HY, W_XH
from ui.memory import text
from ui.memory.experiment import Experiment
from ui.memory.setup import Setup, profile_of

FLOOR, CEILING = -12, 12
"""The powers of ten that are drawn at most; beyond them there is a mark."""
HEIGHT, MOST_TICKS = 170, 7
BAND = 0.16
"""The height of the band for what lies beyond the axis, of the axis' own."""
STYLES = ((W_HY, "solid", "circle"), (W_XH, "dash", "diamond"), (W_HH, "dot", "square"),
          (GRADIENT, "dashdot", "x"))  # fmt: skip
DASHES = {"solid": "none", "dash": "7 4", "dot": "2 3", "dashdot": "7 3 2 3"}
Shown = tuple[tuple[str, Profile], ...]


def shown(now: Experiment, trained: bool) -> tuple[Setup, bool, Shown]:
    """The setup, whether its trained networks are meant, and the profiles that there are."""
    looks = tuple((name, profile_of(one)) for name, one in now.setup.variants)
    if trained:
        looks = tuple((looks[i][0], p) for i, p in sorted(now.trained.items()))
    return now.setup, trained, looks


def panels(now: Experiment, trained: bool, before: Setup | None) -> list[Panel]:
    """The networks of these settings; in grey what was shown before, or the same untrained.

    trained : show those of the first seed that have been trained, as far as there are any.
    """
    behind = now.setup if trained else before
    grey = tuple(profile_of(one) for _, one in behind.variants) if behind else ()
    return _panels(*shown(now, trained), grey)


@lru_cache(maxsize=64)
def _panels(setup: Setup, trained: bool, looks: Shown, grey: tuple[Profile, ...]) -> list[Panel]:
    """Made once for the same numbers."""
    n = len(setup.variants)
    said = "; ".join(
        text.PROFILE_SAYS.format(name=name, last=compact(p.lengths[-1]),
                                 first=compact(p.lengths[0]), horizon=p.horizon).strip()
        for name, p in looks
    )  # fmt: skip
    figure = lengths_figure(looks, [p.lengths for p in grey], n)
    return [
        Text("profile title", _title(setup, trained, bool(looks))),
        Figure("profile", figure, HEIGHT, text.PROFILE, said, grow=1),
        Text("horizons", _numbers(looks, n)),
        Text("profile look", _look(setup, trained, looks, bool(grey))),
    ]  # fmt: skip


def _title(setup: Setup, trained: bool, something: bool) -> Node:
    """The page's question, and which networks are asked."""
    hp, lstms = setup.first.settings, [one.settings.cell == "lstm" for _, one in setup.variants]
    network = text.NETWORK["one" if hp.n_hidden == 1 else "many"]
    said = " · ".join(filter(None, (
        text.N_WORDS.format(n=setup.first.length) if setup.compare != "length" else "",
        text.CELLS[hp.cell] if setup.compare != "cell" else "",
        network.format(n=hp.n_hidden, seed=hp.seed),
        text.WHENS["trained" if trained else "untrained"] if something else text.NOTHING_YET,
        text.H_AND_C["all" if all(lstms) else "some"] if any(lstms) else "",
    )))  # fmt: skip
    return frame.heading("memory", sub=said)


def factors(lengths: np.ndarray) -> np.ndarray:
    """The factors from a word to the one before, (n - 1,), as far back as any gradient reaches;
    none where it reaches the last word only, or is not finite. lengths : (T,) |dL/dh_t|.
    """
    n = np.count_nonzero(lengths)
    if n < 2 or not np.isfinite(lengths).all():
        return np.zeros(0)
    return np.exp(-np.diff(np.log(lengths[-n:])))[::-1]  # type: ignore[no-any-return]


def factor(lengths: np.ndarray) -> float:
    """The mean of the factors on a log scale; nan where there is none."""
    each = factors(lengths)
    return float(np.exp(np.log(each).mean())) if len(each) else float("nan")


def _look(setup: Setup, trained: bool, looks: Shown, grey: bool) -> Node:
    """What to see in the curves; the factors are those of the curves."""
    hp, said = setup.first.settings, text.SLOPE
    each = factors(looks[0][1].lengths) if len(setup.variants) == 1 and looks else ()
    if len(each):
        both = hp.cell == "rnn" and hp.init == "orthogonal" and not trained
        said += text.FACTORS_OF if both else text.FACTORS
    if grey:
        said += text.GREY["trained" if trained else "untrained"]
    return look_for(*sentence(
        said + text.MARKS, least=compact(min(each, default=1)), most=compact(max(each, default=1)),
        weights=formula("W_hh"), radius=hp.spectral_radius, activation=hp.activation,
    ))  # fmt: skip


def _numbers(looks: Shown, n: int) -> Node:
    """A line for each of n networks, as far as they are there: what its curve comes to."""
    rows: list[list[Node]] = []
    for (name, p), (color, dash, _) in zip(looks, styles(n), strict=False):
        pen = {"x1": 1, "x2": 29, "y1": 5, "y2": 5, "stroke": color, "stroke-width": 2.4,
               "stroke-dasharray": DASHES[dash]}  # fmt: skip
        sample = node("svg", node("line", svg=pen), svg={"width": 30, "height": 10})
        by = factor(p.lengths)
        rows.append([
            node("span", sample, f" {name}".replace(" ", "\u00a0")), compact(p.lengths[0]),
            compact(by, 2) if np.isfinite(by) else "–",
            text.HORIZON.format(n=p.horizon, all=len(p.lengths) - 1),
            percent(float(p.saturated.mean())),
        ])  # fmt: skip
    head = "", *text.PROFILE_HEAD.values()
    return table(rows, head, ("", *["mono"] * 4)) if rows else ""


# ---- the figure: arrays in, a picture out ----


def styles(n: int) -> list[tuple[str, str, str]]:
    """Colour, dashes and mark of each of n lines; one alone has the colour of the gradient."""
    return [(GRADIENT, "solid", "circle")] if n == 1 else list(STYLES[:n])


def span(curves: Sequence[np.ndarray]) -> tuple[int, int]:
    """The powers of ten between which the curves lie, two at least, from FLOOR to CEILING."""
    found = [v for curve in curves for v in curve[np.isfinite(curve) & (curve > 0)]] or [1.0]
    low, high = np.clip([np.floor(np.log10(min(found))), np.ceil(np.log10(max(found)))],
                        FLOOR, CEILING).astype(int).tolist()  # fmt: skip
    return (low, max(high, low + 2)) if low < CEILING else (high - 2, high)


def beyond(curves: Sequence[np.ndarray]) -> tuple[str, str]:
    """What is said below the axis and above it, where a value lies there; "" for none does."""
    values = np.concatenate([np.zeros(0), *curves])
    tiny, small = ((values > 0) & (values < 10.0**FLOOR)).any(), (values < 10.0**FLOOR).any()
    below = text.BELOW["tiny" if tiny else "zero"].format(power=-FLOOR)
    above = text.ABOVE["high" if np.isfinite(values).all() else "none"].format(power=CEILING)
    return below if small else "", "" if (values <= 10.0**CEILING).all() else above


def lengths_figure(looks: Shown, grey: Sequence[np.ndarray], n: int) -> go.Figure:
    """The first of n curves from the last word, on the left, back. grey : lengths (T,)."""
    longest = max([len(p.lengths) for _, p in looks] + [2])
    behind = [lengths[::-1][:longest] for lengths in grey]
    curves = [p.lengths for _, p in looks]
    traces = [
        go.Scatter(**_points(back), mode="lines", hoverinfo="skip",
                   line={"color": FAINT, "width": 1.3}) for back in behind
    ]  # fmt: skip
    low, high = span([*curves, *behind])
    room, said = BAND * (high - low), beyond([*curves, *behind])
    for (name, p), style in zip(looks, styles(n), strict=False):
        traces += _traces(theme.escape(name), p, style, (low, high))
    bands = [(low - room, low, said[0]), (high, high + room, said[1])]
    return go.Figure(traces, _layout(longest, low, high, [band for band in bands if band[2]]))


def _traces(
    name: str, p: Profile, style: tuple[str, str, str], edges: tuple[int, int]
) -> list[go.Scatter]:  # fmt: skip
    """A curve; where 1 % is left; a mark where it leaves the axis.

    edges : the axis' lowest and highest power of ten.
    """
    color, dash, mark = style
    back = p.lengths[::-1]
    one = _points(back)
    y = one["y"][p.horizon]
    out = [d for d, v in enumerate(one["y"]) if v is None and (d == 0 or one["y"][d - 1])]
    up = [not back[d] < 10.0**FLOOR for d in out]
    marker = {"size": 6 if len(back) == 1 else 0.1, "color": color}
    return [
        go.Scatter(**one, mode="lines+markers", marker=marker,
                   line={"color": color, "dash": dash, "width": 2.4},
                   hovertemplate=text.POINT.format(name=name)),
        go.Scatter(x=[] if y is None else [p.horizon], y=[] if y is None else [y], mode="markers",
                   hovertemplate=text.LEFT,
                   cliponaxis=False, marker={"size": 10, "symbol": mark, "color": color,
                                             "line": {"color": CARD, "width": 1.5}}),
        go.Scatter(x=out, y=[10.0 ** edges[high] for high in up], mode="markers",
                   hoverinfo="skip", cliponaxis=False, marker={"size": 9, "color": color, "symbol":
                   [f"triangle-{'up' if high else 'down'}" for high in up]}),
    ]  # fmt: skip


def _points(back: np.ndarray) -> dict[str, list]:
    """Distances and values; None where a value is out of range, or no number."""
    inside = np.isfinite(back) & (back >= 10.0**FLOOR) & (back <= 10.0**CEILING)
    y = [float(f"{v:.3g}") if ok else None for v, ok in zip(back, inside, strict=True)]
    return {"x": list(range(len(back))), "y": y}


def _layout(longest: int, low: int, high: int, bands: Sequence[tuple]) -> go.Layout:
    """The axes from 10 ** low to 10 ** high, and the bands (from, to, text) beyond."""
    every = next(step for step in (1, 2, 5, 10, 20, 25) if step * 10 >= longest or step == 25)
    step = -(-(high - low) // (MOST_TICKS - 1))
    ticks = [power for power in range(low, high + 1) if power % step == 0]
    least, most = min([low, *(b[0] for b in bands)]), max([high, *(b[1] for b in bands)])
    return theme.layout(
        margin={"l": 62, "r": 12, "t": 8, "b": 42},
        xaxis=theme.axis(range=[-0.015 * longest, (longest - 1) * 1.015], dtick=every,
                         title=theme.title(text.PROFILE_AXIS)),
        yaxis=theme.axis(type="log", range=[least - 0.03 * (high - low), most], showgrid=True,
                         gridcolor=HAIR, tickvals=[10.0**power for power in ticks],
                         ticktext=[_power(power) for power in ticks],
                         title=theme.title("|dL/dh|")),
        shapes=[{"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": 10.0**start,
                 "y1": 10.0**end, "fillcolor": EMPTY, "line": {"width": 0}, "layer": "below",
                 "label": {"text": said, "textposition": "bottom left", "padding": 1,
                           "font": {"size": 13, "color": QUIET}}} for start, end, said in bands],
    )  # fmt: skip


def _power(power: int) -> str:
    return f"{10.0**power:g}" if -2 <= power <= 3 else f"1e{power}".replace("-", MINUS)
