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
from ui.step_back import text
from ui.step_back.film import stretched


def film(view: BackwardView, unit: int, by: str = "word") -> Film:
    """A band for each carried signal and each gate; T + 3 frames, as the film that it follows."""
    now, model, n = view.reading, view.reading.model, view.reading.n_columns
    bands, kept = [], []
    for signal in model.cell.signals:
        values = gating.gradient(view.bwd, gating.gradient_name(signal.name, model), model)
        largest = float(np.abs(values).max()) if np.isfinite(values).all() else 1.0
        of, carried = signal.symbol, signal.name in model.cell.carry
        label = f"∂L/∂{of}" if carried else text.OF_GATE.format(signal=of)
        if carried and view.finite:
            lengths = np.linalg.norm(values[view.path], axis=1).tolist()
            kept.append(text.WENT.format(signal=of, first=compact(lengths[0]),
                                         last=compact(lengths[-1])))  # fmt: skip
        what = text.AT_MOST.format(meaning=signal.meaning.partition(":")[0], largest=largest)
        bands.append(gates_figure.Band(label, what, values, BACKWARD, largest or 1.0, "+.2e"))
    figure = gates_figure.film(bands, now.known, now.order)
    words = Words((now.tokens, now.known))
    title = text.GATES["of" if now.called else "one"].format(layer=now.called)
    look = look_for(text.GATES_LOOK.format(lengths=", ".join(kept) or text.NOWHERE))
    panels = gates_figure.panels(title, figure, words, text.GATES_SAY, look)
    row, frames = now.order.index(unit), []
    for i, t in enumerate([None, None, *view.path, None]):
        hidden = (-0.5, n - 0.5) if i < 2 else None
        here = None if t is None else now.columns[t]
        if here is not None:
            hidden = (here + 0.5, n - 0.5) if now.place.backwards else (-0.5, here - 0.5)
        patch = gates_figure.at_step(figure, words, here, row, hidden, backward=True)
        frames.append(Frame(text.FRAME_NUMBER.format(i=i + 1), panels=patch))
    return panels, stretched(view, unit, by, frames)
