"""The moments of the way back: the loss, the readout, one word, the update.

Each shows the lines that run, the formula, the formula with this step's numbers, and a sentence.
"""

from __future__ import annotations

from typing import Any

from rnn_core import BackwardTrace, backward
from rnn_core.optimizers import OPTIMIZERS, clip
from ui import back_words, source, words
from ui.figures import back
from ui.plot.plot import Frame, Node, node
from ui.way_back import WayBack


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
    lines = [source.excerpt(backward.blame, "np.subtract(bwd.forward.probs")]
    return _frame(
        f"frame 1 of {len(reading.words) + 3}: the loss", f"the loss is {value:.3f} nats", lines,
        back_words.loss(model.classes, [float(v) for v in p], target, value),
        words.look_for("∂L/∂y: too much for one answer, too little for the other. "
                       "All blame begins with it; nothing has been added yet."),
        back.at_step(figure, reading.words, len(reading.words), row),
    )  # fmt: skip


def readout(way: WayBack, figure: Any, row: int, unit: int) -> Frame:
    reading, bwd = way.reading, way.bwd
    n, w = len(reading.words), reading.model.params["W_hy"][:, unit]
    d_y = [float(v) for v in bwd.d_y[-1]]
    lines = [
        source.excerpt(
            backward.readout,
            "yield W_hy.T.dot" if bwd.forward.lone else "np.matmul, W_hy.T, bwd.d_logits",
        ),
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


def one_word(way: WayBack, figure: Any, row: int, unit: int, t: int) -> Frame:
    reading, bwd, partner = way.reading, way.bwd, way.partner
    n, fwd = len(reading.words), reading.fwd
    h_before = fwd.h_before[:, partner, 0]
    links = bwd.d_recurrent[:, unit, 0] * h_before
    label = f"frame {n - t + 2} of {n + 3}: back through {reading.words[t]}"
    cell = type(reading.model.cell)
    lines = [
        source.excerpt(cell.backward, 'd_now["h"]', 'd_before["h"]', whole=True),
        source.excerpt(
            BackwardTrace.step_grads,
            "seen = self.seen",
            'share["W_xh"',
            'share["W_hh"',
            'share["b_h"',
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


def update(way: WayBack, figure: Any, row: int) -> Frame:
    reading, done, s = way.reading, way.update, way.settings
    n = len(reading.words)
    markers = {"norm": ["np.multiply(grad, at / length"], "none": ['if how == "none"'],
               "value": ["np.maximum(grad, -at", "np.minimum(grad, at"]}[s.clip]  # fmt: skip
    sgd_update = type(OPTIMIZERS["sgd"]).update
    lines = [
        source.excerpt(clip, *markers),
        source.excerpt(sgd_update, "np.multiply(grad, lr", "np.subtract(theta"),
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
