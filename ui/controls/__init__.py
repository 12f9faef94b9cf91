"""Widgets that return a sentence, settings, a choice. Bound to the address; shared by pages."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from rnn_core import Encoding, Model, Vocabulary
from rnn_core.vocabulary import tokenize
from ui import models, state
from ui.controls import kinds
from ui.controls.kinds import Kind
from ui.models import Trained
from ui.state import epochs as state_epochs
from ui.state import kinds as kind_state
from ui.state import training as state_train

MAX_CHARACTERS = 200
MAX_PASTE = 10_000
"""The box takes so many characters, to be cut with a word about it; it ignores a longer paste."""
MAX_WORDS = 40
UNITS = [1, 2, 4, 8, 12, 16, 24, 32, 48, 64, 128, 256]
DEFAULT_UNITS = 16
EXAMPLES = [
    "i am good",
    "this is not good",
    "good not bad",
    "bad not good",
    "i am not at all bad or sad right now",
    "not very good",
]


@dataclass(frozen=True)
class Sentence:
    """What was typed, and what became of it. trimmed : a sentence about what was cut, or "".
    box : the key of its box.
    """

    encoding: Encoding
    trimmed: str
    box: str


def trim(text: str) -> tuple[str, str]:
    """Cut a text to 200 characters and 40 words; return it and a sentence about the cut, or ""."""
    cut = text[:MAX_CHARACTERS]
    if len(cut) < len(text) and not text[MAX_CHARACTERS].isspace():
        cut = cut.rpartition(" ")[0] or cut
    words = tokenize(cut)[0]
    if len(words) > MAX_WORDS:
        cut = " ".join(words[:MAX_WORDS])
    if cut == text:
        return text, ""
    read = min(len(words), MAX_WORDS)
    return cut, f"That was long: only its first {read} words are read (at most {MAX_WORDS} words)."


def sentence_box(vocabulary: Vocabulary, key: str = "s", label: str = "Your sentence") -> Sentence:
    """The box for a sentence; it answers while one types."""
    state.fill(key)
    text = st.text_input(
        label,
        value=state.DEFAULT_SENTENCE if key == "s" else state.SECOND_SENTENCE,
        key=key,
        max_chars=MAX_PASTE,
        placeholder="type a sentence, such as: this is not bad",
        label_visibility="collapsed",
        bind="query-params",
        on_change=state.new_sentence if key == "s" else "rerun",
        live="300ms",
    )
    kept, trimmed = trim(text or "")
    return Sentence(vocabulary.encode(kept), trimmed, key)


def examples(texts: Sequence[str] = EXAMPLES) -> None:
    """A row of sentences, one click each."""
    with st.container(horizontal=True, gap="small", key="examples"):
        for i, text in enumerate(texts):
            st.button(text, key=f"example {i}", type="tertiary", on_click=state.read, args=(text,))


@dataclass(frozen=True)
class Chosen:
    """The model to look at. epoch : which moment of its training."""

    trained: Trained
    model: Model
    epoch: int

    @property
    def is_last(self) -> bool:
        """Whether this is the finished model."""
        return self.epoch == self.trained.run.epoch


def usual_model() -> Chosen:
    """The finished model of the usual settings."""
    trained = models.trained("sentiment", models.recipe("sentiment", DEFAULT_UNITS, 0))
    return Chosen(trained, trained.run.model, trained.run.epoch)


def model_card(any_kind: bool = False) -> Chosen:
    """Say which model this is, and let it be changed: data, units, seed, epoch.

    any_kind : whether cell, layers and directions can be chosen too; else it is one plain layer.
    """
    with st.container(border=True, key="card model", horizontal=True, vertical_alignment="center"):
        line = st.empty()
        with st.popover("change", type="tertiary", icon=":material/tune:"):
            chosen = model_controls(any_kind)
        line.markdown(about(chosen))
    return chosen


def model_controls(any_kind: bool) -> Chosen:
    """The knobs themselves."""
    names = models.names()
    state.choice_from_link("data", names)
    name = st.selectbox(
        "Sentences to learn from", names, key="data", bind="query-params",
        index=names.index("sentiment") if "sentiment" in names else 0,
    )  # fmt: skip
    kind = kinds.choose() if any_kind else Kind()
    sizes = kind.sizes(UNITS, len(models.dataset(name).train) > models.MUCH)
    state.number_from_link("units", sizes, DEFAULT_UNITS)
    kind_state.nearest("units", sizes)
    n_hidden = st.select_slider(
        "Hidden units", sizes, value=DEFAULT_UNITS, key="units", bind="query-params",
        help="How much it can hold at once.",
    )  # fmt: skip
    state.number_from_link("seed", range(1000), 0)
    seed = st.number_input(
        "Seed", 0, 999, 0, key="seed", bind="query-params",
        help="The luck of the start and of the order of the sentences.",
    )  # fmt: skip
    trained = _trained(name, n_hidden, int(seed), kind)
    epochs = [snapshot.epoch for snapshot in trained.run.snapshots]
    epoch = state_epochs.among(epochs)
    st.select_slider(
        "Epoch of the training", epochs, epoch, key=state_epochs.SLIDER,
        on_change=state_epochs.moved, args=(epochs,),
        help="0 is the untrained network; the last is what it has become.",
    )  # fmt: skip
    return Chosen(trained, models.model_at(trained, epoch), epoch)


def _trained(name: str, n_hidden: int, seed: int, kind: Kind) -> Trained:
    """The run of the Train page, if it has such a one, else the usual one."""
    here = state_train.trained(models.dataset(name), n_hidden, seed)
    if here and kinds.of(here.run.hyperparameters) == kind:
        return Trained(here.run, here.busy_s, time.monotonic(), "on the Train page")
    settings = models.recipe(name, n_hidden, seed, kind.cell, kind.n_layers, kind.both)
    return models.trained(name, settings)


def about(chosen: Chosen) -> str:
    """Where this model comes from, in two short lines."""
    run, ms = chosen.trained.run, chosen.trained.seconds * 1000
    took = f"{ms:.0f} ms" if ms < 1000 else f"{ms / 1000:.1f} s"
    when = chosen.trained.where or ("just now" if chosen.trained.age_s < 60 else "earlier")
    hp = run.hyperparameters
    moment = "" if chosen.is_last else f"Shown as it was at **epoch {chosen.epoch}**. "
    return (
        f"{moment}Trained **{run.epoch} epochs** on {len(run.dataset.train)} sentences "
        f"in **{took}**, {when}  \n{kinds.describe(hp)}"
    )


def target_choice(chosen: Chosen, encoding: Encoding) -> str:
    """The answer that is wanted: the sentence's own label where it has one, until it is changed.

    encoding : a sentence with at least one known word. Returns the name of a class.
    """
    text, classes = " ".join(encoding.tokens), chosen.model.classes
    known = chosen.trained.run.dataset.known_label(text)
    verdict = classes[int(chosen.model.forward(encoding.ids).p[-1].argmax())]
    state.choice_from_link("target", classes)
    state.begin_with("target", known or verdict, classes, about=f"{classes} {text}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="target row"):
        st.markdown("Answer wanted")
        target = st.segmented_control(
            "Answer wanted", classes, required=True, key="target", bind="query-params",
            label_visibility="collapsed",
        )  # fmt: skip
        target = target or known or verdict
        if known is None:
            said = "not in the data: you choose what is right"
        else:
            said = "the true label" if target == known else f"the true label is {known}"
        st.caption(said)
    return target
