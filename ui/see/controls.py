"""The row of controls: the task, what is looked at, the network and its training.

Read, Step back and Train have the same row where one of these wirings is chosen.
"""

from __future__ import annotations

import streamlit as st

from ui.kit import frame, settings
from ui.see import caption, digit, learning, pixels, text
from ui.see.learning import Networks
from ui.see.tasks import TASKS

DRAWN = {"caption": "v_picture", "digit": "v_digit"}
"""{task: the setting of the picture that is drawn}."""


def row() -> tuple[str, str, Networks]:
    """All of it; returns the task, which of its networks is shown, and the work of all."""
    with frame.controls():
        task = settings.segments("v_task", text.TASK, text.TASKS, label_visibility="collapsed",
                                 on_change=learning.change_task)  # fmt: skip
        _given(task)
        names = list(TASKS[task].networks)
        network = str(settings.correct("v_network", names) or names[0])
        work = learning.networks(task, network)
        learning.model(task, work, network)
        learning.button(task, work, network)
    settings.show_notes()
    return task, network, work


def _given(task: str) -> None:
    """What is looked at: an example of a picture, or another film."""
    if task == "film":
        other = (int(settings.get("v_film")) + 1) % 1000
        st.button(text.NEW_FILM, key="new film", icon=":material/casino:", on_click=settings.put,
                  kwargs={"v_film": other, "v_t": None})  # fmt: skip
        return
    name, made = DRAWN[task], (caption if task == "caption" else digit).examples()
    pixels.chosen(name)
    settings.menu("examples", text.EXAMPLES, list(made), of=name,
                  act=lambda said: settings.put(**{name: made[said], "v_t": None}))  # fmt: skip


def clicked(key: str, task: str) -> None:
    """A callback of the film with this key: a pixel, another network, or what the pixels show."""
    click = settings.reported(key, "click") or {}
    chosen = {"v_network": (click.get("network"), TASKS[task].networks),
              "v_pixels": (click.get("view"), text.VIEWS)}  # fmt: skip
    for name, (said, known) in chosen.items():
        if said in known and not settings.ruled(name):
            settings.put(**{name: str(said)})
    if task in DRAWN:
        pixels.clicked(key, DRAWN[task])
