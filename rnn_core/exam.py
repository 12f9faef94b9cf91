"""Exam: all sentences of a split, asked of one model at once, without learning from the answers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rnn_core.batch import Array, Targets
from rnn_core.datasets import Split
from rnn_core.forward import cross_entropy, fill_forward, new_forward, record_forward
from rnn_core.network import Model
from rnn_core.trace import ForwardTrace

MOST_WORDS = 8192
"""Words read side by side: a long task's sentences take turns in the same memory."""


class Exam:
    """Room for all sentences of a split, made once: making it costs more than filling it.

    model : whose answers are asked, as it is at each call. split : N sentences; may be none.
    """

    def __init__(self, model: Model, split: Split) -> None:
        self.model = model
        self.split = split
        at_once = max(MOST_WORDS // max(len(split.ids), 1), 1)
        self._questions = [
            split.batch(which, len(model.classes), model.flat.dtype)
            for which in np.split(np.arange(len(split)), range(at_once, len(split), at_once))
            if len(which)
        ]
        self._rooms = {
            batch.ids.shape: record_forward(
                model, new_forward(model, batch, split.each_word, forgetful=True)
            )
            for batch, _ in self._questions
        }

    def score(self) -> tuple[float, float]:
        """Mean loss in nats and share of right answers 0..1; nan for no sentences."""
        loss = right = asked = 0.0
        for fwd, targets in self._read():
            n_asked = float(targets.wanted.sum())
            loss += n_asked * cross_entropy(fwd.logits, targets)
            chosen = fwd.probs.argmax(axis=1)[:, None]
            right += float(np.take_along_axis(targets.wanted, chosen, axis=1).sum())
            asked += n_asked
        return (loss / asked, right / asked) if asked else (float("nan"), float("nan"))

    def errors(self) -> Array:
        """(N,) 1 - p(right answer), the mean over each sentence's answers; 0 for sure and right."""
        found = [np.zeros(0)]
        for fwd, targets in self._read():
            p_right = (fwd.probs * targets.wanted).sum(axis=(0, 1))
            found.append(1 - p_right / targets.wanted.sum(axis=(0, 1)))
        return np.concatenate(found)

    def _read(self) -> Iterator[tuple[ForwardTrace, Targets]]:
        """Some sentences after others, answered; the next ones write over them."""
        for batch, targets in self._questions:
            fwd = self._rooms[batch.ids.shape]
            fwd.batch = batch
            fill_forward(fwd)
            yield fwd, targets
