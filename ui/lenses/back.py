"""The way back as a film: the loss, the readout, each word from last to first, the update.

T + 3 frames. Everything that is shown is taken from one BackwardTrace and one Update.
"""

from __future__ import annotations

import numpy as np

from rnn_core import analysis
from ui import words
from ui.figures import back, sums
from ui.lenses import back_frames
from ui.plot.plot import Figure, Film, Node, Panel, Text, node
from ui.way_back import WayBack


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
    blank = sums.blank(
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
        Figure("sums", blank, 262, "The gradient of W_hh", "What this word adds, and all so far",
               area="side", factors=factors),
        Text("sums look", "", area="side"),
    ]  # fmt: skip
    n_steps, row = len(reading.words), order.index(unit)
    frames = [back_frames.loss(way, figure, row), back_frames.readout(way, figure, row, unit)]
    frames += [back_frames.one_word(way, figure, row, unit, t) for t in reversed(range(n_steps))]
    frames.append(back_frames.update(way, figure, row))
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
