"""The race: the write-up's recipe with the right backward pass and with its missing transpose."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from rnn_core import Dataset, TrainingRun
from rnn_core.cells import RNN
from rnn_core.experiments.bugs import MissingTranspose
from rnn_core.experiments.paired_runs import LONGEST, WRITE_UP, PairedRuns

Place = tuple[bool, int]
"""(right, seed): with the transpose or without, and from which seed."""
Race = PairedRuns[Place, TrainingRun]


def race(dataset: Dataset, n_seeds: int, longest: int = LONGEST) -> Race:
    """The same seeds twice, right and wrong in turn, one run after another; of each only the
    epochs are kept after which it had every sentence right, or None.
    """
    places = [(right, seed) for seed in range(n_seeds) for right in (True, False)]

    def begin(right: bool, seed: int) -> TrainingRun:
        cell = RNN() if right else MissingTranspose()
        return TrainingRun(dataset, replace(WRITE_UP, seed=seed), cell)

    return PairedRuns(
        {place: partial(begin, *place) for place in places}, longest,
        keep=lambda run: run.converged, until_converged=True,
    )  # fmt: skip


def on_track(race: Race) -> tuple[Place, TrainingRun | None]:
    """Whose turn it is, and that run, if it has begun; also while another thread trains it."""
    if going := list(race.runs.items()):
        return going[0]
    return next((place for place in race.make if place not in race.results), (False, 0)), None


def n_seeds(race: Race) -> int:
    """From how many seeds it starts."""
    return len(race.make) // 2
