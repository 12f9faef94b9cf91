"""Right and wrong: the matrix, the list and the sentence are the model's answers, counted anew."""

import numpy as np
import pytest

from rnn_core import Dataset, Hyperparameters, TrainingRun
from rnn_core.buffers import answered, outcomes
from rnn_core.datasets import from_rows
from tests.apptest import open_app, payloads, texts
from ui.train import metrics, mistakes
from ui.train.metrics import Metrics

WORDS = ("bad", "plain", "good", "new")


def some(n: int, n_classes: int = 3) -> Dataset:
    """So many sentences for training and half as many for the test; the first class is usual."""
    rows = []
    for i in range(n + n // 2):
        label = i % n_classes if i % 2 else 0
        rows.append(
            (f"a{i % 7} {WORDS[label % 4]} b{i % 5}", f"<{label}> $", "train" if i < n else "test")
        )
    return from_rows("some", rows)


@pytest.fixture(scope="module")
def run() -> TrainingRun:
    run = TrainingRun(some(80), Hyperparameters(n_hidden=4))
    run.advance(epochs=1)
    return run


@pytest.mark.parametrize("part", ["train", "test"])
def test_the_answers_are_those_of_one_sentence_at_a_time(run: TrainingRun, part: str) -> None:
    split = getattr(run.dataset, part)
    p, right, of = answered(run.model, run.dataset, split)
    assert list(of) == list(range(len(split)))
    np.testing.assert_array_equal(right, split.answers)
    np.testing.assert_allclose(p, [run.model.forward(text).p[-1] for text in split.texts])
    start = 0 if part == "train" else len(run.dataset.train)
    found = outcomes(run.model, run.dataset)[:, start : start + len(split)]
    np.testing.assert_allclose(found[0], 1 - p[np.arange(len(p)), right])
    np.testing.assert_array_equal(found[1], p.argmax(axis=1) == right)


@pytest.mark.parametrize("part", ["train", "test"])
def test_the_matrix_and_the_list_are_counted_anew(run: TrainingRun, part: str) -> None:
    now = mistakes.outcome(run.model, run.dataset, run.dataset, part)
    split = getattr(run.dataset, part)
    said = [run.model.forward(text).p[-1] for text in split.texts]
    pairs = [
        (label, run.model.classes[p.argmax()]) for label, p in zip(split.labels, said, strict=True)
    ]
    for i, a in enumerate(run.model.classes):
        for j, b in enumerate(run.model.classes):
            assert now.counts[i, j] == pairs.count((a, b))
    wrong = [i for i, (a, b) in enumerate(pairs) if a != b]
    assert sorted(now.worst) == wrong
    sure = [said[i][run.model.classes.index(split.labels[i])] for i in now.worst]
    assert sure == sorted(sure)
    assert now.accuracy == 1 - len(wrong) / len(split)
    assert now.always == split.labels.count("<0> $") / len(split)


def outcome(right: list[int], said: list[int], usual: int = 0, n_all: int = 0) -> mistakes.Outcome:
    p = np.full((len(said), 2), 0.25)
    p[np.arange(len(said)), said] = 0.75
    names = tuple(f"s{i}" for i in range(len(said)))
    of = np.arange(len(said))
    return mistakes.Outcome(
        ("neg", "pos"), p, np.array(right), of, names, usual, n_all or len(said)
    )


@pytest.mark.parametrize(("right", "said", "worth", "look"), [
    ([0, 0, 0, 1], [0, 0, 0, 0], "75\xa0% right, of 4 test sentences. 75\xa0% are neg: always "
     "saying neg, the most frequent in training, is right in 75\xa0%. It is no better.",
     "Most often pos is taken for neg: 1 of 1."),
    ([0, 0, 0, 1], [0, 0, 0, 1], "It is 25 points better.", "every answer is right."),
    ([0, 0, 1, 1], [1, 1, 1, 0], "It is 25 points worse.",
     "Most often neg is taken for pos: 2 of 2."),
])  # fmt: skip
def test_what_it_is_worth(right: list[int], said: list[int], worth: str, look: str) -> None:
    now = outcome(right, said)
    assert mistakes.worth(now, "test").endswith(worth)
    assert mistakes.look(now).endswith(look)
    assert ("None is wrong" in texts(mistakes.errors(now))) == (right == said)


def test_of_many_sentences_an_even_sample_is_asked_and_that_is_said(monkeypatch) -> None:
    monkeypatch.setattr(metrics, "MOST_ASKED", 20)
    run = TrainingRun(some(100), Hyperparameters(n_hidden=4))
    asked = Metrics(run).asked
    assert (len(asked.train), len(asked.test)) == (20, 20)
    for part in ("train", "test"):
        whole, some_of = getattr(run.dataset, part), getattr(asked, part)
        places = [whole.texts.index(text) for text in some_of.texts]
        assert (places[0], some_of.texts[-1]) == (0, whole.texts[-1])
        assert [len(run.model.vocabulary.encode(t).ids) for t in some_of.texts] == list(
            some_of.lengths
        )
    now = mistakes.outcome(run.model, run.dataset, asked, "test")
    assert "of 20 test sentences (an even sample of 50)" in mistakes.worth(now, "test")


def test_few_sentences_are_all_asked(run: TrainingRun) -> None:
    assert Metrics(run).asked is run.dataset


@pytest.mark.parametrize("n_classes", [2, 5, 17, 40])
def test_the_picture_says_what_it_counts(n_classes: int) -> None:
    run = TrainingRun(some(40 * n_classes, n_classes), Hyperparameters(n_hidden=4))
    now = mistakes.outcome(run.model, run.dataset, run.dataset, "train")
    cells, layout = mistakes.matrix(now).data[0], mistakes.matrix(now).layout
    np.testing.assert_array_equal(cells.text, now.counts)
    whole = now.counts.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(np.array(cells.z), now.counts / whole, atol=6e-4)
    assert layout.yaxis.ticktext[0] == "&lt;0&gt; $"
    assert len(layout.xaxis.ticktext) <= mistakes.NAMED


def test_the_tab_is_of_the_moment_and_the_part_that_are_chosen() -> None:
    app = open_app("train", units=4, epoch=3, runs="Right and wrong", part="train")
    assert not app.exception
    assert not app.error
    shown = {panel["name"]: panel for panel in payloads(app)[-1]["panels"]}
    assert "training sentences" in texts(shown["mistakes title"]["content"])
    assert "at epoch 3" in texts(shown["mistakes title"]["content"])
    matrix = shown["mistakes"]["figure"]["data"][0]
    assert sum(map(sum, matrix["text"])) == 58
    assert "of 58 training sentences" in texts(shown["mistakes worth"]["content"])
