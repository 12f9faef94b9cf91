"""Rows of words over the columns of a picture: what stands where, and how it looks at a step."""

import json

import pytest

from ui.sequence.words import HIGH, PITCH, Words

TOKENS, KNOWN = ["i", "zebra", "am", "<b>bad"], [True, False, True, True]
ONE = Words((TOKENS, KNOWN))


def test_every_word_has_its_column_and_unknown_ones_look_unknown() -> None:
    boxes = [mark for mark in ONE.marks if mark["kind"] == "box"]
    assert [(box["x"][0], box["text"][0][1]) for box in boxes] == list(enumerate(TOKENS))
    assert [box["look"] for box in boxes] == ["x", "unknown", "x", "x"]
    assert json.loads(ONE.panel("words").text)["columns"] == 4


@pytest.mark.parametrize(
    ("here", "hidden", "letters"),
    [(0, None, "n---nuff"), (2, None, "--n-punf"), (3, None, "---npupn"),
     (2, (-0.5, 1.5), "--n-funp"), (None, None, "----pupp"), (None, (-0.5, 3.5), "----fuff")],
)  # fmt: skip
def test_one_letter_for_each_mark(here, hidden, letters: str) -> None:
    assert ONE.at(here, hidden) == letters
    assert len(letters) == len(ONE.marks)


def test_two_sentences_stand_over_one_another_and_a_gap_is_empty() -> None:
    two = Words((["i", "", "am"], [True] * 3), (["you", "all", "are"], [True, True, False]))
    boxes = [(mark["x"][0], mark["y"], mark["look"]) for mark in two.marks if "y" in mark]
    assert boxes == [(0, 0, "x"), (2, 0, "x"), (0, PITCH, "x"), (1, PITCH, "x"),
                     (2, PITCH, "unknown")]  # fmt: skip
    assert two.height == HIGH + PITCH
    assert two.at(1) == "-n-" + "pf" + "pnu"
