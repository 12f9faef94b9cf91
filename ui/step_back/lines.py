"""The lines of the core that run on the way back, as they stand in its files, with their numbers.

A test traces the passes: each line that is shown here was executed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rnn_core import layer as over_time
from rnn_core import network
from rnn_core.optimizers import OPTIMIZERS, clip
from ui.kit.formula import formula
from ui.kit.player import Node, node
from ui.kit.source import Excerpt, excerpt
from ui.sequence.backward_view import BackwardView
from ui.step_back import formulas, text
from ui.step_back.formulas import Row, precise
from ui.step_back.watched import Statement, Watched, statements

MOST = 34
"""Characters of numbers that stand beside a formula."""
LOOP = excerpt(over_time.backward, "for t in reversed(range(n_steps))")


@dataclass(frozen=True)
class Line:
    """A line that runs at some moment, and what it says of the chosen unit.

    cuts : as it stands in its file, with what it calls. rows : formulas with their numbers, the
    first in short. lit : what it moves in the strip, of strip.LINES. more : where there is room.
    """

    cuts: tuple[Excerpt, ...]
    rows: tuple[Row, ...] = ()
    lit: str = ""
    more: Node = ""


def loss(view: BackwardView) -> list[Line]:
    """Where the gradient begins."""
    rows, more = formulas.loss(view)
    return [Line((excerpt(network.backward, "d_logits = "),), rows, "", more)]


def readout(view: BackwardView, unit: int, t: int) -> list[Line]:
    """Where it enters the states: at the readout, and below the top from the layer above."""
    markers = 'grads["W_hy"][...]', 'grads["b_y"][...]', 'params["W_hy"].T @ d_logits'
    top, rows = view.reading.is_top, formulas.readout(view, unit, t)
    made = [Line((excerpt(network.backward, marker),), (row,) if top else ())
            for marker, row in zip(markers, rows, strict=True)]  # fmt: skip
    if not top:
        down = (excerpt(over_time.backward, 'w["W_xh"].T @ gradients["a"]'),
                excerpt(network.backward, "d_above |= _handed_down("))  # fmt: skip
        made.append(Line(down, (formulas.handed_down(view, unit, t),)))
    return made


def word(view: BackwardView, unit: int, t: int) -> list[Line]:
    """The step of the loop at word t: the cell's own lines, and what they add to the sums."""
    now, d_above = view.reading, view.bwd.layer.d_above
    step = len(now.words) - 1 - t if now.place.backwards else t  # as the layer read

    def line(marker: str, rows: tuple[Row, ...], lit: str) -> Line:
        return Line((excerpt(over_time.backward, marker),), rows, lit)

    made, watched = [], Watched(view, t)
    if d_above is not None and step >= len(now.words) - len(d_above):
        made.append(line("d.h = d_above[", (formulas.arrives(view, unit, t),), "h"))
    for statement in statements(type(watched.cell).backward):
        made.append(_of_cell(view, unit, t, watched, statement))
    if view.truncate is not None:
        cut = "future = _times(passes[t], future)"
        made.append(line(cut, (formulas.passes(view, unit, t),), "before"))
    d_W_xh = "in_rows(fwd.x).T @ d_a" if now.place.number else "sum_by_word(d_a"
    sums = {"W_hh": 'grads["W_hh"][...]', "b": 'grads["b_h"][...]', "W_xh": d_W_xh}
    return made + [line(cut, formulas.share(view, unit, t, of), of) for of, cut in sums.items()]


def _of_cell(
    view: BackwardView, unit: int, t: int, watched: Watched, statement: Statement
) -> Line:  # fmt: skip
    """A statement of the cell: what it makes for one unit, in each block of rows."""
    now, name, numbers = view.reading, statement.name, watched.numbers(statement, unit)
    gates = sorted(now.gates, key=lambda signal: signal.gate or 0)
    made = [precise(value) for _, value in numbers]
    full = [f"{said} = {one}" if " " in said else one
            for (said, _), one in zip(numbers, made, strict=True)]  # fmt: skip
    for i, gate in enumerate(gates if name == "d_a" else ()):
        if now.is_held(gate.name, t, unit):
            full[i] = text.HELD
    symbol, more, cuts = formulas.made(view, name), "", [statement.cut]
    label: Node = formula(symbol, now.indices(t)) if symbol else ""
    rows: list[Row] = [(label, full[0])]
    if len(full) > 1:
        short = ", ".join(f"{gate.symbol} {one}" for gate, one in zip(gates, made, strict=False))
        rows = [(label, short), *zip([node("b", s.symbol) for s in gates], full, strict=False)]
    elif len(full[0]) > MOST:
        rows = [(label, made[0]), ("", full[0])]
    derivative = getattr(getattr(watched.cell, "activation", None), "derivative", None)
    if name == "d_a" and derivative is not None and not isinstance(derivative, np.ufunc):
        cuts.append(excerpt(derivative, runs=True))
    if name == "d_h_before":
        if full == made:
            rows = [(label, text.PRODUCTS.format(n=len(view.bwd.d_u[t]), value=made[0]))]
        rows += formulas.first(view, t)
        more = formulas.product(view, unit, t, numbers[0][1])
    return Line(tuple(cuts), tuple(rows), "before" if name.endswith("_before") else "a", more)


def update(view: BackwardView, unit: int) -> list[Line]:
    """Clipping, by the branch that runs, and the step."""
    how, done, step = view.settings.clip, view.update, type(OPTIMIZERS["sgd"]).update
    if how == "none" or done.length <= view.settings.clip_at:
        marker = 'if how == "none"'
    elif how == "norm":
        marker = "at / length"
    else:
        marker = "grad.clip(-at, at" if done.n_cut else "cut = "
    cuts = excerpt(clip, marker), excerpt(step, "grad *= lr"), excerpt(step, "theta -= grad")
    said = formulas.update(view, unit)
    return [Line((cut,), *one[:1], "", *one[1:]) for cut, one in zip(cuts, said, strict=True)]
