"""The way back as a film: the loss, the readout, each word from last to first, the update.

T + 3 frames. Everything that is shown is taken from one BackwardTrace and one Update.
"""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from ui import words
from ui.figures import back, sums
from ui.lenses import back_frames
from ui.plot.plot import Figure, Film, Node, Panel, Text, node
from ui.way_back import WayBack


def film(way: WayBack, unit: int) -> Film:
    """The main film: where blame is on the left; code, formula and sums on the right."""
    reading = way.reading
    symbol, order = reading.drawn.symbol, reading.order
    figure = back.film(
        way.blame,
        way.lengths,
        way.flat,
        reading.words,
        reading.order,
        way.log,
        symbol if reading.signal in reading.model.cell.carry else f"a of {symbol}",
        "gates at an end of their range" if reading.gates else "units beyond ±0.99",
        way.path[0],
    )
    blank, factors = _sums(way)
    size = back.height(reading.model.n_hidden)
    title = "How the blame travels back" + (f" · {reading.called}" if reading.called else "")
    rows = f" adds up: the rows of {reading.gate.symbol}" if reading.gate else " adds up"
    panels: list[Panel] = [
        Text("title", node("h3", title)),
        Figure("blame", figure, size, title, _said(way), clicks="cell", narrow=back.NARROW),
        Text("look", _look(way)),
        Text("code", "", area="side"),
        Text("formula", "", area="side"),
        Text("sums title", node("h3", "dW", node("sub", "hh"), rows), area="side", card=True),
        Figure("sums", blank, 262, "The gradient of W_hh", "What this word adds, and all so far",
               area="side", factors=factors),
        Text("sums look", "", area="side"),
    ]  # fmt: skip
    n_steps, row = len(reading.words), order.index(unit)
    frames = [back_frames.loss(way, figure, row), back_frames.readout(way, figure, row, unit)]
    frames += [back_frames.one_word(way, figure, row, unit, t) for t in way.path]
    frames.append(back_frames.update(way, figure, row))
    for i, frame in enumerate(frames):
        done = min(max(i - 1, 0), n_steps)
        now = [done - 1, done] if 2 <= i < n_steps + 2 else [0, 0]
        frame.panels["sums"] = {"outer": {"0": now, "1": [0, done]}}
    return panels, frames


def _sums(way: WayBack) -> tuple[go.Figure, dict[str, list[list[float]]]]:
    """Two blank matrices, and the vectors whose outer products fill them, in the path's order."""
    reading, bwd, order = way.reading, way.bwd, way.reading.order
    g = bwd.d_u[way.path][:, reading.block]
    h_before = reading.fwd.h_before[way.path]
    grad = bwd.grads["W_hh" + reading.place.suffix][reading.block]
    if not way.finite:
        g, h_before = np.zeros_like(g), np.zeros_like(h_before)
    limit = float(np.abs(grad).max()) if way.finite else 1.0
    titles = ["this word adds", "sum so far"]
    blank = sums.blank(g.shape[1], h_before.shape[1], limit or 1.0, titles)
    return blank, {
        "left": np.round(g[:, order], 9).tolist(), "right": np.round(h_before[:, order], 6).tolist()
    }  # fmt: skip


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
    if not way.lengths.any():
        return words.look_for("nothing: no blame reaches it. What is held by hand passes none on.")
    if n == 1:
        return words.look_for("the single column: with one word there is nothing to go back to.")
    plural = "word" if way.horizon == 1 else "words"
    reach = "to the first word" if way.horizon == n - 1 else f"{way.horizon} {plural}"
    return node(
        "div",
        words.look_for("the bars: each word multiplies the blame by about the same factor. "
                       "The strip “flat” is dark where "
                       f"{'gates' if way.reading.gates else 'units'} are saturated: "
                       "little passes there."),
        node("p", node("b", f"Memory horizon: {reach}. "),
             "So far back does a mistake at the last word keep 1 % of its force"
             + (", in h and c together." if len(way.reading.model.cell.carry) > 1 else "."),
             class_="look"),
    )  # fmt: skip
