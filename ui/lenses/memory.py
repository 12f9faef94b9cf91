"""The laboratory's look at networks: the profile of blame, memory horizons, eigenvalues."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from rnn_core.experiments.gradient_flow import Profile
from ui import laboratory, words
from ui.experiment import Experiment, learned
from ui.figures import circles as circle_figures
from ui.figures import profile as figures
from ui.laboratory import COMPARISONS, Setup
from ui.plot.plot import Figure, Node, Panel, Text, node

COLUMNS = "minmax(0, 1.85fr) minmax(0, 1fr)"
FAR = 40
Shown = tuple[tuple[str, Profile], ...]


def panels(experiment: Experiment, trained: bool, before: Setup | None) -> list[Panel]:
    """The networks of these dials, and in grey what was shown before: untrained, or other dials.

    trained : show those of the first seed that have been trained, as far as there are any.
    """
    variants = experiment.setup.variants
    looks = tuple((name, laboratory.profile_of(setting)) for name, setting in variants)
    if trained:
        grey = tuple(p for _, p in looks)
        looks = tuple((variants[i][0], p) for i, p in sorted(experiment.trained.items()))
    else:
        grey = tuple(laboratory.profile_of(s) for _, s in before.variants) if before else ()
    done = [experiment.ends(i) for i in range(len(variants))] if experiment.done else []
    counts = tuple(learned(ends)[0] for ends in done)
    return _panels(experiment.setup, trained, looks, grey, counts)


@lru_cache(maxsize=64)
def _panels(
    setup: Setup, trained: bool, looks: Shown, grey: tuple[Profile, ...], counts: tuple[str, ...]
) -> list[Panel]:
    """Made once for the same numbers. counts : how many seeds have learned, once all have ended."""
    side = {"area": "side"}
    lines = [(name, p.lengths, p.saturated, p.horizon) for name, p in looks]
    said = [f"{name} {_from_to(p)}, reach {p.horizon} words".strip() for name, p in looks]
    n = len(setup.variants)
    figure = figures.picture(lines, [p.lengths for p in grey], n)
    return [
        Text("profile title", _title(setup, trained, bool(looks))),
        Figure("profile", figure, figures.HEIGHT, "How much blame arrives, by distance",
               "; ".join(said), narrow=figures.NARROW),
        Text("profile look", _look(trained, bool(grey))),
        Text("horizon title", node("h3", "Memory horizon"), **side),
        Text("horizons", _horizons(looks, n, counts), **side),
        Text("horizon look", words.look_for(
            "the bars: so many words back, 1 % of the last word’s blame is still there."), **side),
        Text("circles title", node("h3", "The recurrent weights"), card=True, **side),
        _circles(looks),
        Text("circles look", _circles_look(looks), **side),
    ]  # fmt: skip


def power(value: float) -> str:
    """A length in a few signs: 0.84, 7e−4, 0; what is no number is called that."""
    if not np.isfinite(value):
        return "no number"
    if value == 0 or 0.01 <= value < 1000:
        return f"{value:.2g}" if value < 100 else f"{value:.0f}"
    mantissa, exponent = f"{value:.0e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")


def _from_to(p: Profile) -> str:
    return f"from {power(p.lengths[-1])} to {power(p.lengths[0])}"


def _title(setup: Setup, trained: bool, something: bool) -> Node:
    setting, hp = setup.setting, setup.setting.settings
    compared = COMPARISONS[setup.compare].dial
    cell = {"cell": "", "forget_bias": "LSTM"}.get(compared, laboratory.CELLS[hp.cell])
    words_long = "" if compared == "length" else f"{setting.length} words"
    units = f"{hp.n_hidden} {'unit' if hp.n_hidden == 1 else 'units'}, seed {hp.seed}"
    both = "blame of h and c" if cell == "LSTM" else "LSTM: blame of h and c" if not cell else ""
    when = "trained" if trained else "untrained"
    if trained and not something:
        when = "nothing is trained yet: press “Does it learn?”"
    said = " · ".join(part for part in (words_long, cell, units, when, both) if part)
    return node("div", node("h3", "How much of the last word’s blame arrives"),
                node("p", said, class_="small quiet"))  # fmt: skip


def _look(trained: bool, grey: bool) -> Node:
    shadow = "Grey: the same, untrained. " if trained else "Grey: what was shown before. "
    return words.look_for(
        "straight lines: the same factor at every word. "
        f"Over {FAR} words 0.9 comes to {power(0.9**FAR)}, and 1.1 to {power(1.1**FAR)}. "
        f"{shadow if grey else ''}"
        "Beneath, the share of units so flat that no blame passes.",
    )  # fmt: skip


def _horizons(looks: Shown, n: int, counts: tuple[str, ...]) -> Node:
    """A number and a bar for each of n networks, as far as they are there."""
    rows = []
    for i, ((name, p), (color, _, _)) in enumerate(zip(looks, figures.ways(n), strict=False)):
        most = len(p.lengths) - 1
        of = f" of {most} {'word' if most == 1 else 'words'}"
        count = node("span", f" · {counts[i]} learn", class_="quiet") if counts else ""
        rows.append(node(
            "div",
            node("p", node("b", "● ", color=color), f"{name} · " if name else "",
                 node("b", str(p.horizon)), of, count),
            node("meter", value=round(p.horizon / most, 4) if most else 0.0),
        ))  # fmt: skip
    return node("div", *(rows or [node("p", "Nothing is trained yet.", class_="quiet")]))


def _circles(looks: Shown) -> Figure:
    """A circle for each gate of one network, or for each network that of its last gate."""
    if len(looks) == 1:
        parts = [(f"gate {gate}" if gate else "", v) for gate, v in looks[0][1].eigenvalues.items()]
    else:
        parts = [(name, list(p.eigenvalues.values())[-1]) for name, p in looks]
    said = ", ".join(f"{title} spectral radius {radius(v):.2f}".strip() for title, v in parts)
    return Figure("circles", circle_figures.picture(parts), circle_figures.HEIGHT,
                  "Eigenvalues of W_hh in the unit circle", said, area="side")  # fmt: skip


def radius(eigenvalues: np.ndarray) -> float:
    """The largest absolute value; nan of none."""
    return float(np.abs(eigenvalues).max()) if len(eigenvalues) else float("nan")


def _circles_look(looks: Shown) -> Node:
    gated = [p for _, p in looks if len(p.eigenvalues) > 1]
    text = "dots outside the circle: in their direction blame grows, inside it shrinks."
    if len(looks) == 1 and not gated:
        [values] = looks[0][1].eigenvalues.values()
        text += f" Spectral radius {radius(values):.2f}."
    if gated:
        text += " A gated cell also hands its state on past these weights"
        text += "; shown are those of the candidate." if len(looks) > 1 else "."
    return words.look_for(text)
