"""The Train page's pictures: made once, blank, for one run and sentence; filled at every tick."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from rnn_core import BackwardTrace, Encoding
from rnn_core.buffers import errors
from rnn_core.experiments import analysis
from ui import words
from ui.figures import curves, sentences, states, tracks, weights
from ui.figures.curves import clean
from ui.lenses import ticker
from ui.plot.plot import Figure, Frame, Node, Panel, Text, node
from ui.reading import Reading
from ui.studio import Studio
from ui.track import reach
from ui.words import story

COLUMNS = "minmax(0, 1.55fr) minmax(0, 1fr)"
LIVE_UNITS = 64
"""With more units, eigenvalues take too long for a tick: the last whole epoch's are shown."""
NEW_ROWS = 4
"""So many epochs are looked at again in one tick, for the curves On the way."""


@dataclass(frozen=True)
class Wall:
    """All pictures of one studio for one sentence.

    target : the class wanted for the sentence. layer : whose state and weights are shown. log :
    the loss by decades. others : how many more train now, when they are enough to be felt.
    """

    studio: Studio
    encoding: Encoding
    target: str
    layer: int
    log: bool
    others: int = 0

    @property
    def panels(self) -> list[Panel]:
        """The blank pictures, in their cards: the same ones for all who look at the same thing."""
        run, classes = self.studio.run, self.studio.run.model.classes
        now = Reading(run.model, self.encoding, layer=self.layer)
        return blank_panels(
            run.dataset.train.texts, run.dataset.test.texts, now.params["W_hh"].shape, now.words,
            now.answer_name, self.studio.goal, max(1.75 * math.log(len(classes)), 1.0), self.log,
            now.called,
        )  # fmt: skip

    def frame(self, shown: int | None) -> Frame:
        """Everything as it is now, or as it was at the snapshot of an earlier epoch."""
        run = self.studio.run
        snapshot = None if shown is None or shown >= run.epoch else run.snapshot_at(shown)
        model = snapshot.model if snapshot else run.model
        at = snapshot.epoch if snapshot else self._epoch_now
        now = Reading(model, self.encoding, layer=self.layer)
        self.studio.track.follow(
            run, tuple(int(i) for i in now.fwd.ids), now.answer, model.class_number(self.target),
            self.layer,
            most=NEW_ROWS if self.studio.playing else len(run.snapshots),
        )  # fmt: skip
        bwd = now.model.backward(now.fwd, self.target)
        w_hh = now.params["W_hh"]
        live = snapshot is None and model.n_hidden <= LIVE_UNITS
        last = snapshot.epoch if snapshot else run.snapshots[-1].epoch
        eigenvalues = weights.eigenvalues(w_hh) if live else self.studio.track.eigenvalues[last]
        panels: dict[str, Any] = {
            "ticker": ticker.line(self.studio, self.others),
            "curves": self._curves(at),
            "curves look": self._curves_look(),
            "state": _state(now),
            "sentences": sentences.filled(
                errors(model, run.dataset).tolist(), len(run.dataset.train)
            ),
            "blame": tracks.blame_filled(analysis.gradient_norms(bwd)[:, 0]),
            "weights": weights.filled(w_hh, eigenvalues),
            "weights look": _weights_look(weights.size(eigenvalues), bwd),
            "tracks": self._tracks(at),
        }
        return Frame("now", None, "", panels)

    @property
    def _epoch_now(self) -> float:
        done = self.studio.run.steps / max(self.studio.steps_an_epoch, 1)
        return max(float(self.studio.run.epoch), min(done, self.studio.run.epoch + 0.99))

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

    def _tracks(self, at: float) -> dict[str, Any]:
        run, rows = self.studio.run, self.studio.track.rows
        by_epoch = {record.epoch: record.gradient_norm for record in run.history}
        epochs = sorted(rows)
        lists = [[rows[e][0] for e in epochs], [rows[e][1] for e in epochs],
                 [self.studio.track.radii[e] for e in epochs]]  # fmt: skip
        norms = [by_epoch.get(e) or float("nan") for e in epochs]
        hp = run.hyperparameters
        return tracks.filled(epochs, [*lists, norms], None if hp.clip == "none" else hp.clip_at, at)


def _state(now: Reading) -> dict[str, Any]:
    """The sentence's hidden state and answers."""
    finite = np.nan_to_num(np.asarray(now.p, float))
    text = [f"{value:.2f}" for value in now.p]
    answers = {"y": clean(now.p), "text": text, "textposition": states.sides(finite)}
    return {"data": {"0": {"z": [clean(row) for row in now.fwd.h.T]}, "1": answers}}


def _weights_look(size: float, bwd: BackwardTrace) -> Node:
    """size : the spectral radius."""
    far, backwards = reach(bwd), bwd.forward.layer.layer.backwards
    start, way = ("first", "on") if backwards else ("last", "back")
    return words.look_for(
        f"dots that leave the circle: spectral radius {size:.2f}. For your sentence a mistake "
        f"at the {start} word reaches {way} {far} {'word' if far == 1 else 'words'}."
    )


@lru_cache(maxsize=64)
def blank_panels(
    train: tuple[str, ...], test: tuple[str, ...], weights_shape: tuple[int, int],
    read: tuple[str, ...], answer: str, goal: int, top: float, log: bool, layer: str,
) -> list[Panel]:  # fmt: skip
    """The pictures before anything is filled in.

    top : the largest loss drawn, in nats. layer : the name of the one that is shown, or "".
    """
    n_rows, n_hidden = weights_shape
    nothing = np.zeros((len(read), n_hidden)), np.full(len(read), 0.5)
    state = states.film(*nothing, read, range(n_hidden), answer)
    n_train, n_test = len(train), len(test)
    side, of = {"area": "side"}, f" · {layer}" if layer else ""
    return [
        Text("ticker", ""),
        Figure("curves", curves.blank(goal, top, log), curves.HEIGHT, "Loss and accuracy by epoch",
               "Train solid, test dashed, the last run grey"),
        Text("curves look", ""),
        Text("state title", node("h3", f"Your sentence, now{of}"), card=True),
        Figure("state", state, states.height(min(n_hidden, 16)), "The hidden state now",
               "Units over words, and the answer after each word", narrow=states.NARROW),
        Figure("blame", tracks.blame_blank(read), tracks.BLAME_HEIGHT,
               "How much blame reaches each word", "Bars by decades", narrow=tracks.NARROW),
        Text("state look", words.look_for(
            "stripes: columns begin alike, and part as the words get their meaning. "
            "Below, |dL/dh|: where the bars reach, there it can learn.")),
        Text("sentences title", node("h3", "Every sentence"), **side),
        Figure("sentences", sentences.blank([*train, *test], n_train),
               sentences.height(n_train, n_test), "Every sentence by its error",
               "White is right", clicks="cell", **side),
        Text("sentences look", words.look_for(
            "the last red cells: the hardest sentences. Click one to make it yours."), **side),
        Text("weights title", node("h3", f"The recurrent weights{of}"), card=True, **side),
        Figure("weights", weights.blank(n_hidden, n_rows), weights.HEIGHT,
               "W_hh and its eigenvalues", "Eigenvalues in the unit circle", **side),
        Text("weights look", "", **side),
        Text("tracks title", node("h3", "On the way"), card=True, **side),
        Figure("tracks", tracks.blank(goal, len(read), answer), tracks.HEIGHT,
               "Answer, reach, radius and gradient by epoch", **side),
        Text("tracks look", words.look_for(
            "reach, the words that blame travels back, and the radius growing together."), **side),
    ]  # fmt: skip
