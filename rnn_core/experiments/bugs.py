"""Planted bugs: the textbook's method with one line changed.

Each one is a mistake that people have made, so that the core itself stays clean. They must be
found by the check; nothing else in the app may use them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnn_core.cells import ACTIVATIONS, RNN, Array, Step
from rnn_core.cells.activations import tanh_derivative
from rnn_core.model import Model
from rnn_core.traces import BackwardTrace, ForwardTrace

Grads = Mapping[str, Array]


class MissingTranspose(RNN):
    """W_hh d_a where W_hh^T d_a belongs: the write-up's own mistake."""

    def backward(self, W_hh: Array, before: Step, now: Step, d: Step) -> tuple[Step, Step]:
        """RNN.backward, with the weights the wrong way round."""
        d_a = self.activation.derivative(now.h) * d.h
        d_h_before = W_hh @ d_a
        return Step(a=d_a), Step(h=d_h_before)


class MissingDerivative(RNN):
    """d_a = d_h where d_a = (1 - h^2) * d_h belongs."""

    def backward(self, W_hh: Array, before: Step, now: Step, d: Step) -> tuple[Step, Step]:
        """RNN.backward, as if nothing had been squashed."""
        d_a = d.h
        d_h_before = W_hh.T @ d_a
        return Step(a=d_a), Step(h=d_h_before)


def derivative_without_square(h: Array) -> Array:
    """1 - h where 1 - h^2 belongs."""
    return 1 - h


class MissingSquare(RNN):
    """The derivative of tanh is 1 - h^2, not 1 - h."""

    def __init__(self, activation: str = "tanh") -> None:
        super().__init__(activation)
        self.activation = replace(self.activation, derivative=derivative_without_square)


class Comma(RNN):
    """np.tanh(a, b) is tanh(a), written into b: a comma where a plus belongs loses the memory."""

    def forward(self, W_hh: Array, x: Array, before: Step) -> Step:
        """RNN.forward, as np.tanh(x, W_hh @ before.h) computes it: the state before is lost."""
        a = x
        h = self.activation.value(a)
        return Step(a=a, h=h)


class ByHand(Model):
    """The right gradients, added up step by step instead of in one product over all steps."""

    def backward(self, fwd: ForwardTrace, *asked: Any, **how: Any) -> BackwardTrace:
        """Model.backward, and then what it adds up, once more as a loop."""
        bwd = super().backward(fwd, *asked, **how)
        for name in ("b_h", "W_xh", "W_hh"):
            bwd.grads[name].fill(0)
        for t in reversed(range(len(fwd.ids))):
            x = np.eye(self.shapes["W_xh"][1])[fwd.ids[t]]
            self.add_step(bwd.grads, bwd.d_a[t], x, fwd.h[t], fwd.h_before[t])
        return bwd

    def add_step(self, grads: Grads, d_a: Array, x: Array, h: Array, h_before: Array) -> None:
        """Add one step's share: d_a (H,), x (V,) one-hot, h and h_before (H,)."""
        grads["b_h"][:] += d_a
        grads["W_xh"][:] += np.outer(d_a, x)
        grads["W_hh"][:] += np.outer(d_a, h_before)


class Overwritten(ByHand):
    """= where += belongs: only the step that runs last, the first word, remains."""

    def add_step(self, grads: Grads, d_a: Array, x: Array, h: Array, h_before: Array) -> None:
        """Replace what was there."""
        grads["b_h"][:] = d_a
        grads["W_xh"][:] = np.outer(d_a, x)
        grads["W_hh"][:] = np.outer(d_a, h_before)


class WrongStep(ByHand):
    """h_t where h_{t-1} belongs in dW_hh."""

    def add_step(self, grads: Grads, d_a: Array, x: Array, h: Array, h_before: Array) -> None:
        """Use the state that came after."""
        grads["b_h"][:] += d_a
        grads["W_xh"][:] += np.outer(d_a, x)
        grads["W_hh"][:] += np.outer(d_a, h)


@dataclass(frozen=True)
class Bug:
    """One planted bug.

    title : what a student would call it. plants : the class that is wrong.
    wrong, right : the code that runs with the bug, and the code that should.
    lesson : one sentence. found_by : the parameters that turn red on a sentence of some words.
    """

    key: str
    title: str
    plants: type[RNN] | type[Model]
    wrong: Callable[..., Any]
    right: Callable[..., Any]
    lesson: str
    found_by: tuple[str, ...]

    def plant(self, model: Model) -> Model:
        """Return a model with the same numbers and this bug. ValueError for another cell."""
        if type(model.cell) is not RNN:
            raise ValueError("the planted bugs are made for the vanilla RNN")
        if issubclass(self.plants, Model):
            twin = model.copy(self.plants)
        else:
            twin = model.copy()
            twin.cell = self.cell(model.cell)
        return twin

    def cell(self, like: RNN) -> RNN:
        """The cell that training meets; the bugs of adding up are in no cell: there, `like`."""
        if issubclass(self.plants, Model):
            return like
        names = {f.symbol: name for name, f in ACTIVATIONS.items()}
        return self.plants(names[like.activation.symbol])


_EARLIER = ("W_xh", "W_hh", "b_h")
BUGS: dict[str, Bug] = {
    bug.key: bug
    for bug in (
        Bug(
            "transpose", "no transpose: W da for Wᵀ da", MissingTranspose,
            MissingTranspose.backward, RNN.backward,
            "The gradient travels back through the transposed weights; without the transpose "
            "shapes fit, training even works, only slower and not always.", _EARLIER,
        ),
        Bug(
            "derivative", "no derivative: da = dh", MissingDerivative,
            MissingDerivative.backward, RNN.backward,
            "While all h are near zero the derivative is near one, so the fresh network hides "
            "this: check again after some training.", _EARLIER,
        ),
        Bug(
            "square", "1 − h for 1 − h²", MissingSquare,
            derivative_without_square, tanh_derivative,
            "Where h is near zero both are near one; at h = −1 one says 2 and the other 0.",
            _EARLIER,
        ),
        Bug(
            "overwrite", "= for +=", Overwritten, Overwritten.add_step, ByHand.add_step,
            "The same weights serve every word, so every word adds to the same gradient; with = "
            "only the word that is done last counts, and one word alone cannot show it.", _EARLIER,
        ),
        Bug(
            "step", "h of this step, not of the one before", WrongStep,
            WrongStep.add_step, ByHand.add_step,
            "An index off by one harms one matrix only, and not the others: which cells are red "
            "says where to look.", ("W_hh",),
        ),
        Bug(
            "comma", "a comma for a plus in tanh", Comma, Comma.forward, RNN.forward,
            "np.tanh(a, b) writes tanh(a) into b: no error, and the memory is gone; the check sees "
            "a loss that does not depend on W_hh at all.", _EARLIER,
        ),
    )
}  # fmt: skip


def mystery(number: int) -> Bug:
    """The bug that hides behind a number, the same for everybody: 0 to 5 are all of them."""
    row, place = divmod(number, len(BUGS))
    order = np.random.default_rng(row).permutation(len(BUGS))
    return list(BUGS.values())[int(order[place])]
