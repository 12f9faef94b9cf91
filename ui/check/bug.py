"""Find the bug: a mistake is planted in the backward pass. Checks, suspects, and the reveal.

The bugs are a line or two of one plain layer's code, so here there is no other kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace

import streamlit as st

from rnn_core.experiments.bugs import BUGS, Bug, mystery
from ui.check import text, verdicts
from ui.check.case import Case, Check, checks
from ui.check.gradients import matrices
from ui.check.verdicts import CLOSE, WRONG, sheet, spelled
from ui.kit import settings, source
from ui.kit.numbers import compact
from ui.kit.player import Node, Panel, Text, look_for, node, still
from ui.kit.table import TABLE
from ui.kit.theme import BAD, GOOD

COLUMNS = "minmax(0, 1.2fr) minmax(0, 1fr)"
PLANTED = {"mystery": text.MYSTERY, **{bug.key: bug.title for bug in BUGS.values()}}
MOST_CHECKS = 12


def show(this: Case) -> None:
    """Something is wrong in the backward pass: check, suspect, name it."""
    with st.container(key="bench", horizontal=True):
        left, right = st.container(width=240), st.container(width="stretch")
    with left, st.container(border=True, key="card settings bug", height="stretch"):
        key, number = settings.select("bug", text.PLANTED, PLANTED), None
        if key == "mystery":
            number = settings.number("mystery", text.MYSTERY_NUMBER)
        bug = BUGS[key] if number is None else mystery(number)
        this = replace(this, bug=bug.key)
        start = settings.select("start", text.CHECK_ON, text.STARTS)
        log = settings.kept().setdefault("checked", {}).setdefault((key, number), [])
        checked = this if start == "model" else this.at_the_start()
        st.button(text.CHECK_THIS, key="check this", type="primary", width="stretch",
                  on_click=_add, args=(log, checked))  # fmt: skip
        solved = number is None or suspects(bug, number)
    with right:
        if solved:
            reveal(bug, this)
    with nullcontext() if solved else right:
        if (made := checks(log, "check")) or not (solved or log):
            sheet("check_log", log_panels(made or []), columns=COLUMNS if made else "1fr")


def _add(log: list[Case], case: Case) -> None:
    """Keep a case that was checked, each once, the newest last."""
    log[:] = [*(known for known in log if known != case), case][-MOST_CHECKS:]


def log_panels(made: Sequence[Check]) -> list[Panel]:
    """All checks so far, and the pictures of the last one."""
    if not made:
        return [Text("log", node("p", text.NO_CHECK, class_="quiet"))]
    title = text.ONE_CHECK if len(made) == 1 else text.CHECKS.format(n=len(made))
    return [
        Text("log title", node("h3", title), area="left"),
        Text("log", errors(made[::-1]), area="left"),
        Text("log look", look_for(text.CHECKS_LOOK), area="left"),
        *matrices(made[-1], "right"),
    ]


def errors(made: Sequence[Check]) -> Node:
    """A row for each check: what was checked, and the verdicts."""
    abouts = []
    for case in (check.case for check in made):
        read, about = " ".join(case.words), f"{case.target} · {case.called}"
        short = read if len(read) <= 44 else read[:43] + "…"
        abouts.append([node("td", node("b", short), node("p", about, class_="small quiet"))])
    shown = verdicts.across(abouts, [text.CHECKS_HEAD], made, "findings")
    return node("div", shown, verdicts.legend())


def suspects(culprit: Bug, number: int) -> bool:
    """Let somebody be named; return whether the mystery is solved."""
    named_by = settings.kept().setdefault("named", {})
    named = named_by.setdefault(number, [])
    solved = culprit.key in named
    suspect = None if solved else st.pills(
        text.WHO, list(BUGS), key=f"suspect {number}", format_func=PLANTED.__getitem__
    )  # fmt: skip
    if suspect and suspect not in named:
        named.append(suspect)
        st.rerun()
    still("check_answer", answer(named, culprit))
    n_solved = sum(mystery(n).key in suspects for n, suspects in named_by.items())
    after = {"mystery": (number + 1) % len(TABLE["mystery"].allowed)}
    st.button(text.NEXT_MYSTERY, key="next mystery", on_click=settings.put, kwargs=after,
              type="primary" if solved else "secondary")  # fmt: skip
    st.caption(text.SOLVED.format(n=n_solved))
    return solved


def answer(named: Sequence[str], culprit: Bug) -> Text:
    """What is said to the suspect that was named last. named : keys of BUGS."""
    if not named:
        said = node("p", text.NAME_SOMEBODY, class_="quiet")
    elif culprit.key in named:
        tries = text.FIRST_GUESS if len(named) == 1 else text.GUESSES
        after = tries.format(n=len(named), bug=culprit.title)
        said = node("p", node("b", text.RIGHT, color=GOOD), after)
    else:
        clue, red = text.SAME_RED, BUGS[named[-1]].found_by
        if red != culprit.found_by:
            clue = text.OTHER_RED.format(red=", ".join(red))
        said = node("p", node("b", text.NOT_THIS, color=BAD), *spelled(clue))
    return Text("answer", said, card="bare")


def reveal(bug: Bug, case: Case) -> None:
    """The code side by side, the lines that differ marked; the lesson; where this bug hides."""
    wrong, right = (source.excerpt(function, whole=True) for function in (bug.wrong, bug.right))
    sides = (text.WHAT_RAN, BAD, wrong, right), (text.WHAT_SHOULD, GOOD, right, wrong)
    twin = []
    for mark, color, cut, other in sides:
        differ = frozenset(i for i, line in enumerate(cut.lines) if line not in other.lines)
        code = source.code([replace(cut, active=differ)])
        twin.append(node("div", node("p", node("b", mark, color=color)), code))
    panels: list[Panel] = [
        Text("reveal", node("h3", text.IT_IS.format(bug=bug.title))),
        Text("twin", node("div", *twin, class_="twin")),
        Text("lesson", node("p", node("b", text.LESSON), *spelled(bug.lesson))),
    ]
    one_word = replace(case, ids=case.ids[:1], words=case.words[:1])
    if made := checks([case, case.at_the_start(), one_word], "places"):
        panels += [
            Text("hides title", node("h3", text.HIDES), card=True),
            Text("hides", errors(made)),
            Text("hides look", look_for(_hiding(bug, made))),
        ]
    sheet("check_reveal", panels)


def _hiding(bug: Bug, made: Sequence[Check]) -> str:
    now, start, one = (max(check.gradients[q].error for q in bug.found_by) for check in made)
    if now < WRONG:
        return text.HIDES_HERE
    if one < CLOSE:
        hides = text.HIDES_ON_BOTH if start < 0.1 else text.HIDES_ON_ONE_WORD
        return hides.format(error=compact(start))
    if start < WRONG:
        return text.HIDES_AT_THE_START.format(error=compact(start))
    return text.HIDES_NOWHERE
