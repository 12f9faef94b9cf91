"""Step back, run without a browser: what its settings say is what it shows."""

import json

import numpy as np
import pytest

from rnn_core import CELLS
from tests.apptest import film, key, open_app, payloads, texts, value
from ui.sequence import models

SHORT = {"s": "i am not bad", "units": 4, "epoch": 2}


def panel(app, name: str) -> dict:
    return next(p for sent in payloads(app) for p in sent["panels"] if p["name"] == name)


def stands(app) -> None:
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("cell", CELLS)
def test_the_gradient_is_that_of_the_model_on_the_card(cell: str) -> None:
    app = open_app("step_back", cell=cell, target="negative", **SHORT)
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
    last = texts(film(app)["frames"][-1]["panels"]["formula"])
    assert f"η = {usual.lr:g}; before it: every entry cut" in last
    app.select_slider(key=key(app, "step_lr")).set_value(0.5).run()
    assert value(app, "step_lr") == 0.5
    assert "η = 0.5;" in texts(film(app)["frames"][-1]["panels"]["formula"])


def test_a_link_truncates_clips_and_scales() -> None:
    app = open_app("step_back", k=2, step_clip="norm", step_at=0.01, scale="log", **SHORT)
    stands(app)
    assert "Truncation lets it reach 2 words" in texts(panel(app, "gradient look")["content"])
    assert "where no gradient arrives" in texts(panel(app, "attribution look")["content"])
    last = texts(film(app)["frames"][-1]["panels"]["formula"])
    assert "the whole scaled to length 0.01" in last
    assert np.abs(panel(app, "gradient")["figure"]["data"][0]["z"]).max() == 1


def test_a_frame_that_is_not_there_is_moved_and_said() -> None:
    app = open_app("step_back", f=999, unit=-5, **SHORT)
    assert (value(app, "f"), value(app, "unit"), film(app)["step"]) == (7, 0, 6)
    assert [info.value for info in app.info if "There is no frame 999" in info.value]


def test_a_held_gate_is_said_and_freed() -> None:
    app = open_app("step_back", cell="lstm", hold="f_1_all_all_0~i_0_all_3-40_0", **SHORT)
    stands(app)
    held = [m.value for m in app.markdown if "Held by hand" in m.value]
    assert held == [":material/pan_tool: **Held by hand:** f = 1; i = 0 from word 3 on."]
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
