"""Measures of a training: how it goes, and what it comes to."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from typing import Literal

from rnn_core import start_run
from rnn_core.experiments import by_hand
from rnn_core.experiments.other_walks import OtherOrder, RandomSearch
from rnn_core.history import plateau
from ui.lecture import text
from ui.lecture.look import Look
from ui.lecture.registry import measure
from ui.sequence import models


@measure
def epochs_to_learn(look: Look, at_most: int = 60) -> Generator[float, None, float]:
    """The epoch after which every training sentence is right, with the settings of the page.

    at_most : the last epoch that is tried; it is the answer, too, where that is not enough.
    """
    run = start_run(models.data(), models.hyperparameters())
    while run.epoch < at_most and run.stopped is None:
        run.advance(epochs=1)
        if run.history[-1].train_accuracy == 1:
            return run.epoch
        yield run.epoch / at_most
    return at_most


@measure
def accuracy(look: Look, part: Literal["train", "test"] = "test") -> float:
    """Which share of the data the model on the card has right, 0..1."""
    record = look.chosen.record
    return record.train_accuracy if part == "train" else record.test_accuracy


@measure
def epochs(look: Look) -> float:
    """After how many epochs the model is shown."""
    return look.chosen.epoch


Score = Literal["train_loss", "train_accuracy", "test_loss", "test_accuracy"]
WALKS = {"gradient": start_run, "order": OtherOrder, "random": RandomSearch}


@measure
def after(
    look: Look, score: Score, epochs: int = 60, batch: int = 0, lr: float = 0,
    walk: Literal["gradient", "order", "random"] = "gradient",
) -> Generator[float, None, float]:  # fmt: skip
    """A score after so many epochs with the settings of the page, but for what is named here.

    batch, lr : 0 for those of the page. walk : the same sentences in another order; or random
    steps, each kept if the training loss falls.
    """
    hp = models.hyperparameters()
    hp = replace(hp, batch_size=batch or hp.batch_size, lr=lr or hp.lr)
    run = WALKS[walk](models.data(), hp)
    while run.epoch < epochs and run.stopped is None:
        run.advance(epochs=1)
        yield run.epoch / epochs
    return float(getattr(run.history[-1], score))


@measure
def loss_ratio(look: Look, batch: int, epochs: int = 60) -> Generator[float, None, float]:
    """The training loss after so many epochs: in batches of a size, over one at a time."""
    many = yield from after(look, "train_loss", epochs, batch)
    return many / (yield from after(look, "train_loss", epochs, 1))


@measure
def plateau_end(look: Look, at_most: int = 200) -> Generator[float, None, float]:
    """The last epoch in which just as much is right as by always giving the commonest answer."""
    run = start_run(models.data(), models.hyperparameters())
    share = run.dataset.majority[1]
    while run.epoch < at_most and run.stopped is None:
        run.advance(epochs=1)
        stuck = plateau(run.history, share)
        if stuck and stuck[1] < run.epoch:
            return stuck[1]
        yield run.epoch / at_most
    raise ValueError(text.NO_PLATEAU.format(epochs=at_most))


@measure
def loss(look: Look, p: float = 0) -> float:
    """-ln of P of the answer wanted, in nats. p : this in place of the network's own P."""
    return _by_hand(look, p)[0]


@measure
def loss_gradient(look: Look, p: float = 0) -> float:
    """dL/dy of the answer wanted. p : as for `loss`."""
    return _by_hand(look, p)[1]


def _by_hand(look: Look, p: float) -> tuple[float, float]:
    """L and dL/dy of the answer that is wanted after the last word."""
    if not isinstance(look.wanted, str):
        raise ValueError(text.MANY_ANSWERS)
    own, right = look.fwd.p[-1], look.model.class_number(look.wanted)
    found, d_y = by_hand.loss(by_hand.probabilities(own, right, p or float(own[right])), right)
    return found, float(d_y[right])
