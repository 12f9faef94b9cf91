"""Workspace: traces that training uses again and again, one for each shape of batch."""

from __future__ import annotations

from rnn_core.backward import new_backward
from rnn_core.batch import Batch, Ints, Targets
from rnn_core.blame import BackwardTrace
from rnn_core.datasets import Split
from rnn_core.forward import new_forward
from rnn_core.network import Model


class Workspace:
    """Holds the questions of a split ready, and the traces in which they are worked out.

    A sentence asked alone is prepared once; a batch of several is put together each time.
    """

    def __init__(self, model: Model, split: Split, truncate: int | None = None) -> None:
        self.model = model
        self.split = split
        self.truncate = truncate
        self._alone: dict[int, tuple[Batch, Targets]] = {}
        self._traces: dict[tuple[int, ...], BackwardTrace] = {}

    def ask(self, which: Ints) -> BackwardTrace:
        """A trace that holds these sentences (B,) and their answers, for the two passes to fill."""
        number = int(which[0])
        question = self._alone.get(number) if len(which) == 1 else None
        if question is None:
            question = self.split.batch(which, len(self.model.classes), self.model.flat.dtype)
        if len(which) == 1:
            self._alone[number] = question
        batch, targets = question
        bwd = self._traces.get(batch.ids.shape)
        if bwd is None:
            fwd = new_forward(self.model, batch, every_step=self.model.each_word)
            bwd = new_backward(self.model, fwd, targets, self.truncate, to_h_0=False)
            self._traces[batch.ids.shape] = bwd
        bwd.forward.batch, bwd.targets = batch, targets
        return bwd
