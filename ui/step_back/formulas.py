"""The formulas of each line of the way back, as on the board, each with its numbers."""

from __future__ import annotations

import numpy as np

from ui.kit.formula import formula
from ui.kit.numbers import adding_up, compact, number, percent, written_sum
from ui.kit.player import Node, node, table
from ui.kit.sentence import sentence
from ui.kit.theme import W_HH
from ui.sequence import signals as gating
from ui.sequence.answers import sign
from ui.sequence.backward_view import BackwardView
from ui.step_back import text

Row = tuple[Node, str]
"""A formula, and its numbers."""
MOST_CLASSES, MOST_LOSSES = 9, 8
"""In a table: so many of the likeliest classes, or of the largest losses."""
N_TERMS = 3
"""So many terms of a sum are written one by one; all others as one more."""
NOTHING = 1e-9
"""Of a sum's terms, what only rounding leaves."""


def precise(value: float) -> str:
    """A gradient with its sign, four digits: −0.04231, −4.231e−8."""
    return compact(value, 4, sign=True)


def loss(view: BackwardView) -> tuple[tuple[Row, ...], Node]:
    """L = -ln p_c, dL/dy = p - onehot(c), and a table with the numbers."""
    if len(view.asked) > 1:
        return _losses(view)
    model, p, target = view.reading.model, view.reading.fwd.p[view.asked[0]], view.wanted[0]
    kept = {target, *np.argsort(-p, kind="stable")[:MOST_CLASSES].tolist()}
    rows = [
        [node("b", sign(name)) if i == target else sign(name), f"{p[i]:.4f}",
         "01"[i == target], precise(p[i] - (i == target))]
        for i, name in enumerate(model.classes) if i in kept
    ]  # fmt: skip
    said = text.NATS.format(sum=f"−ln {p[target]:.4f}", loss=view.update.loss_before)
    return ((formula("L = -ln p_c"), said), (formula("dL/dy = p - onehot(c)"), "")), table(
        rows, ["", "p", "onehot", "∂L/∂y"], ["", *["mono"] * 3]
    )


def _losses(view: BackwardView) -> tuple[tuple[Row, ...], Node]:
    """The loss at each word that is asked, the largest first, and their mean."""
    words, p, n = view.reading.words, view.reading.fwd.p, len(view.asked)
    every = sorted(zip(view.losses, view.asked, view.wanted, strict=True), reverse=True)
    rows = [
        [str(t + 1), sign(words[t]), node("b", sign(view.reading.model.classes[c])),
         f"{p[t, c]:.4f}", f"{one:.4f}", precise(float(view.bwd.d_y[t, c]))]
        for one, t, c in every[:MOST_LOSSES]
    ]  # fmt: skip
    mean = text.MEAN["more" if n > MOST_LOSSES else "all"]
    said = mean.format(n=n, loss=view.update.loss_before, rest=n - MOST_LOSSES)
    shown = (formula("L = -ln p_c"), said), (formula("dL/dy = p - onehot(c)"),
                                             text.OVER.format(n=n))  # fmt: skip
    head = [*text.MEAN_HEAD.values()]
    return shown, table(rows, head, ["mono", "", "", *["mono"] * 3])


def largest(view: BackwardView) -> str:
    """Which loss is the largest, and its part of all."""
    losses = view.losses
    s = int(np.argmax(losses))
    t, part = view.asked[s], losses[s] / (sum(losses) or 1.0)
    return text.LARGEST.format(t=t + 1, word=view.reading.words[t], loss=losses[s],
                               share=percent(part))  # fmt: skip


def readout(view: BackwardView, unit: int, t: int) -> list[Row]:
    """dW_hy = dL/dy h_t^T, db_y = dL/dy, and the gradient that enters the last state asked."""
    reading, at, last = view.reading, view.reading.indices(t), view.asked[-1]
    column = unit + reading.model.n_hidden * reading.place.backwards
    d_y, h = view.bwd.d_y[last], float(reading.fwd.asked[last, column, 0])
    terms = (reading.model.params["W_hy"][:, column] * d_y).tolist()
    parts = [*terms[:N_TERMS], *([sum(terms[N_TERMS:])] if len(terms) > N_TERMS else [])]
    return [
        (formula("dW_hy = dL/dy h_t^T", at),
         ", ".join(f"{precise(d)} × {number(h)} = {precise(d * h)}" for d in d_y[:2])),
        (formula("db_y = dL/dy", at), ", ".join(precise(d) for d in d_y[: N_TERMS + 1])),
        (formula("dL/dh_t = W_hy^T dL/dy", at), written_sum(parts)),
    ]  # fmt: skip


def handed_down(view: BackwardView, unit: int, t: int) -> Row:
    """The gradient that a state below the top gets: from the layer above, at the same word."""
    said = text.GETS.format(unit=unit, value=precise(view.bwd.d_h_from_output[t, unit]))
    return formula("dL/dh_t += W_xh^T dL/da_t", view.reading.indices(t)), said


def arrives(view: BackwardView, unit: int, t: int) -> Row:
    """The gradient of a state: from above at its own word, and from the words after it."""
    parts = view.bwd.d_h_from_output[t, unit], view.bwd.d_h_from_future[t, unit]
    gradient = formula("dL/dh_t", view.reading.indices(t))
    said = node("span", *sentence(text.ABOVE_AND_LATER, gradient=gradient))
    return said, written_sum([float(part) for part in parts])


def made(view: BackwardView, name: str) -> str:
    """The formula of what a cell's line makes, which is called "d_a", "d_c_before" in it."""
    model, of, before = view.reading.model, name[2:].removesuffix("_before"), name[-6:] == "before"
    if of == "a" and not view.reading.gates:
        return f"dL/da_t = ({model.cell.activation.formula.replace('h', 'h_t')}) · dL/dh_t"
    if of == "h":
        direct = " + …" if view.reading.gates and len(model.cell.carry) == 1 else ""
        return f"dL/dh_{{t-1}} = W_hh^T dL/d{seen(view)}_t{direct}"
    if of in (*model.cell.carry, "a", "u"):
        return f"dL/d{of}_{{t-1}}" if before else f"dL/d{of}_t"
    return f"dL/da_{of}" if of in gating.gradients(model) else ""


def seen(view: BackwardView) -> str:
    """What W_hh leads to: the sum a, or u where that passes through a gate."""
    return "u" if "u" in view.reading.fwd.signals else "a"


def first(view: BackwardView, t: int) -> list[Row]:
    """Before the first word: how long the gradient of all that is carried is, and its use."""
    if view.reading.earlier(t) is not None:
        return []
    lengths = ", ".join(f"|∂L/∂{name}| = {compact(d)}" for name, d in view.start.items())
    said = node("span", text.NOT_USED, class_="quiet")
    return [(said, text.ALL_UNITS.format(lengths=lengths))]


def passes(view: BackwardView, unit: int, t: int) -> Row:
    """What truncation leaves of the gradient that is handed on."""
    after = view.passed[t]
    said = text.PASSES["on" if after.any() else "cut"].format(value=precise(after[unit]))
    return formula("dL/dh_{t-1}", view.reading.indices(t)), said


def product(view: BackwardView, unit: int, t: int, whole: float) -> Node:
    """One row of W_hh^T times d_a: its strongest terms, all others as one, and their sum."""
    d_u, weights = view.bwd.d_u[t], view.reading.params["W_hh"][:, unit]
    with np.errstate(over="ignore", invalid="ignore"):
        terms = weights * d_u
        strongest = np.argsort(-np.abs(terms), kind="stable")
        parts = [*terms[strongest[:N_TERMS]].tolist(), float(terms[strongest[N_TERMS:]].sum())]
        parts += [rest] if abs(rest := whole - sum(parts)) > NOTHING * np.abs(terms).sum() else []
    largest, (shown, total) = max(map(abs, parts)) or 1.0, adding_up(parts, 4)
    names = [(_unit(view, i), f"{number(weights[i], 2)} × {precise(d_u[i])}")
             for i in strongest[:N_TERMS].tolist()]  # fmt: skip
    others = text.ALL_OTHERS.format(n=len(terms) - len(names))
    names += [(others, ""), (text.NOT_BY_MATRIX, "")]
    rows = [
        [name, node("span", factors, class_="mono"),
         node("bar", value=round(part / largest, 4) if np.isfinite(part) else 0, color=W_HH), one]
        for (name, factors), part, one in zip(names, parts, shown, strict=False)
    ]  # fmt: skip
    said = formula(made(view, "d_h_before"), view.reading.indices(t))
    return node("div", table(rows, (), ["quiet", "", "", "mono"]),
                node("p", said, node("span", total, class_="mono"), class_="total"))  # fmt: skip


def _unit(view: BackwardView, row: int) -> str:
    """Of a row of W_hh: "unit 3", or "f of unit 3"."""
    gate, unit = divmod(row, view.reading.model.n_hidden)
    symbol = next((s.symbol for s in view.reading.gates if s.gate == gate), "")
    return (text.GATE_UNIT if symbol else text.UNIT).format(gate=symbol, unit=unit)


def share(view: BackwardView, unit: int, t: int, of: str) -> tuple[Row, ...]:
    """What step t adds to one entry of dW_hh, dW_xh or db_h ("b"), and its sum so far."""
    now, at, row = view.reading, view.reading.indices(t), view.reading.block.start + unit
    d, x, said = view.bwd.d_a[:, row], np.ones(len(now.words)), "db_h += dL/da_t"
    where = text.ROW.format(row=row)
    if of == "W_hh":
        d, x = view.bwd.d_u[:, row], now.fwd.h_before[:, view.partner]
        where = text.ROW_COLUMN.format(row=row, column=view.partner)
        said = f"dW_hh += dL/d{seen(view)}_t h_{{t-1}}^T"
    elif of == "W_xh":
        x, where = now.fwd.ids == now.fwd.ids[t], text.ROW_WORD.format(row=row, word=now.words[t])
        said = "dW_xh += dL/da_t x_t^T"
        if now.place.number:
            values = now.place.turn(now.fwd.layer.x)[..., 0]
            place = int(np.abs(values).sum(axis=0).argmax())
            x, where = values[:, place], text.ROW_COLUMN.format(row=row, column=place)
    before, own, after = running(view, t, d * x)
    times = f"{precise(d[t])} × {number(float(x[t]))} = {own}"
    return ((formula(said, at), f"{before} {own[0]} {own[1:]} = {after}"),
            (node("span", where, class_="quiet"), "" if of == "b" else times))  # fmt: skip


def running(view: BackwardView, t: int, each: np.ndarray) -> tuple[str, str, str]:
    """Of what each step adds (T,): all before step t, its own, and the sum, which add up."""
    done = view.path[: view.path.index(t)]
    (before, own), after = adding_up([float(each[done].sum()), float(each[t])], 4)
    return before, own, after


def update(view: BackwardView, unit: int) -> list[tuple[tuple[Row, ...], Node]]:
    """Clipping, the learning rate and the step, for one weight; with what they did to all."""
    s, done, now = view.settings, view.update, view.reading
    clipping = text.CLIPPING[s.clip].format(at=s.clip_at)
    entry = now.block.start + unit, view.partner
    old, whole, d = (float(now.model.weights(now.place, q)["W_hh"][entry])
                     for q in (None, view.bwd.grads, view.clipped))  # fmt: skip
    place = text.CLIPPED.format(row=entry[0], column=entry[1], before=precise(whole),
                                after=precise(d))  # fmt: skip
    cut = text.N_CUT.format(n=done.n_cut, all=view.bwd.flat.size)
    lengths = table([
        [text.LENGTHS["before"], compact(done.length, 4)],
        [text.LENGTHS["after"], compact(done.clipped_length, 4)],
        [text.LENGTHS["cut"], cut], [text.LENGTHS["turned"], f"{done.degrees:.1f}°"],
    ], (), ["", "mono"])  # fmt: skip
    losses = table([
        [text.LOSSES["before"], f"{done.loss_before:.4f}"],
        [text.LOSSES["after"], f"{done.loss_after:.4f}"],
    ], (), ["", "mono"], looks={1: "strong"})  # fmt: skip
    step = f"η = {s.lr:g}: {precise(d)} × {s.lr:g} = {precise(s.lr * d)}"
    return [
        (((clipping, ""), (formula("dW_hh"), place)), lengths),
        (((formula("η · dW_hh"), step),), ""),
        (((formula("W_hh -= η · dW_hh"), written_sum([old, -s.lr * d], 6)),), losses),
    ]
