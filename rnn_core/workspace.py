"""Workspace: traces that training uses again and again, one for each shape of batch."""

from __future__ import annotations

from rnn_core.backward import new_backward, record_backward
from rnn_core.batch import Batch, Ints, Targets
from rnn_core.blame import BackwardTrace
from rnn_core.datasets import Split
from rnn_core.forward import new_forward, record_forward
from rnn_core.network import Model

Question = tuple[BackwardTrace, Batch, Targets]


class Workspace:
    """Holds the questions of a split ready, and the traces in which they are worked out.

    A sentence asked alone is prepared once; a batch of several is put together each time.
    """

    def __init__(self, model: Model, split: Split, truncate: int | None = None) -> None:
        self.model = model
        self.split = split
        self.truncate = truncate
        self._alone: dict[int, Question] = {}
        self._traces: dict[tuple[int, ...], BackwardTrace] = {}

    def ask(self, which: Ints) -> BackwardTrace:
        """A trace that holds these sentences (B,) and their answers, for the two passes to fill."""
        if len(which) > 1:
            bwd, batch, targets = self._question(which)
        elif (number := int(which[0])) in self._alone:
            bwd, batch, targets = self._alone[number]
        else:
            bwd, batch, targets = self._alone[number] = self._question(which)
        bwd.forward.batch, bwd.targets = batch, targets
        return bwd

    def _question(self, which: Ints) -> Question:
        """Sentences, their answers, and the trace for this shape of batch."""
        batch, targets = self.split.batch(which, len(self.model.classes), self.model.flat.dtype)
        if (bwd := self._traces.get(batch.ids.shape)) is None:
            fwd = new_forward(self.model, batch, every_step=self.model.each_word)
            bwd = new_backward(self.model, record_forward(self.model, fwd), targets)
            record_backward(self.model, bwd, self.truncate, to_h_0=False)
            self._traces[batch.ids.shape] = bwd
        return bwd, batch, targets
