"""An operation: one reading, and the same reading after a cut into its state. No screen here.

A unit is silenced, or at one word the state is kept, frozen, or exchanged for another
sentence's. All else is left to the network: what changes afterwards was caused by the cut.
Nothing is read twice that was read before with the same model.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnn_core import Dataset, ForwardTrace, Intervention, Model
from ui.cuts import Ids, at_each_word, fewest, silenced
from ui.reading import Reading

CUTS = {
    "silence": "silence a unit",
    "skip": "a word writes nothing",
    "freeze": "freeze from a word on",
    "swap": "swap in another state",
}
AT_ONCE = 8192
"""Words of the data read side by side."""
Flip = tuple[str, str, str]


@dataclass(frozen=True)
class Operation:
    """A reading to cut into. kind : a key of CUTS. unit : the one to silence. other : the sentence
    whose state is swapped in. Of several layers only the one that is shown is operated on.
    """

    reading: Reading
    kind: str
    unit: int
    other: Reading | None = None

    @property
    def by_unit(self) -> bool:
        """Whether it acts on one unit at all words, or else on all units at one word."""
        return self.kind == "silence"

    @cached_property
    def ids(self) -> Ids:
        """The words' numbers."""
        return tuple(int(i) for i in self.reading.encoding.ids)

    @cached_property
    def before(self) -> ForwardTrace:
        """The reading before the cut; what is held by hand on the page is held in both."""
        return self.reading.fwd

    @cached_property
    def p_before(self) -> np.ndarray:
        """(T,) the answer's probability after each word, before the cut."""
        return self.before.p[:, self.reading.answer]

    @cached_property
    def p_after(self) -> np.ndarray:
        """(N, T) the same after each possible cut: of each unit, or at each word."""
        return self._all[0][:, :, self.reading.answer]

    @cached_property
    def h_after(self) -> np.ndarray:
        """(N, T, H) the state after each cut at a word; (1, T, H) for the unit that is silenced."""
        return self._all[1] if not self.by_unit else self._silenced[None]

    @cached_property
    def change(self) -> np.ndarray:
        """(N,) by how much each cut moves the final answer's probability."""
        moved: np.ndarray = self.p_after[:, -1] - self.p_before[-1]
        return moved

    @cached_property
    def turns(self) -> np.ndarray:
        """(N,) whether each cut changes the final verdict."""
        turned: np.ndarray = self._all[0][:, -1].argmax(axis=1) != self.before.p[-1].argmax()
        return turned

    def verdict(self, place: int) -> str:
        """What it says at the end after the cut of this unit, or at this word."""
        return self.reading.model.classes[int(self._all[0][place, -1].argmax())]

    @cached_property
    def together(self) -> list[int]:
        """The fewest of the strongest units that turn the verdict when silenced together; [] if
        even all of them do not.
        """
        sign = 1 if int(self.before.p[-1].argmax()) == self.reading.answer else -1
        strongest = tuple(int(u) for u in np.argsort(sign * self.change, kind="stable"))
        model, layer = self.reading.model, self.before.shown
        return list(fewest(model, self.ids, layer, self.reading.holds, strongest))

    @cached_property
    def _all(self) -> tuple[np.ndarray, np.ndarray]:
        """The answers (N, T, C), and the states (N, T, H) where the cut is at a word."""
        model, layer = self.reading.model, self.before.shown
        if self.by_unit:
            return silenced(model, self.ids, layer, self.reading.holds), np.zeros((0, 0, 0))
        other = tuple(int(i) for i in self.other.encoding.ids) if self.other else ()
        return at_each_word(model, self.ids, self.kind, layer, self.reading.holds, other)

    @property
    def _silenced(self) -> np.ndarray:
        """(T, H) the state with the unit silenced."""
        layer = self.before.shown
        hands = [*self.reading.holds, Intervention("h", 0.0, [self.unit], layer=layer)]
        return self.reading.model.forward(self.ids, interventions=hands).showing(layer).h


def flips(model: Model, data: Dataset, unit: int, layer: int) -> tuple[list[Flip], int]:
    """Which of the data's sentences change their verdict when a unit is silenced, and how many
    there are: (sentence, verdict before, verdict after).
    """
    found: list[Flip] = []
    hand = Intervention("h", 0.0, [unit], layer=layer)
    for split in (data.train, data.test):
        size = max(AT_ONCE // max(len(split.ids), 1), 1)
        for first in range(0, len(split), size):
            which = np.arange(first, min(first + size, len(split)))
            batch, _ = split.batch(model, which)
            said = [model.read(batch, hands).logits[-1].argmax(axis=0) for hands in ([], [hand])]
            found += [
                (split.texts[which[i]], model.classes[said[0][i]], model.classes[said[1][i]])
                for i in np.flatnonzero(said[0] != said[1])
            ]
    return found, len(data.train) + len(data.test)
