"""The gradient over the words: which one is drawn, of all losses or of one, and what it shows.

The sentence under the picture is computed from what is drawn in it.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from ui.kit.numbers import compact, percent
from ui.kit.player import Node, look_for
from ui.sequence.backward_view import BackwardView
from ui.step_back import bands, figures


def figure(view: BackwardView) -> go.Figure:
    """The figure: of all losses together, item by item where they are several; or of one alone."""
    now, symbol = view.reading, view.reading.drawn.symbol
    symbol = symbol if now.signal in now.model.cell.carry else f"a of {symbol}"
    shown: dict[str, Any] = {
        "known": now.known, "order": now.order, "log": view.log, "saturated": view.saturated,
        "backwards": now.place.backwards,
    }  # fmt: skip
    if view.itemised and (s := view.follow) is not None:
        i = view.asked.index(s)
        return figures.gradient(view.items[i], view.item_lengths[i], 0.0, entry=s,
                                loss=f"L<sub>{s + 1}</sub>", **shown)  # fmt: skip
    start = 0.0 if view.itemised else view.start["h"]
    drawn = figures.gradient(view.gradient, view.lengths, start, symbol=symbol,
                              entry=view.path[0], **shown)  # fmt: skip
    if not view.itemised:
        return drawn
    return bands.stack(drawn, view.item_lengths, view.asked, now.known, now.words)


def look(view: BackwardView) -> Node:
    """What the lengths do from word to word, the memory horizon, and the saturated share."""
    words, n = view.reading.words, len(view.reading.words)
    if not view.finite:
        return look_for("nothing: the gradient is no longer a number. It overflowed on the way.")
    if not view.lengths.any():
        held = " What is held by hand passes none on." if view.reading.interventions else ""
        return look_for(f"nothing: no gradient reaches it.{held}")
    if view.itemised:
        return _of_all(view) if view.follow is None else _of_one(view, view.follow)
    if n == 1:
        return look_for("the single column: with one word there is nothing to go back to.")
    bars = "no word hands a gradient on."
    if len(view.factors):
        low, high = (compact(float(end)) for end in (view.factors.min(), view.factors.max()))
        bars = f"from word to word the gradient's length is multiplied by {low}"
        bars += "." if low == high else f" to {high}."
    far = f"{view.horizon} word{'s' * (view.horizon != 1)}"
    if view.horizon == n - 1:
        far = f"to the {'last' if view.reading.place.backwards else 'first'} word"
    kept = f" Memory horizon, 1 % or more left: {far}"
    kept += ", in h and c together." if len(view.reading.model.cell.carry) > 1 else "."
    if view.truncated:
        kept += f" Truncation lets it reach {view.truncate} word{'s' * (view.truncate > 1)}."
    most, strip = int(view.saturated.argmax()), " No derivative is below 0.02."
    if view.saturated[most]:
        strip = " Saturated, with a derivative below 0.02: at most "
        strip += f"{percent(view.saturated[most])}, at “{words[most]}”."
    return look_for("the bars: ", bars, kept, strip)


def _of_all(view: BackwardView) -> Node:
    """Which loss sends most to where the gradient arrives last, and how far the losses reach."""
    words, end, lengths = view.reading.words, view.path[-1], view.item_lengths
    most = view.asked[int(lengths[:, end].argmax())]
    reaches = {s: view.reach(s) for s in view.asked}
    far = max(reaches, key=lambda s: reaches[s])
    cut = (
        f" Truncation cuts the bands after {_words(view.truncate or 0)}." if view.truncated else ""
    )
    return look_for(
        f"the bands, one for each loss. At word {end + 1}, “{words[end]}”, the widest is that of "
        f"loss {most + 1}: {compact(float(lengths[:, end].max()))}. Of all, loss {far + 1} reaches "
        f"farthest with 1 % or more of its start: {_words(reaches[far])} back.{cut} Click one to "
        "follow it."
    )


def _of_one(view: BackwardView, s: int) -> Node:
    """How far the gradient of loss s reaches, alone."""
    words, reach = view.reading.words, view.reach(s)
    step = view.path.index(s)
    end = view.path[step + reach]
    start = float(view.item_lengths[view.asked.index(s), s])
    cut = f" Truncation lets it reach {_words(view.truncate or 0)}." if view.truncated else ""
    return look_for(
        f"the bars: the gradient of loss {s + 1} alone, {compact(start)} at its own word, "
        f"“{words[s]}”. 1 % or more of that is left {_words(reach)} back, at word {end + 1}, "
        f"“{words[end]}”.{cut} Click a bar to see all losses."
    )


def _words(n: int) -> str:
    return f"{n} word{'s' * (n != 1)}"
