"""A model as a file: the same model comes back, and a broken file is named with what is wrong."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from rnn_core import Hyperparameters
from rnn_core.checkpoint import KEY, Checkpoint, load, save
from tests.models import run_of

RUN = run_of(n_hidden=3, n_layers=2, bidirectional=True, cell="gru", dtype="float32")
MADE = Checkpoint(RUN.model, RUN.hyperparameters, "small", 1.5, {"test": 0.75})
WORDS = len(RUN.model.vocabulary)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    save(tmp_path / "a.safetensors", MADE)
    return tmp_path / "a.safetensors"


def about(path: Path) -> dict:
    """The line of JSON in the file's head."""
    n = int.from_bytes(path.read_bytes()[:8], "little")
    return json.loads(json.loads(path.read_bytes()[8 : 8 + n])["__metadata__"][KEY])


def write(path: Path, arrays: dict | None = None, **changed: object) -> None:
    """Write the file again with other arrays or other words about it."""
    save_file({**load_file(path), **(arrays or {})}, path,
              {KEY: json.dumps({**about(path), **changed})})  # fmt: skip


def test_what_is_saved_is_loaded(path: Path) -> None:
    made = load(path)
    assert replace(made, model=MADE.model) == MADE
    assert made.model.flat.dtype == np.float64
    assert made.model.flat.tolist() == RUN.model.flat.tolist()
    assert made.model.classes == RUN.model.classes
    assert made.model.vocabulary.words == RUN.model.vocabulary.words
    assert made.model.vocabulary.pairs == RUN.model.vocabulary.pairs
    text = RUN.dataset.train.texts[0]
    np.testing.assert_allclose(made.model.forward(text).p, RUN.model.forward(text).p, atol=1e-6)


def test_the_same_model_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    save(tmp_path / "b", load(path))
    assert (tmp_path / "b").read_bytes() == path.read_bytes()


def test_only_what_reads_words_is_saved(tmp_path: Path) -> None:
    model = RUN.model.copy()
    model.vocabulary = None
    with pytest.raises(ValueError, match="only a model that reads one sequence of words"):
        save(tmp_path / "a", replace(MADE, model=model))


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff" * 40, b"\x02" + b"\0" * 7 + b"{}"])
def test_what_is_no_checkpoint_is_said(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"^a\.safetensors is no checkpoint"):
        load(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^b\.safetensors is no checkpoint .*No such file"):
        load(tmp_path / "b.safetensors")


def test_a_file_cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(ValueError, match="is no checkpoint"):
        load(path)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"version": 2}, "its version is 2, not 1"),
        ({"words": ["a", "a"]}, "words must be a list of names, each once"),
        ({"words": ["a", "b"]}, r"W_xh.* must be \(9, 2\), not"),
        ({"words": "ab"}, "words must be a list of names"),
        ({"classes": []}, "classes must be a list of names"),
        ({"hyperparameters": {"n_hidden": 10**9}}, "n_hidden must be a whole number"),
        ({"hyperparameters": {"evil": 1}}, "evil"),
        ({"hyperparameters": asdict(Hyperparameters(n_hidden=3))}, "do not fit its settings: W_hh"),
        ({"temperature": 0}, "temperature must be a number above 0, not 0"),
        ({"temperature": float("nan")}, "temperature must be a number above 0, not nan"),
        ({"figures": 3}, "not iterable"),
    ],
)
def test_settings_that_cannot_be_are_named(path: Path, changed: dict, reason: str) -> None:
    write(path, **changed)
    with pytest.raises(ValueError, match=rf"^a\.safetensors .*{reason}"):
        load(path)


@pytest.mark.parametrize(
    ("arrays", "reason"),
    [
        ({"W_hy": np.zeros((2, 5))}, r"W_hy must be \(2, 6\), not \(2, 5\)"),
        ({"b_y": np.array([0, np.inf])}, "b_y holds what is no finite number"),
        ({"b_y": np.array([0, np.nan], "f4")}, "b_y holds what is no finite number"),
        ({"b_y": np.array([0, 1])}, "b_y holds what is no finite number"),
        ({"more": np.zeros(1)}, "its arrays do not fit its settings: more"),
        ({"pairs": np.zeros((WORDS, 9), np.uint8)}, r"pairs must be \(7, 1\), not"),
        ({"pairs": np.zeros((WORDS, 1))}, "pairs holds what is no finite number"),
    ],
)
def test_arrays_that_do_not_fit_are_named(path: Path, arrays: dict, reason: str) -> None:
    write(path, arrays)
    with pytest.raises(
        ValueError, match=rf"^a\.safetensors is no checkpoint that can be used: {reason}"
    ):
        load(path)
