"""Train: press play, change a setting, go back in time. Every picture is this run, at this moment.

Three rings, so that a click costs no more than what it changes: the page with its settings, in it
the stage with the buttons, and in that the dashboard, which a timer fills while it plays.
"""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from ui.kit import frame, jobs, settings
from ui.kit.error_boundary import fragment
from ui.kit.player import film, still
from ui.kit.scheduler import SCHEDULER
from ui.sequence import (
    architecture,
    box,
    events,
    models,
    take_along,
    targets,
    tokens,
    view,
    weight_dial,
)
from ui.sequence.session import Session
from ui.train import controls, mistakes, on_the_way, paired, sentences, text, training
from ui.train.dashboard import COLUMNS, Dashboard
from ui.train.metrics import Metrics

FOOT = 38
"""Pixels under the film: the tabs, which peek in."""
BELOW_S = 0.5
"""Under the tabs pictures follow the training so often."""
PAIRED = {text.TABS["two"]: paired.two, text.TABS["many"]: paired.many}
MISTAKES = text.TABS["mistakes"]
FOLLOWING = {text.TABS["way"]: on_the_way.panels, text.TABS["weights"]: on_the_way.matrix,
             MISTAKES: lambda board: mistakes.panels(board, settings.get("part"))}  # fmt: skip
"""What stands under the tabs; the latter follows the training."""


@fragment
def stage(board: Dashboard) -> None:
    """The buttons and the slider of moments, the dashboard below them, and the tabs."""
    here, present = board.session, frame.presents("runs")
    training.settle(here)
    board = replace(board, epoch=controls.transport(here), present=present)
    settings.show_notes()
    take_along.of_training(here.run, board.epoch, board.encoding.ids)
    away = jobs.away(models.SESSION) if here.playing else None

    def draw(_: Session) -> None:
        """The pictures as they are after a slice of training."""
        training.follow(here)
        others = SCHEDULER.n_training - 1 if SCHEDULER.crowded else 0
        now = replace(board, metrics=metrics(here), others=others)
        film("dashboard", now.panels, [now.frame], transport=False, on_away=away, columns=COLUMNS,
             fill=FOOT, present=present, on_click=sentence_clicked)  # fmt: skip

    jobs.show(models.SESSION, draw, around=lambda: settings.get("s"))
    if not present:
        with st.container(key="below"):
            below(board)


def below(board: Dashboard) -> None:
    """A tab for each other way to look at training; only the open one is computed."""
    here = board.session
    tabs = settings.tabs("runs", [*PAIRED, *FOLLOWING])
    name = next((name for name, tab in tabs.items() if tab.open), "")

    def draw() -> None:
        columns = mistakes.COLUMNS if name == MISTAKES else "minmax(0, 1fr)"
        still("under tabs", *FOLLOWING[name](replace(board, metrics=metrics(here))),
              columns=columns, on_click=events.sentence_clicked("under tabs"))  # fmt: skip

    if name:
        with tabs[name]:
            if name in PAIRED:
                PAIRED[name](here)
            else:
                if name == MISTAKES:
                    settings.segments("part", text.OF_WHICH, text.PARTS)
                fragment(draw, BELOW_S if here.playing else None)()


def metrics(here: Session) -> Metrics:
    """Those of its run, kept from tick to tick."""
    mine: Metrics | None = settings.kept().get("metrics")
    if mine is None or mine.run is not here.run:
        mine = settings.kept()["metrics"] = Metrics(here.run)
    return mine


def sentence_clicked() -> None:
    """A callback: one of the data's sentences was clicked; it becomes the visitor's own."""
    click, here = settings.reported("dashboard", "click") or {}, models.session()
    if click.get("panel") == "sentences":
        data = metrics(here).asked if here else models.data()
        place = int(click["x"]), int(click["y"])
        index = sentences.index_at(*place, len(data.train), len(data.test))
        if index is not None:
            box.read([*data.train.texts, *data.test.texts][index])


def show() -> None:
    """Draw the page."""
    row = frame.controls()
    with row:
        sentence = box.show(vocabulary := models.data().vocabulary)
        box.examples(vocabulary)
        controls.recipes()
        more = st.popover(text.MORE)
    with more:
        controls.more()
    with st.container(key="bench", horizontal=True):
        left, right = st.container(width=240), st.container(width="stretch", key="training")
    with left, st.container(border=True, key="card settings"):
        controls.at_once()
        controls.new_run()
    here = training.session()
    if settings.get("runs") not in PAIRED and jobs.asked_to_begin():
        training.begin(here)
    dataset, encoding, instead = here.run.dataset, sentence.encoding, ""
    with row:
        tokens.remarks(sentence, vocabulary, offer=False)
        weight_dial.not_trained()
    with more:
        layer = view.layer_choice(here.run.model)
        counted = architecture.parameter_formula(here.run.model)
        st.caption(text.COUNTED.format(formula=counted))
    model, nothing_known = here.run.model, not len(encoding.ids)
    target = None if nothing_known else targets.right(dataset, model, encoding)
    if nothing_known or (model.per_step and target is None):
        instead = text.NOT_YOURS["unknown" if nothing_known else "not asked"]
        encoding = vocabulary.encode(box.trim(dataset.train.texts[0], vocabulary)[0])
        target = targets.right(dataset, model, encoding)
    target = target or model.classes[-1]
    log = settings.get("loss") == "log"
    with right:
        stage(Dashboard(here, metrics(here), encoding, instead, target, layer, log))
