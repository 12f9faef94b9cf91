"""The student sheet: one printable page of HTML, with every stop, its question and space to answer.

It holds no answer. All text of a lecture is escaped; the page loads nothing and runs nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st

from rnn_core.vocabulary import tokenize
from ui.kit import share
from ui.kit.table import TABLE
from ui.lecture import going, sentences, text
from ui.lecture.stops import Choices, Lecture, Number, Question, Stop

MOST_WORDS = 12
"""Words of a sentence that are drawn."""
LONGEST_CODE = 250
"""Characters of a link whose code a phone still reads from paper, at its size here."""
SENTENCES = ("start", "read", "step_back")
"""Pages whose figure is a sentence, unrolled."""
PITCH, BOX = 74, 58
CSS = (Path(__file__).parent / "sheet.css").read_text(encoding="utf-8")


def maker(lecture: Lecture) -> Callable[[], bytes]:
    """What makes the sheet when it is asked for, with links as the browser knows this place."""
    base = (st.context.url or "").partition("?")[0].removesuffix("lecture")
    queries = {stop.key: going.query(stop) for stop in lecture.stops}
    return lambda: page(lecture, base, queries).encode()


def page(lecture: Lecture, base: str, queries: dict[str, dict[str, str]]) -> str:
    """The sheet. base : the address of the start page. queries : of each stop's link."""
    parts = [f"<h1>{escape(lecture.title)}</h1>", f"<p>{text.NAME}</p>"]
    for i, chapter in enumerate(lecture.chapters, 1):
        parts.append(f"<h2>{i}. {escape(chapter.title)}</h2>")
        for stop in chapter.stops:
            place = "" if stop.link.page == "start" else stop.link.page
            parts.append(_stop(stop, f"{base}{place}?{urlencode(queries[stop.key])}"))
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        f"<title>{escape(lecture.title)}</title><style>{CSS}</style>"
        f"<body>{''.join(parts)}</body></html>"
    )


def _stop(stop: Stop, link: str) -> str:
    code = share.code(link) if len(link) <= LONGEST_CODE else ""
    figure = _figure(stop) if stop.link.page in SENTENCES else ""
    return (
        f'<section><div class="code">{code}</div><h3>{stop.key} {escape(stop.title)}</h3>'
        f"<p>{prose(sentences.plain(stop.text))} <b>{prose(stop.do)}</b></p>{figure}"
        f"{_question(stop.question) if stop.question else ''}"
        f'<p class="where"><a href="{escape(link)}">{escape(link)}</a></p></section>'
    )


def prose(sentence: str) -> str:
    """A sentence as HTML, with the index of its symbols below the line."""
    return "".join(_symbol(part) if i % 2 else escape(part)
                   for i, part in enumerate(sentences.symbols(sentence)))  # fmt: skip


def _symbol(written: str) -> str:
    name, _, index = written.partition("_")
    return f"<i>{escape(name)}</i><sub>{escape(index.strip('{}'))}</sub>"


def _question(question: Question) -> str:
    answer = question.answer
    if isinstance(answer, Choices):
        choices = "".join(f"<li>{prose(say)}</li>" for say in answer.say)
        space = f"<ul>{choices}</ul>"
    elif isinstance(answer, Number):
        space = f"<p>{text.MY_NUMBER.format(low=answer.low, high=answer.high)}</p>"
    else:
        space = f"<p>{text.MY_WORD}</p>"
    return f"<p><b>{prose(question.ask)}</b></p>{space}<p>{text.WHY}</p>{LINES}"


LINES = '<div class="line"></div>' * 2


def _figure(stop: Stop) -> str:
    """The sentence of a stop, unrolled."""
    said = dict(stop.link.settings).get("s", str(TABLE["s"].default))
    words = tokenize(said)[0]
    return unrolled([*words[:MOST_WORDS], *["…"][: len(words) > MOST_WORDS]])


def unrolled(words: Sequence[str]) -> str:
    """A network unrolled over words, as an SVG: x_t below, h_t above it, y_t after the last."""
    width, parts = 40 + PITCH * len(words), []
    for i, word in enumerate(words):
        x = 34 + PITCH * i
        middle = x + BOX / 2
        parts += [
            _box(x, 78, word if len(word) < 8 else f"{word[:6]}…"),
            _box(x, 34, f"h{i + 1}"),
            f'<path d="M{middle} 78V58" marker-end="url(#tip)"/>',
            f'<path d="M{x - PITCH + BOX if i else 8} 45H{x}" marker-end="url(#tip)"/>',
        ]
    x = 34 + PITCH * (len(words) - 1)
    parts += [_box(x, -8, "y"), f'<path d="M{x + BOX / 2} 34V14" marker-end="url(#tip)"/>']
    return (
        f'<svg class="unrolled" viewBox="0 -10 {width} 112" width="{width}" fill="none" '
        f'stroke="#1b1f24" role="img" aria-label="{text.DRAWING}"><marker '
        'id="tip" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="6" markerHeight="6" '
        'orient="auto"><path d="M0 0 6 3 0 6z" fill="#1b1f24" stroke="none"/></marker>'
        f"{''.join(parts)}</svg>"
    )


def _box(x: float, y: float, said: str) -> str:
    return (
        f'<rect x="{x}" y="{y}" width="{BOX}" height="22" rx="4"/><text x="{x + BOX / 2}" '
        f'y="{y + 16}" text-anchor="middle" font-size="13" fill="#1b1f24" stroke="none">'
        f"{escape(said)}</text>"
    )
