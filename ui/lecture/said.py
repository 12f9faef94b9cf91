"""What the strip says of a stop, as nodes: its sentences, its question, and what came out.

It is given a stop and an outcome, and knows no settings.
"""

from __future__ import annotations

from ui.kit.formula import formula
from ui.kit.player import Node, node
from ui.kit.theme import BAD, GOOD
from ui.lecture import score, text
from ui.lecture.score import Outcome
from ui.lecture.sentences import Sets, amount, filled, symbols, word
from ui.lecture.stops import Choices, Lecture, Question, Stop, Word


def where(lecture: Lecture, stop: Stop) -> str:
    """Where one is: the chapter, and which of how many stops."""
    chapter = next(chapter for chapter in lecture.chapters if stop in chapter.stops)
    i, n = lecture.stops.index(stop) + 1, len(lecture.stops)
    return text.WHERE.format(i=i, n=n, chapter=chapter.title)


def prose(sentence: str) -> list[Node]:
    """A sentence with its symbols as in a formula."""
    return [_symbol(part) if i % 2 else part for i, part in enumerate(symbols(sentence))]


def _symbol(written: str) -> Node:
    try:
        return formula(written)
    except ValueError:
        return written


def sentences(lecture: Lecture, stop: Stop, lit: str, elsewhere: str) -> Node:
    """Title, text and what to do. lit : the link that was just followed. elsewhere : the name of
    the stop's page, where another one is looked at.
    """

    def piece(one: str | Sets) -> list[Node]:
        if isinstance(one, str):
            return prose(one)
        look = "sets lit" if one.query == lit else "sets"
        return [node("button", *prose(one.word), class_=look, click={"set": one.query})]

    parts = [part for one in stop.text for part in piece(one)]
    do: Node = node("b", *prose(stop.do))
    if elsewhere:
        there = text.ELSEWHERE.format(page=elsewhere)
        do = node("button", there, class_="sets", click={"go": stop.key})
    return node(
        "div",
        node("div", node("h3", stop.title), node("span", where(lecture, stop), class_="quiet"),
             class_="heading"),
        node("p", *parts, " ", do),
    )  # fmt: skip


def asked(question: Question) -> Node:
    """The question, with its choices where it has any: a click is the answer."""
    choices: list[Node] = []
    if isinstance(question.answer, Choices):
        choices = [node("button", *prose(say), class_="token", click={"guess": i})
                   for i, say in enumerate(question.answer.say)]  # fmt: skip
    ask = node("p", node("b", *prose(question.ask)))
    return node("div", ask, node("div", *choices, class_="tokens"))


def answered(question: Question, outcome: Outcome, tally: tuple[int, int]) -> Node:
    """What came out, how far off the guess was, and whether it is what should be seen.

    tally : how many guesses were right so far, of how many.
    """
    again = node("button", text.ASK_AGAIN, class_="sets", click={"again": True})
    if outcome.why:
        why = text.NOT_MEASURED.format(why=outcome.why)
        return node("div", node("p", *prose(question.ask)), node("p", why, " ", again))
    good = score.right(question, outcome)
    color = None if good is None else GOOD if good else BAD
    so_far = text.SO_FAR.format(right=tally[0], answered=tally[1]) if tally[1] else ""
    reveal = filled(question.reveal, outcome.numbers, outcome.words)
    return node(
        "div", node("p", *prose(question.ask), class_="quiet"),
        node("p", node("b", verdict(question, outcome), color=color), " ", *prose(reveal), " ",
             node("span", agreement(question, outcome), " ", again, so_far, class_="quiet")),
    )  # fmt: skip


def verdict(question: Question, outcome: Outcome) -> str:
    """The guess beside what it is; without one the choice that holds."""
    answer, guess, value = question.answer, outcome.guess, outcome.value
    if isinstance(answer, Choices):
        holds = [say for say, when in zip(answer.say, answer.when, strict=True)
                 if when.holds(value)]  # fmt: skip
        it_is, known = ("one", holds[0]) if holds else ("none", "")
        if guess is None:
            return text.IT_IS[it_is].format(answer=known)
        mine = answer.say[int(guess)]
        if mine in holds:
            return text.RIGHT.format(mine=mine)
        return text.WRONG[it_is].format(mine=mine, answer=known)
    if guess is None:
        return ""
    said = (lambda x: word(x, outcome.words)) if isinstance(answer, Word) else amount
    off = abs(guess - value)
    if off < 1e-12:
        return text.RIGHT_NUMBER.format(value=said(value))
    far = amount(off)
    if isinstance(answer, Word):
        far = text.N_WORDS["many" if off > 1 else "one"].format(n=round(off))
    which = "right" if score.right(question, outcome) else "wrong"
    return text.OFF[which].format(guess=said(guess), value=said(value), far=far)


def agreement(question: Question, outcome: Outcome) -> str:
    """Whether the lecture says of this run what is true of it."""
    if question.check is None:
        return ""
    if question.check.holds(outcome.value):
        return text.AS_SAID
    return text.OTHERWISE.format(check=question.check)
