"""The row of controls: prompt, text, model, temperature, play; and what is seldom turned."""

from __future__ import annotations

import streamlit as st

from rnn_core import CELLS
from rnn_core.texts import Text
from ui.kit import settings
from ui.kit.table import TABLE
from ui.sequence import events, file_drawer, own_model
from ui.sequence.learner import Moment
from ui.sequence.text_model import GOAL, NEW_RUN
from ui.write import by_hand, hand_over, text, texts, writer
from ui.write.film import Writing
from ui.write.writer import WRITER

LONGEST_PROMPT = 60
"""Symbols that are read of a prompt."""


def prompt() -> tuple[Text, tuple[int, ...]]:
    """The box for the prompt and the button of the text; returns the text and the prompt's ids."""
    texts.settle()
    with st.container(key="box prompt"):
        typed = settings.text(
            "prompt", text.PROMPT, max_chars=2000, label_visibility="collapsed", live="300ms",
            placeholder=text.PROMPT_EMPTY, on_change=begin_anew,
        )  # fmt: skip
    from_file = WRITER.work is not None and WRITER.work.file
    name = writer.corpus().name if from_file else str(settings.get("text"))
    called = text.TEXTS.get(name, text.ITS_TEXT if from_file else text.OWN_TEXT)
    with st.popover(called, key="text"):
        if from_file:
            st.markdown(text.TEXT_OF_FILE)
        else:
            texts.choose()
    corpus = writer.corpus()
    ids, unknown = corpus.encode(typed)
    if unknown:
        shown = ", ".join(settings.as_text(symbol) for symbol in unknown[:8])
        said = text.REPLACED if corpus.replaced else text.LEFT_OUT
        settings.note(said.format(symbols=shown))
    if len(ids) > LONGEST_PROMPT:
        ids = ids[-LONGEST_PROMPT:]
        settings.note(text.CUT.format(n=LONGEST_PROMPT, unit=text.SYMBOLS[corpus.unit]))
    return corpus, tuple(int(i) for i in ids)


def begin_anew() -> None:
    """A film of another prompt begins anew, and nothing of it was drawn by hand."""
    settings.put(w_t=None, drawn="")
    by_hand.another_film()


def identity(now: Writing) -> str:
    """What makes it another film: another prompt, text or draw by hand, not another epoch."""
    return events.identity(f"{now.corpus.name} {now.corpus.unit} {now.prompt} {now.by_hand}")


def model(now: Moment) -> None:
    """The model's button: what it is, and the settings of its network and its training."""
    hp = now.run.hyperparameters
    file, corpus = now.session.file, writer.text_of(now)
    name = text.MODEL["file" if file else "run"].format(
        cell=hp.cell.upper(), units=hp.n_hidden, file=file, epoch=now.epoch
    )
    best = writer.usual(corpus)
    with st.popover(settings.as_text(name), key="model"):
        WRITER.back_in_time(now.session)
        if file:
            file_drawer.in_place_of(WRITER, writer.run_of)
            return
        settings.slider("w_lr", text.RATE, usual=best.lr)
        clipped = settings.segments("w_clip", text.CLIP, text.CLIPS) != "none"
        settings.slider("w_at", text.CLIP_AT, disabled=not clipped)
        st.markdown(NEW_RUN)
        settings.segments("w_cell", text.CELL, {cell: cell.upper() for cell in CELLS}, best.cell)
        settings.segments("w_layers", text.LAYERS)
        settings.slider("w_units", text.UNITS, usual=best.n_hidden)
        settings.slider("w_k", text.TRUNCATED)
        settings.toggle("w_carry", text.CARRY)
        settings.segments("w_optimizer", text.OPTIMIZER)
        settings.select("w_batch", text.BATCH,
                        {n: str(n) for n in TABLE["w_batch"].allowed}, best.batch_size)  # fmt: skip
        settings.slider("w_goal", GOAL, usual=writer.goal(corpus, hp))
        settings.number("w_seed", text.SEED)
        file_drawer.in_place_of(WRITER, writer.run_of)


def temperature() -> None:
    """The slider of the temperature."""
    with st.container(key="temperature"):
        settings.slider("temperature", text.TEMPERATURE, label_visibility="collapsed",
                        format_func=lambda t: text.T["drawn" if t else "greedy"].format(t=t),
                        )  # fmt: skip


def more(now: Moment) -> None:
    """What is seldom turned: how it draws, what colours the text, and other pages."""
    with st.popover(text.MORE):
        settings.segments("colour", text.COLOUR, text.COLOURS)
        few = {k: str(k) if k else text.ALL for k in TABLE["top_k"].allowed}
        settings.segments("top_k", text.TOP_K, few)
        settings.number("draw", text.DRAW)
        if settings.get("drawn"):
            st.button(text.LET_GO, key="let go", on_click=by_hand.let_go)
        if now.run.stopped == own_model.LACKING:
            return
        st.button(text.AGAIN, key="again", on_click=WRITER.again)
        hand_over.links(now)
