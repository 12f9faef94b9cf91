"""Words as vectors: the columns of W_xh in a plane, their neighbours, and how far these agree.

A network, the same network at its last epoch, and its data in; a picture out. It must not know
which page shows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import plotly.graph_objects as go

from rnn_core import Dataset, Model
from rnn_core.experiments.grammars import WORD_CLASSES
from rnn_core.experiments.words import class_of_neighbour, neighbours, plane, word_vectors
from rnn_core.texts import Text as Corpus
from rnn_core.traces import Batch
from ui.kit import settings, theme
from ui.kit.numbers import number, percent
from ui.kit.player import Figure, Node, Text, film, look_for, node, table
from ui.kit.sentence import sentence
from ui.kit.theme import GOOD, GRADIENT, INK, QUIET, TICK, UNSURE, W_HH, W_HY, W_XH
from ui.sequence import labels, text
from ui.sequence.answers import sign

LETTERS = {"vowel": "aeiouAEIOU", "consonant": "bcdfghjklmnpqrstvwxyzBCDFGHJKLMNPQRSTVWXYZ"}
COLORS = (W_XH, W_HY, W_HH, GRADIENT, UNSURE, GOOD, INK, "#8a6a12")
MARKS = {"square": "■", "circle": "●", "diamond": "◆", "triangle-up": "▲", "cross": "✚", "x": "✖",
         "star": "★", "hexagon": "⬢"}  # fmt: skip
"""Of the kinds, in turn; what is of no kind has a grey ring."""
MOST_SHOWN = 120
"""Words in the plane: the most frequent of a longer vocabulary."""
N_NEAR = 6
COLUMNS = "minmax(0, 752fr) minmax(0, 464fr)"
WIDE, NARROW, HIGH = 704, 330, 380
"""Pixels of the plane for which its names are placed, also on a phone."""


def show(model: Model, last: Model, data: Dataset) -> None:
    """The plane of a network, seen along the axes of its last epoch. data : what it learned."""
    shown = _most_frequent(data)
    words = [last.vocabulary.words[i] for i in shown] if last.vocabulary else []
    kinds, chosen = _kinds(last, data, shown), settings.get("word")
    word = str(chosen) if chosen in words else words[0]
    vectors, at_last = word_vectors(model)[shown], word_vectors(last)[shown]
    figure, narrow = (picture(vectors, at_last, words, kinds, word, w) for w in (WIDE, NARROW))
    names = {str(i): {key: trace[key] for key in ("text", "textposition")}
             for i, trace in enumerate(narrow.data)}  # fmt: skip
    film(
        "vectors",
        [
            Text("plane title", _title(at_last), card=True),
            Text("plane kinds", _legend(kinds, data)),
            Figure("plane", figure, HIGH, text.PLANE, text.PLANE_SAYS, clicks="point",
                   narrow={"data": names}),
            Text("plane look", look_for(_agreement(vectors, kinds, _called(data)))),
            Text("near", _near(vectors, words, kinds, word), card=True, area="side"),
        ],
        transport=False, columns=COLUMNS, on_click=lambda: _clicked(words, figure),
    )  # fmt: skip


def _called(data: Dataset) -> str:
    return "symbols" if isinstance(data, Corpus) else "words"


@lru_cache(maxsize=32)
def _counted(ids: bytes, n: int) -> tuple[int, ...]:
    counts = np.bincount(np.frombuffer(ids, dtype=np.intp), minlength=n)
    return tuple(int(i) for i in np.argsort(-counts, kind="stable")[:MOST_SHOWN] if counts[i])


def _most_frequent(data: Dataset) -> list[int]:
    """The words of the plane by their numbers, the most frequent of the training part first."""
    split = data.train
    read = np.arange(len(split.ids))[:, None] < split.lengths
    return list(_counted(split.ids[read].astype(np.intp).tobytes(), int(split.ids.max()) + 1))


def _kinds(last: Model, data: Dataset, shown: Sequence[int]) -> list[str | None]:
    """Of each word its kind: a text's as far as grammar or alphabet knows it, else the class that
    the network answers to the word alone.
    """
    if isinstance(data, Corpus):
        return [_kind_of(data.classes[i]) for i in shown]
    logits = last.read(Batch((np.array([shown]),))).logits[-1]  # (C, B)
    return [last.classes[i] for i in logits.argmax(axis=0)]


def _kind_of(symbol: str) -> str | None:
    if symbol in WORD_CLASSES:
        return WORD_CLASSES[symbol]
    return next((kind for kind, letters in LETTERS.items() if symbol in letters), None)


def _look(kinds: Sequence[str | None]) -> dict[str | None, tuple[str, str]]:
    """{kind: (colour, mark)}, those of no kind last."""
    named = list(dict.fromkeys(kind for kind in kinds if kind is not None))
    marks = list(MARKS)
    looks: dict[str | None, tuple[str, str]] = {
        kind: (COLORS[k % len(COLORS)], marks[k % len(MARKS)]) for k, kind in enumerate(named)
    }
    return looks if None not in kinds else {**looks, None: (QUIET, "circle-open")}


def picture(
    vectors: np.ndarray, last: np.ndarray, words: Sequence[str], kinds: Sequence[str | None],
    word: str, wide: float,
) -> go.Figure:  # fmt: skip
    """vectors, last : (V, N) now and at the last epoch, whose plane it is. word : chosen. wide :
    pixels for which its names are placed.
    """
    view = plane(last)
    points = view.points(vectors)
    both = np.concatenate([points, view.points(last)])
    pad = np.maximum(np.ptp(both, axis=0), 1e-6) * [0.06, 0.08]
    low, high = both.min(axis=0) - pad, both.max(axis=0) + pad
    pixels = (points - low) / (high - low) * [wide, -HIGH]
    names = [sign(w) for w in words]
    places = labels.sides(pixels, names, [words.index(word)], wide)
    data = []
    for kind, (color, mark) in _look(kinds).items():
        here = [i for i, name in enumerate(kinds) if name == kind]
        data.append(go.Scatter(
            x=points[here, 0].round(4).tolist(), y=points[here, 1].round(4).tolist(),
            name=kind or text.OTHER, mode="markers+text", cliponaxis=False,
            text=[theme.escape(names[i]) if places[i] else "" for i in here],
            textposition=[places[i] or "top center" for i in here], textfont={"size": TICK + 1},
            marker={"size": [14 if words[i] == word else 8 for i in here], "opacity": 1,
                    "color": color, "symbol": mark, "line": {"width": 1.5 * (kind is None)}},
            customdata=[words[i] for i in here],
            hovertext=[theme.escape(names[i]) for i in here],
            hovertemplate="%{hovertext}<extra>" + theme.escape(kind or "") + "</extra>",
        ))  # fmt: skip
    axes: list[dict[str, Any]] = [
        theme.axis(range=[float(low[i]), float(high[i])], showticklabels=False) for i in range(2)
    ]
    return go.Figure(data, theme.layout(xaxis=axes[0], yaxis=axes[1]))


def _title(last: np.ndarray) -> Node:
    weights = node("em", "W", node("sub", "xh"), color=W_XH)
    share = text.VARIANCE.format(share=percent(plane(last).share))
    return node("div", node("h3", *sentence(text.PLANE_TITLE, weights=weights)),
                node("span", share, class_="sub"), class_="heading")  # fmt: skip


def _legend(kinds: Sequence[str | None], data: Dataset) -> Node:
    """The kinds, each after its mark."""
    named = [node("span", f"{MARKS.get(mark, '○')} {kind or text.OTHER}", color=color)
             for kind, (color, mark) in _look(kinds).items()]  # fmt: skip
    apart: list[Node] = [part for one in named for part in (one, "\u2003")]
    said = "" if isinstance(data, Corpus) else node("span", text.ALONE, class_="quiet")
    return node("p", *apart, said) if any(kinds) else ""


def _agreement(vectors: np.ndarray, kinds: Sequence[str | None], called: str) -> str:
    """How often the nearest neighbour is of the same kind, against chance."""
    named = [kind for kind in kinds if kind]
    if not 1 < len(set(named)) < len(named):
        return text.TOGETHER[called]
    one = class_of_neighbour(vectors, kinds)
    share, chance = percent(one.right / one.of), percent(one.chance)
    return text.AGREE[called].format(all=one.of, n=one.right, share=share, chance=chance)


def _near(
    vectors: np.ndarray, words: Sequence[str], kinds: Sequence[str | None], word: str
) -> Node:
    """The nearest words of the chosen one."""
    found = neighbours(vectors, words.index(word), N_NEAR)
    rows: list[list[Node]] = [
        [node("button", sign(words[i]), class_="token", click={"word": words[i]}),
         node("span", kinds[i] or "", class_="quiet"), number(cosine, 2),
         node("bar", value=cosine, color=W_XH)]
        for i, cosine in found
    ]  # fmt: skip
    return node(
        "div", node("h3", text.NEAREST_TO.format(word=sign(word))),
        table(rows, ["", "", text.COSINE, ""], ["", "", "mono", "wide"]),
        node("p", text.NEAR_SAYS, class_="quiet"),
    )  # fmt: skip


def _clicked(words: Sequence[str], figure: go.Figure) -> None:
    """A callback: a name or a point was clicked."""
    click = settings.reported("vectors", "click") or {}
    if click.get("panel") == "plane":
        points = figure.data[int(click["curve"])]
        far = [abs(x - click["x"]) + abs(y - click["y"])
               for x, y in zip(points.x, points.y, strict=True)]  # fmt: skip
        click["word"] = points.customdata[far.index(min(far))]
    if click.get("word") in words:
        settings.put(word=str(click["word"]))
