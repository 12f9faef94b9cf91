"""Before and after: one sentence at every epoch that the training kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rnn_core import Snapshot
from ui.kit import player
from ui.kit.numbers import percent
from ui.kit.player import Film, Frame, Panel, look_for
from ui.sequence import states
from ui.sequence.reading import Reading


def film(reading: Reading, snapshots: Sequence[Snapshot]) -> Film:
    """The same sentence at every epoch kept: the film's frames are moments of the training."""
    panels: list[Panel] = []
    frames = []
    for snapshot in snapshots:
        then = replace(reading, model=snapshot.model, order_by="number")
        p = then.fwd.p[:, reading.answer]
        if not panels:
            signal = then.drawn
            figure = states.film(then.values, p, reading.words, reading.order, reading.answer_name,
                                 signal.symbol, (signal.low, signal.high))  # fmt: skip
            panels = player.picture(
                "training", "The same sentence, as the network learned", figure,
                states.height(reading.model.n_hidden), "State and answer at one epoch",
                narrow=states.NARROW,
            )  # fmt: skip
        answer, probability = then.verdict(-1)
        said = f"epoch {snapshot.epoch} of {snapshots[-1].epoch}"
        look = look_for(
            "the epoch at which colour comes into the picture, and the later one at which the last "
            f"column takes sides. At epoch {snapshot.epoch} it says {answer}, "
            f"{percent(probability)}."
        )
        heat = {"z": np.round(then.values.T[reading.order], 3).tolist()}
        curve = {"y": np.round(p, 3).tolist(), "text": [f"{v:.2f}" for v in p]}
        patch = {"training": {"data": {"0": heat, "1": curve}}, "training look": look}
        frames.append(Frame(said, None, f"{said}: {answer}, {percent(probability)}", patch))
    return panels, frames
