"""A condition on a number, as a lecture file writes it: "> 0.5", "= 3", "0.2 .. 0.8".

Nothing in a file is ever run: this is all that it can say about a number.
"""

from __future__ import annotations

import math
import operator
import re
from dataclasses import dataclass

from ui.kit.numbers import compact
from ui.lecture import text

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?"
ONE = re.compile(rf"\s*(<=|>=|<|>|=)\s*({NUMBER})\s*")
RANGE = re.compile(rf"\s*({NUMBER})\s*\.\.\s*({NUMBER})\s*")
HOLDS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": lambda value, other: math.isclose(value, other, rel_tol=1e-9, abs_tol=1e-12),
}


@dataclass(frozen=True)
class Condition:
    """sign : one of HOLDS; or "..", from low to high, both included."""

    sign: str
    low: float
    high: float = math.inf

    def holds(self, value: float) -> bool:
        """Whether a number fulfils it; what is no number fulfils nothing."""
        if self.sign == "..":
            return self.low <= value <= self.high
        return bool(HOLDS[self.sign](value, self.low))

    def __str__(self) -> str:
        low, high = compact(self.low, 3), compact(self.high, 3)
        return text.CONDITIONS[self.sign].format(low=low, high=high)


def condition(written: object) -> Condition:
    """What a text means. Raises ValueError that says how one is written."""
    said = str(written)[:60]
    if found := ONE.fullmatch(said):
        return Condition(found[1], float(found[2]))
    found = RANGE.fullmatch(said)
    if found and float(found[1]) <= float(found[2]):
        return Condition("..", float(found[1]), float(found[2]))
    raise ValueError(text.NO_CONDITION.format(said=said))
