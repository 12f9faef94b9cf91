"""Step back: backpropagation through time as a film, from the loss to the updated weight."""

import streamlit as st

from ui import chips, controls, frame, knobs, state
from ui.lenses import back, leaning
from ui.plot.plot import film, still
from ui.reading import Reading
from ui.way_back import WayBack


@frame.fragment
def step_by_step(way: WayBack) -> None:
    """The film: T + 3 frames from the loss back to the first word, and the update."""
    now = way.reading
    unit = state.chosen("unit", 0, now.model.n_hidden - 1, now.telling_unit)
    panels, frames = back.film(way, unit)
    film(
        "back",
        panels,
        frames,
        step=state.chosen("f", 1, len(frames), 1) - 1,
        identity=now.identity,
        columns="minmax(0, 1.12fr) minmax(0, 1fr)",
        rows=True,
        pace_ms=1400,
        hint="arrow keys step · click a cell to follow its unit",
        on_step=state.film_moved("back", "f"),
        on_click=state.cell_clicked("back", now.order, unit, "f"),
    )


with frame.page("step_back"):
    left, right = st.columns([2.05, 1], vertical_alignment="top")
    with right:
        chosen = controls.model_card()
        with st.container(horizontal=True, vertical_alignment="center"):
            order_by = controls.order_choice()
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
    state.show_notes()
    if something:
        now = Reading(chosen.model, sentence.encoding, order_by)
        way = WayBack(now, target, truncate, settings, by_decades)
        step_by_step(way)
        still("leaning", *leaning.panels(way))
