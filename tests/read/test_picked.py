"""What a word picks: its tip tells the column of W_xh as the film's rows show the units."""

import numpy as np
import pytest

from tests.apptest import texts
from tests.models import small_model
from ui.kit.numbers import number
from ui.kit.player import Node
from ui.read import picked
from ui.sequence.reading import Reading


def read(text: str = "a b zebra c d", cell: str = "rnn", **shown: object) -> Reading:
    model = small_model(cell)
    return Reading(model, model.vocabulary.encode(text), **shown)


def tips(reading: Reading) -> list[dict]:
    return [mark for mark in picked.strip(reading).marks if "tip" in mark]


@pytest.mark.parametrize(("cell", "signal"), [("rnn", "h"), ("lstm", "f"), ("gru", "h")])
def test_each_known_word_tells_its_column(cell: str, signal: str) -> None:
    reading = read(cell=cell, signal=signal)
    shown = tips(reading)
    assert [mark["x"][0] for mark in shown] == reading.columns
    for mark, word in zip(shown, reading.words, strict=True):
        i = reading.model.vocabulary.id_of[word]
        column = reading.model.params["W_xh"][reading.block, i]
        said = texts(mark["tip"])
        strongest = np.argsort(-np.abs(column), kind="stable")[: picked.N_UNITS]
        for unit in strongest.tolist():
            assert f"unit {unit}{number(float(column[unit]))}" in said
            assert f"unit {unit} {number(float(column[unit]))}" in mark["say"]
        assert said.startswith(f"“{word}” picks this column of ")
        assert ("here the rows of" in said) is (cell != "rnn")
        assert len(cells(mark["tip"])) == reading.model.n_hidden


def cells(node: Node) -> list[Node]:
    """The cells of a column."""
    if isinstance(node, str):
        return []
    return [node] if node[0] == "rect" else [one for child in node[2:] for one in cells(child)]


def test_where_no_words_come_in_nothing_is_told() -> None:
    deep = small_model("rnn", n_layers=2)
    reading = Reading(deep, deep.vocabulary.encode("a b c"), layer=1)
    assert not tips(reading)
