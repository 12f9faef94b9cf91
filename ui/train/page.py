"""Train: press play, change a setting, go back in time. Every picture is this run, at this moment.

Three rings, so that a click costs no more than what it changes: the page with its settings, in it
the stage with the buttons, and in that the dashboard, which a timer fills while it plays.
"""

from __future__ import annotations

import streamlit as st

from rnn_core import Encoding
from ui.kit import jobs, settings
from ui.kit.error_boundary import fragment
from ui.kit.player import film
from ui.kit.scheduler import SCHEDULER
from ui.sequence import box, models, tokens, view
from ui.sequence.session import Session
from ui.train import controls, dashboard, paired, sentences, training
from ui.train.metrics import Metrics


@fragment
def stage(here: Session, encoding: Encoding, target: str) -> None:
    """The buttons, the slider of moments, and the dashboard below them."""
    training.settle(here)
    controls.transport(here)
    past, scale = st.columns([4, 1], vertical_alignment="center")
    with past:
        moment = controls.moment(here)
    with scale:
        log = controls.loss_scale()
    layer = view.layer_choice(here.run.model)
    settings.show_notes()
    away = jobs.away(models.SESSION) if here.playing else None

    def draw(_: Session) -> None:
        """The pictures as they are after a slice of training."""
        training.follow(here)
        others = SCHEDULER.n_training - 1 if SCHEDULER.crowded else 0
        now = dashboard.Dashboard(here, metrics(here), encoding, target, layer, log, others)
        film("dashboard", now.panels, [now.frame(moment)], transport=False, on_away=away,
             columns=dashboard.COLUMNS, on_click=sentence_clicked)  # fmt: skip

    jobs.show(models.SESSION, draw, around=lambda: settings.get("s"))


def metrics(here: Session) -> Metrics:
    """Those of its run, kept from tick to tick."""
    mine: Metrics | None = settings.kept().get("metrics")
    if mine is None or mine.run is not here.run:
        mine = settings.kept()["metrics"] = Metrics(here.run)
    return mine


def sentence_clicked() -> None:
    """A callback: one of the data's sentences was clicked; it becomes the visitor's own."""
    click, data = settings.reported("dashboard", "click") or {}, models.data()
    if click.get("panel") == "sentences":
        place = int(click["x"]), int(click["y"])
        index = sentences.index_at(*place, len(data.train), len(data.test))
        if index is not None:
            box.read([*data.train.texts, *data.test.texts][index])


def show() -> None:
    """Draw the page."""
    with st.container(key="training"):
        left, right = st.columns([1, 3.4], gap="medium")
    with left:
        controls.all_settings()
    here = training.session()
    dataset, vocabulary = here.run.dataset, here.run.model.vocabulary
    with right:
        sentence = box.show(vocabulary)
        readable = tokens.show(sentence, vocabulary, always=False)
        controls.presets()
        encoding = sentence.encoding if readable else vocabulary.encode(dataset.train.texts[0])
        target = dataset.known_label(" ".join(encoding.tokens)) or here.run.model.classes[-1]
        stage(here, encoding, target)
    paired.show(here)
