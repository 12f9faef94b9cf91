"""Step back from one output: through the decoder, over the bridge, into the encoder; and with
attention by a second road, from the output straight into each state of the encoder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from ui.kit import settings
from ui.kit.numbers import compact, percent
from ui.kit.player import Drawing, Film, Frame, Node, Panel, Text, film, look_for, node, table
from ui.kit.sentence import sentence
from ui.kit.theme import DECODER, ENCODER, GRADIENT, W_HH, W_HY
from ui.sequence.learner import Moment
from ui.sequence.strip import Strip
from ui.sequence.text import AT_LOSS, BACK_STEP, ON_ITS_WAY
from ui.sequence.way_back import Bars, Cells, WayBack
from ui.translate import film as forward
from ui.translate import text
from ui.translate.translating import Translating

MOST_ROWS = 12
"""Steps on the way that there is room for."""


@dataclass(frozen=True)
class Roads:
    """The gradient of one loss, of the last layers.

    d_s : (S, H) of the decoder's states. d_h : (T', H) of the encoder's. from_time,
    from_attention : (T', H) the two parts of which d_h is the sum: from the states that came after,
    and from attention. s, h, by_time, by_attention : their lengths. bridge : the length of what the
    decoder's first step hands to the encoder.
    """

    loss: float
    d_s: np.ndarray
    from_time: np.ndarray
    from_attention: np.ndarray
    bridge: float

    @cached_property
    def d_h(self) -> np.ndarray:
        """(T', H)"""
        return self.from_time + self.from_attention

    @cached_property
    def s(self) -> np.ndarray:
        """(S,)"""
        return np.linalg.norm(self.d_s, axis=1)

    @cached_property
    def h(self) -> np.ndarray:
        """(T',)"""
        return np.linalg.norm(self.d_h, axis=1)

    @cached_property
    def by_time(self) -> np.ndarray:
        """(T',)"""
        return np.linalg.norm(self.from_time, axis=1)

    @cached_property
    def by_attention(self) -> np.ndarray:
        """(T',)"""
        return np.linalg.norm(self.from_attention, axis=1)


def roads(made: Translating, t: int) -> Roads:
    """Send the loss of output t back."""
    bwd = made.back(t)
    encoder = [replace(bwd, forward=bwd.forward.showing(top)) for top in made.tops]
    decoder = replace(bwd, forward=bwd.forward.showing(-1))
    wanted = made.wanted(t)
    p = made.fwd.p[t, made.outputs[t] if wanted is None else wanted]
    return Roads(
        loss=-float(np.log(max(float(p), 1e-300))),
        d_s=decoder.d_h,
        from_time=np.hstack([one.d_h_from_future for one in encoder]),
        from_attention=np.hstack([one.d_h_from_output for one in encoder]),
        bridge=float(np.linalg.norm(decoder.d_h_before[0])),
    )


def chosen(made: Translating) -> int:
    """The output whose loss is sent back, the last one where none was chosen."""
    last = len(made.outputs) - 1
    return settings.within("x_loss", 0, last, last)


def clicked() -> None:
    """A callback: the loss of another output is sent back."""
    click = settings.reported("way back", "click") or {}
    if isinstance(click.get("loss"), int):
        settings.put(x_loss=click["loss"], f=None)


def show(now: Moment, made: Translating) -> None:
    """The tab: an output, and all of its gradient over both networks."""
    panels, frames = pictures(made, chosen(made))
    film("way back", panels, frames[-1:], transport=False, on_click=clicked)


def pictures(made: Translating, t: int, beside: bool = False, look: bool = True) -> Film:
    """One frame for the loss, and one for each step on the way back. beside : with a card that
    says each step's own numbers. look : with the sentence under them.
    """
    found, wired = roads(made, t), forward.plan(made)
    strip = Strip(wired, back=True, shown=made.tops[0], losses={t: f"{found.loss:.2f}"},
                  attention=_shares(made, found))  # fmt: skip
    way = _way_back(made, found, t)
    panels: list[Panel] = [
        Text("back title", _title(made, found, t), card=True),
        Drawing("back strip", strip.marks, strip.height, text.BACK_STRIP, columns=wired.n_columns),
        way.panel(text.BACK_ROADS, text.BACK_SAID),
        *([Text("back look", look_for(_said(made, found, t)))] if look else []),
        *([Text("here", "", card=True, area="side")] if beside else []),
    ]
    frames, n = [], len(made.read)
    steps = [None, *range(n + t, -1, -1)]
    for i, step in enumerate(steps):
        s, u = (1, t) if step is None else wired.steps[step]
        column = wired.column(s, u)
        said = AT_LOSS.format(loss=found.loss) if step is None else _state(made, s, u)
        patches: dict[str, Any] = {
            "back strip": strip.states("loss" if step is None else step),
            "roads": way.at(None if step is None else column),
            **({"here": _here(made, found, steps[: i + 1], t)} if beside else {}),
        }
        where = node("span", *sentence(BACK_STEP, n=i + 1, all=len(steps),
                                       said=node("b", said)))  # fmt: skip
        label = BACK_STEP.format(n=i + 1, all=len(steps), said=said)
        frames.append(Frame(label, where, said, patches, column))
    return panels, frames


def _shares(made: Translating, found: Roads) -> list[list[float]]:
    """As the strip takes it: how much of the second road goes into each state."""
    total = float(found.by_attention.sum())
    row = (found.by_attention / total if total else found.by_attention).tolist()
    return [row] * len(made.outputs)


def _title(made: Translating, found: Roads, t: int) -> Node:
    """Whose loss it is, a button for each other, and what goes over the bridge."""
    others = [node("button", name, class_="token on" if u == t else "token",
                   click=None if u == t else {"loss": u})
              for u, name in enumerate(made.names)]  # fmt: skip
    bridge = text.BRIDGE_IS.format(bridge=compact(found.bridge))
    return node("div", node("h3", ON_ITS_WAY.format(name=made.names[t])),
                node("span", bridge, class_="sub"), node("span", *others),
                class_="heading")  # fmt: skip


def _way_back(made: Translating, found: Roads, t: int) -> WayBack:
    """The bars of the decoder, and of the encoder by time, and by attention where there is some."""
    wired = forward.plan(made)
    n, m, first = len(found.h), len(found.s), wired.column(1, 0)
    beside = 0.2 * (made.alpha is not None)
    bars = [Bars("|∂L/∂s|", GRADIENT, [first + u for u in range(t + 1)], found.s[: t + 1]),
            Bars(text.BY_TIME, W_HH, range(n), found.by_time, -beside)]  # fmt: skip
    if made.alpha is not None:
        bars.append(Bars(text.BY_ATTENTION, W_HY, range(n), found.by_attention, beside))
    grounds = {(-0.5, n - 0.5): ENCODER, (first - 0.5, first + m - 0.5): DECODER}
    cells = [Cells("h", 0, found.d_h), Cells("s", first, found.d_s)]
    return WayBack(bars, cells, wired.n_columns, "|∂L/∂h|, |∂L/∂s|", grounds)


def _state(made: Translating, s: int, u: int) -> str:
    """A state in words: s₃, at “roja”."""
    letter, name = ("s", made.names[u]) if s else ("h", made.shown[u])
    return text.AT_STATE.format(letter=letter, t=_low(u + 1), name=name)


def _here(made: Translating, found: Roads, walked: list[int | None], t: int) -> Node:
    """The numbers of the last step that was walked, from above and from the step after it; and the
    lengths on the way, each with how many times the one before it is.
    """
    step, n = walked[-1], len(made.read)
    if step is None:
        title = node("h3", AT_LOSS.format(loss=found.loss))
        return node("div", title, node("p", f"L = −ln {np.exp(-found.loss):.3f}", class_="mono"))
    if step >= n:
        above, later = (found.s[t], 0.0) if step - n == t else (0.0, found.s[step - n])
        parts = {text.ABOVE["s"]: above, text.LATER_PART: later}
    else:
        parts = {text.ABOVE["h"]: found.by_attention[step], text.LATER_PART: found.by_time[step]}
    lengths = np.concatenate([found.h, found.s])
    rows: list[list[Node]] = [[name, compact(float(part))] for name, part in parts.items() if part]
    rows.append([_length(n, step), compact(float(lengths[step]))])
    way: list[list[Node]] = []
    for one in (one for one in walked if one is not None):
        times = lengths[one] / lengths[one + 1] if way and lengths[one + 1] else None
        factor = "" if times is None else text.TIMES.format(factor=compact(float(times)))
        way.append([_length(n, one), compact(float(lengths[one])), factor])
    return node(
        "div", node("h3", _state(made, *forward.plan(made).steps[step])),
        node("p", text.LENGTHS, class_="quiet"),
        table(rows, (), ["", "mono"], looks={len(rows) - 1: "sum"}),
        node("h3", text.ON_THE_WAY), table(way[-MOST_ROWS:], (), ["", "mono", "mono quiet"]),
    )  # fmt: skip


def _length(n: int, step: int) -> str:
    """What stands for the length of a step's gradient. n : steps of the encoder."""
    return f"|∂L/∂s{_low(step - n + 1)}|" if step >= n else f"|∂L/∂h{_low(step + 1)}|"


def _low(n: int) -> str:
    """A number as an index: ₁₂."""
    return "".join(chr(0x2080 + int(digit)) for digit in str(n))


def _said(made: Translating, found: Roads, t: int) -> str:
    """How much arrives at the bridge, and by which road the encoder gets more."""
    here = float(found.s[t])
    part = percent(found.bridge / here) if here else text.NOTHING
    first, last = float(found.h[0]), float(found.h[-1])
    over = {"here": compact(here), "t": _low(t + 1), "bridge": compact(found.bridge), "part": part}
    if made.alpha is not None:
        j = int(found.by_attention.argmax())
        straight, through = float(found.by_attention[j]), float(found.by_time[j])
        return text.BRIDGE_ATTENTION.format(**over, name=made.shown[j], straight=compact(straight),
                                            through=compact(through))  # fmt: skip
    if made.model.bidirectional:
        return text.BRIDGE_BOTH.format(**over, first=compact(first), last=compact(last))
    return text.BRIDGE.format(**over, far=percent(first / last if last else 0.0))
