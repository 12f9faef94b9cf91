"""The way back as a film: the loss, the readout, each word from last to first, the update.

T + 3 frames. Everything that is shown is taken from one BackwardTrace and one Update.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from rnn_core import BackwardTrace, Hyperparameters, analysis
from rnn_core.optimizers import OPTIMIZERS, clip
from rnn_core.unroll import fill_backward
from ui import back_words, source, words
from ui.figures import back
from ui.plot.plot import Figure, Film, Frame, Node, Panel, Text, node
from ui.reading import Reading


@dataclass(frozen=True)
class WayBack:
    """One reading blamed for one target, and the step that would follow.

    truncate : how many words blame may travel, None for all. settings : clip, clip_at and lr.
    log : colours by decades.
    """

    reading: Reading
    target: str
    truncate: int | None
    settings: Hyperparameters
    log: bool

    @cached_property
    def bwd(self) -> BackwardTrace:
        """The trace that every picture is drawn from."""
        return self.reading.model.backward(self.reading.fwd, self.target, self.truncate)

    @cached_property
    def update(self) -> analysis.Update:
        """What one step would do."""
        return analysis.one_update(self.reading.model, self.bwd, self.target, self.settings)

    @cached_property
    def lengths(self) -> np.ndarray:
        """(T,) |d_h_t|."""
        return analysis.blame_lengths(self.bwd)

    @cached_property
    def shares(self) -> np.ndarray:
        """(T,) of all that words add to dW_hh, by length, each one's part; sums to 1 or is 0."""
        each = analysis.gradient_shares(self.bwd)
        return each / total if (total := each.sum()) > 0 else each

    @property
    def horizon(self) -> int:
        """How many words back blame stays above 1 %."""
        return analysis.memory_horizon(self.lengths)

    @property
    def finite(self) -> bool:
        """Whether every gradient is a number."""
        return bool(np.isfinite(self.bwd.flat).all() and np.isfinite(self.bwd.d_h).all())

    @property
    def partner(self) -> int:
        """The unit whose link to the chosen one is followed: the loudest over the sentence."""
        return int(np.abs(self.reading.fwd.h).sum(axis=0).argmax())


def film(way: WayBack, unit: int) -> Film:
    """The main film: where blame is on the left; code, formula and sums on the right."""
    reading, bwd = way.reading, way.bwd
    figure = back.film(
        bwd.d_h,
        way.lengths,
        analysis.saturation(reading.fwd),
        reading.words,
        reading.order,
        way.log,
    )
    g, h_before = bwd.d_recurrent[::-1, :, 0], reading.fwd.carried["h"][:-1][::-1, :, 0]
    if not way.finite:
        g, h_before = np.zeros_like(g), np.zeros_like(h_before)
    limit = float(np.abs(bwd.grads["W_hh"]).max()) if way.finite else 1.0
    order = reading.order
    sums = back.two_sums(
        g.shape[1], h_before.shape[1], limit or 1.0, ["this word adds", "sum so far"]
    )
    factors = {
        "left": np.round(g[:, order], 9).tolist(), "right": np.round(h_before[:, order], 6).tolist()
    }  # fmt: skip
    size = back.height(reading.model.n_hidden)
    title = "How the blame travels back"
    panels: list[Panel] = [
        Text("title", node("h3", title)),
        Figure("blame", figure, size, title, _said(way), clicks="cell", narrow=back.NARROW),
        Text("look", _look(way)),
        Text("code", "", area="side"),
        Text("formula", "", area="side"),
        Text("sums title", node("h3", "dW", node("sub", "hh"), " adds up"), area="side", card=True),
        Figure("sums", sums, 262, "The gradient of W_hh", "What this word adds, and the sum so far",
               area="side", factors=factors),
        Text("sums look", "", area="side"),
    ]  # fmt: skip
    n_steps, row = len(reading.words), order.index(unit)
    frames = [_loss(way, figure, row), _readout(way, figure, row, unit)]
    frames += [_word(way, figure, row, unit, t) for t in reversed(range(n_steps))]
    frames.append(_update(way, figure, row))
    for i, frame in enumerate(frames):
        done = min(max(i - 1, 0), n_steps)
        now = [done - 1, done] if 2 <= i < n_steps + 2 else [0, 0]
        frame.panels["sums"] = {"outer": {"0": now, "1": [0, done]}}
    return panels, frames


def _said(way: WayBack) -> str:
    return (
        f"Heatmap of the gradient at {way.reading.model.n_hidden} hidden units over "
        f"{len(way.reading.words)} words; under it its length at each word. "
        f"A mistake at the last word reaches back {way.horizon} words"
    )


def _look(way: WayBack) -> Node:
    """The horizon, and what to look for."""
    n = len(way.reading.words)
    if not way.finite:
        return words.look_for(
            "nothing: the gradient is no longer a number. It overflowed on the way."
        )
    if n == 1:
        return words.look_for("the single column: with one word there is nothing to go back to.")
    plural = "word" if way.horizon == 1 else "words"
    reach = "to the first word" if way.horizon == n - 1 else f"{way.horizon} {plural}"
    return node(
        "div",
        words.look_for("the bars: each word multiplies the blame by about the same factor. "
                       "The strip “flat” is dark where units are saturated: little passes there."),
        node("p", node("b", f"Memory horizon: {reach}. "),
             "So far back does a mistake at the last word keep 1 % of its force.", class_="look"),
    )  # fmt: skip


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


def _loss(way: WayBack, figure: Any, row: int) -> Frame:
    reading, model = way.reading, way.reading.model
    target, p = model.class_number(way.target), reading.fwd.p[-1]
    value = way.update.loss_before
    lines = [source.excerpt(fill_backward, "np.subtract(fwd.probs, targets.wanted")]
    return _frame(
        f"frame 1 of {len(reading.words) + 3}: the loss", f"the loss is {value:.3f} nats", lines,
        back_words.loss(model.classes, [float(v) for v in p], target, value),
        words.look_for("∂L/∂y: too much for one answer, too little for the other. "
                       "All blame begins with it; nothing has been added yet."),
        back.at_step(figure, reading.words, len(reading.words), row),
    )  # fmt: skip


def _readout(way: WayBack, figure: Any, row: int, unit: int) -> Frame:
    reading, bwd = way.reading, way.bwd
    n, w = len(reading.words), reading.model.params["W_hy"][:, unit]
    d_y = [float(v) for v in bwd.d_y[-1]]
    lines = [
        source.excerpt(fill_backward, 'params["W_hy"].T.dot' if bwd.lone else "np.matmul(params"),
        source.excerpt(BackwardTrace.step_grads, 'share["W_hy"]', 'share["b_y"]'),
    ]
    return _frame(
        f"frame 2 of {n + 3}: the readout", f"blame enters at {reading.words[-1]}", lines,
        back_words.readout(n, unit, float(reading.fwd.h[-1, unit]), d_y, [float(v) for v in w],
                           float(bwd.d_h_from_output[-1, unit])),
        words.look_for("the last column: here the blame enters the state. dW",
                       node("sub", "hh"), " is still zero."),
        back.at_step(figure, reading.words, n - 1, row),
    )  # fmt: skip


def _word(way: WayBack, figure: Any, row: int, unit: int, t: int) -> Frame:
    reading, bwd, partner = way.reading, way.bwd, way.partner
    n, fwd = len(reading.words), reading.fwd
    h_before = fwd.carried["h"][:-1, partner, 0]
    links = bwd.d_recurrent[:, unit, 0] * h_before
    label = f"frame {n - t + 2} of {n + 3}: back through {reading.words[t]}"
    cell = type(reading.model.cell)
    lines = [
        source.excerpt(cell.backward, 'd_now["h"]', 'd_before["h"]', whole=True),
        source.excerpt(
            BackwardTrace.step_grads,
            "for b, word",
            'share["W_xh"]',
            'share["W_hh"]',
            'share["b_h"]',
        ),
    ]
    formula = back_words.one_word(
        t + 1, reading.words[t], unit, partner,
        slope=float(fwd.slopes[t, unit, 0]), d_h=float(bwd.d_h[t, unit]), g=float(bwd.d_a[t, unit]),
        h_partner=float(h_before[t]), before=float(links[t + 1 :].sum()),
        after=float(links[t:].sum()), passed=float(bwd.d_carried["h"][t, unit, 0]),
        derivative=reading.model.cell.activation.derivative.replace("h", f"h{_low(t + 1)}"),
    )  # fmt: skip
    cut = way.truncate is not None and t > 0 and (n - t) % way.truncate == 0
    ended = " Here truncation cuts: no blame goes further." if cut else ""
    first = " There was no state before it, so it adds nothing to W_hh." if t == 0 else ""
    here, since = (words.percent(share) for share in (way.shares[t], way.shares[t:].sum()))
    look = words.look_for(
        f"the share: “{reading.words[t]}” adds {here} of what all words add; from it to the end "
        f"{since}.{first}{ended}"
    )
    said = f"blame at {reading.words[t]}: length {way.lengths[t]:.2g}"
    return _frame(label, said, lines, formula, look, back.at_step(figure, reading.words, t, row))


def _low(t: int) -> str:
    """A number as subscript digits."""
    return "".join("₀₁₂₃₄₅₆₇₈₉"[int(digit)] for digit in str(t))


def _update(way: WayBack, figure: Any, row: int) -> Frame:
    reading, done, s = way.reading, way.update, way.settings
    n = len(reading.words)
    markers = {"norm": ["np.multiply(grad, at / length"], "none": ['if how == "none"'],
               "value": ["np.maximum(grad, -at", "np.minimum(grad, at"]}[s.clip]  # fmt: skip
    update = type(OPTIMIZERS["sgd"]).update
    lines = [
        source.excerpt(clip, *markers),
        source.excerpt(update, "np.multiply(grad, lr", "np.subtract(theta"),
    ]
    table = back_words.update_table(
        done.length, done.clipped_length, done.n_cut, way.bwd.flat.size, done.degrees,
        done.loss_before, done.loss_after,
    )  # fmt: skip
    better = "lower" if done.loss_after < done.loss_before else "not lower"
    return _frame(
        f"frame {n + 3} of {n + 3}: the update", f"the loss is now {done.loss_after:.3f}", lines,
        node("div", back_words.update(s.lr, s.clip, s.clip_at), table),
        words.look_for(f"the loss: {better} for this sentence than before the step. "
                       "What it does to other sentences, only training shows."),
        back.at_step(figure, reading.words, None, row),
    )  # fmt: skip
