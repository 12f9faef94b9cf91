"""Decoding: what a decoder writes by itself, and how right it is; many side by side, or as a tree.

    teacher forcing    each symbol is given the right one before it
    free running       each symbol is given the one that was written before it
    beam search        several beginnings go on side by side, the likeliest of them

wirings.py writes one sequence, here it is read again as a whole, for the eye. It must not know
training, nor what the symbols mean. Source: Graves 2012, Sutskever et al. 2014 (beam search).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rnn_core.cells import Array, Inputs, Ints, Step
from rnn_core.model import Model
from rnn_core.traces import Batch, ForwardTrace, Memory
from rnn_core.vocabulary import Vocabulary
from rnn_core.wirings import Split, Written, alone, free_run, padded

Truths = np.typing.NDArray[np.bool_]


def begin(
    model: Model, source: Sequence[int] | Inputs | None = None, vector: Array | None = None,
    written: Sequence[int] = (), attend: bool = True,
) -> ForwardTrace:  # fmt: skip
    """Read a source, or start from a vector (F,), and then the end mark and what was written.

    With the right answer as `written` it is teacher forcing. attend : False leaves a model that
    was trained with attention nothing to look at: every context is zero.
    Raises ValueError for a model that reads vectors, and for an empty source.
    """
    x = padded([[_vocabulary(model).end, *written]])[0]
    start = None if vector is None else np.asarray(vector, model.flat.dtype)[:, None]
    if source is None:
        return model.read(Batch((x,), vector=start))
    return model.read(_looking(model, Batch((alone(model, source), x)), attend))


def translate(
    model: Model, source: Sequence[int] | Inputs | None = None, vector: Array | None = None,
    most: int = 100, attend: bool = True,
) -> tuple[ForwardTrace, Written]:  # fmt: skip
    """Write the likeliest symbol each time, until the end mark or `most`; then read it all at once.

    The trace has a step for each p of what was written: its y at step t gives symbol t.
    """
    fwd = begin(model, source, vector, (), attend)
    written = free_run(model, fwd, most, _vocabulary(model).end)
    given = written.ids if written.ended else written.ids[:-1]
    return begin(model, source, vector, given, attend), written


def write_all(model: Model, split: Split, most: int, attend: bool = True) -> Ints:
    """What is written for all of a split: (most, N) with the end marks, -1 after them."""
    end, ended = _vocabulary(model).end, np.zeros(len(split), dtype=bool)
    whole, _ = split.batch(model, np.arange(len(split)))
    batch = replace(whole, x=(*whole.x[:-1], whole.x[-1][:1]), masks=(*whole.masks[:-1], None))
    fwd = model.read(_looking(model, batch, attend))
    written = np.full((most, len(split)), -1)
    for t in range(most):
        symbols = fwd.logits[-1].argmax(axis=0)
        written[t, ~ended] = symbols[~ended]
        ended |= symbols == end
        if ended.all():
            break
        fwd = model.read(Batch((symbols[None],), start=fwd.end, memory=fwd.memory))
    return written


def exact_match(model: Model, split: Split, attend: bool = True) -> Truths:
    """(N,) whether all that is written is right, the end mark as well."""
    exact: Truths = (write_all(model, split, len(split.answers), attend) == split.answers).all(
        axis=0
    )
    return exact


def exact_by_length(model: Model, split: Split, attend: bool = True) -> dict[int, float]:
    """The share that is exactly right, for each length of the source, shortest first."""
    if split.source_lengths is None:
        raise ValueError("there is no source whose length could matter")
    exact, lengths = exact_match(model, split, attend), split.source_lengths
    return {int(n): float(exact[lengths == n].mean()) for n in np.unique(lengths)}


def symbol_errors(model: Model, split: Split) -> tuple[float, float]:
    """The share of wrong symbols: with teacher forcing, and running free."""
    batch, _ = split.batch(model, np.arange(len(split)))
    forced = model.read(batch).logits.argmax(axis=1)
    free = write_all(model, split, len(split.answers))
    asked = split.answers >= 0
    wrong_forced, wrong_free = (one != split.answers for one in (forced, free))
    return float(wrong_forced[asked].mean()), float(wrong_free[asked].mean())


@dataclass(frozen=True)
class Node:
    """A symbol that a beam search looked at.

    parent : the number of the node before it; None for a first symbol. log_p : in nats, of all
    from the first symbol to this one. kept : whether it is among the likeliest of its step.
    """

    symbol: int
    parent: int | None
    log_p: float
    kept: bool


@dataclass(frozen=True)
class Beam:
    """The tree of a beam search: nodes, each after its parent, and the leaves kept at the end.

    leaves : numbers of the nodes at which something kept ended, the likeliest first.
    """

    nodes: list[Node]
    leaves: list[int]

    def path(self, leaf: int) -> list[int]:
        """The symbols from the first to a leaf, the end mark included."""
        node = self.nodes[leaf]
        return [*([] if node.parent is None else self.path(node.parent)), node.symbol]


def beam_search(model: Model, fwd: ForwardTrace, width: int = 3, most: int = 100) -> Beam:
    """Go on where a reading ended: at each step keep the `width` likeliest beginnings of all.

    fwd : of one sequence; see begin. A beginning that ends takes its place in the beam along. It is
    over when `width` have ended, or after `most` symbols. Nothing is made up for length: longer is
    less likely. Width 1 is greedy. Raises ValueError for a width below 1.
    """
    if width < 1:
        raise ValueError(f"a beam is 1 wide or more, not {width}")
    end, nodes, leaves = _vocabulary(model).end, list[Node](), list[int]()
    alive: list[int | None] = [None]
    for _ in range(most):
        found = _candidates(nodes, alive, fwd, width)
        likeliest = sorted(found, key=lambda node: -node.log_p)[: width - len(leaves)]
        first = len(nodes)
        nodes += [replace(node, kept=node in likeliest) for node in found]
        kept = [i for i in range(first, len(nodes)) if nodes[i].kept]
        columns = [alive.index(nodes[i].parent) for i in kept if nodes[i].symbol != end]
        leaves += [i for i in kept if nodes[i].symbol == end]
        alive = [i for i in kept if nodes[i].symbol != end]
        if not alive:
            break
        symbols = np.array([[nodes[i].symbol for i in alive if i is not None]])
        fwd = model.read(Batch(
            (symbols,), start=[_columns(step, columns) for step in fwd.end],
            memory=_memory_of(fwd, columns),
        ))  # fmt: skip
    leaves += [i for i in alive if i is not None]
    return Beam(nodes, sorted(leaves, key=lambda i: -nodes[i].log_p))


def _candidates(
    nodes: Sequence[Node], alive: Sequence[int | None], fwd: ForwardTrace, width: int
) -> list[Node]:
    """The likeliest symbols after each beginning that is alive."""
    found = []
    for column, parent in enumerate(alive):
        y = fwd.logits[-1, :, column].astype(np.float64)
        log_p = y - y.max() - np.log(np.exp(y - y.max()).sum())
        before = 0.0 if parent is None else nodes[parent].log_p
        for symbol in np.argsort(-log_p, kind="stable")[:width]:
            found.append(Node(int(symbol), parent, before + float(log_p[symbol]), False))
    return found


def _columns(step: Step, columns: Sequence[int]) -> Step:
    return Step(**{name: array[:, columns] for name, array in vars(step).items()})


def _memory_of(fwd: ForwardTrace, columns: Sequence[int]) -> Memory | None:
    """What is looked back at, side by side for each of the columns."""
    if fwd.memory is None:
        return None
    h, mask = fwd.memory.h, fwd.memory.mask
    return Memory(h[..., columns], None if mask is None else mask[..., columns])


def _looking(model: Model, batch: Batch, attend: bool) -> Batch:
    """The same batch; with attention turned off all that can be looked at is zero."""
    if attend or not model.attends:
        return batch
    n_steps, n = len(batch.x[0]), batch.x[0].shape[-1]
    zero = np.zeros((n_steps, model.n_hidden, n), model.flat.dtype)
    return replace(batch, memory=Memory(zero, batch.masks[0]))


def _vocabulary(model: Model) -> Vocabulary:
    if model.vocabulary is None:
        raise ValueError("a decoder reads words: this model reads vectors")
    return model.vocabulary
