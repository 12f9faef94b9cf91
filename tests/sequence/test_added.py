"""A sentence with an unknown word is added to the data; it is known then; there is a way back."""

import pytest
import streamlit as st

from rnn_core import Encoding, load_dataset
from rnn_core.datasets import from_rows
from tests.apptest import film, open_app, owner, payloads, texts, value
from ui.kit import settings
from ui.sequence import added, datasets, events
from ui.sequence.datasets import OWN, Own
from ui.sequence.own_data import rows

FINE = "this is fine"
SMALL = load_dataset("sentiment")


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> dict:
    """A session without a browser."""
    kept: dict = {}
    monkeypatch.setattr(st, "session_state", kept)
    settings.put(s=FINE)
    return kept


def offered(text: str, data: str = "sentiment") -> list[str]:
    """The labels that are offered for a sentence."""
    settings.put(data=data)
    vocabulary = datasets.data().vocabulary
    encoding: Encoding = vocabulary.encode(text)
    return [
        texts(button)
        for line in added.offers(encoding, vocabulary)
        for button in line[3:]
        if button != " "
    ]


def clicked(session: dict, label: str) -> None:
    session["remarks shown"] = {"click": {"add": label}}
    events.sentence_clicked("remarks shown")()


@pytest.mark.usefixtures("session")
def test_it_is_offered_where_a_word_is_unknown_and_can_be_taught() -> None:
    assert offered(FINE) == ["negative", "positive"]
    assert offered("fine") == ["negative", "positive"]
    assert offered("this is good") == []
    assert offered(FINE, "parity") == []  # a task: its rule says what is right
    assert offered(FINE, "rhymes") == []  # a text: there are no labels
    everyday = datasets.checkpoint().model.vocabulary
    assert added.offers(everyday.encode("zebrafication"), everyday) == []


def test_a_click_adds_the_sentence_once_and_back_takes_it_away(session: dict) -> None:
    clicked(session, "positive")
    data = datasets.data()
    assert (settings.get("data"), settings.get("s")) == (OWN, FINE)
    assert rows(data)[: len(SMALL.train) + 1] == [
        *rows(SMALL)[: len(SMALL.train)], (FINE, "positive", "train"),
    ]  # fmt: skip
    assert len(data.test) == len(SMALL.test)
    assert all(data.vocabulary.encode(FINE).known)
    assert added.last().words == ("fine",)
    settings.put(s="i am hungry")
    clicked(session, "negative")
    assert len(datasets.data().train) == len(SMALL.train) + 2
    added.back()
    assert datasets.data().train.texts == data.train.texts
    assert added.last().words == ("fine",)
    added.back()
    assert (settings.get("data"), added.last(), datasets.own()) == ("sentiment", None, None)
    added.back()
    assert settings.get("data") == "sentiment"


@pytest.mark.parametrize("label", ["neutral", "", "<b>"])
def test_a_label_that_there_is_not_adds_nothing(session: dict, label: str) -> None:
    clicked(session, label)
    assert settings.get("data") == "sentiment"


def with_fine(label: str = "positive"):
    """Read, in a session that has added it."""
    app = open_app("read", s=FINE, model="trained")
    made = from_rows(OWN, [*rows(SMALL), (FINE, label, "train")])
    mine = owner(app)
    mine.kept[OWN] = Own(made)
    mine.kept[added.ADDED] = added.Added(("fine",), label, made, SMALL, None)
    mine.choices["data"].value = OWN
    mine.choices["data"].births += 1
    return app.run()


def test_read_offers_it_beside_the_unknown_word() -> None:
    app = open_app("read", s=FINE, model="trained")
    remarks = next(p for p in payloads(app) if p["panels"][0]["name"] == "remarks")
    assert "add the sentence to the data" in texts(remarks["panels"][0]["content"])
    app = open_app("read", s="fine", model="trained")
    empty = next(p for p in payloads(app) if p["panels"][0]["name"] == "tokens")
    assert "add the sentence to the data" in texts(empty["panels"][0]["content"])


@pytest.mark.parametrize("label", ["positive", "negative"])
def test_trained_again_it_reads_the_word_as_it_was_told(label: str) -> None:
    app = with_fine(label)
    assert not app.exception
    assert not app.error
    heading = texts(film(app)["frames"][-1]["panels"]["heading"])
    assert f"it says {label}" in heading
    assert "3 words" in heading
    assert [m for m in app.markdown if "One of 59 training sentences has “fine” now" in m.value]
    app.button(key="added back").click().run()
    assert (value(app, "data"), value(app, "s")) == ("sentiment", FINE)
    assert "2 words" in texts(film(app)["frames"][-1]["panels"]["heading"])


def test_few_ways_back_are_kept_and_the_data_stays(session: dict) -> None:
    for i in range(added.MOST_BACK + 2):
        settings.put(s=f"this is fine{i}")
        clicked(session, "positive")
    n = len(datasets.data().train)
    steps = 0
    while added.last():
        added.back()
        steps += 1
    assert steps == added.MOST_BACK
    assert settings.get("data") == OWN
    assert len(datasets.data().train) == n - added.MOST_BACK
