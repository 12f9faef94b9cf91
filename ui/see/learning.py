"""The networks of a task while they learn, one after another; what was measured on the way."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b

import streamlit as st

from rnn_core import CELLS, Hyperparameters, Model, TrainingRun
from rnn_core.experiments.paired_runs import PairedRuns
from rnn_core.experiments.pictures import PICTURES
from ui.kit import jobs, settings
from ui.see import tasks, text
from ui.see.tasks import TASKS, Measured
from ui.sequence import wirings
from ui.sequence.text_model import BACK_IN_TIME, NEW_RUN


@dataclass
class Watched:
    """A training, and what was measured of its model at each epoch."""

    run: TrainingRun
    measure: Callable[[Model], Measured]
    measured: dict[int, Measured] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.measured[self.run.epoch] = self.measure(self.run.model)

    @property
    def epoch(self) -> int:
        """How far it has come."""
        return self.run.epoch

    @property
    def stopped(self) -> str | None:
        """Why it cannot go on, or None."""
        return self.run.stopped

    @property
    def converged(self) -> int | None:
        """As of its run."""
        return self.run.converged

    def advance(self, *, epochs: int) -> int:
        """Train, and measure."""
        steps = self.run.advance(epochs=epochs)
        self.measured[self.run.epoch] = self.measure(self.run.model)
        return steps


@dataclass(frozen=True)
class Moment:
    """A network at one of its epochs. measured : as it was then."""

    model: Model
    epoch: int
    measured: Measured

    @property
    def key(self) -> Hashable:
        """What every picture of it is made from."""
        return self.model.kind, blake2b(self.model.flat, digest_size=16).digest()


class Networks(PairedRuns[str, Watched]):
    """All networks of a task. hp : what they share. first : the one whose turn comes first."""

    def __init__(self, task: str, hp: Hyperparameters, first: str) -> None:
        self.task, self.hp = task, hp
        names = sorted(TASKS[task].networks, key=lambda name: name != first)
        make = {name: partial(_begin, task, name, hp) for name in names}
        super().__init__(make, tasks.EPOCHS[task], keep=lambda watched: watched)

    @property
    def n_bytes(self) -> int:
        """About what they take."""
        return sum(one.run.n_bytes for one in self._all())

    def make_room(self) -> None:
        """Forget what came between the first moments and the last."""
        for one in self._all():
            one.run.make_room()

    def _all(self) -> list[Watched]:
        return [*self.results.values(), *self.runs.values()]

    def watched(self, name: str) -> Watched | None:
        """One of them, None before its turn has come."""
        found: Watched | None = self.results.get(name) or self.runs.get(name)
        return found

    def moment(self, name: str, epoch: int | None = None) -> Moment | None:
        """One of them at an epoch, None for its last."""
        if (one := self.watched(name)) is None:
            return None
        # the newest may just be measured, for another run of the page
        kept = [snapshot for snapshot in one.run.snapshots if snapshot.epoch in one.measured]
        to = kept[-1].epoch if epoch is None else epoch
        snapshot = min(kept, key=lambda snapshot: abs(snapshot.epoch - to))
        return Moment(snapshot.model, snapshot.epoch, one.measured[snapshot.epoch])


def _begin(task: str, name: str, hp: Hyperparameters) -> Watched:
    network = TASKS[task].networks[name]
    run = TrainingRun(tasks.data(network.data), replace(hp, **network.settings))
    return Watched(run, lambda model: TASKS[task].measure(model, name))


def hyperparameters(task: str) -> Hyperparameters:
    """The recipe, with the settings as they stand."""
    get = settings.get
    chosen = {"cell": get("v_cell"), "n_hidden": get("v_units"), "lr": get("v_lr"),
              "seed": get("v_seed")}  # fmt: skip
    return Hyperparameters(**{**PICTURES[TASKS[task].recipe].settings, **chosen})


def key(task: str) -> str:
    """The name of its job."""
    return f"see {task}"


def networks(task: str, first: str) -> Networks:
    """This visitor's networks of a task as the settings ask for them; new ones begin at once."""
    hp = hyperparameters(task)
    work: Networks | None = jobs.work(key(task))
    if work is None:
        _start(task, first)
    elif work.hp != hp:
        begin(task, first)
    elif settings.owner().arrived and not work.done:
        jobs.start(key(task))
    begun: Networks = jobs.work(key(task))
    return begun


def begin(task: str, first: str) -> None:
    """Begin anew; also a callback."""
    jobs.stop(key(task))
    _start(task, first)
    settings.put(v_epoch=None)


def _start(task: str, first: str) -> None:
    jobs.start(key(task), lambda: Networks(task, hyperparameters(task), first))


def change_task() -> None:
    """A callback: another task is looked at; its networks go on, the others rest."""
    for name in TASKS:
        jobs.stop(key(name))
    jobs.start(key(str(settings.get("v_task"))))
    settings.put(v_t=None, v_network=None, v_epoch=None)


def looked_at(task: str) -> int | None:
    """The epoch that is looked at: while it learns the last one."""
    chosen = settings.get("v_epoch")
    return None if chosen is None or jobs.going(key(task)) else int(chosen)


def button(task: str, work: Networks, first: str) -> None:
    """Pause, Train, or Train again: each with a key of its own."""
    if jobs.going(key(task)):
        st.button(text.PAUSE, key=f"stop {key(task)}", icon=":material/pause:", type="primary",
                  on_click=jobs.stop, args=(key(task),))  # fmt: skip
    elif work.done:
        st.button(text.AGAIN, key=f"start again {key(task)}", icon=":material/replay:",
                  on_click=begin, args=(task, first))  # fmt: skip
    else:
        st.button(text.TRAIN, key=f"start {key(task)}", icon=":material/play_arrow:",
                  type="primary", on_click=jobs.start, args=(key(task),))  # fmt: skip


def model(task: str, work: Networks, name: str) -> None:
    """The model's button: which network it is, its moments, and the settings of new ones."""
    hp, one = work.hp, work.watched(name)
    names = {network: text.NETWORKS[network] for network in TASKS[task].networks}
    label = text.MODEL.format(cell=hp.cell.upper(), units=hp.n_hidden, network=names[name])
    with st.popover(label, key="model"):
        settings.segments("v_network", text.NETWORK, names, next(iter(names)))
        if one is not None and not jobs.going(key(task)):
            epochs = [snapshot.epoch for snapshot in one.run.snapshots]
            if len(epochs) > 1:
                settings.slider("v_epoch", BACK_IN_TIME, epochs, epochs[-1])
        st.markdown(NEW_RUN)
        settings.segments("v_cell", text.CELL, {cell: cell.upper() for cell in CELLS})
        settings.slider("v_units", text.UNITS)
        settings.slider("v_lr", text.RATE)
        settings.number("v_seed", text.SEED)
        st.markdown(text.OTHER_WIRING)
        wirings.show("wirings of see")
