"""The length of a sentence adds no weight: that is counted, and said, for one word and for ten."""

import re

import pytest

from rnn_core import CELLS, load_dataset
from tests.apptest import film, open_app, texts
from ui.sequence import model_chip, models
from ui.sequence.architecture import Architecture

TEN = "i am not at all bad or sad right now"


def heading(**settings: object) -> str:
    app = open_app("read", **settings)
    assert not app.error
    return texts(film(app)["frames"][0]["panels"]["heading"])


@pytest.mark.parametrize(("cell", "layers"), [("rnn", 1), ("gru", 1), ("lstm", 2)])
def test_read_says_the_same_number_for_one_word_and_for_ten(cell: str, layers: int) -> None:
    asked = {"cell": cell, "layers": layers, "units": 8, "epoch": 0}
    if layers > 1:  # there the heading says which layer is shown
        assert "layer 2" in heading(s="good", **asked)
        return
    size = models.training("sentiment", models.recommended("sentiment", 8, Architecture(cell)), 0)
    for text, n in (("good", "1 word"), (TEN, "10 words")):
        said = f"{n}, the same {size.run.model.flat.size:,} parameters at each"
        assert said in heading(s=text, **asked)


@pytest.mark.parametrize("cell", CELLS)
def test_the_model_s_button_has_the_number_with_its_formula(cell: str) -> None:
    run = models.training("sentiment", models.recommended("sentiment", 64, Architecture(cell))).run
    said = model_chip.counted(run.model)
    formula, total = re.search(
        r"Parameters: (.+) = ([\d,]+), for a sentence of 1 word", said
    ).groups()
    counted = sum(eval(term.replace("·", "*")) for term in formula.split(" + "))  # our own numbers
    assert counted == int(total.replace(",", "")) == run.model.flat.size
    assert len(load_dataset("sentiment").vocabulary) == 18
    if cell == "rnn":
        assert total == "5,442"  # 18·64 + 64·64 + 64·2 + 64 + 2, as the write-up's network has
