"""Datasets: reads the folder data/ and turns it into what a network can be asked.

The only room of the core that touches files. A CSV with the columns text, label, split is a
dataset by its file name; nothing else needs to be said about it. The tasks of tasks.py, which
need no file, have names here as well.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rnn_core.split import Dataset, Split
from rnn_core.tasks import TASKS, make_task
from rnn_core.vocabulary import Vocabulary, tokenize

__all__ = ["DATA", "Dataset", "Split", "dataset_names", "load_dataset", "parse_dataset"]

DATA = Path(__file__).resolve().parent.parent / "data"
COLUMNS = ["text", "label", "split"]
MAX_WORDS = 40


def dataset_names(folder: Path = DATA) -> list[str]:
    """The names of the CSV files, sorted."""
    return sorted(path.stem for path in folder.glob("*.csv"))


def load_dataset(name: str, folder: Path = DATA) -> Dataset:
    """Read data/<name>.csv, or make the usual sentences of a task.

    Raises ValueError for a name that is not there, and for a file that is broken: it says
    which file, which line and why.
    """
    names = dataset_names(folder)
    if name in names:
        return parse_dataset(name, (folder / f"{name}.csv").read_bytes())
    if name in TASKS:
        return make_task(name)
    there = ", ".join(names) or "none"
    raise ValueError(f"no dataset {name!r}; there are: {there}; and tasks: {', '.join(TASKS)}")


def parse_dataset(name: str, content: bytes) -> Dataset:
    """Turn the bytes of a CSV into a Dataset; see load_dataset for what is refused."""
    rows = _rows(f"{name}.csv", content)
    classes = tuple(sorted({label for _, label, _ in rows}))
    try:
        vocabulary = Vocabulary(text for text, _, split in rows if split == "train")
    except ValueError:
        raise ValueError(f"{name}.csv: there is no training sentence") from None
    train, test = (
        _split([row for row in rows if row[2] == split], vocabulary, classes)
        for split in ("train", "test")
    )
    return Dataset(name, train, test, vocabulary, classes)


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
    rows: Sequence[tuple[str, str, str]], vocabulary: Vocabulary, classes: Sequence[str]
) -> Split:
    """Number the words and labels of some rows; words outside the vocabulary are left out."""
    encoded = [(vocabulary.encode(text).ids, text, label) for text, label, _ in rows]
    encoded = [row for row in encoded if len(row[0])]
    lengths = np.array([len(ids) for ids, _, _ in encoded], dtype=np.intp)
    padded = np.zeros((lengths.max(initial=0), len(encoded)), dtype=np.intp)
    for column, (ids, _, _) in enumerate(encoded):
        padded[: len(ids), column] = ids
    return Split(
        texts=tuple(text for _, text, _ in encoded),
        labels=tuple(label for _, _, label in encoded),
        ids=padded,
        lengths=lengths,
        answers=np.array([classes.index(label) for _, _, label in encoded], dtype=np.intp),
    )
