"""The gradient of the memory and of each gate's sum, over the words: who learns what from here?"""

from __future__ import annotations

import numpy as np

from ui.kit.numbers import compact
from ui.kit.player import Film, Frame, look_for
from ui.kit.theme import BACKWARD
from ui.sequence import gates_figure
from ui.sequence import signals as gating
from ui.sequence.backward_view import BackwardView
from ui.sequence.words import Words
from ui.step_back.film import stretched


def film(view: BackwardView, unit: int, by: str = "word") -> Film:
    """A band for each carried signal and each gate; T + 3 frames, as the film that it follows."""
    now, model, n = view.reading, view.reading.model, view.reading.n_columns
    bands, kept = [], []
    for signal in model.cell.signals:
        values = gating.gradient(view.bwd, gating.gradient_name(signal.name, model), model)
        largest = float(np.abs(values).max()) if np.isfinite(values).all() else 1.0
        of, carried = signal.symbol, signal.name in model.cell.carry
        label = f"∂L/∂{of}" if carried else f"∂L/∂a of {of}"
        if carried and view.finite:
            lengths = np.linalg.norm(values[view.path], axis=1).tolist()
            kept.append(f"that of {of} from {compact(lengths[0])} to {compact(lengths[-1])}")
        what = f"{signal.meaning.partition(':')[0]}, at most {largest:.2g}"
        bands.append(gates_figure.Band(label, what, values, BACKWARD, largest or 1.0, "+.2e"))
    figure = gates_figure.film(bands, now.known, now.order)
    words = Words((now.tokens, now.known))
    title = "The gradient of each gate" + (f" · {now.called}" if now.called else "")
    look = look_for(
        "bands that fade: is the memory's among them? Its gradient goes back without a matrix, "
        f"times the gate that kept it. From the first column reached to the last, lengths went: "
        f"{', '.join(kept) or 'nowhere, they are no numbers'}. Each band has its own scale."
    )
    panels = gates_figure.panels(title, figure, words, "Heatmaps of the gradients", look)
    row, frames = now.order.index(unit), []
    for i, t in enumerate([None, None, *view.path, None]):
        hidden = (-0.5, n - 0.5) if i < 2 else None
        here = None if t is None else now.columns[t]
        if here is not None:
            hidden = (here + 0.5, n - 0.5) if now.place.backwards else (-0.5, here - 0.5)
        patch = gates_figure.at_step(figure, words, here, row, hidden, backward=True)
        frames.append(Frame(f"frame {i + 1}", panels=patch))
    return panels, stretched(view, unit, by, frames)
