"""Which word does the verdict lean on, asked in several ways, over the same words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import BLAME, QUIET

HEAD = 50
HEIGHT = 270


def film(
    values: Sequence[Sequence[float | None]], names: Sequence[str], words: Sequence[str]
) -> go.Figure:
    """Which word counts, asked in several ways: a row of bars for each, each to its own largest."""
    colors = [BLAME, theme.W_XH]
    figure = go.Figure()
    for i, (row, name) in enumerate(zip(values, names, strict=True)):
        axis = "y" if i == 0 else f"y{i + 1}"
        figure.add_trace(go.Bar(
            x=list(range(len(words))), y=list(row), yaxis=axis, width=0.5, name=name,
            marker={"color": colors[i % 2], "pattern": {"shape": ["", "/"][i % 2]}},
            hovertemplate=f"{name}: %{{y:+.3g}}<extra></extra>",
        ))  # fmt: skip
    figure.update_layout(theme.layout(margin={"l": 56, "r": 14, "t": HEAD, "b": 8}))
    n = len(values)
    for i, (row, name) in enumerate(zip(values, names, strict=True)):
        reach = max([abs(v) for v in row if v is not None and np.isfinite(v)], default=0.0) or 1.0
        low = 1 - (i + 1) / n
        figure.update_layout({f"yaxis{i + 1 if i else ''}": theme.axis(
            domain=[low + 0.06, low + 1 / n], range=[-1.1 * reach, 1.1 * reach], zeroline=True,
            zerolinecolor=QUIET, showticklabels=False,
            title={"text": name, "font": {"size": 12, "color": QUIET}})})  # fmt: skip
    figure.update_layout(xaxis=theme.axis(
        side="top", range=[-0.5, len(words) - 0.5], anchor="free", position=1,
        **theme.word_ticks(words)))  # fmt: skip
    return figure
