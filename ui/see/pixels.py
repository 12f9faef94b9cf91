"""Pictures that the visitor draws: 64 pixels in 16 hexadecimal digits, and a grid to click on.

Each pixel's button says what it becomes, so a click that is heard twice does nothing twice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from ui.kit import settings
from ui.kit.player import Node, node
from ui.kit.table import TABLE
from ui.kit.theme import EMPTY, FORWARD, INK
from ui.see import text

SIDE = 8
DIGITS = re.compile(r"[0-9a-f]{16}")


def array(digits: str) -> np.ndarray:
    """(8, 8) of 0 and 1."""
    bits = np.unpackbits(np.frombuffer(bytes.fromhex(digits), np.uint8))
    return bits.reshape(SIDE, SIDE).astype(float)


def digits(picture: np.ndarray) -> str:
    """A picture (8, 8) as 16 digits; lit is what is above one half."""
    return np.packbits(np.asarray(picture) > 0.5).tobytes().hex()


def chosen(name: str) -> str:
    """The picture of a setting; what is none is said, and put right."""
    found = str(settings.get(name)).lower()
    if not DIGITS.fullmatch(found):
        found = str(TABLE[name].default)
        settings.note(text.BAD_PICTURE)
        settings.put(**{name: found})
    return found


def clicked(key: str, name: str) -> None:
    """A callback: a pixel of the film with this key was clicked, and is now lit, or not."""
    click = settings.reported(key, "click") or {}
    pixel, lit = click.get("pixel"), click.get("lit")
    if isinstance(pixel, int) and 0 <= pixel < SIDE * SIDE and lit in (0, 1):
        picture = array(chosen(name))
        picture.flat[pixel] = lit
        settings.put(**{name: digits(picture)})


def grid(
    picture: np.ndarray, values: np.ndarray | None = None, read: int | None = None,
    still: bool = False,
) -> Node:  # fmt: skip
    """A picture (N, N) as squares. values : (N, N) in -1..1 that colour what is lit. read : rows
    that are read; the rest is pale. still : it cannot be drawn on.
    """
    side = len(picture)
    cells = []
    for i, is_lit in enumerate((picture > 0.5).ravel().tolist()):
        row, column = divmod(i, side)
        at = {"row": row + 1, "column": column + 1}
        fill, title = INK if is_lit else EMPTY, text.PLACE.format(**at)
        if is_lit and values is not None:
            value = float(values[row, column])
            fill, title = shade(value), text.PLACE_VALUE.format(**at, value=value)
        look = "pixel lit" if is_lit else "pixel"
        if read is not None and row >= read:
            look += " pale"
        act = {} if still else {"click": {"pixel": i, "lit": int(not is_lit)}}
        cells.append(node("span" if still else "button", class_=look, fill=fill, title=title,
                          label=text.PLACE_IS[is_lit].format(**at), **act))  # fmt: skip
    return node("div", *cells, class_=f"pixels side-{side}")


def shade(value: float) -> str:
    """The colour of a value in -1..1."""
    last = len(FORWARD) - 1
    return FORWARD[round((min(max(value, -1.0), 1.0) + 1) / 2 * last)]


def where(pixel: int) -> str:
    """A pixel in words."""
    return text.PLACE.format(row=pixel // SIDE + 1, column=pixel % SIDE + 1)


def quarters(values: Sequence[float] | np.ndarray) -> dict[str, float]:
    """The share of the four quarters in the sum of all |values| (64,)."""
    size = np.abs(np.reshape(values, (2, SIDE // 2, 2, SIDE // 2))).sum(axis=(1, 3))
    total = max(float(size.sum()), 1e-300)
    parts = zip(text.QUARTERS, size.ravel(), strict=True)
    return {name: float(part) / total for name, part in parts}
