"""Saliency two ways: gradient times input, and leaving the word out. They may disagree."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rnn_core.experiments import analysis
from ui import words
from ui.figures import leaning
from ui.figures.back import NARROW
from ui.plot.plot import Figure, Film, Node, Panel, Text, node
from ui.way_back import WayBack

NAMES = ["gradient × input", "leave it out"]


def film(way: WayBack) -> Film:
    """The panels, without frames: they stand still while the film above steps."""
    return panels(way), []


def panels(way: WayBack) -> list[Panel]:
    """Two rows of bars over the words, and what they say together."""
    reading = way.reading
    slope = _slope(way)
    if reading.holds:  # no reading without the word is like this one
        without = np.full(len(slope), np.nan)
    else:
        without = analysis.leave_one_out(reading.model, reading.fwd, way.target)
    rows = [[float(v) if np.isfinite(v) else None for v in row] for row in (slope, without)]
    if reading.holds:
        rows = rows[:1]
    figure = leaning.film(rows, NAMES[: len(rows)], reading.words)
    title = f"Which word speaks for {way.target}?"
    return [
        Text("leaning title", node("h3", title)),
        Figure("leaning", figure, leaning.HEIGHT, title, "Two rows of bars", narrow=NARROW),
        Text("leaning look", _look(way, slope, without)),
    ]


def _slope(way: WayBack) -> np.ndarray:
    """(T,) gradient x input, where words come in: at the first layer, in each direction."""
    bwd, n_ways = way.bwd, 1 + way.reading.model.bidirectional
    first = [replace(bwd, forward=bwd.forward.showing(i)) for i in range(n_ways)]
    slope: np.ndarray = np.sum([analysis.gradient_times_input(each) for each in first], axis=0)
    return slope


def _look(way: WayBack, slope: np.ndarray, without: np.ndarray) -> Node:
    """The strongest word by each way, and whether the two agree."""
    if not (np.isfinite(slope).all() and way.finite):
        return words.look_for("nothing: the gradient is no longer a number.")
    if len(slope) == 1:
        return words.look_for("the one bar: without its only word there is no sentence left.")
    if way.reading.holds:
        return words.look_for(
            "bars above the line: words that speak for the target. While something is held by "
            "hand, no word is left out."
        )
    names = way.reading.words
    first, second = names[int(np.abs(slope).argmax())], names[int(np.abs(without).argmax())]
    said: list[Node] = [
        "bars above the line: words that speak for the target; below, against it. ",
        "Gradient × input asks what a little more of the word would do; leaving it out asks what "
        "the sentence is without it. ",
    ]
    if int(np.abs(slope).argmax()) == int(np.abs(without).argmax()):
        return words.look_for(*said, f"Here both point to “{first}”.")
    return words.look_for(
        *said,
        node("b", f"They disagree: “{first}” against “{second}”. "), "They may: neither is wrong.",
    )  # fmt: skip
