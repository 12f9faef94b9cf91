"""Read, run without a browser: what its settings say is what it shows."""

import json

import numpy as np
import pytest

from tests.apptest import film, go_to, key, open_app, payloads, texts, value
from ui.read.page import VIEWS
from ui.sequence import models
from ui.sequence.architecture import Architecture

SHORT = {"s": "i am not bad", "units": 4}
FILMS = {"The whole step": "word", "Gates": "gates", "Intervene on the state": "intervention",
         "Three models": "three", "The path": "path", "Two sentences": "pair",
         "Before and after": "training", "How sure is it?": "sure",
         "Words as vectors": "plane"}  # fmt: skip


def names(app) -> list[str]:
    return [panel["name"] for sent in payloads(app) for panel in sent["panels"]]


def stands(app) -> None:
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize(
    ("name", "cell"),
    [*((name, "rnn") for name in VIEWS), ("The whole step", "gru"), ("Gates", "lstm"),
     ("Intervene on the state", "lstm")],
)  # fmt: skip
def test_every_view_stands_and_only_the_open_one_is_drawn(name: str, cell: str) -> None:
    app = open_app("read", view=name, cell=cell, **SHORT)
    stands(app)
    shown = [view for view, panel in FILMS.items() if panel in names(app)]
    assert shown == ([] if name == "Gates" and cell == "rnn" else [name])
    assert json.dumps(payloads(app), allow_nan=False)


@pytest.mark.parametrize(("signal", "cell"), [("h", "rnn"), ("f", "lstm")])
def test_the_film_is_the_model_s_of_the_card(signal: str, cell: str) -> None:
    app = open_app("read", cell=cell, signal=signal, epoch=3, **SHORT)
    usual = models.recommended("sentiment", 4, Architecture(cell))
    fwd = models.training("sentiment", usual).run.snapshot_at(3).model.forward(SHORT["s"])
    heat, curve = next(p for p in film(app)["panels"] if p["name"] == "states")["figure"]["data"][
        :2
    ]
    rows = [row[0][1] for row in heat["customdata"]]
    np.testing.assert_allclose(heat["z"], fwd.signals[signal][..., 0].T[rows], atol=5e-5)
    np.testing.assert_allclose(curve["y"], fwd.p[:, 1], atol=5e-5)
    assert heat["zmin"] == (0 if signal == "f" else -1)


@pytest.mark.parametrize(("asked", "now"), [(999, 3), (-5, 0)])
def test_a_unit_that_is_not_there_is_moved_and_said(asked: int, now: int) -> None:
    app = open_app("read", **SHORT, unit=asked)
    assert value(app, "unit") == now
    assert [info.value for info in app.info if f"There is no unit {asked}" in info.value]
    assert not app.run().info


def test_a_view_that_is_not_there_is_said() -> None:
    app = open_app("read", view="zzz", **SHORT)
    assert any("There is no view zzz" in info.value for info in app.info)
    assert "word" in names(app)


def test_it_says_which_network_reads_and_in_which_direction() -> None:
    app = open_app("read", cell="gru", layers=2, both=True, **SHORT)
    card = " ".join(markdown.value for markdown in app.markdown)  # behind the model's button
    assert "GRU, 4 units, 2 layers, both directions, seed 0" in card
    look = next(p for p in film(app)["panels"] if p["name"] == "look")
    assert "beside what the backward half made of the whole sentence" in texts(look["content"])


def test_one_click_from_no_gates_to_gates() -> None:
    app = open_app("read", view="Gates", **SHORT)
    assert any("no gates" in markdown.value for markdown in app.markdown)
    app.button(key="become lstm").click().run()
    stands(app)
    assert "gates" in names(app)


def test_another_page_and_back_keep_what_was_chosen() -> None:
    app = open_app("read", view="The path", t=2, unit=1, **SHORT)
    go_to(app, "start")
    go_to(app, "read")
    assert "path" in names(app)
    assert film(app)["step"] == 1
    assert value(app, "unit") == 1


def test_while_the_model_is_trained_its_box_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.kit.jobs.AT_ONCE_S", 0.0)
    monkeypatch.setattr(models.Training, "advance", lambda self, budget_s: None)
    app = open_app("read", seed=713, **SHORT)
    stands(app)
    assert app.text_input(key=key(app, "s")).value == SHORT["s"]
    assert "states" not in names(app)


@pytest.mark.parametrize("text", ["", "zebra quagga", "good", "good not " * 20])
def test_it_stands_for_any_sentence(text: str) -> None:
    app = open_app("read", s=text, units=4, view="The whole step")
    stands(app)
    assert payloads(app)


def test_unknown_words_have_columns_in_the_film_and_in_every_view() -> None:
    for name in VIEWS:
        if name != "Gates":
            app = open_app("read", s="i zebra am not bad quagga", units=4, view=name)
            stands(app)
            drawn = [p for sent in payloads(app) for p in sent["panels"] if p["columns"]]
            assert {p["columns"] for p in drawn} == {6} if name != "Two sentences" else drawn
    assert [frame["at"] for frame in film(app)["frames"]] == [0, 2, 3, 4]


def test_what_is_held_by_hand_is_said_in_the_controls_and_freed_there() -> None:
    app = open_app("read", cell="lstm", hold="f_1_all_3-40_0~i_0_all_3-40_0", **SHORT)
    stands(app)
    assert any("f = 1, i = 0 from word 3 on" in one.value for one in app.markdown)
    app.button(key="free").click().run()
    stands(app)
    assert value(app, "hold") == ""
    assert not [button for button in app.button if button.key == "free"]


def test_for_an_audience_there_is_only_the_film() -> None:
    app = open_app("read", present=True, **SHORT)
    stands(app)
    sent = film(app)
    assert sent["present"] is True
    assert [panel["name"] for panel in sent["panels"]] == ["heading", "strip", "states"]
    assert not app.tabs


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("data", ["bracket_depth", "rhymes"])
def test_every_view_stands_where_an_answer_is_given_at_each_step(
    name: str, data: str, monkeypatch: pytest.MonkeyPatch, own_trainings: None
) -> None:
    monkeypatch.setattr(models, "LONGEST", 2)
    monkeypatch.setattr(models, "LONGEST_OF_MUCH", 1)
    app = open_app("read", view=name, data=data, cell="gru", units=4)
    stands(app)
    assert FILMS[name] in names(app)
    assert json.dumps(payloads(app), allow_nan=False)
