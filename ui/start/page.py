"""Start: type a sentence and watch a network, trained a moment ago, read it."""

from __future__ import annotations

from ui.kit import frame, settings
from ui.kit.cache import shared
from ui.kit.error_boundary import fragment
from ui.kit.player import Film, Text, film
from ui.sequence import box, events, model_chip, models, state_film, tokens
from ui.sequence.reading import Reading

COLUMNS = "minmax(0, 752fr) minmax(0, 464fr)"
FOOT = 62
"""Pixels under the film: the ways on from here."""


def pictures(now: Reading, present: bool) -> Film:
    """The unrolled network and its state; beside it, unless it is presented, what happens."""
    strip = now.strip()
    panels = state_film.panels(now, strip, present)
    frames = state_film.frames(now, strip, "start", now.telling_unit)
    if not present:
        panels.append(Text("steps", "", area="side"))
        for t, one in enumerate(frames):
            one.panels["steps"] = state_film.explanation(now, t)
    return panels, frames


@fragment
def word_by_word(now: Reading) -> None:
    """The film of the hidden state."""
    n, present = len(now.words), settings.get("present")
    film(
        "film",
        *shared(pictures, now, present),
        step=settings.within("t", 1, n, n) - 1,
        identity=events.identity(now.identity),
        columns=COLUMNS,
        fill=FOOT,
        present=present,
        hint="arrow keys step, space plays",
        on_step=events.film_moved("film"),
    )


@fragment
def reading() -> None:
    """The controls and what becomes of the sentence: another sentence draws only this anew."""
    with frame.controls():
        vocabulary = models.vocabulary(usual=True)
        sentence = box.show(vocabulary)
        box.examples()
        chosen = model_chip.show(everyday=True)
        tokens.remarks(sentence, vocabulary)
    if chosen is None:
        models.waiting()
    elif tokens.readable(sentence, vocabulary):
        word_by_word(Reading(chosen.model, sentence.encoding))


def show() -> None:
    """Draw the page."""
    reading()
    frame.links()
