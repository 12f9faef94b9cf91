"""The Train page's pictures: made once, blank, for one run and sentence; filled at every tick."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from rnn_core import Encoding, Model, analysis
from ui import story, words
from ui.figures import curves, sentences, states, tracks, weights
from ui.plot.plot import Figure, Frame, Node, Panel, Text, node
from ui.reading import Reading
from ui.studio import STAGES, Studio

COLUMNS = "minmax(0, 1.55fr) minmax(0, 1fr)"


@dataclass(frozen=True)
class Wall:
    """All pictures of one studio for one sentence.

    target : the class wanted for the sentence. log : the loss by decades.
    """

    studio: Studio
    encoding: Encoding
    target: str
    log: bool

    @cached_property
    def panels(self) -> list[Panel]:
        """The blank pictures, in their cards."""
        run, model = self.studio.run, self.studio.run.model
        now = Reading(model, self.encoding)
        top = max(1.75 * math.log(len(model.classes)), 1.0)
        texts = [*run.dataset.train.texts, *run.dataset.test.texts]
        n_train, n_test = len(run.dataset.train), len(run.dataset.test)
        state = states.film(now.fwd.h, now.p, now.words, range(model.n_hidden), now.answer_name)
        shared = {"area": "side"}
        return [
            Text("ticker", ""),
            Figure("curves", curves.blank(self.studio.goal, top, self.log), curves.HEIGHT,
                   "Loss and accuracy by epoch", "Train solid, test dashed, the last run grey"),
            Text("curves look", ""),
            Text("state title", node("h3", "Your sentence, now"), card=True),
            Figure("state", state, states.height(min(model.n_hidden, 16)), "The hidden state now",
                   "Units over words, and the answer after each word", narrow=states.NARROW),
            Figure("blame", tracks.blame_blank(now.words), tracks.BLAME_HEIGHT,
                   "How much blame reaches each word", "Bars by decades", narrow=tracks.NARROW),
            Text("state look", words.look_for("stripes: columns begin alike, and part as the words "
                                              "get their meaning. Below, |dL/dh|: where the bars "
                                              "reach, there it can learn.")),
            Text("sentences title", node("h3", "Every sentence"), **shared),
            Figure("sentences", sentences.blank(texts, n_train), sentences.height(n_train, n_test),
                   "Every sentence by its error", "White is right", clicks="cell", **shared),
            Text("sentences look", words.look_for("the last red cells: the hardest sentences. "
                                                  "Click one to make it yours."), **shared),
            Text("weights title", node("h3", "The recurrent weights"), card=True, **shared),
            Figure("weights", weights.blank(model.n_hidden), weights.HEIGHT,
                   "W_hh and its eigenvalues", "Eigenvalues in the unit circle", **shared),
            Text("weights look", "", **shared),
            Text("tracks title", node("h3", "On the way"), card=True, **shared),
            Figure("tracks", tracks.blank(self.studio.goal, len(now.words), now.answer_name),
                   tracks.HEIGHT, "Answer, reach, radius and gradient by epoch", **shared),
            Text("tracks look", words.look_for(
                "reach, the words that blame travels back, and the radius growing together."),
                **shared),
        ]  # fmt: skip

    def frame(self, shown: int | None) -> Frame:
        """Everything as it is now, or as it was at the snapshot of an earlier epoch."""
        run = self.studio.run
        snapshot = None if shown is None or shown >= run.epoch else run.snapshot_at(shown)
        model = snapshot.model if snapshot else run.model
        at = snapshot.epoch if snapshot else self._epoch_now
        now = Reading(model, self.encoding)
        self.studio.track.follow(
            run, tuple(int(i) for i in now.fwd.ids), now.answer, model.class_number(self.target)
        )
        panels: dict[str, Any] = {
            "ticker": self._ticker(now),
            "curves": self._curves(at),
            "curves look": self._curves_look(),
            "state": self._state(now),
            "sentences": sentences.filled(self._errors(model), len(run.dataset.train)),
            "blame": tracks.blame_filled(
                analysis.blame_lengths(now.model.backward(now.fwd, self.target))
            ),
            "weights": weights.filled(model.params["W_hh"]),
            "weights look": self._weights_look(now),
            "tracks": self._tracks(at),
        }
        return Frame("now", None, "", panels)

    @property
    def _epoch_now(self) -> float:
        done = self.studio.run.steps / max(self.studio.steps_an_epoch, 1)
        return max(float(self.studio.run.epoch), min(done, self.studio.run.epoch + 0.99))

    def _errors(self, model: Model) -> list[float]:
        if model is self.studio.run.model:
            return [float(e) for exam in self.studio.run.exams for e in exam.errors()]
        dataset = self.studio.run.dataset
        return [
            1 - float(model.forward(text).p[-1, model.class_number(label)])
            for split in (dataset.train, dataset.test)
            for text, label in zip(split.texts, split.labels, strict=True)
        ]

    def _ticker(self, now: Reading) -> Node:
        """Where the run is, or in slow motion what it is doing to which sentence."""
        studio, run = self.studio, self.studio.run
        last = run.history[-1]
        rate = run.steps * run.hyperparameters.batch_size / studio.busy_s if studio.busy_s else 0
        line = [
            f"epoch {run.epoch} of {studio.goal}", f"step {run.steps}",
            f"{last.train_accuracy:.0%} train", f"{last.test_accuracy:.0%} test",
        ]  # fmt: skip
        if studio.busy_s > 0.02:
            line.append(f"{studio.busy_s:.2f} s, {rate:,.0f} sentences a second".replace(",", " "))
        parts: list[Node] = [node("p", " · ".join(line), class_="mono small")]
        if studio.over and run.epoch:
            parts.append(node("p", node("b", story.ending(run))))
        elif studio.pace == "slow" and run.stopped is None:
            parts.append(self._slow())
        share = min(run.epoch / max(studio.goal, 1), 1.0)
        return node("div", node("meter", value=share), *parts)

    def _slow(self) -> Node:
        """The four stages of one update, the present one marked, with its number."""
        run = self.studio.run
        number = int(run.upcoming[0])
        text, label = run.dataset.train.texts[number], run.dataset.train.labels[number]
        fwd = run.model.forward(text)
        said = {
            "forward": f"reads “{text}”",
            "loss": f"L = {run.model.loss(fwd, label):.3f}, wanted {label}",
            "backward": f"|gradient| = {np.linalg.norm(run.model.backward(fwd, label).flat):.3f}",
            "update": f"W −= {run.hyperparameters.lr:g} · dW",
        }
        stage = STAGES[self.studio.stage]
        chips = [
            node("span", name, class_="chip on" if name == stage else "chip") for name in STAGES
        ]
        return node(
            "div", *chips, node("span", " " + said[stage], class_="mono small"), class_="chips"
        )

    def _curves(self, at: float) -> dict[str, Any]:
        run = self.studio.run

        def rows(history: list[Any]) -> list[list[float]]:
            return [
                [r.epoch, r.train_loss, r.test_loss, r.train_accuracy, r.test_accuracy]
                for r in history[:: max(len(history) // 400, 1)]
            ]

        moments = story.moments(run)
        return curves.filled(
            rows(run.history), rows(self.studio.ghost), moments, at, self.studio.goal
        )

    def _curves_look(self) -> Node:
        name, share = story.majority(self.studio.run)
        return words.look_for(
            f"the plateau at {share:.2f} right: there it says “{name}” to everything. "
            "Train solid, test dashed, the last run grey."
        )

    def _state(self, now: Reading) -> dict[str, Any]:
        return {
            "data": {
                "0": {"z": np.round(now.fwd.h.T, 3).tolist()},
                "1": {"y": np.round(now.p, 3).tolist(), "text": [f"{v:.2f}" for v in now.p]},
            }
        }

    def _weights_look(self, now: Reading) -> Node:
        size = weights.radius(now.model.params["W_hh"])
        bwd = now.model.backward(now.fwd, self.target)
        reach = analysis.memory_horizon(analysis.blame_lengths(bwd))
        return words.look_for(
            f"dots that leave the circle: spectral radius {size:.2f}. For your sentence a mistake "
            f"at the last word reaches back {reach} {'word' if reach == 1 else 'words'}."
        )

    def _tracks(self, at: float) -> dict[str, Any]:
        run, rows = self.studio.run, self.studio.track.rows
        by_epoch = {record.epoch: record.gradient_norm for record in run.history}
        epochs = sorted(rows)
        lists = [[rows[e][i] for e in epochs] for i in range(3)]
        norms = [by_epoch.get(e) or float("nan") for e in epochs]
        hp = run.hyperparameters
        return tracks.filled(epochs, [*lists, norms], None if hp.clip == "none" else hp.clip_at, at)
