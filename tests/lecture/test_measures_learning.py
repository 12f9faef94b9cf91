"""Measures of trainings and of the loss, against the same done by hand."""

from collections.abc import Generator
from typing import Any

import numpy as np
import pytest

from rnn_core import Hyperparameters, start_run
from rnn_core.experiments.other_walks import RandomSearch
from tests.lecture.looks import HP, Tried, trained
from ui.lecture import measures_learning as measures
from ui.sequence import models

RUN = trained()
LOOK = Tried(RUN, "this is not good")


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models, "data", lambda: RUN.dataset)
    monkeypatch.setattr(models, "hyperparameters", lambda: HP)


def measured(work: Any) -> float:
    """What a slow measure comes to; on its way it says how much is done."""
    assert isinstance(work, Generator)
    while True:
        try:
            assert 0 < next(work) <= 1
        except StopIteration as end:
            return float(end.value)


def test_a_score_is_that_of_a_run_so_long() -> None:
    assert measured(measures.after(LOOK, "train_loss", 3)) == RUN.history[-1].train_loss
    search = RandomSearch(RUN.dataset, HP)
    search.advance(epochs=2)
    found = measured(measures.after(LOOK, "train_loss", 2, walk="random"))
    assert found == search.history[-1].train_loss
    assert measured(measures.after(LOOK, "train_loss", 2, lr=0.02)) != found


def test_a_ratio_is_of_two_batch_sizes() -> None:
    many = measured(measures.after(LOOK, "train_loss", 3, batch=16))
    found = measured(measures.loss_ratio(LOOK, 16, 3))
    assert found == pytest.approx(many / RUN.history[-1].train_loss)


def test_a_plateau_ends_where_the_accuracy_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    tiny = Hyperparameters(n_hidden=16, init="tiny", lr=0.05)
    monkeypatch.setattr(models, "hyperparameters", lambda: tiny)
    end = int(measured(measures.plateau_end(LOOK)))
    run = start_run(RUN.dataset, tiny)
    run.advance(epochs=end + 1)
    right = [record.train_accuracy for record in run.history]
    assert right[end] == pytest.approx(32 / 58) != right[end + 1]
    with pytest.raises(ValueError, match="within 2 epochs"):
        measured(measures.plateau_end(LOOK, at_most=2))


def test_the_loss_is_minus_the_logarithm_of_p() -> None:
    LOOK.__dict__["wanted"] = "negative"
    own = float(LOOK.fwd.p[-1, 0])
    assert measures.loss(LOOK) == pytest.approx(-np.log(own))
    assert measures.loss(LOOK, 0.1) == pytest.approx(np.log(10))
    assert measures.loss_gradient(LOOK, 0.1) == pytest.approx(-0.9)
