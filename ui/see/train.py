"""Train, where a wiring of See was chosen: the curves of its networks, live."""

from __future__ import annotations

import streamlit as st

from ui.kit import jobs, settings
from ui.kit.player import still
from ui.see import controls, curves, learning, page, tasks, text
from ui.see.learning import Networks
from ui.see.tasks import TASKS


def show() -> None:
    """Draw the page."""
    task, network, _ = controls.row()

    def draw(work: Networks) -> None:
        watched = {name: one for name in TASKS[task].networks if (one := work.watched(name))}
        if (now := work.moment(network, learning.looked_at(task))) is None:
            st.progress(min(work.share, 1.0), text.LEARNING)
            return
        panels = curves.panels(task, watched, network, now.epoch, tasks.EPOCHS[task])
        still(key, *panels, columns=page.COLUMNS, fill=page.FOOT,
              present=bool(settings.get("present")),
              on_click=lambda: controls.clicked(key, task))  # fmt: skip

    key = f"see {task} training"
    jobs.show(learning.key(task), draw, around=lambda: settings.get("v_network"))
