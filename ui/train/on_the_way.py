"""Under the tabs: what became of a sentence and of the weights on the way, and every weight."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ui.kit import theme
from ui.kit.player import Figure, Panel, Text, look_for, node
from ui.kit.theme import ACCENT, FAINT, FORWARD, GRADIENT, INK, QUIET, TICK, W_HH, W_HY, rule
from ui.train import curves, text
from ui.train.dashboard import Dashboard
from ui.train.metrics import spectral_radius

LIMIT = 1.5
"""The weight with the full colour."""


def panels(board: Dashboard) -> list[Panel]:
    """The answer, the gradient's reach, the spectral radius and the gradient's length by epoch."""
    run, known = board.session.run, board.follow()
    epochs = sorted(known.rows)
    p, horizon = zip(*(known.rows[e] for e in epochs), strict=True)
    radius = [spectral_radius(known.eigenvalues[e]) for e in epochs]
    by_epoch = {record.epoch: record.gradient_norm or math.nan for record in run.history}
    answer = text.WAY["answer"].format(answer=theme.escape(board.answer_name))
    rows = {answer: p, text.WAY["horizon"]: horizon, text.WAY["radius"]: radius,
            text.WAY["gradient"]: [by_epoch.get(e, math.nan) for e in epochs]}  # fmt: skip
    hp = run.hyperparameters
    drawn = by_epochs(epochs, rows, len(board.now.words), board.session.goal,
                      None if hp.clip == "none" else hp.clip_at, board.at)  # fmt: skip
    said = text.WAY_LOOK.format(horizon=horizon[0], horizon_now=horizon[-1],
                                radius=radius[0], radius_now=radius[-1])  # fmt: skip
    return [Figure("metrics", drawn, curves.HEIGHT, text.WAY_LABEL, text.WAY_SAYS),
            Text("metrics look", look_for(said))]  # fmt: skip


def by_epochs(
    epochs: Sequence[int], rows: dict[str, Sequence[float]], n_words: int, goal: int,
    clip_at: float | None, at: float,
) -> go.Figure:  # fmt: skip
    """Four small pictures, as large as what is in them. rows : {title: its values} of the answer,
    the memory horizon, the spectral radius, the gradient's length. clip_at : where that is clipped.
    """
    radius, lengths = (np.array([v for v in row if math.isfinite(v)])
                       for row in list(rows.values())[2:])  # fmt: skip
    sizes = np.log10(lengths[lengths > 0])
    low, high = math.floor(sizes.min(initial=-3)), math.ceil(sizes.max(initial=1))
    spans = [[-0.05, 1.05], [-0.3, max(n_words - 1, 1) + 0.3],
             [0, curves.grown(2.2, radius.max(initial=0.0))], [low, high]]  # fmt: skip
    axes = [
        {"domain": [0.795 - 0.25 * i, 0.985 - 0.25 * i], "title": theme.title(title),
         "range": span, "nticks": 3, "type": "log" if i == 3 else "linear"}
        for i, (title, span) in enumerate(zip(rows, spans, strict=True))
    ]  # fmt: skip
    lines = [
        {"x": list(epochs), "y": curves.clean(row), "yaxis": f"y{i + 1}" if i else "y",
         "line": {"color": color, "width": 2, "shape": "hv" if i == 1 else "linear"},
         "hovertemplate": text.CURVE["way"].format(what=title)}
        for i, (color, (title, row)) in enumerate(
            zip((W_HY, GRADIENT, W_HH, ACCENT), rows.items(), strict=True))
    ]  # fmt: skip
    shapes = [rule("y3", 1, color=FAINT, width=1, dash="dot"), rule("x", at, color=INK, width=1)]
    if clip_at is not None:
        label = {
            "text": text.CLIPPED,
            "font": {"size": TICK, "color": QUIET},
            "textposition": "end",
        }
        shapes.append({**rule("y4", clip_at, color=FAINT, width=1, dash="dot"), "label": label})
    return curves.over_epochs(goal, axes, lines, r=40, t=6).update_layout(shapes=shapes)


def matrix(board: Dashboard) -> list[Panel]:
    """Every recurrent weight: from unit (column) to unit (row)."""
    w_hh = board.now.params["W_hh"]
    n_rows, n_hidden = w_hh.shape
    gap = 1 if n_hidden <= 32 else 0
    cells = theme.heatmap(
        np.round(w_hh.astype(float), 3).tolist(), FORWARD, LIMIT, xgap=gap, ygap=gap,
        showscale=True, colorbar=theme.color_bar((-LIMIT, LIMIT)),
        hovertemplate=text.MATRIX_CELL,
    )  # fmt: skip
    figure = go.Figure(cells, theme.layout(
        margin={"l": 62, "r": 70, "t": 8, "b": 40},
        xaxis=theme.axis(range=[-0.5, n_hidden - 0.5], title=theme.title(text.FROM_UNIT), nticks=9),
        yaxis=theme.axis(range=[n_rows - 0.5, -0.5], title=theme.title(text.TO_ROW), nticks=9),
    ))  # fmt: skip
    i, j = np.unravel_index(np.abs(w_hh).argmax(), w_hh.shape)
    said = text.LARGEST.format(column=j, row=i, value=w_hh[i, j])
    return [
        Figure("matrix", figure, curves.HEIGHT, text.MATRIX_LABEL, text.MATRIX_SAYS),
        Text("matrix look", node("p", said, class_="look")),
    ]
