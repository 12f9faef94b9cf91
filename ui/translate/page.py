"""Translate: an encoder reads a sentence, a decoder starts from its last state and writes."""

from __future__ import annotations

from bisect import bisect

import streamlit as st

from ui.kit import frame, jobs, settings
from ui.kit.cache import shared
from ui.kit.error_boundary import fragment
from ui.kit.player import film, still
from ui.sequence import events, take_along
from ui.sequence.learner import Moment
from ui.sequence.session import Session
from ui.translate import controls, live, tabs, translator
from ui.translate import film as translating
from ui.translate.translating import Translating
from ui.translate.translator import TRANSLATOR

COLUMNS = "minmax(0, 880fr) minmax(0, 336fr)"
FOOT = 76
"""Pixels under the film: the line that follows the training, and the tabs, which peek in."""
PITCH, MANY = 56, 11
"""Pixels of a column at least, of more than so many words: they stand in their boxes."""
SHOWN = (1, 2, 4, 6, 8, 10, 13, 16, 20, 30, 40)
"""While it learns the film is drawn anew at these epochs; the line follows all the time."""


@fragment
def step_by_step(now: Translating) -> None:
    """The film of what it reads and writes."""
    if translator.hyperparameters().attention != now.model.attends:  # a click on its card
        st.rerun()
    present = frame.presents("x_below")
    panels, frames = shared(translating.film, now, present)
    film(
        "translating", panels, frames, step=_step(now, len(frames)), columns=COLUMNS,
        pitch=PITCH if now.rule.joint and len(frames) > MANY else 0, present=present,
        identity=events.identity(f"{now.task} {now.source} {now.is_reversed} {now.forced}"),
        fill=62 if present else FOOT, hint="← → step · Space plays", pace_ms=700,
        on_step=events.film_moved("translating", "x_t"), on_click=clicked,
    )  # fmt: skip


def _step(now: Translating, n_frames: int) -> int:
    """The frame that is looked at; while it trains, films of other lengths come and go."""
    first, chosen = len(now.read) + 1, settings.get("x_t")
    if jobs.going(TRANSLATOR.key):
        return min(max(chosen or first, 1), n_frames) - 1
    return settings.within("x_t", 1, n_frames, min(first, n_frames)) - 1


def clicked() -> None:
    """A callback: attention is given or taken."""
    click = settings.reported("translating", "click") or {}
    if "attention" in click:
        TRANSLATOR.forget()
        settings.put(x_attention=bool(click["attention"]), x_epoch=None)


@fragment
def learning(here: Session) -> None:
    """What follows the training."""

    def draw(_: Session) -> None:
        if not frame.presents("x_below"):
            still("live", live.line(TRANSLATOR.moment(here)))

    def around() -> tuple[int, bool]:
        return bisect(SHOWN, here.run.epoch), here.playing

    jobs.show(TRANSLATOR.key, draw, around=around)


def show() -> None:
    """Draw the page."""
    with frame.controls():
        symbols = controls.source()
        here = translator.session()
        now = TRANSLATOR.moment(here)
        controls.model(now)
        controls.forcing()
        TRANSLATOR.button(here)
        controls.more()
    made = _translating(now, symbols)
    if settings.get("x_forced") and not made.is_forced:
        settings.note("The rule has no answer to this, so nothing can be forced: it runs free.")
    settings.show_notes()
    take_along.of_moment(now)
    step_by_step(made)
    learning(here)
    if not frame.presents("x_below"):
        tabs.show(now, made)


def _translating(now: Moment, symbols: list[str]) -> Translating:
    return Translating(
        now.model, translator.task_name(), tuple(symbols), len(now.run.dataset.train.answers) - 1,
        bool(settings.get("x_reversed")), bool(settings.get("x_forced")),
        int(settings.get("beam")), now.epoch,
    )  # fmt: skip
