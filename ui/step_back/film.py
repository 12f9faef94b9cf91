"""The film: the loss, the readout, each word from last to first, the update. T + 3 frames.

All that is shown is taken from one BackwardTrace and one Update.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ui.kit import source
from ui.kit.numbers import compact, percent
from ui.kit.player import Figure, Film, Frame, Node, Panel, Text, look_for, node, picture
from ui.sequence.backward_view import BackwardView
from ui.step_back import figures, formulas, lines


def film(view: BackwardView, unit: int) -> Film:
    """On the left where the gradient is; on the right code, formulas and sums."""
    now, n, row = view.reading, len(view.reading.words), view.reading.order.index(unit)
    figure = figures.gradient(
        view.gradient, view.lengths, view.saturated, now.words, now.order, view.log,
        now.drawn.symbol if now.signal in now.model.cell.carry else f"a of {now.drawn.symbol}",
        view.path[0],
    )  # fmt: skip
    title = "How the gradient travels back" + (f" · {now.called}" if now.called else "")
    said = f"Heatmap of the gradient at {now.model.n_hidden} hidden units over {n} words; under it "
    said += f"its length at each word. The memory horizon is {view.horizon} words"
    rows = f" adds up: the rows of {now.gate.symbol}" if now.gate else " adds up"
    panels: list[Panel] = [
        *picture("gradient", title, figure, figures.height(now.model.n_hidden), said, _look(view),
                 clicks="cell", narrow=figures.NARROW),
        Text("code", "", area="side"),
        Text("formula", "", area="side"),
        Text("sums title", node("h3", "dW", node("sub", "hh"), rows), area="side", card=True),
        _sums(view),
        Text("sums look", "", area="side"),
    ]  # fmt: skip
    entry = view.path[0] if now.place.backwards and not now.model.per_step else n - 1
    frames = [_loss(view), _readout(view, unit, entry),
              *(_word(view, unit, t) for t in view.path), _update(view)]  # fmt: skip
    for i, (frame, t) in enumerate(zip(frames, [n, entry, *view.path, None], strict=True)):
        done = min(max(i - 1, 0), n)
        one = [done - 1, done] if 2 <= i < n + 2 else [0, 0]
        frame.panels["sums"] = {"outer": {"0": one, "1": [0, done]}}
        frame.panels["gradient"] = figures.at_step(figure, now.words, t, row, now.place.backwards)
    return panels, frames


def _sums(view: BackwardView) -> Figure:
    """Two blank matrices, and the vectors whose outer products fill them, in the path's order."""
    now, order = view.reading, view.reading.order
    d_u, h_before = view.bwd.d_u[view.path][:, now.block], now.fwd.h_before[view.path]
    d_W_hh = view.bwd.grads["W_hh" + now.place.suffix][now.block]
    if not view.finite:
        d_u, h_before, d_W_hh = (np.zeros_like(one) for one in (d_u, h_before, d_W_hh))
    limit = float(np.abs(d_W_hh).max()) or 1.0
    left, right = np.round(d_u[:, order], 9), np.round(h_before[:, order], 6)
    return Figure(
        "sums", figures.sums(len(order), limit), 262, "The gradient of W_hh",
        "What this word adds, and all so far", area="side",
        factors={"left": left.tolist(), "right": right.tolist()},
    )  # fmt: skip


def _look(view: BackwardView) -> Node:
    """What the lengths do from word to word, the saturated share, and the memory horizon."""
    words, n = view.reading.words, len(view.reading.words)
    if not view.finite:
        return look_for("nothing: the gradient is no longer a number. It overflowed on the way.")
    if not view.lengths.any():
        held = " What is held by hand passes none on." if view.reading.interventions else ""
        return look_for(f"nothing: no gradient reaches it.{held}")
    if n == 1:
        return look_for("the single column: with one word there is nothing to go back to.")
    bars = "no word hands a gradient on."
    if len(view.factors):
        low, high = (compact(float(end)) for end in (view.factors.min(), view.factors.max()))
        bars = f"from word to word the gradient's length is multiplied by {low}"
        bars += "." if low == high else f" to {high}."
    most, strip = int(view.saturated.argmax()), "No derivative is below 0.02."
    if view.saturated[most]:
        strip = "“saturated” is the share of derivatives below 0.02: there almost nothing passes. "
        strip += f"It is highest at “{words[most]}”, {percent(view.saturated[most])}."
    end = "last" if view.reading.place.backwards else "first"
    far = f"{view.horizon} word{'s' * (view.horizon != 1)}"
    far = f"to the {end} word" if view.horizon == n - 1 else far
    kept = "So far from where it begins the gradient keeps 1 % of its length"
    kept += ", in h and c together." if len(view.reading.model.cell.carry) > 1 else "."
    if view.truncated:
        kept += f" Truncation lets it reach {view.truncate} words, that one included."
    horizon = node("p", node("b", f"Memory horizon: {far}. "), kept, class_="look")
    return node("div", look_for("the bars: ", bars, " ", strip), horizon)


def _frame(
    view: BackwardView, number: int, what: str, say: str, cut: list[source.Excerpt],
    formula: Node, *look: Node,
) -> Frame:  # fmt: skip
    """One moment: code, formula and sentence. number : of the frame, from 1; what : happens."""
    label = f"frame {number} of {len(view.reading.words) + 3}: {what}"
    shown = node("div", node("h3", "The lines that run now"), source.code(cut))
    panels: dict[str, Any] = {"code": shown, "formula": formula, "sums look": look_for(*look)}
    return Frame(label, node("span", label), say, panels)


def _loss(view: BackwardView) -> Frame:
    look = "∂L/∂y: negative for the answer wanted, positive for every other. Nothing is added yet."
    return _frame(view, 1, "the loss", f"the loss is {view.update.loss_before:.3f} nats",
                  lines.loss(), formulas.loss(view), look)  # fmt: skip


def _readout(view: BackwardView, unit: int, entry: int) -> Frame:
    """Where the gradient enters: at the readout, and below the top from the layer above."""
    words = view.reading.words
    if view.reading.is_top:
        formula = formulas.readout(view, unit, entry)
        place = "first" if entry == 0 < len(words) - 1 else "last"
        look = f"the {place} column: here the gradient enters."
    else:
        formula = formulas.handed_down(view, unit, entry)
        look = "the columns: below the top, the gradient comes from the layer above, at each word."
    still = [" dW", node("sub", "hh"), " is still zero."]
    return _frame(view, 2, "the readout", f"the gradient enters at {words[entry]}",
                  lines.readout(view), formula, look, *still)  # fmt: skip


def _word(view: BackwardView, unit: int, t: int) -> Frame:
    """One word: the cell's own lines, their formulas with numbers, and the word's share."""
    now, i, word = view.reading, view.path.index(t), view.reading.words[t]
    first = now.earlier(t) is None
    here, since = (percent(s) for s in (view.shares[t], view.shares[view.path[: i + 1]].sum()))
    look = f"the share: “{word}” adds {here} of what all words add; up to here {since}."
    if first:
        look += " The state before it is 0, so it adds nothing to W_hh."
    elif view.truncate and (i + 1) % view.truncate == 0 and view.bwd.d_a[t].any():
        look += " Here truncation cuts: no gradient goes further."
    formula = (formulas.gated if now.gates else formulas.plain)(view, unit, t)
    say = f"gradient at {word}: length {view.lengths[t]:.2g}"
    return _frame(view, i + 3, f"back through {word}", say, lines.one_word(view, t), formula, look)


def _update(view: BackwardView) -> Frame:
    done, n = view.update, len(view.reading.words)
    look = "the loss: " + ("lower" if done.loss_after < done.loss_before else "not lower")
    look += " than before the step, for this sentence. For others, only training shows it."
    return _frame(view, n + 3, "the update", f"the loss is now {done.loss_after:.3f}",
                  lines.update(view), formulas.update(view), look)  # fmt: skip
