"""Start: type a sentence and watch a network, trained a moment ago, read it."""

from __future__ import annotations

from dataclasses import replace

from ui.kit import frame, settings
from ui.kit.cache import shared
from ui.kit.error_boundary import fragment
from ui.kit.player import Film, Text, film
from ui.sequence import box, events, model_chip, models, state_film, take_along, tokens, wirings
from ui.sequence.reading import Reading
from ui.start import text

COLUMNS = "minmax(0, 752fr) minmax(0, 464fr)"
FOOT = 132
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
    most = [int(state_film.moves(now, t).argmax()) for t in range(len(frames))]
    said = [state_film.say(now, t, unit) for t, unit in enumerate(most)]
    return panels, [replace(one, say=words) for one, words in zip(frames, said, strict=True)]


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
        hint=text.HINT,
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
        now = Reading(chosen.model, sentence.encoding)
        take_along.of_reading(now, chosen)
        word_by_word(now)


def show() -> None:
    """Draw the page. It reads a sentence: whoever comes here looks at that wiring again."""
    settings.put(wiring="sentence")
    reading()
    frame.links()
    wirings.show("wirings")
