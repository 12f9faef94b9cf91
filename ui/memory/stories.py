"""The laboratory's stories: settings at which something shows, and the question that they ask.

Numbers in a story are computed; who learns is said once it is tried. `python -m benchmarks memory`
prints the counts for more seeds, tests/memory/test_trials.py holds those of the seeds shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ui.kit.numbers import compact
from ui.memory import text
from ui.memory.setup import USUAL, Setup, Values, profile_of


@dataclass(frozen=True)
class Story:
    """said : with {last[i]} and {first[i]} for |dL/dh| of variant i at the last word and the first.
    changed : the settings that are not as usual. learned : for each variant how many of the seeds
    shown learn, None where it is luck, and a machine that rounds otherwise may have another.
    """

    said: str
    changed: dict[str, Any]
    learned: tuple[int | None, ...]

    @property
    def values(self) -> dict[str, Any]:
        """Every setting of the laboratory."""
        return {**USUAL, **self.changed}

    def told(self, setup: Setup) -> str:
        """The text with the numbers of its setup."""
        lengths = [profile_of(one).lengths for _, one in setup.variants]
        last, first = ([compact(by_word[t], 1) for by_word in lengths] for t in (-1, 0))
        return self.said.format(last=last, first=first)


def story_of(values: Values) -> Story | None:
    """The story that is told by the settings as they stand."""
    return next((one for one in STORIES.values() if one.values == values), None)


STORIES = {
    "vanishing": Story(
        text.STORIES["vanishing"],
        {"m_length": 10, "m_units": 64, "m_optimizer": "SGD 0.1", "m_compare": "init"},
        (0, 0, 3),
    ),
    "edge of chaos": Story(text.STORIES["edge of chaos"], {"m_compare": "radius"}, (0, None, 3, 3)),
    "exploding": Story(
        text.STORIES["exploding"],
        {"m_radius": 1.5, "m_optimizer": "SGD 0.1", "m_compare": "clip"},
        (0, 0, 3),
    ),
    "forget bias": Story(
        text.STORIES["forget bias"],
        {"m_cell": "lstm", "m_length": 80, "m_compare": "forget", "m_steps": 250},
        (0, 0, 3),
    ),
    "truncation": Story(
        text.STORIES["truncation"],
        {"m_length": 10, "m_radius": 0.4, "m_compare": "k"},
        (0, 0, 0, 3),
    ),
    "the echo": Story(
        text.STORIES["the echo"],
        {"m_length": 10, "m_radius": 1.0, "m_compare": "k", "m_steps": 600},
        (None, 3, 3, 3),
    ),
    "the future": Story(
        text.STORIES["the future"],
        {
            "m_task": "comes_again",
            "m_cell": "gru",
            "m_length": 5,
            "m_compare": "both",
            "m_steps": 1000,
        },
        (0, 3),
    ),
}
