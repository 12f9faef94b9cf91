"""The step that a cell takes without an input, as a map of its state: where it leads, and rests.

    h -> f(W_hh h + b_h)        for a vanilla RNN; for another cell its own step with W_xh x_t = 0

Arrays and a model in, arrays out. Only a cell whose memory is h alone has such a map.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnn_core import Model
from rnn_core.cells.base import Step
from rnn_core.parameters import Layer

BOX = 3.0
"""Fixed points are looked for within ±BOX in both units; tanh, sigmoid and a GRU have all theirs
within ±1.
"""
STARTS, STEPS, NUDGE = 25, 60, 1e-6
CLOSE, SAME, FLAT = 1e-9, 1e-4, 1e-8
"""How far a fixed point may move, how near two may lie, and the least determinant to divide by."""


@dataclass(frozen=True)
class FixedPoint:
    """A state that the step leaves where it is.

    h : (2,). pull : the largest size of an eigenvalue of the step's derivative there.
    """

    h: tuple[float, float]
    pull: float

    @property
    def attracts(self) -> bool:
        """Whether states near it come nearer."""
        return self.pull < 1


def has_one(model: Model) -> bool:
    """Whether the cell's memory is h alone; an LSTM's is h and c."""
    return model.cell.carry == ("h",)


def step(model: Model, layer: Layer, h: np.ndarray) -> np.ndarray:
    """(H, N) states one step later, without an input."""
    weights = model.weights(layer)
    bias = np.repeat(weights["b_h"][:, None], h.shape[1], axis=1)
    with np.errstate(over="ignore"):
        after: np.ndarray = model.cell.forward(weights["W_hh"], bias, Step(h=h)).h
    return after


def slopes(model: Model, layer: Layer, h: np.ndarray) -> np.ndarray:
    """(N, 2, 2) the derivative of two units’ step at (2, N) states, by central differences."""
    columns = []
    for moved in np.eye(2)[:, :, None] * NUDGE:
        up, down = step(model, layer, h + moved), step(model, layer, h - moved)
        columns.append((up - down) / (2 * NUDGE))
    return np.stack(columns, axis=-1).transpose(1, 0, 2)


def fixed_points(model: Model, layer: Layer) -> list[FixedPoint]:
    """Those of two units that Newton's method finds from a grid of starts; there may be more.

    Sorted by h. Where the step is flat against h, Newton's method has no direction: such a start
    is given up.
    """
    line = np.linspace(-BOX, BOX, STARTS)
    h = np.stack(np.meshgrid(line, line)).reshape(2, -1)
    for _ in range(STEPS):
        gap = step(model, layer, h) - h
        matrix = np.eye(2) - slopes(model, layer, h)
        sure = np.abs(np.linalg.det(matrix)) > FLAT
        h, gap, matrix = h[:, sure], gap[:, sure], matrix[sure]
        h = np.clip(h + np.linalg.solve(matrix, gap.T[..., None])[..., 0].T, -2 * BOX, 2 * BOX)
    rests = np.abs(step(model, layer, h) - h).max(axis=0, initial=0.0) < CLOSE
    found: list[np.ndarray] = []
    for one in h[:, rests & (np.abs(h).max(axis=0, initial=0.0) <= BOX)].T:
        if all(np.abs(one - other).max() > SAME for other in found):
            found.append(one)
    made = []
    for one in found:
        eigenvalues = np.linalg.eigvals(slopes(model, layer, one[:, None])[0])
        made.append(FixedPoint((float(one[0]), float(one[1])), float(np.abs(eigenvalues).max())))
    return sorted(made, key=lambda point: point.h)
