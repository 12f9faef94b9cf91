"""From settings to the model on the card: the one way to it, on every page.

What a page names is what it shows: its pictures, checks and comparisons use the model that
`chosen()` returns, which is this visitor's own training where that has these settings, and else
one that is trained when it is first asked for and shared by everybody after that.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any
from weakref import WeakKeyDictionary

from rnn_core import Hyperparameters, Model, Text, TrainingRun, Vocabulary, start_run
from rnn_core.history import Epoch
from ui.kit import jobs, settings
from ui.kit.bounded import bounded
from ui.sequence import own_model, own_weights, text_model
from ui.sequence.architecture import PLAIN, Architecture
from ui.sequence.datasets import (
    EVERYDAY,
    OWN,
    USUAL_DATA,
    checkpoint,
    data,
    dataset,
    everyday,
    names,
    own,
)
from ui.sequence.recommended import CHOSEN, MUCH, RECOMMENDED, hyperparameters, recommended
from ui.sequence.session import Session

# What pages need of datasets.py and recommended.py.
__all__ = ["CHOSEN", "RECOMMENDED", "USUAL_DATA", "checkpoint", "data", "dataset", "everyday",
           "hyperparameters", "names", "recommended"]  # fmt: skip

LONGEST = 60
"""Epochs; a run ends before, when every sentence was right five times in a row."""
LONGEST_OF_MUCH = 15
"""Epochs of a text, and of a network with gates, layers or both directions on much data: nobody
waits longer.
"""
MOST = 128 * 2**20
"""Bytes of trained models that are kept for everybody: every one of the small sentences, or a few
large ones."""
CAP_S = 5.0
"""Seconds of training, of the processor's: the same network on a busy machine. After them a page
shows what there is, and asks whether to go on."""
SESSION, TRAINING = "session", "training"
"""Under these keys this visitor's own training is kept, and the one that a page waits for."""
HANDED_OVER = "handed over"
"""Under this key a training that the page Write has handed over."""
ELSEWHERE = ("dtype", "truncate", "carry", "spectral_radius")
"""What Write sets in ways of its own."""


class Training:
    """The work of training for a page: until it converges, or to an epoch that is asked for.

    It is shared: whoever waits for it advances it, and nobody changes the result afterwards.

    Attributes
    ----------
    run : the training. seconds : what it took. at : when it was last advanced, on the process's
    clock. cap_s : after so many seconds it pauses, at an epoch's end.
    """

    def __init__(self, name: str, hp: Hyperparameters, epoch: int | None) -> None:
        self.run = start_run(dataset(name), hp)
        much = len(self.run.dataset.train) > MUCH and hp.optimizer == "adam"
        is_long = much or isinstance(self.run.dataset, Text)
        self.longest = LONGEST_OF_MUCH if is_long else LONGEST
        self.epoch = epoch
        self.seconds, self.at, self.cap_s = 0.0, time.monotonic(), CAP_S
        self._mine = threading.Lock()

    @property
    def complete(self) -> bool:
        """Whether it is as far as was asked, or cannot go on."""
        run = self.run
        if run.stopped is not None:
            return True
        settled = run.converged is not None or run.epoch >= self.longest
        return settled if self.epoch is None else run.epoch >= self.epoch

    @property
    def done(self) -> bool:
        """Whether it is complete, or pauses at its cap."""
        at_the_end = self.run.steps == self.run.epoch * self.run.steps_an_epoch > 0
        paused = self.seconds >= self.cap_s and at_the_end
        return self.complete or paused

    @property
    def share(self) -> float:
        """How much is done, 0..1: of the epochs, or of the time if that will be over before."""
        return max(self.run.epoch / (self.epoch or self.longest), self.seconds / self.cap_s)

    def advance(self, budget_s: float) -> None:
        """Train for so many seconds, unless another visitor is just doing so."""
        if not self._mine.acquire(blocking=False):
            time.sleep(0.001)  # two who wait for the same model: one trains, the other lets him
            return
        try:
            before, began, passed_s = self.seconds, time.thread_time(), 0.0
            while not self.done:
                self.run.advance(epochs=1, budget_s=max(budget_s - passed_s, 0.0))
                passed_s = time.thread_time() - began
                self.seconds, self.at = before + passed_s, time.monotonic()
                if passed_s >= budget_s:
                    break
        finally:
            self._mine.release()

    def longer(self) -> None:
        """Go on after the cap, for as long again."""
        self.cap_s = self.seconds + CAP_S


def training(name: str, hp: Hyperparameters, epoch: int | None = None) -> Training:
    """The one training of these settings, as far as it was asked for; on own data nobody else's."""
    if name == OWN and (mine := own()):
        work: Training = mine.training((hp, epoch), lambda: Training(name, hp, epoch))
        return work
    return _trained(name, hp, epoch)


def _n_bytes(training: Training) -> int:
    """About what it takes, with the models made of its moments."""
    run = training.run
    return run.n_bytes + len(_MODELS.get(run, ())) * run.model.flat.nbytes


@bounded(MOST, _n_bytes)
def _trained(name: str, hp: Hyperparameters, epoch: int | None) -> Training:
    return Training(name, hp, epoch)


@dataclass(frozen=True)
class Chosen:
    """The model on the card.

    run : its training. epoch : which moment of it. seconds : what training took. at : when, on
    the process's clock. own : whether it is this visitor's training of the page Train. capped :
    the work that paused at its cap, or None. ready_made : whether it is the everyday model.
    file : the name of the visitor's file that it came from, or "". by_hand : weights that are set
    by hand; scores and the run's other moments are of the trained ones.
    """

    run: TrainingRun
    epoch: int
    seconds: float
    at: float
    own: bool = False
    capped: Training | None = None
    ready_made: bool = False
    file: str = ""
    by_hand: own_weights.Weights = ()

    @cached_property
    def trained(self) -> Model:
        """The model as it was at that epoch."""
        alone = self.own or self.file or self.run.dataset.name == OWN
        return self.run.snapshot_at(self.epoch).model if alone else _shared(self.run, self.epoch)

    @cached_property
    def model(self) -> Model:
        """The same with what is set by hand, then a copy."""
        return own_weights.changed(self.trained, self.by_hand)

    @property
    def reader(self) -> str:
        """Who reads with it: everyday, trained here, or from a file."""
        return own_model.FILE if self.file else "everyday" if self.ready_made else "trained"

    @property
    def is_last(self) -> bool:
        """Whether this is the newest moment there is."""
        return self.epoch == self.run.snapshots[-1].epoch

    @property
    def record(self) -> Epoch:
        """What it scores on the data."""
        return min(self.run.history, key=lambda record: abs(record.epoch - self.epoch))

    @property
    def restorable(self) -> bool:
        """Whether the settings and the epoch alone make this model again, in another browser."""
        return not (self.own and session() and not session().restorable)

    def at_epoch(self, epoch: int) -> Chosen:
        """The kept moment nearest to an epoch."""
        return replace(self, epoch=self.run.snapshot_at(epoch).epoch)


_MODELS: WeakKeyDictionary[TrainingRun, dict[int, Model]] = WeakKeyDictionary()


def _shared(run: TrainingRun, epoch: int) -> Model:
    """One model for all who look at this moment, for as long as its training is kept."""
    models = _MODELS.setdefault(run, {})
    return models.get(epoch) or models.setdefault(epoch, run.snapshot_at(epoch).model)


def session() -> Session | None:
    """This visitor's own training, if there was one."""
    mine: Session | None = jobs.work(SESSION)
    return mine


@cache
def ready_made() -> Chosen:
    """The everyday model as a run that has come so far, and could go on."""
    made = checkpoint()
    hp, epoch = replace(made.hyperparameters, dtype="float64"), int(made.figures["epoch"])
    run = TrainingRun(dataset(EVERYDAY), hp, trained=made.model, epoch=epoch)
    return Chosen(run, epoch, 0.0, time.monotonic(), ready_made=True)


def chosen(plain: bool = False, usual: bool = False) -> Chosen | None:
    """The model of the settings as they stand; None while it is still trained: then the page shows
    `waiting()` where its picture will be.

    plain : as in `hyperparameters`. usual : as in `everyday`.
    """
    if not plain and (mine := own_model.reads()):
        here: Chosen | None = Chosen(
            mine.run, mine.run.epoch, 0.0, time.monotonic(), file=mine.name
        )
    elif everyday(usual) and not plain:
        here = ready_made()
    else:
        here = of(hyperparameters(plain), settings.get("epoch"))
    if here is None or (plain and Architecture.chosen() != PLAIN):
        return here
    by_hand = own_weights.of(here.trained, here.reader)
    return replace(here, by_hand=by_hand) if by_hand else here


def vocabulary(usual: bool = False) -> Vocabulary:
    """The words that the model on the card knows. usual : as for `everyday`."""
    if mine := own_model.reads():
        known = mine.run.dataset.vocabulary
    else:
        known = (checkpoint().model if everyday(usual) else data()).vocabulary
    assert known is not None  # a model of sentences has one
    return known


def of(hp: Hyperparameters, epoch: int | None = None) -> Chosen | None:
    """The model of these settings, at an epoch; at its last where none is named."""
    data_set = data()
    for mine in (session(), settings.kept().get(HANDED_OVER)):
        if mine is None or not mine.run.epoch or mine.run.dataset is not data_set:
            continue
        last = mine.run.snapshots[-1].epoch
        if _settable(mine.run.hyperparameters, hp) == hp and (epoch is None or epoch <= last):
            here = Chosen(mine.run, last, mine.busy_s, time.monotonic(), own=True)
            return here if epoch is None else here.at_epoch(epoch)
    work = training(data_set.name, hp)
    if epoch is not None and jobs.at_once(work) and epoch > work.run.epoch:
        work = training(data_set.name, hp, epoch)
    if not jobs.at_once(work):
        settings.kept()[TRAINING] = work
        return None
    capped = None if work.complete else work
    last = work.run.snapshots[-1].epoch
    here = Chosen(work.run, last, work.seconds, work.at, capped=capped)
    return here if epoch is None else here.at_epoch(epoch)


def _settable(own: Hyperparameters, asked: Hyperparameters) -> Hyperparameters:
    """Those of a run, but what only its own page sets is taken from those that are asked for."""
    return replace(own, **{name: getattr(asked, name) for name in ELSEWHERE})


def waiting() -> None:
    """Show how far the model is for which `chosen()` waits; the page is drawn anew when it is."""
    jobs.wait_for(TRAINING, settings.kept()[TRAINING], _said)


def _said(work: Any) -> str:
    run, to = work.run, work.epoch or work.longest
    right = run.history[-1].train_accuracy
    return text_model.PROGRESS.format(data=learned(run), epoch=run.epoch, to=to, right=right)


def learned(run: TrainingRun) -> str:
    """What it learns from: "58 sentences", or of a text "21,981 symbols"."""
    if isinstance(run.dataset, Text):
        return text_model.LEARNED["text"].format(n=len(run.dataset.stream))
    return text_model.LEARNED["sentences"].format(n=len(run.dataset.train))


def train_longer(work: Training) -> None:
    """A callback: go on with what paused at its cap."""
    work.longer()
