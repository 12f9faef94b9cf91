"""In which order units are drawn: by number, by likeness, or by what they do to the answer."""

from __future__ import annotations

import numpy as np

ORDERS = {"effect": "by effect", "likeness": "by likeness", "number": "by number"}


def by_effect(push: np.ndarray) -> list[int]:
    """Units from those that push hardest towards the answer to those that push hardest away.

    push : (H,) how much one unit of h adds to the answer's logit over the others'.
    """
    return [int(unit) for unit in np.argsort(-push, kind="stable")]


def by_likeness(h: np.ndarray) -> list[int]:
    """Units that move alike side by side: by angle in the plane of the two main patterns.

    h : (N, H) states. The singular vectors of the centred states give each unit a place in a
    plane; going round it, neighbours behave alike.
    """
    centred = h - h.mean(axis=0)
    patterns = np.linalg.svd(centred, full_matrices=False)[2][:2]
    if len(patterns) < 2:
        return list(range(h.shape[1]))
    return [int(unit) for unit in np.argsort(np.arctan2(patterns[1], patterns[0]), kind="stable")]
