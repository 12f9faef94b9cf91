"""Exam: all sentences of a split, asked of one model at once, without learning from the answers."""

from __future__ import annotations

import numpy as np

from rnn_core.batch import Array
from rnn_core.datasets import Split
from rnn_core.network import Model
from rnn_core.unroll import cross_entropy, fill_forward, new_forward


class Exam:
    """Room for all sentences of a split, made once: making it costs more than filling it.

    model : whose answers are asked, as it is at each call. split : N sentences; may be none.
    """

    def __init__(self, model: Model, split: Split) -> None:
        self.model = model
        self.split = split
        if len(split):
            everyone = np.arange(len(split))
            batch, self._targets = split.batch(everyone, len(model.classes), model.flat.dtype)
            self._fwd = new_forward(model, batch, every_step=False)

    def score(self) -> tuple[float, float]:
        """Mean loss in nats and accuracy 0..1; nan for no sentences."""
        if not len(self.split):
            return float("nan"), float("nan")
        fill_forward(self.model, self._fwd)
        right = self._fwd.probs[0].argmax(axis=0) == self.split.answers
        return cross_entropy(self._fwd.logits, self._targets), float(right.mean())

    def errors(self) -> Array:
        """(N,) 1 - p(right answer) of each sentence, 0 for sure and right."""
        if not len(self.split):
            return np.zeros(0)
        with np.errstate(over="ignore", invalid="ignore"):
            fill_forward(self.model, self._fwd)
        p: Array = self._fwd.probs[0][self.split.answers, np.arange(len(self.split))]
        return 1 - p
