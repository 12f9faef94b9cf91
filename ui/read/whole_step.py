"""The whole step as matrices, shapes always shown: a picked column, a product, a sum, an answer.

Of a cell with gates one gate's rows are shown, for all of them together could not be read; and
how the gates make the state, and the lines that do it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from plotly.graph_objects import Figure

from ui.kit import player, source
from ui.kit.numbers import number
from ui.kit.player import Film, Frame, Node, Panel, Text, look_for, node
from ui.kit.theme import ACCENT, INK, W_HH, W_HY, W_XH
from ui.read import matrices, text
from ui.read.arithmetic import squashes
from ui.read.matrices import Block, column, framed, framed_row
from ui.read.waterfall import LARGEST_SUM
from ui.sequence import architecture
from ui.sequence import signals as gating
from ui.sequence.own_weights import Place
from ui.sequence.reading import Reading
from ui.sequence.state_film import say

HEIGHT = 320
COLUMNS = "repeat(2, minmax(0, 1fr))"
W = {name: f"W<sub>{name}</sub>" for name in ("xh", "hh", "hy")}


def film(reading: Reading, unit: int, by_hand: tuple[Place, ...] = ()) -> Film:
    """Pictures of one step; frames fill in the vectors. unit : the row that is framed. by_hand :
    the weights that are set by hand, and the one in hand, framed as well.
    """
    panels: list[Panel] = []
    for name, (title, figure) in _figures(reading).items():
        panels += player.picture(name, title, figure, HEIGHT, "", area=name, clicks="cell")
    if gating.mixes(reading.model):
        lines = source.excerpt(type(reading.model.cell).forward, whole=True)
        shown = node("div", node("h3", text.LINES), source.code([lines]))
        panels.append(Text("code", shown, area="code"))
    panels.append(Text("weights", _weights(reading), area="weights"))
    frames = [
        Frame(text.WORD_OF.format(t=t + 1, n=len(reading.words), word=word),
              say=say(reading, t, unit),
              panels={**_vectors(reading, t, unit), **_notes(reading, t, unit)})
        for t, word in enumerate(reading.words)
    ]  # fmt: skip
    for place in by_hand:
        if found := _shown_at(reading, place):
            name, block, row, column = found
            here = framed(block + 1, slice(row, row + 1), slice(column, column + 1), ACCENT)
            for frame in frames:
                frame.panels[name]["layout"]["shapes"].append(here)
    return panels, frames


def _blocks(reading: Reading) -> dict[tuple[str, int], tuple[str, list[int], list[int] | None]]:
    """{(picture, block): its parameter, and what stands in each row and each column of it}."""
    model, suffix = reading.model, reading.place.suffix
    rows = [reading.block.start + unit for unit in reading.order]
    classes = list(range(len(model.classes)))
    return {
        ("word", 0): ("W_xh" + suffix, rows, list(range(reading.params["W_xh"].shape[1]))),
        ("memory", 0): ("W_hh" + suffix, rows, reading.order),
        ("sum", 2): ("b_h" + suffix, rows, None),
        ("answer", 0): ("W_hy", classes, _asked(reading)),
        ("answer", 2): ("b_y", classes, None),
    }


def weight_at(reading: Reading, picture: str, block: int, row: int, column: int) -> Place | None:
    """Which weight stands at a cell of a picture; None where what stands there is computed."""
    name, rows, columns = _blocks(reading).get((picture, block), ("", [], None))
    if not (0 <= row < len(rows) and 0 <= column < (1 if columns is None else len(columns))):
        return None
    return Place(name, rows[row], None if columns is None else columns[column])


def _shown_at(reading: Reading, place: Place) -> tuple[str, int, int, int] | None:
    """The picture, block, row and column at which a weight stands, if one shows it."""
    for (picture, block), (name, rows, columns) in _blocks(reading).items():
        if name == place.name and place.row in rows:
            column = 0 if columns is None or place.column is None else columns.index(place.column)
            return picture, block, rows.index(place.row), column
    return None


def _weights(reading: Reading) -> Node:
    """How many parameters there are; and what the numbers over the pictures say."""
    model = reading.model
    size = f"{model.flat.size:,}"
    return node(
        "div", node("h3", text.PARAMETERS.format(n=size)),
        node("p", node("span", architecture.parameter_formula(model), class_="mono")),
        node("p", text.SAME_NUMBERS.format(n=size, words=len(reading.words))),
        node("p", text.SET_BY_HAND), node("p", text.SCALES, class_="note"),
    )  # fmt: skip


def _figures(reading: Reading) -> dict[str, tuple[str, Figure]]:
    """Titles and figures: the weights, which stay, and blanks for the vectors, which change."""
    params, order, rows = reading.params, reading.order, reading.block
    h, c = reading.model.n_hidden, len(reading.model.classes)
    W_xh, W_hh, b_h = (params[name][rows][order] for name in ("W_xh", "W_hh", "b_h"))
    W_hy, n = reading.model.params["W_hy"], W_xh.shape[1]
    r_xh, r_hh, r_hy = (float(np.abs(array).max()) or 1.0 for array in (W_xh, W_hh, W_hy))
    gate, a = reading.gate, LARGEST_SUM
    f = squashes(gate) if gate else reading.model.cell.activation.symbol
    words = reading.model.vocabulary.words if reading.place.number == 0 else ()
    was = f"h<sub>{'t+1' if reading.place.backwards else 't−1'}</sub>"
    from_memory = W["hh"] + "h"
    if gate and "u" in reading.fwd.signals:
        from_memory = text.SEEN.format(product=from_memory)
    shown = {
        "word": [Block(W_xh, W["xh"], "×", r_xh, W_XH, names=words), column(n, "x", "="),
                 column(h, W["xh"] + "x", "", r_xh, W_XH)],
        "memory": [Block(W_hh[:, order], W["hh"], "×", r_hh, W_HH), column(h, was, "="),
                   column(h, W["hh"] + "h", "", a, W_HH)],
        "sum": [column(h, W["xh"] + "x", "+", r_xh, W_XH),
                column(h, from_memory, "+", a, W_HH),
                Block(b_h[:, None], "b<sub>h</sub>", "=", a), column(h, "a", f, a),
                column(h, gate.symbol if gate else "h", share=bool(gate and gate.low == 0))],
        "mix": _mix(reading),
        "answer": [Block(W_hy[:, _asked(reading)], W["hy"], "·", r_hy, W_HY),
                   Block(np.zeros((1, W_hy.shape[1])), text.LYING, "+"),
                   Block(reading.model.params["b_y"][:, None], "b<sub>y</sub>", "=", r_hy),
                   column(c, "y", "softmax", 6.0), column(c, "p")],
    }  # fmt: skip
    titles = {**text.STEP, **(text.STEP_OF if gate else {})}
    if reading.place.number:
        titles["word"] = titles["layer"]
    symbol = gate.symbol if gate else ""
    return {name: (titles[name].format(gate=symbol), matrices.figure(some))
            for name, some in shown.items() if some}  # fmt: skip


def _factors(reading: Reading) -> list[tuple[str, str]]:
    """What the gates make the state of, as the cell writes it, and the sign after each."""
    made: list[tuple[str, str]] = []
    for mix in gating.mixes(reading.model):
        if made:
            made[-1] = (made[-1][0], "    ")
        pairs = [pair for left, right in mix.products for pair in ((left, "×"), (right, "+"))]
        made += [*pairs[:-1], (pairs[-1][0], "="), (f"{mix.target}_t", "")]
    return made


def _mix(reading: Reading) -> list[Block]:
    """The products that make the state, column by column."""
    low = {f"{signal.name}_t": signal.low for signal in reading.model.cell.signals}
    before = "<sub>t+1</sub>" if reading.place.backwards else "<sub>t−1</sub>"
    return [
        column(reading.model.n_hidden,
               name.replace("_{t-1}", before).replace("_t", "").replace(" - ", " − "), sign,
               2.0 if name.startswith("c_") else 1.0, INK,
               name.startswith("(1 -") or low.get(name) == 0)
        for name, sign in _factors(reading)
    ]  # fmt: skip


def _asked(reading: Reading) -> list[int]:
    """In which order the readout's columns are drawn: as the units, if it sees only those."""
    if reading.is_top and not reading.model.bidirectional:
        return reading.order
    return list(range(reading.model.n_hidden * (1 + reading.model.bidirectional)))


def _vectors(reading: Reading, t: int, unit: int) -> dict[str, Any]:
    """This step's vectors, and frames round the word's column and the unit's row."""
    fwd, order, rows = reading.fwd, reading.order, reading.block
    h, row, before = reading.model.n_hidden, order.index(unit), fwd.h_before[t]
    from_word = fwd.input_projection[t, rows][order]
    from_memory = (fwd.a[t] - (fwd.input_projection[t] + reading.params["b_h"]))[rows][order]
    product = (reading.params["W_hh"][rows] @ before)[order]
    after = fwd.signals[reading.gate.name if reading.gate else "h"][t, :, 0]
    if reading.place.number == 0:
        word = int(fwd.ids[t])
        x = reading.model.vocabulary.one_hot([word])[:, 0]
        frames = [framed(1, slice(0, h), slice(word, word + 1), W_XH)]
    else:
        x = reading.place.turn(fwd.layer.x)[t, :, 0]
        frames = [framed_row(1, row, len(x)), framed_row(3, row)]
    made = {
        "word": matrices.at_step({1: x, 2: from_word}, *frames),
        "memory": matrices.at_step(
            {1: before[order], 2: product}, framed_row(1, row, h), framed_row(3, row)
        ),
        "sum": matrices.at_step(
            {0: from_word, 1: from_memory, 3: fwd.a[t][rows][order], 4: after[order]},
            *(framed_row(place, row) for place in range(1, 6)),
        ),
        "answer": matrices.at_step({3: fwd.y[t], 4: fwd.p[t]}),
    }
    lying = fwd.asked[t, :, 0][_asked(reading)]
    made["answer"]["data"]["1"] = {"z": [np.round(lying, 4).tolist()]}
    if factors := _factors(reading):
        values = {i: gating.value(fwd.layer, name)[t][order] for i, (name, _) in enumerate(factors)}
        made["mix"] = matrices.at_step(values, *(framed_row(i + 1, row) for i in values))
    return made


def _notes(reading: Reading, t: int, unit: int) -> dict[str, Node]:
    """The sentence under each of the pictures, with this step's numbers."""
    fwd, row, gate = reading.fwd, reading.block.start + unit, reading.gate
    name, letter = (gate.name, gate.symbol) if gate else ("h", "h")
    answer, probability = reading.verdict(t)
    squashed = number(float(fwd.signals[name][t, unit, 0]))
    memory = text.MEMORY_NOTE["first" if reading.earlier(t) is None else "later"]
    total = text.SUM_NOTE["held" if reading.is_held(name, t, unit) else "free"]
    says = text.ANSWER_NOTE["each" if reading.model.per_step else "last"]
    notes = {
        "word": _word_note(reading, t, unit),
        "memory": memory.format(unit=unit),
        "sum": total.format(unit=unit, a=number(float(fwd.a[t, row])), name=letter, value=squashed),
        "answer": says.format(answer=answer, p=probability),
    }
    if gating.mixes(reading.model):
        notes["mix"] = text.MIX_NOTE.format(unit=unit)
    return {f"{name} look": look_for(note) for name, note in notes.items()}


def _word_note(reading: Reading, t: int, unit: int) -> str:
    if reading.place.number:
        return text.LAYER_NOTE.format(unit=unit, layer=reading.source(t), word=reading.words[t])
    return text.WORD_NOTE.format(word=reading.words[t], i=int(reading.fwd.ids[t]),
                                 last=len(reading.model.vocabulary) - 1)  # fmt: skip
