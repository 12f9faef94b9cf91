"""All measures: a file of them is a name here, and registers its own when it is imported."""

from ui.lecture import (
    measures_comparing,
    measures_gates,
    measures_gradient,
    measures_learning,
    measures_memory,
    measures_reading,
    measures_wirings,
)
from ui.lecture.registry import Call, call

__all__ = [
    "Call",
    "call",
    "measures_comparing",
    "measures_gates",
    "measures_gradient",
    "measures_learning",
    "measures_memory",
    "measures_reading",
    "measures_wirings",
]
