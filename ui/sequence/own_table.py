"""A visitor's table: the bytes of a file or pasted lines -> cells, and which column is which.

It knows no screen, no network and no dataset. What is wrong with a file is a ValueError of one
sentence.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ui.sequence import text_model as text

MOST_BYTES = 2 * 10**6
SAMPLE, FEW, MOST_SEEN = 100_000, 3, 2000
"""Characters by which the delimiter is found; rows that may have no header; rows to guess by."""
DELIMITERS = "\t;,"
"""Those that are rare in a text first: where two fit alike, it is not the comma."""
ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"\xd0\xcf\x11\xe0")
"""How zip (and xlsx), gzip, bzip2, xz, 7z and old workbooks begin. Nothing is ever unpacked."""
RISKY = tuple("=+-@\t\r")
"""A spreadsheet computes a cell that begins so."""
TEXTS = re.compile("(text|sentence|review|comment|tweet|message)s?|(review|tweet)text|content|body")
LABELS = re.compile("labels?|class|category|sentiment|target|y|polarity|stars|rating|emotion|topic")
"""Columns that are called so, in another language the cells must tell."""
PARTS = {"train": "train", "training": "train"} | dict.fromkeys(
    ["test", "testing", "validation", "valid", "val", "dev", "eval", "holdout"], "test"
)
"""What a split column may say. What was held back for any purpose is not trained on."""

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Table:
    """Cells. rows : (the line where it begins, its cells). width : cells of most rows. said : how
    it was read. text, label, split : the columns, a guess. header : whether row 0 names them.
    """

    rows: list[Row]
    width: int
    said: str
    text: int = 0
    label: int = 1
    split: int | None = None
    header: bool = False

    def names(self) -> list[str]:
        """What the columns are called: by their first cells."""
        return [f"{i}: {cell[:40]}" for i, cell in enumerate(_wide(self.rows[0][1], self.width), 1)]


def read(content: bytes | str) -> Table:
    """A file or pasted lines as cells; ValueError says in one sentence why there are none."""
    _check_size(content)
    said, encoding = decode(content) if isinstance(content, bytes) else (content, "")
    if not said.strip():
        raise ValueError(text.EMPTY)
    asked = re.match(r"sep=(.)\r?\n", said)
    said = said[asked.end() :] if asked else said
    signs = [asked[1]] if asked else list(DELIMITERS)
    ways = (csv.QUOTE_MINIMAL, csv.QUOTE_NONE)
    sample = said[:SAMPLE]
    sign = max(signs, key=lambda sign: max(_rank(_cells(sample, sign, way)) for way in ways))
    rows, quoting = max(((_cells(said, sign, way), way) for way in ways), key=lambda r: _rank(r[0]))
    if not _rank(rows)[0]:
        raise ValueError(text.ONE_COLUMN)
    quotes = text.QUOTES if quoting == csv.QUOTE_NONE else ""
    how = ", ".join(filter(None, [encoding, text.DELIMITERS.get(sign, sign), quotes]))
    first = 1 if asked else 0
    return guess([(line + first, cells) for line, cells in rows], how)


def own_text(content: bytes) -> str:
    """A visitor's file as one text; ValueError says in one sentence why there is none."""
    _check_size(content)
    if not (said := decode(content)[0]).strip():
        raise ValueError(text.EMPTY)
    return said


def _check_size(content: bytes | str) -> None:
    if len(content) > MOST_BYTES:
        size, most = len(content) / 10**6, MOST_BYTES // 10**6
        raise ValueError(text.LARGE.format(size=size, most=most))


def decode(content: bytes) -> tuple[str, str]:
    """The text of a file, and the name of its encoding."""
    if content.startswith(ARCHIVES):
        raise ValueError(text.ARCHIVE)
    marks = {b"\xef\xbb\xbf": "UTF-8", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
    names = [name for mark, name in marks.items() if content.startswith(mark)]
    for name, zeros in (("UTF-16-LE", content[1::2]), ("UTF-16-BE", content[::2])):
        if not names and zeros.count(0) > 0.3 * len(zeros) > 0:
            names = [name]
    for name in names or ["UTF-8", "Windows-1252", "Latin-1"]:
        try:
            said = content.decode("UTF-8-SIG" if name == "UTF-8" else name)
        except UnicodeDecodeError:
            continue
        if not any(c < " " and not c.isspace() for c in said[:10_000]):
            return said, name
    raise ValueError(text.NO_TEXT)


def _cells(said: str, delimiter: str, quoting: int) -> list[Row]:
    """The rows that are not blank; none, if a quote swallows too much."""
    reader = csv.reader(io.StringIO(said, newline=""), delimiter=delimiter, quoting=quoting,
                        skipinitialspace=delimiter != "\t")  # fmt: skip
    rows, line = [], 1
    try:
        for cells in reader:
            if any(cells := [_cell(cell) for cell in cells]):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error:
        return []
    return rows


def _cell(said: str) -> str:
    """Spaces are single; the guard that `as_csv` put before a risky cell is taken away."""
    said = " ".join(said.split())
    return said[1:] if said[:1] == "'" and said[1:].startswith(RISKY) else said


def _width(rows: Sequence[Row]) -> int:
    counts = Counter(len(cells) for _, cells in rows)
    return max(counts, key=lambda width: (counts[width], width), default=0)


def _rank(rows: Sequence[Row]) -> tuple[float, int]:
    """How many rows are of one width, 0..1 (0 if that is one column), then how many there are."""
    width = _width(rows)
    share = sum(len(cells) == width for _, cells in rows) / len(rows) if width > 1 else 0.0
    return share, len(rows)


def _wide(cells: list[str], width: int) -> list[str]:
    return [*cells, *[""] * width][:width]


def guess(rows: list[Row], said: str) -> Table:
    """Which column is the text, which the label, which the split, and whether row 0 names them:
    by known names, else the most words, few values that come again, and "train" and "test".
    """
    width = _width(rows)
    names = [re.sub(r"[\W_]", "", cell.casefold()) for cell in _wide(rows[0][1], width)]
    seen = rows[len(rows) > FEW : MOST_SEEN]
    columns = [list(filter(None, c)) for c in zip(*(_wide(c, width) for _, c in seen), strict=True)]
    kinds = [len(set(column)) for column in columns]
    words = [sum(cell.count(" ") for cell in column) for column in columns]
    size = [(words[i], kinds[i], sum(map(len, columns[i]))) for i in range(width)]
    texts = [i for i in range(width) if TEXTS.fullmatch(names[i])]
    content = max(texts or range(width), key=lambda i: size[i])
    known = [sum(cell.casefold() in PARTS for cell in column) for column in columns]
    parts = [i for i in range(width) if i != content and known[i] > 0.9 * len(columns[i])]
    rest = [i for i in range(width) if i not in (content, *parts)] or [0 if content else 1]
    called = [i for i in rest if LABELS.fullmatch(names[i])]
    several = [i for i in rest if 1 < kinds[i] <= len(columns[i]) / 2]
    label = min(called or several or rest, key=lambda i: (kinds[i], -i))
    strange = label in several and _wide(rows[0][1], width)[label] not in columns[label]
    header = bool(texts or called or strange)
    return Table(rows, width, said, content, label, parts[0] if parts else None, header)


def of_rows(rows: Iterable[Sequence[object]]) -> Table:
    """The same of an edited table of texts, labels, and "train" or "test"."""
    filled = [[_cell(str("" if cell is None else cell)) for cell in row] for row in rows]
    numbered = [(i, row) for i, row in enumerate(filled, 1) if any(row[:2])]
    if not numbered:
        raise ValueError(text.EMPTY)
    return Table(numbered, 3, text.THE_TABLE, split=2)


def as_csv(rows: Iterable[Sequence[str | float]]) -> bytes:
    """Rows as a file that a spreadsheet opens: with a mark of its encoding, and risky texts guarded
    by an apostrophe, so that nothing in them is computed. Numbers are written exactly.
    """
    file = io.StringIO(newline="")
    csv.writer(file).writerows([[_guarded(cell) for cell in row] for row in rows])
    return file.getvalue().encode("utf-8-sig")


def _guarded(cell: str | float) -> str | float:
    return "'" + cell if isinstance(cell, str) and cell.startswith(RISKY) else cell
