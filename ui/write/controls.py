"""The row of controls: prompt, text, model, temperature, play; and what is seldom turned."""

from __future__ import annotations

import streamlit as st

from rnn_core import CELLS
from rnn_core.texts import Text
from ui.kit import settings
from ui.kit.table import TABLE
from ui.sequence import events, file_drawer, own_model
from ui.sequence.learner import Moment
from ui.write import by_hand, hand_over, texts, writer
from ui.write.film import Writing
from ui.write.writer import WRITER

LONGEST_PROMPT = 60
"""Symbols that are read of a prompt."""
CLIPS = {"value": "by value", "norm": "by norm", "none": "off"}
MANY_TEMPERATURES = {0.0: "0: the likeliest"}


def prompt() -> tuple[Text, tuple[int, ...]]:
    """The box for the prompt and the button of the text; returns the text and the prompt's ids."""
    texts.settle()
    with st.container(key="box prompt"):
        typed = settings.text(
            "prompt", "A prompt: the network goes on from here", max_chars=2000,
            label_visibility="collapsed", live="300ms", placeholder="the network goes on from here",
            on_change=begin_anew,
        )  # fmt: skip
    from_file = WRITER.work is not None and WRITER.work.file
    name = writer.text().name if from_file else str(settings.get("text"))
    called = texts.TEXTS.get(name, "Its own text" if from_file else "Your own text")
    with st.popover(called, key="text"):
        if from_file:
            st.markdown("The model came from a file, and its text with it. Forget it, behind its "
                        "button, to choose another text.")  # fmt: skip
        else:
            texts.choose()
    text = writer.text()
    ids, unknown = text.encode(typed)
    if unknown:
        shown = ", ".join(settings.as_text(symbol) for symbol in unknown[:8])
        settings.note(f"Not in this text, so it is {_read_as(text)}: {shown}")
    if len(ids) > LONGEST_PROMPT:
        ids = ids[-LONGEST_PROMPT:]
        settings.note(f"That was long: its last {LONGEST_PROMPT} {text.unit} are read.")
    return text, tuple(int(i) for i in ids)


def _read_as(text: Text) -> str:
    return "read as the unknown symbol" if text.replaced else "left out"


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
    file, text = now.session.file, writer.text_of(now)
    name = f"{hp.cell.upper()} · {hp.n_hidden} units · " + (file or f"epoch {now.epoch}")
    best = writer.usual(text)
    with st.popover(settings.as_text(name), key="model"):
        WRITER.back_in_time(now.session)
        if file:
            file_drawer.in_place_of(WRITER, writer.run_of)
            return
        settings.slider("w_lr", "Learning rate", usual=best.lr)
        clipped = settings.segments("w_clip", "Clip the gradient", CLIPS) != "none"
        settings.slider("w_at", "Clip at", disabled=not clipped)
        st.markdown("**Starts a new run**")
        settings.segments("w_cell", "Cell", {cell: cell.upper() for cell in CELLS}, best.cell)
        settings.segments("w_layers", "Layers")
        settings.slider("w_units", "Hidden units", usual=best.n_hidden)
        settings.slider("w_k", "Truncated BPTT: the gradient travels k steps")
        settings.toggle("w_carry", "The state is carried over from stretch to stretch")
        settings.segments("w_optimizer", "Optimizer")
        settings.select("w_batch", "Streams side by side",
                        {n: str(n) for n in TABLE["w_batch"].allowed}, best.batch_size)  # fmt: skip
        settings.slider("w_goal", "Epochs: where it pauses by itself",
                        usual=writer.goal(text, hp))  # fmt: skip
        settings.number("w_seed", "Seed")
        file_drawer.in_place_of(WRITER, writer.run_of)


def temperature() -> None:
    """The slider of the temperature."""
    with st.container(key="temperature"):
        settings.slider("temperature", "Temperature T", label_visibility="collapsed",
                        format_func=lambda t: f"T = {t:g}" if t else "T = 0, greedy")  # fmt: skip


def more(now: Moment) -> None:
    """What is seldom turned: how it draws, what colours the text, and other pages."""
    with st.popover("More"):
        settings.segments(
            "colour", "The text is coloured by", {"surprise": "surprise", "unit": "one unit"}
        )
        settings.segments("top_k", "Draw of the k likeliest only",
                          {k: str(k) if k else "all" for k in TABLE["top_k"].allowed})  # fmt: skip
        settings.number("draw", "Seed of the draws: the same seed, the same text")
        if settings.get("drawn"):
            st.button("Let go of what was drawn by hand", key="let go", on_click=by_hand.let_go)
        if now.run.stopped == own_model.LACKING:
            return
        st.button("Train it anew", key="again", on_click=WRITER.again)
        hand_over.links(now)
