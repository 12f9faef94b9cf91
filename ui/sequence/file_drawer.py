"""A model from a file: the place where it is given, what it is, and the way to train it on."""

from __future__ import annotations

import math
from collections.abc import Callable

import streamlit as st

from rnn_core import Checkpoint, TrainingRun
from ui.kit import go, jobs, settings
from ui.kit.page_lock import PAGE_LOCK
from ui.kit.settings import as_text
from ui.kit.table import TABLE, Value
from ui.sequence import architecture, models, own_model
from ui.sequence import text_model as text
from ui.sequence.learner import Learner
from ui.sequence.models import Chosen
from ui.sequence.own_model import OwnModel
from ui.sequence.session import Session

SETTINGS = {"cell": "cell", "layers": "n_layers", "both": "bidirectional", "units": "n_hidden",
            "activation": "activation", "lr": "lr", "optimizer": "optimizer", "batch": "batch_size",
            "init": "init", "radius": "spectral_radius", "clip": "clip", "at": "clip_at",
            "forget": "forget_bias", "seed": "seed"}  # fmt: skip
"""{setting: its name in Hyperparameters}"""


def show() -> None:
    """Where a file is given; of the model that reads from one, what can be done with it."""
    if mine := own_model.reads():
        with st.container(horizontal=True):
            if mine.has_data:
                st.button(text.TRAIN_ON, key="train file", type="tertiary", on_click=_to_train,
                          args=(mine,))  # fmt: skip
            st.button(text.FORGET, key="forget file", type="tertiary", on_click=own_model.forget)
    upload("model file", own_model.take)


def upload(key: str, take: Callable[[bytes, str], None]) -> None:
    """A place for a file, which is read once; what is wrong with it is said.

    take : gets its content and its name; ValueError says what is wrong.
    """
    file = st.file_uploader(text.MODEL_FILE, ["safetensors"], key=key, help=text.STAYS,
                            max_upload_size=own_model.MOST_MB)  # fmt: skip
    read_last = f"{key} seen"
    seen = settings.kept().get(read_last)
    if file is None or seen == (file.file_id, ""):
        return
    if seen and seen[0] == file.file_id:
        st.error(seen[1], icon=":material/info:")
        return
    settings.kept()[read_last] = file.file_id, ""
    try:
        with st.spinner(text.READING), PAGE_LOCK.outside():
            take(file.getvalue(), file.name)
    except ValueError as error:
        wrong = text.NOT_TAKEN.format(error=as_text(str(error)))
        settings.kept()[read_last] = file.file_id, wrong
    st.rerun()


def in_place_of(learner: Learner, run_of: Callable[[Checkpoint], TrainingRun]) -> None:
    """The same on a page with a training of its own, whose place the model takes.

    run_of : a checkpoint as a run; ValueError where its model does not belong to the page.
    """
    if (here := learner.work) is not None and here.file:
        st.markdown(_trained(here.file, here.run))
        if here.run.stopped == own_model.LACKING:
            st.markdown(text.MODEL_LACKS)
        st.button(text.FORGET, key="forget file", type="tertiary", on_click=learner.forget)

    def take(content: bytes, name: str) -> None:
        made, name = own_model.checked(content, name)
        learner.take(run_of(made), name)

    upload(f"{learner.key} file", take)


def about(chosen: Chosen) -> str:
    """Where this model comes from, in Markdown."""
    run, right = chosen.run, chosen.record.test_accuracy
    said = [_trained(chosen.file, run)]
    if math.isfinite(right):
        said.append(text.MODEL_RIGHT.format(right=right))
    if run.stopped:
        said.append(text.MODEL_READS)
    return " ".join([*said, text.MODEL_KNOWS.format(n=len(run.dataset.vocabulary or ()))])


def _trained(file: str, run: TrainingRun) -> str:
    """What it is, and how it was trained."""
    data = as_text(run.dataset.name[:60]) or text.SOMETHING
    network = architecture.describe(run.hyperparameters)
    return text.MODEL_SAYS.format(file=as_text(file), n=run.epoch, data=data, network=network)


def _to_train(mine: OwnModel) -> None:
    """A callback: go on with its training, where the page Train can."""
    if can_train(mine):
        go.to("train", lambda: train_on(mine))
    else:
        settings.note(text.CANNOT_TRAIN)


def can_train(mine: OwnModel) -> bool:
    """Whether the settings of the page Train can say how it was trained."""
    said, hp = _said(mine), mine.run.hyperparameters
    if any(TABLE[name].nearest(value) != value for name, value in said.items()):
        return False
    before = {name: settings.get(name) for name in said}
    settings.put(**said)
    fits = models.hyperparameters() == hp
    settings.put(**before)
    return fits


def _said(mine: OwnModel) -> dict[str, Value]:
    """The settings as it was trained."""
    hp = mine.run.hyperparameters
    return {"data": mine.run.dataset.name,
            **{name: getattr(hp, ours) for name, ours in SETTINGS.items()}}  # fmt: skip


def train_on(mine: OwnModel) -> None:
    """Make it this visitor's own training, which goes on from there."""
    run = mine.run
    settings.put(**_said(mine), wiring="sentence", model="trained", epoch=run.epoch)
    jobs.stop(models.SESSION)
    with PAGE_LOCK.outside():
        here = Session(run.dataset, run.hyperparameters)
        here.run, here.forked = run.fork(run.epoch), True
    here.goal = here.asked = int(settings.get("goal"))
    jobs.ready(models.SESSION, here)
