"""Intervene on the state and read on: does the verdict follow? The picture, and what is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ui.kit import player, theme
from ui.kit.numbers import number
from ui.kit.player import Film, Frame, Node, Panel, Text, look_for, node
from ui.read import comparison
from ui.read.comparison import LOOKS, State
from ui.read.intervention import Inquiry, Intervened
from ui.sequence.reading import Reading
from ui.sequence.words import Words

BEFORE, AFTER = LOOKS[0][0], LOOKS[1][0]
MOST_ROWS, MOST_BARS, MOST_FLIPS = 64, 16, 6
MOST_CELLS = 12_000
"""Of the states after all interventions together; a long sentence shows fewer units."""


def units_shown(now: Intervened) -> list[int]:
    """The rows from top to bottom: all units, or of too many those that change most."""
    n_words, order = len(now.ids), now.reading.order
    n = min(MOST_ROWS, max(8, MOST_CELLS // n_words**2))
    if n >= len(order):
        return order
    moved = np.abs(now.h_after - now.before.h).max(axis=(0, 1))
    if now.by_unit:
        moved[now.unit] = np.inf
    most = set(np.argsort(-moved, kind="stable")[:n].tolist())
    return [unit for unit in order if unit in most]


def bars_shown(now: Intervened) -> list[int]:
    """The bars from left to right: the words, or the units that matter most."""
    if not now.by_unit:
        return list(range(len(now.ids)))
    order = [int(unit) for unit in np.argsort(-np.abs(now.change), kind="stable")]
    shown = order[:MOST_BARS]
    return shown if now.unit in shown else [*shown[:-1], now.unit]


def film(inquiry: Inquiry) -> Film:
    """States and answers before and after; beside them what every other intervention would do.

    One frame for each word. What is done at a word moves with it; a silenced unit stays.
    """
    now, reading = inquiry.now, inquiry.now.reading
    units, bars = units_shown(now), bars_shown(now)
    states, answers = _pictures(now, units, now.unit if now.by_unit else 0)
    what = "unit" if now.by_unit else "word"
    labels = [str(i) if now.by_unit else reading.words[i] for i in bars]
    effects = comparison.bars(now.change[bars], labels, now.turns[bars].tolist(), what)
    n, some = reading.model.n_hidden, ""
    if len(units) < n:
        some = f"the {len(units)} of them that change most, "
    panels: list[Panel] = [
        *comparison.panels(
            "intervention", "The state before and after", states, [answers], _words(reading),
            f"Three heatmaps of {n} hidden units, {some}before and after the intervention, and "
            "the difference",
        ),
        Text("verdict title", node("h3", "Does the verdict follow?"), area="side"),
        Text("intervention verdict", "", area="side"),
        *player.picture(
            "effects", f"Which {what} matters most?", effects, comparison.BARS_HEIGHT,
            _effects(now, bars), _effects_look(now, bars), area="side", card=True,
            clicks="cell" if now.by_unit else "step",
        ),
    ]  # fmt: skip
    if now.by_unit:
        panels.append(Text("flips", _flips(inquiry), area="side", card=True))
    return panels, [_frame(now, units, bars, t) for t in range(len(now.ids))]


def _pictures(
    now: Intervened, units: Sequence[int], place: int
) -> tuple[list[State], comparison.Curves]:
    """States before, after and their difference, and both answers. place : which p_after."""
    h, after = now.before.h, now.h_after[0 if now.by_unit else place]
    known = now.reading.known
    states = [State("before", h, units, known, look=0), State("after", after, units, known, look=1),
              State("difference", after - h, units, known, 2.0)]  # fmt: skip
    curves = now.p_before, now.p_after[place]
    return states, comparison.answers(now.reading.answer_name, ["before", "after"], curves)


def _frame(now: Intervened, units: list[int], bars: list[int], t: int) -> Frame:
    """One word; of an intervention at a word, the state as it became."""
    words, last, place = now.reading.words, len(now.ids) - 1, now.unit if now.by_unit else t
    states, answers = _pictures(now, units, place)
    held = theme.outline(*_held(now, units, t), yref="y2", line={"color": AFTER, "width": 2.5})
    column = now.reading.columns[t]
    patch: dict[str, Any] = {"layout": {"shapes": [*comparison.at_column(3, column), held]}}
    if not now.by_unit:
        patch["data"] = {"1": {"z": states[1].rows}, "2": {"z": states[2].rows},
                         "4": answers.patch[1]}  # fmt: skip
        patch["layout"]["annotations"] = comparison.ends(3, [answers])
    said, apart = _said(now, place), comparison.distance(states[0].values, states[1].values)
    distance = (
        f" At “{words[t]}” the two states are {apart[t]:.2f} apart, at the end "
        f"{apart[last]:.2f} (0 the same, 2 opposite)."
    )
    n, drawn = now.reading.model.n_hidden, len(units)
    some = "" if drawn == n else f" Of {n} units the {drawn} that change most are drawn."
    return Frame(f"word {t + 1} of {last + 1}: {words[t]}", None, said + distance, {
        "intervention": patch,
        "intervention words": _words(now.reading).at(column),
        "intervention look": look_for(_look(now), distance, some),
        "intervention verdict": _verdict(now, place, said),
        "effects": comparison.bar_at(bars.index(place)),
    }, column)  # fmt: skip


def _words(reading: Reading) -> Words:
    return Words((reading.tokens, reading.known))


def _held(now: Intervened, units: list[int], t: int) -> tuple[float, float, float, float]:
    """Corners of the cells that are held: x0, x1, y0, y1."""
    end, bottom = now.reading.n_columns - 0.5, len(units) - 0.5
    if now.by_unit:
        row = units.index(now.unit)
        return -0.5, end, row - 0.5, row + 0.5
    column = now.reading.columns[t]
    if now.kind == "freeze":
        backwards = now.before.layer.layer.backwards
        return (
            (-0.5, column + 0.5, -0.5, bottom) if backwards else (column - 0.5, end, -0.5, bottom)
        )
    return column - 0.5, column + 0.5, -0.5, bottom


def _said(now: Intervened, place: int) -> str:
    """What was done, in numbers, and whether the verdict follows."""
    p, q = float(now.p_before[-1]), float(now.p_after[place, -1])
    verb = "falls" if q < p else "rises"
    moves = f"{verb} from {p:.2f} to {q:.2f}" if f"{p:.2f}" != f"{q:.2f}" else f"stays at {p:.2f}"
    word = "" if now.by_unit else now.reading.words[place]
    done = {
        "silence": f"With unit {place} silenced",
        "skip": f"If “{word}” writes nothing",
        "freeze": f"If nothing is written from “{word}” on",
        "swap": f"With the state of “{' '.join(now.other.words) if now.other else ''}” put in "
        f"after “{word}”",
    }[now.kind]
    return f"{done}, P({now.reading.answer_name}) {moves}: {_followed(now, place)}."


def _followed(now: Intervened, place: int) -> str:
    verdict, before = now.verdict(place), now.reading.verdict(-1)[0]
    if now.turns[place]:
        return f"the verdict follows, it is {verdict} now"
    if now.other and now.other.verdict(-1)[0] == before:
        return f"both say {verdict}, so take a sentence that says the opposite"
    if now.other:
        return f"the rest of the sentence decides, the verdict stays {before}"
    return f"the verdict stays {before}"


def _look(now: Intervened) -> str:
    """What to look for in the states."""
    return {
        "silence": "the framed row, always 0. In the difference, colour in other rows is what they "
        f"heard from unit {now.unit}.",
        "skip": "the framed column, a copy of the one before, and how far to the right it is "
        "missed.",
        "freeze": "the frame: one column, repeated to the end.",
        "swap": "the framed column. If the difference fades behind it, the network forgets the "
        "change.",
    }[now.kind]


def _verdict(now: Intervened, place: int, said: str) -> Node:
    """Both probabilities in large letters, and the sentence."""
    parts: list[Node] = [node(
        "p", f"P({now.reading.answer_name}) ", node("b", f"{now.p_before[-1]:.2f}", color=BEFORE),
        " → ", node("b", f"{now.p_after[place, -1]:.2f}", color=AFTER), class_="says",
    ), node("p", said)]  # fmt: skip
    if now.by_unit and len(now.ids) > 1:
        t = int(np.abs(now.p_after[place] - now.p_before).argmax())
        p, q = now.p_before[t], now.p_after[place, t]
        most = f"On the way it shows most after “{now.reading.words[t]}”: {p:.2f} → {q:.2f}."
        parts.append(node("p", most, class_="quiet"))
    if len(now.before.layers) > 1:
        only = f"Only the layer that is shown was changed: {now.reading.called}."
        parts.append(node("p", only, class_="quiet small"))
    return node("div", *parts, class_="verdict")


def _effects(now: Intervened, bars: list[int]) -> str:
    """The bars in words, the largest first."""
    names, largest = now.reading.words, sorted(bars, key=lambda i: -abs(now.change[i]))[:5]
    each = [f"{i if now.by_unit else names[i]} {number(now.change[i], 2)}" for i in largest]
    return f"Change of P({now.reading.answer_name}): " + ", ".join(each)


def _effects_look(now: Intervened, bars: list[int]) -> Node:
    """How many turn the verdict alone, and how many units must fall together."""
    what, n, turning = "unit" if now.by_unit else "word", len(now.change), int(now.turns.sum())
    if turning:
        turn = "turns" if turning == 1 else "turn"
        said = f"the striped bars: {turning} of {n} {what}s {turn} the verdict alone."
    else:
        said = f"the tallest bar: how far P moves by this one {what}. None alone turns the verdict."
    if now.by_unit and not turning and (units := now.together):
        some = ", ".join(map(str, units[:8])) + (" and others" if len(units) > 8 else "")
        said += f" It takes {len(units)} together: {some}."
    elif now.by_unit and not turning:
        said += " Nor do all together: without a state the biases say the same."
    if len(bars) < n:
        said += f" Of {n} {len(bars)} are drawn."
    return look_for(said, " Click a bar to intervene there.")


def _flips(inquiry: Inquiry) -> Node:
    """The data's sentences that depend on the unit, a few of them to read."""
    found, data = inquiry.flips, inquiry.data
    title = node("h3", f"Silence unit {inquiry.now.unit}: who changes the verdict?")
    count = node("p", node("b", f"{len(found)} of {len(data.train) + len(data.test)}"),
                 " sentences of the data do",
                 ". Some of them, to be read instead of yours:" if found else ".")  # fmt: skip
    chips = [
        node("button", f"{text}: {was} → {then}", class_="token", click={"read": text})
        for text, was, then in found[:MOST_FLIPS]
    ]
    return node("div", title, count, node("div", *chips, class_="tokens"))
