"""Before and after: one sentence at every epoch that the training kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rnn_core import Snapshot
from ui.kit.numbers import number, percent
from ui.kit.player import Figure, Film, Frame, Panel, Text, look_for, node
from ui.read import text
from ui.sequence import states
from ui.sequence.reading import Reading
from ui.sequence.words import Words


def film(reading: Reading, snapshots: Sequence[Snapshot]) -> Film:
    """The same sentence at every epoch kept: the film's frames are moments of the training."""
    panels: list[Panel] = []
    words = Words((reading.tokens, reading.known))
    frames = []
    for snapshot in snapshots:
        then = replace(reading, model=snapshot.model, order_by="number")
        p = then.fwd.p[:, reading.answer]
        if not panels:
            signal = then.drawn
            figure = states.film(
                then.values, p, reading.tokens, reading.known, reading.order, reading.answer_name,
                signal.symbol, (signal.low, signal.high),
            )  # fmt: skip
            title, n = text.TRAINING, reading.n_columns
            panels = [
                Text("training title", node("h3", title)), words.panel("training words"),
                Figure("training", figure, states.HEIGHT, title, text.TRAINING_SAYS,
                       narrow=states.NARROW, columns=n, stack=states.stack(then.model.n_hidden)),
                Text("training look", ""),
            ]  # fmt: skip
        answer, probability = then.verdict(-1)
        moment = {"epoch": snapshot.epoch, "last": snapshots[-1].epoch}
        says = {"answer": answer, "p": percent(probability)}
        last = np.nan_to_num(then.values[-1])
        most = float(last[np.abs(last).argmax()])
        look = look_for(text.TAKES_SIDES.format(epoch=snapshot.epoch, most=number(most, 2), **says))
        heat = {"z": states.spread(then.values[:, reading.order], reading.known)}
        y, said_nothing = np.round(p, 4).tolist(), [states.UNSAID] * len(p)
        curves = {
            "1": {"y": y, "text": said_nothing},
            "2": {"y": y, "text": [f"{v:.2f}" for v in p]},
        }
        patch = {"training": {"data": {"0": heat, **curves}}, "training look": look,
                 "training words": words.at(None)}  # fmt: skip
        said = text.EPOCH_SAYS.format(**moment, **says)
        frames.append(Frame(text.EPOCH_OF.format(**moment), None, said, patch))
    return panels, frames
