"""Without attention: what a network that learned to look back says when it sees nothing there."""

from __future__ import annotations

from rnn_core.decoding import exact_match
from ui.kit.numbers import percent
from ui.kit.player import Node, Text, look_for, node, still, table
from ui.sequence.learner import Moment
from ui.translate import text
from ui.translate.matrix import place
from ui.translate.translating import Translating, share_right


def show(now: Moment, made: Translating) -> None:
    """Both answers under each other, and how often the blinded one is right."""
    if made.alpha is None:
        still("without", Text("without", node("p", text.NO_ATTENTION), card=True))
        return
    blind = made.other(attend=False, forced=False, width=1)
    sees = made.other(forced=False, width=1)
    right = None if made.right is None else [made.name(symbol) for symbol in made.right]
    rows = [_row(text.SAYS, sees.names, right), _row(text.SAYS_BLIND, blind.names, right)]
    if right is not None:
        rows.append(_row(text.RIGHT, right, right))
    unseen = now.run.dataset.test
    seeing, without = (share_right(exact_match(now.model, unseen, attend))
                       for attend in (True, False))  # fmt: skip
    said = text.HELD if sees.outputs == blind.outputs else text.DIFFERS.format(
        one=text.ONE[made.task], nth=place(_first_other(sees, blind))
    )  # fmt: skip
    of_all = text.RELIES if seeing > without else text.OF_ALL
    of_all = of_all.format(n=len(unseen), seeing=percent(seeing), blind=percent(without))
    still(
        "without",
        Text("without", node("div", node("h3", text.BLIND), _table(rows)), card=True),
        Text("without look", look_for(f"{said} {of_all}")),
    )


def _first_other(one: Translating, other: Translating) -> int:
    """The first step at which two say different things."""
    pairs = zip(one.outputs, other.outputs, strict=False)
    shorter = min(len(one.outputs), len(other.outputs))
    return next((t for t, (a, b) in enumerate(pairs) if a != b), shorter)


def _row(name: str, said: list[str], right: list[str] | None) -> list[Node]:
    """A name, and its symbols; those that are not right carry a cross."""
    cells: list[Node] = []
    for t, symbol in enumerate(said):
        good = right is None or (t < len(right) and right[t] == symbol)
        cells.append(symbol if good else node("b", f"✗ {symbol}", class_="wrong"))
    return [name, *cells]


def _table(rows: list[list[Node]]) -> Node:
    """Rows of one length."""
    most = max(map(len, rows))
    padded = [[*row, *[""] * (most - len(row))] for row in rows]
    return node("div", table(padded, (), ["quiet"]), class_="scrolls")
