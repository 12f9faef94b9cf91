"""The row of controls: what is read, the task, the network, play; and what is seldom turned.

Read, Step back and Train have the same row where this wiring is chosen.
"""

from __future__ import annotations

import streamlit as st

from rnn_core import CELLS
from ui.kit import frame, settings
from ui.sequence import file_drawer, take_along, wirings
from ui.sequence.learner import Moment
from ui.sequence.session import Session
from ui.sequence.text_model import GOAL, NEW_RUN
from ui.translate import text, translator
from ui.translate.translating import Translating
from ui.translate.translator import TRANSLATOR

N_EXAMPLES = 6


def row() -> tuple[Session, Moment, Translating]:
    """All of it; returns the training, the moment of it that is looked at, and what it makes of
    what is read.
    """
    with frame.controls():
        symbols = source()
        here = translator.session()
        if settings.owner().arrived:
            TRANSLATOR.go_on(here)
        now = TRANSLATOR.moment(here)
        model(now)
        TRANSLATOR.button(here)
        more()
    made = Translating(
        now.model, translator.task_name(), tuple(symbols), len(now.run.dataset.train.answers) - 1,
        bool(settings.get("x_reversed")), bool(settings.get("x_forced")),
        int(settings.get("beam")), now.epoch,
    )  # fmt: skip
    if settings.get("x_forced") and not made.is_forced:
        settings.note(text.NOT_FORCED)
    settings.show_notes()
    take_along.of_moment(now)
    return here, now, made


def source() -> list[str]:
    """The box, the task and its examples; returns what is read."""
    name = translator.task_name()
    with st.container(key="box source"):
        typed = settings.text(
            "source", text.SOURCE, translator.USUAL[name], max_chars=400,
            label_visibility="collapsed", live="300ms", placeholder=translator.USUAL[name],
            on_change=translator.anew,
        )  # fmt: skip
    symbols = translator.source(typed)
    with st.popover(text.TASKS[name], key="task"):
        settings.segments("x_task", text.TASK, text.TASKS, on_change=other_task)
        data = translator.dataset(name, False)
        st.markdown(text.UNSEEN)
        for example in data.test.texts[:N_EXAMPLES]:
            st.button(settings.as_text(example), key=f"example {example}", type="tertiary",
                      on_click=translator.anew, kwargs={"source": example})  # fmt: skip
        if "longer" in data.more:
            example = data.more["longer"].texts[0]
            st.markdown(text.LONGER)
            st.button(example, key="example longer", type="tertiary", on_click=translator.anew,
                      kwargs={"source": example})  # fmt: skip
    return symbols


def other_task() -> None:
    """A callback: another task reads other things, and its networks are others."""
    TRANSLATOR.forget()
    translator.anew(source=None, x_epoch=None)


def model(now: Moment) -> None:
    """The network's button: what it is, and what makes it another."""
    hp, best = now.run.hyperparameters, translator.usual()
    file = now.session.file
    name = text.MODEL["file" if file else "epoch"].format(
        cell=hp.cell.upper(), units=hp.n_hidden, epoch=now.epoch, file=file
    )
    with st.popover(settings.as_text(name), key="model"):
        TRANSLATOR.back_in_time(now.session)
        if not file:
            settings.slider("x_lr", text.RATE, usual=best.lr)
            st.markdown(NEW_RUN)
            settings.segments("x_attention", text.ATTENTION, text.SWITCH, best.attention)
            settings.segments("x_cell", text.CELL, {c: c.upper() for c in CELLS}, best.cell)
            settings.segments("x_layers", text.LAYERS)
            settings.slider("x_units", text.UNITS, translator.sizes(), best.n_hidden)
            settings.toggle("x_both", text.BOTH, help=text.BOTH_HELP, on_change=translator.anew)
            settings.toggle("x_reversed", text.REVERSED, on_change=translator.anew)
            settings.slider("x_goal", GOAL, usual=translator.goal())
            settings.number("x_seed", text.SEED)
        file_drawer.in_place_of(TRANSLATOR, translator.run_of)
        st.markdown(text.OTHER_WIRING)
        wirings.show("wirings of the translator")


def more() -> None:
    """How it decodes, as a click beside the film says it too; and what is seldom turned."""
    with st.popover(text.MORE):
        settings.segments("x_forced", text.GIVEN, text.FORCED, on_change=translator.anew)
        settings.segments("beam", text.BEAM, text.BEAMS, on_change=translator.anew)
        st.caption(text.BEAM_HELP)
        st.button(text.AGAIN, key="again", on_click=TRANSLATOR.again)
