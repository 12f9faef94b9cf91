"""One translation: what is read, what is written, what would have been right; and its traces.

It knows a model, a rule and arrays; it must not know settings or pictures.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b

import numpy as np

from rnn_core import BackwardTrace, ForwardTrace, Model
from rnn_core.decoding import Beam, beam_search, begin, translate
from rnn_core.experiments.translation import TRANSLATIONS, Translation
from rnn_core.vocabulary import END
from ui.sequence.answers import sign

GO, MARK = "⟨go⟩", "•"
"""How the end mark stands in a box, where a decoder reads it first; among characters a dot."""
EXTRA = 4
"""Symbols that may be written beyond the longest right answer."""
SIGNS = {END: "⟨end⟩"}


@dataclass(frozen=True)
class Translating:
    """A source, and how it is translated.

    source : symbols in their own order. longest : symbols of the longest right answer in training.
    is_reversed : whether the encoder reads from the last one. forced : teacher forcing, where a
    right answer is known. width : of the beam; 1 is greedy. attend : False takes away what
    attention sees.
    """

    model: Model
    task: str
    source: tuple[str, ...]
    longest: int
    is_reversed: bool = False
    forced: bool = False
    width: int = 1
    epoch: int = 0
    attend: bool = True

    @property
    def key(self) -> Hashable:
        """What every picture of it is made from."""
        numbers = blake2b(self.model.flat, digest_size=16).digest()
        how = self.is_reversed, self.forced, self.width, self.attend, self.longest
        return self.model.kind, numbers, self.task, self.source, how, self.epoch

    @property
    def rule(self) -> Translation:
        """The task's rule."""
        return TRANSLATIONS[self.task]

    @property
    def most(self) -> int:
        """Symbols that may be written: a decoder that never ends is stopped."""
        return max(self.longest, len(self.source)) + EXTRA

    @property
    def read(self) -> tuple[str, ...]:
        """The source in the order in which it is read."""
        return self.source[::-1] if self.is_reversed else self.source

    @property
    def shown(self) -> tuple[str, ...]:
        """What is read, as it stands in boxes."""
        return tuple(map(sign, self.read))

    @cached_property
    def ids(self) -> list[int]:
        """The same as numbers."""
        return [self.rule.source.index(symbol) for symbol in self.read]

    @cached_property
    def right(self) -> list[int] | None:
        """The right answer with its end mark; None where the rule has none."""
        symbols = self.rule.right(list(self.source))
        return None if symbols is None else [self.number(s) for s in (*symbols, END)]

    def number(self, symbol: str) -> int:
        """The number of a symbol that is written."""
        return self.model.classes.index(symbol)

    def name(self, symbol: int) -> str:
        """A written symbol as it stands in a box."""
        shown = self.model.classes[symbol]
        if shown == END and not self.rule.joint:
            return MARK
        return SIGNS.get(shown, sign(shown))

    @property
    def is_forced(self) -> bool:
        """Whether each step is given the right symbol before it."""
        return self.forced and self.right is not None

    @cached_property
    def _made(self) -> tuple[ForwardTrace, list[int]]:
        if self.is_forced and self.right is not None:
            fwd = begin(self.model, self.ids, None, self.right[:-1], self.attend)
            return fwd, [int(symbol) for symbol in fwd.p.argmax(axis=1)]
        if self.width > 1:
            path = self.beam.path(self.beam.leaves[0])
            return begin(self.model, self.ids, None, path[:-1], self.attend), path
        fwd, written = translate(self.model, self.ids, None, self.most, self.attend)
        end = self.number(END)
        return fwd, [*written.ids, *([end] if written.ended else [])]

    @cached_property
    def beam(self) -> Beam:
        """The tree of the search, three wide where none is asked for."""
        begun = begin(self.model, self.ids, attend=self.attend)
        return beam_search(self.model, begun, max(self.width, 3), self.most)

    @property
    def fwd(self) -> ForwardTrace:
        """The trace of reading and writing; p, y, alpha have a step for each output."""
        return self._made[0]

    @property
    def outputs(self) -> list[int]:
        """(S,) what each step of the decoder says."""
        return self._made[1]

    @cached_property
    def inputs(self) -> list[str]:
        """(S,) what each step of the decoder is given, as names."""
        given = self.right if self.is_forced and self.right else self.outputs
        first = GO if self.rule.joint else MARK
        return [first, *(self.name(symbol) for symbol in given[: len(self.outputs) - 1])]

    @property
    def ended(self) -> bool:
        """Whether it came to an end by itself."""
        return self.is_forced or self.model.classes[self.outputs[-1]] == END

    @property
    def names(self) -> list[str]:
        """What each step says, as it stands in a box."""
        return [self.name(symbol) for symbol in self.outputs]

    @property
    def said(self) -> str:
        """All that it says, in one line, without the end mark."""
        words = [self.model.classes[symbol] for symbol in self.outputs]
        return self.rule.joint.join(words[: words.index(END)] if END in words else words)

    def wanted(self, t: int) -> int | None:
        """What is right at step t of the decoder; None where nothing is."""
        return self.right[t] if self.right and t < len(self.right) else None

    @property
    def first_wrong(self) -> int | None:
        """The first step of the decoder that says what is not right."""
        if self.right is None:
            return None
        wrong = (t for t, symbol in enumerate(self.outputs) if symbol != self.wanted(t))
        return next(wrong, None)

    @property
    def p_said(self) -> np.ndarray:
        """(S,) the probability of what each step says."""
        p: np.ndarray = self.fwd.p[np.arange(len(self.outputs)), self.outputs]
        return p

    @property
    def tops(self) -> range:
        """Where the encoder's last layer stands among the layers of a trace, in each direction."""
        ways = 1 + self.model.bidirectional
        return range((self.model.n_layers - 1) * ways, self.model.n_layers * ways)

    @cached_property
    def h(self) -> np.ndarray:
        """(T', H) the states of the encoder's last layer; both directions one beside the other."""
        return np.hstack([self.fwd.showing(top).h for top in self.tops])

    @cached_property
    def s(self) -> np.ndarray:
        """(S, H) the states of the decoder's last layer."""
        s: np.ndarray = self.fwd.showing(-1).h
        return s

    @property
    def alpha(self) -> np.ndarray | None:
        """(S, T') how much each output looks at each state; None without attention."""
        return self.fwd.alpha if self.model.attends else None

    def beginnings(self, t: int) -> list[int]:
        """What the beam has kept after step t, the likeliest first: numbers of its nodes."""
        depth: list[int] = []
        for one in self.beam.nodes:
            depth.append(0 if one.parent is None else depth[one.parent] + 1)
        end = self.number(END)
        kept = [i for i, one in enumerate(self.beam.nodes) if one.kept and
                (depth[i] == t or (depth[i] < t and one.symbol == end))]  # fmt: skip
        return sorted(kept, key=lambda i: -self.beam.nodes[i].log_p)

    def first_after(self, j: int) -> np.ndarray:
        """(C,) what would be written first if the source ended after j + 1 symbols."""
        return begin(self.model, self.ids[: j + 1], attend=self.attend).p[0]

    def without(self, j: int) -> float:
        """How far what is handed over moves when symbol j is left out: |s_0 - s_0 without it|."""
        rest, s_0 = [*self.ids[:j], *self.ids[j + 1 :]], self.fwd.showing(-1).h_0
        left = begin(self.model, rest).showing(-1).h_0 if rest else 0.0
        return float(np.linalg.norm(s_0 - left))

    def back(self, t: int) -> BackwardTrace:
        """The gradient of the loss of one output: of what was right there, or what was said."""
        target: list[int | None] = [None] * len(self.outputs)
        target[t] = self.outputs[t] if (right := self.wanted(t)) is None else right
        return self.model.backward(self.fwd, target)

    def other(self, **changes: object) -> Translating:
        """The same source in another way."""
        return replace(self, **changes)  # type: ignore[arg-type]


def share_right(truths: Sequence[bool] | np.ndarray) -> float:
    """The part that is true, 0..1."""
    return float(np.mean(truths)) if len(truths) else 0.0
