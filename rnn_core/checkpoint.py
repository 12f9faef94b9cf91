"""Checkpoint: a trained model as a file, and back; nothing in it is believed unseen.

A safetensors file: the parameters by name, the pairs of words that met in training as bits, and
one line of JSON with all else. Whoever reads a file needs no training; and no file runs code.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save as to_bytes

from rnn_core.cells import CELLS
from rnn_core.hyperparameters import Hyperparameters
from rnn_core.model import Model
from rnn_core.vocabulary import Vocabulary

KEY, VERSION = "unrolled", 1


@dataclass(frozen=True)
class Checkpoint:
    """A trained model, and where it comes from.

    model : in float64, to be looked at. hyperparameters : how it was trained. dataset : the name
    of what it was trained on. temperature : what its readout W_hy, b_y was divided by after that,
    so that p is as sure as it is right; 1.0 if it was not. figures : what was measured, by name.
    """

    model: Model
    hyperparameters: Hyperparameters
    dataset: str
    temperature: float
    figures: dict[str, float]


def save(path: Path, made: Checkpoint) -> None:
    """Write a checkpoint; the same one gives the same bytes. Its parameters become float32.

    Raises ValueError for a model that reads no words, or two sequences.
    """
    model, vocabulary = made.model, made.model.vocabulary
    if vocabulary is None or model.source is not None or model.n_start:
        raise ValueError("only a model that reads one sequence of words can be saved")
    met = np.zeros((len(vocabulary), len(vocabulary)), dtype=bool)
    for pair in vocabulary.pairs:
        met[tuple(vocabulary.id_of[word] for word in pair)] = True
    about = {
        "version": VERSION, "words": vocabulary.words, "classes": model.classes,
        "per_step": model.per_step, "hyperparameters": asdict(made.hyperparameters),
        "dataset": made.dataset, "temperature": made.temperature, "figures": made.figures,
    }  # fmt: skip
    arrays = {name: np.ascontiguousarray(a, "<f4") for name, a in model.params.items()}
    arrays["pairs"] = np.packbits(met, axis=1)
    path.write_bytes(to_bytes(arrays, {KEY: json.dumps(about)}))


def load(path: Path) -> Checkpoint:
    """Read a checkpoint.

    Raises ValueError that names the file and what is wrong with it: no such file, another format
    or version, settings that cannot be, an array missing, of another shape or not finite.
    """
    try:
        with safe_open(path, "numpy") as file:
            about = json.loads((file.metadata() or {}).get(KEY, "{}"))
            arrays = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        return _made(about, arrays)
    except (OSError, SafetensorError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{path.name} is no checkpoint that can be used: {error}") from None


def _made(about: dict[str, Any], arrays: dict[str, Any]) -> Checkpoint:
    if about.get("version") != VERSION:
        raise ValueError(f"its version is {about.get('version')}, not {VERSION}")
    for name in ("words", "classes"):
        texts = about[name]
        if not texts or not isinstance(texts, list) or len({*map(str, texts)}) < len(texts):
            raise ValueError(f"{name} must be a list of names, each once")
    hp, temperature = Hyperparameters(**about["hyperparameters"]), about["temperature"]
    if not isinstance(temperature, float) or not 0 < temperature < 1000:
        raise ValueError(f"temperature must be a number above 0, not {temperature!r}")
    vocabulary = Vocabulary.of(map(str, about["words"]))
    model = Model(
        CELLS[hp.cell](hp.activation), vocabulary, [*map(str, about["classes"])], hp.n_hidden,
        np.float64, hp.n_layers, hp.bidirectional, about["per_step"] is True,
    )  # fmt: skip
    shapes = {name: array.shape for name, array in model.params.items()}
    shapes["pairs"] = len(vocabulary), -(-len(vocabulary) // 8)
    if wrong := set(shapes) ^ set(arrays):
        raise ValueError(f"its arrays do not fit its settings: {', '.join(sorted(wrong))}")
    for name, array in arrays.items():
        if array.shape != shapes[name]:
            raise ValueError(f"{name} must be {shapes[name]}, not {array.shape}")
        if array.dtype.kind != ("u" if name == "pairs" else "f") or not np.isfinite(array).all():
            raise ValueError(f"{name} holds what is no finite number")
        if name != "pairs":
            model.params[name][...] = array
    words, met = vocabulary.words, np.unpackbits(arrays["pairs"], axis=1, count=len(vocabulary))
    vocabulary.pairs = frozenset((words[a], words[b]) for a, b in np.argwhere(met).tolist())
    return Checkpoint(model, hp, str(about["dataset"]), temperature, dict(about["figures"]))
