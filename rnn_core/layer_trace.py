"""What one layer leaves behind, in one direction: forward, and on the way back.

A network's traces are made of these. Shapes are (T, H, B) and the like; batch.py says what the
letters mean, N is how many numbers come in at each word: V for the first layer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from numpy.lib.stride_tricks import as_strided
from numpy.typing import DTypeLike

from rnn_core.batch import Array
from rnn_core.cells.base import Cell, Step
from rnn_core.parameters import Layer, aligned_zeros, aligned_zeros_like


@dataclass
class LayerForward:
    """What one layer computed in one direction.

    carried : {name: (T + 1, H, B)} what the cell hands on; it starts at 0, or at T backwards.
    signals : {name: (T, H, B)} what a view may show, always with "h".
    picked : (T, kH, B) W_xh x_t; for the first layer the column that each word picks, kept apart
    from inputs for one sentence only.
    inputs : (T, kH, B) W_xh x_t + b_h. sums : (T, kH, B) a_t, before squashing.
    all_before, all_now : views of all words at once, as a cell sees them at one.
    path : (t, before, now) for each word, in the order in which they are read.
    """

    layer: Layer
    carried: Mapping[str, Array]
    signals: Mapping[str, Array]
    picked: Array
    inputs: Array
    sums: Array
    all_before: Step = field(repr=False)
    all_now: Step = field(repr=False)
    path: list[tuple[int, Step, Step]] = field(repr=False)


@dataclass
class LayerBackward:
    """The blame that flowed back through one layer.

    d_carried : {name: (T + 1, H, B)} all of dL/d(carried signal), laid out as carried.
    d_sums : (T, kH, B) dL/da_t. d_recurrent : the same as W_hh sees it; d_sums itself unless the
    cell differs. slopes : (T, kH, B) f'(a_t). arrived : (T, H, B) the part of d_h that came from
    above: the readout or the next layer. all_d_now : views of all words at once. path : (t,
    before, now, d_now, d_before), from the word read last to the first.
    """

    layer: Layer
    d_carried: Mapping[str, Array]
    d_sums: Array
    d_recurrent: Array
    slopes: Array
    arrived: Array
    all_d_now: Step = field(repr=False)
    path: list[tuple[int, Step, Step, Step, Step]] = field(repr=False)

    @property
    def d_h(self) -> Array:
        """(T, H, B) dL/dh_t."""
        return after(self.d_carried["h"], self.layer)


def after(carried: Array, layer: Layer) -> Array:
    """(T + 1, H, B) to (T, H, B): what is carried away from each word."""
    return carried[:-1] if layer.backwards else carried[1:]


def before(carried: Array, layer: Layer) -> Array:
    """(T + 1, H, B) to (T, H, B): what is carried to each word."""
    return carried[1:] if layer.backwards else carried[:-1]


def new_layer_forward(
    cell: Cell,
    layer: Layer,
    n_hidden: int,
    size: tuple[int, int],
    dtype: DTypeLike,
    forgetful: bool = False,
) -> LayerForward:
    """Make room for T words of B sentences, size = (T, B).

    forgetful : what is neither handed on nor comes in has room for one word, the one being read.
    """
    n_steps, n_sentences = size
    rows = cell.n_gates * n_hidden

    def room(n_steps: int, n_rows: int) -> Array:
        return aligned_zeros((n_steps, n_rows, n_sentences), dtype)

    def workroom(n_rows: int) -> Array:
        if not forgetful:
            return room(n_steps, n_rows)
        one = room(1, n_rows)
        return as_strided(one, (n_steps, *one.shape[1:]), (0, *one.strides[1:]))

    carried = {name: room(n_steps + 1, n_hidden) for name in cell.carry}
    now = {name: after(array, layer) for name, array in carried.items()}
    if any(signal.gate is not None for signal in cell.signals):
        now["gates"] = workroom(rows)
    for signal in cell.signals:
        if signal.gate is not None:
            start = signal.gate * n_hidden
            now[signal.name] = now["gates"][:, start : start + n_hidden]
    for name, n_blocks in cell.workings.items():
        now[name] = workroom(n_blocks * n_hidden)
    now |= {"x": room(n_steps, rows), "a": workroom(rows)}
    earlier = {name: before(array, layer) for name, array in carried.items()}
    words = range(n_steps)[:: -1 if layer.backwards else 1]
    return LayerForward(
        layer=layer,
        carried=carried,
        signals={signal.name: now[signal.name] for signal in cell.signals},
        picked=room(n_steps, rows) if layer.number or n_sentences == 1 else now["x"],
        inputs=now["x"],
        sums=now["a"],
        all_before=earlier,
        all_now=now,
        path=[(t, _at(earlier, t), _at(now, t)) for t in words],
    )


def new_layer_backward(cell: Cell, fwd: LayerForward) -> LayerBackward:
    """Make room for the way back through one layer."""
    layer = fwd.layer
    d_carried = {name: aligned_zeros_like(array) for name, array in fwd.carried.items()}
    d_now = {name: after(array, layer) for name, array in d_carried.items()}
    d_before = {name: before(array, layer) for name, array in d_carried.items()}
    d_now["slope"] = aligned_zeros_like(fwd.sums)
    d_now["a"] = d_now["recurrent"] = aligned_zeros_like(fwd.sums)
    if cell.recurrent_differs:
        d_now["recurrent"] = aligned_zeros_like(fwd.sums)
    spare = {"spare": aligned_zeros_like(d_now["h"][0])}
    return LayerBackward(
        layer=layer,
        d_carried=d_carried,
        d_sums=d_now["a"],
        d_recurrent=d_now["recurrent"],
        slopes=d_now["slope"],
        arrived=aligned_zeros_like(d_now["h"]),
        all_d_now=d_now,
        path=[
            (t, earlier, now, _at(d_now, t) | spare, _at(d_before, t))
            for t, earlier, now in reversed(fwd.path)
        ],
    )


def _at(arrays: Step, t: int) -> Step:
    """The views of one word."""
    return {name: array[t] for name, array in arrays.items()}
