"""Read: one sentence through the network, word by word, with every number explained."""

from dataclasses import replace

import streamlit as st

from ui import arithmetic, controls, frame, read_lenses, state
from ui.controls import chips, view
from ui.controls import gates as gate_controls
from ui.plot.plot import film
from ui.reading import Reading
from ui.shelf import shared
from ui.state import films, holds


def word_by_word(now: Reading) -> None:
    """The film of the hidden state, and beside it the chosen unit's arithmetic."""
    t = state.chosen("t", 1, len(now.words), len(now.words)) - 1
    unit = state.chosen("unit", 0, now.model.n_hidden - 1, now.telling_unit)
    film(
        "film",
        *shared(arithmetic.film, now, unit),
        step=t,
        identity=films.identity(now.identity),
        group="reading",
        columns="minmax(0, 1.75fr) minmax(0, 1fr)",
        rows=True,
        hint="arrow keys step · click a cell to follow its unit",
        on_step=films.film_moved("film"),
        on_click=films.cell_clicked("film", now.order, unit),
    )


@frame.fragment
def pictures(now: Reading, chosen: controls.Chosen) -> None:
    """All pictures of one reading: a click in the film is followed by what is open below."""
    if (held := holds.fitting(now.model)) != now.holds:
        now = replace(now, holds=held)
    gate_controls.held_line(now)
    word_by_word(now)
    read_lenses.tabs(now, chosen)


with frame.page("read"):
    left, right = st.columns([2.05, 1], vertical_alignment="top")
    with right:
        chosen = controls.model_card(any_kind=True)
        layer, signal, order_by = view.choices(chosen.model)
    with left:
        sentence = controls.sentence_box(chosen.model.vocabulary)
        controls.examples()
        something = chips.show(sentence, chosen.model.vocabulary)
    read_lenses.from_link()
    held = holds.fitting(chosen.model)  # what does not fit is let go, and said
    now = Reading(chosen.model, sentence.encoding, order_by, layer, signal, held)
    if something:
        state.chosen("t", 1, len(now.words), len(now.words))
        state.chosen("unit", 0, now.model.n_hidden - 1, now.telling_unit)
    state.show_notes()
    if something:
        pictures(now, chosen)
