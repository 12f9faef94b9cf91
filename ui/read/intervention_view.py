"""Intervene on the state and read on: does the verdict follow? The picture, and what is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ui.kit import player, theme
from ui.kit.numbers import number
from ui.kit.player import Film, Frame, Node, Panel, Text, look_for, node
from ui.kit.sentence import sentence
from ui.read import comparison, text
from ui.read.comparison import LOOKS, State
from ui.read.intervention import Inquiry, Intervened
from ui.sequence.reading import Reading
from ui.sequence.words import Words

BEFORE, AFTER = LOOKS[0][0], LOOKS[1][0]
MOST_ROWS, MOST_BARS, MOST_FLIPS, MOST_NAMED = 64, 16, 6, 8
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
    n = reading.model.n_hidden
    described = text.BEFORE_AFTER_SAYS["some" if len(units) < n else "all"]
    panels: list[Panel] = [
        *comparison.panels(
            "intervention", text.BEFORE_AFTER, states, [answers], _words(reading),
            described.format(n=n, drawn=len(units)),
        ),
        Text("verdict title", node("h3", text.FOLLOWS), area="side"),
        Text("intervention verdict", "", area="side"),
        *player.picture(
            "effects", text.MATTERS[what], effects, comparison.BARS_HEIGHT,
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
    states = [State(text.BEFORE, h, units, known, look=0),
              State(text.AFTER, after, units, known, look=1),
              State(text.DIFFERENCE, after - h, units, known, 2.0)]  # fmt: skip
    curves = now.p_before, now.p_after[place]
    return states, comparison.answers(now.reading.answer_name, [text.BEFORE, text.AFTER], curves)


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
    distance = text.APART.format(word=words[t], here=apart[t], end=apart[last])
    n, drawn = now.reading.model.n_hidden, len(units)
    some = "" if drawn == n else text.SOME_DRAWN.format(n=n, drawn=drawn)
    label = text.WORD_OF.format(t=t + 1, n=last + 1, word=words[t])
    return Frame(label, None, said + distance, {
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
    moves = text.MOVES["stays" if f"{p:.2f}" == f"{q:.2f}" else "falls" if q < p else "rises"]
    return text.DONE[now.kind].format(
        place=place if now.by_unit else now.reading.words[place], answer=now.reading.answer_name,
        other=" ".join(now.other.words) if now.other else "", moves=moves.format(p=p, q=q),
        followed=_followed(now, place),
    )  # fmt: skip


def _followed(now: Intervened, place: int) -> str:
    verdict, before = now.verdict(place), now.reading.verdict(-1)[0]
    kind = "follows" if now.turns[place] else "stays"
    if now.other and not now.turns[place]:
        kind = "both" if now.other.verdict(-1)[0] == before else "rest"
    return text.FOLLOWED[kind].format(verdict=verdict, before=before)


def _look(now: Intervened) -> str:
    """What to look for in the states."""
    return text.LOOK[now.kind].format(unit=now.unit)


def _verdict(now: Intervened, place: int, said: str) -> Node:
    """Both probabilities in large letters, and the sentence."""
    verdict = sentence(
        text.VERDICT, answer=now.reading.answer_name,
        before=node("b", f"{now.p_before[-1]:.2f}", color=BEFORE),
        after=node("b", f"{now.p_after[place, -1]:.2f}", color=AFTER),
    )  # fmt: skip
    parts: list[Node] = [node("p", *verdict, class_="says"), node("p", said)]
    if now.by_unit and len(now.ids) > 1:
        t = int(np.abs(now.p_after[place] - now.p_before).argmax())
        p, q = now.p_before[t], now.p_after[place, t]
        most = text.ON_THE_WAY.format(word=now.reading.words[t], p=p, q=q)
        parts.append(node("p", most, class_="quiet"))
    if len(now.before.layers) > 1:
        only = text.ONLY_LAYER.format(layer=now.reading.called)
        parts.append(node("p", only, class_="quiet small"))
    return node("div", *parts, class_="verdict")


def _effects(now: Intervened, bars: list[int]) -> str:
    """The bars in words, the largest first."""
    names, largest = now.reading.words, sorted(bars, key=lambda i: -abs(now.change[i]))[:5]
    each = [f"{i if now.by_unit else names[i]} {number(now.change[i], 2)}" for i in largest]
    return text.EFFECTS.format(answer=now.reading.answer_name, each=", ".join(each))


def _effects_look(now: Intervened, bars: list[int]) -> Node:
    """How many turn the verdict alone, and how many units must fall together."""
    what, n, turning = "unit" if now.by_unit else "word", len(now.change), int(now.turns.sum())
    how = {0: " none", 1: " one"}.get(turning, "")
    said = text.TURNING[what + how].format(n=turning, all=n)
    if now.by_unit and not turning:
        units = now.together
        how = "none" if not units else "many" if len(units) > MOST_NAMED else "few"
        named = ", ".join(map(str, units[:MOST_NAMED]))
        said += text.TOGETHER[how].format(n=len(units), units=named)
    if len(bars) < n:
        said += text.BARS_DRAWN.format(n=n, drawn=len(bars))
    return look_for(said, text.CLICK_A_BAR)


def _flips(inquiry: Inquiry) -> Node:
    """The data's sentences that depend on the unit, a few of them to read."""
    found, data = inquiry.flips, inquiry.data
    title = node("h3", text.WHO_CHANGES.format(unit=inquiry.now.unit))
    n = text.COUNT.format(n=len(found), all=len(data.train) + len(data.test))
    count = sentence(text.FLIPS["some" if found else "none"], count=node("b", n))
    chips = [
        node("button", text.FLIP.format(sentence=one, was=was, then=then), class_="token",
             click={"read": one})
        for one, was, then in found[:MOST_FLIPS]
    ]  # fmt: skip
    return node("div", title, node("p", *count), node("div", *chips, class_="tokens"))
