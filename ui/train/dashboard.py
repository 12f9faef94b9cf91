"""The dashboard: every picture of a training, made once, blank, and filled at every tick."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from rnn_core import BackwardTrace, Encoding
from rnn_core.buffers import errors
from rnn_core.experiments import analysis
from ui.kit.numbers import percent
from ui.kit.player import Figure, Frame, Node, Panel, Text, look_for, node, picture
from ui.sequence import states
from ui.sequence.reading import Reading
from ui.sequence.session import STAGES, Session
from ui.train import curves, sentences, story, weights
from ui.train.metrics import Metrics, eigenvalues, memory_horizon, spectral_radius

COLUMNS = "minmax(0, 1.55fr) minmax(0, 1fr)"
LIVE_UNITS = 64
"""With more units, eigenvalues take too long for a tick: the last whole epoch's are shown."""
NEW_ROWS = 4
"""So many epochs are looked at again in one tick, for the curves On the way."""


@dataclass(frozen=True)
class Dashboard:
    """All pictures of one session for one sentence.

    target : the class wanted for the sentence. layer : whose state and weights are shown. log :
    the loss on a log axis. others : how many more train now, when they are enough to be felt.
    """

    session: Session
    metrics: Metrics
    encoding: Encoding
    target: str
    layer: int
    log: bool
    others: int = 0

    @property
    def panels(self) -> list[Panel]:
        """The blank pictures, in their cards: the same ones for all who look at the same thing."""
        run = self.session.run
        now = Reading(run.model, self.encoding, layer=self.layer)
        top = max(1.75 * math.log(len(run.model.classes)), 1.0)
        return blank(
            run.dataset.train.texts, run.dataset.test.texts, now.params["W_hh"].shape, now.words,
            now.answer_name, self.session.goal, top, self.log, now.called,
        )  # fmt: skip

    def frame(self, shown: int | None) -> Frame:
        """Everything as it is now, or as it was at the snapshot of an earlier epoch."""
        run = self.session.run
        snapshot = None if shown is None or shown >= run.epoch else run.snapshot_at(shown)
        model = snapshot.model if snapshot else run.model
        done = run.epoch + min(run.steps / self.session.steps_an_epoch - run.epoch, 0.99)
        at = snapshot.epoch if snapshot else max(float(run.epoch), done)
        now = Reading(model, self.encoding, layer=self.layer)
        self.metrics.follow(
            tuple(int(i) for i in now.fwd.ids), now.answer, model.class_number(self.target),
            self.layer, most=NEW_ROWS if self.session.playing else len(run.snapshots),
        )  # fmt: skip
        bwd, w_hh = now.model.backward(now.fwd, self.target), now.params["W_hh"]
        last = snapshot.epoch if snapshot else run.snapshots[-1].epoch
        live = snapshot is None and model.n_hidden <= LIVE_UNITS
        values = eigenvalues(w_hh) if live else self.metrics.eigenvalues[last]
        error = errors(model, run.dataset).tolist()
        panels: dict[str, Any] = {
            "progress": progress(self.session, self.others),
            **self._curves(at),
            "state": _state(now),
            "gradient": curves.gradient_filled(analysis.gradient_norms(bwd)[:, 0]),
            "sentences": sentences.filled(error, len(run.dataset.train)),
            "weights": weights.filled(w_hh, values),
            "weights look": _weights_look(spectral_radius(values), bwd),
            **self._metrics(at),
        }
        return Frame("now", None, "", panels)

    def _curves(self, at: float) -> dict[str, Any]:
        run = self.session.run
        now, before = (
            [[r.epoch, r.train_loss, r.test_loss, r.train_accuracy, r.test_accuracy]
             for r in history[:: max(len(history) // 400, 1)]]
            for history in (run.history, self.session.previous)
        )  # fmt: skip
        drawn = curves.filled(now, before, story.moments(run), at, self.session.goal)
        (name, share), stuck = story.majority(run), story.on_the_plateau(run)
        question = f"a plateau: does it stand at {share:.2f} right, as who says “{name}” to all"
        what = f"the plateau: {stuck}. " if stuck else f"{question}? "
        look = look_for(what, "Train solid, test dashed, the previous run grey.")
        return {"curves": drawn, "curves look": look}

    def _metrics(self, at: float) -> dict[str, Any]:
        run, rows = self.session.run, self.metrics.rows
        epochs = sorted(rows)
        p, horizon = zip(*(rows[e] for e in epochs), strict=True)
        radius = [spectral_radius(self.metrics.eigenvalues[e]) for e in epochs]
        by_epoch = {record.epoch: record.gradient_norm or math.nan for record in run.history}
        norms = [by_epoch.get(e, math.nan) for e in epochs]
        clip_at = None if run.hyperparameters.clip == "none" else run.hyperparameters.clip_at
        drawn = curves.metrics_filled(epochs, [p, horizon, radius, norms], clip_at, at)
        look = look_for(
            f"the memory horizon, how many words the gradient travels back: from {horizon[0]:g} to "
            f"{horizon[-1]:g}, while the spectral radius went from {radius[0]:.2f} to "
            f"{radius[-1]:.2f}. The gradient’s length is before clipping."
        )
        return {"metrics": drawn, "metrics look": look}


def _state(now: Reading) -> dict[str, Any]:
    """The sentence's hidden state and answers."""
    text = [f"{value:.2f}" for value in now.p]
    sides = states.sides(np.nan_to_num(np.asarray(now.p, float)))
    answers = {"y": curves.clean(now.p), "text": text, "textposition": sides}
    return {"data": {"0": {"z": [curves.clean(row) for row in now.fwd.h.T]}, "1": answers}}


def _weights_look(radius: float, bwd: BackwardTrace) -> Node:
    far, backwards = memory_horizon(bwd), bwd.forward.layer.layer.backwards
    start, way = ("first", "on") if backwards else ("last", "back")
    return look_for(
        f"dots that leave the circle: spectral radius {radius:.2f}. For your sentence the gradient "
        f"of the {start} word travels {way} {far} {'word' if far == 1 else 'words'}."
    )


@lru_cache(maxsize=64)
def blank(
    train: tuple[str, ...], test: tuple[str, ...], weights_shape: tuple[int, int],
    read: tuple[str, ...], answer: str, goal: int, top: float, log: bool, layer: str,
) -> list[Panel]:  # fmt: skip
    """The pictures before anything is filled in.

    top : the largest loss drawn, in nats. layer : the name of the one that is shown, or "".
    """
    n_rows, n_hidden = weights_shape
    nothing = np.zeros((len(read), n_hidden)), np.full(len(read), 0.5)
    state = states.film(*nothing, read, range(n_hidden), answer)
    n_train, of = len(train), f" · {layer}" if layer else ""
    stripes = (
        "stripes: are the columns still alike, or do they part as the words get their meaning? "
        "Below, |dL/dh|: where the bars reach, there it can learn."
    )
    red = "the last red cells: which sentences stay hard? Click one to make it yours."
    side: dict[str, Any] = {"area": "side", "card": True}
    return [
        Text("progress", ""),
        Figure("curves", curves.blank(goal, top, log), curves.HEIGHT, "Loss and accuracy by epoch",
               "Train solid, test dashed, the previous run grey"),
        Text("curves look", ""),
        Text("state title", node("h3", f"Your sentence, now{of}"), card=True),
        Figure("state", state, states.height(min(n_hidden, 16)), "The hidden state now",
               "Units over words, and the answer after each word", narrow=states.NARROW),
        Figure("gradient", curves.gradient(read), curves.GRADIENT_HEIGHT,
               "The gradient that reaches each word", "Bars on a log axis", narrow=curves.NARROW),
        Text("state look", look_for(stripes)),
        *picture("sentences", "Every sentence", sentences.blank([*train, *test], n_train),
                 sentences.height(n_train, len(test)), "By its error: white is right",
                 look_for(red), "side", clicks="cell"),
        *picture("weights", f"The recurrent weights{of}", weights.blank(n_hidden, n_rows),
                 weights.HEIGHT, "W_hh and its eigenvalues in the unit circle", **side),
        *picture("metrics", "On the way", curves.metrics(goal, len(read), answer), curves.HEIGHT,
                 "Answer, memory horizon, spectral radius and gradient by epoch", **side),
    ]  # fmt: skip


# ---- the line above the pictures ----


def progress(session: Session, others: int) -> Node:
    """How far it is, and a second line: the stages in slow motion, the ending, or the speed.

    others : as for the dashboard.
    """
    run, last = session.run, session.run.history[-1]
    text = [f"epoch {run.epoch} of {session.goal}", f"step {run.steps}",
            f"{percent(last.train_accuracy)} train"]  # fmt: skip
    if len(run.dataset.test):
        text.append(f"{percent(last.test_accuracy)} test")
    if session.over and (run.epoch or run.stopped) and not session.playing:
        second = node("p", node("b", story.ending(run)))
    elif session.pace == "slow" and session.until is None:
        second = slow_motion(session)
    else:
        second = node("p", _speed(session, others), class_="mono small quiet")
    share = min(run.epoch / max(session.goal, 1), 1.0)
    first = node("p", " · ".join(text), class_="mono small")
    return node("div", node("meter", value=share), first, second, class_="ticker")


def _speed(session: Session, others: int) -> str:
    """What the training took so far, or with how many others the machine is shared."""
    if others and session.playing:
        return f"shared with {others} others: pause when you have seen enough"
    if session.busy_s < 0.01:
        return ""
    size = min(session.run.hyperparameters.batch_size, len(session.run.dataset.train))
    rate = f"{session.busy_steps * size / session.busy_s:,.0f}".replace(",", " ")
    return f"{session.busy_s:.2f} s of training, {rate} sentences a second"


def slow_motion(session: Session) -> Node:
    """The four stages of one update, the present one marked, with its number."""
    run, stage = session.run, STAGES[session.stage]
    number = int(run.upcoming[0])
    text, label = run.dataset.train.texts[number], run.dataset.train.labels[number]
    fwd = run.model.forward(text)
    said = {
        "forward": f"reads “{text}”",
        "loss": f"L = {run.model.loss(fwd, label):.3f}, wanted {label}",
        "backward": f"|gradient| = {np.linalg.norm(run.model.backward(fwd, label).flat):.3f}",
        "update": f"W −= {run.hyperparameters.lr:g} · dW",
    }
    names = [node("span", one, class_="chip on" if one == stage else "chip") for one in STAGES]
    return node("div", *names, node("span", f" {said[stage]}", class_="mono small"), class_="chips")
