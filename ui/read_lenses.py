"""The lenses of Read: other ways to look at the same reading. Only the open one is computed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from ui import controls, state
from ui.controls import Chosen, chips
from ui.controls import gates as gate_controls
from ui.controls import surgery as surgery_controls
from ui.lenses import gates, pair, path, surgery, three, training, whole_step
from ui.plot.plot import film
from ui.reading import Reading
from ui.shelf import shared
from ui.state import surgery as state_surgery

LENSES = [
    "The whole step", "Gates", "State surgery", "Three models", "The path", "Two sentences",
    "Before and after",
]  # fmt: skip


def from_link() -> None:
    """Before the page shows its notes: say what a link asks of a lens that there is not."""
    state.choice_from_link("lens", LENSES)
    surgery_controls.from_link()


def tabs(now: Reading, chosen: Chosen) -> None:
    """A tab for each lens."""
    unit = state.chosen("unit", 0, now.model.n_hidden - 1, now.telling_unit)
    t = state.chosen("t", 1, len(now.words), len(now.words)) - 1
    follow = {"group": "reading", "transport": False, "step": t, "identity": now.identity}
    show = dict(zip(LENSES, st.tabs(LENSES, key="lens", on_change="rerun", bind="query-params"),
                    strict=True))  # fmt: skip
    for name, tab in show.items():
        if tab.open:
            with tab:
                _show(name, now, chosen, unit, t, follow)


def _show(
    name: str, now: Reading, chosen: Chosen, unit: int, t: int, follow: dict[str, Any]
) -> None:
    """One lens. unit, t : what the film above shows. follow : how to step with it."""
    if name == "The whole step":
        made = shared(whole_step.film, now, unit)
        film("whole_step", *made, columns=whole_step.COLUMNS, **follow)
    elif name == "Gates" and not now.gates:
        gate_controls.none_here()
    elif name == "Gates":
        gate_controls.hand(now, unit, t)
        film("gates", *shared(gates.film, now, unit), columns=gates.COLUMNS, **follow)
    elif name == "State surgery":
        if cut := surgery_controls.operation(now, unit):
            film("surgery", *surgery.film(cut, chosen.trained.run.dataset),
                 columns=surgery.COLUMNS,
                 on_click=state_surgery.clicked("surgery", *surgery.clickable(cut)),
                 **follow)  # fmt: skip
    elif name == "Three models":
        film("three", *three.film(now, chosen.trained.run), columns=three.COLUMNS, **follow)
    elif name == "The path":
        film("path", *path.film(now, chosen.trained.run.dataset), **follow)
    elif name == "Two sentences":
        vocabulary = now.model.vocabulary
        other = controls.sentence_box(vocabulary, "s2", "The second sentence")
        if chips.show(other, vocabulary, "chips2"):
            second = replace(now, encoding=other.encoding)
            both = f"{now.identity} | {second.identity}"
            film("pair", *shared(pair.film, now, second), keys="focus", identity=both)
    elif name == "Before and after":
        panels, frames = training.film(now, chosen.trained.run.snapshots)
        film("training", panels, frames, keys="focus", step=len(frames) - 1, pace_ms=150,
             identity=now.identity, hint="play: from the first epoch to the last")  # fmt: skip
