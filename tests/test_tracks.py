"""The small pictures of a run: what is filled in is what was measured."""

import numpy as np

from rnn_core import Hyperparameters, TrainingRun, load_dataset
from rnn_core.experiments import analysis
from ui.figures import tracks


def test_a_bar_for_each_word_is_the_blame_that_reaches_it() -> None:
    model = TrainingRun(load_dataset("sentiment"), Hyperparameters(n_hidden=8)).model
    fwd = model.forward("i am not bad")
    lengths = analysis.gradient_norms(model.backward(fwd, "positive"))[:, 0]
    assert tracks.blame_filled(lengths)["data"]["0"]["y"] == lengths.tolist()


def test_no_bar_where_there_is_no_blame_or_no_number() -> None:
    lengths = np.array([0.0, np.nan, np.inf, 2e-9])
    assert tracks.blame_filled(lengths)["data"]["0"]["y"] == [None, None, None, 2e-9]


def test_rows_are_drawn_over_the_epochs_that_were_kept() -> None:
    rows = [[0.5, 0.9], [1, 3], [0.9, 1.1], [0.2, float("nan")]]
    filled = tracks.filled([0, 4], rows, clip_at=1.0, at=4)
    drawn = [filled["data"][str(i)]["y"] for i in range(4)]
    assert drawn == [[0.5, 0.9], [1, 3], [0.9, 1.1], [0.2, None]]
    assert [s["y0"] for s in filled["layout"]["shapes"] if s.get("yref") == "y4"] == [1.0]
