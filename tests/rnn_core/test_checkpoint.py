"""A model as a file: the same model comes back, and a broken file is named with what is wrong."""

import json
import pickle
import zipfile
from dataclasses import asdict, astuple, replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

import rnn_core
from rnn_core import CELLS, Hyperparameters, Model, text_dataset
from rnn_core.cells import RNN
from rnn_core.checkpoint import KEY, VERSION, Checkpoint, dumps, load, loads, save
from tests.models import run_of
from tests.rnn_core.test_wirings import CASES, EVERY, a_model

RUN = run_of(n_hidden=3, n_layers=2, bidirectional=True, cell="gru", dtype="float32")
RUN.advance(epochs=2)
MADE = Checkpoint(RUN.model, RUN.hyperparameters, "small", 1.5, {"test": 0.75}, (*RUN.history,))
WORDS = len(RUN.model.vocabulary)
ROW = astuple(RUN.history[0])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    save(MADE, tmp_path / "a.safetensors")
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
    assert made.epoch == 2
    assert made.model.flat.dtype == np.float64
    assert made.model.flat.tolist() == RUN.model.flat.tolist()
    assert made.model.vocabulary.pairs == RUN.model.vocabulary.pairs
    text = RUN.dataset.train.texts[0]
    np.testing.assert_allclose(made.model.forward(text).p, RUN.model.forward(text).p, atol=1e-6)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize(("case", "shape"), EVERY)
def test_every_wiring_comes_back_bit_for_bit(case, shape, cell) -> None:
    asked, how, _ = CASES[case]
    model = a_model(cell, *shape, **how)
    back = loads(dumps(model)).model
    assert back.shapes == model.shapes
    assert back.flat.tobytes() == model.flat.tobytes()
    assert (back.classes, back.n_source) == (model.classes, model.n_source)
    for name in ("vocabulary", "source"):
        mine, other = getattr(model, name), getattr(back, name)
        assert (mine and (mine.words, mine.pairs)) == (other and (other.words, other.pairs))
    batch, _ = asked().batch(model, np.arange(3))
    assert back.read(batch).probs.tobytes() == model.read(batch).probs.tobytes()


def test_a_text_is_cut_into_the_same_symbols() -> None:
    symbols = text_dataset("given", "never say never again\n" * 40).vocabulary
    model = Model(RNN("relu"), symbols, symbols.words, 3, per_step=True)
    back = loads(dumps(model))
    assert back.hyperparameters.activation == "relu"
    read = [one.encode("say\n").ids.tolist() for one in (back.model.vocabulary, symbols)]
    assert read[0] == read[1]


def test_a_run_is_saved_with_its_history(tmp_path: Path) -> None:
    rnn_core.save(RUN, tmp_path / "run")
    made = rnn_core.load(tmp_path / "run")
    assert (made.history, made.hyperparameters) == ((*RUN.history,), RUN.hyperparameters)


def test_the_same_model_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    save(load(path), tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == path.read_bytes()


def test_a_cell_without_a_name_is_not_saved() -> None:
    class Own(RNN):
        pass

    with pytest.raises(ValueError, match="a Own cell has no name"):
        dumps(Model(Own(), RUN.model.vocabulary, ("a", "b"), 3))


def foreign() -> bytes:
    """A safetensors file of another program."""
    from safetensors.numpy import save as to_bytes

    return to_bytes({"rnn.weight_ih_l0": np.zeros((3, 3))}, {"format": "pt"})


def zipped(folder: Path) -> bytes:
    with zipfile.ZipFile(folder / "z", "w") as file:
        file.writestr("a", dumps(MADE))
    return (folder / "z").read_bytes()


WHOLE = dumps(MADE)
BROKEN = {
    "empty": b"",
    "text": b"hello",
    "noise": b"\xff" * 40,
    "no head": b"\x02" + b"\0" * 7 + b"{}",
    "a huge head": (10**12).to_bytes(8, "little") + WHOLE[8:],
    "cut short": WHOLE[:-9],
    "longer": WHOLE + b"more",
    "a pickle": pickle.dumps([1]),
    "nested": len(b"[" * 9000).to_bytes(8, "little") + b"[" * 9000,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_what_is_no_checkpoint_is_said(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"^a\.safetensors is no checkpoint"):
        load(path)


def test_what_other_programs_save_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^it is no .* another program, without the words"):
        loads(foreign())
    with pytest.raises(ValueError, match="it is no whole safetensors file"):
        loads(zipped(tmp_path))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^b\.safetensors is no checkpoint .*No such file"):
        load(tmp_path / "b.safetensors")


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"version": 3}, f"its version is 3, not 1 or {VERSION}"),
        ({"words": ["a", "a"]}, "words must be a list of names, each once"),
        ({"words": ["a", "b"]}, r"W_xh must be \(9, 2\), not"),
        ({"words": "ab"}, "words must be a list of names"),
        ({"words": ["a", ""]}, "words must be a list of names"),
        ({"words": ["\ud800"]}, "surrogates not allowed"),
        ({"words": [str(i) for i in range(10**5)]}, r"W_xh must be \(9, 100000\), not"),
        ({"classes": []}, "classes must be a list of names"),
        ({"unit": "letters"}, "unit must be one of characters, words"),
        ({"source": ["a"]}, "do not fit its settings: W_xh_enc"),
        ({"hyperparameters": {"n_hidden": 10**9}}, "n_hidden must be a whole number"),
        ({"hyperparameters": {"evil": 1}}, "evil"),
        ({"hyperparameters": []}, "hyperparameters must have names"),
        ({"hyperparameters": asdict(Hyperparameters(n_hidden=3))}, r"W_xh must be \(3, "),
        ({"temperature": 0}, "temperature must be a number above 0, not 0"),
        ({"temperature": float("nan")}, "temperature must be a number above 0, not nan"),
        ({"figures": 3}, "figures must be finite numbers"),
        ({"figures": {"test": float("inf")}}, "figures must be finite numbers"),
        ({"history": [[1, 2]]}, "history must have 7 finite numbers"),
        ({"history": [[10**9, *ROW[1:]]]}, "history must have 7 finite numbers"),
        ({"history": [[1, float("nan"), *ROW[2:]]]}, "history must have 7 finite numbers"),
        ({"history": "all"}, "history must be a list"),
    ],
)
def test_settings_that_cannot_be_are_named(path: Path, changed: dict, reason: str) -> None:
    write(path, **changed)
    with pytest.raises(ValueError, match=rf"^a\.safetensors .*{reason}"):
        load(path)


def test_what_is_not_said_is_named(path: Path) -> None:
    save_file(load_file(path), path, {KEY: json.dumps({"version": VERSION, "words": ["a"]})})
    with pytest.raises(ValueError, match="it does not say its hyperparameters, dataset, per_step"):
        load(path)


@pytest.mark.parametrize(
    ("arrays", "reason"),
    [
        ({"W_hy": np.zeros((2, 5))}, r"W_hy must be \(2, 6\), not \(2, 5\)"),
        ({"W_xh": np.zeros((1, WORDS))}, r"W_xh must be \(9, 7\), not \(1, 7\)"),
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


def test_a_vector_can_claim_no_memory_that_the_file_has_not() -> None:
    model = a_model("lstm", 1, False, n_features=6)
    with pytest.raises(ValueError, match=r"W_xh must be \(16, 100000\), not \(1, 100000\)"):
        loads(_with_array(dumps(model), "W_xh", np.zeros((1, 10**5))))


def _with_array(content: bytes, name: str, array: np.ndarray) -> bytes:
    from safetensors.numpy import load as arrays_of
    from safetensors.numpy import save as to_bytes

    n = int.from_bytes(content[:8], "little")
    said = json.loads(content[8 : 8 + n])["__metadata__"]
    return to_bytes({**arrays_of(content), name: array}, said)
