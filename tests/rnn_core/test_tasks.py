"""The tasks: each rule stated once more in words, no sentence twice, and a recipe that learns."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import Dataset, Hyperparameters, TrainingRun, load_dataset, make_task, task_names
from rnn_core.buffers import errors, evaluate, lend_buffers
from rnn_core.experiments.tasks import LONGEST, N_COPIED, TASKS, Task
from rnn_core.wirings import Split
from tests.models import small_model

Answers = list[str | None]
MANY_TO_MANY = {"parity", "bracket_depth", "copy", "comes_again", "same_ends"}
ALL = pytest.mark.parametrize("name", TASKS)


def last(answer: str, words: list[str]) -> Answers:
    return [None] * (len(words) - 1) + [answer]


def order(words: list[str]) -> Answers:
    return last("".join(word for word in words if word in "xy"), words)


def parity(words: list[str]) -> Answers:
    return [("even", "odd")[words[: t + 1].count("1") % 2] for t in range(len(words))]


def depth(words: list[str]) -> Answers:
    pairs = [words[: t + 1] for t in range(len(words))]
    return [str(read.count("open") - read.count("close")) for read in pairs]


def again(words: list[str]) -> Answers:
    asked = words.index("say")
    return [None] * asked + words[: len(words) - asked]


def later(words: list[str]) -> Answers:
    return ["yes" if word in words[t + 1 :] else "no" for t, word in enumerate(words)]


def ends(words: list[str]) -> Answers:
    return ["yes" if words[0] == words[-1] else "no"] * len(words)


# What is right, from the words alone.
RULES = {
    "remember_first": lambda words: last(words[0], words),
    "temporal_order": order,
    "parity": parity,
    "parity_last": lambda words: last(parity(words)[-1], words),
    "bracket_depth": depth,
    "copy": again,
    "comes_again": later,
    "same_ends": ends,
}


def answers(split: Split, i: int, classes: tuple[str, ...]) -> Answers:
    """One sentence's answers by name, one for each word."""
    if not split.per_step:
        return last(classes[split.answers[i]], split.texts[i].split())
    return [classes[a] if a >= 0 else None for a in split.answers[:, i]]


def same(one: Dataset, other: Dataset) -> bool:
    return (one.train.texts, one.test.texts) == (other.train.texts, other.test.texts)


def test_the_names() -> None:
    assert task_names() == list(TASKS)
    assert set(TASKS) == set(RULES)


@ALL
def test_a_name_is_the_usual_task(name: str) -> None:
    data = load_dataset(name)
    assert same(data, make_task(name))
    assert (data.name, data.classes) == (name, TASKS[name].classes)
    assert (len(data.train), len(data.test)) == (1024, 256)
    assert data.train.ids.shape == (TASKS[name].length, 1024)
    assert data.per_step == data.test.per_step == (name in MANY_TO_MANY)


@ALL
@pytest.mark.parametrize("n_words", ["shortest", "length", LONGEST])
def test_the_answers_are_the_rules(name: str, n_words: str | int) -> None:
    task = TASKS[name]
    length = n_words if isinstance(n_words, int) else getattr(task, n_words)
    data = make_task(name, length, n_train=60, n_test=20)
    for split in (data.train, data.test):
        assert split.lengths.tolist() == [length] * len(split)
        for i, text in enumerate(split.texts):
            right = RULES[name](text.split())
            assert answers(split, i, data.classes) == right
            assert split.labels[i] == " ".join(filter(None, right))
            assert split.ids[:, i].tolist() == data.vocabulary.encode(text).ids.tolist()


@ALL
@settings(max_examples=15, deadline=None)
@given(
    draw=st.data(), seed=st.integers(0, 99), n_train=st.integers(1, 40), n_test=st.integers(0, 40)
)
def test_no_sentence_comes_twice(
    name: str, draw: st.DataObject, seed: int, n_train: int, n_test: int
) -> None:
    length = draw.draw(st.integers(TASKS[name].shortest, 30))
    data = make_task(name, length, seed, n_train, n_test)
    texts = [*data.train.texts, *data.test.texts]
    assert len(set(texts)) == len(texts)
    assert 1 <= len(data.train) <= n_train
    assert len(data.test) <= n_test
    assert set(data.vocabulary.words) == set(TASKS[name].words)
    assert len(data.test.ids) == length


@ALL
def test_there_are_as_many_sentences_as_were_asked_for_where_they_exist(name: str) -> None:
    data = make_task(name, n_train=60, n_test=30)
    assert (len(data.train), len(data.test)) == (60, 30)
    short = make_task(name, TASKS[name].shortest, n_train=2000, n_test=1000)
    assert 1.5 <= len(short.train) / len(short.test) <= 2.5
    assert len(short.train) < 2000 or name == "copy"


@ALL
def test_a_seed_decides_the_sentences(name: str) -> None:
    one, twin, other = (make_task(name, seed=seed) for seed in (3, 3, 4))
    assert same(one, twin)
    np.testing.assert_array_equal(one.train.answers, twin.train.answers)
    assert not same(one, other)


@ALL
def test_every_answer_is_asked_often(name: str) -> None:
    data = make_task(name)
    for split in (data.train, data.test):
        asked = split.answers[split.answers >= 0]
        share = np.bincount(asked, minlength=len(data.classes)) / asked.size
        if name == "bracket_depth":  # the ends of the scale are reached from one side only
            assert share.min() > 0.07
        elif name == "comes_again":  # the last words have few after them
            assert share.min() > 0.3
        elif name in ("remember_first", "temporal_order"):
            assert set(share) == {0.25}
        else:
            np.testing.assert_allclose(share, 1 / len(share), atol=0.1)


def test_brackets_never_close_what_is_not_open() -> None:
    data = make_task("bracket_depth", LONGEST, n_train=50)
    assert data.train.answers.min() == 0
    assert data.train.answers.max() == len(data.classes) - 1


@ALL
def test_lengths_that_make_no_sense(name: str) -> None:
    shortest = TASKS[name].shortest
    for length in (shortest - 1, 0, -1, LONGEST + 1):
        with pytest.raises(
            ValueError, match=rf"^{name}: {length} words; it must be {shortest} to {LONGEST}$"
        ):
            make_task(name, length)


@pytest.mark.parametrize(("n_train", "n_test"), [(0, 5), (-1, 5), (5, -1)])
def test_numbers_of_sentences_that_make_no_sense(n_train: int, n_test: int) -> None:
    with pytest.raises(ValueError, match=f"copy: {n_train} sentences to train and {n_test} to"):
        make_task("copy", n_train=n_train, n_test=n_test)


def test_a_task_that_is_not_there() -> None:
    with pytest.raises(ValueError, match=r"^no task 'sentiment'; there are: remember_first, "):
        make_task("sentiment")


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_a_batch_asks_where_the_task_asks(dtype: str) -> None:
    data, n = make_task("copy", 14), N_COPIED
    which = np.array([5, 0, 2])
    model = small_model(n_classes=4, dtype=dtype)
    model.classes = data.classes
    batch, targets = data.train.batch(model, which)
    n_asked = n * len(which)
    assert batch.x[0].shape == (14, 3)
    assert batch.masks == (None,)
    assert (targets.one_hot.shape, targets.weight.shape) == ((14, 4, 3), (14, 1, 3))
    assert targets.one_hot.dtype == targets.weight.dtype == dtype
    assert all(array.flags.c_contiguous for array in (*batch.x, targets.one_hot, targets.weight))
    assert not targets.one_hot[:-n].any()
    assert not targets.weight[:-n].any()
    np.testing.assert_allclose(targets.weight[-n:], 1 / n_asked, rtol=1e-6)
    for b, i in enumerate(which):
        said = [data.classes[c] for c in targets.one_hot[-n:, :, b].argmax(axis=1)]
        assert said == data.train.texts[i].split()[:n]


def test_shorter_sentences_ask_no_more_than_they_have_words() -> None:
    ids, right = np.zeros((3, 2), np.intp), np.array([[0, 1], [1, -1], [1, -1]])
    split = Split(("a a a", "a"), ("0 1 1", "1"), ids, np.array([3, 1]), right)
    model = small_model(n_classes=2)
    batch, targets = split.batch(model, np.array([1]))
    assert (batch.x[0].shape, batch.masks) == ((1, 1), (None,))
    assert targets.one_hot[:, :, 0].tolist() == [[0, 1]]
    batch, targets = split.batch(model, np.array([0, 1]))
    assert batch.masks[0][:, 0].tolist() == [[1, 1], [1, 0], [1, 0]]
    assert targets.weight[:, 0].tolist() == [[0.25, 0.25], [0.25, 0], [0.25, 0]]


@ALL
def test_known_targets_are_what_a_model_is_asked(name: str) -> None:
    data = make_task(name, n_train=20, n_test=10)
    for split in (data.train, data.test):
        right = RULES[name](split.texts[7].split())
        known = data.known_target(split.texts[7].upper() + " !")
        assert known == (right if data.per_step else right[-1])
        assert data.known_label(split.texts[7]) == split.labels[7]
    assert data.known_target("a word") is data.known_label("a word") is None
    new = make_task(name, seed=9, n_train=1, n_test=0).train.texts[0].split()
    asked = RULES[name](new)
    assert data.known_target(" ".join(new)) == (asked if data.per_step else asked[-1])


def one_by_one(run: TrainingRun, split: Split) -> tuple[float, float, list[float]]:
    """Loss and accuracy over all answers, and each sentence's error, with the model's own door."""
    losses, right, wrong = [], [], []
    for text in split.texts:
        fwd = run.model.forward(text)
        target = run.dataset.known_target(text)
        names = target if isinstance(target, list) else last(target, text.split())
        asked = [(t, run.model.class_number(name)) for t, name in enumerate(names) if name]
        losses += [-np.log(fwd.p[t, c]) for t, c in asked]
        right += [fwd.p[t].argmax() == c for t, c in asked]
        wrong.append(np.mean([1 - fwd.p[t, c] for t, c in asked]))
    return float(np.mean(losses)), float(np.mean(right)), wrong


@ALL
@pytest.mark.parametrize("most_words", [8192, 150, 1])
def test_all_are_evaluated_as_each_is_asked_alone(
    name: str, most_words: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rnn_core.buffers.MOST_WORDS", most_words)
    data = make_task(name, 12, n_train=30, n_test=11)
    run = TrainingRun(data, Hyperparameters(n_hidden=5, batch_size=4))
    run.advance(epochs=1)
    wrong = []
    with lend_buffers(run.model, data) as buffers:
        for split in (data.train, data.test) * 3:  # computed, recorded, replayed
            *scores, each = one_by_one(run, split)
            np.testing.assert_allclose(evaluate(buffers, split), scores, rtol=1e-12)
            wrong += each
    found = errors(run.model, data)
    np.testing.assert_allclose(found, wrong[: len(found)], rtol=0, atol=1e-14)


@ALL
def test_where_there_is_nothing_to_evaluate(name: str) -> None:
    data = make_task(name, n_train=8, n_test=0)
    run = TrainingRun(data, Hyperparameters(n_hidden=3))
    assert np.isnan([run.history[0].test_loss, run.history[0].test_accuracy]).all()
    assert errors(run.model, data).shape == (8,)


@ALL
def test_learning_follows_the_gradient_of_all_answers(name: str) -> None:
    """One step on one sentence is the step of the model's own backward pass."""
    data = make_task(name, 12, n_train=1, n_test=0)
    run = TrainingRun(data, Hyperparameters(n_hidden=5, lr=0.1, clip="none"))
    model = run.model.copy()
    text = data.train.texts[0]
    grads = model.backward(model.forward(text), data.known_target(text)).grads
    run.advance(steps=1)
    for key, gradient in grads.items():
        np.testing.assert_allclose(
            run.model.params[key], model.params[key] - 0.1 * gradient, rtol=0, atol=1e-14
        )


def learned(name: str, task: Task) -> TrainingRun:
    """The recipe, until 99 % of the test's answers are right or the epochs are over."""
    run = TrainingRun(load_dataset(name), Hyperparameters(**task.settings))
    while run.epoch < task.epochs and run.history[-1].test_accuracy < 0.99:
        run.advance(epochs=1)
    return run


@pytest.mark.parametrize("name", [name for name in TASKS if name != "parity_last"])
def test_the_recipe_learns(name: str) -> None:
    assert learned(name, TASKS[name]).history[-1].test_accuracy >= 0.99


@pytest.mark.parametrize(
    ("name", "without"),
    [("comes_again", {"bidirectional": False}), ("same_ends", {"n_layers": 1})],
)
def test_what_the_task_is_for_is_needed(name: str, without: dict) -> None:
    """Without the future, and without a layer that compares both directions."""
    task = TASKS[name]
    run = learned(name, dataclasses.replace(task, settings={**task.settings, **without}, epochs=8))
    assert run.history[-1].test_accuracy < 0.8


def test_parity_asked_once_is_not_learned() -> None:
    run = learned("parity_last", dataclasses.replace(TASKS["parity_last"], epochs=25))
    assert run.history[-1].test_accuracy < 0.65
