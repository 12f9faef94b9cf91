"""An intervention: one reading, and the same one after a change to its state. No screen here.

A unit is silenced, or at one word the state is kept, frozen, or exchanged for another
sentence's. All else is left to the network: what is different afterwards was caused by it.
Every place where it could be made is read at once, each in a copy of its own, side by side; and
nothing is read twice that was read before with the same model.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from rnn_core import Batch, Dataset, ForwardTrace, Intervention, Model
from rnn_core.wirings import Split
from ui.kit.bounded import bounded
from ui.sequence.reading import Reading

SIDE_BY_SIDE = 64
"""Copies of a sentence that are read at once."""
AT_ONCE = 1024
"""Words of the data that are read at once."""
MOST = 16 * 2**20
"""Bytes of answers that are kept, of each kind."""
Ids = tuple[int, ...]
Held = tuple[Intervention, ...]
Flip = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class Apart(Intervention):
    """An intervention that is another one in each of the sequences side by side.

    value : broadcasts to (H, B). where : (H, B) or (1, B), which of them are held.
    """

    where: np.ndarray | bool = True

    def put(self, array: np.ndarray, value: float | np.ndarray | None = None) -> None:
        """Write the value, or another one, where it is held."""
        np.copyto(array, self.value if value is None else value, where=self.where)


def _read(
    model: Model, ids: Ids, layer: int, also: Held, made: Callable[[slice], list[Apart]], n: int
) -> tuple[np.ndarray, np.ndarray]:
    """Read a sentence n times: the answers (n, T, C) and the states (n, T, H).

    made : what is done in some of the n, a column each. also : what is held in all of them.
    """
    answers, states = [], []
    for first in range(0, n, SIDE_BY_SIDE):
        some = slice(first, min(first + SIDE_BY_SIDE, n))
        words = np.tile(np.array(ids)[:, None], some.stop - first)
        fwd = model.read(Batch((words,)), [*also, *made(some)]).showing(layer)
        answers.append(fwd.probs.transpose(2, 0, 1))
        states.append(fwd.signals["h"].transpose(2, 0, 1))
    return np.concatenate(answers), np.concatenate(states)


def _silenced(
    model: Model, ids: Ids, layer: int, also: Held, where: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """where : (H, n), which units are silenced in each of the n."""
    return _read(
        model, ids, layer, also,
        lambda some: [Apart("h", 0.0, layer=layer, where=where[:, some])], where.shape[1],
    )  # fmt: skip


@bounded(MOST, lambda found: found.nbytes, weak=True)
def each_unit(model: Model, ids: Ids, layer: int, also: Held) -> np.ndarray:
    """(H, T, C) the answers after each word, each unit silenced alone."""
    return _silenced(model, ids, layer, also, np.eye(model.n_hidden, dtype=bool))[0]


@bounded(64, lambda _: 1, weak=True)
def fewest(model: Model, ids: Ids, layer: int, also: Held, strongest: Ids) -> Ids:
    """The first of these units, as few as turn the verdict when silenced together; or none."""
    verdict = model.forward(ids, interventions=also).p[-1].argmax()
    place = np.argsort(strongest)[:, None]
    answers, _ = _silenced(model, ids, layer, also, place <= np.arange(len(strongest)))
    turned = np.flatnonzero(answers[:, -1].argmax(axis=1) != verdict)
    return strongest[: turned[0] + 1] if len(turned) else ()


@bounded(MOST, lambda found: sum(one.nbytes for one in found), weak=True)
def each_word(
    model: Model, ids: Ids, kind: str, layer: int, also: Held, other: Ids
) -> tuple[np.ndarray, np.ndarray]:
    """(T, T, C) the answers and (T, T, H) the states, with the intervention at each word."""
    before, n_words = model.forward(ids, interventions=also).showing(layer), len(ids)
    given = {name: array[..., 0].T for name, array in before.layer.before.items()}  # (H, T)
    if other:
        end = vars(model.forward(other).layers[layer].end)
        given = {name: np.tile(end[name], n_words) for name in given}
    at, backwards = np.arange(n_words)[None, :], before.layer.layer.backwards

    def made(some: slice) -> list[Apart]:
        every = []
        for t in range(n_words):
            where = (at >= t if backwards else at <= t) if kind == "freeze" else at == t
            every += [Apart(name, array[:, some], None, [t], layer, where[:, some])
                      for name, array in given.items()]  # fmt: skip
        return every

    return _read(model, ids, layer, also, made, n_words)


@dataclass(frozen=True)
class Intervened:
    """A reading, and what becomes of it. kind : a key of text.KINDS. unit : the one to silence.
    other : the sentence whose state is swapped in. Of several layers only the shown one is changed.
    """

    reading: Reading
    kind: str
    unit: int
    other: Reading | None = None

    @property
    def key(self) -> Hashable:
        """What it is made from."""
        other = self.other.words if self.other else ()
        return self.reading.key, self.kind, self.unit if self.by_unit else None, other

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
        """The reading before it; what is held by hand on the page is held in both."""
        return self.reading.fwd

    @cached_property
    def p_before(self) -> np.ndarray:
        """(T,) the answer's probability after each word, before it."""
        return self.before.p[:, self.reading.answer]

    @cached_property
    def p_after(self) -> np.ndarray:
        """(N, T) the same after each possible one: of each unit, or at each word."""
        return self._all[0][:, :, self.reading.answer]

    @cached_property
    def h_after(self) -> np.ndarray:
        """(N, T, H) the state after each one at a word; (1, T, H) for the silenced unit."""
        if not self.by_unit:
            return self._all[1]
        layer = self.before.shown
        held = [*self.reading.interventions, Intervention("h", 0.0, [self.unit], layer=layer)]
        return self.reading.model.forward(self.ids, interventions=held).showing(layer).h[None]

    @cached_property
    def change(self) -> np.ndarray:
        """(N,) by how much each moves the final answer's probability."""
        moved: np.ndarray = self.p_after[:, -1] - self.p_before[-1]
        return moved

    @cached_property
    def turns(self) -> np.ndarray:
        """(N,) whether each changes the final verdict."""
        turned: np.ndarray = self._all[0][:, -1].argmax(axis=1) != self.before.p[-1].argmax()
        return turned

    @property
    def strongest(self) -> int:
        """The unit, or the word, at which the final answer moves most."""
        return int(np.abs(self.change).argmax())

    def verdict(self, place: int) -> str:
        """What it says at the end after the intervention on this unit, or at this word."""
        return self.reading.model.classes[int(self._all[0][place, -1].argmax())]

    @cached_property
    def together(self) -> list[int]:
        """The fewest of the strongest units that turn the verdict when silenced together; [] if
        not even all of them do. Those come first that push hardest towards the verdict.
        """
        towards = self.change if self.before.p[-1].argmax() == self.reading.answer else -self.change
        strongest = tuple(int(unit) for unit in np.argsort(towards, kind="stable"))
        return list(fewest(self.reading.model, self.ids, self.before.shown,
                           self.reading.interventions, strongest))  # fmt: skip

    @cached_property
    def _all(self) -> tuple[np.ndarray, np.ndarray]:
        """The answers (N, T, C), and the states (N, T, H) where it is at a word."""
        model, layer, also = self.reading.model, self.before.shown, self.reading.interventions
        if self.by_unit:
            return each_unit(model, self.ids, layer, also), np.zeros((0, 0, 0))
        other = tuple(int(i) for i in self.other.encoding.ids) if self.other else ()
        return each_word(model, self.ids, self.kind, layer, also, other)


class Inquiry:
    """The work of finding out what interventions do to a sentence; and of a silenced unit, which
    of the data's sentences change their verdict without it.

    now : the one that is looked at. examples : more of which it must be known where they do most.

    Attributes
    ----------
    key : what it asks, of which numbers. flips : (sentence, verdict before, verdict after), those
    found so far.
    """

    def __init__(self, now: Intervened, examples: Sequence[Intervened], data: Dataset) -> None:
        self.now, self.examples, self.data = now, examples, data
        self.key = id(data), *(one.key for one in (now, *examples))
        self.flips: list[Flip] = []
        self._steps: list[Callable[[], Any]] = [
            *(partial(getattr, one, "change") for one in (now, *examples)),
            partial(getattr, now, "h_after"),
        ]
        if now.by_unit:
            self._steps.append(lambda: now.turns.any() or now.together)
            self._steps += [
                partial(self._find, split, np.arange(first, min(first + n, len(split))))
                for split in (data.train, data.test)
                for n in [max(AT_ONCE // max(len(split.ids), 1), 1)]
                for first in range(0, len(split), n)
            ]
        self._n = len(self._steps)

    @property
    def done(self) -> bool:
        """Whether all is known."""
        return not self._steps

    @property
    def share(self) -> float:
        """How much is known, 0..1."""
        return 1 - len(self._steps) / self._n

    def advance(self, budget_s: float) -> None:
        """Find out more for so many seconds."""
        until = time.perf_counter() + budget_s
        while self._steps:
            self._steps.pop(0)()
            if time.perf_counter() > until:
                break

    def _find(self, split: Split, which: np.ndarray) -> None:
        """Read some of the data's sentences with the unit and without it."""
        model, now = self.now.reading.model, self.now
        batch, _ = split.batch(model, which)
        silenced = Intervention("h", 0.0, [now.unit], layer=now.before.shown)
        before, after = (
            model.read(batch, held).logits[-1].argmax(axis=0) for held in ([], [silenced])
        )
        self.flips += [
            (split.texts[which[i]], model.classes[before[i]], model.classes[after[i]])
            for i in np.flatnonzero(before != after)
        ]
