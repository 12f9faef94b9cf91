"""Step back, where an encoder and a decoder were chosen: the loss of one output, step by step."""

from __future__ import annotations

from ui.kit import frame, settings
from ui.kit.cache import shared
from ui.kit.player import film
from ui.sequence import events
from ui.sequence.text import BACK_HINT
from ui.translate import back, controls, page

FOOT = 44
"""Pixels under the film: the line that follows the training."""


def show() -> None:
    """Draw the page."""
    here, _, made = controls.row()
    t = back.chosen(made)
    present = frame.presents("x_below")
    panels, frames = shared(back.pictures, made, t, not present, not present)
    film(
        "way back", panels, frames, columns=page.COLUMNS, fill=FOOT, present=present, pace_ms=1000,
        step=settings.within("f", 1, len(frames), 1) - 1, hint=BACK_HINT,
        identity=events.identity(f"{made.source} {t}"), on_click=back.clicked,
        on_step=events.film_moved("way back", "f"),
    )  # fmt: skip
    page.learning(here)
