"""A model from a file: the place where it is given, what it is, and the way to train it on."""

from __future__ import annotations

import math

import streamlit as st

from ui.kit import jobs, settings
from ui.kit.frame import PAGES
from ui.kit.scheduler import PAGE_LOCK
from ui.kit.settings import as_text
from ui.kit.table import TABLE
from ui.sequence import architecture, models, own_model
from ui.sequence.models import Chosen
from ui.sequence.own_model import OwnModel
from ui.sequence.session import Session

SEEN = "model file seen"
"""Under this key the file that was read last, so that it is read once."""
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
    file = st.file_uploader("A model from a file, as Share saves it", ["safetensors"],
                            key="model file", max_upload_size=own_model.MOST_MB,
                            help="It stays in this visit, and is written to no disk.")  # fmt: skip
    seen = settings.kept().get(SEEN)
    if file is None or seen == (file.file_id, ""):
        return
    if seen and seen[0] == file.file_id:
        st.error(seen[1], icon=":material/info:")
        return
    settings.kept()[SEEN] = file.file_id, ""
    try:
        with st.spinner("Reading …"), PAGE_LOCK.outside():
            own_model.take(file.getvalue(), file.name)
    except ValueError as error:
        settings.kept()[SEEN] = file.file_id, f"{as_text(str(error))}. Nothing has changed."
    st.rerun()


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
