"""A visitor's model from a file: checked, kept in this visit's memory, and another who reads."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from rnn_core import Checkpoint, Dataset, LanguageRun, Snapshot, Text, TrainingRun
from rnn_core.checkpoint import loads
from rnn_core.wirings import Split
from ui.kit import settings
from ui.sequence import datasets
from ui.sequence import text_model as text

FILE = "file"
"""This value of the setting `model`, and under this key it is kept."""
MOST_MB = 5
LACKING = text.LACKING
"""Why a run whose data is not here has stopped."""


@dataclass(frozen=True)
class OwnModel:
    """name : of the file. run : the model as a run that has come so far; it goes on if its data is
    here, else there is nothing in its dataset.
    """

    name: str
    run: TrainingRun

    @property
    def has_data(self) -> bool:
        """Whether what it was trained on is here, so that it can be trained on."""
        return self.run.stopped is None


def kept() -> OwnModel | None:
    """The model from this visitor's last file, if there was one."""
    mine: OwnModel | None = settings.kept().get(FILE)
    return mine


def reads() -> OwnModel | None:
    """The same where it was chosen; a link that asks for one holds none, and that is said."""
    if settings.get("model") != FILE:
        return None
    if (mine := kept()) is None:
        settings.note(text.NO_FILE_HERE)
        settings.put(model=None)
    return mine


def checked(content: bytes, name: str) -> tuple[Checkpoint, str]:
    """What is in a file, and its name in one line. Raises ValueError that says what is wrong."""
    name = " ".join(name.split())[:60]
    if len(content) > MOST_MB * 10**6:
        size = len(content) / 10**6
        raise ValueError(text.TOO_LARGE.format(name=name, size=size, most=MOST_MB))
    return loads(content, name), name


def take(content: bytes, name: str) -> None:
    """Let the model of a file read from now on. Raises ValueError that says what is wrong."""
    made, name = checked(content, name)
    model = made.model
    if model.vocabulary is None or model.source is not None or model.n_start:
        raise ValueError(text.NOT_A_READER.format(name=name))
    settings.kept()[FILE] = OwnModel(name, run_of(made))
    settings.put(model=FILE, epoch=None, t=None, f=None, unit=None, target=None)


def forget() -> None:
    """A callback: keep it no longer."""
    settings.kept().pop(FILE, None)
    settings.put(model=None)


def run_of(made: Checkpoint, data: Dataset | None = None) -> TrainingRun:
    """A checkpoint as a run on the data it was trained on; on none where that is not here.

    data : that, where the page knows it.
    """
    data = data or _data(made)
    hp = replace(made.hyperparameters, dtype="float64")
    kind = LanguageRun if isinstance(data, Text) and len(data.stream) else TrainingRun
    run = kind(data, hp, trained=made.model, epoch=made.epoch)
    if not run.snapshots:  # there is nothing on which it could be measured
        run.snapshots.append(Snapshot(run.epoch, run.model.flat.copy(), run.model))
        run.stopped = LACKING
    run.history[:] = made.history or run.history
    return run


def _data(made: Checkpoint) -> Dataset:
    model, names = made.model, datasets.names()
    if made.dataset in (*names, datasets.EVERYDAY):
        data = datasets.dataset(made.dataset)
        known = data.vocabulary is not None and model.vocabulary is not None
        if known and data.vocabulary.words == model.vocabulary.words \
                and data.classes == model.classes and data.per_step == model.per_step:  # fmt: skip
            return data
    none = no_sequences(model.per_step)
    return Dataset(made.dataset, none, none, model.vocabulary, model.classes)


def no_sequences(per_step: bool) -> Split:
    """The part of a dataset of which nothing is here."""
    nothing = np.zeros((1, 0), np.intp)
    return Split((), (), nothing, np.zeros(0, np.intp), nothing if per_step else nothing[0])
