"""A visitor's own data: a table as a dataset, and what is to be said of it before training.

It knows no screen and keeps nothing. What is wrong with a row leaves that row out, counted, with
the line where it was seen first.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass

import numpy as np

from rnn_core import Dataset
from rnn_core.datasets import MAX_WORDS, from_rows
from rnn_core.tokens import Tokens, tokenize
from ui.kit.numbers import percent
from ui.sequence import text_model as text
from ui.sequence.own_table import PARTS, Table

OWN = "own"
"""Its name among the datasets, and in the address."""
MOST_ROWS, MOST_CLASSES, LONGEST_LABEL = 20_000, 40, 40
MOST_KNOWN = 2_000
"""Words that are learned by name; the rarer ones are one word together."""
FEW = 50
"""Training sentences; of so few each word is learned by name, however rare."""
TEST_SHARE, SEED = 0.2, 0


@dataclass(frozen=True)
class Understood:
    """A table as a dataset, and what one wants to know of it.

    n_read : its rows. left_out : {reason: (rows, the line of the first)}. classes : {label: rows},
    the most frequent first. drawn : whether the split was drawn here. n_cut : rows of more than
    MAX_WORDS words, which end there. words : how often each comes in training; those that come
    less often than `least` are read as unknown.
    """

    dataset: Dataset
    n_read: int
    left_out: dict[str, tuple[int, int]]
    classes: dict[str, int]
    drawn: bool
    n_cut: int
    words: Counter[str]
    least: int

    @property
    def n_rare(self) -> int:
        """How many words are read as unknown."""
        return sum(n < self.least for n in self.words.values())

    @property
    def longest(self) -> int:
        """Words of the longest sentence."""
        return int(max(self.dataset.train.lengths.max(), self.dataset.test.lengths.max()))

    def always(self) -> str:
        """What always giving the most frequent label comes to."""
        (label, count), test = next(iter(self.classes.items())), self.dataset.test.labels
        share = percent(count / sum(self.classes.values()))
        right = percent(test.count(label) / len(test))
        said = text.ALWAYS["all" if right == share else "test"]
        return said.format(share=share, label=label, right=right)


def rows(data: Dataset) -> list[tuple[str, str, str]]:
    """The sentences of a dataset as a table: text, label, split."""
    return [(said, label, part) for part, split in (("train", data.train), ("test", data.test))
            for said, label in zip(split.texts, split.labels, strict=True)]  # fmt: skip


class Words:
    """As a job's work: the tokens of a table's texts. known : {text: tokens}; it grows."""

    def __init__(self, table: Table, known: dict[str, Tokens]) -> None:
        texts = dict.fromkeys(_cell(cells, table.text) for _, cells in table.rows[: MOST_ROWS + 1])
        self.known = known
        self._left = [one for one in texts if one not in known]
        self._all = max(len(self._left), 1)

    @property
    def done(self) -> bool:
        """Whether all are there."""
        return not self._left

    @property
    def share(self) -> float:
        """How many are, 0..1."""
        return 1 - len(self._left) / self._all

    def advance(self, budget_s: float) -> None:
        """Read for so many seconds."""
        until = time.perf_counter() + budget_s
        while self._left:
            one = self._left.pop()
            self.known[one] = tokenize(one)
            if time.perf_counter() >= until:
                break


def understand(table: Table, known: dict[str, Tokens], least: int = 0) -> Understood:
    """Choose the rows, split them and number their words.

    known : as in Words. least : how often a word must come to be learned by name; 0: as suits.
    Raises ValueError, one sentence, where no network could learn from it.
    """
    rows = table.rows[table.header :]
    left_out: dict[str, tuple[int, int]] = {}
    kept: dict[tuple[tuple[str, ...], str], tuple[str, str]] = {}
    for i, (line, cells) in enumerate(rows):
        said, label = _cell(cells, table.text), _cell(cells, table.label)
        late = text.WRONG_ROW["late"].format(most=MOST_ROWS) if i >= MOST_ROWS else ""
        wrong = late or _wrong(table, cells)
        key = known[said].tokens if not wrong else (), label
        if not wrong and not key[0]:
            wrong = text.WRONG_ROW["no word"]
        elif key in kept:
            wrong = text.WRONG_ROW["twice"]
        if wrong:
            count, first = left_out.get(wrong, (0, line))
            left_out[wrong] = count + 1, first
        else:
            kept[key] = said, PARTS.get(_cell(cells, table.split).casefold(), "")
    classes = Counter(label for _, label in kept)
    _check(classes, left_out)
    parts = [part for _, part in kept.values()]
    if drawn := len(set(parts)) < 2:
        parts = _drawn([label for _, label in kept])
    read: dict[str, Tokens] = {}
    chosen = []
    for ((tokens, label), (said, _)), part in zip(kept.items(), parts, strict=True):
        short = " ".join(tokens[:MAX_WORDS]) if len(tokens) > MAX_WORDS else said
        read[short] = Tokens(*(words[:MAX_WORDS] for words in known[said]))
        chosen.append((short, label, part))
    words = Counter(w for one, _, part in chosen if part == "train" for w in read[one].tokens)
    least = least or _usual_least(words, parts.count("train"))
    dataset = from_rows(OWN, chosen, least, read.__getitem__)
    if not len(dataset.test):
        raise ValueError(text.NO_TEST)
    n_cut = sum(len(tokens) > MAX_WORDS for tokens, _ in kept)
    ordered = dict(classes.most_common())
    return Understood(dataset, len(rows), left_out, ordered, drawn, n_cut, words, least)


def _cell(cells: list[str], column: int | None) -> str:
    return cells[column] if column is not None and column < len(cells) else ""


def _wrong(table: Table, cells: list[str]) -> str:
    """What is wrong with the cells of a row, or ""."""
    label, part = _cell(cells, table.label), _cell(cells, table.split).casefold()
    if any(cells[table.width :]):
        return text.WRONG_ROW["cells"]
    if not _cell(cells, table.text):
        return text.WRONG_ROW["no text"]
    if not label:
        return text.WRONG_ROW["no label"]
    if len(label) > LONGEST_LABEL:
        return text.WRONG_ROW["long"].format(most=LONGEST_LABEL)
    known = table.split is None or part in PARTS
    return "" if known else text.WRONG_ROW["split"]


def _check(classes: Counter[str], left_out: dict[str, tuple[int, int]]) -> None:
    """Raise ValueError unless there are some classes, and not too many."""
    if not classes:
        reasons = "; ".join(text.NO_ROW_FROM.format(reason=reason, line=line)
                            for reason, (_, line) in left_out.items())  # fmt: skip
        raise ValueError(text.NO_ROW.format(reasons=reasons or text.HEADER_ONLY))
    if len(classes) == 1:
        raise ValueError(text.ONE_LABEL.format(label=next(iter(classes))))
    if len(classes) > MOST_CLASSES:
        raise ValueError(text.MANY_LABELS.format(n=len(classes), most=MOST_CLASSES))


def _drawn(labels: list[str]) -> list[str]:
    """A split: of each label a fifth is for the test, one at least where there are two."""
    rng, parts = np.random.default_rng(SEED), np.full(len(labels), "train", dtype=object)
    for label in sorted(set(labels)):
        which = rng.permutation([i for i, other in enumerate(labels) if other == label])
        some = max(round(TEST_SHARE * len(which)), 1) if len(which) > 1 else 0
        parts[which[:some]] = "test"
    if "test" not in parts:
        raise ValueError(text.NO_LABEL_TWICE)
    return list(parts)


def _usual_least(words: Counter[str], n_train: int) -> int:
    least = 2 if n_train >= FEW else 1
    while sum(n >= least for n in words.values()) > MOST_KNOWN:
        least += 1
    return least
