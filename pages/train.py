"""Train: press play, turn a knob, go back in time. Every picture is this run, at this moment.

Three rings, so that a click costs no more than what it changes: the page with its knobs, in it
the stage with the buttons, and in that the wall of pictures, which a timer fills while it plays.
"""

import streamlit as st

from ui import controls, frame, heats, models, state
from ui.controls import bench, chips, view
from ui.figures import sentences
from ui.lenses import studio as pictures
from ui.plot.plot import film
from ui.scheduler import PROCESS
from ui.state import films
from ui.state import training as state_train


def stage() -> None:
    """The buttons, the slider of moments, and the wall below them."""
    with st.container(
        border=True, key="card transport", horizontal=True, vertical_alignment="center"
    ):
        bench.transport(here)
        bench.pace()
    past, scale = st.columns([4, 1], vertical_alignment="center")
    with past:
        moment = bench.moment(here)
    with scale:
        log = bench.loss_scale()
    layer = view.layer_choice(here.run.model)
    state.show_notes()
    drawn, every = here.playing, PROCESS.interval_s

    def wall() -> None:
        """One tick: a slice of training, and the pictures as they are now."""
        if state_train.tick(here, drawn) or (drawn and PROCESS.other_pace(every)):
            st.rerun()  # only who draws the wall can give it another interval, or none
        others = PROCESS.n_training - 1 if PROCESS.crowded else 0
        now = pictures.Wall(here, encoding, target, layer, log, others)
        film(
            "wall",
            now.panels,
            [now.frame(moment)],
            transport=False,
            columns=pictures.COLUMNS,
            on_click=state_train.cell_clicked("wall", texts, cell),
            address=bench.address(here, moment),
            on_away=films.away(state_train.pause) if drawn else None,
        )

    frame.fragment(wall, run_every=every if drawn else None, publishes=False)()


def cell(x: int, y: int) -> int | None:
    """The number of the sentence at a cell."""
    return sentences.index_at(x, y, len(here.run.dataset.train), len(here.run.dataset.test))


with frame.page("train"):
    with st.container(key="bench"):
        left, right = st.columns([1, 3.4], gap="medium")
    with left:
        name, settings, goal = bench.knobs()
    here = state_train.studio(models.dataset(name), settings, goal)
    with right:
        sentence = controls.sentence_box(here.run.model.vocabulary)
        something = chips.show(sentence, here.run.model.vocabulary, always=False)
        bench.presets()
        texts = [*here.run.dataset.train.texts, *here.run.dataset.test.texts]
        encoding = sentence.encoding if something else here.run.model.vocabulary.encode(texts[0])
        known = here.run.dataset.known_label(" ".join(encoding.tokens))
        target = known or here.run.model.classes[-1]
        frame.fragment(stage)()
    heats.show(models.dataset(name), here.run.hyperparameters, goal)
