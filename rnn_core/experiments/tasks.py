"""Tasks: sentences made by a rule, whose answers need memory.

Each task is two functions, in numbers: a rule draws n sentences of T words, and what is right
about words, whoever wrote them, is said by the function above it. Task gives the numbers their
names. It must not know files or networks. data/README.md says what learns them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
"""(rng, T, n) -> words (T, n), and their answers."""
Right = Callable[[Ints], Ints]
"""words (T, n) -> answers: (n,) one a sentence, or (T, n) one a word, -1 where nothing is asked."""


def first_word(words: Ints) -> Ints:
    """(n,) the first word, where it is a cue."""
    return np.where(words[0] < 4, words[0], -1)


def remember_first(rng: np.random.Generator, length: int, n: int) -> tuple[Ints, Ints]:
    """Which of four words came first? Only noise follows: 4 cues, then 4 kinds of noise."""
    words = rng.integers(4, 8, (length, n))
    words[0] = np.arange(n) % 4  # each as often as the others
    return words, first_word(words)


def which_order(words: Ints) -> Ints:
    """(n,) 2 times the first cue plus the second, where there are just two of them."""
    is_cue = words < 2
    first, last = is_cue.argmax(axis=0), len(words) - 1 - is_cue[::-1].argmax(axis=0)
    cues = np.take_along_axis(words, np.stack([first, last]), axis=0)
    answers: Ints = np.where(is_cue.sum(axis=0) == 2, 2 * cues[0] + cues[1], -1)
    return answers


def temporal_order(rng: np.random.Generator, length: int, n: int) -> tuple[Ints, Ints]:
    """In which order did two cues, each x or y, stand among noise? Answers xx, xy, yx, yy.

    Source: Hochreiter & Schmidhuber 1997, task 6a, with the cues at any two places.
    """
    words = rng.integers(2, 6, (length, n))
    places = np.sort(rng.random((length, n)).argsort(axis=0)[:2], axis=0)
    order = np.arange(n) % 4  # each as often as the others
    np.put_along_axis(words, places, np.stack([order // 2, order % 2]), axis=0)
    return words, which_order(words)


def ones_so_far(bits: Ints) -> Ints:
    """(T, n) after each bit: the number of ones, modulo 2."""
    odd: Ints = bits.cumsum(axis=0) % 2
    return odd


def parity(rng: np.random.Generator, length: int, n: int) -> tuple[Ints, Ints]:
    """After each bit: were the ones so far even (0) or odd (1) in number?"""
    bits = rng.integers(0, 2, (length, n))
    return bits, ones_so_far(bits)


def parity_last(rng: np.random.Generator, length: int, n: int) -> tuple[Ints, Ints]:
    """The same question, asked once, after the last bit."""
    bits, so_far = parity(rng, length, n)
    return bits, so_far[-1]


def open_now(brackets: Ints) -> Ints:
    """(T, n) how many are open; nothing from where one closes that was never opened, or from where
    more than DEEPEST are open.
    """
    depth = (1 - 2 * brackets).cumsum(axis=0)
    beyond = np.logical_or.accumulate((depth < 0) | (depth > DEEPEST), axis=0)
    answers: Ints = np.where(beyond, -1, depth)
    return answers


def bracket_depth(rng: np.random.Generator, length: int, n: int) -> tuple[Ints, Ints]:
    """After each bracket, (0) or its end (1): how many are open now? Never beyond DEEPEST."""
    opens = rng.integers(0, 2, (length, n)) == 0
    depth = np.zeros((length + 1, n), np.intp)
    for t in range(length):
        opens[t] = (depth[t] == 0) | opens[t] & (depth[t] < DEEPEST)
        depth[t + 1] = depth[t] + np.where(opens[t], 1, -1)
    return 1 - opens.astype(np.intp), depth[1:]


def letters_again(words: Ints) -> Ints:
    """(T, n) at the first say the first word, at the next the second, where that is a letter."""
    says = words == 5
    number = says.cumsum(axis=0) - 1
    letter = np.take_along_axis(words, number.clip(0, len(words) - 1), axis=0)
    answers: Ints = np.where(says & (number < N_COPIED) & (letter < 4), letter, -1)
    return answers


def copy(rng: np.random.Generator, length: int, n: int) -> tuple[Ints, Ints]:
    """Say N_COPIED letters again: they come first, then a pause (4); each say (5) asks for one."""
    letters = rng.integers(0, 4, (N_COPIED, n))
    words = np.full((length, n), 4)
    words[:N_COPIED], words[-N_COPIED:] = letters, 5
    return words, letters_again(words)


def again_later(words: Ints) -> Ints:
    """(T, n) at each word: 1 if the same word stands anywhere after it."""
    again = [(words[t + 1 :] == words[t]).any(axis=0) for t in range(len(words))]
    return np.stack(again).astype(np.intp)


def comes_again(rng: np.random.Generator, length: int, n: int) -> tuple[Ints, Ints]:
    """At each of eight kinds of words: does it come again (1) or not (0)? The future knows."""
    words = rng.integers(0, 8, (length, n))
    return words, again_later(words)


def ends_agree(words: Ints) -> Ints:
    """(T, n) at each word: 1 if the first word of all is the last one, too."""
    agree: Ints = np.broadcast_to(words[0] == words[-1], words.shape).astype(np.intp)
    return agree


def same_ends(rng: np.random.Generator, length: int, n: int) -> tuple[Ints, Ints]:
    """At each bit: are the first and the last the same (1)? Past and future have to be compared:
    two directions alone do not know it, for the readout adds what each of them says.
    """
    bits = rng.integers(0, 2, (length, n))
    return bits, ends_agree(bits)


@dataclass(frozen=True)
class Task:
    """A rule, names for its numbers, and a recipe that was measured.

    right : what is right of any words. words, classes : the names of words and answers, by number.
    shortest, length : the least T that makes sense, and the usual one.
    settings : fields of Hyperparameters with which the usual sentences are learned, or not:
        data/README.md says how often. epochs : how far to let them go.
    """

    rule: Rule
    right: Right
    words: tuple[str, ...]
    classes: tuple[str, ...]
    shortest: int
    length: int
    epochs: int
    settings: Mapping[str, Any]

    def answers(self, words: Sequence[str]) -> str | list[str | None] | None:
        """What is right of these words: the answer after the last, or a list with one for each;
        None where nothing is asked, also of words that are not the task's.
        """
        if not words or not set(words) <= set(self.words):
            return None
        said = self.right(np.array([self.words.index(word) for word in words])[:, None])[..., 0]
        names = [self.classes[answer] if answer >= 0 else None for answer in np.atleast_1d(said)]
        return names if said.ndim else names[0]


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
    "remember_first": Task(
        remember_first, first_word, (*LETTERS, *NOISE), LETTERS, 2, 20, 30, SLOW
    ),
    "bracket_depth": Task(
        bracket_depth, open_now, ("open", "close"), ("0", "1", "2", "3", "4"), 5, 20, 20, RECIPE
    ),
    "copy": Task(
        copy, letters_again, (*LETTERS, "wait", "say"), LETTERS, 2 * N_COPIED, 20, 40, RECIPE
    ),
    "parity": Task(parity, ones_so_far, BITS, ("even", "odd"), 4, 20, 40, RECIPE),
    "parity_last": Task(
        parity_last, lambda bits: ones_so_far(bits)[-1], BITS, ("even", "odd"), 4, 20, 40, RECIPE
    ),
    "temporal_order": Task(
        temporal_order, which_order, ("x", "y", *NOISE), ("xx", "xy", "yx", "yy"), 3, 20, 80, RECIPE
    ),
    "comes_again": Task(
        comes_again, again_later, (*LETTERS, *NOISE), ("no", "yes"), 3, 20, 30,
        {**RECIPE, "cell": "gru", "bidirectional": True},
    ),
    "same_ends": Task(
        same_ends, ends_agree, BITS, ("no", "yes"), 4, 20, 30,
        {**RECIPE, "bidirectional": True, "n_layers": 2},
    ),
}  # fmt: skip


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
    return Dataset(name, train, test, vocabulary, task.classes, rule=task.answers)


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
