"""The race: dots that land as runs end, and what they come to in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from rnn_core.experiments.paired_runs import LONGEST
from ui import words
from ui.figures import race as figures
from ui.plot.plot import Figure, Node, Panel, Text, node
from ui.races import Place, Race, on_track

STORY = (
    "The write-up's own recipe (weights / 1000 at the start, learning rate 0.02, clipping at 1, "
    "64 units), with the transpose in its backward pass and, as it was published, without. "
    "Does it matter?"
)
Results = Mapping[Place, int | None]
RIGHT, WRONG = "with the transpose", "without it"
ROWS = {True: f"<b>{RIGHT}</b><br>W<sub>hh</sub>ᵀ g", False: f"<b>{WRONG}</b><br>W<sub>hh</sub> g"}


def panels(race: Race | None, n_seeds: int) -> list[Panel]:
    """The strip of dots; empty before the start."""
    results = dict(race.results) if race else {}
    ends = {
        ROWS[right]: [(seed, epochs) for (way, seed), epochs in results.items() if way is right]
        for right in (True, False)
    }
    (right, seed), run = on_track(race) if race else ((True, 0), None)
    now = (ROWS[right], seed, run.epoch) if run else None
    longest = race.longest if race else LONGEST
    title = "Epochs until every sentence is right"
    return [
        Text("race title", node("h3", title)),
        Text("race where", _where(race, n_seeds)),
        Figure("race", figures.strip(ends, now, longest), figures.HEIGHT, title,
               " ".join(_sums(results)), narrow=figures.NARROW),
        Text("race look", words.look_for(_look(results))),
        Text("race sums", node("div", *(node("p", text) for text in _sums(results)))),
    ]  # fmt: skip


def _where(race: Race | None, n_seeds: int) -> Node:
    if race is None:
        said = f"{2 * n_seeds} trainings are waiting: {n_seeds} seeds, each in both ways."
    elif race.done:
        said = f"All {len(race.make)} trainings have ended."
    else:
        (right, seed), run = on_track(race)
        epoch = run.epoch if run else 0
        accuracy = run.history[-1].train_accuracy if run else 0.0
        said = (
            f"{len(race.results)} of {len(race.make)} ended · now seed {seed} "
            f"{RIGHT if right else WRONG}: epoch {epoch}, {accuracy:.0%} of training right"
        )
    return node("p", said, class_="mono small quiet")


def _sums(results: Results) -> list[str]:
    """What the dots come to, for each row; nothing before the first dot."""
    said = []
    for right, name in ((True, RIGHT), (False, WRONG)):
        ends = [epochs for (way, _), epochs in results.items() if way is right]
        reached = [epochs for epochs in ends if epochs is not None]
        if ends:
            middle = f", in the middle after {np.median(reached):.0f} epochs" if reached else ""
            said.append(
                f"{name.capitalize()}: {len(reached)} of {len(ends)} got everything right{middle}."
            )
    return said


def _look(results: Results) -> str:
    if len({right for right, _ in results}) < 2:
        return "where the two rows of dots will stand: each dot is one training from one seed."
    return (
        "the lower row further to the right, and the red column. The wrong gradient still points "
        "downhill often enough to learn: that is why nobody noticed."
    )
