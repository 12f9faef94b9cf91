"""What a stop is measured on: the model on the card and the sentence, as the settings stand.

All of it comes from ui/sequence, as on the pages themselves: what a page names is what is measured.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from rnn_core import BackwardTrace, ForwardTrace, Model
from ui.kit import settings
from ui.kit.table import MOST_WORDS
from ui.lecture import text
from ui.sequence import box, interventions, models, targets
from ui.sequence.models import Chosen
from ui.sequence.reading import Reading
from ui.sequence.targets import Target


class NotYet(Exception):
    """The model is still trained: the page shows how far it is, and is drawn anew when it is."""


class Look:
    """One look at a page. page : its name in PAGES. What is asked for is made once."""

    def __init__(self, page: str) -> None:
        self.page = page

    def setting(self, name: str) -> Any:
        """A setting's value, None for what the page thinks best."""
        return settings.get(name)

    @cached_property
    def chosen(self) -> Chosen:
        """The model on the card, with its run and epoch. Raises NotYet."""
        unknown = self.page == "read" and box.has_unknown(models.data().vocabulary)
        if (chosen := models.chosen(usual=self.page == "start" or unknown)) is None:
            raise NotYet
        return chosen

    @property
    def model(self) -> Model:
        """The model itself, as it was at its epoch."""
        return self.chosen.model

    @cached_property
    def reading(self) -> Reading:
        """The typed sentence, read by the model, with what is held by hand. Raises ValueError."""
        return self.read(str(settings.get("s")), held=True)

    @property
    def fwd(self) -> ForwardTrace:
        """The trace of the typed sentence."""
        return self.reading.fwd

    def read(self, sentence: str, held: bool = False) -> Reading:
        """Another sentence, read by the same model. held : whether what is held by hand is."""
        vocabulary = self.model.vocabulary
        if vocabulary is None:
            raise ValueError(text.NO_SENTENCES)
        encoding = vocabulary.encode(box.trim(sentence, vocabulary)[0])
        if not len(encoding.ids):
            raise ValueError(text.NO_KNOWN_WORD)
        by_hand = interventions.fitting(self.model) if held else ()
        return Reading(self.model, encoding, interventions=by_hand)

    @cached_property
    def bwd(self) -> BackwardTrace:
        """The way back of the typed sentence, from what is wanted of it, truncated as chosen."""
        reading, k = self.reading, int(settings.get("k"))
        truncate = None if k >= MOST_WORDS else k
        held = reading.interventions
        return self.model.backward(reading.fwd, self.wanted, truncate, held)

    @property
    def wanted(self) -> Target:
        """The answer wanted: what was chosen, else what is right, else the model's own answer."""
        reading = self.reading
        known = targets.right(self.chosen.run.dataset, self.model, reading.encoding)
        if isinstance(known, tuple):
            return known
        return str(settings.get("target") or known or reading.verdict(-1)[0])

    def place(self, word: int, reading: Reading | None = None) -> int:
        """Word 1, 2, ... of what is read, or -1, -2, ... from its end, counted from 0."""
        n = len((reading or self.reading).words)
        if not (1 <= word <= n or -n <= word <= -1):
            raise ValueError(text.NO_WORD.format(word=word, n=n))
        return word - 1 if word > 0 else n + word
