"""Checkpoint: a trained model as a file, and back; nothing in it is believed unseen.

A safetensors file: the parameters by name, the pairs of words that met in training as bits, and
one line of JSON with all else. Whoever reads a file needs no training; and no file runs code.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass, field, fields
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load as arrays_of
from safetensors.numpy import save as to_bytes

from rnn_core.cells import ACTIVATIONS, CELLS, Array
from rnn_core.history import Epoch
from rnn_core.hyperparameters import Hyperparameters
from rnn_core.model import Model
from rnn_core.texts import UNITS, Symbols
from rnn_core.training import TrainingRun
from rnn_core.vocabulary import Vocabulary

KEY, VERSION = "unrolled", 2
"""A file of version 1 has no source, no unit and no history."""
MOST_EPOCHS, LONGEST_NAME = 100_000, 200
FIELDS = ("hyperparameters", "dataset", "per_step", "words", "classes", "temperature", "figures")
About = Mapping[str, Any]
Arrays = Mapping[str, Any]


@dataclass(frozen=True)
class Checkpoint:
    """A trained model, and where it comes from.

    model : in float64, to be looked at. hyperparameters : how it was trained. dataset : the name
    of what it was trained on. temperature : what its readout W_hy, b_y was divided by after that,
    so that p is as sure as it is right; 1.0 if it was not. figures : what was measured, by name.
    history : its training, epoch by epoch.
    """

    model: Model
    hyperparameters: Hyperparameters
    dataset: str = ""
    temperature: float = 1.0
    figures: dict[str, float] = field(default_factory=dict)
    history: tuple[Epoch, ...] = ()

    @property
    def epoch(self) -> int:
        """How far its training had come; 0 where the file does not say."""
        return self.history[-1].epoch if self.history else int(self.figures.get("epoch", 0))

    @classmethod
    def of(cls, what: Model | TrainingRun) -> Checkpoint:
        """The checkpoint of a run as it is now, or of a model alone.

        Raises ValueError for a model of a cell that has no name in CELLS.
        """
        if isinstance(what, TrainingRun):
            history = tuple(record for record in what.history if _is_finite(*astuple(record)))
            hp = what.hyperparameters
            return cls(what.model, hp, what.dataset.name, history=history)
        cells = [name for name, kind in CELLS.items() if type(what.cell) is kind]
        if not cells:
            raise ValueError(f"a {type(what.cell).__name__} cell has no name to be saved under")
        own = getattr(what.cell, "activation", None)
        named = [name for name, activation in ACTIVATIONS.items() if activation is own]
        return cls(what, Hyperparameters(
            cell=cells[0], activation=[*named, "tanh"][0], n_hidden=what.n_hidden,
            n_layers=what.n_layers, bidirectional=what.bidirectional, attention=what.attends,
        ))  # fmt: skip


def save(what: Checkpoint | Model | TrainingRun, path: Path | str) -> None:
    """Write a checkpoint; the same one gives the same bytes."""
    Path(path).write_bytes(dumps(what))


def load(path: Path | str) -> Checkpoint:
    """Read a checkpoint; all its numbers are those that were saved, in float64.

    Raises ValueError that names the file and what is wrong with it: no such file, another format
    or version, settings that cannot be, an array missing, of another shape or not finite.
    """
    path = Path(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ValueError(f"{path.name} is no checkpoint that can be used: {error}") from None
    return loads(content, path.name)


def dumps(what: Checkpoint | Model | TrainingRun) -> bytes:
    """A checkpoint as bytes. Numbers that float32 holds exactly take half the room."""
    made = what if isinstance(what, Checkpoint) else Checkpoint.of(what)
    model, vocabulary = made.model, made.model.vocabulary
    arrays: dict[str, Any] = {name: _small(array) for name, array in model.params.items()}
    if vocabulary is not None and vocabulary.pairs:
        met = np.zeros((len(vocabulary), len(vocabulary)), dtype=bool)
        for pair in vocabulary.pairs:
            met[tuple(vocabulary.id_of[word] for word in pair)] = True
        arrays["pairs"] = np.packbits(met, axis=1)
    about = {
        "version": VERSION, "words": vocabulary and vocabulary.words, "classes": model.classes,
        "per_step": model.per_step, "hyperparameters": asdict(made.hyperparameters),
        "dataset": made.dataset, "temperature": made.temperature, "figures": made.figures,
        "unit": getattr(vocabulary, "unit", None), "source": model.source and model.source.words,
        "history": [astuple(record) for record in made.history],
    }  # fmt: skip
    return to_bytes(arrays, {KEY: json.dumps(about)})


def loads(content: bytes, name: str = "it") -> Checkpoint:
    """Read a checkpoint from bytes; see load. name : of the file, for what is said of it."""
    try:
        try:
            arrays = arrays_of(content)
        except (SafetensorError, KeyError, TypeError, ValueError) as error:
            raise ValueError(f"it is no whole safetensors file ({error})") from None
        return _made(_about(content), arrays)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise ValueError(f"{name} is no checkpoint that can be used: {error}") from None


def _about(content: bytes) -> About:
    """The line of JSON in the head of a safetensors file that has been read."""
    head = json.loads(content[8 : 8 + int.from_bytes(content[:8], "little")])
    said = (head.get("__metadata__") or {}).get(KEY)
    if said is None:
        raise ValueError("it was saved by another program, without the words it reads")
    try:
        about = json.loads(said)
    except RecursionError:
        about = None
    if not isinstance(about, dict):
        raise ValueError("what it says about itself cannot be read")
    if about.get("version") not in (1, VERSION):
        raise ValueError(f"its version is {about.get('version')}, not 1 or {VERSION}")
    if missing := [name for name in FIELDS if name not in about]:
        raise ValueError(f"it does not say its {', '.join(missing)}")
    return about


def _made(about: About, arrays: Arrays) -> Checkpoint:
    if not isinstance(about["hyperparameters"], dict):
        raise ValueError("hyperparameters must have names")
    hp, temperature = Hyperparameters(**about["hyperparameters"]), about["temperature"]
    if not isinstance(temperature, float) or not 0 < temperature < 1000:
        raise ValueError(f"temperature must be a number above 0, not {temperature!r}")
    if not isinstance(about["figures"], dict) or not _is_finite(*about["figures"].values()):
        raise ValueError("figures must be finite numbers by name")
    model = _model(about, hp, arrays)
    shapes = {name: array.shape for name, array in model.params.items()}
    if (vocabulary := model.vocabulary) is not None and "pairs" in arrays:
        shapes["pairs"] = len(vocabulary), -(-len(vocabulary) // 8)
    if wrong := set(shapes) ^ set(arrays):
        raise ValueError(f"its arrays do not fit its settings: {', '.join(sorted(wrong))}")
    for name, shape in shapes.items():
        _check(name, arrays[name], shape)
        if name != "pairs":
            model.params[name][...] = arrays[name]
    if vocabulary is not None and "pairs" in arrays:
        words = vocabulary.words
        met = np.unpackbits(arrays["pairs"], axis=1, count=len(words))
        vocabulary.pairs = frozenset((words[a], words[b]) for a, b in np.argwhere(met).tolist())
    dataset, figures = str(about["dataset"]), dict(about["figures"])
    return Checkpoint(model, hp, dataset, temperature, figures, _history(about.get("history", [])))


def _model(about: About, hp: Hyperparameters, arrays: Arrays) -> Model:
    """A model of this kind, zero; its largest arrays are seen to be there before it is made."""
    words, source = about["words"], about.get("source")
    classes, cell = _names("classes", about["classes"]), CELLS[hp.cell](hp.activation)
    vocabulary = None if words is None else _vocabulary(_names("words", words), about.get("unit"))
    encoder = None if source is None else Vocabulary.of(_names("source", source))
    n_features = _width(arrays, "W_xh") if vocabulary is None else 0
    n_start, rows = _width(arrays, "W_vh"), cell.n_gates * hp.n_hidden
    n_source = _width(arrays, "W_xh_enc") if encoder is None else 0
    read_before, ways = len(encoder or range(n_source)), 1 + hp.bidirectional
    width = hp.n_hidden * (1 if read_before else ways) * (1 + hp.attention)
    shapes = {"W_xh_enc": (rows // ways, read_before)} if read_before else {}
    shapes |= {"W_xh": (rows, len(vocabulary or range(n_features))), "W_hy": (len(classes), width)}
    shapes |= {"W_vh": (hp.n_layers * hp.n_hidden, n_start)} if n_start else {}
    for name, shape in shapes.items():
        _check(name, arrays.get(name), shape)
    return Model(
        cell, vocabulary, classes, hp.n_hidden, np.float64, hp.n_layers, hp.bidirectional,
        about["per_step"] is True, encoder, n_features, n_start, hp.attention, n_source,
    )  # fmt: skip


def _vocabulary(words: list[str], unit: Any) -> Vocabulary:
    if unit is None:
        return Vocabulary.of(words)
    if unit not in UNITS:
        raise ValueError(f"unit must be one of {', '.join(UNITS)}, not {str(unit)[:40]!r}")
    return Symbols(words, unit)


def _names(what: str, names: Any) -> list[str]:
    good = isinstance(names, list) and len({*map(str, names)}) == len(names) > 0
    if not good or not all(isinstance(n, str) and 0 < len(n) <= LONGEST_NAME for n in names):
        raise ValueError(f"{what} must be a list of names, each once")
    "".join(names).encode()  # half a character is no name
    return list(names)


def _check(name: str, array: Any, shape: tuple[int, ...]) -> None:
    if array is None:
        raise ValueError(f"its arrays do not fit its settings: {name}")
    if array.shape != shape:
        raise ValueError(f"{name} must be {shape}, not {array.shape}")
    if array.dtype.kind != ("u" if name == "pairs" else "f") or not np.isfinite(array).all():
        raise ValueError(f"{name} holds what is no finite number")


def _width(arrays: Arrays, name: str) -> int:
    """How many columns a matrix has; no more than it has numbers."""
    array = arrays.get(name)
    return int(array.shape[1]) if array is not None and array.ndim == 2 and array.size else 0


def _history(rows: Any) -> tuple[Epoch, ...]:
    if not isinstance(rows, list) or len(rows) > MOST_EPOCHS:
        raise ValueError(f"history must be a list of at most {MOST_EPOCHS:,} epochs")
    for row in rows:
        whole = isinstance(row, list) and len(row) == len(fields(Epoch)) and _is_finite(*row)
        if not whole or row[0] not in range(MOST_EPOCHS):
            raise ValueError(f"history must have {len(fields(Epoch))} finite numbers an epoch")
    return tuple(Epoch(*row) for row in rows)


def _is_finite(*numbers: Any) -> bool:
    plain = all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers)
    return plain and all(math.isfinite(n) for n in numbers)


def _small(array: Array) -> Array:
    """The same numbers in float32 if none is changed by that; else in float64."""
    with np.errstate(over="ignore"):
        small = np.ascontiguousarray(array, "<f4")
    return small if np.array_equal(small, array) else np.ascontiguousarray(array, "<f8")
