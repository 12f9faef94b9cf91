"""Step back, run without a browser: what its settings say is what it shows."""

import json

import numpy as np
import pytest

from rnn_core import CELLS
from tests.apptest import film, key, open_app, payloads, texts, value
from ui.sequence import models
from ui.step_back.page import LEARNING, opening
from ui.step_back.text import TABS

SHORT = {"s": "i am not bad", "units": 4, "epoch": 2}


def panel(app, name: str) -> dict:
    return next(p for sent in payloads(app) for p in sent["panels"] if p["name"] == name)


def stands(app) -> None:
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("cell", CELLS)
def test_the_gradient_is_that_of_the_model_on_the_card(cell: str) -> None:
    app = open_app("step_back", cell=cell, target="negative", below=TABS["gates"], **SHORT)
    stands(app)
    usual = models.recommended("sentiment", 4, models.Architecture(cell, 1, False))
    model = models.training("sentiment", usual).run.snapshot_at(2).model
    fwd = model.forward(SHORT["s"])
    d_h = model.backward(fwd, "negative").d_h
    heat = panel(app, "gradient")["figure"]["data"][0]
    rows = [row[0][0] for row in heat["customdata"]]
    np.testing.assert_allclose(heat["z"], d_h.T[rows] / np.abs(d_h).max(), atol=5e-4)
    names = [p["name"] for sent in payloads(app) for p in sent["panels"]]
    assert ("gates" in names) == (cell != "rnn")
    assert json.dumps(payloads(app), allow_nan=False)


def test_settings_that_were_not_chosen_are_the_model_s() -> None:
    app = open_app("step_back", **SHORT)
    usual = models.recommended("sentiment", 4)
    assert app.select_slider(key=key(app, "step_lr")).value == usual.lr
    assert app.select_slider(key=key(app, "step_at")).value == usual.clip_at
    last = texts(film(app)["frames"][-1]["panels"]["code"])
    assert f"η = {usual.lr:g}: " in last
    assert "every entry cut" in last
    app.select_slider(key=key(app, "step_lr")).set_value(0.5).run()
    assert value(app, "step_lr") == 0.5
    assert "η = 0.5: " in texts(film(app)["frames"][-1]["panels"]["code"])


def test_a_link_truncates_clips_and_scales() -> None:
    app = open_app("step_back", k=2, step_clip="norm", step_at=0.01, scale="log", **SHORT)
    stands(app)
    assert "Truncation lets it reach 2 words" in texts(panel(app, "gradient look")["content"])
    assert "where no gradient arrives" in texts(panel(app, "attribution look")["content"])
    last = texts(film(app)["frames"][-1]["panels"]["code"])
    assert "the whole scaled to length 0.01" in last
    assert np.abs(panel(app, "gradient")["figure"]["data"][0]["z"]).max() == 1


def shown(app) -> str:
    """The heading: what is wanted, and how sure and how wrong the network is."""
    return texts(panel(app, "heading")["content"])


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("text", ["i am not at all bad or sad right now", "good", "i am very bad"])
def test_it_opens_where_something_happens(cell: str, text: str) -> None:
    app = open_app("step_back", cell=cell, s=text, units=8)
    stands(app)
    assert (value(app, "epoch"), value(app, "f")) == (None, None)
    run = models.training(
        "sentiment", models.recommended("sentiment", 8, models.Architecture(cell))
    ).run
    ids = run.model.vocabulary.encode(text).ids
    epoch = opening(run, run.epoch, run.dataset.known_label(text), tuple(ids.tolist()))
    model = run.snapshot_at(epoch).model
    fwd = model.forward(ids)
    target = run.dataset.known_label(text) or model.classes[int(fwd.p[-1].argmax())]
    loss = model.loss(fwd, target)
    assert f"loss L = {loss:.3f}" in shown(app)
    assert 0 < epoch < run.epoch
    if any(LEARNING[0] <= kept.model.loss(kept.model.forward(ids), target) <= LEARNING[1]
           for kept in run.snapshots[1:3]):  # fmt: skip
        assert LEARNING[0] <= loss <= LEARNING[1]
    again = open_app("step_back", cell=cell, s=text, units=8)
    assert shown(again) == shown(app)
    assert open_app("read", cell=cell, s=text, units=8).query_params.get("epoch") is None


def test_an_epoch_that_is_chosen_is_the_one_shown_and_the_answer_does_not_move_it() -> None:
    text = "i am not bad"
    first = shown(open_app("step_back", s=text, units=4, target="positive"))
    other = shown(open_app("step_back", s=text, units=4, target="negative"))
    p, q = (float(one.partition("P = ")[2][:4]) for one in (first, other))
    assert p + q == pytest.approx(1, abs=0.011)  # one network, asked for two answers
    assert shown(open_app("step_back", **{**SHORT, "epoch": 0})) != first


def test_by_line_is_a_link_and_a_click_leads_there_and_back() -> None:
    app = open_app("step_back", by="line", f=9, **SHORT)
    stands(app)
    assert len(film(app)["frames"]) > 20
    assert film(app)["step"] == 8
    assert "line 5 of" in film(app)["frames"][8]["label"]


def test_a_frame_that_is_not_there_is_moved_and_said() -> None:
    app = open_app("step_back", f=999, unit=-5, **SHORT)
    assert (value(app, "f"), value(app, "unit"), film(app)["step"]) == (7, 0, 6)
    assert [info.value for info in app.info if "There is no frame 999" in info.value]


def test_a_held_gate_is_said_and_freed() -> None:
    app = open_app("step_back", cell="lstm", hold="f_1_all_all_0~i_0_all_3-40_0", **SHORT)
    stands(app)
    held = [m.value for m in app.markdown if "Held by hand" in m.value]
    assert held == ["**Held by hand:** f = 1; i = 0 from word 3 on."]
    before = film(app)
    app.button(key="free").click().run()
    assert not [m.value for m in app.markdown if "Held by hand" in m.value]
    assert film(app) != before


@pytest.mark.parametrize("text", ["", "zebra quagga", "<b>good</b> $x$ *not*", "good " * 400])
def test_it_stands_for_any_sentence(text: str) -> None:
    app = open_app("step_back", **{**SHORT, "s": text})
    stands(app)
    assert payloads(app)


def test_while_the_model_is_trained_its_box_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.kit.jobs.AT_ONCE_S", 0.0)
    monkeypatch.setattr(models.Training, "advance", lambda self, budget_s: None)
    app = open_app("step_back", units=2, seed=777)
    stands(app)
    assert app.text_input(key=key(app, "s")).value
    assert not [sent for sent in payloads(app) if sent["transport"]]
