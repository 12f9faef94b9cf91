"""The dashboard: every picture of a training, made once, blank, and filled at every tick."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from rnn_core import Encoding, Model
from rnn_core.buffers import outcomes
from rnn_core.language import perplexity
from rnn_core.vocabulary import tokenize
from ui.kit.player import Figure, Frame, Node, Panel, Room, Text, node
from ui.kit.sentence import sentence
from ui.kit.theme import QUIET, TICK, W_HH, W_HY, W_XH
from ui.sequence import state_film, states, targets
from ui.sequence.own_data import OWN
from ui.sequence.reading import Reading
from ui.sequence.session import Session
from ui.sequence.targets import Target
from ui.train import curves, sentences, story, text, weights
from ui.train.metrics import Metrics, eigenvalues, memory_horizon, spectral_radius
from ui.train.slow_motion import Lesson

COLUMNS = "minmax(0, 612fr) minmax(0, 356fr)"
NOT_PRESENTED = ("curves look", "weights title", "weights")
LIVE_UNITS = 64
"""With more units, eigenvalues take too long for a tick: the last whole epoch's are shown."""
NEW_ROWS = 4
"""So many epochs are looked at again in one tick, for the curves On the way."""


@dataclass(frozen=True)
class Dashboard:
    """All pictures of one session for one sentence.

    own : whether it is the visitor's, "" or why it is not. target : what is wanted for it. layer
    : whose state and weights are shown. log : the loss on a log axis. epoch : an earlier moment
    that is shown, None for now. others : how many more train now, when they are enough to be felt.
    """

    session: Session
    metrics: Metrics
    encoding: Encoding
    instead: str
    target: Target
    layer: int
    log: bool = False
    epoch: int | None = None
    others: int = 0
    present: bool = False

    @cached_property
    def model(self) -> Model:
        """The model of the moment."""
        if self.epoch is None:
            return self.session.run.model
        return self.session.run.snapshot_at(self.epoch).model

    @cached_property
    def now(self) -> Reading:
        """The sentence, read by it."""
        return Reading(self.model, self.encoding, layer=self.layer, target=self.target)

    @cached_property
    def lesson(self) -> Lesson | None:
        """The sentence that slow motion learns from, while it does."""
        here = self.session
        slow = here.slow and not here.over
        return Lesson(here, self.layer) if slow and self.epoch is None else None

    @property
    def at(self) -> float:
        """The moment, in epochs."""
        run = self.session.run
        if self.epoch is not None:
            return run.snapshot_at(self.epoch).epoch
        within = min(run.steps / self.session.steps_an_epoch - run.epoch, 0.99)
        return run.epoch + max(within, 0.0)

    @property
    def span(self) -> tuple[float, float]:
        """The losses that the curves hold, or the perplexities."""
        n_classes = len(self.model.classes)
        if targets.is_language(self.model):
            return 1.0, 1.1 * n_classes
        return curves.FLOOR * self.log, curves.top_loss(n_classes)

    @property
    def answer_name(self) -> str:
        """Whose probability stands under the states."""
        return text.RIGHT_ANSWER if self.model.per_step else self.now.answer_name

    @property
    def panels(self) -> list[Panel]:
        """The blank pictures, in their cards: the same ones for all who look at the same thing."""
        data, now = self.metrics.asked, self.now
        made = self._once(
            blank,
            data.train.texts, data.test.texts, now.tokens, now.known, now.model.n_hidden,
            self.answer_name, self.session.goal, self.span, self.log,
        )  # fmt: skip
        if self.lesson:
            made = [*made[:4], *self.lesson.panels, *made[6:]]
        return [panel for panel in made if not (self.present and panel.name in NOT_PRESENTED)]

    @property
    def frame(self) -> Frame:
        """Everything as it is at the moment."""
        lesson = self.lesson
        panels = {
            "progress": progress(self.session),
            **self._curves(),
            **(lesson.patches if lesson else self._state()),
            **self._sentences(),
            **self._weights(),
        }
        at = lesson.now.columns[lesson.t] if lesson else self.now.columns[-1]
        return Frame("now", None, f"epoch {self.at:.0f}", panels, at)

    def follow(self) -> Metrics:
        """The metrics, up to date."""
        ids = tuple(int(i) for i in self.now.fwd.ids)
        few = NEW_ROWS if self.session.playing else len(self.session.run.snapshots)
        self.metrics.follow(ids, self.now.answer, self.target, self.layer, most=few)
        return self.metrics

    def _once(self, make: Any, *args: Any) -> Any:
        """make(*args), made once: for all who look at the same; of own data for this visitor."""
        if self.session.run.dataset.name != OWN:
            return make(*args)
        return self.metrics.mine(make.__wrapped__, *args)

    def _curves(self) -> dict[str, Any]:
        run, previous = self.session.run, self.session.previous
        is_language = targets.is_language(self.model)
        shown: Callable[[float], float] = perplexity if is_language else float
        now, before = (
            [[r.epoch, shown(r.train_loss), shown(r.test_loss), r.train_accuracy, r.test_accuracy]
             for r in [*history[: -1 : max(len(history) // 400, 1)], *history[-1:]]]
            for history in (run.history, previous)
        )  # fmt: skip
        drawn = curves.filled(now, before, self.at, self.span)
        grey = text.PREVIOUS.format(n=previous[-1].epoch) if previous else ""
        title = _heading(text.CURVES["perplexity" if is_language else "loss"],
                         node("b", text.TRAIN_LINE, color=W_HY), " · ",
                         node("b", text.TEST_LINE, color=W_XH), grey)  # fmt: skip
        return {
            "curves": drawn,
            "curves title": title,
            "curves look": said(self.session, self.others),
        }

    def _state(self) -> dict[str, Any]:
        """The sentence's hidden state and answers."""
        now = self.now
        p = np.asarray(now.p_right if now.model.per_step else now.p, float)
        last = len(p) - 1
        answers = {
            "y": curves.clean(p), "text": ["" if np.isnan(v) else f"{v:.2f}" for v in p],
            "textposition": states.sides(np.nan_to_num(p)),
        }  # fmt: skip
        z = states.spread(now.fwd.h, now.known)
        when = text.STATE[("now" if self.epoch is None else "then") + (" of" if now.called else "")]
        whose = when.format(whose=self.instead or text.YOURS, epoch=self.at, layer=now.called)
        title = _heading(whose, state_film.verdict(now, last))
        pale = {"y": [None] * len(p), "text": [""] * len(p)}
        return {"state": {"data": {"0": {"z": z}, "1": pale, "2": answers}}, "state title": title}

    def _sentences(self) -> dict[str, Any]:
        data, whole = self.metrics.asked, self.session.run.dataset
        train, test = data.train.texts, data.test.texts
        errors, right = outcomes(self.model, data)
        mine = None if self.instead else self._once(numbered, train, test).get(self.encoding.tokens)
        name = text.EVERY
        if data is not whole:
            name = text.SOME_OF.format(n=len(errors), all=len(whole.train) + len(whole.test))
        framed = text.FRAMED["none" if mine is None else "yours"]
        return {
            "sentences": sentences.filled(errors.tolist(), (right == 1).tolist(), len(train), mine),
            "sentences title": _heading(name, framed),
        }

    def _weights(self) -> dict[str, Any]:
        run, known = self.session.run, self.follow().eigenvalues
        live = self.epoch is None and self.model.n_hidden <= LIVE_UNITS
        last = run.snapshots[-1].epoch if self.epoch is None else int(self.at)
        values = eigenvalues(self.now.params["W_hh"]) if live else known[last]
        bwd = self.model.backward(self.now.fwd, targets.only(self.target))
        radii = [(epoch, spectral_radius(known[epoch])) for epoch in sorted(known)]
        drawn = weights.filled(
            known[min(known)], values, radii, spectral_radius(values), memory_horizon(bwd)
        )
        kind = "of" if self.now.called else "one"
        w_hh = node("em", "W", node("sub", "hh"), color=W_HH)
        name = sentence(text.EIGENVALUES[kind], weights=w_hh, layer=self.now.called)
        title = _heading(node("h3", *name), text.AT_THE_START[kind])
        return {"weights": drawn, "weights title": title}


def _heading(title: Node, *right: Node) -> Node:
    """A card's title, and what stands at the other end of the line."""
    name = node("h3", title) if isinstance(title, str) else title
    return node("div", name, node("span", *right, class_="sub right"), class_="heading")


@lru_cache(maxsize=8)
def numbered(train: tuple[str, ...], test: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """{words of a sentence: its number among all}."""
    return {tuple(tokenize(text)[0]): i for i, text in enumerate([*train, *test])}


@lru_cache(maxsize=64)
def blank(
    train: tuple[str, ...], test: tuple[str, ...], words: tuple[str, ...], known: tuple[bool, ...],
    n_hidden: int, answer: str, goal: int, span: tuple[float, float], log: bool,
) -> list[Panel]:  # fmt: skip
    """The pictures before anything is filled in. span : the losses drawn, in nats; from 1 on they
    are perplexities.
    """
    n = sum(known)
    side: dict[str, Any] = {"area": "side"}
    state = states.film(np.zeros((n, n_hidden)), np.full(n, 0.5), words, known, range(n_hidden),
                        answer, named=True)  # fmt: skip
    state.update_annotations(text=text.SKIPPED)
    units = text.N_UNITS.format(n=n_hidden)
    state.update_layout(yaxis={"showticklabels": False, "title_text": units})
    state.data[2].update(textfont={"size": TICK, "color": [QUIET] * (n - 1) + [W_HY]},
                         marker={"size": [7] * (n - 1) + [12]})  # fmt: skip
    rooms = [Room("yaxis", px=70, grow=3), Room("yaxis2", px=44, grow=1, gap=8)]
    return [
        Text("progress", "", area="where", card="bare"),
        Text("curves title", "", card=True, share=248),
        Figure("curves", curves.blank(goal, span, log), 112, text.CURVES_LABEL, text.CURVES_SAY,
               grow=1),
        Text("curves look", ""),
        Text("state title", "", card=True, share=266),
        Figure("state", state, 190, text.STATE_LABEL, text.STATE_SAYS, narrow=states.NARROW,
               columns=len(words), grow=1, stack=rooms),
        Text("sentences title", "", card=True, share=248, **side),
        Figure("sentences", sentences.blank([*train, *test], len(train)), 150, text.EVERY,
               text.EVERY_SAYS, clicks="cell", grow=1, **side),
        Text("sentences look", sentences.legend(), **side),
        Text("weights title", "", card=True, share=266, **side),
        Figure("weights", weights.blank(goal), 190, text.EIGENVALUES_LABEL, text.EIGENVALUES_SAY,
               grow=1, **side),
    ]  # fmt: skip


# ---- lines of text ----


def progress(session: Session) -> Node:
    """How far it is; while it plays a bar as well, which rests as the slider of its moments."""
    run = session.run
    said = node("span", *sentence(text.PROGRESS, epoch=node("b", str(run.epoch)),
                                  goal=session.goal, step=run.steps))  # fmt: skip
    bar = [node("meter", value=run.epoch / max(session.goal, 1))] if session.playing else []
    return node("div", *bar, said, class_="ticker")


def said(session: Session, others: int) -> Node:
    """Two lines under the curves: what there is to tell of the run, or its ending.

    others : as for the dashboard.
    """
    run = session.run
    if session.playing:
        told: list[Node] = [story.so_far(run)]
        if others:
            told = [text.SHARED.format(n=others), *told]
    elif session.over and (run.epoch or run.stopped):
        told = [node("b", story.ending(run)), text.TOOK.format(seconds=session.busy_s)]
    else:
        told = [story.so_far(run)]
    if not session.playing and not session.restorable:
        told.append(text.FORKED)
    return node("p", *told, class_="look")
