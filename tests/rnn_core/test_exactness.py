"""Against the naive loop of the benchmarks: the same start and order, the same parameters."""

import numpy as np
import pytest

from benchmarks.naive import NaiveRNN
from rnn_core import load_dataset
from tests.models import DATA, PARAMS, run_of


@pytest.mark.slow
@pytest.mark.parametrize(
    "settings", [{"init": "tiny", "lr": 0.02, "n_hidden": 64}, {"clip_at": 0.05, "n_hidden": 16}]
)
def test_a_hundred_epochs_are_the_naive_ones(settings: dict) -> None:
    data = load_dataset("sentiment", DATA)
    run = run_of(data, **settings)
    naive = NaiveRNN(run.model.params)
    order = []
    while run.epoch < 100:
        order.append(int(run.upcoming[0]))
        run.advance(steps=1)

    assert len(order) == 5800
    assert {tuple(sorted(order[i : i + 58])) for i in range(0, 5800, 58)} == {tuple(range(58))}
    sentences = [data.train.ids[:n, i].tolist() for i, n in enumerate(data.train.lengths)]
    hp = run.hyperparameters
    for i in order:
        naive.train(sentences[i], data.train.answers[i], hp.lr, hp.clip_at)
    for name in PARAMS:
        theirs = getattr(naive, name).reshape(run.model.params[name].shape)
        np.testing.assert_allclose(run.model.params[name], theirs, rtol=0, atol=1e-12)
