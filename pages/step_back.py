"""Step back: backpropagation through time as a film, from the loss to the updated weight."""

from dataclasses import replace

import streamlit as st

from ui import controls, frame, state
from ui.controls import chips, knobs, view
from ui.controls import gates as gate_controls
from ui.lenses import back, gates_back, leaning
from ui.plot.plot import film
from ui.reading import Reading
from ui.shelf import shared
from ui.state import films, holds
from ui.way_back import WayBack


@frame.fragment
def step_by_step(way: WayBack) -> None:
    """The film: T + 3 frames from the loss back to the first word, and the update."""
    if (held := holds.fitting(way.reading.model)) != way.reading.holds:
        way = replace(way, reading=replace(way.reading, holds=held))
    now = way.reading
    gate_controls.held_line(now)
    unit = state.chosen("unit", 0, now.model.n_hidden - 1, now.telling_unit)
    panels, frames = shared(back.film, way, unit)
    step = state.chosen("f", 1, len(frames), 1) - 1
    film(
        "back",
        panels,
        frames,
        step=step,
        identity=films.identity(now.identity),
        columns="minmax(0, 1.12fr) minmax(0, 1fr)",
        rows=True,
        pace_ms=1400,
        hint="arrow keys step · click a cell to follow its unit",
        on_step=films.film_moved("back", "f"),
        on_click=films.cell_clicked("back", now.order, unit, "f"),
    )
    if now.gates:
        back_at = way.path[min(max(step - 2, 0), len(way.path) - 1)]
        gate_controls.hand(now, unit, back_at)
        follow = {"group": "back", "transport": False, "step": step, "identity": now.identity}
        film("gates back", *shared(gates_back.film, way, unit), **follow)
    film("leaning", *shared(leaning.film, way))


with frame.page("step_back"):
    left, right = st.columns([2.05, 1], vertical_alignment="top")
    with right:
        chosen = controls.model_card(any_kind=True)
        layer, signal = view.layer_choice(chosen.model), view.signal_choice(chosen.model)
        with st.container(horizontal=True, vertical_alignment="center"):
            order_by = view.order_choice()
            with st.popover("knobs", type="tertiary", icon=":material/tune:"):
                truncate = knobs.truncation()
                settings = knobs.step(chosen.trained.run.hyperparameters)
                by_decades = knobs.scale()
    with left:
        sentence = controls.sentence_box(chosen.model.vocabulary)
        controls.examples()
        something = chips.show(sentence, chosen.model.vocabulary)
        if something:
            target = controls.target_choice(chosen, sentence.encoding)
    held = holds.fitting(chosen.model)  # what does not fit is let go, and said
    state.show_notes()
    if something:
        now = Reading(chosen.model, sentence.encoding, order_by, layer, signal, held)
        step_by_step(WayBack(now, target, truncate, settings, by_decades))
