"""How the gates make the state, as columns of cells: products, and what they add up to."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui import gating
from ui.figures import matrices
from ui.figures.matrices import framed_cell, titled
from ui.reading import Reading


def figure(reading: Reading) -> go.Figure:
    """The products that make the state, column by column."""
    names, signs = columns(reading)
    before = "t+1" if reading.place.backwards else "t−1"
    ranges = {signal.name: signal for signal in reading.model.cell.signals}
    units = np.zeros((reading.model.n_hidden, 1))
    limits = [2.0 if name.rpartition(" ")[2] == "c" and "tanh" not in name else 1.0
              for name in names]  # fmt: skip
    shares = [i for i, name in enumerate(names)
              if name.startswith("1−") or (name in ranges and ranges[name].low == 0)]  # fmt: skip
    titles = [titled(gating.text(name, before), f"{len(units)} × 1") for name in names]
    return matrices.blocks([units] * len(names), titles, signs, limits, [""] * len(names), shares)


def columns(reading: Reading) -> tuple[list[str], list[str]]:
    """What stands in each column, and the sign after it."""
    names, signs = [], []
    for mix in gating.mixes(reading.model):
        for left, right in mix.products:
            names += [left, right]
            signs += ["×", "+"]
        names.append(mix.target)
        signs[-1:] = ["=", "    "]
    return names, [*signs[:-1], ""]


def at_step(reading: Reading, t: int, row: int) -> dict[str, Any]:
    """This step's columns. row : the framed unit's place from the top."""
    names = columns(reading)[0]
    vectors = {
        i: gating.value(reading.fwd.layer, name)[t][reading.order] for i, name in enumerate(names)
    }
    frames = [framed_cell(i + 1, row, 1) for i in range(len(names))]
    return {**matrices.vectors_at(vectors), "layout": {"shapes": frames}}
