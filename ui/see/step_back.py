"""Step back, where a wiring of See was chosen: the loss of one answer, step by step."""

from __future__ import annotations

import streamlit as st

from ui.kit import jobs, settings
from ui.kit.cache import shared
from ui.kit.player import film
from ui.see import back, controls, learning, page, text
from ui.see.learning import Networks
from ui.sequence import events
from ui.sequence.text import BACK_HINT


def show() -> None:
    """Draw the page."""
    task, network, _ = controls.row()

    def draw(work: Networks) -> None:
        if work.moment(network) is None:
            st.progress(min(work.share, 1.0), text.LEARNING)
            return
        now, present = page.seen(task, work, network), bool(settings.get("present"))
        n = len(now.steps.plan.segments[0].words)
        t = settings.within("v_loss", 1, n, n) - 1 if network != "last" else n - 1
        panels, frames = shared(back.film, now, t, present)
        film(
            key, panels, frames, step=settings.within("f", 1, len(frames), 1) - 1,
            identity=page.identity(task, work, t), columns=page.COLUMNS, fill=page.FOOT,
            present=present, hint=BACK_HINT, on_step=events.film_moved(key, "f"),
            on_click=lambda: _chosen(key),
        )  # fmt: skip

    key = f"see {task} back"
    jobs.show(learning.key(task), draw, around=lambda: settings.get("v_network"))


def _chosen(key: str) -> None:
    """A callback: the loss of another answer is sent back."""
    click = settings.reported(key, "click") or {}
    if isinstance(click.get("loss"), int):
        settings.put(v_loss=click["loss"] + 1, f=None)
