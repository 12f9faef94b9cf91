"""The moments of the way back: the loss, the readout, one word, the update.

Each shows the lines that run, the formula, the formula with this step's numbers, and a sentence.
"""

from __future__ import annotations

from typing import Any

from ui import running, source, words
from ui.figures import back
from ui.plot.plot import Frame, Node, node
from ui.way_back import WayBack
from ui.words import back as back_words
from ui.words import back_numbers


def _frame(
    label: str,
    say: str,
    cut: list[source.Excerpt],
    formula: Node,
    look: Node,
    patch: dict[str, Any],
) -> Frame:
    """One moment of the film: code, formula and sentence beside the patched picture."""
    title = node("span", label)
    shown = node("div", node("h3", "The lines that run now"), source.code(cut))
    panels = {"code": shown, "formula": formula, "sums look": look, "blame": patch}
    return Frame(label, title, say, panels)


def loss(way: WayBack, figure: Any, row: int) -> Frame:
    reading, model = way.reading, way.reading.model
    target, p = model.class_number(way.target), reading.fwd.p[-1]
    value = way.update.loss_before
    return _frame(
        f"frame 1 of {len(reading.words) + 3}: the loss", f"the loss is {value:.3f} nats",
        running.loss(),
        back_words.loss(model.classes, [float(v) for v in p], target, value),
        words.look_for("∂L/∂y: too much for one answer, too little for the other. "
                       "All blame begins with it; nothing has been added yet."),
        _picture(way, figure, row, len(reading.words)),
    )  # fmt: skip


def _picture(way: WayBack, figure: Any, row: int, t: int | None) -> dict[str, Any]:
    reading = way.reading
    return back.at_step(figure, reading.words, t, row, reading.place.backwards)


def readout(way: WayBack, figure: Any, row: int, unit: int) -> Frame:
    """Where the blame enters: at the readout, and below the top from the layer above."""
    reading, bwd, place = way.reading, way.bwd, way.reading.place
    n, model = len(reading.words), reading.model
    last = way.path[0] if place.backwards and not model.per_step else n - 1
    d_h = float(bwd.d_h_from_output[last, unit])
    if reading.is_top:
        column = unit + model.n_hidden * place.backwards
        w = [float(v) for v in model.params["W_hy"][:, column]]
        d_y = [float(v) for v in bwd.d_y[-1]]
        h = float(reading.fwd.asked[-1, column, 0])
        formula = back_words.readout(last + 1, unit, h, d_y, w, d_h)
        look = f"the {'first' if last == 0 < n - 1 else 'last'} column: here the blame enters."
    else:
        formula = back_words.handed_down(last + 1, unit, reading.called, d_h)
        look = (
            "every column: a layer below the top gets its blame from the one above, at each word."
        )
    return _frame(
        f"frame 2 of {n + 3}: the readout", f"blame enters at {reading.words[last]}",
        running.readout(way), formula,
        words.look_for(look, " dW", node("sub", "hh"), " is still zero."),
        _picture(way, figure, row, last),
    )  # fmt: skip


def one_word(way: WayBack, figure: Any, row: int, unit: int, t: int) -> Frame:
    """One word: the cell's own lines, their formulas with numbers, and the word's share."""
    reading, n, i = way.reading, len(way.reading.words), way.path.index(t)
    label = f"frame {i + 3} of {n + 3}: back through {reading.words[t]}"
    formula = (
        back_numbers.gated(way, unit, t) if reading.gates else back_numbers.plain(way, unit, t)
    )
    first = reading.earlier(t) is None
    cut = way.truncate is not None and not first and (i + 1) % way.truncate == 0
    ended = " Here truncation cuts: no blame goes further." if cut else ""
    start = " There was no state before it, so it adds nothing to W_hh." if first else ""
    here, since = (
        words.percent(share) for share in (way.shares[t], way.shares[way.path[: i + 1]].sum())
    )
    look = words.look_for(
        f"the share: “{reading.words[t]}” adds {here} of what all words add; from it to the end "
        f"{since}.{start}{ended}"
    )
    said = f"blame at {reading.words[t]}: length {way.lengths[t]:.2g}"
    lines = running.one_word(way, t)
    return _frame(label, said, lines, formula, look, _picture(way, figure, row, t))


def update(way: WayBack, figure: Any, row: int) -> Frame:
    reading, done, s = way.reading, way.update, way.settings
    n = len(reading.words)
    table = back_words.update_table(
        done.length, done.clipped_length, done.n_cut, way.bwd.flat.size, done.degrees,
        done.loss_before, done.loss_after,
    )  # fmt: skip
    better = "lower" if done.loss_after < done.loss_before else "not lower"
    return _frame(
        f"frame {n + 3} of {n + 3}: the update", f"the loss is now {done.loss_after:.3f}",
        running.update(way),
        node("div", back_words.update(s.lr, s.clip, s.clip_at), table),
        words.look_for(f"the loss: {better} for this sentence than before the step. "
                       "What it does to other sentences, only training shows."),
        _picture(way, figure, row, None),
    )  # fmt: skip
