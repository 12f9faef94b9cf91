"""How a network is wired: what it reads, what is asked, and what that joins to what.

It knows words and counts; it must not know arrays, cells or pixels. The nodes of a plan:

    ("x", segment, t)   ("h", segment, layer, way, t)   ("y", segment, t)
    ("h_0", segment, layer, way)   ("v", segment) a vector that becomes the first state

t counts the known words of a segment, from 0; way : 0 reads right, 1 reads left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Node = tuple[Any, ...]
Join = tuple[str, Node, Node]


@dataclass(frozen=True)
class Segment:
    """One network on the time axis, and what it reads.

    known : for each word whether it is read; () for all. state : its letter. asked : "last", "each"
    or "none", which steps answer. inputs : "given" from outside; or after the first each answer is
    "fed" to the next step, and "first" shows it. given : so many inputs came from outside before
    the first that is fed. said : what is answered at each step, where it is known; () for none.
    title : what it is and does, in one or two parts.
    """

    words: tuple[str, ...]
    known: tuple[bool, ...] = ()
    state: str = "h"
    asked: str = "last"
    inputs: str = "given"
    given: int = 1
    said: tuple[str, ...] = ()
    title: tuple[str, ...] = ()

    @cached_property
    def read(self) -> list[int]:
        """The places of the words that are read, one for each step."""
        return [i for i in range(len(self.words)) if not self.known or self.known[i]]

    @property
    def answers(self) -> range:
        """The steps that answer."""
        n = len(self.read)
        return range({"last": max(n - 1, 0), "each": 0, "none": n}[self.asked], n)


@dataclass(frozen=True)
class Plan:
    """How a network is wired: one segment, or an encoder and the decoder that it starts.

    bidirectional : whether it also reads left; a decoder never does. vector : whether a vector
    becomes the first state. attends : whether each answer of a decoder
    also sees all states of the encoder. gap : between segments, in columns.
    memory : whether a step is handed the state before it; without, each stands alone.
    """

    segments: tuple[Segment, ...]
    n_layers: int = 1
    bidirectional: bool = False
    vector: bool = False
    attends: bool = False
    gap: float = 1.2
    memory: bool = True

    @cached_property
    def rows(self) -> list[tuple[int, int]]:
        """(layer, way) of each row of h from below: a trace's layers, in its order."""
        return [(n, way) for n in range(self.n_layers) for way in range(1 + self.bidirectional)]

    def both(self, s: int) -> bool:
        """Whether a segment is read in both directions: a decoder is not."""
        return self.bidirectional and not s

    def rows_of(self, s: int) -> list[tuple[int, int]]:
        """The rows of a segment."""
        return [row for row in self.rows if not row[1] or self.both(s)]

    @cached_property
    def steps(self) -> list[tuple[int, int]]:
        """(segment, t) of each step, in the order of the words."""
        return [(s, t) for s, segment in enumerate(self.segments) for t in range(len(segment.read))]

    @property
    def n_columns(self) -> float:
        """How wide it is."""
        last = len(self.segments) - 1
        return self.column(last, len(self.segments[last].words))

    def column(self, s: int, i: int) -> float:
        """The column of word i of segment s."""
        return sum(len(segment.words) + self.gap for segment in self.segments[:s]) + i

    def readout(self, s: int, t: int) -> list[Join]:
        """What the answer at a step sees: both directions there, or where each ended."""
        ends = t, t if self.segments[s].asked == "each" else 0
        top = [row for row in self.rows_of(s) if row[0] == self.n_layers - 1]
        return [("W_hy", ("h", s, layer, way, ends[way]), ("y", s, t)) for layer, way in top]


def joins(plan: Plan) -> Iterator[Join]:
    """What is joined to what, and by which weight: (weight, from, to).

    A decoder's h_0 is the encoder's last state, of both directions: "hand over". "feed" and
    "attention", drawn from the upper direction, are no weights.
    """
    for s, segment in enumerate(plan.segments):
        steps = range(len(segment.read))
        for layer, way in plan.rows_of(s):
            before: list[Node] = [("h_0", s, layer, way)]
            if s:
                ends = len(plan.segments[0].read) - 1, 0
                before = [("h", 0, *row, ends[row[1]]) for row in plan.rows if row[0] == layer]
            elif plan.vector:
                yield "W_vh", ("v", s), before[0]
            for t in reversed(steps) if way else steps:
                here = ("h", s, layer, way, t)
                for node in [("h", s, *row, t) for row in plan.rows_of(s) if row[0] == layer - 1]:
                    yield "W_xh", node, here
                if layer == 0:
                    yield "W_xh", ("x", s, t), here
                for node in before if plan.memory else ():
                    yield "W_hh" if node[1] == s else "hand over", node, here
                before = [here]
        for t in segment.answers:
            yield from plan.readout(s, t)
            for j in range(len(plan.segments[0].read)) if plan.attends and s else ():
                yield "attention", ("h", 0, *plan.rows[-1], j), ("y", s, t)
        for t in steps[segment.given - 1 : -1] if segment.inputs != "given" else ():
            yield "feed", ("y", s, t), ("x", s, t + 1)
