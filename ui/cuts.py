"""Cuts into the state of one sentence, each into a copy of its own: they are read side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from rnn_core import Batch, Intervention, Model

AT_ONCE = 64
"""Copies read side by side."""
Ids = tuple[int, ...]
Holds = tuple[Intervention, ...]


@dataclass(frozen=True, eq=False)
class Apart(Intervention):
    """An intervention that is another one in each of the sequences side by side.

    value : broadcasts to (H, B). where : (H, B) or (1, B), which of them are held.
    """

    where: np.ndarray | bool = True

    def put(self, array: np.ndarray, value: float | np.ndarray | None = None) -> None:
        """Write the value, or another one, where it is held."""
        np.copyto(array, self.value if value is None else value, where=self.where)


def side_by_side(
    model: Model, ids: Ids, layer: int, also: Holds, cuts: Callable[[slice], list[Apart]], n: int
) -> tuple[np.ndarray, np.ndarray]:
    """Read a sentence after each of n cuts: the answers (n, T, C) and the states (n, T, H).

    cuts : what is done in some of the n, a column each.
    """
    answers, states = [], []
    for first in range(0, n, AT_ONCE):
        some = slice(first, min(first + AT_ONCE, n))
        words = np.tile(np.array(ids)[:, None], some.stop - first)
        fwd = model.read(Batch((words,)), [*also, *cuts(some)]).showing(layer)
        answers.append(fwd.probs.transpose(2, 0, 1))
        states.append(fwd.signals["h"].transpose(2, 0, 1))
    return np.concatenate(answers), np.concatenate(states)


@lru_cache(maxsize=64)
def silenced(model: Model, ids: Ids, layer: int, also: Holds) -> np.ndarray:
    """(H, T, C) the answers after each word, each unit silenced alone."""
    alone = np.eye(model.n_hidden, dtype=bool)

    def cuts(some: slice) -> list[Apart]:
        return [Apart("h", 0.0, layer=layer, where=alone[:, some])]

    return side_by_side(model, ids, layer, also, cuts, model.n_hidden)[0]


@lru_cache(maxsize=64)
def fewest(model: Model, ids: Ids, layer: int, also: Holds, strongest: Ids) -> Ids:
    """The first of these units, as few as turn the verdict when silenced together; or none."""
    verdict = model.forward(ids, interventions=also).p[-1].argmax()
    place = np.argsort(strongest)[:, None]
    together = place <= np.arange(len(strongest))  # in column n the first n + 1

    def cuts(some: slice) -> list[Apart]:
        return [Apart("h", 0.0, layer=layer, where=together[:, some])]

    answers, _ = side_by_side(model, ids, layer, also, cuts, len(strongest))
    turned = np.flatnonzero(answers[:, -1].argmax(axis=1) != verdict)
    return strongest[: turned[0] + 1] if len(turned) else ()


@lru_cache(maxsize=32)
def at_each_word(
    model: Model, ids: Ids, kind: str, layer: int, also: Holds, other: Ids
) -> tuple[np.ndarray, np.ndarray]:
    """(T, T, C) the answers and (T, T, H) the states, with the cut at each word."""
    before, n_words = model.forward(ids, interventions=also).showing(layer), len(ids)
    given = {name: array[..., 0].T for name, array in before.layer.before.items()}  # (H, T)
    if other:
        end = vars(model.forward(other).layers[layer].end)
        given = {name: np.tile(end[name], n_words) for name in given}
    cut, backwards = np.arange(n_words)[None, :], before.layer.layer.backwards

    def cuts(some: slice) -> list[Apart]:
        made = []
        for t in range(n_words):
            later = cut >= t if backwards else cut <= t
            held = (later if kind == "freeze" else cut == t)[:, some]
            made += [
                Apart(name, array[:, some], None, [t], layer, held) for name, array in given.items()
            ]
        return made

    return side_by_side(model, ids, layer, also, cuts, n_words)
