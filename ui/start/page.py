"""Start: type a sentence and watch a network, trained a moment ago, read it."""

from __future__ import annotations

import streamlit as st

from ui.kit import frame, settings
from ui.kit.cache import shared
from ui.kit.error_boundary import fragment
from ui.kit.player import film
from ui.sequence import box, events, model_chip, models, tokens
from ui.sequence import state_film as states
from ui.sequence.models import Chosen
from ui.sequence.reading import Reading

STORY = (
    "**The network reads one word at a time.** It holds a list of numbers between −1 and +1, its "
    "*hidden state*: one row each in the picture, one column for each word.\n\n"
    "**Each word changes all of them at once**, by the same weights every time: the new state is "
    "made from the word and from the state before, and from nothing else.\n\n"
    "**The last column is all that it knows of the sentence.** From it comes the verdict; the "
    "curve shows what it would have said, had the sentence ended earlier."
)


@fragment
def word_by_word(now: Reading) -> None:
    """The verdict as it grows, and the film of the hidden state."""
    n = len(now.words)
    film(
        "film",
        *shared(states.film, now),
        step=settings.within("t", 1, n, n) - 1,
        identity=events.identity(now.identity),
        hint="arrow keys step, space plays",
        on_step=events.film_moved("film"),
    )


@fragment
def reading(chosen: Chosen | None) -> None:
    """The box and what becomes of its sentence: another sentence draws only this anew."""
    vocabulary = models.data().vocabulary
    sentence = box.show(vocabulary)
    box.examples()
    if chosen is None:
        models.waiting()
    elif tokens.show(sentence, vocabulary, always=False):
        word_by_word(Reading(chosen.model, sentence.encoding))


def show() -> None:
    """Draw the page."""
    chosen = models.chosen()
    picture, words = st.columns([2.1, 1], gap="medium")
    with picture:
        reading(chosen)
    with words:
        with st.container(border=True, key="card story"):
            st.markdown(STORY)
        with st.container(border=True, key="card model"):
            st.markdown(model_chip.about(chosen) if chosen else "Training …")
        frame.links()
