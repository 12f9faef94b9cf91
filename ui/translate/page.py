"""Translate: an encoder reads a sentence, a decoder starts from its last state and writes.

Read shows the same, where this wiring is chosen.
"""

from __future__ import annotations

import streamlit as st

from ui.kit import frame, jobs, settings
from ui.kit.cache import shared
from ui.kit.error_boundary import fragment
from ui.kit.player import film, still
from ui.sequence import events
from ui.sequence.session import Session
from ui.translate import controls, live, side, tabs, text, translator
from ui.translate import film as translating
from ui.translate.translating import Translating
from ui.translate.translator import TRANSLATOR

COLUMNS = "minmax(0, 880fr) minmax(0, 336fr)"
FOOT = 76
"""Pixels under the film: the line that follows the training, and the tabs, which peek in."""
PITCH, MANY = 56, 11
"""Pixels of a column at least, of more than so many words: they stand in their boxes."""


@fragment
def step_by_step(now: Translating) -> None:
    """The film of what it reads and writes."""
    chosen = settings.get("x_forced"), settings.get("beam")
    if (translator.hyperparameters().attention, *chosen) != (
        now.model.attends, now.forced, now.width
    ):  # fmt: skip
        st.rerun()  # a click on a card
    present = frame.presents("x_below")
    panels, frames = shared(translating.film, now, present)
    film(
        "translating", panels, frames, step=_step(now, len(frames)), columns=COLUMNS,
        pitch=PITCH if now.rule.joint and len(frames) > MANY else 0, present=present,
        identity=events.identity(f"{now.task} {now.source} {now.is_reversed} {now.forced}"),
        fill=62 if present else FOOT, hint=text.HINT, pace_ms=700,
        on_step=events.film_moved("translating", "x_t"), on_click=clicked,
    )  # fmt: skip


def _step(now: Translating, n_frames: int) -> int:
    """The frame that is looked at; while it trains, films of other lengths come and go."""
    first, chosen = len(now.read) + 1, settings.get("x_t")
    if jobs.going(TRANSLATOR.key):
        return min(max(chosen or first, 1), n_frames) - 1
    return settings.within("x_t", 1, n_frames, min(first, n_frames)) - 1


def clicked() -> None:
    """A callback: attention is given or taken, or another way of decoding is chosen."""
    click = settings.reported("translating", "click") or {}
    if "attention" in click:
        TRANSLATOR.forget()
        settings.put(x_attention=bool(click["attention"]), x_epoch=None)
    if click.get("decoding") in side.WAYS:
        forced, width = side.WAYS[click["decoding"]]
        translator.anew(x_forced=forced, beam=width)


@fragment
def learning(here: Session) -> None:
    """What follows the training."""

    def draw(_: Session) -> None:
        if not frame.presents("x_below"):
            still("live", live.line(TRANSLATOR.moment(here)))

    jobs.show(TRANSLATOR.key, draw, around=lambda: live.around(here))


def show() -> None:
    """Draw the page."""
    here, now, made = controls.row()
    step_by_step(made)
    learning(here)
    if not frame.presents("x_below"):
        tabs.show(now, made)
