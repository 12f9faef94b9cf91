"""Words over the columns of a picture that has no strip: a row of boxes for each sentence.

A Words is a drawing as kit/drawing.js takes it: marks, and for each moment a letter for each mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.kit.player import Drawing
from ui.sequence import text

Span = tuple[float, float]
HIGH, PITCH = 26, 52
"""Pixels of a row, and from one to the next: in narrow columns words stand under their boxes."""


class Words:
    """rows : for each sentence its words, "" for none, and whether each of them is known."""

    def __init__(self, *rows: tuple[Sequence[str], Sequence[bool]]) -> None:
        self.n_columns = len(rows[0][0])
        self.marks: list[dict[str, Any]] = [
            {"kind": "band", "from": column, "to": column, "look": "now"}
            for column in range(self.n_columns)
        ]
        self._boxes = [
            (row, column, word, is_known) for row, sentence in enumerate(rows)
            for column, (word, is_known) in enumerate(zip(*sentence, strict=True)) if word
        ]  # fmt: skip
        self.marks += [
            {"kind": "box", "look": "x" if is_known else "unknown", "x": [column, 0],
             "y": row * PITCH, "w": 110, "h": HIGH, "room": 4, "text": [["", word]]}
            for row, column, word, is_known in self._boxes
        ]  # fmt: skip
        self.height = HIGH + (len(rows) - 1) * PITCH

    def panel(self, name: str, **more: Any) -> Drawing:
        """It as a panel, over its columns."""
        return Drawing(name, self.marks, self.height, text.WORDS, columns=self.n_columns, **more)

    def at(self, here: int | None, hidden: Span | None = None) -> str:
        """The letters at a column. hidden : between which columns nothing has happened yet; those
        behind `here` unless it is said.
        """
        low, high = hidden or (self.n_columns if here is None else here, self.n_columns)
        bands = ["n" if column == here else "-" for column in range(self.n_columns)]
        boxes = [
            "u" if not is_known else "n" if column == here
            else "f" if low < column < high else "p"
            for _, column, _, is_known in self._boxes
        ]  # fmt: skip
        return "".join([*bands, *boxes])
