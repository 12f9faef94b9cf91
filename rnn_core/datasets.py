"""Datasets: sequences with answers, from the folder data/ or from a rule, ready to be asked.

The only room of the core that touches files. A CSV with the columns text, label, split is a
dataset by its file name; nothing else needs to be said about it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import numpy as np

from rnn_core.pool import Pool
from rnn_core.tokens import Tokens, tokenize
from rnn_core.vocabulary import Vocabulary
from rnn_core.wirings import Split, classify

DATA = Path(__file__).resolve().parent.parent / "data"
COLUMNS = ["text", "label", "split"]
MAX_WORDS = 40
Right = str | list[str | None] | None
"""An answer, or one for each step, None where nothing is asked."""


@dataclass(frozen=True)
class Dataset:
    """Sequences with answers. The vocabulary comes from the training part alone.

    buffers : the memory in which runs on this dataset are computed; see buffers.Buffers.
    source : the words of an encoder, where one reads before. left_out : test sentences of which
    no word occurs in training: there is nothing to read. read : makes tokens of a text. rule : says
    what is right of any words, as known_target does; None where nobody can. more : other sequences
    that are not in training, by what is hard about them.
    """

    name: str
    train: Split
    test: Split
    vocabulary: Vocabulary | None
    classes: tuple[str, ...]
    source: Vocabulary | None = None
    left_out: int = 0
    buffers: Pool = field(default_factory=Pool, repr=False, compare=False)
    read: Callable[[str], Tokens] = field(default=tokenize, repr=False, compare=False)
    rule: Callable[[Sequence[str]], Right] | None = field(default=None, repr=False, compare=False)
    more: Mapping[str, Split] = field(default_factory=dict, repr=False, compare=False)

    @property
    def per_step(self) -> bool:
        """Whether there may be an answer at each step, or one after the last."""
        return self.train.per_step

    @property
    def majority(self) -> tuple[str, float]:
        """The most frequent answer in training, and its share: what always giving it comes to."""
        counts = np.bincount(self.train.answers[self.train.answers >= 0], minlength=1)
        return self.classes[counts.argmax()], float(counts.max() / counts.sum())

    @cached_property
    def _known(self) -> dict[tuple[str, ...], tuple[Split, int]]:
        """Where each sentence stands; the first place, if there are several."""
        places = [(split, i) for split in (self.train, self.test) for i in range(len(split.texts))]
        return {self.read(split.texts[i])[0]: (split, i) for split, i in reversed(places)}

    def known_label(self, text: str) -> str | None:
        """The label of a sentence that is in the data, word for word; else None."""
        split, i = self._known.get(tokenize(text)[0], (None, 0))
        return split.labels[i] if split else None

    def known_target(self, text: str) -> Right:
        """The same as Model.backward wants it: a list of one for each step, where per_step. Of
        other sentences the rule says it, where there is one.
        """
        words = tokenize(text)[0]
        split, i = self._known.get(words, (None, 0))
        if split is None:
            return self.rule(words) if self.rule else None
        return self.right(split, i)

    def right(self, split: Split, i: int) -> Right:
        """What is right of one sentence of the training or the test part, as in known_target."""
        if not split.per_step:
            return self.classes[int(split.answers[i])]
        answers = split.answers[: split.lengths[i], i]
        return [self.classes[answer] if answer >= 0 else None for answer in answers]


MADE: dict[str, Callable[[], Dataset]] = {}
"""Datasets that need no file, by name: experiments/tasks.py and whoever else has a rule."""


READERS: dict[str, Callable[[str, bytes], Dataset]] = {}
"""How other files become datasets, by their ending: (name, content) -> dataset; see texts.py."""


def dataset_names(folder: Path = DATA, ending: str = ".csv") -> list[str]:
    """The names of the files with this ending, sorted."""
    return sorted(path.stem for path in folder.glob(f"*{ending}"))


def load_dataset(name: str, folder: Path = DATA) -> Dataset:
    """Read data/<name>.csv or another file that has a reader, or make what has a rule.

    Raises ValueError for a name that is not there, and for a file that is broken: it says
    which file, which line and why.
    """
    names = dataset_names(folder)
    if name in names:
        data = parse_dataset(name, (folder / f"{name}.csv").read_bytes())
        if len(data.classes) < 2:
            label = data.classes[0]
            raise ValueError(f"{name}.csv: every label is {label!r}; there must be two at least")
        if not len(data.test):
            raise ValueError(f"{name}.csv: no test sentence has a word of the training part")
        return data
    for ending, read in READERS.items():
        if name in dataset_names(folder, ending):
            return read(name, (folder / f"{name}{ending}").read_bytes())
    if name in MADE:
        return MADE[name]()
    there = ", ".join(names) or "none"
    raise ValueError(f"no dataset {name!r}; there are: {there}; and tasks: {', '.join(MADE)}")


def parse_dataset(name: str, content: bytes) -> Dataset:
    """Turn the bytes of a CSV into a Dataset; see load_dataset for what is refused."""
    rows = _rows(f"{name}.csv", content)
    try:
        return from_rows(name, rows)
    except ValueError:
        raise ValueError(f"{name}.csv: there is no training sentence") from None


def from_rows(
    name: str, rows: Sequence[tuple[str, str, str]], least: int = 1,
    read: Callable[[str], Tokens] = tokenize,
) -> Dataset:  # fmt: skip
    """A dataset of rows (text, label, split) that were checked; least : as in Vocabulary.

    Raises ValueError without a training sentence.
    """
    classes = tuple(sorted({label for _, label, _ in rows}))
    vocabulary = Vocabulary((read(text) for text, _, split in rows if split == "train"), least)
    train, test = (
        _split([(text, read(text), label) for text, label, of in rows if of == split],
               vocabulary, classes)
        for split in ("train", "test")
    )  # fmt: skip
    left_out = len(rows) - len(train) - len(test)
    return Dataset(name, train, test, vocabulary, classes, left_out=left_out, read=read)


def _rows(file: str, content: bytes) -> list[tuple[str, str, str]]:
    """Check a CSV line by line; rows of (text, label, split)."""
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        lines = [(reader.line_num, line) for line in reader if line]
    except UnicodeDecodeError as error:
        broken = content[: error.start].count(b"\n") + 1
        raise ValueError(f"{file}, line {broken}: this is not UTF-8 text") from None
    except csv.Error as error:
        raise ValueError(f"{file}, line {reader.line_num}: {error}") from None
    if not lines or [cell.strip() for cell in lines[0][1]] != COLUMNS:
        raise ValueError(f"{file}, line 1: the columns must be {','.join(COLUMNS)}")
    rows: list[tuple[str, str, str]] = []
    for number, line in lines[1:]:
        if len(line) != 3:
            raise ValueError(f"{file}, line {number}: {len(line)} columns instead of 3")
        text, label, split = (cell.strip() for cell in line)
        n_words = len(tokenize(text)[0])
        if not 1 <= n_words <= MAX_WORDS:
            raise ValueError(f"{file}, line {number}: {n_words} words; it must be 1 to {MAX_WORDS}")
        if not label:
            raise ValueError(f"{file}, line {number}: the label is empty")
        if split not in ("train", "test"):
            raise ValueError(f"{file}, line {number}: split is {split!r}, not train or test")
        rows.append((text, label, split))
    return rows


def _split(
    rows: Sequence[tuple[str, Tokens, str]], vocabulary: Vocabulary, classes: Sequence[str]
) -> Split:
    """Number the words and labels of some rows; words outside the vocabulary are left out."""
    number = cache(vocabulary.number)  # the same few pieces come again and again
    numbered = [list(map(number, *tokens[:2])) for _, tokens, _ in rows]
    encoded = [([i for i in ids if i is not None], text, label)
               for ids, (text, _, label) in zip(numbered, rows, strict=True)]  # fmt: skip
    encoded = [row for row in encoded if len(row[0])]
    return classify(
        [ids for ids, _, _ in encoded],
        [classes.index(label) for _, _, label in encoded],
        tuple(text for _, text, _ in encoded),
        tuple(label for _, _, label in encoded),
    )
