"""The row of controls: what is read, the task, the network, teacher forcing, play; and the rest."""

from __future__ import annotations

import streamlit as st

from rnn_core import CELLS
from ui.kit import settings
from ui.sequence import file_drawer
from ui.sequence.learner import Moment
from ui.translate import translator
from ui.translate.translator import TRANSLATOR

N_EXAMPLES = 6
WAYS = {True: "teacher forcing", False: "free running"}
SWITCH = {True: "on", False: "off"}


def source() -> list[str]:
    """The box, the task and its examples; returns what is read."""
    name = translator.task_name()
    with st.container(key="box source"):
        typed = settings.text(
            "source", "What it translates", translator.USUAL[name], max_chars=400,
            label_visibility="collapsed", live="300ms", placeholder=translator.USUAL[name],
            on_change=translator.anew,
        )  # fmt: skip
    symbols = translator.source(typed)
    with st.popover(translator.TASKS[name], key="task"):
        settings.segments("x_task", "The task", translator.TASKS, on_change=other_task)
        data = translator.dataset(name, False)
        st.markdown("**Unseen in training**")
        for text in data.test.texts[:N_EXAMPLES]:
            st.button(settings.as_text(text), key=f"example {text}", type="tertiary",
                      on_click=translator.anew, kwargs={"source": text})  # fmt: skip
        if "longer" in data.more:
            text = data.more["longer"].texts[0]
            st.markdown("**Longer than all in training**")
            st.button(text, key="example longer", type="tertiary", on_click=translator.anew,
                      kwargs={"source": text})  # fmt: skip
    return symbols


def other_task() -> None:
    """A callback: another task reads other things, and its networks are others."""
    TRANSLATOR.forget()
    translator.anew(source=None, x_epoch=None)


def model(now: Moment) -> None:
    """The network's button: what it is, and what makes it another."""
    hp, best = now.run.hyperparameters, translator.usual()
    looks = " · attention" if hp.attention else ""
    file = now.session.file
    name = f"{hp.cell.upper()} · {hp.n_hidden} units{looks} · " + (file or f"epoch {now.epoch}")
    with st.popover(settings.as_text(name), key="model"):
        TRANSLATOR.back_in_time(now.session)
        if file:
            file_drawer.in_place_of(TRANSLATOR, translator.run_of)
            return
        settings.slider("x_lr", "Learning rate", usual=best.lr)
        st.markdown("**Starts a new run**")
        settings.segments("x_attention", "Attention", SWITCH, best.attention)
        settings.segments("x_cell", "Cell", {cell: cell.upper() for cell in CELLS}, best.cell)
        settings.segments("x_layers", "Layers")
        settings.slider("x_units", "Hidden units", usual=best.n_hidden)
        settings.toggle("x_reversed", "The encoder reads from the end",
                        on_change=translator.anew)  # fmt: skip
        settings.slider("x_goal", "Epochs: where it pauses by itself", usual=translator.goal())
        settings.number("x_seed", "Seed")
        file_drawer.in_place_of(TRANSLATOR, translator.run_of)


def forcing() -> None:
    """What each step of the decoder is given."""
    settings.segments("x_forced", "Each step of the decoder is given", WAYS,
                      label_visibility="collapsed", on_change=translator.anew)  # fmt: skip


def more() -> None:
    """What is seldom turned."""
    with st.popover("More"):
        settings.segments("beam", "It writes, running free", {1: "greedy", 3: "beam of 3"},
                          on_change=translator.anew)  # fmt: skip
        st.caption("Greedy takes the likeliest symbol each time; a beam keeps the three likeliest "
                   "beginnings.")  # fmt: skip
        st.button("Train it anew", key="again", on_click=TRANSLATOR.again)
