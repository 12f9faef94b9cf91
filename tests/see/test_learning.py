"""What is shown of a network while it learns has been measured, and it can make room."""

from rnn_core import Hyperparameters, TrainingRun
from tests.models import SMALL
from ui.kit.bounded import Held
from ui.see.learning import Networks, Watched

HP = Hyperparameters(n_hidden=3)


def networks() -> tuple[Networks, Watched]:
    here, watched = Networks("digit", HP, ""), Watched(TrainingRun(SMALL, HP), lambda _: {"n": 1.0})
    watched.advance(epochs=1)
    watched.advance(epochs=1)
    here.runs["one"] = watched
    return here, watched


def test_an_epoch_that_is_not_measured_yet_is_not_shown() -> None:
    here, watched = networks()
    watched.run.advance(epochs=1)  # as another thread does, which measures it a moment later
    assert here.moment("one").epoch == 2
    assert here.moment("one", 3).epoch == 2
    assert here.moment("one", 1).epoch == 1


def test_they_make_room() -> None:
    here, watched = networks()
    assert isinstance(here, Held)
    assert here.n_bytes == watched.run.n_bytes
    here.make_room()
    assert [snapshot.epoch for snapshot in watched.run.snapshots] == [0, 2]
    assert here.moment("one", 1).epoch in (0, 2)
