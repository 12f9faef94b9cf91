"""Without attention: what a network that learned to look back says when it sees nothing there."""

from __future__ import annotations

from rnn_core.decoding import exact_match
from ui.kit.numbers import percent
from ui.kit.player import Node, Text, look_for, node, still, table
from ui.sequence.learner import Moment
from ui.translate.matrix import place
from ui.translate.translating import Translating, share_right
from ui.translate.translator import ONE


def show(now: Moment, made: Translating) -> None:
    """Both answers under each other, and how often the blinded one is right."""
    if made.alpha is None:
        still("without", Text("without", node(
            "p", "This network has no attention: all that it says, it says without. Give it "
            "attention in the model's menu, and take it away here."), card=True))  # fmt: skip
        return
    blind = made.other(attend=False, forced=False, width=1)
    sees = made.other(forced=False, width=1)
    right = None if made.right is None else [made.name(symbol) for symbol in made.right]
    rows = [_row("it says", sees.names, right), _row("without attention", blind.names, right)]
    if right is not None:
        rows.append(_row("right", right, right))
    splits = {"unseen": now.run.dataset.test}
    with_, without = (share_right(exact_match(now.model, splits["unseen"], attend))
                      for attend in (True, False))  # fmt: skip
    same = sees.outputs == blind.outputs
    said = "the same answer: the bottleneck held this one" if same else (
        f"the first {ONE[made.task]} that differs, the {place(_first_other(sees, blind))}"
    )  # fmt: skip
    relies = ": it has learned to rely on it" if with_ > without else ""
    still(
        "without",
        Text("without", node("div", node("h3", "Each context a zero: what the last state alone "
                                         "makes it say"), _table(rows)), card=True),
        Text("without look", look_for(
            f"{said}. Of {len(splits['unseen'])} unseen ones it has {percent(with_)} exactly right "
            f"with attention, {percent(without)} without{relies}."
        )),
    )  # fmt: skip


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
