"""What can be taken along of a check and of the race: tables, with all digits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np

from ui.check import race, text, verdicts
from ui.check.case import Check
from ui.check.race import Race
from ui.kit.share import File
from ui.sequence.own_table import as_csv

Rows = list[Sequence[str | float]]


def of_check(check: Check) -> list[File]:
    """The verdicts, and both gradients number by number."""
    return [
        File(text.VERDICTS_FILE, "check.csv", lambda: as_csv(errors(check))),
        File(text.GRADIENTS_FILE, "gradients.csv", lambda: as_csv(gradients(check))),
    ]


def of_race(now: Race) -> list[File]:
    """How its trainings ended."""
    return [File(text.RACE_FILE, "race.csv", partial(_race, now))]


def errors(check: Check) -> Rows:
    """A row for each parameter: its relative error, and what that means."""
    head: Rows = [text.CHECK_COLUMNS.split(",")]
    return head + [[name, len(found.at), found.error, verdicts.of(found).word, check.case.epsilon]
                   for name, found in check.gradients.items()]  # fmt: skip


def gradients(check: Check) -> Rows:
    """A row for each number that was moved: where it stands, and its gradient found twice."""
    rows: Rows = [text.GRADIENT_COLUMNS.split(",")]
    for name, found in check.gradients.items():
        for at, *both in zip(found.at, found.backward, found.numeric, strict=True):
            row, *column = map(int, np.unravel_index(at, found.shape))
            rows.append([name, row, *(column or [""]), *map(float, both)])
    return rows


def ends(now: Race) -> Rows:
    """A row for each training that has ended: after how many epochs all was right, or never."""
    head: Rows = [text.RACE_COLUMNS.split(",")]
    return head + [[seed, race.NAMES[right], text.NEVER if end is None else end]
                   for (right, seed), end in sorted(now.results.items())]  # fmt: skip


def _race(now: Race) -> bytes:
    return as_csv(ends(now))
