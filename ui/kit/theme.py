"""The look of every figure: colours, fixed ranges, shared layout. One quantity, one colour.

Figures are drawn in the light colours below; on a dark theme the browser exchanges each for
its partner in DARK. So a figure is a valid Plotly figure, and knows no theme.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio

from ui.kit.text import HIDDEN_UNIT

pio.templates.default = None  # Plotly's own look is not ours, and would travel with each figure

INK = "#1b1f24"
QUIET = "#676b72"
FAINT = "#a5a49f"
HAIR = "#e4e1d9"
CARD = "#fffffe"
EMPTY, BAND, BAND_BACK = "#efede6", "#eef1f5", "#f1edf6"
ACCENT = "#2c4a7d"
ENCODER, DECODER = "#f7f0dc", "#e1f0f3"
"""The grounds of two networks on one time axis, as in drawing.css."""
GRADIENT = "#6b3fa0"

# From x to h, from h to h, from h to y: after the write-up's red, green and blue, told apart by
# every eye, and each with a line style of its own where lines meet.
W_XH, W_HH, W_HY, BIAS = "#c2410d", "#047858", "#1d4ed9", "#6b7280"
DASH = {W_XH: "solid", W_HH: "dash", W_HY: "dot"}
POSITIVE, NEGATIVE = "#d9651b", "#1f5a9f"

TICK = 12.5
"""Pixels of the smallest type in a picture."""

# Verdicts: always with a sign and a word. The pale ones are grounds.
GOOD, UNSURE, BAD = "#1f7a4c", "#8a5a00", "#b42319"
PALE_GOOD, PALE_UNSURE, PALE_BAD = "#e4f2e9", "#f8eed3", "#f9e1dc"

# Forward is blue to orange, backward is green to purple; white is zero.
FORWARD = ["#1f5a9e", "#5f8dc0", "#a8c1db", "#f5f3ee", "#f0c39d", "#e4935a", "#d9651a"]
BACKWARD = ["#1b7837", "#6aac76", "#b5d8b4", "#f6f4ef", "#d3c3e2", "#9c7cc0", "#6a3d9a"]
ERROR = ["#f8f6f3", "#f0d0cb", "#dd8f87", "#c3453c"]
AMOUNT = ["#f7f6f1", "#dce4f0", "#b5c7e0", "#86a3cc", "#5479b0", "#2c4a7b"]

DARK = {
    INK: "#e8e6e2", QUIET: "#a3a8af", FAINT: "#6d737b", HAIR: "#333a43", CARD: "#1b1f25",
    EMPTY: "#262b32", BAND: "#232b37", BAND_BACK: "#2b2638", ACCENT: "#8fb0e7", GRADIENT: "#b79be0",
    ENCODER: "#2c2818", DECODER: "#182b31",
    W_XH: "#f6935b", W_HH: "#3fc090", W_HY: "#86a8fe", BIAS: "#9aa3af",
    POSITIVE: "#f08a3d", NEGATIVE: "#6fa8e6",
    GOOD: "#62c994", UNSURE: "#e0b04f", BAD: "#f2827b",
    PALE_GOOD: "#1f3529", PALE_UNSURE: "#3a3018", PALE_BAD: "#442726",
    **dict(zip(
        FORWARD + BACKWARD + AMOUNT + ERROR,
        ["#74aaea", "#4f7db3", "#345375", "#262b31", "#6b482d", "#b06d38", "#f2914a",
         "#6fcf8a", "#479160", "#2f5b40", "#262b30", "#4c3f63", "#7f64a8", "#bd9bee",
         "#20252b", "#2b3a50", "#3a557c", "#5274a6", "#7295cc", "#a3c0ef",
         "#22272d", "#4a2f30", "#8c4a48", "#e8776f"],
        strict=True,
    )),
}  # fmt: skip


def scale(colors: Sequence[str]) -> list[list[Any]]:
    """Evenly spaced colours as a Plotly colour scale."""
    return [[i / (len(colors) - 1), color] for i, color in enumerate(colors)]


def escape(text: str) -> str:
    """User text as Plotly shows it: no tag of it is obeyed."""
    return html.escape(text, quote=False)


def short(text: str, most: int) -> str:
    """A text of at most so many characters; one that is longer ends in an ellipsis."""
    return text if len(text) <= most else text[: most - 1] + "…"


def layout(**changes: Any) -> go.Layout:
    """The shared layout: transparent, one typeface, no legend, nothing to drag by accident."""
    base: dict[str, Any] = {
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": "IBM Plex Sans, sans-serif", "size": 13, "color": INK},
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "dragmode": False,
        "hoverlabel": {
            "bgcolor": CARD,
            "bordercolor": HAIR,
            "font": {"family": "IBM Plex Sans, sans-serif", "color": INK, "size": 13},
        },
    }
    return go.Layout({**base, **changes})


def axis(**changes: Any) -> dict[str, Any]:
    """An axis without decoration; a figure asks for what it needs."""
    base: dict[str, Any] = {
        **dict.fromkeys(("showgrid", "zeroline", "showline"), False),
        "fixedrange": True,
        "ticks": "",
        "ticklabeloverflow": "allow",  # else Plotly measures every label at every drawing
        "tickfont": {"size": TICK, "color": QUIET},
    }
    return {**base, **changes}


def title(text: str) -> dict[str, Any]:
    """An axis's quiet title."""
    return {"text": text, "font": {"size": TICK, "color": QUIET}}


def unit_axis(order: Sequence[int], **changes: Any) -> dict[str, Any]:
    """Rows named by unit numbers, the first of the order on top."""
    return axis(
        range=[len(order) - 0.5, -0.5], title=title(HIDDEN_UNIT), tickmode="array",
        tickvals=list(range(len(order))), ticktext=[str(unit) for unit in order], **changes,
    )  # fmt: skip


def word_ticks(words: Sequence[str], read: int | None = None, since: int = 0) -> dict[str, Any]:
    """Ticks that name the words above their columns; faint before `since` and after `read`."""
    size = TICK if len(words) > 12 else 15
    labels = []
    for t, word in enumerate(words):
        color = INK if t >= since and (read is None or t <= read) else FAINT
        labels.append(
            f'<span style="color:{color};font-size:{size}px">{escape(short(word, 14))}</span>'
        )
    return {"tickmode": "array", "tickvals": list(range(len(words))), "ticktext": labels}


def heatmap(z: Any, colors: Sequence[str], limit: float, **changes: Any) -> go.Heatmap:
    """Cells with a hairline of space, on the fixed symmetric range -limit..limit."""
    low = 0.0 if colors is AMOUNT else -limit
    settings: dict[str, Any] = {
        "z": z,
        "zmin": low,
        "zmax": limit,
        "colorscale": scale(colors),
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hoverongaps": False,
    }
    return go.Heatmap({**settings, **changes})


def outline(x0: float, x1: float, y0: float, y1: float, **changes: Any) -> dict[str, Any]:
    """A frame around cells, in data coordinates."""
    line = {"color": INK, "width": 2}
    return {"type": "rect", "x0": x0, "x1": x1, "y0": y0, "y1": y1, "line": line, **changes}


def rule(axis: str, at: float, **line: Any) -> dict[str, Any]:
    """A line right across the picture, at a place of an axis: "x", "y", "y2". line : its look."""
    one, other = ("x", "y") if axis.startswith("x") else ("y", "x")
    return {
        "type": "line", f"{one}0": at, f"{one}1": at, f"{one}ref": axis,
        f"{other}0": 0, f"{other}1": 1, f"{other}ref": "paper", "line": line,
    }  # fmt: skip


def span_colors(span: tuple[float, float]) -> tuple[Sequence[str], float]:
    """The colours for theme.heatmap and their limit. span : a signal's low and high."""
    low, high = span
    return (FORWARD, max(-low, high)) if low < 0 else (AMOUNT, high)


def color_bar(span: tuple[float, float]) -> dict[str, Any]:
    """The scale right of the columns, with the numbers of its ends. span : a signal's low, high."""
    low, high = span
    limit = max(-low, high)
    ticks = {"tickvals": [0, high], "ticktext": ["0", f"{high:g}"]}
    if low < 0:
        said = [f"−{limit:g}", "0", f"+{limit:g}"]
        ticks = {"tickvals": [-limit, 0, limit], "ticktext": said}
    return {
        **ticks, "thickness": 10, "x": 1, "xanchor": "left", "xpad": 10, "ypad": 0,
        "outlinewidth": 0, "tickfont": {"size": TICK, "color": QUIET},
        "ticklabeloverflow": "allow",
    }  # fmt: skip
