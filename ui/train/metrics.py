"""Metrics: what became of one sentence and of one layer's weights in a training. No screen."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from rnn_core import BackwardTrace, TrainingRun
from rnn_core.experiments import analysis


@dataclass
class Metrics:
    """What became of one sentence and of one layer's weights, epoch by epoch.

    of : the words' numbers, the answer that is shown, the target, and the layer.
    rows : {epoch: (P(answer), memory horizon in words)}. eigenvalues : {epoch: (kH,) of W_hh}.
    """

    run: TrainingRun
    of: tuple[tuple[int, ...], int, int, int] = ((), 0, 0, 0)
    rows: dict[int, tuple[float, float]] = field(default_factory=dict)
    eigenvalues: dict[int, np.ndarray] = field(default_factory=dict)

    def follow(
        self, ids: tuple[int, ...], answer: int, target: int, layer: int = 0, most: int = 64
    ) -> None:
        """Bring rows and eigenvalues up to date: one for each snapshot.

        most : so many new ones, the latest, so that a tick stays short; the rest comes later.
        """
        if (now := (ids, answer, target, layer)) != self.of:
            self.rows = {}
            self.eigenvalues = self.eigenvalues if layer == self.of[-1] else {}
            self.of = now
        kept = {snapshot.epoch for snapshot in self.run.snapshots}
        for known in (self.rows, self.eigenvalues):
            for epoch in set(known) - kept:
                del known[epoch]
        for snapshot in [s for s in self.run.snapshots if s.epoch not in self.rows][-most:]:
            model = snapshot.model
            fwd = model.forward(ids).showing(layer)
            horizon = memory_horizon(model.backward(fwd, target))
            self.rows[snapshot.epoch] = float(fwd.p[-1, answer]), float(horizon)
            if snapshot.epoch not in self.eigenvalues:
                w_hh = model.weights(model.layers[layer])["W_hh"]
                self.eigenvalues[snapshot.epoch] = eigenvalues(w_hh)


def memory_horizon(bwd: BackwardTrace) -> int:
    """How many words the gradient travels, against the order in which the layer reads them."""
    lengths = analysis.gradient_norms(bwd)[:, 0]
    return analysis.memory_horizon(lengths[::-1] if bwd.forward.layer.layer.backwards else lengths)


def eigenvalues(w_hh: np.ndarray) -> np.ndarray:
    """(kH,) of the blocks of H rows of the weights (kH, H); none when they are not numbers."""
    if not np.isfinite(w_hh).all():
        return np.zeros(0)
    return np.linalg.eigvals(w_hh.reshape(-1, w_hh.shape[1], w_hh.shape[1])).reshape(-1)


def spectral_radius(eigenvalues: np.ndarray) -> float:
    """The largest |eigenvalue|; nan of none."""
    return float(np.abs(eigenvalues).max()) if len(eigenvalues) else float("nan")
