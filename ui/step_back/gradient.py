"""The gradient over the words: which one is drawn, of all losses or of one, and what it shows.

The sentence under the picture is computed from what is drawn in it.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from ui.kit.numbers import compact, percent
from ui.kit.player import Node, look_for
from ui.sequence.backward_view import BackwardView
from ui.step_back import bands, figures, text


def figure(view: BackwardView) -> go.Figure:
    """The figure: of all losses together, item by item where they are several; or of one alone."""
    now, symbol = view.reading, view.reading.drawn.symbol
    symbol = symbol if now.signal in now.model.cell.carry else text.A_OF.format(signal=symbol)
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
        return look_for(text.NO_NUMBER)
    if not view.lengths.any():
        return look_for(text.NOTHING["held" if view.reading.interventions else "free"])
    if view.itemised:
        return _of_all(view) if view.follow is None else _of_one(view, view.follow)
    if n == 1:
        return look_for(text.ONE_WORD)
    said = [text.BARS["none"]]
    if len(view.factors):
        low, high = (compact(float(end)) for end in (view.factors.min(), view.factors.max()))
        said = [text.BARS["same" if low == high else "range"].format(low=low, high=high)]
    end = "last" if view.reading.place.backwards else "first"
    both = " both" * (len(view.reading.model.cell.carry) > 1)
    horizon = text.HORIZON[("words" if view.horizon < n - 1 else end) + both]
    said.append(horizon.format(words=_words(view.horizon)))
    if view.truncated:
        said.append(text.LETS_IT_REACH.format(words=_words(view.truncate or 0)))
    most = int(view.saturated.argmax())
    strip = text.MOST_SATURATED if view.saturated[most] else text.NONE_SATURATED
    said.append(strip.format(share=percent(view.saturated[most]), word=words[most]))
    return look_for(" ".join(said))


def begins(view: BackwardView, line: int | None) -> Node:
    """The same at the loss and at the readout: no word has it, or the first on its way alone.

    line : of the lines that run there, None for all of them.
    """
    if not view.finite or not view.lengths.any() or view.itemised:
        return look(view)
    entry = view.path[0]
    said = text.BEGINS["word" if reached(line) else "loss"]
    return look_for(said.format(word=view.reading.words[entry],
                                length=compact(float(view.lengths[entry]))))  # fmt: skip


def reached(line: int | None) -> int:
    """How many words have the gradient by this line of the loss or of the readout."""
    return int(line is None or line >= 2)


def _of_all(view: BackwardView) -> Node:
    """Which loss sends most to where the gradient arrives last, and how far the losses reach."""
    words, end, lengths = view.reading.words, view.path[-1], view.item_lengths
    most = view.asked[int(lengths[:, end].argmax())]
    reaches = {s: view.reach(s) for s in view.asked}
    far = max(reaches, key=lambda s: reaches[s])
    said = [text.OF_ALL.format(
        end=end + 1, word=words[end], most=most + 1, length=compact(float(lengths[:, end].max())),
        far=far + 1, reach=_words(reaches[far]),
    )]  # fmt: skip
    if view.truncated:
        said.append(text.CUTS_BANDS.format(words=_words(view.truncate or 0)))
    return look_for(" ".join([*said, text.CLICK_BAND]))


def _of_one(view: BackwardView, s: int) -> Node:
    """How far the gradient of loss s reaches, alone."""
    words, reach = view.reading.words, view.reach(s)
    step = view.path.index(s)
    end = view.path[step + reach]
    start = float(view.item_lengths[view.asked.index(s), s])
    said = [text.OF_ONE.format(n=s + 1, start=compact(start), word=words[s], reach=_words(reach),
                               end=end + 1, last=words[end])]  # fmt: skip
    if view.truncated:
        said.append(text.LETS_IT_REACH.format(words=_words(view.truncate or 0)))
    return look_for(" ".join([*said, text.CLICK_BAR]))


def _words(n: int) -> str:
    return text.WORDS["one" if n == 1 else "many"].format(n=n)
