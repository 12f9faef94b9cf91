"""Names beside points: each where it lies on no other name and no point, or nowhere.

It knows pixels and lengths of texts; it must not know what the points are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

HIGH, LETTER, MARK = 15.0, 7.4, 6.0
"""Pixels of a name's height, of a letter's width, and from a point's middle to its edge."""
SIDES = {"top center": (0, -1), "bottom center": (0, 1), "middle right": (1, 0),
         "middle left": (-1, 0)}  # fmt: skip
"""{as Plotly calls it: from the point to its name, x to the right and y down}."""


def sides(
    points: np.ndarray, names: Sequence[str], first: Iterable[int] = (), wide: float = np.inf
) -> list[str | None]:
    """For each point (N, 2), in pixels, y down, a key of SIDES; None where there is no room.

    first : points whose names are placed before the others'. wide : names lie between 0 and this.
    """
    taken = np.concatenate([points - MARK, points + MARK], axis=1)  # left, top, right, bottom
    found: list[str | None] = [None] * len(points)
    for i in dict.fromkeys([*first, *range(len(points))]):
        others = np.delete(taken, i, axis=0) if i < len(taken) else taken
        for side, towards in SIDES.items():
            box = _box(points[i], len(names[i]) * LETTER, np.array(towards, float))
            if box[0] >= 0 and box[2] <= wide and not _meets(box, others):
                found[i], taken = side, np.concatenate([taken, [box]])
                break
    return found


def _box(point: np.ndarray, wide: float, towards: np.ndarray) -> np.ndarray:
    half = np.array([wide, HIGH]) / 2
    middle = point + towards * (half + MARK)
    return np.concatenate([middle - half, middle + half])


def _meets(box: np.ndarray, others: np.ndarray) -> bool:
    return bool(((others[:, :2] < box[2:]) & (others[:, 2:] > box[:2])).all(axis=1).any())
