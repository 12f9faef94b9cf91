"""The box, what a click in a film makes of the settings, and what is held by hand."""

import numpy as np
import pytest
import streamlit as st

from rnn_core import Intervention
from tests.apptest import film, key, open_app, owner, value
from ui.kit import settings
from ui.sequence import box, events, interventions


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> dict:
    """A session without a browser, for what needs no page."""
    kept: dict = {}
    if "app" not in request.node.name:
        monkeypatch.setattr(st, "session_state", kept)
    return kept


@pytest.mark.parametrize(
    ("text", "n_words", "cut"),
    [("good", 1, False), ("good " * 40, 40, True), ("good not " * 100, 40, True),
     ("x" * 200, 1, False), ("x" * 5000, 1, True), ("a " * 41, 40, True), ("", 0, False)],
)  # fmt: skip
def test_trim(text: str, n_words: int, cut: bool) -> None:
    kept, said = box.trim(text)
    assert len(kept) <= box.MAX_CHARACTERS
    assert len(kept.split()) == n_words
    assert bool(said) == (cut and kept != text)


@pytest.mark.parametrize("name", ["s", "s2"])
def test_a_click_on_a_suggestion_is_read_in_its_own_box(session: dict, name: str) -> None:
    session["chips"] = {"click": {"read": "i am good"}}
    settings.put(t=3)
    events.sentence_clicked("chips", name)()
    assert settings.get(name) == "i am good"
    assert settings.get("t") == (None if name == "s" else 3)


@pytest.mark.parametrize("click", [None, {}, {"read": 5}, {"read": None}])
def test_a_click_without_a_sentence_changes_nothing(session: dict, click: dict | None) -> None:
    session["chips"] = {"click": click}
    events.sentence_clicked("chips")()
    assert settings.get("s") == settings.TABLE["s"].default


def test_a_film_that_rests_is_heard(session: dict) -> None:
    session["film"] = {"step": {"at": 4, "of": events.identity("i am bad"), "when": 1}}
    events.film_moved("film")()
    assert settings.get("t") == 5


def test_a_film_of_which_another_was_asked_for_meanwhile_is_not_heard(session: dict) -> None:
    session["film"] = {"step": {"at": 4, "of": events.identity("i am bad"), "when": 1}}
    box.read("i am bad")
    events.film_moved("film")()
    assert settings.get("t") is None


@pytest.mark.parametrize(
    ("click", "unit", "t"),
    [({"y": 0, "step": 2}, 7, 3), ({"y": 2, "step": 0}, 5, 1), ({"y": 99, "step": 0}, 5, 1),
     ({"move": -1, "step": 1}, 7, 2), ({"move": 1, "step": 1}, 5, 2),
     ({"y": 0.5, "curve": 1, "step": 1}, None, 2), ({"y": 0, "curve": 1, "step": 1}, None, 2)],
)  # fmt: skip
def test_a_click_on_a_cell_chooses_unit_and_word(session: dict, click, unit, t) -> None:
    session["film"] = {"click": click}
    events.cell_clicked("film", [7, 1, 5], unit=1)()
    assert (settings.get("unit"), settings.get("t")) == (unit, t)


@pytest.mark.parametrize("one", [
    Intervention("f", 1.0), Intervention("i", 0.25, (3,), (0,), 2),
    Intervention("h", -1.0, (0, 1, 2, 7), tuple(range(5, 40))),
])  # fmt: skip
def test_what_is_held_survives_its_link(one: Intervention) -> None:
    interventions.hold(one)
    assert interventions.held() == (one,)


@pytest.mark.parametrize("text", [
    "f", "f_x_all_all_0", "f_nan_all_all_0", "f_1_-3_all_0", "f_1_all_0_0", "f_1_all_9-3_0",
    "_1_all_all_0", "f_1_all_all_0_0", "f_1_all_1-99999999999_0", "f_1__all_0",
])  # fmt: skip
def test_nonsense_in_a_link_is_left_out_and_said(text: str) -> None:
    settings.put(hold=f"{text}~i_0_all_all_0")
    assert interventions.held() == (Intervention("i", 0.0),)
    assert "cannot be held" in settings.owner().notes[0]


def test_what_is_held_at_the_same_place_gives_way() -> None:
    interventions.hold(Intervention("f", 1.0), Intervention("i", 0.0))
    interventions.hold(Intervention("f", 0.5))
    assert interventions.held() == (Intervention("i", 0.0), Intervention("f", 0.5))
    for unit in range(40):
        interventions.hold(Intervention("f", 1.0, (unit,)))
    assert len(interventions.held()) == interventions.MOST


@pytest.mark.parametrize("name", ["read", "step_back"])
def test_in_the_app_a_held_gate_is_said_and_freed(name: str) -> None:
    app = open_app(name, cell="lstm", units=4, hold="f_1_all_all_0~i_0_all_3-40_0")
    assert not app.error
    held = [m.value for m in app.markdown if "Held by hand" in m.value]
    assert held == ["**Held by hand:** f = 1; i = 0 from word 3 on."]
    before = film(app)
    app.button(key="free").click().run()
    assert not [m.value for m in app.markdown if "Held by hand" in m.value]
    assert film(app) != before


def test_in_the_app_what_does_not_fit_is_let_go_and_said() -> None:
    app = open_app("read", cell="gru", units=4, hold="f_1_all_all_0~z_9_all_all_0")
    assert value(app, "hold") == "z_1_all_all_0"
    assert any("what was held there is free" in info.value for info in app.info)


def test_in_the_app_an_example_is_read_and_asked_again_begins_anew() -> None:
    app = open_app("start")
    app.menu_button(key="examples").click("i am good").run()
    assert app.text_input(key=key(app, "s")).value == "i am good"
    begun = film(app)["identity"]
    assert begun.startswith("i am good ")
    assert film(app.run())["identity"] == begun
    app.menu_button(key="examples").click("i am good").run()
    assert film(app)["identity"] != begun


def test_in_the_app_the_answer_wanted_is_the_label_until_it_is_changed() -> None:
    app = open_app("step_back", s="i am not bad", units=4)
    assert "positive" in np.array(owner(app).choices["target"].allowed)
    assert value(app, "target") is None
    widget = app.segmented_control(key=key(app, "target"))
    other = {"positive": "negative", "negative": "positive"}[widget.value]
    widget.set_value(other).run()
    assert value(app, "target") == other
    app.text_input(key=key(app, "s")).set_value("i am bad").run()
    assert value(app, "target") is None
