"""How a signal is coloured: diverging where it has a sign, sequential where it is a share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ui.figures.theme import AMOUNT, FORWARD

Span = tuple[float, float]


def colors(span: Span) -> tuple[Sequence[str], float]:
    """The colours for theme.heatmap and their limit. span : a signal's low and high."""
    low, high = span
    return (FORWARD, max(-low, high)) if low < 0 else (AMOUNT, high)


def ticks(span: Span) -> dict[str, Any]:
    """The numbers beside a colour bar."""
    low, high = span
    if low < 0:
        limit = max(-low, high)
        return {"tickvals": [-limit, 0, limit], "ticktext": [f"−{limit:g}", "0", f"+{limit:g}"]}
    return {"tickvals": [0, high], "ticktext": ["0", f"{high:g}"]}
