"""Train: press play, turn a knob, go back in time. Every picture is this run, at this moment."""

import streamlit as st

from ui import bench, chips, controls, frame, heats, models, state
from ui.figures import sentences
from ui.lenses import studio as pictures
from ui.plot.plot import film
from ui.scheduler import PROCESS
from ui.state import training as state_train


def wall() -> None:
    """One tick: a slice of training, and the pictures as they are now."""
    here, outdated = state_train.tick()
    if outdated or (here.playing and PROCESS.other_pace(every)):
        st.rerun()  # only a run of the whole page reads a fragment's interval again
    others = PROCESS.n_training - 1 if PROCESS.crowded else 0
    view = pictures.Wall(here, encoding, target, log, others)
    dataset = here.run.dataset
    n_train, n_test = len(dataset.train), len(dataset.test)
    film(
        "wall",
        view.panels,
        [view.frame(moment)],
        transport=False,
        columns=pictures.COLUMNS,
        on_click=state_train.cell_clicked(
            "wall", texts, lambda x, y: sentences.index_at(x, y, n_train, n_test)
        ),
    )


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
        state.show_notes()
        texts = [*here.run.dataset.train.texts, *here.run.dataset.test.texts]
        encoding = sentence.encoding if something else here.run.model.vocabulary.encode(texts[0])
        known = here.run.dataset.known_label(" ".join(encoding.tokens))
        target = known or here.run.model.classes[-1]
        every = PROCESS.interval_s
        frame.fragment(wall, run_every=every if here.playing else None)()
    heats.show(models.dataset(name), here.run.hyperparameters, goal)
