"""The cell's own backward lines with one unit's numbers: it runs once more, and is watched.

Nothing is computed here: each number is what the cell makes of the trace's own arrays. It must not
know which cell it watches.
"""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from rnn_core.cells import Step, split
from ui.kit.numbers import MINUS, compact
from ui.kit.source import Excerpt, excerpt
from ui.sequence.backward_view import BackwardView

SIGNS = {ast.Add: "+", ast.Sub: MINUS, ast.Mult: "×"}


class Statement(NamedTuple):
    """A statement that makes a gradient called `name`; cut : its lines, with those before it that
    make none.
    """

    cut: Excerpt
    name: str
    value: ast.expr


@functools.cache
def statements(backward: Callable[..., Any]) -> list[Statement]:
    """A cell's backward, cut so that each of its lines is in one statement."""
    whole = excerpt(backward, runs=True)
    body = ast.parse("\n".join(whole.lines)).body
    makes = [one for one in body if isinstance(one, ast.Assign)
             and getattr(one.targets[0], "id", "").startswith("d_")]  # fmt: skip
    ends = [0, *(one.end_lineno for one in makes[:-1]), body[-1].end_lineno]
    made = []
    for one, first, end in zip(makes, ends, ends[1:], strict=False):
        active = frozenset(i - first for i in whole.active if first <= i < end)
        cut = replace(whole, lines=whole.lines[first:end], active=active, first=whole.first + first)
        made.append(Statement(cut, one.targets[0].id, one.value))
    return made


class Watched:
    """One step of the cell's backward, as it ran in the trace. names : all that it made."""

    def __init__(self, view: BackwardView, t: int) -> None:
        now, model = view.reading, view.reading.model
        self.cell, self.n_hidden, self.names = model.cell, model.n_hidden, dict[str, Any]()
        ahead, back = now.fwd.layer, view.bwd.layer
        step = len(now.words) - 1 - t if now.place.backwards else t  # as the layer read
        last = step == len(now.words) - 1
        d = {name: 0 * handed[0] if last else handed[step + 1]
             for name, handed in back.handed.items()}  # fmt: skip
        held = [one for one in now.interventions if one.at(now.fwd.shown, t)]  # gets no gradient
        gates = {signal.name: signal.gate for signal in self.cell.signals}

        def inside(frame: Any, *_: Any) -> Any:
            for name in [name for name in frame.f_locals if name not in self.names]:
                self.names[name] = d = frame.f_locals[name]
                for one in held if name.startswith("d_") else ():
                    blocks = split(d, len(d) // model.n_hidden)
                    gate = gates[one.signal] if len(blocks) > 1 else None
                    if gate is not None and gate < len(blocks):
                        one.put(blocks[gate], 0)
                    elif name == f"d_{one.signal}":
                        one.put(d, 0)
            return inside

        code, before = type(self.cell).backward.__code__, sys.gettrace()
        sys.settrace(lambda frame, *_: inside if frame.f_code is code else None)
        try:
            with np.errstate(over="ignore", invalid="ignore"):
                self.cell.backward(now.params["W_hh"], *ahead.at(step),
                                   Step(**d | {"h": back.d["h"][step]}))  # fmt: skip
        finally:
            sys.settrace(before)

    def numbers(self, statement: Statement, unit: int) -> list[tuple[str, float]]:
        """For each block of H rows: what the unit's number is made of, in numbers, and it."""
        blocks = self.names[statement.name][unit :: self.n_hidden, 0]
        return [(self._written(statement.value, unit, i), float(d)) for i, d in enumerate(blocks)]

    def _written(self, tree: ast.expr, unit: int, block: int) -> str:
        """An expression with a number for each array, as it stands for one row of one block."""
        if isinstance(tree, ast.Constant):
            return str(tree.value)
        if isinstance(tree, ast.Call) and getattr(tree.func, "id", "") == "join":
            for part in tree.args:
                if block < (n := len(self._value(part)) // self.n_hidden):
                    return self._written(part, unit, block)
                block -= n
        if isinstance(tree, ast.BinOp) and (sign := SIGNS.get(type(tree.op))):
            left, right = (self._written(side, unit, block) for side in (tree.left, tree.right))
            if sign == "×":
                left, right = (
                    f"({text})" if isinstance(getattr(side, "op", 0), ast.Add | ast.Sub) else text
                    for side, text in ((tree.left, left), (tree.right, right))
                )
            elif right[0] == sign == MINUS and " " in right:
                right = f"({right})"
            elif right[0] == MINUS:
                sign, right = ("+" if sign == MINUS else MINUS), right[1:]
            return f"{left} {sign} {right}"
        rows = self._value(tree)[:, 0]
        return compact(float(rows[block * self.n_hidden % len(rows) + unit]), 4)

    def _value(self, tree: ast.expr) -> np.ndarray:
        value: np.ndarray = eval(_code(tree), type(self.cell).backward.__globals__, self.names)
        return value


@functools.cache
def _code(tree: ast.expr) -> Any:
    return compile(ast.Expression(tree), "a line of the core", "eval")
