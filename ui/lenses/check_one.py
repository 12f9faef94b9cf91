"""One check: the table of errors, the scale they stand on, and where in W_hh they differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ui import words
from ui.checking import NUDGE, NUDGES, Case, Check, errors_by_nudge
from ui.figures import check as figures
from ui.figures import nudge
from ui.plot.plot import Figure, Node, Panel, Text, node
from ui.words.verdicts import HAPPY, UNEASY_ABOVE, cell, scientific, spelled, symbol, verdict

COLUMNS = "minmax(0, 1fr) minmax(0, 1.25fr)"


def panels(case: Case, check: Check, name: str) -> list[Panel]:
    """The verdicts on the left, the gradients of one W_hh on the right. name : which."""
    colors = {of: verdict(error).color for of, error in check.errors.items()}
    strip = figures.strip(check.errors, colors, case.layers)
    said = "; ".join(
        f"{of} {verdict(error).word}, {scientific(error)}" for of, error in check.errors.items()
    )
    return [
        Text("table title", node("h3", "Backward pass against nudged weights"), area="left"),
        Text("table", table(check, case.layers), area="left"),
        Figure("strip", strip, figures.strip_height(len(colors)),
               "Relative errors on their scale", said, area="left"),
        Text("scale", words.look_for(_look(case, check)), area="left"),
        Text("cost", _cost(case, check), area="left"),
        *matrices(check, "right", name, case.layers.get(name, "")),
        *nudges(case, name, area="right"),
    ]  # fmt: skip


def nudges(case: Case, name: str, area: str) -> list[Panel]:
    """How good the measurement is for each size of the nudge."""
    if len(case.ids) == 1:  # one word says nothing about W_hh
        return []
    errors = errors_by_nudge(replace(case, nudge=NUDGE), name)
    title = "What the size of the nudge does"
    look = "the V: a large nudge meets the curve of the loss, a small one the rounding of numbers."
    return [
        Text("nudge title", node("h3", title), area=area, card=True),
        Figure("nudge", nudge.curve(NUDGES, errors, case.nudge), nudge.HEIGHT, title,
               "Relative error of W_hh over the nudge", area=area),
        Text("nudge look", words.look_for(look), area=area),
    ]  # fmt: skip


def table(check: Check, layers: Mapping[str, str]) -> Node:
    """A row for each parameter: layer, shape, relative error, verdict."""
    head = node("tr", *(node("th", text, class_="quiet")
                        for text in ("", "shape", "relative error and verdict")))  # fmt: skip
    rows = [
        node("tr", node("td", symbol(name), node("span", f" {layers.get(name, '')}",
                                                 class_="small quiet")),
             node("td", " × ".join(map(str, check.shapes[name])), class_="mono quiet"),
             cell(error))
        for name, error in check.errors.items()
    ]  # fmt: skip
    return node("table", node("thead", head), node("tbody", *rows), class_="verdicts")


def _look(case: Case, check: Check) -> str:
    error = max(check.errors.values())
    if error > UNEASY_ABOVE and not case.bug:
        return (
            "dots outside the green zone. The formulas have not changed: it is this nudge that "
            "measures badly. Try 1e-5."
        )
    if error < HAPPY:
        return "every dot in the green zone: the formulas of the backward pass are right."
    return (
        "dots left of the yellow zone. They are not all in the green one: with this nudge the "
        "measurement itself is no better."
    )


def _plain(nudge: float) -> str:
    return f"{nudge:.0e}".replace("e-0", "e-").replace("-", "−")


def _cost(case: Case, check: Check) -> Node:
    took = f"{check.seconds * 1000:.0f} ms" if check.seconds < 1 else f"{check.seconds:.1f} s"
    all_of = f"all {check.n_numbers:,}" if check.n_nudged == check.n_numbers else (
        f"{check.n_nudged:,} of {check.n_numbers:,}"
    )  # fmt: skip
    most = max(int(which.sum()) for which in check.nudged.values())
    sample = "" if check.n_nudged == check.n_numbers else (
        f" At this size a sample of {most} per parameter, always the same one, is enough."
    )  # fmt: skip
    return node(
        "p", f"Computed here: {all_of} numbers nudged by ±{_plain(case.nudge)}, "
        f"{2 * check.n_nudged:,} readings of {len(case.ids)} words, {took}.{sample}",
        class_="quiet small",
    )  # fmt: skip


def matrices(check: Check, area: str = "main", name: str = "W_hh", layer: str = "") -> list[Panel]:
    """dW_hh from the backward pass, by nudging, and how far apart they are. name : which W_hh;
    layer : whose.
    """
    figure = figures.matrices(check.backward[name], check.numeric[name], check.nudged[name])
    title, of = "Where in W_hh they differ", f" · {layer}" if layer else ""
    head = node("h3", "Where in ", symbol(name), f" they differ{of}")
    return [
        Text("matrices title", head, area=area),
        Figure("matrices", figure, figures.MATRICES_HEIGHT, title,
               "The gradient of W_hh by the backward pass, by nudging, and their distance",
               area=area, narrow=figures.NARROW_MATRICES),
        Text("matrices look", words.look_for(*spelled(_where(check, name))), area=area),
    ]  # fmt: skip


def _where(check: Check, name: str) -> str:
    backward, numeric = check.backward[name], check.numeric[name]
    if not backward.any() and not numeric.any():
        return (
            "three empty pictures: before the first word there is no memory, so one word alone "
            "says nothing about W_hh."
        )
    if abs(numeric).max() < 1e-9 * abs(backward).max():
        return "the empty picture in the middle: nudging W_hh does not move the loss at all."
    if not backward.any():
        return "the empty picture on the left: the backward pass says that W_hh does not matter."
    if check.errors[name] < UNEASY_ABOVE:
        return "two equal pictures and a pale third: the same gradient, found in two ways."
    return "how the first two pictures differ: larger, turned, or another pattern altogether?"
