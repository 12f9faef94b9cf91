"""What can be taken along of the laboratory and of the cliff: tables, with all digits."""

from __future__ import annotations

from collections.abc import Sequence

from rnn_core.experiments import loss_cliff
from rnn_core.experiments.loss_cliff import N_UPDATES
from ui.kit.share import File
from ui.memory import text
from ui.memory.experiment import Experiment
from ui.memory.profiles import Shown
from ui.sequence.own_table import as_csv

Rows = list[Sequence[str | float]]


def of_laboratory(here: Experiment, looks: Shown) -> list[File]:
    """The gradient by distance, and how the trials ended. looks : the networks that are shown."""
    return [
        File(text.LENGTHS_FILE, "gradient.csv", lambda: as_csv(lengths(looks))),
        File(text.TRIALS_FILE, "trials.csv", lambda: as_csv(trials(here))),
    ]


def of_cliff(start: tuple[float, float], lr: float, clip_at: float) -> list[File]:
    """Both walks, update by update."""
    return [File(text.WALKS_FILE, "walks.csv", lambda: as_csv(walks(start, lr, clip_at)))]


def lengths(looks: Shown) -> Rows:
    """A row for each word, the last one first: |dL/dh| there, of each network in a column."""
    most = max((len(look.lengths) for _, look in looks), default=0)
    rows: Rows = [[text.LENGTHS_COLUMN, *(name or "|dL/dh|" for name, _ in looks)]]
    for back in range(most):
        rows.append([back, *(float(look.lengths[-1 - back]) if back < len(look.lengths) else ""
                             for _, look in looks)])  # fmt: skip
    return rows


def trials(here: Experiment) -> Rows:
    """A row for each trial that has ended."""
    rows: Rows = [text.TRIALS_COLUMNS.split(",")]
    for (which, seed), end in sorted(dict(here.outcomes).items()):
        hp = here.setup.seeded(which, seed).settings
        rows.append([
            here.setup.variants[which][0] or hp.cell, hp.seed,
            text.NEVER if end.learned is None else end.learned,
            end.accuracies[-1] if end.accuracies else "", end.longest, end.stopped or "",
        ])  # fmt: skip
    return rows


def walks(start: tuple[float, float], lr: float, clip_at: float) -> Rows:
    """A row for each update of each walk."""
    rows: Rows = [text.WALKS_COLUMNS.split(",")]
    for name, at in (("free", None), ("clipped", clip_at)):
        walk, called = loss_cliff.descend(start, lr, at), text.WALKS[name].format(norm=clip_at)
        for k in range(N_UPDATES + 1):
            rows.append([called, k, *map(float, walk.weights[k]), float(walk.losses[k]),
                         float(walk.lengths[k])])  # fmt: skip
    return rows
