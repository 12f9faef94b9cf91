"""Train, where an encoder and a decoder were chosen: the curves of its training, live."""

from __future__ import annotations

from ui.kit import jobs, settings
from ui.kit.player import still
from ui.sequence.session import Session
from ui.translate import controls, live
from ui.translate.translator import TRANSLATOR

FOOT = 16


def show() -> None:
    """Draw the page."""
    here, _, _ = controls.row()

    def draw(_: Session) -> None:
        now = TRANSLATOR.moment(here)
        panels, frames = live.pictures(now)
        still("translate training", live.line(now), *panels, live.losses(now), frames=frames,
              fill=FOOT, present=bool(settings.get("present")))  # fmt: skip

    jobs.show(TRANSLATOR.key, draw, around=lambda: live.around(here))
