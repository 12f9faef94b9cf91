"""One word of the way back in formulas with this step's numbers, for a cell of any kind."""

from __future__ import annotations

from ui import gating
from ui.plot.plot import Node, node
from ui.way_back import WayBack
from ui.words import back as back_words
from ui.words import gated as gated_words
from ui.words import indexed, maths
from ui.words.back import d, rows, small


def plain(way: WayBack, unit: int, t: int) -> Node:
    """A cell with one sum: g_t, the three sums, the blame passed on."""
    reading, fwd, bwd = way.reading, way.reading.fwd, way.bwd
    partner, g, before, after = _links(way, unit, t)
    return back_words.one_word(
        t + 1, _word(way, t), unit, partner,
        slope=float(way.derivatives[t, unit]), d_h=float(bwd.d_h[t, unit]), g=g,
        h_partner=float(fwd.h_before[t, partner]), before=before, after=after,
        passed=float(way.passed[t, unit]),
        derivative=reading.model.cell.activation.formula.replace("h", f"h{_low(t + 1)}"),
        earlier=gated_words.index_before(reading, t), first=reading.earlier(t) is None,
    )  # fmt: skip


def gated(way: WayBack, unit: int, t: int) -> Node:
    """A cell with gates: each gate's blame, the highway, the sums, the blame passed on."""
    reading, fwd, bwd = way.reading, way.reading.fwd, way.bwd
    earlier = gated_words.index_before(reading, t)
    partner, g, before, after = _links(way, unit, t)
    own = float(bwd.d_a[t, reading.block.start + unit])
    gate = reading.gate.symbol if reading.gate else ""
    about = maths(indexed("a", gate))
    said = [node("p", "Its shares, with g the blame of ", about, class_="small quiet")]
    if g != own:
        said[0].append(" as the memory sees it, through the reset gate")
    lines = back_words.adds(
        t + 1, earlier, _word(way, t), unit, partner, g, float(fwd.h_before[t, partner]),
        before, after, own,
    )  # fmt: skip
    back = maths(
        d("h", str(earlier)), node("mo", "="), back_words.transposed("hh"), d("a"),
        *([node("mo", "+"), node("mo", "…")] if len(reading.model.cell.carry) == 1 else []),
    )  # fmt: skip
    passed = f"unit {unit}: {small(float(way.passed[t, unit]))}"
    nothing = "before the first word there is nothing to blame"
    last = (back, nothing if reading.earlier(t) is None else passed)
    found = _highway(way, unit, t)
    road = [node("p", "The highway of the memory, without a matrix:", class_="small quiet")]
    return node("div", _gate_table(way, unit, t), *(road if found else []), rows(*found), *said,
                rows(*lines, last))  # fmt: skip


def _gate_table(way: WayBack, unit: int, t: int) -> Node:
    """For each gate: whose blame x what = the gate's, x slope = that of its sum."""
    reading, fwd, model = way.reading, way.reading.fwd, way.reading.model
    h, sources = model.n_hidden, gating.blames(model)
    earlier = gated_words.index_before(reading, t)
    body = []
    for signal in reading.gates:
        row = (signal.gate or 0) * h + unit
        from_where, numbers = [node("b", signal.symbol)], "held by hand: no blame"
        if signal.name in sources:
            blamed, met = sources[signal.name]
            whose = d(*_whose(blamed, t))
            from_where += [" ", maths(whose, node("mo", "·"),
                                      gating.symbol(met, t + 1, earlier))]  # fmt: skip
            if not reading.is_held(signal.name, t, unit):
                numbers = (
                    f"{small(float(gating.blame(way.bwd, blamed, model)[t, unit]))} × "
                    f"{small(float(gating.value(fwd.layer, met)[t, unit]))}"
                )
        slope = f" × {float(way.derivatives[t, row]):.4f}" if "×" in numbers else ""
        how = node("div", numbers + slope, class_="mono small quiet")
        result = node("td", small(float(way.bwd.d_a[t, row])), class_="mono")
        body.append(node("tr", node("td", *from_where, how), result))
    head = [node("th", "blame × what it met × slope", class_="quiet"),
            node("th", maths(d("a")), class_="quiet")]  # fmt: skip
    return node("table", node("tbody", node("tr", *head), *body))


def _whose(blamed: str, t: int) -> tuple[str, str]:
    """The letter and index of what is blamed; of a sum: a with its gate."""
    made, _, of = blamed.rpartition(" ")
    return ("a", of) if made else (of, str(t + 1))


def _highway(way: WayBack, unit: int, t: int) -> list[tuple[Node, str]]:
    """What goes back without a matrix: the blame of the memory, times the gate that kept it."""
    reading, model = way.reading, way.reading.model
    found = []
    for mix in gating.mixes(model):
        for gate, what in mix.products:
            if what != f"before {mix.target}":
                continue
            kept = float(gating.value(reading.fwd.layer, gate)[t, unit])
            blamed = float(gating.blame(way.bwd, mix.target, model)[t, unit])
            earlier = gated_words.index_before(reading, t)
            formula = maths(
                d(mix.target, str(earlier)), node("mo", "="), indexed(gate, str(t + 1)),
                node("mo", "·"), d(mix.target, str(t + 1)),
                *([node("mo", "+"), node("mo", "…")] if mix.target == "h" else []),
            )  # fmt: skip
            said = f"unit {unit}: {kept:.4f} × {small(blamed)} = {small(kept * blamed)}"
            found.append((formula, said))
    return found


def _links(way: WayBack, unit: int, t: int) -> tuple[int, float, float, float]:
    """The partner, g_t of the chosen row, and dW_hh[row, partner] before and after this word."""
    row, partner, i = way.reading.block.start + unit, way.partner, way.path.index(t)
    shares = way.bwd.d_u[:, row] * way.reading.fwd.h_before[:, partner]
    before = float(shares[way.path[:i]].sum())
    g = float(way.bwd.d_u[t, row])
    return partner, g, before, before + float(shares[t])


def _word(way: WayBack, t: int) -> str:
    """The word whose column of W_xh gets its share, "" above the first layer."""
    return way.reading.words[t] if way.reading.place.number == 0 else ""


def _low(t: int) -> str:
    """A number as subscript digits."""
    return "".join("₀₁₂₃₄₅₆₇₈₉"[int(digit)] for digit in str(t))
