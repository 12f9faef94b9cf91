"""What can be taken along of a sentence or a training: its numbers, its model, and code.

Each file is made of a trace, a model or a history, when somebody asks for it. It knows no widgets.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from functools import partial

import numpy as np

from rnn_core import BackwardTrace, Checkpoint, Epoch, ForwardTrace, Model, TrainingRun, twin
from rnn_core.checkpoint import dumps
from rnn_core.export import archive
from ui.kit import address, share
from ui.kit.share import File
from ui.sequence import models, text
from ui.sequence.learner import Moment
from ui.sequence.models import Chosen
from ui.sequence.own_data import OWN
from ui.sequence.own_table import as_csv
from ui.sequence.reading import Reading
from ui.sequence.targets import Target

Arrays = dict[str, np.ndarray]


def of_reading(now: Reading, chosen: Chosen, target: Target | None = None,
               truncate: int | None = None) -> None:  # fmt: skip
    """Offer a sentence's numbers, its model and code that reads it.

    target, truncate : of the gradients, as in arrays.
    """
    numbers, link = partial(arrays, now, target, truncate), address.link()
    code, without = of_code(chosen.run, chosen.epoch, now.encoding.ids)
    if chosen.by_hand:
        code, without = [], text.NO_CODE.format(why=text.SET_BY_HAND)
    share.offer([
        File(text.NUMBERS_FILE, "trace.npz", lambda: as_npz(numbers())),
        File(text.TABLES_FILE, "tables.zip", lambda: as_tables(now, numbers())),
        File(text.MODEL_FILE, "model.safetensors",
             partial(model_file, chosen.run, chosen.epoch, chosen.model)),
        File(text.CODE_FILE, "code.zip",
             lambda: archive(now.model, now.model.forward(now.encoding.ids),
                             _asked(now, target), link)),
        *code,
    ], lacks(chosen), without)  # fmt: skip


def of_training(run: TrainingRun, epoch: int | None, ids: np.ndarray | None = None,
                file: str = "") -> None:  # fmt: skip
    """Offer a training's curves and its model as it was at an epoch, None for its last.

    ids : a sentence that it reads; with it goes code that trains the same anew. file : the name
    of the file from which it came.
    """
    own = text.LINK_NO_DATA if run.dataset.name == OWN else ""
    code, without = ([], "") if ids is None else of_code(run, epoch, ids)
    share.offer([
        File(text.CURVES_FILE, "history.csv", lambda: as_csv(history(run.history))),
        File(text.MODEL_FILE, "model.safetensors", partial(model_file, run, epoch)),
        *code,
    ], text.LINK_NO_FILE if file else own, without)  # fmt: skip


def of_code(run: TrainingRun, epoch: int | None, ids: np.ndarray) -> tuple[list[File], str]:
    """Code that trains a run anew, up to an epoch, and reads a sentence; or why there is none."""
    if why := twin.why_not(run):
        return [], text.NO_CODE.format(why=why)
    said = run, run.snapshots[-1].epoch if epoch is None else epoch, ids, address.link()
    return [
        File(text.TWIN_FILE, twin.SCRIPT, lambda: twin.script(*said).encode()),
        File(text.NOTEBOOK_FILE, twin.NOTEBOOK, lambda: twin.notebook(*said).encode()),
    ], ""


def of_moment(now: Moment) -> None:
    """The same of a page's own training."""
    of_training(now.run, now.epoch, file=now.session.file)


def lacks(chosen: Chosen) -> str:
    """What a link to a model does not restore, or ""."""
    if chosen.file:
        return text.LINK_NO_FILE
    if chosen.run.dataset.name == OWN:
        return text.LINK_NO_DATA
    if not chosen.restorable:
        return text.LINK_AFRESH
    return ""


def model_file(run: TrainingRun, epoch: int | None, model: Model | None = None) -> bytes:
    """The model of a training at an epoch, as safetensors, with its history up to there.

    model : the same with numbers set by hand; None for it as it was trained.
    """
    last, history = run.snapshots[-1].epoch, Checkpoint.of(run).history
    epoch = run.snapshot_at(last if epoch is None else epoch).epoch
    temperature = models.checkpoint().temperature if run is models.ready_made().run else 1.0
    return dumps(Checkpoint(
        model or run.snapshot_at(epoch).model, run.hyperparameters, run.dataset.name, temperature,
        {"epoch": epoch}, tuple(record for record in history if record.epoch <= epoch),
    ))  # fmt: skip


def history(records: Iterable[Epoch]) -> list[Sequence[str | float]]:
    """A row for each epoch under the names of what was measured."""
    return [[field.name for field in fields(Epoch)], *map(astuple, records)]


# ---- the trace ----


def arrays(now: Reading, target: Target | None, truncate: int | None = None) -> Arrays:
    """Every number of a sentence, by its name on the board.

    target, truncate : as in Model.backward; None for what is right, or else what the model says.
    h, a, gates, c, ... (T, .) of each layer, with the ending of its weights' names; y, p (T, C);
    d_h, d_a, ... dL/d(signal); the parameters, and d_W_xh, ... dL/d(parameter).
    """
    fwd, model = now.fwd, now.model
    bwd = model.backward(fwd, _asked(now, target), truncate, now.interventions)
    made: Arrays = {
        "ids": fwd.ids, "words": np.array(now.words), "classes": np.array(model.classes),
        "y": fwd.y, "p": fwd.p, "d_y": bwd.d_y,
    }  # fmt: skip
    for i, layer in enumerate(fwd.layers):
        made |= _of_layer(fwd.showing(i), bwd, i, layer.layer.suffix)
    made |= model.params
    return made | {f"d_{name}": gradient for name, gradient in bwd.grads.items()}


def _asked(now: Reading, target: Target | None) -> Target:
    """What the loss asks for: what is said, what is right, or else what the model says."""
    return target or now.target or now.model.classes[int(now.fwd.p[-1].argmax())]


def _of_layer(fwd: ForwardTrace, bwd: BackwardTrace, i: int, suffix: str) -> Arrays:
    turn, back = fwd.layer.layer.turn, bwd.layers[i]
    made = {name + suffix: array[..., 0] for name, array in fwd.signals.items()}
    return made | {f"d_{name}{suffix}": turn(array)[..., 0] for name, array in back.d.items()}


def as_npz(numbers: Arrays) -> bytes:
    """Arrays by name as one file of numpy's."""
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **numbers)  # type: ignore[arg-type]
    return file.getvalue()


def as_tables(now: Reading, numbers: Mapping[str, np.ndarray]) -> bytes:
    """The same as one CSV for each array, in a zip: rows and columns have names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, array in numbers.items():
            if array.dtype.kind == "f":
                made.writestr(f"{name}.csv", as_csv(table(name, array, now)))
    return file.getvalue()


def table(name: str, array: np.ndarray, now: Reading) -> list[Sequence[str | float]]:
    """A matrix with what its rows and columns are; a vector as one column.

    What changes from word to word lies with a word in each column, as in the pictures.
    """
    model, plain = now.model, name.removeprefix("d_")
    words = [f"{t + 1} {word}" for t, word in enumerate(now.words)]
    if plain not in model.params:
        rows = list(model.classes) if plain in ("y", "p") else units(model, array.shape[1])
        array, columns = array.T, words[-len(array) :]
    else:
        rows = row_names(plain, array, model)
        columns = column_names(plain, array, model)
    matrix = array[:, None] if array.ndim == 1 else array
    return [[name, *columns], *([row, *numbers] for row, numbers in
            zip(rows, matrix.tolist(), strict=True))]  # fmt: skip


def units(model: Model, n: int) -> list[str]:
    """Names of n rows: units, of each gate if there are more."""
    h = model.n_hidden
    if n <= h:
        return [text.UNIT.format(unit=i) for i in range(n)]
    gates = {s.gate: s.name for s in model.cell.signals if s.gate is not None}
    names = [gates.get(k, text.BLOCK.format(n=k + 1)) for k in range(-(-n // h))]
    return [text.GATE_UNIT.format(gate=names[i // h], unit=i % h) for i in range(n)]


def row_names(name: str, array: np.ndarray, model: Model) -> list[str]:
    """What the rows of a parameter are: classes of the readout's, else units."""
    return list(model.classes) if name in ("W_hy", "b_y") else units(model, len(array))


def column_names(name: str, array: np.ndarray, model: Model) -> list[str]:
    """What its columns are: words, or units of the state that comes in."""
    if array.ndim == 1:
        return [name]
    if name in ("W_xh", "W_xh_back") and model.vocabulary is not None:
        return list(model.vocabulary.words)
    h = model.n_hidden
    ways = (text.UNIT, text.UNIT_BACK) if array.shape[1] > h else (text.UNIT,)
    return [way.format(unit=i) for way in ways for i in range(h)]
