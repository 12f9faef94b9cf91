"""A lecture: chapters of stops, read from one TOML file that anybody may have written.

A stop is a page with its settings, what to say and do there, and a question whose answer is
measured. A broken stop is left out and named with its reason; the others work. Nothing here knows
a screen, and nothing in a file is run.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl

from ui.kit.frame import PAGES
from ui.kit.table import LONGEST_TEXT, TABLE, VERSION
from ui.lecture import text
from ui.lecture.condition import Condition, condition
from ui.lecture.measures import Call, call
from ui.lecture.sentences import Text, linked, names

MOST_BYTES = 200_000
MOST_CHAPTERS, MOST_STOPS, MOST_CHOICES = 20, 200, 6
MOST_DOTS = 100
"""In a line. A key with a hundred thousand of them takes tomllib minutes, and all the memory."""
LONGEST = {"title": 80, "text": 500, "do": 240, "question": 240, "reveal": 400, "say": 80}
"""Characters."""
WORD_BY_WORD = ("start", "read")
"""Pages whose film stands on a word: there it can be the answer."""
OWN = ("stop", "lecture", "present")
"""Settings that are the lecture's own: no link of a stop sets them."""
KEYS = {"title", "text", "link", "do", "question", "choices", "number", "word", "measure", "also",
        "reveal", "check"}  # fmt: skip


@dataclass(frozen=True)
class Link:
    """Where a stop is: a page of PAGES, and its settings as an address says them."""

    page: str
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Choices:
    """Answers to choose from, each with the condition under which it is right."""

    say: tuple[str, ...]
    when: tuple[Condition, ...]


@dataclass(frozen=True)
class Number:
    """A number to be guessed. within : how far off still counts as right."""

    low: float
    high: float
    step: float
    within: float


@dataclass(frozen=True)
class Word:
    """The word on which the film stands."""


Answer = Choices | Number | Word


@dataclass(frozen=True)
class Question:
    """What is asked at a stop, and how the answer is found.

    also : more numbers that `reveal` names. check : what should be seen, None where a file does
    not say.
    """

    ask: str
    answer: Answer
    measure: Call
    also: tuple[tuple[str, Call], ...]
    reveal: str
    check: Condition | None


@dataclass(frozen=True)
class Stop:
    """key : "3.2", its place in the file. remarks : what of its link is not as it asks."""

    key: str
    title: str
    text: Text
    link: Link
    do: str
    question: Question | None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """A part of a lecture."""

    title: str
    stops: tuple[Stop, ...]


@dataclass(frozen=True)
class Lecture:
    """broken : a sentence for each stop that was left out."""

    title: str
    chapters: tuple[Chapter, ...]
    broken: tuple[str, ...] = ()

    @property
    def stops(self) -> list[Stop]:
        """All of them, in order."""
        return [stop for chapter in self.chapters for stop in chapter.stops]


@lru_cache(maxsize=16)
def lecture(content: str) -> Lecture:
    """Read a lecture file. Raises ValueError, in one sentence, where nothing of it can be used."""
    if len(content.encode(errors="replace")) > MOST_BYTES:
        raise ValueError(text.MOST_KB.format(most=MOST_BYTES // 1000))
    if any(line.count(".") > MOST_DOTS for line in content.split("\n")):
        raise ValueError(text.DOTS.format(most=MOST_DOTS))
    try:
        said = tomllib.loads(content)
    except RecursionError:
        raise ValueError(text.NESTED) from None
    except ValueError as error:
        why = " ".join(str(error).split())[:120]
        raise ValueError(text.NO_TOML.format(why=why)) from None
    broken: list[str] = []
    chapters = tuple(_chapters(said.get("chapter"), broken))
    if not any(chapter.stops for chapter in chapters):
        raise ValueError(" ".join([text.NOTHING_WORKS, *broken[:1]]))
    title = said.get("title")
    return Lecture(_line(title, "title") if title else text.UNNAMED, chapters, tuple(broken))


def _chapters(said: object, broken: list[str]) -> Iterator[Chapter]:
    """Its chapters; what is wrong with their stops is added to broken."""
    n_stops = 0
    for i, one in enumerate(_tables(said)[:MOST_CHAPTERS], 1):
        stops = []
        for k, written in enumerate(_tables(one.get("stop")), 1):
            n_stops += 1
            try:
                if n_stops > MOST_STOPS:
                    raise ValueError(text.TOO_MANY.format(most=MOST_STOPS))
                stops.append(_stop(f"{i}.{k}", written))
            except ValueError as error:
                if n_stops <= MOST_STOPS + 1:
                    title = " ".join(str(written.get("title", "")).split())[:40]
                    stop = f"{i}.{k}"
                    broken.append(text.STOP_LEFT_OUT.format(stop=stop, title=title, error=error))
        title = " ".join(str(one.get("title", "")).split())[: LONGEST["title"]]
        yield Chapter(title or text.UNNAMED_CHAPTER.format(i=i), tuple(stops))


def _tables(said: object) -> list[Mapping[str, Any]]:
    """Those tables that a list holds."""
    return [one for one in said if isinstance(one, Mapping)] if isinstance(said, list) else []


def _stop(key: str, said: Mapping[str, Any]) -> Stop:
    if unknown := sorted(set(said) - KEYS):
        raise ValueError(text.NO_SUCH_KEY.format(key=unknown[0][:40]))
    remarks: list[str] = []
    link = _link(said.get("link"), remarks)
    written = linked(_line(said.get("text", ""), "text"))
    for piece in written:
        if not isinstance(piece, str):
            _settings(piece.query, remarks)
    question = _question(said, link.page) if "question" in said else None
    return Stop(key, _line(said.get("title"), "title"), written, link,
                _line(said.get("do", ""), "do"), question, tuple(remarks))  # fmt: skip


def _line(said: object, what: str) -> str:
    """A text of the file in one line. Raises ValueError where it is none, or too long."""
    if not isinstance(said, str):
        raise ValueError(text.NO_TEXT.format(what=what))
    if len(said) > LONGEST[what]:
        raise ValueError(text.TOO_LONG.format(what=what, most=LONGEST[what]))
    return " ".join(said.split())


# ---- links ----


def _link(said: object, remarks: list[str]) -> Link:
    """A page and its settings: "read?s=not+bad&t=2"."""
    if not isinstance(said, str) or len(said) > LONGEST_TEXT:
        raise ValueError(text.NO_TEXT.format(what="link"))
    page, _, query = said.strip().lstrip("/").partition("?")
    page = page or "start"
    if page not in PAGES or page == "lecture":
        remarks.append(text.NO_PAGE.format(page=page[:40]))
        page = "start"
    return Link(page, tuple(_settings(query, remarks).items()))


def _settings(query: str, remarks: list[str]) -> dict[str, str]:
    """What a link sets, of that which can be set. What cannot is said once."""
    made = {}
    for name, said in parse_qsl(query, keep_blank_values=True)[: len(TABLE)]:
        if name == "v":
            if said != VERSION:
                remarks.append(text.LINK_OF_BEFORE)
        elif name not in TABLE or name in OWN:
            remarks.append(text.LINK_NO_SETTING.format(name=name[:40]))
        elif TABLE[name].parse(said) is None:
            remarks.append(text.LINK_USUAL.format(name=name))
        else:
            made[name] = said
    return made


def values(query: str) -> dict[str, Any]:
    """What a link in a sentence sets, {setting: value}."""
    said = _settings(query, [])
    return {name: TABLE[name].nearest(TABLE[name].parse(one)) for name, one in said.items()}


# ---- questions ----


def _question(said: Mapping[str, Any], page: str) -> Question:
    kinds = [kind for kind in ("choices", "number", "word") if kind in said]
    if len(kinds) != 1:
        raise ValueError(text.ONE_KIND)
    answer = ANSWERS[kinds[0]](said[kinds[0]], page)
    also = said.get("also", {})
    if not isinstance(also, Mapping):
        raise ValueError(text.ALSO)
    more = tuple((str(name), call(one)) for name, one in also.items())
    reveal = _line(said.get("reveal", text.REVEAL), "reveal")
    if unknown := names(reveal) - {"value", *(name for name, _ in more)}:
        raise ValueError(text.NOT_REVEALED.format(name=min(unknown)[:40]))
    check = condition(said["check"]) if "check" in said else None
    made = Question(_line(said["question"], "question"), answer, call(said.get("measure")), more,
                    reveal, check)  # fmt: skip
    if names_words(made) and page not in WORD_BY_WORD:
        raise ValueError(text.NO_WORD_REVEALED)
    return made


def _choices(said: object, page: str) -> Choices:
    tables = _tables(said)
    if not 2 <= len(tables) <= MOST_CHOICES:
        raise ValueError(text.CHOICES.format(most=MOST_CHOICES))
    return Choices(tuple(_line(one.get("say"), "say") for one in tables),
                   tuple(condition(one.get("when")) for one in tables))  # fmt: skip


def _number(said: object, page: str) -> Number:
    given = dict(said) if isinstance(said, Mapping) else {}
    low, high = given.pop("low", None), given.pop("high", None)
    step = given.pop("step", None)
    within = given.pop("within", step)
    sizes = [low, high, step, within]
    if given or not all(type(one) in (int, float) for one in sizes):
        raise ValueError(text.NUMBER)
    low, high, step, within = map(float, sizes)
    if not (abs(low) <= 1e9 and low < high <= 1e9 and within >= 0
            and (high - low) / 1000 <= step <= high - low):  # fmt: skip
        raise ValueError(text.NUMBER_RANGE)
    return Number(low, high, step, within)


def _word(said: object, page: str) -> Word:
    if said is not True:
        raise ValueError(text.WORD_IS_TRUE)
    if page not in WORD_BY_WORD:
        raise ValueError(text.NO_WORD_ON.format(page=page))
    return Word()


def names_words(question: Question) -> bool:
    """Whether a number of it stands for a word of the sentence."""
    return isinstance(question.answer, Word) or ":word}" in question.reveal


ANSWERS = {"choices": _choices, "number": _number, "word": _word}
