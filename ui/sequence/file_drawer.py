"""A model from a file: the place where it is given, what it is, and the way to train it on."""

from __future__ import annotations

import math
from collections.abc import Callable

import streamlit as st

from rnn_core import Checkpoint, TrainingRun
from ui.kit import jobs, settings
from ui.kit.frame import PAGES
from ui.kit.page_lock import PAGE_LOCK
from ui.kit.settings import as_text
from ui.kit.table import TABLE
from ui.sequence import architecture, models, own_model
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
            if mine.has_data and st.button("Train it on", key="train file", type="tertiary"):
                if train_on(mine):
                    st.switch_page(PAGES["train"].link)
                settings.note("It was trained in a way that this page cannot set: it can be read "
                              "here, and trained on with rnn_core.")  # fmt: skip
            st.button("Forget it", key="forget file", type="tertiary", on_click=own_model.forget)
    upload("model file", own_model.take)


def upload(key: str, take: Callable[[bytes, str], None]) -> None:
    """A place for a file, which is read once; what is wrong with it is said.

    take : gets its content and its name; ValueError says what is wrong.
    """
    file = st.file_uploader("A model from a file, as Share saves it", ["safetensors"],
                            key=key, max_upload_size=own_model.MOST_MB,
                            help="It stays in this visit, and is written to no disk.")  # fmt: skip
    read_last = f"{key} seen"
    seen = settings.kept().get(read_last)
    if file is None or seen == (file.file_id, ""):
        return
    if seen and seen[0] == file.file_id:
        st.error(seen[1], icon=":material/info:")
        return
    settings.kept()[read_last] = file.file_id, ""
    try:
        with st.spinner("Reading …"), PAGE_LOCK.outside():
            take(file.getvalue(), file.name)
    except ValueError as error:
        settings.kept()[read_last] = file.file_id, f"{as_text(str(error))}. Nothing has changed."
    st.rerun()


def in_place_of(learner: Learner, run_of: Callable[[Checkpoint], TrainingRun]) -> None:
    """The same on a page with a training of its own, whose place the model takes.

    run_of : a checkpoint as a run; ValueError where its model does not belong to the page.
    """
    if (here := learner.work) is not None and here.file:
        run, data = here.run, as_text(here.run.dataset.name[:60]) or "nobody knows what"
        st.markdown(f"**{as_text(here.file)}.** Trained {run.epoch} epochs on {data}; "
                    f"{architecture.describe(run.hyperparameters)}.")  # fmt: skip
        if run.stopped == own_model.LACKING:
            st.markdown("What it learned from is not here: it cannot be trained on.")
        st.button("Forget it", key="forget file", type="tertiary", on_click=learner.forget)

    def take(content: bytes, name: str) -> None:
        made, name = own_model.checked(content, name)
        learner.take(run_of(made), name)

    upload(f"{learner.key} file", take)


def about(chosen: Chosen) -> str:
    """Where this model comes from, in Markdown."""
    run, record, said = chosen.run, chosen.record, f"**{as_text(chosen.file)}.** "
    data = as_text(run.dataset.name[:60]) or "nobody knows what"
    said += f"Trained {run.epoch} epochs on {data}; {architecture.describe(run.hyperparameters)}. "
    if math.isfinite(record.test_accuracy):
        said += f"Right: {record.test_accuracy:.1%} of the test. "
    if run.stopped:
        said += "Its data is not here: it reads, but cannot be trained on. "
    return said + f"It knows {len(run.dataset.vocabulary or ()):,} words."


def train_on(mine: OwnModel) -> bool:
    """Make it this visitor's own training, which goes on from there; False where the settings of
    the page Train cannot say how it was trained.
    """
    run, hp = mine.run, mine.run.hyperparameters
    said = {name: getattr(hp, ours) for name, ours in SETTINGS.items()}
    if any(TABLE[name].nearest(value) != value for name, value in said.items()):
        return False
    before = {name: settings.get(name) for name in (*said, "data", "model", "epoch")}
    settings.put(**said, data=run.dataset.name, model="trained", epoch=run.epoch)
    if models.hyperparameters() != hp:
        settings.put(**before)
        return False
    jobs.stop(models.SESSION)
    with PAGE_LOCK.outside():
        here = Session(run.dataset, hp)
        here.run, here.forked = run.fork(run.epoch), True
    here.goal = here.asked = int(settings.get("goal"))
    jobs.start(models.SESSION, lambda: here)
    return True
