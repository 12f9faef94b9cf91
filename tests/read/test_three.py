"""Three cells on one sentence: the card's own is one of them, the numbers are the networks'."""

import json

import numpy as np
import pytest

from tests.apptest import open_app, payloads, texts
from ui.read import three
from ui.sequence import models
from ui.sequence.architecture import Architecture
from ui.sequence.models import Chosen
from ui.sequence.reading import Reading

TEXT = "i am not bad"


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A visitor without a training of his own, and the usual data."""
    monkeypatch.setattr(models, "session", lambda: None)
    monkeypatch.setattr(models, "data", lambda: models.dataset("sentiment"))


def chosen(n_hidden: int = 4, cell: str = "rnn", n_layers: int = 1, epoch: int | None = None):
    hp = models.recommended("sentiment", n_hidden, Architecture(cell, n_layers))
    return models.of(hp, epoch)


def made(card: Chosen, text: str = TEXT):
    now = Reading(card.model, card.model.vocabulary.encode(text))
    return three.contenders(now, card), *three.film(now, card)


def test_the_three_have_the_same_size_seed_and_data_and_one_is_the_card_s() -> None:
    card = chosen(cell="gru", epoch=3)
    every, panels, _ = made(card)
    assert [one.hp.cell for one in every] == list(three.CELLS)
    assert {(one.hp.n_hidden, one.hp.seed) for one in every} == {(4, 0)}
    assert {id(one.chosen.run.dataset) for one in every} == {id(card.run.dataset)}
    assert every[1].chosen is card
    facts = texts(next(p for p in panels if p.name == "three facts").content)
    assert "The GRU is the one on the card." in facts
    assert f"epochs trained{every[0].chosen.epoch}3{every[2].chosen.epoch}" in facts
    assert "not yet" in facts
    for one in every:
        assert f"{one.reading.model.flat.size:,}" in facts


def test_a_network_of_another_shape_is_compared_with_none_of_its_own() -> None:
    card = chosen(n_layers=2)
    every, panels, _ = made(card)
    assert card not in [one.chosen for one in every]
    assert "on the card" not in texts(next(p for p in panels if p.name == "three facts").content)


def test_states_answers_and_gradients_are_the_networks() -> None:
    card = chosen()
    every, panels, frames = made(card)
    answer = Reading(card.model, card.model.vocabulary.encode(TEXT)).answer
    data = next(panel for panel in panels if panel.name == "three").figure.data
    for i, one in enumerate(every):
        fwd = one.chosen.model.forward(TEXT)
        np.testing.assert_allclose(data[i].z, fwd.h.T[one.reading.order], atol=0.006)
        np.testing.assert_allclose(data[3 + i].y, fwd.p[:, answer], atol=1e-4)
        np.testing.assert_allclose(data[6 + i].y, np.log10(one.lengths), atol=1e-4)
        bwd = one.reading.model.backward(fwd, int(fwd.p[-1].argmax()))
        carried = [bwd.signals[name][..., 0] for name in one.reading.model.cell.carry]
        np.testing.assert_allclose(one.lengths**2, sum((d**2).sum(axis=1) for d in carried))
        for t, frame in enumerate(frames):
            said = texts(frame.panels["three now"])
            assert f"{fwd.p[t, answer]:.2f}" in said
            assert one.reading.verdict(t)[0] in said


@pytest.mark.parametrize(("text", "n_hidden"), [("good", 1), ("good not " * 20, 8)])
@pytest.mark.usefixtures("own_trainings")
def test_the_film_stands(text: str, n_hidden: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(three, "MOST_ROWS", 4)
    hp = models.recommended("sentiment", n_hidden)
    card = Chosen(models.TrainingRun(models.dataset("sentiment"), hp), 0, 0.0, 0.0)
    for other in three.settings_of(card):
        models.training("sentiment", other).cap_s = 0.0  # one epoch will do
    _, panels, frames = made(card, text)
    assert len(frames) == len(text.split())
    assert json.dumps([frame.panels for frame in frames], allow_nan=False)
    assert all(panel.text for panel in panels)


def test_a_size_that_no_gate_can_have_gives_way_and_that_is_said(monkeypatch) -> None:
    monkeypatch.setattr("ui.sequence.architecture.LARGEST", 4 * 4 * 4)
    _, panels, _ = made(chosen(8))
    facts = texts(next(p for p in panels if p.name == "three facts").content)
    assert "Each has 4 units (8 would train too long)" in facts


def test_the_trainings_are_a_job_with_progress() -> None:
    works = [models.Training("sentiment", models.recommended("sentiment", 4, Architecture(cell)), 2)
             for cell in three.CELLS]  # fmt: skip
    work = three.Trainings(works)
    shares = [work.share]
    while not work.done:
        work.advance(1e-9)
        shares.append(work.share)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)
    assert [one.run.epoch for one in works] == [2, 2, 2]
    assert "Training the LSTM on 58 sentences: epoch 2" in three._progress(work)


def test_in_the_app_progress_stands_where_the_picture_will_be() -> None:
    open_app("read", units=4, seed=7)  # the card's own is trained
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ui.kit.jobs.AT_ONCE_S", 0.0)
        patch.setattr(models.Training, "advance", lambda self, budget_s: None)
        app = open_app("read", units=4, seed=7, view="Three models")
        assert not app.exception
        names = [panel["name"] for sent in payloads(app) for panel in sent["panels"]]
        assert "states" in names
        assert "three" not in names
    app.run()
    assert "three" in [panel["name"] for sent in payloads(app) for panel in sent["panels"]]
