"""Two sums of outer products side by side: what one word adds to dW_hh, and all so far."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from ui.figures import theme
from ui.figures.theme import BACKWARD, QUIET


def blank(n_rows: int, n_columns: int, limit: float, titles: Sequence[str]) -> go.Figure:
    """Two blank matrices side by side, what one step adds and the sum so far."""
    blank = [[0.0] * n_columns for _ in range(n_rows)]
    figure = go.Figure(layout=theme.layout(margin={"l": 4, "r": 4, "t": 26, "b": 4}))
    for i, (title, domain) in enumerate(zip(titles, ([0, 0.465], [0.535, 1]), strict=True)):
        name = "" if i == 0 else "2"
        figure.add_trace(theme.heatmap(
            blank, BACKWARD, limit, xaxis=f"x{name}", yaxis=f"y{name}",
            xgap=1 if n_columns <= 32 else 0, ygap=1 if n_rows <= 32 else 0,
            hovertemplate="%{z:+.2e}<extra></extra>",
        ))  # fmt: skip
        figure.update_layout({
            f"xaxis{name}": theme.axis(domain=domain, showticklabels=False, anchor=f"y{name}"),
            f"yaxis{name}": theme.axis(range=[n_rows - 0.5, -0.5], showticklabels=False,
                                       anchor=f"x{name}"),
        })  # fmt: skip
        figure.add_annotation(text=title, x=domain[0], y=1, xref="paper", yref="paper", yshift=4,
                              xanchor="left", yanchor="bottom", showarrow=False,
                              font={"size": 12, "color": QUIET})  # fmt: skip
    figure.add_annotation(text="+", x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False,
                          font={"size": 20, "color": QUIET})  # fmt: skip
    return figure
