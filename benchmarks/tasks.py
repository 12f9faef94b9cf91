"""Tasks that need memory: how many seeds learn them, with the recipes and when a knob is turned.

Learned: at the end of an epoch at least 99 % of the test's answers are right. An epoch is 32
steps. The sentences are always the same ones; the seed is that of the network and its order.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from statistics import median

from rnn_core import CELLS, TASKS, Hyperparameters, TrainingRun, make_task
from rnn_core.experiments.tasks import SLOW

SEEDS = range(10)
Row = tuple[str, str, int, Mapping[str, object], int]


def recipes() -> Iterator[Row]:
    """(what, task, T, settings, limit of epochs): each task by each cell, then twice as long."""
    for name, task in TASKS.items():
        for length, cells in ((task.length, CELLS), (2 * task.length, ("rnn",))):
            for cell in cells:
                settings = {**task.settings, "cell": cell}
                yield f"{name}, T = {length}, {cell}", name, length, settings, task.epochs


def lessons() -> Iterator[Row]:
    """remember_first with knobs turned; the numbers are the rows of the list of lessons."""

    def row(what: str, length: int, limit: int = 30, **turned: object) -> Row:
        return what, "remember_first", length, {**SLOW, **turned}, limit

    for length in (20, 40, 80, 120):
        for radius in (0.7, 1.0):
            yield row(f"15  T = {length}, radius {radius}", length, spectral_radius=radius)
    for radius in (0.9, 1.0, 1.3, 1.6):
        yield row(f"16  T = 100, radius {radius}", 100, spectral_radius=radius)
    for cell in CELLS:
        yield row(f"17  T = 120, {cell}", 120, cell=cell)
    for length, radius in ((20, 1.0), (40, 1.0), (40, 1.5)):
        for clip in ("none", "norm"):
            what = f"18  SGD 0.1, T = {length}, radius {radius}, clip {clip}"
            yield row(what, length, optimizer="sgd", lr=0.1, spectral_radius=radius, clip=clip)
    for radius in (0.5, 1.0):
        for k in (1, 2, 5, 10):
            what = f"23  T = 10, radius {radius}, the gradient travels {k}"
            yield row(what, 10, limit=20, spectral_radius=radius, truncate=k)


def learning(row: Row, seed: int) -> tuple[int | None, int | None, float]:
    """The first epoch with 99 % of the test right, the one where it converged, and seconds."""
    _, name, length, settings, limit = row
    run = TrainingRun(make_task(name, length), Hyperparameters(**{**settings, "seed": seed}))
    began = time.perf_counter()
    while run.epoch < limit and run.converged is None and run.stopped is None:
        run.advance(epochs=1)
    good = (record.epoch for record in run.history if record.test_accuracy >= 0.99)
    return next(good, None), run.converged, time.perf_counter() - began


def line(row: Row) -> str:
    """One row of the table, all seeds."""
    good, converged, seconds = zip(*(learning(row, seed) for seed in SEEDS), strict=True)
    found = sorted(epoch for epoch in good if epoch is not None)
    spread = f"{median(found):g} ({found[0]} to {found[-1]})" if found else "-"
    n_converged = sum(epoch is not None for epoch in converged)
    counts = f"{len(found):4}/{len(good)}{n_converged:7}/{len(good)}"
    return f"{row[0]:46}{counts}{spread:>18}{row[4]:8}{median(seconds):8.1f}"


def main() -> None:
    """Print a line for each recipe and lesson."""
    head = f"{'99 %':>7}{'converged':>10}{'epochs to 99 %':>18}{'limit':>8}{'s':>8}"
    print("Tasks: H = 32, an epoch is 1024 sentences, 32 steps")
    for title, rows in (("the recipes", recipes()), ("lessons: remember_first", lessons())):
        print(f"{title:46}{head}")
        for row in rows:
            print(line(row), flush=True)
    print()
