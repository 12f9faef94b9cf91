"""Start: type a sentence and watch a network, trained a moment ago, read it."""

import streamlit as st

from ui import controls, frame, state, state_film
from ui.controls import chips
from ui.plot.plot import film
from ui.reading import Reading
from ui.shelf import shared
from ui.state import films

STORY = (
    "**The network reads one word at a time.** It holds a list of numbers between −1 and +1, its "
    "*hidden state*: one row each in the picture, one column for each word.\n\n"
    "**Each word changes all of them at once**, by the same weights every time: the new state is "
    "made from the word and from the state before, and from nothing else.\n\n"
    "**The last column is all that it knows of the sentence.** From it comes the verdict; the "
    "curve shows what it would have said, had the sentence ended earlier."
)


@frame.fragment
def word_by_word(now: Reading) -> None:
    """The verdict as it grows, and the film of the hidden state."""
    film(
        "film",
        *shared(state_film.film, now),
        step=state.chosen("t", 1, len(now.words), len(now.words)) - 1,
        identity=films.identity(now.identity),
        hint="arrow keys step, space plays",
        on_step=films.film_moved("film"),
    )


@frame.fragment
def reading() -> None:
    """The box and what becomes of its sentence: another sentence draws only this anew."""
    vocabulary = chosen.model.vocabulary
    sentence = controls.sentence_box(vocabulary)
    controls.examples()
    now = Reading(chosen.model, sentence.encoding)
    if len(now.words):
        state.chosen("t", 1, len(now.words), len(now.words))
    state.show_notes()
    if chips.show(sentence, vocabulary, always=False):
        word_by_word(now)


with frame.page("start"):
    chosen = controls.usual_model()
    picture, words = st.columns([2.1, 1], gap="medium")
    with picture:
        reading()
    with words:
        with st.container(border=True, key="card story"):
            st.markdown(STORY)
        with st.container(border=True, key="card model"):
            st.markdown(controls.about(chosen))
        frame.doors()
