"""The strip at the edge of every page: the stop where one is, its question, and the way on.

Every page's script draws it before the page. Keys, heights and what a phone shows of it are in
strip.js and strip.css.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from ui.kit import jobs, settings
from ui.kit.frame import PAGES
from ui.kit.player import Text, still
from ui.kit.table import MOST_WORDS
from ui.lecture import going, library, said, score, text
from ui.lecture.look import Look
from ui.lecture.registry import Measuring
from ui.lecture.score import Outcome
from ui.lecture.stops import Choices, Number, Question, Stop, Word, names_words
from ui.sequence import box

HERE = Path(__file__).parent
CSS = (HERE / "strip.css").read_text(encoding="utf-8")
SCRIPT = (HERE / "strip.js").read_text(encoding="utf-8")
HIGH_PX, HIGH_PRESENT_PX = 112, 144
"""What it takes of the window's height."""
BELOW = {"view", "below", "runs", "w_below", "x_below"}
"""Settings that open a tab under a page's film."""
PENDING = "lecture pending"
"""Under this key the answer that is being measured."""
COLUMNS = "repeat(2, minmax(0, 1fr))"


def show() -> None:
    """Draw the strip, if there is a stop."""
    stop = library.here() if settings.owner().page != "lecture" else None
    lit, changed = going.marked()
    high = 0 if stop is None else HIGH_PRESENT_PX if settings.get("present") else HIGH_PX
    marks = ",".join(f".st-key-{settings.key_of(name).replace(' ', '-')}" for name in changed)
    marks = f"{marks} {{ animation: marked 2s; }}" if marks else ""
    st.html(f"<style>:root {{ --strip: {high}px; }} {CSS} {marks}</style>")
    st.html(f"<script>{SCRIPT}{_look(stop)}</script>", unsafe_allow_javascript=True)
    with st.container(key="strip", horizontal=True):
        if stop is not None:
            _strip(stop, lit)


def _look(stop: Stop | None) -> str:
    """What shows the page from where a stop looks at it, when one has just come to it."""
    brought = going.brought()
    if stop is None or not (brought or settings.owner().arrived):
        return ""
    is_here = stop.link.page == settings.owner().page
    below = is_here and BELOW & dict(stop.link.settings).keys()
    return f"unrolledLook({str(bool(below)).lower()}); // {box.asked()}"


def _strip(stop: Stop, lit: str) -> None:
    lecture, question = library.lecture(), stop.question
    outcome = _measured(stop, question) or score.seen(stop.key) if question else None
    if question and not outcome and not _pending(stop):
        settings.put(play=False)  # first the answer
    here = settings.owner().page
    elsewhere = PAGES[stop.link.page].name if here != stop.link.page else ""
    st.toggle(said.where(lecture, stop), key="strip open", on_change="ignore")
    panels = [Text("said", said.sentences(lecture, stop, lit, elsewhere), card="bare")]
    if question:
        shown = said.answered(question, outcome, score.tally()) if outcome else said.asked(question)
        panels.append(Text("asked", shown, area="side", card="bare"))
    with st.container(key="strip-said"):
        still("stop", *panels, columns=COLUMNS, on_click=lambda: _clicked(stop))
    if question and not outcome:
        with st.container(key="strip-answer"):
            _answer(stop, question.answer)
    _way(stop)


def _clicked(stop: Stop) -> None:
    """A callback: something in the sentences was clicked."""
    click: dict[str, Any] = settings.reported("stop", "click") or {}
    if "set" in click:
        going.set_by(str(click["set"]))
    elif "go" in click:
        going.to(stop.key)
    elif "again" in click:
        score.ask_again(stop.key)
    elif "guess" in click:
        _guess(stop, float(click["guess"]))


# ---- the answer ----


@dataclass
class Pending:
    """A question that is being answered. guess : as in Outcome. work : what measures it."""

    stop: str
    guess: float | None
    work: Measuring


def _guess(stop: Stop, guess: float | None) -> None:
    """Answer the question, or with None let it be answered: from now on it is measured."""
    if question := stop.question:
        calls = {"value": question.measure, **dict(question.also)}
        work = Measuring(Look(stop.link.page), calls)
        settings.kept()[PENDING] = Pending(stop.key, guess, work)
        is_here = stop.link.page == settings.owner().page
        settings.put(play=is_here and "play" in dict(stop.link.settings))


def _answer(stop: Stop, answer: Choices | Number | Word) -> None:
    """The widgets of an open question, whose choices stand beside it; a bar once it is measured."""
    if (pending := _pending(stop)) is not None:
        jobs.wait_for("measure", pending.work, lambda _: text.MEASURING)
        return
    guess: float | None = None
    if isinstance(answer, Number):
        middle = answer.low + answer.step * round((answer.high - answer.low) / answer.step / 2)
        guess = st.slider(text.GUESS, answer.low, answer.high, middle, answer.step,
                          format="%g", key=f"strip guess {stop.key}",
                          on_change="ignore")  # fmt: skip
    with st.container(horizontal=True):
        if not isinstance(answer, Choices):
            name = text.THIS_WORD if isinstance(answer, Word) else text.SEE
            if st.button(name, key="strip see", type="primary"):
                if isinstance(answer, Word):
                    guess = settings.get("t") or MOST_WORDS
                _guess(stop, guess)
                st.rerun()
        st.button(text.SKIP, key="strip skip", on_click=_guess, args=(stop, None),
                  help=text.SKIP_HELP)  # fmt: skip


def _pending(stop: Stop) -> Pending | None:
    """The answer of this stop that is being measured; one of another stop is dropped."""
    pending: Pending | None = settings.kept().get(PENDING)
    if pending is None or pending.stop == stop.key:
        return pending
    del settings.kept()[PENDING]
    return None


def _measured(stop: Stop, question: Question) -> Outcome | None:
    """The answer that was just asked for, once it is measured."""
    pending = _pending(stop)
    if pending is None or not jobs.at_once(pending.work):
        return None
    del settings.kept()[PENDING]
    work, guess = pending.work, pending.guess
    words = work.look.reading.words if names_words(question) and not work.why else ()
    if isinstance(question.answer, Word) and guess is not None:
        guess = min(guess, len(words))
    outcome = Outcome(work.numbers, guess, words, work.why)
    score.see(stop.key, outcome)
    return outcome


# ---- the way on ----


def _way(stop: Stop) -> None:
    """Previous and next, back to the stop as it was, and the way out."""
    stops = library.lecture().stops
    i = stops.index(stop)
    with st.container(key="strip-way"):
        with st.container(horizontal=True):
            if i:
                st.button(text.PREVIOUS, key="strip previous", icon=":material/arrow_back:",
                          on_click=going.to, args=(stops[i - 1].key,),
                          help=text.PREVIOUS_HELP)  # fmt: skip
            if i + 1 < len(stops):
                st.button(text.NEXT, key="strip next", icon=":material/arrow_forward:",
                          on_click=going.to, args=(stops[i + 1].key,),
                          help=text.NEXT_HELP)  # fmt: skip
        with st.container(horizontal=True):
            st.button(text.RESET, key="strip reset", type="tertiary", on_click=going.bring,
                      args=(stop,), help=text.RESET_HELP)  # fmt: skip
            st.button(text.LEAVE, key="strip leave", type="tertiary", on_click=settings.put,
                      kwargs={"stop": ""}, help=text.LEAVE_HELP)  # fmt: skip
