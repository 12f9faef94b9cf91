"""RNN, GRU and LSTM on one sentence, learned from the same data, with the same size and seed.

The one on the card is one of the three where it is a single layer; the others are trained, as it
suits each of them, when this is first looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from rnn_core import Hyperparameters
from rnn_core.experiments import analysis
from ui.kit import jobs, player
from ui.kit.numbers import percent
from ui.kit.player import Film, Frame, Node, Text, look_for, node
from ui.read import comparison
from ui.read.comparison import LOOKS, SIGNS, State
from ui.sequence import models
from ui.sequence.architecture import Architecture
from ui.sequence.model_chip import OPTIMIZERS
from ui.sequence.models import Chosen, Training
from ui.sequence.reading import Reading
from ui.sequence.words import Words

CELLS = ("rnn", "gru", "lstm")
MOST_ROWS = 64


@dataclass
class Trainings:
    """The work of training several networks, one after the other."""

    works: list[Training]

    @property
    def done(self) -> bool:
        """Whether all are trained."""
        return all(work.done for work in self.works)

    @property
    def share(self) -> float:
        """How much is done, 0..1."""
        return sum(work.done or min(work.share, 1.0) for work in self.works) / len(self.works)

    def advance(self, budget_s: float) -> None:
        """Train the first that is not done."""
        next(work for work in self.works if not work.done).advance(budget_s)


@dataclass(frozen=True)
class Contender:
    """One of the networks, and what it makes of the sentence."""

    chosen: Chosen
    reading: Reading

    @property
    def hp(self) -> Hyperparameters:
        """How it was trained."""
        return self.chosen.run.hyperparameters

    @property
    def name(self) -> str:
        """Its cell, as it is called."""
        return self.hp.cell.upper()

    @cached_property
    def lengths(self) -> np.ndarray:
        """(T,) the length of the gradient at each word, for the network's own final verdict."""
        fwd = self.reading.fwd
        bwd = self.reading.model.backward(fwd, int(fwd.p[-1].argmax()))
        return analysis.gradient_norms(bwd)[:, 0]

    @property
    def rows(self) -> list[int]:
        """The units drawn, from top to bottom: of too many those at both ends of the order."""
        order, half = self.reading.order, MOST_ROWS // 2
        return order if len(order) <= MOST_ROWS else [*order[:half], *order[-half:]]

    @property
    def horizon(self) -> str:
        """How many words back the gradient stays above 1 %."""
        n = analysis.memory_horizon(self.lengths)
        return "1 word" if n == 1 else f"{n} words"


def settings_of(chosen: Chosen) -> list[Hyperparameters]:
    """The settings of the three: the card's own, and for each other cell those that suit it."""
    data, hp = chosen.run.dataset, chosen.run.hyperparameters
    kinds, much = [Architecture(cell) for cell in CELLS], len(data.train) > models.MUCH
    sizes = set.intersection(*(set(kind.sizes(much)) for kind in kinds))
    size = max(n for n in sizes if n <= hp.n_hidden)
    made = []
    for kind in kinds:
        usual = models.recommended(data.name, size, kind)
        own = size == hp.n_hidden and kind == Architecture.of(hp)
        made.append(hp if own else replace(usual, seed=hp.seed))
    return made


def contenders(now: Reading, chosen: Chosen) -> list[Contender]:
    """The three networks, once they are trained."""
    own = chosen.run.hyperparameters
    every = [chosen if hp == own else models.of(hp) for hp in settings_of(chosen)]
    return [Contender(one, Reading(one.model, now.encoding, now.order_by)) for one in every if one]


def show(now: Reading, chosen: Chosen, **follow: Any) -> None:
    """Draw it, or how far the trainings are. follow : how to step with the page's film."""
    own, name = chosen.run.hyperparameters, chosen.run.dataset.name
    work = Trainings([models.training(name, hp) for hp in settings_of(chosen) if hp != own])
    if jobs.at_once(work):
        player.film("three", *film(now, chosen), **follow)
    else:
        jobs.wait_for("three", work, _progress)


def _progress(work: Any) -> str:
    one = next((one for one in work.works if not one.done), work.works[-1])
    return (
        f"Training the {one.run.hyperparameters.cell.upper()} on {len(one.run.dataset.train):,} "
        f"sentences: epoch {one.run.epoch} of at most {one.longest}"
    )


def film(now: Reading, chosen: Chosen) -> Film:
    """Three states, three answers and three gradients over the same words, in step."""
    every, answer = contenders(now, chosen), now.answer
    names = [one.name for one in every]
    p = [one.reading.fwd.p[:, answer] for one in every]
    states = [
        State(one.name, one.reading.fwd.h, one.rows, now.known, look=i)
        for i, one in enumerate(every)
    ]
    plots = [comparison.answers(now.answer_name, names, p),
             comparison.lengths("|gradient|", names, [one.lengths for one in every])]  # fmt: skip
    words = Words((now.tokens, now.known))
    horizons = ", ".join(f"{one.name} {one.horizon}" for one in every)
    described = (
        f"States of three networks over {len(now.words)} words, their answers after each word, "
        "and the length of the gradient at each word on a logarithmic scale. "
        f"Memory horizon: {horizons}"
    )
    panels = [
        *comparison.panels("three", "Three cells, one sentence", states, plots, words, described,
                           _look(every, now, p)),
        Text("three verdicts", node("h3", "What they say"), area="side"),
        Text("three now", "", area="side"),
        Text("three trainings", node("h3", "What they cost, how far they remember"), area="side",
             card=True),
        Text("three facts", _facts(every, chosen), area="side"),
    ]  # fmt: skip
    frames = []
    for t, word in enumerate(now.words):
        said = ", ".join(f"{one.name} {curve[t]:.2f}" for one, curve in zip(every, p, strict=True))
        here = now.columns[t]
        patch = {"three": {"layout": {"shapes": comparison.at_column(3, here)}},
                 "three words": words.at(here), "three now": _verdicts(every, now, t)}  # fmt: skip
        label = f"word {t + 1} of {len(now.words)}: {word}"
        said = f"P({now.answer_name}) after {word}: {said}"
        frames.append(Frame(label, None, said, patch, here))
    return panels, frames


def _look(every: list[Contender], now: Reading, p: list[np.ndarray]) -> Node:
    """Who changes its mind most, and how much of the gradient is left at the first word."""
    if len(now.words) == 1:
        return look_for("the single column: with one word there is no memory to compare.")
    moved = [float(np.abs(np.diff(curve)).sum()) for curve in p]
    least, most = every[int(np.argmin(moved))].name, every[int(np.argmax(moved))].name
    said = "which state holds its colours over several words? "
    if least != most:
        said += (f"Word by word P moves by {max(moved):.1f} in all in the {most}, "
                 f"by {min(moved):.1f} in the {least}. ")  # fmt: skip
    kept = [one.lengths[0] / one.lengths[-1] if one.lengths[-1] else np.nan for one in every]
    if np.isfinite(kept).all():
        left = ", ".join(f"{one.name} {share:.2g}" for one, share in zip(every, kept, strict=True))
        said += f"The gradient at the first word, as a multiple of the last word's: {left}. "
    size, drawn = every[0].hp.n_hidden, len(every[0].rows)
    if drawn < size:
        said += f"Of {size} units {drawn} are drawn, from both ends of the order."
    return look_for(said)


def _heads(every: list[Contender]) -> list[Node]:
    """Their names in the colours of their curves, with their signs."""
    return [node("b", f"{SIGNS[symbol]} {one.name}", color=color)
            for one, (color, _, symbol) in zip(every, LOOKS, strict=True)]  # fmt: skip


def _verdicts(every: list[Contender], now: Reading, t: int) -> Node:
    """What each would answer if the sentence ended here."""
    ended = t == len(now.words) - 1
    head = [f"after “{now.words[t]}”", "it says" if ended else "it would say",
            f"P({now.answer_name})"]  # fmt: skip
    rows = [[name, one.reading.verdict(t)[0], f"{one.reading.fwd.p[t, now.answer]:.2f}"]
            for name, one in zip(_heads(every), every, strict=True)]  # fmt: skip
    return player.table(rows, head)


def _facts(every: list[Contender], chosen: Chosen) -> Node:
    """Parameters, training and memory horizon, as far as they can be counted."""
    rows: list[list[Node]] = [
        ["parameters", *(f"{one.reading.model.flat.size:,}" for one in every)],
        ["epochs trained", *(_epochs(one.chosen) for one in every)],
        ["all right since epoch", *(_converged(one.chosen) for one in every)],
        ["test sentences right", *(percent(one.chosen.record.test_accuracy) for one in every)],
        ["memory horizon", *(one.horizon for one in every)],
    ]
    size, own = every[0].hp.n_hidden, chosen.run.hyperparameters
    units = "1 unit" if size == 1 else f"{size} units"
    why = f" ({own.n_hidden} would train too long)" if size < own.n_hidden else ""
    card = [one.name for one in every if one.chosen is chosen]
    note = (
        f"Each has {units}{why}, seed {own.seed}, and learned from the same "
        f"{len(chosen.run.dataset.train)} sentences: "
        + ", ".join(f"{one.name} {_way(one.hp)}" for one in every)
        + (f". The {card[0]} is the one on the card. " if card else ". ")
        + "The gradient is that of all that is handed on: h, and c in the LSTM. The horizon counts "
        "the words back at which 1 % of it is left."
    )
    facts = player.table(rows, ["", *_heads(every)])
    return node("div", facts, node("p", note, class_="small quiet"))


def _epochs(chosen: Chosen) -> str:
    return f"{chosen.epoch}, paused" if chosen.capped else str(chosen.epoch)


def _converged(chosen: Chosen) -> str:
    epoch = chosen.run.converged
    return "not yet" if epoch is None or epoch > chosen.epoch else str(epoch)


def _way(hp: Hyperparameters) -> str:
    """How it was trained: one at a time by SGD, or 8 at a time by Adam."""
    each = "one" if hp.batch_size == 1 else str(hp.batch_size)
    return f"{each} at a time by {OPTIMIZERS[hp.optimizer]}"
