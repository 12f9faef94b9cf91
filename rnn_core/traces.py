"""Traces: what goes into a pass, and all that it leaves behind. The interface to every picture.

A trace knows arrays and their meaning; it must not know how they were computed, nor how they will
be drawn. Of a network with several layers or directions it shows one at a time: `showing` picks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from rnn_core.cells.base import Array, Cell, Inputs, Step
from rnn_core.parameters import Layer

Arrays = Mapping[str, Array]


@dataclass(frozen=True)
class Memory:
    """What attention looks back at: h (T', H, B) the encoder's last layer; mask as in Batch."""

    h: Array
    mask: Array | None = None


@dataclass(frozen=True)
class Batch:
    """What B sequences bring in, for each segment of the network: one, or encoder and decoder.

    x : words (T, B), or vectors (T, F, B). masks : (T, 1, B) 1, and 0 after a sequence's end; None
    where all are of length T. vector : (F, B) what becomes the first state, if something does.
    start : the carry before the first step, for each layer; None for zero. memory : what attention
    looks back at, where it is not the encoder that is read here.
    """

    x: tuple[Inputs, ...]
    masks: tuple[Array | None, ...] = (None, None)
    vector: Array | None = None
    start: Sequence[Step] | None = None
    memory: Memory | None = None


@dataclass(frozen=True)
class Targets:
    """What was asked, in the last S steps: one at the end, or all.

    one_hot : (S, C, B) the right classes, all zero where nothing is asked. weight : what each
    answer counts in the loss, 1 / (answers asked); (S, 1, B) with 0 where nothing is asked.
    passes : for each segment, read forwards and backwards, (T, 1, B) 0 where truncation stops the
    gradient from leaving a step.
    """

    one_hot: Array
    weight: Array
    passes: tuple[tuple[Array | None, Array | None], ...] = ((None, None),) * 2


@dataclass
class LayerForward:
    """What one layer computed in one direction; arrays in the order in which it read.

    x : what came in. projection : (T, kH, B) W_xh x_t. carried : {name: (T + 1, H, B)} what the
    cell hands on, the start first. computed : {name: (T, ., B)} all else that it made, such as a.
    """

    cell: Cell
    layer: Layer
    x: Inputs
    projection: Array
    carried: Arrays
    computed: Arrays

    def at(self, t: int) -> tuple[Step, Step]:
        """What step t found, and what it made: before, now."""
        before = Step(**{name: array[t] for name, array in self.carried.items()})
        now = {name: array[t + 1] for name, array in self.carried.items()}
        return before, Step(**now, **{name: array[t] for name, array in self.computed.items()})

    @property
    def end(self) -> Step:
        """The carry after the last step, each (H, B)."""
        return Step(**{name: array[-1] for name, array in self.carried.items()})

    @property
    def before(self) -> dict[str, Array]:
        """{name: (T, H, B)} the carry that each step found, in the order of the sequence."""
        return {name: self.layer.turn(array[:-1]) for name, array in self.carried.items()}

    @property
    def signals(self) -> dict[str, Array]:
        """{name: (T, ., B)} all that it made, in the order of the sequence."""
        made = {name: array[1:] for name, array in self.carried.items()} | dict(self.computed)
        n_hidden = made["h"].shape[1]
        for signal in self.cell.signals:
            if signal.name not in made:
                first = (signal.gate or 0) * n_hidden
                made[signal.name] = made["gates"][:, first : first + n_hidden]
        return {name: self.layer.turn(array) for name, array in made.items()}


@dataclass
class LayerBackward:
    """The gradients of one layer; arrays in the order in which it read.

    d : {name: (T, ., B)} dL/d(signal): all of h and of what else is carried; a; and u, which is a
    as W_hh sees it, where that differs. d_above : (S, H, B) the part of d_h that came from above.
    handed : {name: (T, H, B)} what each step hands to the carry that it found.
    d_x : (T, N, B) dL/d(what came in), of words one-hot.
    """

    d: Arrays
    d_above: Array | None
    handed: Arrays
    d_x: Array

    @property
    def d_start(self) -> Step:
        """dL/d(the carry before the first step), each (H, B)."""
        return Step(**{name: array[0] for name, array in self.handed.items()})


@dataclass
class ForwardTrace:
    """Everything that one reading of B sequences computed.

    For one sequence, of the shown layer and in the order of the sequence: ``h a c ...`` every
    signal (T, .), ``h_before`` what each step found, ``h_0`` (H,), ``input_projection`` (T, kH)
    W_xh x_t; and ``ids`` (T,), ``y`` and ``p`` (S, C); with attention ``alpha`` (S, T') and
    ``context`` (S, H).

    Attributes
    ----------
    batch : what was read.
    segments : the layers of each segment, from the input up. shown : which of all is shown.
    asked : (S, DH, B) the states that the readout sees, with attention (S, 2H, B): below each its
    context. logits, probs : (S, C, B) the answers; with S = T, "if the sequence ended here".
    attention : (S, T', B) how much each step looked at each state in memory; or None.
    """

    batch: Batch
    segments: list[list[LayerForward]]
    asked: Array
    logits: Array
    probs: Array
    shown: int = 0
    attention: Array | None = None
    memory: Memory | None = None

    def showing(self, shown: int) -> ForwardTrace:
        """The same reading with another layer shown, 0 .. len(layers) - 1."""
        return replace(self, shown=range(len(self.layers))[shown])

    @property
    def layers(self) -> list[LayerForward]:
        """All layers, in the order of Model.layers."""
        return [layer for segment in self.segments for layer in segment]

    @property
    def layer(self) -> LayerForward:
        """The layer that is shown."""
        return self.layers[self.shown]

    @property
    def signals(self) -> dict[str, Array]:
        """{name: (T, ., B)} of the shown layer, in the order of the sequence."""
        return self.layer.signals

    @property
    def end(self) -> list[Step]:
        """The carry of the last segment's layers after the last step: there reading may go on."""
        return [layer.end for layer in self.segments[-1]]

    def __getattr__(self, name: str) -> Array:
        """One sequence's array by its letter on the board; see the class."""
        if name.startswith("_"):
            raise AttributeError(name)
        layer = self.layer
        found = self.signals | {
            "ids": self.batch.x[0 if layer.layer.encoder else -1],
            "y": self.logits,
            "p": self.probs,
            "h_0": layer.carried["h"][0],
            "h_before": layer.before["h"],
            "input_projection": layer.layer.turn(layer.projection),
        }
        if self.attention is not None:
            n_hidden = self.asked.shape[1] // 2
            found |= {"alpha": self.attention, "context": self.asked[:, n_hidden:]}
        return _one_sequence(found, name)


@dataclass
class BackwardTrace:
    """The gradients that flowed back through one reading, and what they add up to.

    For one sequence, of the layer that the forward trace shows: ``d_h d_a d_c`` dL/d(signal)
    (T, .), ``d_u`` d_a as W_hh sees it, ``d_h_from_output`` and ``d_h_from_future`` (T, H), whose
    sum is d_h, ``d_h_before`` what each step hands to the one before; and ``d_y`` (S, C).

    Laws: nothing comes from beyond the last step; the step_grads of all steps sum to grads; grads
    has the names and shapes of the parameters; a step after a sequence's end adds nothing; what
    leaves a decoder's first step is what enters the encoder's last state. With attention there is a
    second road: it comes from above into each state of the encoder's last layer.

    Attributes
    ----------
    d_logits : (S, C, B) dL/dy = weight * (p - one_hot). layers : in the forward trace's order.
    grads : {parameter: its gradient}, views of flat.
    """

    forward: ForwardTrace
    targets: Targets
    d_logits: Array
    layers: list[LayerBackward]
    grads: dict[str, Array]
    flat: Array = field(repr=False)

    @property
    def layer(self) -> LayerBackward:
        """The layer that is shown."""
        return self.layers[self.forward.shown]

    @property
    def signals(self) -> dict[str, Array]:
        """{name: (T, ., B)} dL/d(signal) of the shown layer, in the order of the sequence."""
        return {name: self.forward.layer.layer.turn(array) for name, array in self.layer.d.items()}

    def __getattr__(self, name: str) -> Array:
        """One sequence's array by its name; see the class."""
        if not name.startswith("d_"):
            raise AttributeError(name)
        layer, turn = self.layer, self.forward.layer.layer.turn
        d_above = np.zeros_like(layer.d["h"])
        if layer.d_above is not None:
            d_above[len(d_above) - len(layer.d_above) :] = layer.d_above
        found = {"d_" + signal: array for signal, array in self.signals.items()}
        found |= {
            "d_y": self.d_logits,
            "d_u": found.get("d_u", found["d_a"]),
            "d_h_from_output": turn(d_above),
            "d_h_from_future": turn(layer.d["h"] - d_above),
            "d_h_before": turn(layer.handed["h"]),
        }
        return _one_sequence(found, name)

    def step_grads(self, t: int) -> dict[str, Array]:
        """What step t of the last segment adds to each gradient, in the parameters' shapes.

        The share of W_hh is an outer product, dL/da_t h_{t-1}^T: the trace keeps the two vectors.
        """
        fwd, share = self.forward, {name: np.zeros_like(g) for name, g in self.grads.items()}
        for ahead, back in zip(fwd.layers, self.layers, strict=True):
            suffix, at = ahead.layer.suffix, (-1 - t if ahead.layer.backwards else t)
            if not ahead.layer.encoder:
                d_a, x = back.d["a"][at], ahead.x[at]
                if x.ndim == 1:  # words, one-hot
                    x = (np.arange(share["W_xh" + suffix].shape[1])[:, None] == x).astype(d_a.dtype)
                share["W_xh" + suffix] += d_a @ x.T
                share["W_hh" + suffix] += (
                    back.d.get("u", back.d["a"])[at] @ ahead.carried["h"][:-1][at].T
                )
                share["b_h" + suffix] += d_a.sum(axis=1)
        s = t + len(self.d_logits) - len(fwd.layers[-1].projection)
        if s >= 0:
            asked = fwd.asked[len(fwd.asked) - len(self.d_logits) :]
            share["W_hy"] += self.d_logits[s] @ asked[s].T
            share["b_y"] += self.d_logits[s].sum(axis=1)
        return share


def _one_sequence(arrays: Arrays, name: str) -> Array:
    """Drop the last axis when there is one sequence: (T, H, 1) becomes (T, H), a view."""
    if name not in arrays:
        raise AttributeError(f"no {name}; there are {', '.join(sorted(arrays))}")
    array = arrays[name]
    return array[..., 0] if array.shape[-1] == 1 else array
