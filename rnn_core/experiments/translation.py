"""Translation: tasks for an encoder and a decoder, made by rules; what was left out of training.

Each rule knows the right answer to anything that it can read, so that a visitor's own input is
judged as well. data/README.md says what learns them, and how well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import numpy as np

from rnn_core.datasets import MADE, Dataset
from rnn_core.experiments import dates, numbers, phrases
from rnn_core.vocabulary import END, Vocabulary
from rnn_core.wirings import Split, encode_decode

Sources = list[list[str]]
LONGER = range(8, 12)
"""Words in sentences that are longer than all in training."""
N_LONGER = 50


@dataclass(frozen=True)
class Translation:
    """A rule from one sequence of symbols to another.

    draw : (rng, n_train, n_test) -> sources for "train", "test", and harder ones under names of
    their own; none of the others is in training. source, target : the symbols. joint : what stands
    between two of them in a text. read : an own text as symbols, ValueError where it cannot be.
    right : the symbols wanted, None where the rule has no answer. n_train : how many it takes.
    settings, epochs : a recipe that was measured.
    """

    draw: Callable[[np.random.Generator, int, int], dict[str, Sources]]
    source: tuple[str, ...]
    target: tuple[str, ...]
    joint: str
    read: Callable[[str], list[str]]
    right: Callable[[list[str]], list[str] | None]
    n_train: int
    settings: Mapping[str, Any]
    epochs: int

    def known(self, text: str) -> str | None:
        """The right answer to a text; ValueError where it cannot be read, None where there is none.

        Of an own text, too, that stands in no data.
        """
        symbols = self.right(self.read(text))
        return None if symbols is None else self.joint.join(symbols)

    def encode(self, text: str, reversed_source: bool = False) -> list[int]:
        """An own text as the numbers that a model reads, in the order in which it reads."""
        ids = [self.source.index(symbol) for symbol in self.read(text)]
        return ids[::-1] if reversed_source else ids


def draw_numbers(rng: np.random.Generator, n_train: int, n_test: int) -> dict[str, Sources]:
    """Numbers 0 to 9999 in words, each once."""
    drawn = [numbers.in_words(int(n)) for n in rng.permutation(numbers.LARGEST + 1)]
    return {"train": drawn[:n_train], "test": drawn[n_train : n_train + n_test]}


def draw_dates(rng: np.random.Generator, n_train: int, n_test: int) -> dict[str, Sources]:
    """Days, each once, each in one of the forms."""
    first = dates.FIRST.toordinal()
    days = first + rng.permutation(dates.LAST.toordinal() - first + 1)[: n_train + n_test]
    forms = rng.integers(0, len(dates.FORMS), len(days))
    drawn = [list(dates.write(date.fromordinal(int(day)), form))
             for day, form in zip(days, forms, strict=True)]  # fmt: skip
    return {"train": drawn[:n_train], "test": drawn[n_train:]}


def draw_phrases(rng: np.random.Generator, n_train: int, n_test: int) -> dict[str, Sources]:
    """English sentences; "pairs": with adjectives that their nouns never met; "longer" ones."""
    train = [phrases.draw(rng, False, 3, phrases.LONGEST) for _ in range(n_train)]
    met = {tuple(words) for words in train}

    def unseen(n: int, held_out: bool, shortest: int, longest: int) -> Sources:
        found: Sources = []
        while len(found) < n:
            words = phrases.draw(rng, held_out, shortest, longest)
            if tuple(words) not in met:
                found.append(words)
        return found

    return {
        "train": train,
        "test": unseen(n_test, False, 3, phrases.LONGEST),
        "pairs": unseen(n_test, True, 3, phrases.LONGEST),
        "longer": [words for n in LONGER for words in unseen(N_LONGER, False, n, n)],
    }


RECIPE: Mapping[str, Any] = {
    "cell": "gru",
    "n_hidden": 64,
    "spectral_radius": 1.0,
    "optimizer": "adam",
    "lr": 0.005,
    "batch_size": 64,
    "clip": "norm",
    "dtype": "float32",
}
LOOKING: Mapping[str, Any] = {**RECIPE, "n_hidden": 32, "lr": 0.01, "attention": True}
TRANSLATIONS: dict[str, Translation] = {
    "numbers": Translation(
        draw_numbers, numbers.WORDS, numbers.DIGITS, " ", numbers.read, numbers.right, 2000,
        RECIPE, 13,
    ),
    "translation": Translation(
        draw_phrases, phrases.ENGLISH, phrases.SPANISH, " ", phrases.read, phrases.right, 3000,
        LOOKING, 10,
    ),
    "dates": Translation(
        draw_dates, dates.SYMBOLS, dates.ISO, "", dates.read, dates.right, 4000,
        LOOKING, 8,
    ),
}  # fmt: skip


def make_translation(
    name: str, reversed_source: bool = False, seed: int = 0, n_train: int | None = None,
    n_test: int = 300,
) -> Dataset:  # fmt: skip
    """Draw a task's pairs of source and target.

    reversed_source : whether the encoder reads from the last symbol to the first. Source:
    Sutskever et al. 2014. Raises ValueError for a name that is not there.
    """
    if name not in TRANSLATIONS:
        raise ValueError(f"no translation {name!r}; there are: {', '.join(TRANSLATIONS)}")
    task = TRANSLATIONS[name]
    source, target = Vocabulary.of(task.source), Vocabulary.of((END, *task.target))
    drawn = task.draw(np.random.default_rng(seed), n_train or task.n_train, n_test)
    splits = {
        part: _split(task, sources, source, target, reversed_source)
        for part, sources in drawn.items()
    }
    return Dataset(
        name, splits.pop("train"), splits.pop("test"), target, target.words, source,
        more=splits,
    )  # fmt: skip


def _split(
    task: Translation, sources: Sources, read: Vocabulary, written: Vocabulary, turned: bool
) -> Split:
    targets = [task.right(symbols) or [] for symbols in sources]
    ids = [[read.id_of[symbol] for symbol in symbols] for symbols in sources]
    split = encode_decode(
        [one[::-1] if turned else one for one in ids],
        [[written.id_of[symbol] for symbol in symbols] for symbols in targets], written,
    )  # fmt: skip
    return replace(split, texts=_texts(task, sources), labels=_texts(task, targets))


def _texts(task: Translation, all_symbols: Sequence[Sequence[str]]) -> tuple[str, ...]:
    return tuple(("" if task.joint == "" else " ").join(symbols) for symbols in all_symbols)


MADE.update({name: partial(make_translation, name) for name in TRANSLATIONS})
