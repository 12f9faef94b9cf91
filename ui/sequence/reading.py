"""A reading: one sentence gone through one model, and which part of it is shown."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any

import numpy as np

from rnn_core import Encoding, ForwardTrace, Intervention, Model
from rnn_core.cells import Signal
from rnn_core.parameters import Layer
from ui.sequence import answers, states, targets
from ui.sequence.architecture import layer_names
from ui.sequence.strip import Strip
from ui.sequence.targets import Target
from ui.sequence.text_model import LAYER_NAMES
from ui.sequence.wiring import Plan, Segment


@dataclass(frozen=True)
class Reading:
    """A sentence of known words, read by a model, and what of it is shown.

    order_by : a key of text.ORDERS. layer : which one, counted as in a trace's layers; None for the
    highest that reads forwards. signal : what the film draws. interventions : what is held by hand.
    target : what is right, where it is known and shown.
    """

    model: Model
    encoding: Encoding
    order_by: str = "effect"
    layer: int | None = None
    signal: str = "h"
    interventions: tuple[Intervention, ...] = ()
    target: Target | None = None

    @property
    def key(self) -> Hashable:
        """What every picture of it is made from: two readings with one key look the same."""
        numbers = blake2b(self.model.flat, digest_size=16).digest()
        shown = self.tokens, self.known, self.order_by, self.layer, self.signal, self.interventions
        return self.model.kind, numbers, shown, self.target

    @cached_property
    def fwd(self) -> ForwardTrace:
        """The trace that every picture is drawn from; it shows the layer."""
        whole = self.model.forward(self.encoding.ids, interventions=self.interventions)
        top = len(whole.layers) - 1 - self.model.bidirectional
        return whole.showing(top if self.layer is None else self.layer)

    @property
    def place(self) -> Layer:
        """Where the layer stands in the network."""
        return self.fwd.layer.layer

    @property
    def params(self) -> dict[str, np.ndarray]:
        """The layer's own W_xh, W_hh, b_h."""
        return self.model.weights(self.place)

    @property
    def is_top(self) -> bool:
        """Whether the readout reads the layer."""
        return self.place.number == self.model.n_layers - 1

    @property
    def called(self) -> str:
        """The layer's name, "" where there is only one."""
        return self.layer_name(self.fwd.shown) if len(self.model.layers) > 1 else ""

    def layer_name(self, i: int) -> str:
        """What layer i of the trace is called."""
        return layer_names(self.model.n_layers, self.model.bidirectional)[i]

    @property
    def drawn(self) -> Signal:
        """The signal that the film draws."""
        return next(s for s in self.model.cell.signals if s.name == self.signal)

    @property
    def gates(self) -> list[Signal]:
        """What is squashed straight from a block of rows; none for a cell with one block."""
        return [s for s in self.model.cell.signals if s.gate is not None]

    @property
    def gate(self) -> Signal | None:
        """The gate whose rows are shown: the drawn one, or what would be written."""
        if self.drawn.gate is not None:
            return self.drawn
        return next((s for s in reversed(self.gates) if s.low < 0), None)

    @property
    def block(self) -> slice:
        """Its rows in W_xh, W_hh and b_h."""
        h, gate = self.model.n_hidden, self.gate
        start = 0 if gate is None or gate.gate is None else gate.gate * h
        return slice(start, start + h)

    @property
    def values(self) -> np.ndarray:
        """(T, H) the signal that is drawn."""
        values: np.ndarray = self.fwd.signals[self.signal][..., 0]
        return values

    def earlier(self, t: int) -> int | None:
        """The word that the layer read before word t (from 0), or None at its first."""
        other = t + 1 if self.place.backwards else t - 1
        return other if 0 <= other < len(self.words) else None

    def indices(self, t: int) -> dict[str, int | str]:
        """What stands in a formula of step t: its index, from 1, the one before it, its word."""
        return {"t": t + 1, "t-1": t + 2 if self.place.backwards else t, "word": self.words[t]}

    @property
    def words(self) -> tuple[str, ...]:
        """What was read, a word for each step."""
        return tuple(map(answers.sign, self.encoding.words))

    @property
    def tokens(self) -> tuple[str, ...]:
        """Every word of the sentence as it was typed, known or not: a column for each."""
        return tuple(map(answers.sign, self.encoding.shown))

    @property
    def known(self) -> tuple[bool, ...]:
        """Whether each of the tokens is read."""
        return self.encoding.known

    @property
    def n_columns(self) -> int:
        """How many columns the sentence has."""
        return len(self.tokens)

    @cached_property
    def columns(self) -> list[int]:
        """(T,) the column of each word that is read."""
        return states.places(self.known)

    def is_held(self, signal: str, t: int, unit: int) -> bool:
        """Whether a hand holds a unit's signal in this layer at word t."""
        return any(
            one.signal == signal
            and one.at(self.fwd.shown, t)
            and (one.units is None or unit in one.units)
            for one in self.interventions
        )

    def source(self, t: int) -> str:
        """What comes in at word t: the word, or the layer below."""
        if self.place.number == 0:
            return f"“{self.words[t]}”"
        return LAYER_NAMES[""].format(n=self.place.number)

    @property
    def answer(self) -> int:
        """The class whose probability is shown: the last one of two, else the final verdict."""
        n_classes = len(self.model.classes)
        return n_classes - 1 if n_classes == 2 else int(self.fwd.p[-1].argmax())

    @property
    def answer_name(self) -> str:
        """Its name."""
        return self.model.classes[self.answer]

    @property
    def p(self) -> np.ndarray:
        """(T,) its probability after each word."""
        return self.fwd.p[:, self.answer]

    @cached_property
    def right(self) -> list[int | None]:
        """(T,) the right class at each word, None where nothing is asked, or nobody knows."""
        names = targets.each(self.target, len(self.words))
        return [None if name is None else self.model.class_number(name) for name in names]

    @cached_property
    def p_right(self) -> np.ndarray:
        """(T,) the probability of the right class at each word; nan where there is none."""
        p = [np.nan if c is None else self.fwd.p[t, c] for t, c in enumerate(self.right)]
        return np.array(p, float)

    def verdict(self, t: int) -> tuple[str, float]:
        """The likeliest class if the sentence ended at word t (from 0), and its probability."""
        best = int(self.fwd.p[t].argmax())
        return self.model.classes[best], float(self.fwd.p[t, best])

    @cached_property
    def push(self) -> np.ndarray:
        """(H,) how much one unit of h adds to the answer's logit over the others' mean.

        Below the top layer no unit speaks to the readout: there it is the slope of ln p of the
        answer at the layer's last state.
        """
        if not self.is_top:
            bwd = self.model.backward(self.fwd, self.answer, interventions=self.interventions)
            return -np.nan_to_num(bwd.d_h[0 if self.place.backwards else -1])
        h = self.model.n_hidden
        half = slice(h, None) if self.place.backwards else slice(h)
        rows = self.model.params["W_hy"][:, half]
        if len(rows) == 1:
            return rows[0]
        return rows[self.answer] - np.delete(rows, self.answer, axis=0).mean(axis=0)

    @cached_property
    def order(self) -> list[int]:
        """The units from top to bottom."""
        if self.order_by == "effect":
            return _by_effect(self.push)
        if self.order_by == "likeness":
            return _by_likeness(self.fwd.h)
        return list(range(self.model.n_hidden))

    @cached_property
    def figure(self) -> Any:
        """The film's main figure: building it takes longer than the network's reading."""
        signal, p = self.drawn, None if self.model.per_step else self.p
        return states.film(
            self.values, p, self.tokens, self.known, self.order, self.answer_name,
            symbol=signal.symbol, span=(signal.low, signal.high),
        )  # fmt: skip

    @cached_property
    def answers_figure(self) -> Any:
        """Of a network that answers at each step: what it answers, and what is right."""
        surprise = targets.is_language(self.model)
        return answers.film(self.fwd.p, self.right, self.model.classes, self.known, surprise)

    def strip(
        self, back: bool = False, loss: str = "", losses: Mapping[int, str] | None = None
    ) -> Strip:
        """The unrolled network of this sentence, with the layer shown; as for Strip."""
        asked = "each" if self.model.per_step else "last"
        segment = Segment(self.tokens, self.known, asked=asked)
        plan = Plan((segment,), self.model.n_layers, self.model.bidirectional)
        return Strip(plan, back, self.fwd.shown, loss, losses)

    @property
    def telling_unit(self) -> int:
        """The unit that the last state's verdict leans on most."""
        last = self.fwd.h[0 if self.place.backwards else -1]
        return int(np.abs(self.push * np.nan_to_num(last)).argmax())

    @property
    def identity(self) -> str:
        """What makes this another film."""
        return " ".join(self.words)


def _by_effect(push: np.ndarray) -> list[int]:
    """Units from those that push hardest towards the answer to those that push hardest away.

    push : (H,) how much one unit of h adds to the answer's logit over the others'.
    """
    return [int(unit) for unit in np.argsort(-push, kind="stable")]


def _by_likeness(h: np.ndarray) -> list[int]:
    """Units that move alike side by side: by angle in the plane of the two main patterns.

    h : (N, H) states. The singular vectors of the centred states give each unit a place in a
    plane; going round it, neighbours behave alike.
    """
    centred = h - h.mean(axis=0)
    patterns = np.linalg.svd(centred, full_matrices=False)[2][:2]
    if len(patterns) < 2:
        return list(range(h.shape[1]))
    return [int(unit) for unit in np.argsort(np.arctan2(patterns[1], patterns[0]), kind="stable")]
