"""What is right of a sentence: by the data, by a rule, by the text itself."""

import numpy as np
import pytest

from rnn_core import Hyperparameters, load_dataset, make_task, start_run
from rnn_core.training import untrained
from ui.sequence import targets
from ui.sequence.datasets import TASKS


def model_of(data):
    return untrained(data, Hyperparameters(n_hidden=3), None, np.random.default_rng(0))


def right(name: str, text: str, length: int | None = None):
    data = load_dataset(name) if length is None else make_task(name, length, 0, 20, 5)
    model = model_of(data)
    return targets.right(data, model, data.vocabulary.encode(text))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("parity", "1 1 0 1", ("odd", "even", "even", "odd")),
        ("parity", "1 seven 1", ("odd", "even")),  # an unknown word is no step
        ("parity_last", "1 1 0 1", "odd"),
        ("bracket_depth", "open open close", ("1", "2", "1")),
        ("bracket_depth", "open close close open", ("1", "0", None, None)),
        ("bracket_depth", "close open", None),
        ("copy", "b a wait say say say", (None, None, None, "b", "a", None)),
        ("copy", "a b wait", None),
        ("remember_first", "c p q", "c"),
        ("remember_first", "p c q", None),
        ("temporal_order", "p y q x", "yx"),
        ("temporal_order", "p y q", None),
        ("remember_first", "c zebra q", None),  # it may have been the first
    ],
)
def test_the_rule_says_it_of_any_sequence(name: str, text: str, said: targets.Target) -> None:
    assert right(name, text, TASKS[name]) == said


def test_a_sentence_of_the_data_has_its_label_and_another_none() -> None:
    assert right("sentiment", "i am good") == "positive"
    assert right("sentiment", "i am zebra") is None


def test_a_text_asks_for_the_symbol_that_comes_next() -> None:
    data = load_dataset("rhymes")
    model = start_run(data, Hyperparameters(n_hidden=3)).model
    assert targets.is_language(model)
    assert not targets.is_language(model_of(make_task("parity", 4)))
    assert targets.right(data, model, data.vocabulary.encode("a cat")) == (*" cat", None)
    assert targets.right(data, model, data.vocabulary.encode("a")) is None


def test_one_of_several_answers_alone() -> None:
    several = (None, "odd", None, "even")
    assert targets.asked(several, 4) == [1, 3]
    assert targets.asked("odd", 3) == [2]
    assert targets.asked(None, 3) == []
    assert targets.only(several) == (None, None, None, "even")
    assert targets.only(several, 0) == (None, "odd", None, None)
    assert targets.only("odd") == "odd"
    assert targets.final([None, "odd", None]) == "odd"
    assert targets.final("odd") == "odd"
    assert targets.final([None]) is targets.final(None) is None
