"""Surgery: cut into the state and read on. Does the verdict follow?"""

from __future__ import annotations

import numpy as np

from rnn_core import Dataset
from ui import words
from ui.figures import compare, effects
from ui.figures import surgery as figures
from ui.lenses import surgery_words as told
from ui.operation import Operation
from ui.plot.plot import Figure, Film, Frame, Panel, Text, node

COLUMNS = "minmax(0, 1.75fr) minmax(0, 1fr)"
MOST_ROWS = 64
MOST_CELLS = 12_000
"""Of the states after all cuts together; a long sentence shows fewer units."""


def units_shown(cut: Operation) -> list[int]:
    """The rows from top to bottom: all units, or of too many those that change most."""
    n_words, order = len(cut.ids), cut.reading.order
    n = min(MOST_ROWS, max(8, MOST_CELLS // n_words**2))
    if n >= len(order):
        return order
    moved = np.abs(cut.h_after - cut.before.h).max(axis=(0, 1))
    if cut.by_unit:
        moved[cut.unit] = np.inf
    most = set(np.argsort(-moved, kind="stable")[:n].tolist())
    return [unit for unit in order if unit in most]


def bars_shown(cut: Operation) -> list[int]:
    """The bars from left to right: the words, or the units that matter most."""
    if not cut.by_unit:
        return list(range(len(cut.ids)))
    order = [int(unit) for unit in np.argsort(-np.abs(cut.change), kind="stable")]
    shown = order[: effects.MOST_BARS]
    return shown if cut.unit in shown else [*shown[:-1], cut.unit]


def clickable(cut: Operation) -> tuple[list[int], list[int]]:
    """The units that a click can choose: by a row of the states, by a bar."""
    return units_shown(cut), bars_shown(cut) if cut.by_unit else []


def film(cut: Operation, data: Dataset) -> Film:
    """States and answers before and after; beside them what each other cut would do.

    One frame for each word. A cut at a word moves with it; a silenced unit stays.
    """
    reading, units, bars = cut.reading, units_shown(cut), bars_shown(cut)
    first = cut.unit if cut.by_unit else 0
    h, p = (cut.before.h, cut.h_after[0]), (cut.p_before, cut.p_after[first])
    figure = figures.film(h, p, reading.words, units, reading.answer_name,
                          cut.unit if cut.by_unit else None)  # fmt: skip
    what = "unit" if cut.by_unit else "word"
    labels = [str(i) if cut.by_unit else reading.words[i] for i in bars]
    moved = effects.bars(cut.change[bars], labels, cut.turns[bars].tolist(), what)
    title, most = "The state before and after", f"Which {what} matters most?"
    panels: list[Panel] = [
        Text("surgery title", node("h3", title)),
        Figure("surgery", figure, figures.HEIGHT, title, _rows_said(cut, units), clicks="step",
               narrow=figures.NARROW),
        Text("surgery look", ""),
        Text("surgery ask", node("h3", "Does the verdict follow?"), area="side"),
        Text("surgery verdict", "", area="side"),
        Text("surgery most", node("h3", most), area="side", card=True),
        Figure("surgery bars", moved, effects.HEIGHT, most, told.effects(cut, bars),
               area="side", clicks="cell" if cut.by_unit else "step"),
        Text("surgery bars look", told.bars_look(cut, bars), area="side"),
    ]  # fmt: skip
    if cut.by_unit:
        panels.append(Text("surgery flips", told.changed(cut, data), area="side", card=True))
    return panels, [_frame(cut, units, bars, t) for t in range(len(cut.ids))]


def _frame(cut: Operation, units: list[int], bars: list[int], t: int) -> Frame:
    """One word; for a cut at a word the state as it became."""
    names, last = cut.reading.words, len(cut.ids) - 1
    patch = figures.at_word(names, t, _held(cut, units, t))
    place = cut.unit if cut.by_unit else t
    said = told.said(cut, place)
    if not cut.by_unit:
        h, p = (cut.before.h, cut.h_after[t]), (cut.p_before, cut.p_after[t])
        moved = figures.after(h, p, units)
        patch = {"data": moved["data"], "layout": {**patch["layout"], **moved["layout"]}}
    apart = compare.parting((cut.before.h, cut.h_after[0 if cut.by_unit else t]))
    spoken = f"{said} The states differ by {apart[t]:.2f} here and by {apart[last]:.2f} at the end"
    distance = (
        f" At “{names[t]}” the two states are {apart[t]:.2f} apart, at the end "
        f"{apart[last]:.2f} (0 the same, 2 opposite)."
    )
    n, drawn = cut.reading.model.n_hidden, len(units)
    some = "" if drawn == n else f" Of {n} units the {drawn} that change most are drawn."
    look = words.look_for(told.look_at(cut), distance, some)
    return Frame(f"word {t + 1} of {last + 1}: {names[t]}", None, spoken, {
        "surgery": patch,
        "surgery look": look,
        "surgery verdict": told.verdict(cut, place, said),
        "surgery bars": effects.bar_at(bars.index(place)),
    })  # fmt: skip


def _held(cut: Operation, units: list[int], t: int) -> tuple[float, float, float, float]:
    """Corners of the cells that the hand holds: x0, x1, y0, y1."""
    end, bottom = len(cut.ids) - 0.5, len(units) - 0.5
    if cut.by_unit:
        row = units.index(cut.unit)
        return -0.5, end, row - 0.5, row + 0.5
    if cut.kind == "freeze":
        backwards = cut.before.layer.layer.backwards
        return (-0.5, t + 0.5, -0.5, bottom) if backwards else (t - 0.5, end, -0.5, bottom)
    return t - 0.5, t + 0.5, -0.5, bottom


def _rows_said(cut: Operation, units: list[int]) -> str:
    n = cut.reading.model.n_hidden
    some = "" if len(units) == n else f"the {len(units)} of them that change most, "
    return f"Three heatmaps of {n} hidden units, {some}before and after the cut, and the difference"
