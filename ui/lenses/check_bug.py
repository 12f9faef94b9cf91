"""Find the bug: the log of checks, and the reveal with wrong and right lines side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rnn_core.experiments.bugs import BUGS, Bug
from ui import source, words
from ui.checking import Case, check
from ui.figures.theme import BAD, GOOD
from ui.lenses import check_one
from ui.plot.plot import Node, Panel, Text, node
from ui.words.verdicts import NAMES, cell, scientific, spelled, symbol

COLUMNS = "minmax(0, 1.35fr) minmax(0, 1fr)"
MARKS = ("✗ what ran", BAD), ("✓ what should", GOOD)


def log_panels(cases: Sequence[Case]) -> list[Panel]:
    """All checks so far, and the pictures of the last one."""
    if not cases:
        said = (
            "No check yet. The backward pass has a mistake of a line or two in it: press Check, "
            "then change the sentence, the epoch or the start, and check again."
        )
        return [Text("log", node("p", said, class_="quiet"))]
    n = len(cases)
    title = "One check" if n == 1 else f"{n} checks"
    look = (
        "which parameters are red, and when. Try one word, two words, a long sentence, the fresh "
        "network: most bugs hide somewhere."
    )
    return [
        Text("log title", node("h3", f"{title}: errors of each parameter"), area="left"),
        Text("log", table([(case.moment, case) for case in cases]), area="left"),
        Text("log look", words.look_for(look), area="left"),
        *check_one.matrices(check(cases[-1]), area="right"),
    ]


def table(rows: Sequence[tuple[str, Case]]) -> Node:
    """A row for each case, the newest on top, with a cell for each parameter."""
    head = node("tr", node("th", "sentence, answer wanted, model", class_="quiet"),
                *(node("th", symbol(name)) for name in NAMES))  # fmt: skip
    body = [
        node(
            "tr",
            node("td", node("b", _short(case.words)), node("p", f"{case.target} · {moment}",
                                                          class_="small quiet")),
            *(cell(check(case).errors[name]) for name in NAMES),
        )
        for moment, case in reversed(rows)
    ]  # fmt: skip
    return node("div", node("table", node("thead", head), node("tbody", *body),
                            class_="verdicts findings"), class_="scrolls")  # fmt: skip


def _short(sentence: Sequence[str]) -> str:
    text = " ".join(sentence)
    return text if len(text) <= 44 else text[:43] + "…"


def answer(named: Sequence[str], culprit: Bug) -> Text:
    """What is said to the suspect that was named last."""
    if not named:
        said = node("p", "Name somebody when the red cells leave only one.", class_="quiet")
    elif culprit.title in named:
        tries = "at the first guess" if len(named) == 1 else f"after {len(named)} guesses"
        said = node("p", node("b", "✓ Right", color=GOOD), f", {tries}: {culprit.title}.")
    else:
        suspect = next(bug for bug in BUGS.values() if bug.title == named[-1])
        said = node("p", node("b", "✗ Not this one", color=BAD), *spelled(_clue(suspect, culprit)))
    return Text("answer", said, card="bare")


def _clue(suspect: Bug, culprit: Bug) -> str:
    if suspect.found_by != culprit.found_by:
        red = ", ".join(suspect.found_by)
        return f": on a sentence of some words it would turn {red} red, and no other."
    return (
        ", though it would turn the same parameters red. What would it do on one word? On two? "
        "At the write-up's start?"
    )


def reveal(bug: Bug, case: Case) -> list[Panel]:
    """The code side by side, the lesson, and where this bug hides. case : the page's own."""
    case = replace(case, bug=bug.key)
    sides = _sides(bug)
    twin = [
        node("div", node("p", node("b", mark, color=color)), source.code([cut]))
        for (mark, color), cut in zip(MARKS, sides, strict=True)
    ]
    places = [
        (case.moment, case),
        ("the write-up's start", case.at_the_start()),
        (case.moment, case.of_one_word()),
    ]
    hides = [check(place).errors for _, place in places]
    return [
        Text("reveal", node("h3", f"It is this: {bug.title}")),
        Text("twin", node("div", *twin, class_="twin")),
        Text("lesson", node("p", node("b", "Lesson. "), *spelled(bug.lesson))),
        Text("hides title", node("h3", "Where it shows, and where it hides"), card=True),
        Text("hides", table(places[::-1])),
        Text("hides look", words.look_for(_hiding(bug, hides))),
    ]


def _sides(bug: Bug) -> list[source.Excerpt]:
    """The wrong and the right lines as they stand in their files; those that differ are active."""
    cuts = [source.excerpt(function, whole=True) for function in (bug.wrong, bug.right)]
    return [
        replace(cut, active=frozenset(
            i for i, line in enumerate(cut.lines) if line not in other.lines))
        for cut, other in zip(cuts, reversed(cuts), strict=True)
    ]  # fmt: skip


def _hiding(bug: Bug, hides: Sequence[dict[str, float]]) -> str:
    now, start, one = (max(errors[name] for name in bug.found_by) for errors in hides)
    if now < 1e-2:
        return "how little it shows in this model, on this sentence: check a longer one, later."
    only = f"only by {scientific(start)}"
    if one < 1e-7:
        weak = f", and at the write-up's own start {only}" if start < 0.1 else ""
        return (
            f"the row of one word: there it is not wrong at all{weak}. So check on a long "
            "sentence, and after some training."
        )
    if start < 1e-2:
        return (
            f"the write-up's start: wrong {only}, because there all h are near zero. So check "
            "after some training."
        )
    return "which cells are red in every row: this one cannot hide."
