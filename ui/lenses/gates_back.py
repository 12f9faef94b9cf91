"""The blame on the memory and on each gate's sum, over the words: who learns what from here?"""

from __future__ import annotations

import numpy as np

from ui import gating, words
from ui.figures import gates
from ui.figures.gates import Band
from ui.figures.theme import BACKWARD
from ui.plot.plot import Figure, Film, Frame, Panel, Text, node
from ui.way_back import WayBack


def film(way: WayBack, unit: int) -> Film:
    """A band for each carried signal and each gate; T + 3 frames, as the film that it follows."""
    reading, model = way.reading, way.reading.model
    bands = []
    for signal in model.cell.signals:
        name = signal.name if signal.name in model.cell.carry else f"a {signal.name}"
        values = gating.blame(way.bwd, name, model)
        largest = float(np.abs(values).max()) if np.isfinite(values).all() else 1.0
        what = signal.meaning.partition(":")[0]
        label = f"∂L/∂{signal.symbol}" if " " not in name else f"∂L/∂a of {signal.symbol}"
        bands.append(Band(label, f"{what}, at most {largest:.2g}", values, BACKWARD,
                          largest or 1.0, "+.2e"))  # fmt: skip
    figure = gates.film(bands, reading.words, reading.order)
    title = "The blame on each gate" + (f" · {reading.called}" if reading.called else "")
    look = words.look_for(
        "bands that fade and bands that do not: blame on the memory goes back without a matrix, "
        "times the gate that kept it. Each band has its own scale."
    )
    size = gates.height(model.n_hidden, len(bands))
    panels: list[Panel] = [
        Text("gates title", node("h3", title)),
        Figure("gates", figure, size, title, "Heatmaps of the blame", narrow=gates.NARROW),
        Text("gates look", look),
    ]
    row, n, backwards = reading.order.index(unit), len(reading.words), reading.place.backwards
    moments: list[int | None] = [None, None, *way.path, None]
    frames = []
    for i, t in enumerate(moments):
        hidden = None
        if i < 2:
            hidden = (-0.5, n - 0.5)
        elif t is not None:
            hidden = (t + 0.5, n - 0.5) if backwards else (-0.5, t - 0.5)
        picture = gates.at_step(figure, reading.words, t, row, hidden, blame=True)
        frames.append(Frame(f"frame {i + 1}", panels={"gates": picture}))
    return panels, frames
