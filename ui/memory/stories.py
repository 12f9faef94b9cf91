"""The laboratory's stories: settings at which something shows, and the question that they ask.

Numbers in a story are computed; who learns is said once it is tried. `python -m benchmarks memory`
prints the counts for more seeds, tests/memory/test_trials.py holds those of the seeds shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ui.kit.numbers import compact
from ui.memory.setup import USUAL, Setup, Values, profile_of


@dataclass(frozen=True)
class Story:
    """changed : the settings that are not as usual. learned : for each variant how many of the
    seeds shown learn, None where it is luck, and a machine that rounds otherwise may have another.
    text : with {last[i]} and {first[i]} for |dL/dh| of variant i at the last word and the first.
    """

    changed: dict[str, Any]
    learned: tuple[int | None, ...]
    text: str

    @property
    def values(self) -> dict[str, Any]:
        """Every setting of the laboratory."""
        return {**USUAL, **self.changed}

    def told(self, setup: Setup) -> str:
        """The text with the numbers of its setup."""
        lengths = [profile_of(one).lengths for _, one in setup.variants]
        last, first = ([compact(by_word[t], 1) for by_word in lengths] for t in (-1, 0))
        return self.text.format(last=last, first=first)


def story_of(values: Values) -> Story | None:
    """The story that is told by the settings as they stand."""
    return next((one for one in STORIES.values() if one.values == values), None)


STORIES = {
    "vanishing": Story(
        {"m_length": 10, "m_units": 64, "m_optimizer": "SGD 0.1", "m_compare": "init"},
        (0, 0, 3),
        "The write-up starts with weights / 1000: of a gradient of {last[0]} at the last word "
        "{first[0]} reaches the first of ten. A rotation times 0.9 hands on {first[2]} of "
        "{last[2]}. From which start does the same network learn what came first?",
    ),
    "edge of chaos": Story(
        {"m_compare": "radius"},
        (0, None, 3, 3),
        "Is “keep the spectral radius below 1” a good rule? Of a gradient of {last[0]}, {first[0]} "
        "comes through forty words at 0.9, and {first[2]} at 1.3. With which radius do most seeds "
        "learn what came first, and with which is it luck?",
    ),
    "exploding": Story(
        {"m_radius": 1.5, "m_optimizer": "SGD 0.1", "m_compare": "clip"},
        (0, 0, 3),
        "Three networks, alike in every number, whose gradient grows on its way back, from "
        "{last[0]} to {first[0]}. Not clipped, a long gradient throws the weights about; clipped "
        "by value it also turns; clipped by norm it keeps its direction. Which of them learn?",
    ),
    "forget bias": Story(
        {"m_cell": "lstm", "m_length": 80, "m_compare": "forget", "m_steps": 250},
        (0, 0, 3),
        "An LSTM is no cure by itself: over eighty words a forget bias of 0 hands on {first[0]} "
        "of a gradient of {last[0]}, and 1 hands on {first[1]}. With 3 its gates begin open, and "
        "{first[2]} arrives. Which of them learn within 250 steps?",
    ),
    "truncation": Story(
        {"m_length": 10, "m_radius": 0.4, "m_compare": "k"},
        (0, 0, 0, 3),
        "The answer is the first of ten words, and the gradient reaches only the last k of them. "
        "Below 10, no update ever hears of the step that read the word to be kept. Which k learn?",
    ),
    "the echo": Story(
        {"m_length": 10, "m_radius": 1.0, "m_compare": "k", "m_steps": 600},
        (None, 3, 3, 3),
        "The same at radius 1. Does the untrained network already keep the first word, as an echo, "
        "so that only the readout has to learn? Then which k are enough?",
    ),
}
