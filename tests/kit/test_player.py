"""The plot component's payload: one format, JSON without NaN, text that stays text."""

import json

import plotly.graph_objects as go
import pytest

from ui.kit import player as plot
from ui.kit.player import Figure, Frame, Text, film, node, still
from ui.kit.theme import DARK

PICTURE = Figure("picture", go.Figure(go.Heatmap(z=[[0, 1]])), 200, "A picture", "of two cells")
WORDS = Text("words", node("p", "hello"))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict]:
    """What the component is called with, its data parsed."""
    calls: list[dict] = []

    def take(**call: object) -> None:
        assert isinstance(call["data"], bytes)  # a dict would pull in pandas
        calls.append({**call, "data": json.loads(call["data"])})

    monkeypatch.setattr(plot, "_component", take)
    return calls


def test_payload_has_every_field_that_is_documented(sent: list[dict]) -> None:
    film("key", [PICTURE, WORDS], [Frame("one")])
    payload = sent[0]["data"]
    for name in payload:
        assert name in plot.__doc__
    for panel in payload["panels"]:
        for name in panel:
            assert name in plot.__doc__
    assert payload["dark"] == DARK


def test_a_film_without_frames_has_no_transport(sent: list[dict]) -> None:
    film("key", [WORDS])
    still("other", WORDS)
    film("third", [WORDS], [Frame("one")])
    assert [call["data"]["transport"] for call in sent] == [False, False, True]


def test_a_film_is_its_own_group_unless_told(sent: list[dict]) -> None:
    film("key", [WORDS])
    film("key", [WORDS], group="shared")
    assert [call["data"]["group"] for call in sent] == ["key", "shared"]


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_json_number_is_refused(sent: list[dict], value: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        film("key", [WORDS], [Frame("one", panels={"picture": {"data": {"0": {"z": [[value]]}}}})])


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<b>x</b>", "&lt;", "</p>", "\"'`"])
def test_node_never_parses_text(text: str) -> None:
    assert node("p", text, title=text) == ["p", {"title": text}, text]


def test_node_leaves_out_what_is_none_and_frees_python_s_words() -> None:
    assert node("b", class_="quiet", title=None) == ["b", {"class": "quiet"}]


def test_figure_goes_as_plain_json() -> None:
    payload = json.loads(PICTURE.text)
    assert payload["figure"]["data"][0]["z"] == [[0, 1]]
    assert (payload["kind"], payload["label"]) == ("figure", "A picture")
