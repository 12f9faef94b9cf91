"""Before and after: one sentence at every epoch that the training kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rnn_core import Snapshot
from ui import words
from ui.figures import states
from ui.plot.plot import Figure, Film, Frame, Panel, Text, node
from ui.reading import Reading


def film(reading: Reading, snapshots: Sequence[Snapshot]) -> Film:
    """The same sentence at every epoch kept: the film's frames are moments of the training."""
    title = "The same sentence, as the network learned"
    panels: list[Panel] = []
    frames = []
    for snapshot in snapshots:
        then = replace(reading, model=snapshot.model, order_by="number")
        h, p = then.values.T[reading.order], then.fwd.p[:, reading.answer]
        if not panels:
            figure = states.film(
                then.values, p, reading.words, reading.order, reading.answer_name,
                reading.drawn.symbol, (reading.drawn.low, reading.drawn.high),
            )  # fmt: skip
            size = states.height(reading.model.n_hidden)
            panels = [
                Text("training title", node("h3", title)),
                Figure(
                    "training",
                    figure,
                    size,
                    title,
                    "State and answer at one epoch",
                    narrow=states.NARROW,
                ),
                Text("training look", ""),
            ]
        answer, probability = then.verdict(-1)
        look = words.look_for(
            "the epoch at which colour comes into the picture, and the later one at which the last "
            f"column takes sides. At epoch {snapshot.epoch} it says {answer}, {probability:.0%}."
        )
        label = f"epoch {snapshot.epoch} of {snapshots[-1].epoch}"
        patch = {
            "training": {
                "data": {
                    "0": {"z": np.round(h, 3).tolist()},
                    "1": {"y": np.round(p, 3).tolist(), "text": [f"{v:.2f}" for v in p]},
                }
            },
            "training look": look,
        }
        frames.append(Frame(label, None, f"{label}: {answer}, {probability:.0%}", patch))
    return panels, frames
