"""Read: one sentence through the network, word by word, with every number explained."""

import streamlit as st

from ui import arithmetic, chips, controls, frame, reading, state
from ui.lenses import pair, path, training, whole_step
from ui.plot.plot import film
from ui.reading import Reading

LENSES = ["The whole step", "The path", "Two sentences", "Before and after"]


def word_by_word(now: Reading) -> None:
    """The film of the hidden state, and beside it the chosen unit's arithmetic."""
    t = state.chosen("t", 1, len(now.words), len(now.words)) - 1
    unit = state.chosen("unit", 0, now.model.n_hidden - 1, now.telling_unit)
    film(
        "film",
        reading.state_panels(now) + arithmetic.panels(now),
        arithmetic.explained(now, unit),
        step=t,
        identity=now.identity,
        group="reading",
        columns="minmax(0, 1.75fr) minmax(0, 1fr)",
        rows=True,
        hint="arrow keys step · click a cell to follow its unit",
        on_step=state.film_moved("film"),
        on_click=state.cell_clicked("film", now.order, unit),
    )


def lenses(now: Reading, chosen: controls.Chosen) -> None:
    """Four other ways to look; only the open one is computed."""
    unit = state.chosen("unit", 0, now.model.n_hidden - 1, now.telling_unit)
    step = state.chosen("t", 1, len(now.words), len(now.words)) - 1
    tabs = st.tabs(LENSES, key="lens", on_change="rerun", bind="query-params")
    follow = {"group": "reading", "transport": False, "step": step, "identity": now.identity}
    if tabs[0].open:
        with tabs[0]:
            panels, frames = whole_step.film(now, unit)
            film("whole_step", panels, frames, columns=whole_step.COLUMNS, **follow)
    if tabs[1].open:
        with tabs[1]:
            film("path", *path.film(now, chosen.trained.run.dataset), **follow)
    if tabs[2].open:
        with tabs[2]:
            vocabulary = now.model.vocabulary
            other = controls.sentence_box(vocabulary, "s2", "The second sentence")
            if chips.show(other, vocabulary, "chips2"):
                second = Reading(now.model, other.encoding, now.order_by)
                both = f"{now.identity} | {second.identity}"
                film("pair", *pair.film(now, second), keys="focus", identity=both)
    if tabs[3].open:
        with tabs[3]:
            panels, frames = training.film(now, chosen.trained.run.snapshots)
            last = len(frames) - 1
            film("training", panels, frames, keys="focus", step=last, pace_ms=150,
                 identity=now.identity, hint="play: from the first epoch to the last")  # fmt: skip


@frame.fragment
def pictures(now: Reading, chosen: controls.Chosen) -> None:
    """All pictures of one reading: a click in the film is followed by what is open below."""
    word_by_word(now)
    lenses(now, chosen)


with frame.page("read"):
    left, right = st.columns([2.05, 1], vertical_alignment="top")
    with right:
        chosen = controls.model_card()
        order_by = controls.order_choice()
    with left:
        sentence = controls.sentence_box(chosen.model.vocabulary)
        controls.examples()
        something = chips.show(sentence, chosen.model.vocabulary)
    state.choice_from_link("lens", LENSES)
    now = Reading(chosen.model, sentence.encoding, order_by)
    if something:
        state.chosen("t", 1, len(now.words), len(now.words))
        state.chosen("unit", 0, now.model.n_hidden - 1, now.telling_unit)
    state.show_notes()
    if something:
        pictures(now, chosen)
