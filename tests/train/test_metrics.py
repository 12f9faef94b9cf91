"""What became of a sentence and of the weights on the way: what is drawn is what was measured."""

import numpy as np
import pytest

from rnn_core.experiments import analysis
from tests.models import run_of
from ui.train import on_the_way
from ui.train.metrics import Metrics, spectral_radius


def test_they_follow_one_sentence() -> None:
    run = run_of()
    run.advance(epochs=3)
    mine, ids = Metrics(run), tuple(int(i) for i in run.model.vocabulary.encode("good").ids)
    target = run.model.classes[0]
    mine.follow(ids, 1, target, most=2)
    assert sorted(mine.rows) == [2, 3]
    mine.follow(ids, 1, target)
    assert sorted(mine.rows) == sorted(mine.eigenvalues) == [0, 1, 2, 3]
    p = run.model.forward("good").p[-1]
    assert mine.rows[3][0] == p[1]
    mine.follow(ids, 0, target)
    assert mine.rows[3][0] == p[0]


@pytest.mark.parametrize("layer", [0, 1, 3])
def test_they_follow_one_layer(layer: int) -> None:
    run = run_of(n_layers=2, bidirectional=True)
    run.advance(epochs=2)
    mine, model = Metrics(run), run.model
    ids = tuple(int(i) for i in model.vocabulary.encode("not good").ids)
    target = model.classes[0]
    mine.follow(ids, 1, target, layer=2)
    mine.follow(ids, 1, target, layer)
    w_hh = model.weights(model.layers[layer])["W_hh"]
    expected = np.abs(np.linalg.eigvals(w_hh)).max()
    assert spectral_radius(mine.eigenvalues[2]) == pytest.approx(expected)
    lengths = analysis.gradient_norms(model.backward(model.forward(ids).showing(layer), 0))[:, 0]
    if layer == 3:  # it reads backwards: the gradient begins at the first word
        lengths = lengths[::-1]
    assert mine.rows[2][1] == analysis.memory_horizon(lengths)


def test_rows_are_drawn_over_the_epochs_that_were_kept_and_a_picture_grows_with_them() -> None:
    rows = {"P": [0.5, 0.9], "horizon": [1, 3], "radius": [0.9, 11.0],
            "gradient": [900.0, float("nan")]}  # fmt: skip
    figure = on_the_way.by_epochs([0, 4], rows, 5, 60, clip_at=1.0, at=4)
    drawn = [list(trace.y) for trace in figure.data]
    assert drawn == [[0.5, 0.9], [1, 3], [0.9, 11.0], [900.0, None]]
    assert [s.y0 for s in figure.layout.shapes if s.yref == "y4"] == [1.0]
    assert figure.layout.yaxis3.range[1] > 11
    assert list(figure.layout.yaxis4.range) == [-3, 3]
