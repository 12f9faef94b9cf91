"""A track: what became of one sentence and of one layer's weights in a training. No screen."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from rnn_core import BackwardTrace, Model, TrainingRun
from rnn_core.experiments import analysis
from ui.figures.weights import eigenvalues, size


@dataclass
class Track:
    """What became of one sentence and of one layer's weights, epoch by epoch.

    rows : {epoch: (P(answer), reach in words)}. eigenvalues : {epoch: (kH,) those of W_hh}, and
    radii : {epoch: the largest of them}.
    """

    ids: tuple[int, ...] = ()
    target: int = 0
    layer: int = 0
    rows: dict[int, tuple[float, float]] = field(default_factory=dict)
    eigenvalues: dict[int, np.ndarray] = field(default_factory=dict)
    radii: dict[int, float] = field(default_factory=dict)

    def follow(
        self, run: TrainingRun, ids: tuple[int, ...], answer: int, target: int,
        layer: int = 0, most: int = 64,
    ) -> None:  # fmt: skip
        """Bring rows and eigenvalues up to date: one for each snapshot.

        most : so many new ones, the latest, so that a tick stays short; the rest comes later.
        """
        if layer != self.layer:
            self.layer, self.rows, self.eigenvalues, self.radii = layer, {}, {}, {}
        if (ids, target) != (self.ids, self.target):
            self.ids, self.target, self.rows = ids, target, {}
        kept = {snapshot.epoch for snapshot in run.snapshots}
        for known in (self.rows, self.eigenvalues, self.radii):
            for epoch in set(known) - kept:
                del known[epoch]
        for snapshot in [s for s in run.snapshots if s.epoch not in self.rows][-most:]:
            model, epoch = snapshot.model, snapshot.epoch
            self.rows[epoch] = _row(model, ids, answer, target, layer)
            if epoch not in self.radii:
                own = model.weights(model.layers[layer])
                self.eigenvalues[epoch] = eigenvalues(own["W_hh"])
                self.radii[epoch] = size(self.eigenvalues[epoch])


def _row(
    model: Model, ids: tuple[int, ...], answer: int, target: int, layer: int
) -> tuple[float, float]:
    fwd = model.forward(ids).showing(layer)
    return float(fwd.p[-1, answer]), float(reach(model.backward(fwd, target)))


def reach(bwd: BackwardTrace) -> int:
    """How many words blame travels, against the order in which the layer reads them."""
    lengths = analysis.gradient_norms(bwd)[:, 0]
    return analysis.memory_horizon(lengths[::-1] if bwd.forward.layer.layer.backwards else lengths)
