"""The formulas of each moment of the way back, as on the board, each with its numbers beneath."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ui.kit.formula import formula
from ui.kit.numbers import adding_up, compact, number, written_sum
from ui.kit.player import Node, node, table
from ui.sequence import signals as gating
from ui.sequence.backward_view import BackwardView

N_TERMS = 3
"""So many terms of a sum are written one by one; all others as one more."""
NOTHING = 1e-12
"""Of a total, what only rounding leaves."""
FIRST = "not used: the state before the first step is fixed at 0"


def precise(value: float) -> str:
    """A gradient with its sign, four digits: −0.04231, −4.231e−8."""
    return compact(value, 4, sign=True)


def _lines(at: Mapping[str, int | str], *lines: tuple[str, str]) -> Node:
    """Formulas, each with its numbers beneath."""
    blocks = [
        node("div", node("p", formula(text, at)), node("p", numbers, class_="mono small quiet"))
        for text, numbers in lines
    ]
    return node("div", *blocks, class_="formulas")


def loss(view: BackwardView) -> Node:
    """L = -ln p_c, dL/dy = p - onehot(c), and a table with the numbers."""
    model, p = view.reading.model, view.reading.fwd.p[-1].tolist()
    target = model.class_number(view.target)
    rows = [
        [node("b", name) if i == target else name, f"{p[i]:.4f}", "01"[i == target],
         precise(p[i] - (i == target))]
        for i, name in enumerate(model.classes)
    ]  # fmt: skip
    numbers = f"−ln {p[target]:.4f} = {view.update.loss_before:.4f} nats"
    said = _lines({}, ("L = -ln p_c", numbers), ("dL/dy = p - onehot(c)", ""))
    return node("div", said, table(rows, ["", "p", "onehot", "∂L/∂y"], ["", *["mono"] * 3]))


def readout(view: BackwardView, unit: int, t: int) -> Node:
    """dW_hy = dL/dy h_t^T, db_y = dL/dy, and the gradient that enters the last state."""
    reading = view.reading
    column = unit + reading.model.n_hidden * reading.place.backwards
    weights = reading.model.params["W_hy"][:, column]
    d_y, h = view.bwd.d_y[-1], float(reading.fwd.asked[-1, column, 0])
    d_h = float(view.bwd.d_h_from_output[t, unit])
    products = ", ".join(f"{precise(d)} × {number(h)} = {precise(d * h)}" for d in d_y[:2])
    terms = " + ".join(
        f"{number(w, 2)} × {precise(d)}" for w, d in zip(weights[:N_TERMS], d_y, strict=False)
    )
    return _lines(
        reading.indices(t),
        ("dW_hy = dL/dy h_t^T", f"unit {unit}: {products}"),
        ("db_y = dL/dy", ", ".join(precise(d) for d in d_y[: N_TERMS + 1])),
        ("dL/dh_t = W_hy^T dL/dy",
         f"unit {unit}: {terms}{' + …' * (len(d_y) > N_TERMS)} = {_sum_of(weights * d_y, d_h)}"),
    )  # fmt: skip


def _sum_of(terms: np.ndarray, total: float) -> str:
    """The first terms of a sum, all that is left as one, and the total."""
    first = terms[:N_TERMS].tolist()
    rest = float(total - sum(first))
    return written_sum([*first, *([rest] if abs(rest) > NOTHING * abs(total) else [])])


def handed_down(view: BackwardView, unit: int, t: int) -> Node:
    """The gradient that a state below the top gets: from the layer above, at the same word."""
    d_h, name = view.bwd.d_h_from_output[t, unit], view.reading.called
    said = f"a of the layer above; unit {unit} of {name} gets {precise(d_h)}"
    return _lines(view.reading.indices(t), ("dL/dh_t += W_xh^T dL/da_t", said))


def plain(view: BackwardView, unit: int, t: int) -> Node:
    """A cell with one sum: dL/da_t, what it adds to each gradient, and what it hands on."""
    derivative = view.reading.model.cell.activation.formula.replace("h", "h_t")
    d_h, d_a = precise(view.bwd.d_h[t, unit]), precise(view.bwd.d_a[t, unit])
    numbers = f"unit {unit}: {view.derivatives[t, unit]:.4f} × {d_h} = {d_a}"
    squash = (f"dL/da_t = ({derivative}) · dL/dh_t", numbers)
    back = ("dL/dh_{t-1} = W_hh^T dL/da_t", _handed_on(view, unit, t))
    return _lines(view.reading.indices(t), squash, *_adds(view, unit, t, "a"), back)


def gated(view: BackwardView, unit: int, t: int) -> Node:
    """A cell with gates: each gate's gradient, the highway, what it adds, what it hands on."""
    reading, at = view.reading, view.reading.indices(t)
    seen = "u" if "u" in reading.fwd.signals else "a"
    rows = formula(f"a_{reading.gate.symbol}" if reading.gate else "a")
    said = node("p", "What it adds, in the rows of ", rows, class_="small quiet")
    if seen == "u":
        said += [": ", formula("u_t = W_hh h_{t-1}", at), " passes through the reset gate"]
    road = _highway(view, unit, t)
    title = node("p", "The highway of the memory, without a matrix:", class_="small quiet")
    direct = " + …" if len(reading.model.cell.carry) == 1 else ""
    back = (f"dL/dh_{{t-1}} = W_hh^T dL/d{seen}_t{direct}", _handed_on(view, unit, t))
    return node("div", _gate_table(view, unit, t), *([title, _lines(at, *road)] if road else []),
                said, _lines(at, *_adds(view, unit, t, seen), back))  # fmt: skip


def _adds(view: BackwardView, unit: int, t: int, seen: str) -> list[tuple[str, str]]:
    """What step t adds to dW_hh, dW_xh and db_h. seen : the sum that W_hh leads to, a or u."""
    reading, partner = view.reading, view.partner
    row, h = reading.block.start + unit, reading.fwd.h_before[:, partner]
    d = view.bwd.d_u[:, row]
    done = view.path[: view.path.index(t)]
    parts, after = adding_up([float((d * h)[done].sum()), float(d[t] * h[t])], 4)
    link = f"unit {unit} ← unit {partner}: {parts[0]} + ({precise(d[t])} × {number(h[t])})"
    place, x, both = "[word]", "", "both"
    if reading.place.number:
        place, x, both = "", " x_t^T", "its bias"
    own = precise(view.bwd.d_a[t, row])
    return [
        (f"dW_hh += dL/d{seen}_t h_{{t-1}}^T", f"{link} = {after}"),
        (f"dW_xh{place} += dL/da_t{x}, db_h += dL/da_t", f"unit {unit}: {own} is added to {both}"),
    ]


def _handed_on(view: BackwardView, unit: int, t: int) -> str:
    """dL/dh of one unit before step t: what its strongest links bring, all else, and the sum;
    before the first step its length as well, and that of whatever else is carried.
    """
    passed = float(view.passed[t, unit])
    with np.errstate(over="ignore", invalid="ignore"):
        links = view.reading.params["W_hh"][:, unit] * view.bwd.d_u[t]
    strongest = links[np.argsort(-np.abs(links), kind="stable")]
    cut = "0, cut off here" if links.any() else "0"
    said = f"unit {unit}: {_sum_of(strongest, passed) if passed else cut}"
    if view.reading.earlier(t) is not None:
        return said
    lengths = ", ".join(f"|∂L/∂{name}| = {compact(d)}" for name, d in view.start.items())
    return f"{said}; all units: {lengths}, {FIRST}"


def _gate_table(view: BackwardView, unit: int, t: int) -> Node:
    """For each gate: whose gradient x what = the gate's, x derivative = that of its sum."""
    reading, model, at = view.reading, view.reading.model, view.reading.indices(t)
    sources, rows = gating.gradients(model), []
    for signal in reading.gates:
        row = (signal.gate or 0) * model.n_hidden + unit
        label, numbers = [node("b", signal.symbol)], "held by hand: no gradient"
        if signal.name in sources:
            whose, met = sources[signal.name]
            label += [" ", formula(gating.written(f"{whose} * {met}"), at)]
            if not reading.is_held(signal.name, t, unit):
                factors = (gating.gradient(view.bwd, whose, model)[t, unit],
                           gating.value(reading.fwd.layer, met)[t, unit])  # fmt: skip
                derivative = view.derivatives[t, row]
                numbers = f"{' × '.join(map(precise, factors))} × {derivative:.4f}"
        label.append(node("div", numbers, class_="mono small quiet"))
        rows.append([node("td", *label), precise(view.bwd.d_a[t, row])])
    head = ["gradient × what it met × derivative", formula("dL/da_t", at)]
    return table(rows, head, ["", "mono"])


def _highway(view: BackwardView, unit: int, t: int) -> list[tuple[str, str]]:
    """What goes back without a matrix: the memory's gradient, times the gate that kept it."""
    found = []
    for mix in gating.mixes(view.reading.model):
        of = mix.target
        for gate in (gate for gate, what in mix.products if what == f"{of}_{{t-1}}"):
            kept = float(gating.value(view.reading.fwd.layer, gate)[t, unit])
            d = float(view.bwd.signals[of][t, unit, 0])
            text = f"dL/d{of}_{{t-1}} = {gate} · dL/d{of}_t{' + …' * (of == 'h')}"
            found.append((text, f"unit {unit}: {kept:.4f} × {precise(d)} = {precise(kept * d)}"))
    return found


def update(view: BackwardView) -> Node:
    """Clipping, the step against the gradient, and what both do in numbers."""
    done, s = view.update, view.settings
    clipping = {
        "value": f"every entry cut to −{s.clip_at:g} … +{s.clip_at:g}",
        "norm": f"the whole scaled to length {s.clip_at:g}, if it is longer",
        "none": "no clipping",
    }[s.clip]
    rows = [
        ("length of the gradient", compact(done.length, 4)),
        ("after clipping", compact(done.clipped_length, 4)),
        ("entries cut", f"{done.n_cut} of {view.bwd.flat.size}"),
        ("direction turned by", f"{done.degrees:.1f}°"),
        ("loss of this sentence before", f"{done.loss_before:.4f}"),
        ("after the step", f"{done.loss_after:.4f}"),
    ]
    step = _lines({}, ("W -= η · dW", f"η = {s.lr:g}; before it: {clipping}"))
    return node("div", step, table(rows, (), ["", "mono"], looks={4: "sum", 5: "strong"}))
