"""Train: press play, turn a knob, go back in time. Every picture is this run, at this moment."""

import streamlit as st

from ui import bench, chips, controls, frame, heats, models, state, state_train
from ui.figures import sentences
from ui.lenses import studio as pictures
from ui.plot.plot import film
from ui.scheduler import PROCESS


def wall() -> None:
    """One tick: a slice of training, and the pictures as they are now."""
    here, ended = state_train.tick()
    if ended:
        st.rerun()
    view = pictures.Wall(here, sentence.encoding, target, log)
    dataset = here.run.dataset
    texts = [*dataset.train.texts, *dataset.test.texts]
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
            if here.playing:
                st.button("Pause", key="pause", type="primary", icon=":material/pause:",
                          shortcut="Space", on_click=state_train.pause)  # fmt: skip
            else:
                st.button("Play", key="play", type="primary", icon=":material/play_arrow:",
                          shortcut="Space", on_click=state_train.play)  # fmt: skip
            st.button("Step", key="step", disabled=here.playing, shortcut="Right",
                      on_click=state_train.step_to(here.run.steps + 1))  # fmt: skip
            st.button("Epoch", key="one epoch", disabled=here.playing,
                      on_click=state_train.epoch_to(here.run.epoch + 1))  # fmt: skip
            st.button("Start again", key="again", on_click=state_train.again)
            bench.pace()
            log = bench.loss_scale()
        moment = bench.moment(here)
        state.show_notes()
        if something:
            known = here.run.dataset.known_label(" ".join(sentence.encoding.tokens))
            target = known or here.run.model.classes[-1]
            every = max(0.1, 0.01 * PROCESS.n_training) if here.playing else None
            frame.fragment(wall, run_every=every)()
    heats.show(models.dataset(name), here.run.hyperparameters, goal)
