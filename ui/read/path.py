"""The state's walk through the plane in which the training sentences' states differ most."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go

from rnn_core import Dataset, ForwardTrace
from ui.kit import player, theme
from ui.kit.player import Film, Frame, look_for
from ui.kit.theme import CARD, HAIR, INK, NEGATIVE, POSITIVE
from ui.read import text
from ui.sequence import targets
from ui.sequence.reading import Reading

HEIGHT = 460
MOST_OTHERS = 300
"""So many other sentences are drawn at most; a larger dataset shows its first ones."""
Other = tuple[np.ndarray, str, bool]
"""The walk of another sentence, its text, and whether its label is the answer shown."""


def film(reading: Reading, data: Dataset) -> Film:
    """This sentence's walk among those of the training sentences; a frame for each word."""
    texts = data.train.texts[:MOST_OTHERS]
    labels = [targets.final(data.right(data.train, i)) for i in range(len(texts))]
    walks = [_walk(reading.model.forward(one).showing(reading.fwd.shown)) for one in texts]
    centre, axes, share = plane(np.vstack(walks))
    mine = project(_walk(reading.fwd), centre, axes)
    others = [(project(walk, centre, axes), one, label == reading.answer_name)
              for walk, one, label in zip(walks, texts, labels, strict=True)]  # fmt: skip
    backwards = reading.place.backwards
    words = reading.words[::-1] if backwards else reading.words
    look = look_for(text.PATH_LOOK.format(answer=reading.answer_name))
    title = text.PATH["of" if reading.called else "one"].format(layer=reading.called)
    panels = player.picture("path", title, figure(mine, words, others, share), HEIGHT,
                            text.PATH_SAYS, look)  # fmt: skip
    frames = []
    for t, word in enumerate(reading.words):
        step = len(words) - 1 - t if backwards else t
        frames.append(Frame(word, panels={"path": at_step(mine, words, step)}))
    return panels, frames


def _walk(fwd: ForwardTrace) -> np.ndarray:
    """(T + 1, H) the layer's states in the order in which it reads."""
    return np.vstack([fwd.h_0, fwd.h[::-1] if fwd.layer.layer.backwards else fwd.h])


# ---- the picture: arrays in, a figure out ----


def plane(states: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Find the plane: states (N, H) -> centre (H,), axes (2, H), share of variance (2,)."""
    centre = states.mean(axis=0)
    _, sizes, axes = np.linalg.svd(states - centre, full_matrices=False)
    if len(axes) < 2:
        axes, sizes = np.vstack([axes, np.zeros_like(axes)]), np.append(sizes, 0.0)
    variance = sizes**2
    return centre, axes[:2], variance[:2] / max(variance.sum(), 1e-12)


def project(states: np.ndarray, centre: np.ndarray, axes: np.ndarray) -> np.ndarray:
    """(N, H) -> (N, 2)."""
    projected: np.ndarray = (states - centre) @ axes.T
    return projected


def figure(
    path: np.ndarray, words: Sequence[str], others: Sequence[Other], share: np.ndarray
) -> go.Figure:
    """This sentence's path (T + 1, 2), from h_0, among others.

    Trace 0 are the other paths, 1 their ends, 2 this path, 3 where we are.
    """
    thin = [point for other, _, _ in others
            for point in [*np.round(other, 3).tolist(), [None, None]]]  # fmt: skip
    ends = np.array([other[-1] for other, _, _ in others]).reshape(-1, 2)
    traces = [
        go.Scatter(x=[x for x, _ in thin], y=[y for _, y in thin], mode="lines", hoverinfo="skip",
                   line={"color": HAIR, "width": 1}),
        go.Scatter(
            x=np.round(ends[:, 0], 3).tolist(), y=np.round(ends[:, 1], 3).tolist(), mode="markers",
            text=[theme.escape(one) for _, one, _ in others],
            hovertemplate="%{text}<extra></extra>",
            marker={"size": 8, "opacity": 0.75,
                    "color": [POSITIVE if up else NEGATIVE for _, _, up in others],
                    "symbol": ["circle" if up else "diamond" for _, _, up in others]},
        ),
        go.Scatter(
            x=np.round(path[:, 0], 3).tolist(), y=np.round(path[:, 1], 3).tolist(),
            mode="lines+markers+text", line={"color": INK, "width": 2.2},
            marker={"size": 7, "color": INK}, textposition="top center", textfont={"size": 13},
            text=_names(words, len(words)), hovertemplate="%{text}<extra></extra>",
            cliponaxis=False,
        ),
        go.Scatter(x=[0], y=[0], mode="markers", hoverinfo="skip", cliponaxis=False,
                   marker={"size": 13, "color": CARD, "line": {"color": INK, "width": 3}}),
    ]  # fmt: skip
    limit = max(float(np.abs(path).max()), float(np.abs(ends).max(initial=0.0)), 0.5) * 1.15
    axes = [
        theme.axis(title=theme.title(said.format(part=part)),
                   range=[-limit, limit], zeroline=True, zerolinecolor=HAIR, showticklabels=False)
        for said, part in zip(text.DIRECTIONS.values(), share, strict=True)
    ]  # fmt: skip
    margin = {"l": 36, "r": 16, "t": 12, "b": 40}
    return go.Figure(traces, theme.layout(margin=margin, xaxis=axes[0], yaxis=axes[1]))


def _names(words: Sequence[str], read: int) -> list[str]:
    """The words along the path; those still unread are not named."""
    return [text.START, *(f"<b>{theme.escape(w)}</b>" if s < read else ""
                       for s, w in enumerate(words))]  # fmt: skip


def at_step(path: np.ndarray, words: Sequence[str], t: int) -> dict[str, Any]:
    """Where we are after word t (from 0)."""
    walked = np.round(path[: t + 2], 3)
    x, y = walked[:, 0].tolist(), walked[:, 1].tolist()
    names = _names(words, t + 1)[: t + 2]
    return {"data": {"2": {"x": x, "y": y, "text": names}, "3": {"x": x[-1:], "y": y[-1:]}}}
