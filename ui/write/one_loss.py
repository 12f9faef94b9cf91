"""One loss alone: how far back does its gradient reach, over the symbols that were read?"""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from rnn_core.experiments.analysis import HORIZON, gradient_norms, memory_horizon
from ui.kit import settings, theme
from ui.kit.cache import shared
from ui.kit.numbers import compact, percent
from ui.kit.player import Figure, Film, Frame, Room, Text, film, look_for, node
from ui.kit.theme import BACKWARD, FAINT, GRADIENT, HAIR, QUIET
from ui.sequence.answers import sign
from ui.sequence.learner import Moment
from ui.sequence.words import Words
from ui.write import text
from ui.write.film import Writing

MOST = 40
"""Symbols before the loss that are shown."""


def show(now: Moment, writing: Writing) -> None:
    """The gradient of the loss at the step that the film above rests at; it steps along."""
    first = min(len(writing.prompt), writing.n_steps)
    step = settings.within("w_t", 1, writing.n_steps, first) - 1
    truncate = now.run.hyperparameters.truncate or writing.n_steps
    film("one loss", *shared(pictures, writing, step, truncate), transport=False)


def lengths(now: Writing, step: int) -> np.ndarray:
    """(t + 1,) |dL/dh_s| at each step up to t, of the loss there: of the symbol that came."""
    fwd = now.model.forward(now.made.ids[: step + 1]).showing(now.model.n_layers - 1)
    bwd = now.model.backward(fwd, now.corpus.classes[now.made.ids[step + 1]])
    return gradient_norms(bwd)[..., 0]


def pictures(now: Writing, step: int, truncate: int) -> Film:
    """Bars over the symbols, the last one the step of the loss. truncate : steps that the
    gradient travels while it learns.
    """
    found = lengths(now, step)
    reach, first = memory_horizon(found), max(len(found) - MOST, 0)
    kept, names = found[first:], now.names[first : step + 1]
    words = Words((names, [True] * len(names)))
    came = sign(now.corpus.classes[now.made.ids[step + 1]])
    p = now.made.fwd.p[step, now.made.ids[step + 1]]
    title = node(
        "div", node("h3", text.LOSS.format(symbol=came, step=step + 1)),
        node("span", f"L = −ln P = {-np.log(max(float(p), 1e-300)):.3f}", class_="sub"),
        class_="heading",
    )  # fmt: skip
    panels = [
        Text("one title", title, card=True),
        words.panel("one words"),
        Figure("one", _bars(kept, truncate), 210, text.LOSS_SHOW, columns=len(kept),
               stack=[Room("yaxis", px=150, grow=1)]),
        Text("one look", look_for(_said(found, reach, truncate, names, first))),
    ]  # fmt: skip
    at = len(names) - 1
    frames = [Frame("one loss", None, "", {"one words": words.at(at)}, at)]
    return panels, frames


def _said(found: np.ndarray, reach: int, truncate: int, names: list[str], first: int) -> str:
    """How far it reaches, and which state before the last one it asks for most."""
    if not found[-1]:
        return text.LOSS_CERTAIN
    if len(found) == 1:
        return text.LOSS_ALONE
    said = text.LOSS_REACH + (text.LOSS_CUT if truncate <= reach else "")
    return said.format(
        share=percent(HORIZON), reach=reach, steps=len(found) - 1, k=truncate,
        symbol=names[max(len(found) - 1 - reach - first, 0)],
        left=compact(float(found[0] / found[-1])),
    )  # fmt: skip


def _bars(kept: np.ndarray, truncate: int) -> go.Figure:
    """Bars on a logarithmic scale, down to 1 % of the last one at least."""
    n = len(kept)
    top = max(float(kept.max()), 1e-12)
    one_percent = max(HORIZON * float(kept[-1]), top * 1e-6)
    low = max(min(float(kept.min()), one_percent), top * 1e-6)
    first, last = int(np.floor(np.log10(low))), int(np.ceil(np.log10(top)))
    exponents = range(first, last + 1, max((last - first) // 3, 1))
    bars = go.Bar(
        x=list(range(n)), y=[max(float(v), 10.0**first) for v in kept], width=0.7,
        marker={"color": [GRADIENT if n - 1 - t < truncate else BACKWARD[4] for t in range(n)]},
        hovertemplate="|∂L/∂h| = %{y:.2e}<extra></extra>",
    )  # fmt: skip
    note = {
        "x": 1, "xref": "paper", "xanchor": "left", "xshift": 4, "showarrow": False,
        "y": np.log10(one_percent), "yref": "y", "text": percent(HORIZON),
        "font": {"size": theme.TICK, "color": QUIET},
    }  # fmt: skip
    return go.Figure([bars], theme.layout(
        margin={"l": 62, "r": 12, "t": 8, "b": 6}, annotations=[note],
        shapes=[theme.rule("y", one_percent, color=FAINT, width=1.5, dash="dash")],
        xaxis=theme.axis(range=[-0.5, n - 0.5], showticklabels=False),
        yaxis=theme.axis(type="log", range=[first, last], showgrid=True, gridcolor=HAIR,
                         tickvals=[10.0**e for e in exponents],
                         ticktext=[f"10<sup>{e}</sup>".replace("-", "−") for e in exponents],
                         title=theme.title("|∂L/∂h|")),
    ))  # fmt: skip
