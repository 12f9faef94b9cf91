"""A look at a model of its own, without a page: what measures are tried on."""

from typing import Any

from rnn_core import Hyperparameters, TrainingRun, load_dataset, start_run
from ui.lecture.look import Look
from ui.sequence.models import Chosen

HP = Hyperparameters(n_hidden=8, lr=0.05)


def trained(cell: str = "rnn", epochs: int = 3) -> TrainingRun:
    """Eight units, after a few epochs."""
    run = start_run(load_dataset("sentiment"), Hyperparameters(cell=cell, n_hidden=8, lr=0.05))
    run.advance(epochs=epochs)
    return run


class Tried(Look):
    """A look at a run's last moment, at a sentence, with these settings."""

    def __init__(self, run: TrainingRun, sentence: str, **set_to: Any) -> None:
        super().__init__("read")
        self._set = {"s": sentence, **set_to}
        self.__dict__["chosen"] = Chosen(run, run.epoch, 0.0, 0.0)
        self.__dict__["reading"] = self.read(sentence)

    def setting(self, name: str) -> Any:
        """One of those that were given."""
        return self._set[name]
