"""Every page of PAGES, run without a browser: it stands, and its numbers are the network's."""

import json
from dataclasses import replace

import numpy as np
import pytest

from rnn_core import CELLS, Model
from tests.apptest import EXISTING, film, open_app, payloads, texts
from ui import models
from ui.controls import DEFAULT_UNITS
from ui.frame import PAGES
from ui.read_lenses import LENSES
from ui.reading import Reading
from ui.state import DEFAULT_SENTENCE
from ui.unit_sum import unit_sum
from ui.words import number

READERS = [name for name in ("start", "read", "step_back") if name in EXISTING]
SENTENCES = {
    "nothing": "",
    "blanks": "   ",
    "unknown words only": "zebra quagga",
    "one word": "good",
    "forty words": "good not " * 20,
    "too many words": "good " * 400,
    "5 kB": "x" * 5000,
    "emoji": "i am \U0001f600 good \U0001f468‍\U0001f469‍\U0001f467",
    "right to left": "שלום good \u202eabc",
    "a script": "<script>alert(1)</script> good",
    "a tag": "<b>good</b> not",
    "marks upon marks": "g" + "\u0301" * 300 + " good",
    "a null": "good\x00bad",
    "markdown": "$x$ *good* :red[not]",
}


def usual_model() -> Model:
    return models.trained("sentiment", models.recipe("sentiment", DEFAULT_UNITS, 0)).run.model


def stands(app) -> None:
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("name", EXISTING)
def test_page_stands(name: str) -> None:
    app = open_app(name)
    stands(app)
    assert app.title[0].value == PAGES[name].question


@pytest.mark.parametrize("name", EXISTING)
def test_every_figure_has_a_name(name: str) -> None:
    figures = [
        panel
        for payload in payloads(open_app(name))
        for panel in payload["panels"]
        if panel["kind"] == "figure"
    ]
    assert all(figure["label"].strip() for figure in figures)
    assert figures or name not in READERS


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
@pytest.mark.parametrize("name", READERS)
def test_page_stands_for_any_sentence(name: str, sentence: str) -> None:
    app = open_app(name)
    app.text_input(key="s").set_value(sentence).run()
    stands(app)
    assert payloads(app)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("", "Type a sentence"),
        ("zebra quagga", "zebra, quagga"),
        ("good " * 400, "only its first 40 words"),
        ("x" * 5000, "xxx"),
        ("not very good", "“not very” never occurs"),
        ("good good good", "“good good” never occurs"),
        ("goof", "It knows 18 words"),
        ("i am goodd", "Nearest: good"),
        ("good!", "only words are read: !"),
    ],
)
def test_what_is_odd_is_said(sentence: str, said: str) -> None:
    app = open_app("read")
    app.text_input(key="s").set_value(sentence).run()
    chips = next(p for p in payloads(app) if p["panels"][0]["name"] == "chips")
    assert said in texts(chips["panels"][0]["content"])


@pytest.mark.parametrize("name", ["start", "read"])
def test_heatmap_is_the_hidden_state(name: str) -> None:
    model = usual_model()
    fwd = model.forward(DEFAULT_SENTENCE)
    panel = next(p for p in film(open_app(name))["panels"] if p["name"] == "states")
    heat, curve = panel["figure"]["data"]
    rows = [row[0][1] for row in heat["customdata"]]
    np.testing.assert_allclose(heat["z"], fwd.h.T[rows], atol=5e-5)
    np.testing.assert_allclose(curve["y"], fwd.p[:, model.classes.index("positive")], atol=5e-5)


@pytest.mark.parametrize("t", range(10))
@pytest.mark.parametrize("unit", [0, 7])
def test_arithmetic_is_the_network_s(t: int, unit: int, read_unit) -> None:
    model = usual_model()
    fwd = model.forward(DEFAULT_SENTENCE)
    now = Reading(model, model.vocabulary.encode(DEFAULT_SENTENCE))
    parts = unit_sum(now, t, unit)
    panels = read_unit(unit)["frames"][t]["panels"]
    sums = texts(panels["sum"])
    for value in (parts.word, parts.memory.sum(), parts.bias, parts.total):
        assert number(value) in sums
    assert number(fwd.h[t, unit]) in texts(panels["result"])
    assert panels["squash"]["data"]["1"]["y"][1] == pytest.approx(fwd.h[t, unit], abs=5e-5)


@pytest.fixture(scope="module")
def read_unit():
    """The Read page's film for a chosen unit, each made once."""
    made: dict[int, dict] = {}

    def get(unit: int) -> dict:
        if unit not in made:
            made[unit] = film(open_app("read", unit=unit, opened=True))
        return made[unit]

    return get


@pytest.mark.parametrize(
    ("name", "value", "now", "said"),
    [("t", 999, 10, "There is no word 999"), ("t", -1, 1, "There is no word -1"),
     ("unit", 999, 15, "There is no unit 999"), ("unit", -5, 0, "There is no unit -5")],
)  # fmt: skip
def test_a_number_out_of_reach_is_moved_and_said(name: str, value: int, now: int, said: str):
    app = open_app("read", opened=True, **{name: value})
    assert app.session_state[name] == now
    assert [info.value for info in app.info if said in info.value]
    assert not app.run().info


def test_examples_are_read() -> None:
    app = open_app("start")
    app.button(key="example 0").click().run()
    assert app.text_input(key="s").value == "i am good"
    begun = film(app)["identity"]
    assert begun.startswith("i am good ")
    app.run()
    assert film(app)["identity"] == begun
    app.button(key="example 0").click().run()
    assert film(app)["identity"] != begun  # the same one asked for again begins anew


@pytest.mark.parametrize("lens", LENSES)
@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("units", [8, 64])
def test_every_lens_stands(lens: str, cell: str, units: int) -> None:
    app = open_app("read", lens=lens, cell=cell)
    app.select_slider(key="units").set_value(units).run()
    stands(app)
    assert json.dumps(payloads(app))


def test_reading_builds_its_figure_once() -> None:
    model = usual_model()
    reading = Reading(model, model.vocabulary.encode("i am good"))
    assert reading.figure is reading.figure


def test_a_finished_model_is_shared_and_a_visitor_s_own_is_not() -> None:
    trained = models.trained("sentiment", models.recipe("sentiment", DEFAULT_UNITS, 0))
    assert models.model_at(trained, 1) is models.model_at(trained, 1)
    own = replace(trained, where="on the Train page")
    assert models.model_at(own, 1) is not models.model_at(own, 1)
    np.testing.assert_array_equal(models.model_at(own, 1).flat, trained.run.snapshots[1].flat)
