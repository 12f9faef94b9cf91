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
from ui.read import comparison, text
from ui.read.comparison import LOOKS, SIGNS, State
from ui.sequence import models
from ui.sequence.architecture import Architecture
from ui.sequence.models import Chosen, Training
from ui.sequence.reading import Reading
from ui.sequence.text_model import OPTIMIZERS
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
        return text.HORIZON["one" if n == 1 else "many"].format(n=n)


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
    run = one.run
    return text.PROGRESS.format(cell=run.hyperparameters.cell.upper(), n=len(run.dataset.train),
                                epoch=run.epoch, longest=one.longest)  # fmt: skip


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
             comparison.lengths(text.GRADIENT, names, [one.lengths for one in every])]  # fmt: skip
    words = Words((now.tokens, now.known))
    horizons = ", ".join(text.THREE_HORIZON.format(name=one.name, horizon=one.horizon)
                         for one in every)  # fmt: skip
    described = text.THREE_SAYS.format(n=len(now.words), horizons=horizons)
    panels = [
        *comparison.panels("three", text.THREE, states, plots, words, described,
                           _look(every, now, p)),
        Text("three verdicts", node("h3", text.THEY_SAY), area="side"),
        Text("three now", "", area="side"),
        Text("three trainings", node("h3", text.THEY_COST), area="side", card=True),
        Text("three facts", _facts(every, chosen), area="side"),
    ]  # fmt: skip
    frames = []
    for t, word in enumerate(now.words):
        said = ", ".join(f"{one.name} {curve[t]:.2f}" for one, curve in zip(every, p, strict=True))
        here = now.columns[t]
        patch = {"three": {"layout": {"shapes": comparison.at_column(3, here)}},
                 "three words": words.at(here), "three now": _verdicts(every, now, t)}  # fmt: skip
        label = text.WORD_OF.format(t=t + 1, n=len(now.words), word=word)
        said = text.P_AFTER.format(answer=now.answer_name, word=word, each=said)
        frames.append(Frame(label, None, said, patch, here))
    return panels, frames


def _look(every: list[Contender], now: Reading, p: list[np.ndarray]) -> Node:
    """Who changes its mind most, and how much of the gradient is left at the first word."""
    if len(now.words) == 1:
        return look_for(text.ONE_COLUMN)
    moved = [float(np.abs(np.diff(curve)).sum()) for curve in p]
    least, most = every[int(np.argmin(moved))].name, every[int(np.argmax(moved))].name
    said = [text.HOLDS]
    if least != most:
        said.append(text.MOVES_MOST.format(most=max(moved), one=most, least=min(moved),
                                           other=least))  # fmt: skip
    kept = [one.lengths[0] / one.lengths[-1] if one.lengths[-1] else np.nan for one in every]
    if np.isfinite(kept).all():
        left = ", ".join(f"{one.name} {share:.2g}" for one, share in zip(every, kept, strict=True))
        said.append(text.LEFT.format(each=left))
    size, drawn = every[0].hp.n_hidden, len(every[0].rows)
    if drawn < size:
        said.append(text.BOTH_ENDS.format(n=size, drawn=drawn))
    return look_for(" ".join(said))


def _heads(every: list[Contender]) -> list[Node]:
    """Their names in the colours of their curves, with their signs."""
    return [node("b", f"{SIGNS[symbol]} {one.name}", color=color)
            for one, (color, _, symbol) in zip(every, LOOKS, strict=True)]  # fmt: skip


def _verdicts(every: list[Contender], now: Reading, t: int) -> Node:
    """What each would answer if the sentence ended here."""
    ended = t == len(now.words) - 1
    head = [text.AFTER_WORD.format(word=now.words[t]), text.SAYS[ended],
            text.P_OF.format(answer=now.answer_name)]  # fmt: skip
    rows = [[name, one.reading.verdict(t)[0], f"{one.reading.fwd.p[t, now.answer]:.2f}"]
            for name, one in zip(_heads(every), every, strict=True)]  # fmt: skip
    return player.table(rows, head)


def _facts(every: list[Contender], chosen: Chosen) -> Node:
    """Parameters, training and memory horizon, as far as they can be counted."""
    rows: list[list[Node]] = [
        [text.FACTS["parameters"], *(f"{one.reading.model.flat.size:,}" for one in every)],
        [text.FACTS["epochs"], *(_epochs(one.chosen) for one in every)],
        [text.FACTS["right"], *(_converged(one.chosen) for one in every)],
        [text.FACTS["test"], *(percent(one.chosen.record.test_accuracy) for one in every)],
        [text.FACTS["horizon"], *(one.horizon for one in every)],
    ]
    size, own = every[0].hp.n_hidden, chosen.run.hyperparameters
    sizes = text.FEWER_UNITS if size < own.n_hidden else text.N_UNITS
    units = sizes["one" if size == 1 else "many"].format(n=size, own=own.n_hidden)
    card = "".join(one.name for one in every if one.chosen is chosen)
    note = text.FACTS_NOTE["card" if card else "none"].format(
        units=units, seed=own.seed, n=len(chosen.run.dataset.train),
        ways=", ".join(map(_way, every)), card=card,
    )  # fmt: skip
    facts = player.table(rows, ["", *_heads(every)])
    return node("div", facts, node("p", note, class_="small quiet"))


def _epochs(chosen: Chosen) -> str:
    return text.PAUSED.format(epoch=chosen.epoch) if chosen.capped else str(chosen.epoch)


def _converged(chosen: Chosen) -> str:
    epoch = chosen.run.converged
    return text.NOT_YET if epoch is None or epoch > chosen.epoch else str(epoch)


def _way(one: Contender) -> str:
    """How it was trained: one at a time by SGD, or 8 at a time by Adam."""
    n, optimizer = one.hp.batch_size, OPTIMIZERS[one.hp.optimizer]
    return text.WAY["one" if n == 1 else "many"].format(name=one.name, n=n, optimizer=optimizer)
