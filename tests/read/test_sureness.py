"""How sure is it?: the dots are counted, and what is said of them is drawn."""

import re
from dataclasses import replace

import numpy as np
import pytest

from rnn_core import Hyperparameters, TrainingRun, load_dataset
from tests.apptest import open_app, payloads, texts
from ui.read import sureness

DATA = load_dataset("sentiment")


@pytest.mark.parametrize("epochs", [0, 8])
def test_every_test_sentence_is_in_one_dot_and_the_right_ones_are_counted(epochs: int) -> None:
    run = TrainingRun(DATA, Hyperparameters(n_hidden=8))
    run.advance(epochs=epochs) if epochs else None
    panels = sureness.panels(run.model, DATA, None)
    dots = panels[1].figure.data[1]
    counts = np.array([int(text) for text in dots.text])
    assert counts.sum() == len(DATA.test)
    assert counts @ np.array(dots.y) == pytest.approx(
        run.history[-1].test_accuracy * len(DATA.test), abs=0.01
    )
    said = re.search(r"In (\d+) of (\d+) sentences", texts(panels[2].content))
    assert (int(said[1]), int(said[2])) == (counts.max(), counts.sum())


def test_without_a_test_it_says_so() -> None:
    run = TrainingRun(DATA, Hyperparameters(n_hidden=4))
    none = replace(DATA.test, lengths=DATA.test.lengths[:0], answers=DATA.test.answers[:0])
    empty = replace(DATA, test=none)
    assert "there is no test" in texts(sureness.panels(run.model, empty, None)[1].content)


def test_the_everyday_model_says_its_temperature() -> None:
    app = open_app("read", model="everyday", view="How sure is it?", s="i am good")
    assert not app.error
    shown = next(p for p in payloads(app) if p["panels"][0]["name"] == "sure title")
    assert "one temperature, 1.07" in texts(shown["panels"][2]["content"])
