"""Every page of PAGES, run without a browser: it stands, whatever is typed."""

import numpy as np
import pytest

from tests.apptest import EXISTING, film, key, open_app, payloads, texts, value
from ui.kit.frame import PAGES
from ui.kit.table import TABLE
from ui.sequence import models

READERS = ["start", "read", "step_back"]
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


def stands(app) -> None:
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("name", EXISTING)
def test_page_stands_and_every_figure_has_a_name(name: str) -> None:
    app = open_app(name)
    stands(app)
    assert app.title[0].value == PAGES[name].question
    figures = [
        panel
        for payload in payloads(app)
        for panel in payload["panels"]
        if panel["kind"] == "figure"
    ]
    assert all(figure["label"].strip() for figure in figures)
    assert figures or name not in READERS


def test_start_stands_for_any_sentence() -> None:
    app = open_app("start")
    for sentence in SENTENCES.values():
        app.text_input(key=key(app, "s")).set_value(sentence).run()
        stands(app)
        assert payloads(app)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("", "Type a sentence"),
        ("zebra quagga", "zebra, quagga"),
        ("good " * 400, "only its first 40 words"),
        ("x" * 5000, "nothing to read: xx"),
        ("not very good", "“not very” never occurs"),
        ("good good good", "“good good” never occurs"),
        ("goof", "It knows 18 words"),
        ("i am goodd", "Nearest: good"),
        ("good!", "only words are read: !"),
    ],
)
def test_what_is_odd_is_said(sentence: str, said: str) -> None:
    app = open_app("read", model="trained")
    app.text_input(key=key(app, "s")).set_value(sentence).run()
    first = [payload["panels"][0] for payload in payloads(app)]
    remarks = next(panel for panel in first if panel["name"] in ("remarks", "tokens"))
    assert said in texts(remarks["content"])


@pytest.mark.parametrize("name", ["read", "step_back", "check"])
def test_the_everyday_model_is_offered_for_words_that_the_small_one_does_not_know(
    name: str,
) -> None:
    app = open_app(name, s="the movie was not good", model="trained")
    offers = [p for p in payloads(app) if "read it with the everyday model" in str(p)]
    assert len(offers) == 1
    other = open_app(name, s="the movie was not good", model="everyday")
    assert not [p for p in payloads(other) if "read it with the everyday model" in str(p)]
    assert not other.error


def test_start_reads_everyday_words_until_another_network_is_chosen() -> None:
    strip = film(open_app("start", s="the movie wasn’t good"))["panels"][1]
    assert [m["text"][0][1] for m in strip["marks"] if m.get("look") == "x"] == [
        "the", "movie", "was", "n’t", "good"]  # fmt: skip
    said = str(payloads(open_app("start", s="the movie wasn’t good", cell="gru")))
    assert "None of these words" not in said
    assert "unknown" in said


def test_too_little_read_comes_before_the_verdict() -> None:
    app = open_app("start", s="good xylophone quark zebrafish")
    heading = film(app)["frames"][-1]["panels"]["heading"]
    assert "read 1 of 4 words · it says" in texts(heading)


def test_the_heatmap_is_the_hidden_state() -> None:
    app = open_app("start", model="trained")
    model = models.training("sentiment", models.recommended("sentiment")).run.model
    fwd = model.forward(TABLE["s"].default)
    panel = next(p for p in film(app)["panels"] if p["name"] == "states")
    heat, curve = panel["figure"]["data"][:2]
    rows = [row[0][1] for row in heat["customdata"]]
    np.testing.assert_allclose(heat["z"], fwd.h.T[rows], atol=5e-5)
    np.testing.assert_allclose(curve["y"], fwd.p[:, model.classes.index("positive")], atol=5e-5)


@pytest.mark.parametrize(
    ("name", "asked", "now", "said"),
    [("t", 999, 10, "There is no word 999"), ("t", -1, 1, "There is no word -1")],
)
def test_a_number_out_of_reach_is_moved_and_said(name: str, asked: int, now: int, said: str):
    app = open_app("start", **{name: asked})
    assert value(app, name) == now
    assert [info.value for info in app.info if said in info.value]
    assert not app.run().info


def test_a_finished_model_is_shared() -> None:
    hp = models.recommended("sentiment")
    assert models.training("sentiment", hp) is models.training("sentiment", hp)


def test_of_many_words_new_pairs_are_said_where_they_are_half_of_the_sentence() -> None:
    words = models.vocabulary(usual=True)
    few, many = "the film was happy and the room was", "very under happy room because film"
    counted = [len(words.new_pairs(text.split())) / (len(text.split()) - 1) for text in (few, many)]
    assert 0 < counted[0] < 0.5 <= counted[1]
    said = [str(payloads(open_app("start", s=text))) for text in (few, many)]
    assert ["in training: nothing taught" in text for text in said] == [False, True]


def test_an_empty_box_offers_the_words_that_meet_most_others() -> None:
    panels = [p for sent in payloads(open_app("start", s="")) for p in sent["panels"]]
    shown = next(p for p in panels if p["name"] != "wirings")["content"]
    offered = [child[2] for child in shown[4][2:] if child[0] == "button"]
    met = models.vocabulary(usual=True).pairs
    counts = [sum(word in pair for pair in met) for word in offered]
    assert counts == sorted(counts, reverse=True)
    assert "not" in offered


def test_start_says_for_the_ear_the_unit_that_its_text_names_first() -> None:
    for frame in film(open_app("start"))["frames"]:
        rows = [row for row in texts(frame["panels"]["steps"]).split("unit ")[1:]]
        assert frame["say"].startswith(f"unit {rows[0].split('+')[0].split('−')[0]} ")
