"""RNN, GRU and LSTM on one sentence, learned from the same data, with the same size and seed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnn_core import TrainingRun
from rnn_core.experiments import analysis
from ui import models, words
from ui.controls import UNITS
from ui.figures import three as figures
from ui.models import Trained
from ui.plot.plot import Figure, Film, Frame, Node, Panel, Text, node
from ui.reading import Reading

COLUMNS = "minmax(0, 1.75fr) minmax(0, 1fr)"
CELLS = ("rnn", "gru", "lstm")
MOST_ROWS = 64
LARGEST = 40_000
"""Training sentences times units; beyond, the three are smaller than the page's own network."""


@dataclass(frozen=True)
class Contender:
    """One of the networks, its training, and what it makes of the sentence."""

    trained: Trained
    reading: Reading

    @property
    def name(self) -> str:
        """Its cell, as it is called."""
        return self.trained.run.hyperparameters.cell.upper()

    @cached_property
    def lengths(self) -> np.ndarray:
        """(T,) the length of the blame at each word, for the network's own final verdict."""
        fwd = self.reading.fwd
        bwd = self.reading.model.backward(fwd, int(fwd.p[-1].argmax()))
        return analysis.gradient_norms(bwd)[:, 0]

    @property
    def rows(self) -> list[int]:
        """The units drawn, from top to bottom: of too many those at both ends of the order."""
        order = self.reading.order
        half = MOST_ROWS // 2
        return order if len(order) <= MOST_ROWS else [*order[:half], *order[-half:]]

    @property
    def horizon(self) -> int:
        """How many words back blame stays above 1 %."""
        return analysis.memory_horizon(self.lengths)


def contenders(now: Reading, run: TrainingRun) -> list[Contender]:
    """The three networks, trained when they are first asked for. run : the page's own."""
    data, hp = run.dataset, run.hyperparameters
    size = min(hp.n_hidden, max(n for n in UNITS if n == 1 or n * len(data.train) <= LARGEST))
    every = []
    for cell in CELLS:
        trained = models.trained(data.name, models.recipe(data.name, size, hp.seed, cell))
        reading = Reading(trained.run.model, now.encoding, now.order_by)
        every.append(Contender(trained, reading))
    return every


def film(now: Reading, run: TrainingRun) -> Film:
    """Three states, three answers and three blames over the same words, in step."""
    every = contenders(now, run)
    names, answer = [one.name for one in every], now.answer
    answers = [one.reading.fwd.p[:, answer] for one in every]
    figure = figures.film(
        [one.reading.fwd.h[:, one.rows] for one in every], answers,
        [one.lengths for one in every], names, now.words, now.answer_name,
    )  # fmt: skip
    title = "Three cells, one sentence"
    panels: list[Panel] = [
        Text("three title", node("h3", title)),
        Figure("three", figure, figures.HEIGHT, title, _described(every, now), clicks="step",
               narrow=figures.NARROW),
        Text("three look", _look(every, now)),
        Text("three verdicts", node("h3", "What they say"), area="side"),
        Text("three now", "", area="side"),
        Text("three trainings", node("h3", "What they cost, how far they reach"), area="side",
             card=True),
        Text("three facts", _facts(every, run), area="side"),
    ]  # fmt: skip
    frames = []
    for t, word in enumerate(now.words):
        said = ", ".join(f"{one.name} {p[t]:.2f}" for one, p in zip(every, answers, strict=True))
        patch = {"three": figures.at_word(now.words, t), "three now": _verdicts(every, now, t)}
        label = f"word {t + 1} of {len(now.words)}: {word}"
        frames.append(Frame(label, None, f"P({now.answer_name}) after {word}: {said}", patch))
    return panels, frames


def _described(every: list[Contender], now: Reading) -> str:
    reach = ", ".join(f"{one.name} {_words(one.horizon)}" for one in every)
    return (
        f"States of three networks over {len(now.words)} words, their answers after each word, and "
        f"the length of the blame at each word on a logarithmic scale. Memory horizon: {reach}"
    )


def _words(n: int) -> str:
    return "1 word" if n == 1 else f"{n} words"


def _look(every: list[Contender], now: Reading) -> Node:
    """Who changes its mind most, and how much of the blame is left at the first word."""
    if len(now.words) == 1:
        return words.look_for("the single column: with one word there is no memory to compare.")
    moved = [float(np.abs(np.diff(one.reading.fwd.p[:, now.answer])).sum()) for one in every]
    least, most = every[int(np.argmin(moved))].name, every[int(np.argmax(moved))].name
    said = ["the states that hold a colour over several words, and the curve that zigzags least. "]
    if least != most:
        said.append(f"Word by word P moves by {max(moved):.1f} in all in the {most}, "
                    f"by {min(moved):.1f} in the {least}. ")  # fmt: skip
    kept = [one.lengths[0] / one.lengths[-1] if one.lengths[-1] else np.nan for one in every]
    if np.isfinite(kept).all():
        left = ", ".join(f"{one.name} {share:.2g}" for one, share in zip(every, kept, strict=True))
        said.append(f"Blame at the first word, as a multiple of the last word's: {left}. ")
    size, drawn = every[0].reading.model.n_hidden, len(every[0].rows)
    if drawn < size:
        said.append(f"Of {size} units {drawn} are drawn, from both ends of the order.")
    return words.look_for(*said)


def _verdicts(every: list[Contender], now: Reading, t: int) -> Node:
    """What each would answer if the sentence ended here."""
    ended = t == len(now.words) - 1
    head = [f"after “{now.words[t]}”", "it says" if ended else "it would say",
            f"P({now.answer_name})"]  # fmt: skip
    lines = []
    for one, (color, _, _) in zip(every, figures.LOOKS, strict=True):
        verdict = one.reading.verdict(t)[0]
        p = f"{one.reading.fwd.p[t, now.answer]:.2f}"
        lines.append([node("b", one.name, color=color), verdict, p])
    return _table(head, lines)


def _facts(every: list[Contender], run: TrainingRun) -> Node:
    """Parameters, training and reach, as far as they can be counted."""
    last = [one.trained.run.history[-1] for one in every]
    rows: list[list[Node]] = [
        ["parameters", *(f"{one.reading.model.flat.size:,}" for one in every)],
        ["epochs trained", *(str(one.trained.run.epoch) for one in every)],
        ["all right since epoch", *(_settled(one) for one in every)],
        ["test sentences right", *(words.percent(end.test_accuracy) for end in last)],
        ["memory horizon", *(_words(one.horizon) for one in every)],
    ]
    heads: list[Node] = [
        node("b", one.name, color=look[0])
        for one, look in zip(every, figures.LOOKS, strict=True)
    ]  # fmt: skip
    size, asked = every[0].reading.model.n_hidden, run.hyperparameters.n_hidden
    units = "1 unit" if size == 1 else f"{size} units"
    why = f" ({asked} would train too long on this data)" if size < asked else ""
    hp = run.hyperparameters
    ways = ", ".join(f"{one.name} {_way(one)}" for one in every)
    note = (
        f"Each has {units}{why}, seed {hp.seed}, and learned from the same "
        f"{len(run.dataset.train)} sentences: {ways}. Blame is that of all that is handed on: h, "
        "and c in the LSTM. The horizon counts the words back at which 1 % of it is left."
    )
    return node("div", _table(["", *heads], rows), node("p", note, class_="small quiet"))


def _settled(one: Contender) -> str:
    return "never" if (epoch := one.trained.run.converged) is None else str(epoch)


def _way(one: Contender) -> str:
    """How it was trained: one at a time by SGD, or 8 at a time by Adam."""
    hp = one.trained.run.hyperparameters
    name = {"sgd": "SGD", "adam": "Adam"}.get(hp.optimizer, hp.optimizer)
    return f"{'one' if hp.batch_size == 1 else hp.batch_size} at a time by {name}"


def _table(head: list[Node], rows: list[list[Node]]) -> Node:
    top = node("tr", *(node("th", cell, class_="small quiet") for cell in head))
    body = [node("tr", *(node("td", cell) for cell in row)) for row in rows]
    return node("table", node("thead", top), node("tbody", *body))
