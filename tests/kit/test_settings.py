"""The owner of all settings: tables and addresses, widgets, notes, and what comes too late."""

import math

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some

from ui.kit import address, settings
from ui.kit.table import TABLE, VERSION


class Address(dict):
    """An address bar: what st.query_params does, without a browser."""

    to_dict = dict.copy

    def from_dict(self, now: dict) -> None:
        self.clear()
        self.update(now)


@pytest.fixture(autouse=True)
def session(monkeypatch: pytest.MonkeyPatch) -> dict:
    """A session without a browser; the widgets' values are what the test puts into it."""
    kept: dict = {}
    monkeypatch.setattr(st, "session_state", kept)
    monkeypatch.setattr(st, "query_params", Address())
    monkeypatch.setattr(st, "html", lambda *args, **more: None)
    monkeypatch.setattr(st, "info", lambda text, **more: shown.append(text))
    shown.clear()
    return kept


shown: list[str] = []


def widget(name: str, allowed=(), usual=None) -> tuple[str, object]:
    """Draw a setting's widget; the key and the value that it is born with."""
    return settings.view(name, lambda key, now: (key, now), allowed, usual)


def run(page: str) -> None:
    """A run of a page that draws nothing."""
    address.begin(page)
    address.end()


def go_back(**address: str) -> None:
    """The browser's Back: another address, marked by address.js."""
    go_back.times += 1
    st.query_params.from_dict({**address, "back": str(go_back.times)})


go_back.times = 0


# ---- the table ----


def test_every_value_of_the_table_comes_back_from_an_address() -> None:
    for setting in TABLE.values():
        for value in setting.allowed or ["ü & <b> = *"]:
            assert setting.parse(setting.text(value)) == value
        assert setting.default is None or not setting.allowed or setting.default in setting.allowed


@given(name=some.sampled_from(list(TABLE)), text=some.text(max_size=30) | some.floats().map(str))
def test_whatever_an_address_says_is_put_right(name: str, text: str) -> None:
    setting = TABLE[name]
    value = setting.parse(text)
    good = setting.nearest(value)
    assert good is None or isinstance(good, setting.kind)
    assert not isinstance(good, float) or math.isfinite(good)
    assert not setting.allowed or good is None or good in setting.allowed


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [("units", "17", 16), ("units", "999999", 256), ("units", "-3", 1), ("units", "x", None),
     ("units", "1.5", None), ("units", "٣", None), ("units", "1" * 13, None), ("seed", "007", 7),
     ("lr", "0.05", 0.05), ("lr", "1e-2", 0.01), ("lr", "nan", None), ("lr", "inf", None),
     ("cell", "LSTM", "lstm"), ("cell", "zzz", "rnn"), ("both", "TRUE", True), ("both", "2", None)],
)  # fmt: skip
def test_numbers_go_to_the_nearest_and_choices_are_known_in_any_spelling(name, text, value):
    assert TABLE[name].nearest(TABLE[name].parse(text)) == value


# ---- the address ----


def test_a_link_is_read_and_its_address_left_alone() -> None:
    st.query_params.update(s="not bad", cell="lstm", units="8", seed="3")
    run("read")
    assert [settings.get(name) for name in ("s", "cell", "units", "seed")] == [
        "not bad", "lstm", 8, 3]  # fmt: skip
    assert "v" not in st.query_params
    run("train")
    assert st.query_params == {
        "s": "not bad", "cell": "lstm", "units": "8", "seed": "3", "v": VERSION}  # fmt: skip


def test_what_is_as_usual_is_not_in_the_address() -> None:
    run("start")
    settings.put(seed=5)
    run("start")
    settings.put(seed=0)
    run("start")
    assert st.query_params == {}


@pytest.mark.parametrize(
    ("said", "noted"),
    [({"units": "17"}, "nearest that there is: 16"), ({"seed": "x"}, "means nothing here"),
     ({"v": "9"}, "another version"), ({"units": "16"}, None), ({"zebra": "1"}, None)],
)  # fmt: skip
def test_what_had_to_be_put_right_is_said_once(said: dict, noted: str | None) -> None:
    st.query_params.update(said)
    for _ in range(3):
        run("read")
    assert len(shown) == (noted is not None)
    assert noted is None or noted in shown[0]


def test_what_was_said_is_said_again_only_if_the_page_is_drawn_anew_by_itself() -> None:
    st.query_params.update(units="17")
    run("read")
    settings.say_again()  # a job has ended
    run("read")
    run("read")
    assert len(shown) == 2


def test_back_brings_every_setting_of_that_address() -> None:
    run("start")
    settings.put(s="so good")
    run("read")
    settings.put(seed=7, cell="gru")
    run("read")
    run("train")
    go_back(s="so good", seed="2")
    run("read")
    assert [settings.get(name) for name in ("s", "seed", "cell")] == ["so good", 2, "rnn"]
    assert "back" not in st.query_params
    settings.put(seed=3)
    run("read")  # the same mark is no other Back
    assert settings.get("seed") == 3


def test_a_page_change_takes_everything_along(session: dict) -> None:
    run("read")
    session[widget("seed")[0]] = 9
    run("train")
    assert settings.get("seed") == 9
    assert st.query_params["seed"] == "9"


# ---- widgets ----


def test_a_widget_says_the_value_until_it_is_changed_elsewhere(session: dict) -> None:
    run("read")
    old, born = widget("seed")
    assert born == 0
    session[old] = 4
    assert settings.get("seed") == 4
    settings.put(seed=6)
    new, born = widget("seed")
    assert (new != old, born) == (True, 6)
    session[old] = 8  # what the browser still says about the last one
    assert settings.get("seed") == 6


def test_a_message_of_the_page_before_changes_nothing(session: dict) -> None:
    run("train")
    old, _ = widget("seed")
    go_back()
    address.begin("start")
    session[old] = 5
    assert settings.get("seed") == 0


def test_a_late_run_of_a_fragment_does_nothing_after_back(monkeypatch) -> None:
    monkeypatch.setattr(st, "fragment", lambda body, run_every=None: body)
    ran: list[int] = []
    run("train")
    tick = address.fragment(lambda: ran.append(1), 0.1)
    tick()
    go_back()
    tick()
    assert ran == [1]
    assert "back" in st.query_params  # it is for the page to see


def test_a_narrower_range_moves_the_value_and_says_so(session: dict) -> None:
    run("read")
    settings.put(units=256)
    key, born = widget("units", [8, 16, 64])
    assert (born, settings.get("units")) == (64, 64)
    settings.show_notes()
    assert "the nearest is 64" in shown[0]
    assert widget("units", [8, 16, 64])[0] == key


def test_what_was_not_chosen_follows_what_the_page_thinks_best(session: dict) -> None:
    run("train")
    key, born = widget("lr", usual=0.05)
    session[key] = 0.05  # the browser reports what it was born with
    assert (born, settings.get("lr")) == (0.05, None)
    other, born = widget("lr", usual=0.01)
    assert (other != key, born, settings.get("lr")) == (True, 0.01, None)
    session[other] = 0.2
    assert settings.get("lr") == 0.2
    assert widget("lr", usual=0.05)[1] in (0.01, 0.2)  # chosen now: it stays
    assert settings.get("lr") == 0.2


def test_a_choice_that_is_not_here_gives_way_to_the_usual_one() -> None:
    st.query_params.update(target="zebra")
    run("read")
    assert widget("target", ["negative", "positive"], "positive")[1] == "positive"
    assert settings.get("target") is None


@pytest.mark.parametrize(("value", "now"), [(None, 4), (3, 3), (99, 9), (-2, 1)])
def test_a_place_is_moved_into_its_range_and_that_is_said(value: int | None, now: int) -> None:
    run("read")
    settings.put(t=value)
    assert settings.within("t", 1, 9, 4) == now
    settings.show_notes()
    assert bool(shown) == (value not in (None, now))


@pytest.mark.parametrize(
    "label", ["*****", "$neg$", "<b>", ":red[x]", "a_b_", "# x", "1. y", "`c`"]
)
def test_a_label_is_shown_as_it_is(label: str) -> None:
    assert settings.as_text(label).replace("\\", "") == label
    for sign in "*_`$<:[#":
        assert f"\\{sign}" in settings.as_text(label) or sign not in label
