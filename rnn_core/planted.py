"""Planted bugs: small variants of the cell and the model that are wrong on purpose.

Each one is a mistake that people have made, a line or two long, so that the core itself stays
clean. They must be found by the check; nothing else in the app may use them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnn_core.batch import Array
from rnn_core.blame import BackwardTrace
from rnn_core.cells import ACTIVATIONS, RNN
from rnn_core.cells.activations import tanh_slope
from rnn_core.cells.base import Step
from rnn_core.network import Model
from rnn_core.tape import Calls
from rnn_core.trace import ForwardTrace

Params = Mapping[str, Array]


class MissingTranspose(RNN):
    """W_hh g where W_hh^T g belongs: the write-up's own mistake."""

    def backward(
        self, params: Params, before: Step, now: Step, d_now: Step, d_before: Step
    ) -> Calls:
        """Undo one step, with the weights the wrong way round."""
        g = d_now["a"]
        yield np.multiply, d_now["slope"], d_now["h"], g
        yield params["W_hh"].dot, g, d_before["h"]


class ForgottenSlope(RNN):
    """g = d_h where g = (1 - h^2) * d_h belongs."""

    def backward(
        self, params: Params, before: Step, now: Step, d_now: Step, d_before: Step
    ) -> Calls:
        """Undo one step, as if nothing had been squashed."""
        g = d_now["a"]
        yield np.positive, d_now["h"], g
        yield params["W_hh"].T.dot, g, d_before["h"]


def slope_without_square(h: Array, out: Array) -> Array:
    """1 - h where 1 - h^2 belongs."""
    return np.subtract(1.0, h, out)


class MissingSquare(RNN):
    """The slope of tanh is 1 - h^2, not 1 - h."""

    def __init__(self, activation: str = "tanh") -> None:
        super().__init__(activation)
        self.activation = replace(self.activation, slope=slope_without_square)


class Comma(RNN):
    """np.tanh(a, b) is tanh(a), written into b: a comma where a plus belongs loses the memory."""

    def forward(self, params: Params, before: Step, now: Step) -> Calls:
        """Take one step that forgets the state before."""
        a = now["a"]
        yield params["W_hh"].dot, before["h"], a
        yield self.value, now["x"], a
        yield np.positive, a, now["h"]


class ByHand(Model):
    """The right gradients, added up word by word instead of in one product over all words."""

    def backward(self, fwd: ForwardTrace, *asked: Any, **how: Any) -> BackwardTrace:
        """Model.backward, and then what it adds up, once more as a loop."""
        bwd = super().backward(fwd, *asked, **how)
        for name in ("b_h", "W_xh", "W_hh"):
            bwd.grads[name].fill(0)
        for t in reversed(range(len(fwd.ids))):
            h_before = fwd.h[t - 1] if t else fwd.h_0
            self.add_step(bwd.grads, bwd.d_a[t], bwd.seen(0, t)[:, 0], fwd.h[t], h_before)
        return bwd

    def add_step(self, d: Params, g: Array, x: Array, h: Array, h_before: Array) -> None:
        """Add one word's share: g (H,), x (V,) one-hot, h and h_before (H,)."""
        d["b_h"][:] += g
        d["W_xh"][:] += np.outer(g, x)
        d["W_hh"][:] += np.outer(g, h_before)


class Overwritten(ByHand):
    """= where += belongs: only the step that runs last, the first word, remains."""

    def add_step(self, d: Params, g: Array, x: Array, h: Array, h_before: Array) -> None:
        """Replace what was there."""
        d["b_h"][:] = g
        d["W_xh"][:] = np.outer(g, x)
        d["W_hh"][:] = np.outer(g, h_before)


class WrongMoment(ByHand):
    """h_t where h_{t-1} belongs in dW_hh."""

    def add_step(self, d: Params, g: Array, x: Array, h: Array, h_before: Array) -> None:
        """Blame the state that came after."""
        d["b_h"][:] += g
        d["W_xh"][:] += np.outer(g, x)
        d["W_hh"][:] += np.outer(g, h)


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
            "transpose", "no transpose: W g for Wᵀ g", MissingTranspose,
            MissingTranspose.backward, RNN.backward,
            "Blame travels back through the transposed weights; without the transpose shapes fit, "
            "training even works, only slower and not always.", _EARLIER,
        ),
        Bug(
            "slope", "no slope: g = dh", ForgottenSlope,
            ForgottenSlope.backward, RNN.backward,
            "While all h are near zero the slope is near one, so the fresh network hides this: "
            "check again after some training.", _EARLIER,
        ),
        Bug(
            "square", "1 − h for 1 − h²", MissingSquare,
            slope_without_square, tanh_slope,
            "Where h is near zero both are near one; at h = −1 one says 2 and the other 0.",
            _EARLIER,
        ),
        Bug(
            "overwrite", "= for +=", Overwritten, Overwritten.add_step, ByHand.add_step,
            "The same weights serve every word, so every word adds to the same gradient; with = "
            "only the word that is done last counts, and one word alone cannot show it.", _EARLIER,
        ),
        Bug(
            "moment", "h of this word, not of the one before", WrongMoment,
            WrongMoment.add_step, ByHand.add_step,
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
