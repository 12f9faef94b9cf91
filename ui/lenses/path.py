"""The state's walk through the plane in which the training sentences' states differ most."""

from __future__ import annotations

import numpy as np

from rnn_core import Dataset, ForwardTrace
from ui import words
from ui.figures import paths
from ui.plot.plot import Figure, Film, Frame, Panel, Text, node
from ui.reading import Reading

MOST_OTHERS = 300
"""So many other sentences are drawn at most; a larger dataset shows its first ones."""


def film(reading: Reading, data: Dataset) -> Film:
    """The state's walk through the plane in which the training sentences' states differ most."""
    others = []
    for text, label in zip(data.train.texts, data.train.labels, strict=True):
        fwd = reading.model.forward(text).showing(reading.fwd.shown)
        others.append((_walk(fwd), text, label == reading.answer_name))
    centre, axes, share = paths.plane(np.vstack([walk for walk, _, _ in others[:MOST_OTHERS]]))
    mine = paths.project(_walk(reading.fwd), centre, axes)
    backwards = reading.place.backwards
    named = reading.words[::-1] if backwards else reading.words
    projected = [
        (paths.project(walk, centre, axes), text, up) for walk, text, up in others[:MOST_OTHERS]
    ]
    figure = paths.film(mine, named, projected, share)
    look = words.look_for(
        f"two camps: training sentences labelled {reading.answer_name} (orange dots) and the "
        "others (blue diamonds). The strong path is yours; a word that turns the verdict leaps."
    )
    title = "The path of the state, seen from its best side"
    if reading.called:
        title += f" · {reading.called}"
    panels: list[Panel] = [
        Text("path title", node("h3", title)),
        Figure("path", figure, paths.HEIGHT, title, "Each sentence is a path from the same start"),
        Text("path look", look),
    ]
    frames = []
    for t, word in enumerate(reading.words):
        step = len(reading.words) - 1 - t if backwards else t
        frames.append(Frame(word, None, "", {"path": paths.at_step(mine, named, step)}))
    return panels, frames


def _walk(fwd: ForwardTrace) -> np.ndarray:
    """(T + 1, H) the layer's states in the order in which it reads."""
    return np.vstack([fwd.h_0, fwd.h[::-1] if fwd.layer.layer.backwards else fwd.h])
