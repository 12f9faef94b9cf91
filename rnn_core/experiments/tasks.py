"""Tasks: sentences made by a rule, whose answers need memory.

Each rule is one function: it draws n sentences of T words and says what is right about them,
in numbers; Task gives the numbers their names. It must not know files or networks.
data/README.md says what learns them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from rnn_core.cells import Ints
from rnn_core.datasets import MADE, Dataset
from rnn_core.vocabulary import Vocabulary
from rnn_core.wirings import Split

LONGEST = 200
"""Words; the backward pass keeps each of them in memory."""
N_COPIED = 6
DEEPEST = 4
Rule = Callable[[np.random.Generator, int, int], tuple[Ints, Ints]]
"""(rng, T, n) -> words (T, n), and answers: (n,) one a sentence, or (T, n) one a word, -1 where
nothing is asked."""


def remember_first(rng: np.random.Generator, length: int, n: int) -> tuple[Ints, Ints]:
    """Which of four words came first? Only noise follows: 4 cues, then 4 kinds of noise."""
    words = rng.integers(4, 8, (length, n))
    words[0] = np.arange(n) % 4  # each as often as the others
    return words, words[0]


def temporal_order(rng: np.random.Generator, length: int, n: int) -> tuple[Ints, Ints]:
    """In which order did two cues, each x or y, stand among noise? Answers xx, xy, yx, yy.

    Source: Hochreiter & Schmidhuber 1997, task 6a, with the cues at any two places.
    """
    words = rng.integers(2, 6, (length, n))
    places = np.sort(rng.random((length, n)).argsort(axis=0)[:2], axis=0)
    order = np.arange(n) % 4  # each as often as the others
    np.put_along_axis(words, places, np.stack([order // 2, order % 2]), axis=0)
    return words, order


def parity(rng: np.random.Generator, length: int, n: int) -> tuple[Ints, Ints]:
    """After each bit: were the ones so far even (0) or odd (1) in number?"""
    bits = rng.integers(0, 2, (length, n))
    return bits, bits.cumsum(axis=0) % 2


def parity_last(rng: np.random.Generator, length: int, n: int) -> tuple[Ints, Ints]:
    """The same question, asked once, after the last bit."""
    bits, so_far = parity(rng, length, n)
    return bits, so_far[-1]


def bracket_depth(rng: np.random.Generator, length: int, n: int) -> tuple[Ints, Ints]:
    """After each bracket, (0) or its end (1): how many are open now? Never beyond DEEPEST."""
    opens = rng.integers(0, 2, (length, n)) == 0
    depth = np.zeros((length + 1, n), np.intp)
    for t in range(length):
        opens[t] = (depth[t] == 0) | opens[t] & (depth[t] < DEEPEST)
        depth[t + 1] = depth[t] + np.where(opens[t], 1, -1)
    return 1 - opens.astype(np.intp), depth[1:]


def copy(rng: np.random.Generator, length: int, n: int) -> tuple[Ints, Ints]:
    """Say N_COPIED letters again: they come first, then a pause (4); each say (5) asks for one."""
    letters = rng.integers(0, 4, (N_COPIED, n))
    words = np.full((length, n), 4)
    words[:N_COPIED], words[-N_COPIED:] = letters, 5
    answers = np.full((length, n), -1)
    answers[-N_COPIED:] = letters
    return words, answers


@dataclass(frozen=True)
class Task:
    """A rule, names for its numbers, and a recipe that was measured.

    words, classes : the names of the rule's words and answers, by number.
    shortest, length : the least T that makes sense, and the usual one.
    settings : fields of Hyperparameters with which the usual sentences are learned, or not:
        data/README.md says how often. epochs : how far to let them go.
    """

    rule: Rule
    words: tuple[str, ...]
    classes: tuple[str, ...]
    shortest: int
    length: int
    epochs: int
    settings: Mapping[str, Any]


RECIPE: Mapping[str, Any] = {
    "n_hidden": 32,
    "spectral_radius": 1.0,
    "optimizer": "adam",
    "lr": 0.01,
    "batch_size": 32,
    "clip": "norm",
}
SLOW: Mapping[str, Any] = {**RECIPE, "lr": 0.003}
BITS, LETTERS, NOISE = ("0", "1"), ("a", "b", "c", "d"), ("p", "q", "r", "s")
TASKS: dict[str, Task] = {
    "remember_first": Task(remember_first, (*LETTERS, *NOISE), LETTERS, 2, 20, 30, SLOW),
    "bracket_depth": Task(
        bracket_depth, ("open", "close"), ("0", "1", "2", "3", "4"), 5, 20, 20, RECIPE
    ),
    "copy": Task(copy, (*LETTERS, "wait", "say"), LETTERS, 2 * N_COPIED, 20, 40, RECIPE),
    "parity": Task(parity, BITS, ("even", "odd"), 4, 20, 40, RECIPE),
    "parity_last": Task(parity_last, BITS, ("even", "odd"), 4, 20, 40, RECIPE),
    "temporal_order": Task(
        temporal_order, ("x", "y", *NOISE), ("xx", "xy", "yx", "yy"), 3, 20, 80, RECIPE
    ),
}


def task_names() -> list[str]:
    """The names of the tasks, the easiest first."""
    return list(TASKS)


def make_task(
    name: str, length: int | None = None, seed: int = 0, n_train: int = 1024, n_test: int = 256
) -> Dataset:
    """Draw a task's sentences, all of one length (None: the usual one), no two of them equal.

    A short length may have fewer different sentences than were asked for: then train and test
    share them in the same proportion. Raises ValueError for a name or a length that is not
    there, and for no training sentence.
    """
    if name not in TASKS:
        raise ValueError(f"no task {name!r}; there are: {', '.join(TASKS)}")
    task, n = TASKS[name], n_train + n_test
    length = task.length if length is None else length
    if not task.shortest <= length <= LONGEST:
        raise ValueError(f"{name}: {length} words; it must be {task.shortest} to {LONGEST}")
    if n_train < 1 or n_test < 0:
        raise ValueError(f"{name}: {n_train} sentences to train and {n_test} to test")
    words, answers = task.rule(np.random.default_rng(seed), length, 4 * n)
    different = np.sort(np.unique(words, axis=1, return_index=True)[1])[:n]
    n_train = -(-len(different) * n_train // n)
    texts = [" ".join(task.words[i] for i in words[:, k]) for k in different[:n_train]]
    # The words alone, too: all are known, however few sentences there are.
    vocabulary = Vocabulary([*texts, *task.words])
    train, test = (
        _split(task, vocabulary, words[:, part], answers[..., part])
        for part in (different[:n_train], different[n_train:])
    )
    return Dataset(name, train, test, vocabulary, task.classes)


def _split(task: Task, vocabulary: Vocabulary, words: Ints, answers: Ints) -> Split:
    """Give names and numbers to sentences (T, N) and their answers (N,) or (T, N)."""
    number = np.array([vocabulary.id_of[word] for word in task.words])
    length, n = words.shape
    return Split(
        texts=tuple(" ".join(task.words[i] for i in sentence) for sentence in words.T),
        labels=tuple(
            " ".join(task.classes[i] for i in np.atleast_1d(said) if i >= 0) for said in answers.T
        ),
        ids=np.ascontiguousarray(number[words]),
        lengths=np.full(n, length),
        answers=np.ascontiguousarray(answers),
    )


MADE.update({name: partial(make_task, name) for name in TASKS})
