"""Three cells on one sentence: the numbers are the networks', names keep apart, any size stands."""

import json
import re
from itertools import pairwise

import numpy as np
import pytest

from tests.apptest import texts
from ui import models
from ui.figures import theme
from ui.figures import three as figures
from ui.lenses import three
from ui.reading import Reading
from ui.state import DEFAULT_SENTENCE


def made(text: str = DEFAULT_SENTENCE, n_hidden: int = 4, name: str = "sentiment"):
    run = models.trained(name, models.recipe(name, n_hidden, 0)).run
    now = Reading(run.model, run.model.vocabulary.encode(text))
    return now, run, three.film(now, run)


@pytest.fixture(scope="module")
def usual():
    return made()


def test_the_three_have_the_same_size_seed_and_data(usual) -> None:
    now, run, _ = usual
    every = three.contenders(now, run)
    settings = [one.trained.run.hyperparameters for one in every]
    assert [hp.cell for hp in settings] == ["rnn", "gru", "lstm"]
    assert {(hp.n_hidden, hp.seed) for hp in settings} == {(4, 0)}
    assert {id(one.trained.run.dataset) for one in every} == {id(run.dataset)}
    assert every[0].trained.run is run


def test_states_answers_and_blame_are_the_networks(usual) -> None:
    now, run, (panels, _) = usual
    data = panels[1].figure.data
    for i, one in enumerate(three.contenders(now, run)):
        fwd = one.trained.run.model.forward(DEFAULT_SENTENCE)
        np.testing.assert_allclose(data[i].z, fwd.h.T[one.reading.order], atol=0.006)
        np.testing.assert_allclose(data[3 + i].y, fwd.p[:, now.answer], atol=1e-4)
        np.testing.assert_allclose(data[6 + i].y, np.log10(one.lengths), atol=1e-4)


@pytest.mark.parametrize("cell", [0, 1, 2])
def test_blame_is_that_of_all_that_is_handed_on(usual, cell: int) -> None:
    now, run, _ = usual
    one = three.contenders(now, run)[cell]
    fwd = one.reading.fwd
    bwd = one.reading.model.backward(fwd, int(fwd.p[-1].argmax()))
    carried = [bwd.signals[name][..., 0] for name in one.reading.model.cell.carry]
    squares = sum((blame**2).sum(axis=1) for blame in carried)
    np.testing.assert_allclose(one.lengths**2, squares)
    assert (one.lengths >= np.linalg.norm(bwd.d_h, axis=1) - 1e-12).all()


def test_facts_are_the_trainings_own(usual) -> None:
    now, run, (panels, _) = usual
    facts = texts(next(p for p in panels if p.name == "three facts").content)
    for one in three.contenders(now, run):
        assert f"{one.reading.model.flat.size:,}" in facts
        assert str(one.trained.run.epoch) in facts


@pytest.mark.parametrize("t", range(10))
def test_each_word_says_each_answer(usual, t: int) -> None:
    now, run, (_, frames) = usual
    said = texts(frames[t].panels["three now"])
    for one in three.contenders(now, run):
        assert f"{one.reading.fwd.p[t, now.answer]:.2f}" in said
        assert one.reading.verdict(t)[0] in said


@pytest.mark.parametrize("text", ["good", "good not " * 20, "not very good"])
@pytest.mark.parametrize("n_hidden", [1, 48])
def test_the_film_stands(text: str, n_hidden: int) -> None:
    now, _, (panels, frames) = made(text, n_hidden)
    assert len(frames) == len(now.words)
    assert json.dumps([frame.panels for frame in frames], allow_nan=False)
    assert all(panel.text for panel in panels)


def test_a_large_network_on_much_data_is_compared_at_a_smaller_size(monkeypatch) -> None:
    monkeypatch.setattr(three, "LARGEST", 58 * 9)
    _, _, (panels, _) = made(n_hidden=16)
    facts = texts(next(p for p in panels if p.name == "three facts").content)
    assert "Each has 8 units (16 would train too long on this data)" in facts


@pytest.mark.parametrize("ends", [[1, 1, 1], [0, 0, 0], [0.5, 0.52, 0.1], [1, 0, 0.5]])
def test_names_keep_apart_and_in_the_picture(ends: list[float]) -> None:
    places = figures.spread(ends, 0.2, 0, 1)
    assert all(b - a >= 0.2 - 1e-9 for a, b in pairwise(sorted(places)))
    assert min(places) >= 0
    assert max(places) <= 1 + 1e-9
    assert np.argsort(places, kind="stable").tolist() == np.argsort(ends, kind="stable").tolist()


@pytest.mark.parametrize("blame", [[0.0, 0.0], [1e-30, 1e-3], [np.inf, 1.0], [np.nan, 1.0], [2, 3]])
def test_any_blame_is_drawn(blame: list[float]) -> None:
    h, p = np.zeros((2, 3)), np.array([0.1, 0.9])
    figure = figures.film([h] * 3, [p] * 3, [np.array(blame)] * 3, "abc", ["x", "<b>not"], "good")
    spec = json.loads(figure.to_json())
    low, high = figure.layout.yaxis5.range
    assert high - low >= 1
    assert all(low <= v <= high for trace in spec["data"][6:] for v in trace["y"])
    assert "<b>not" not in json.dumps(spec)


def test_the_figure_keeps_the_house_rules(usual) -> None:
    figure = usual[2][0][1].figure
    spec = json.loads(figure.to_json())
    spec["layout"].pop("template", None)
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}", json.dumps(spec))) <= set(theme.DARK)
    assert all(axis.fixedrange and axis.range for axis in figure.select_xaxes())
    assert all(axis.fixedrange and axis.range for axis in figure.select_yaxes())
    assert len({look for look in figures.LOOKS}) == len({dash for _, dash, _ in figures.LOOKS}) == 3
