"""Backward views of small networks, for the tests of the page."""

from rnn_core import Hyperparameters, TrainingRun, load_dataset
from ui.sequence.backward_view import BackwardView
from ui.sequence.reading import Reading

DATA = load_dataset("sentiment")
LONG = "i am not at all bad or sad right now"


def view(
    text: str = "i am not bad", target: str = "positive", truncate: int | None = None,
    log: bool = False, epochs: int = 2, shown: dict | None = None, **settings,
) -> BackwardView:  # fmt: skip
    """A network that has learned a little, and what its loss asks of it.

    shown : as for Reading, such as its layer. settings : as for Hyperparameters.
    """
    run = TrainingRun(DATA, Hyperparameters(**{"n_hidden": 5, **settings}))
    run.advance(epochs=epochs)
    reading = Reading(run.model, run.model.vocabulary.encode(text), **(shown or {}))
    return BackwardView(reading, target, truncate, run.hyperparameters, log)


def n_layers(made: BackwardView) -> int:
    """Of the network, in both directions."""
    return len(made.reading.model.layers)
