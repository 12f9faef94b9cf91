"""The session's owner: what it makes of numbers, links and notes."""

import pytest
import streamlit as st

from ui import controls, state
from ui.state import films


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict:
    """A session without a browser, and an address bar that is a dict."""
    kept: dict = {}
    monkeypatch.setattr(st, "session_state", kept)
    monkeypatch.setattr(st, "query_params", {})
    return kept


@pytest.mark.parametrize(
    ("text", "value"),
    [("7", 7), ("-1", -1), ("007", 7), ("٣", None), ("", None), ("-", None), ("--1", None),
     ("1.5", None), ("1e9", None), ("x", None), (" 7", None), ("1" * 13, None), ("²", None)],
)  # fmt: skip
def test_whole_number(text: str, value: int | None) -> None:
    assert state.whole_number(text) == value


def test_a_note_is_kept_once(session: dict) -> None:
    state.note("a")
    state.note("a")
    assert session["notes"] == ["a"]


@pytest.mark.parametrize(("value", "shown"), [(None, 4), (3, 3), (99, 9), (-2, 1)])
def test_chosen_is_in_range(session: dict, value: int | None, shown: int) -> None:
    session["t"] = value
    assert state.chosen("t", 1, 9, 4) == shown
    assert bool(session.get("notes")) == (value not in (None, shown))


@pytest.mark.parametrize(
    ("raw", "corrected", "said"),
    [("17", 16, "the nearest that there is: 16"), ("999999", 64, "64"), ("-3", 8, "8"),
     ("x", 16, "not a whole number"), ("1.5", 16, "not a whole number"), ("24", None, ""),
     (None, None, "")],
)  # fmt: skip
def test_a_link_s_number_goes_to_the_nearest(session, raw, corrected, said) -> None:
    if raw is not None:
        st.query_params["units"] = raw
    state.number_from_link("units", [8, 16, 24, 64], 16)
    assert session.get("units") == corrected
    assert session["corrections"] == ({} if corrected is None else {"units": corrected})
    assert said in "".join(session.get("notes", []))
    assert bool(said) == bool(session.get("notes"))


def test_a_correction_is_made_in_two_runs_and_said_once(session: dict) -> None:
    st.query_params["units"] = "17"
    for _ in range(2):
        session.pop("units", None)
        state.number_from_link("units", [8, 16, 24, 64], 16)
        assert session["units"] == 16
    session.pop("units")
    state.number_from_link("units", [8, 16, 24, 64], 16)
    assert "units" not in session
    assert len(session["notes"]) == 1


@pytest.mark.parametrize(("raw", "n_notes"), [("good", 0), ("zzz", 1), ("", 1), (None, 0)])
def test_a_link_s_choice_is_known_or_said_once(session, raw, n_notes) -> None:
    if raw is not None:
        st.query_params["order"] = raw
    for _ in range(2):
        state.choice_from_link("order", ["good", "bad"])
    assert len(session.get("notes", [])) == n_notes


@pytest.mark.parametrize(("raw", "t", "n_notes"), [("3", 3, 0), ("abc", None, 1), ("٣", None, 1)])
def test_a_link_s_step(session, raw, t, n_notes) -> None:
    st.query_params["t"] = raw
    state.open_link()
    state.open_link()
    assert session["t"] == t
    assert len(session.get("notes", [])) == n_notes


@pytest.mark.parametrize(("version", "n_notes"), [("1", 0), ("9", 1), ("", 1)])
def test_a_link_of_another_version_is_said(session, version, n_notes) -> None:
    st.query_params["v"] = version
    state.open_link()
    assert len(session.get("notes", [])) == n_notes


def test_a_new_sentence_begins_at_its_own_end(session: dict) -> None:
    session["t"] = 3
    state.read("good")
    session["s"] = "bad"  # a tick that was on its way
    state.fill("s")
    assert (session["s"], session["t"]) == ("good", None)
    session["s"] = "typed after"
    state.fill("s")
    assert session["s"] == "typed after"


def test_a_film_that_rests_is_heard(session: dict) -> None:
    session["film"] = {"step": {"at": 4, "when": 1}}
    films.film_moved("film")()
    assert session["t"] == 5


@pytest.mark.parametrize(
    ("click", "unit", "t"),
    [({"y": 0, "step": 2}, 7, 3), ({"y": 2, "step": 0}, 5, 1), ({"y": 99, "step": 0}, 5, 1),
     ({"move": -1, "step": 1}, 7, 2), ({"move": 1, "step": 1}, 5, 2),
     ({"y": 0.5, "curve": 1, "step": 1}, None, 2), ({"y": 0, "curve": 1, "step": 1}, None, 2)],
)  # fmt: skip
def test_a_click_on_a_cell_chooses_unit_and_word(session, click, unit, t) -> None:
    session["film"] = {"click": click}
    films.cell_clicked("film", [7, 1, 5], unit=1)()
    assert (session.get("unit"), session["t"]) == (unit, t)


@pytest.mark.parametrize("click", [None, {}, {"read": 5}, {"read": None}])
def test_a_click_without_a_sentence_changes_nothing(session, click) -> None:
    session["chips"] = {"click": click}
    films.word_clicked("chips", "s")()
    state.fill("s")
    assert "s" not in session


@pytest.mark.parametrize("box", ["s", "s2"])
def test_a_click_on_a_suggestion_is_read_in_its_own_box(session: dict, box: str) -> None:
    session["chips"] = {"click": {"read": "i am good"}}
    session["t"] = 3
    films.word_clicked("chips", box)()
    for any_box in ("s", "s2"):
        state.fill(any_box)
    assert session[box] == "i am good"
    assert ("s" in session) == (box == "s")
    assert session["t"] == (None if box == "s" else 3)


@pytest.mark.parametrize(
    ("text", "n_words", "cut"),
    [("good", 1, False),
     ("good " * 40, 40, True), ("good not " * 100, 40, True), ("x" * 200, 1, False),
     ("x" * 5000, 1, True), ("a " * 41, 40, True), ("", 0, False)],
)  # fmt: skip
def test_trim(text: str, n_words: int, cut: bool) -> None:
    kept, said = controls.trim(text)
    assert len(kept) <= controls.MAX_CHARACTERS
    assert len(kept.split()) == n_words
    assert bool(said) == (cut and kept != text)
