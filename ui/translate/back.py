"""Step back from one output: through the decoder, over the bridge, into the encoder; and with
attention by a second road, from the output straight into each state of the encoder.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import plotly.graph_objects as go

from ui.kit import settings, theme
from ui.kit.numbers import compact, percent
from ui.kit.player import Drawing, Figure, Frame, Node, Room, Text, film, look_for, node
from ui.kit.theme import DECODER, ENCODER, GRADIENT, INK, W_HH, W_HY
from ui.sequence.learner import Moment
from ui.sequence.strip import Strip
from ui.translate import film as forward
from ui.translate.translating import Translating
from ui.translate.translator import ONE

NARROW = {"data": {str(i): {"textposition": "none"} for i in range(3)},
          "layout": {"yaxis": {"title": {"text": ""}}}}  # fmt: skip
"""The figure on a phone: no numbers on the bars, no title."""


@dataclass(frozen=True)
class Roads:
    """Lengths of gradients of one loss; of the last layer.

    s : (S,) of the decoder's states. h : (T',) of the encoder's. by_time, by_attention : (T',) the
    two parts of which d_h is the sum: from the state that came after, and from attention.
    bridge : of what the decoder's first step hands to the encoder's last state.
    """

    loss: float
    s: np.ndarray
    h: np.ndarray
    by_time: np.ndarray
    by_attention: np.ndarray
    bridge: float


def roads(made: Translating, t: int) -> Roads:
    """Send the loss of output t back."""
    bwd = made.back(t)
    encoder = replace(bwd, forward=bwd.forward.showing(made.model.n_layers - 1))
    decoder = replace(bwd, forward=bwd.forward.showing(-1))
    wanted = made.wanted(t)
    p = made.fwd.p[t, made.outputs[t] if wanted is None else wanted]
    return Roads(
        loss=-float(np.log(max(float(p), 1e-300))),
        s=np.linalg.norm(decoder.d_h, axis=1),
        h=np.linalg.norm(encoder.d_h, axis=1),
        by_time=np.linalg.norm(encoder.d_h_from_future, axis=1),
        by_attention=np.linalg.norm(encoder.d_h_from_output, axis=1),
        bridge=float(np.linalg.norm(decoder.d_h_before[0])),
    )


def show(now: Moment, made: Translating) -> None:
    """Choose an output; its gradient over both networks."""
    names = {t: f"{t + 1} {name}" for t, name in enumerate(made.names)}
    t = int(settings.segments("x_loss", f"The loss of which {ONE[made.task]}", names,
                              len(names) - 1))  # fmt: skip
    found = roads(made, t)
    wired = forward.plan(made)
    strip = Strip(wired, back=True, shown=made.model.n_layers - 1, losses={t: f"{found.loss:.2f}"},
                  attention=_shares(made, found))  # fmt: skip
    film(
        "way back",
        [
            Text("back title", _title(made, found, t), card=True),
            Drawing("back strip", strip.marks, strip.height, "The way back through both networks",
                    columns=wired.n_columns),
            Figure("roads", picture(made, found, t), 150, "Gradients over both networks",
                   "A bar for each state; in the encoder one for each road",
                   columns=wired.n_columns, stack=[Room("yaxis", px=130, grow=1)],
                   narrow=NARROW),
            Text("back look", look_for(_said(made, found, t))),
        ],
        [Frame("", panels={"back strip": strip.states("end")})],
        transport=False,
    )  # fmt: skip


def _shares(made: Translating, found: Roads) -> list[list[float]]:
    """As the strip takes it: how much of the second road goes into each state."""
    total = float(found.by_attention.sum())
    row = (found.by_attention / total if total else found.by_attention).tolist()
    return [row] * len(made.outputs)


def _title(made: Translating, found: Roads, t: int) -> Node:
    return node("div", node("h3", f"The loss of “{made.names[t]}” alone, on its way back"),
                node("span", f"over the bridge: |∂L/∂s₀| = {compact(found.bridge)}", class_="sub"),
                class_="heading")  # fmt: skip


def picture(made: Translating, found: Roads, t: int) -> go.Figure:
    """Traces: 0 the decoder, 1 the encoder by time, 2 by attention where there is some."""
    wired = forward.plan(made)
    n, m, first = len(found.h), len(found.s), wired.column(1, 0)
    look: dict[str, Any] = {
        "textposition": "outside", "cliponaxis": False, "textangle": 0, "constraintext": "none",
        "textfont": {"size": theme.TICK, "color": INK},
    }  # fmt: skip
    two, shown = made.alpha is not None, n + m <= 18
    s = found.s[: t + 1]

    def bars(x: list[float], y: np.ndarray, color: str, width: float, said: str) -> go.Bar:
        texts = [compact(float(v), 1) if shown else " " for v in y]
        return go.Bar(x=x, y=[float(v) for v in y], width=width, text=texts, **look,
                      marker={"color": color},
                      hovertemplate=said + " %{y:.2e}<extra></extra>")  # fmt: skip

    data = [
        bars([first + u for u in range(t + 1)], s, GRADIENT, 0.6, "|∂L/∂s|"),
        bars([j - 0.2 * two for j in range(n)], found.by_time, W_HH, 0.36 if two else 0.6,
             "by time"),
    ]  # fmt: skip
    if two:
        data.append(bars([j + 0.2 for j in range(n)], found.by_attention, W_HY, 0.36,
                         "by attention"))  # fmt: skip
    top = 1.3 * max(float(s.max()), float(found.by_time.max()), float(found.by_attention.max()))
    grounds = [
        {"type": "rect", "x0": x0, "x1": x1, "yref": "paper", "y0": 0, "y1": 1, "layer": "below",
         "fillcolor": color, "line": {"width": 0}}
        for x0, x1, color in ((-0.5, n - 0.5, ENCODER), (first - 0.5, first + m - 0.5, DECODER))
    ]  # fmt: skip
    notes = [_note("by time", 0.99, W_HH), _note("by attention", 0.86, W_HY)] if two else []
    return go.Figure(data, theme.layout(
        margin={"l": 62, "r": 12, "t": 6, "b": 6}, shapes=grounds, annotations=notes,
        xaxis=theme.axis(range=[-0.5, wired.n_columns - 0.5], showticklabels=False),
        yaxis=theme.axis(range=[0, top or 1], nticks=4, title=theme.title("|∂L/∂h|, |∂L/∂s|")),
    ))  # fmt: skip


def _note(text: str, y: float, color: str) -> dict[str, Any]:
    return {"text": f"<b>{text}</b>", "x": -0.45, "xanchor": "left", "y": y, "yref": "paper",
            "yanchor": "top", "showarrow": False,
            "font": {"size": theme.TICK, "color": color}}  # fmt: skip


def _low(n: int) -> str:
    """A number as an index: ₁₂."""
    return "".join(chr(0x2080 + int(digit)) for digit in str(n))


def _said(made: Translating, found: Roads, t: int) -> str:
    """How much arrives at the bridge, and by which road the encoder gets more."""
    here = float(found.s[t])
    part = percent(found.bridge / here) if here else "nothing"
    said = f"the bridge: of {compact(here)} at s{_low(t + 1)}, {compact(found.bridge)} goes over "
    said += f"({part})"
    if made.alpha is None:
        far = found.h[0] / found.h[-1] if found.h[-1] else 0.0
        return f"{said}; at the first input {percent(float(far))} of that is left."
    j = int(found.by_attention.argmax())
    return (
        f"{said}. By the second road most goes straight to “{made.shown[j]}”: "
        f"{compact(float(found.by_attention[j]))}, beside {compact(float(found.by_time[j]))} that "
        "comes there through time."
    )
