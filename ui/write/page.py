"""Write: a network learns a text and goes on from a prompt, symbol by symbol."""

from __future__ import annotations

from bisect import bisect

import streamlit as st

from ui.kit import frame, jobs, settings
from ui.kit.cache import shared
from ui.kit.error_boundary import fragment
from ui.kit.player import film, still
from ui.sequence import events, own_model, take_along
from ui.sequence.learner import Moment
from ui.sequence.session import Session
from ui.write import by_hand, controls, live, tabs, text, texts, writer
from ui.write import film as writing
from ui.write.film import Writing
from ui.write.writer import WRITER

COLUMNS = "minmax(0, 752fr) minmax(0, 464fr)"
FOOT = 230
"""Pixels under the film: perplexity and samples, and the tabs, which peek in."""
PITCH = {"characters": 52, "words": 66}
"""Pixels of a column at least: what is drawn goes down between two of them."""
SHOWN = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
"""While it learns the film is drawn anew at these epochs; the samples follow all the time."""


@fragment
def word_by_word(now: Writing) -> None:
    """The film of what it writes, and the bars of what comes next. A symbol that was drawn by hand
    makes it another text: then the page is drawn anew.
    """
    if by_hand.chosen(now.model, now.prompt) != now.by_hand:
        st.rerun()
    present = frame.presents("w_below")
    unit = settings.within("w_unit", 0, now.model.n_hidden - 1, now.telling_unit)
    panels, frames = shared(writing.film, now, unit, str(settings.get("colour")), present)
    first = min(len(now.prompt), len(frames))
    step = settings.within("w_t", 1, len(frames), first) - 1
    film(
        "writing", panels, frames, step=step, identity=controls.identity(now), columns=COLUMNS,
        fill=62 if present else FOOT, present=present, rows=True, pace_ms=450,
        pitch=PITCH[now.corpus.unit], hint=text.HINT,
        on_step=events.film_moved("writing", "w_t"), on_click=by_hand.clicked(now, unit),
    )  # fmt: skip


@fragment
def learning(here: Session, prompt: tuple[int, ...]) -> None:
    """What follows the training."""

    def draw(_: Session) -> None:
        if frame.presents("w_below"):
            return
        now = WRITER.moment(here)
        still("live", *live.panels(now, prompt), frames=[live.frame(now)], columns=live.COLUMNS)

    def around() -> tuple[int, bool]:
        return bisect(SHOWN, here.run.epoch), here.playing

    jobs.show(WRITER.key, draw, around=around)


def show() -> None:
    """Draw the page."""
    with frame.controls():
        corpus, prompt = controls.prompt()
        here = writer.session(corpus)
        now = WRITER.moment(here)
        controls.model(now)
        controls.temperature()
        WRITER.button(here)
        controls.more(now)
    settings.show_notes()
    take_along.of_moment(now)
    if not prompt:
        texts.nothing_to_read(corpus)
        return
    word_by_word(made := _writing(now, prompt))
    if now.run.stopped == own_model.LACKING:
        st.markdown(text.LACKING)
        return
    learning(here, prompt)
    if not frame.presents("w_below"):
        tabs.show(now, made)


def _writing(now: Moment, prompt: tuple[int, ...]) -> Writing:
    return Writing(
        now.model, writer.text_of(now), prompt, float(settings.get("temperature")),
        int(settings.get("top_k")), int(settings.get("draw")), by_hand.chosen(now.model, prompt),
        now.epoch,
    )  # fmt: skip
