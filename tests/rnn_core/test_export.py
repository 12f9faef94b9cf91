"""What leaves as code prints the numbers that it showed: run by an interpreter of its own."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from rnn_core import ACTIVATIONS, CELLS, Model, Text, Vocabulary, text_dataset
from rnn_core.cells import RNN
from rnn_core.export import GATES_IN_TORCH, archive, has_torch_twin, numpy_code, torch_code
from rnn_core.network import cross_entropy
from rnn_core.traces import Batch, ForwardTrace, Targets
from tests.conftest import HAS_TORCH
from tests.models import SENTENCE, small_model
from tests.rnn_core.test_wirings import CASES, SHAPES, a_model

RUNS = """
import runpy, sys, warnings
sys.modules |= dict.fromkeys(["rnn_core", "ui", "streamlit", *sys.argv[2:]])  # none may be imported
import numpy as np
for folder in sys.argv[1].split("|"):
    script, sys.argv[1:] = folder, []
    kept = runpy.run_path(script)
    d = {name: array.grad.numpy() for name, array in kept.get("learned", {}).items()}
    np.savez(script + ".npz", p=kept["p"], L=kept["loss"].item() if d else 0, **d)
"""


def everything() -> dict[str, tuple[Model, ForwardTrace, Targets]]:
    """A reading of one sequence by all cells, wirings, one and two layers, both directions; and
    what is asked of it.
    """
    made = {}
    for cell in CELLS:
        for case, (asked, how, both) in CASES.items():
            for shape in SHAPES:
                if both or not shape[1]:
                    model = a_model(cell, *shape, **how)
                    batch, targets = asked().batch(model, np.array([0]))
                    made[f"{cell} {case} {shape}"] = model, model.read(batch), targets
    for activation in ACTIVATIONS:
        model = small_model(activation=activation)
        fwd = model.forward(SENTENCE)
        made[activation] = model, fwd, model.targets(fwd, "red")
    return made


def unpacked(folder: Path, content: bytes) -> Path:
    zipfile.ZipFile(io.BytesIO(content)).extractall(folder)
    return folder / "unrolled"


def run(scripts: list[Path], *without: str) -> None:
    """Run scripts in one clean interpreter, which keeps the p of each."""
    command = [sys.executable, "-I", "-c", RUNS, "|".join(map(str, scripts)), *without]
    subprocess.run(command, check=True, capture_output=True, text=True)


def torch_order(model: Model, name: str, array: np.ndarray) -> np.ndarray:
    """A gradient of ours as PyTorch has it."""
    order = GATES_IN_TORCH[type(model.cell)]
    blocks = np.split(array, len(order)) if name.startswith(("W_xh", "W_hh", "b_h")) else []
    return np.concatenate([blocks[i] for i in order]) if blocks else array


def test_every_script_prints_the_same_p_and_finds_the_same_gradients(tmp_path: Path) -> None:
    made = everything()
    numpy_ones, torch_ones = {}, {}
    for i, (name, (model, fwd, targets)) in enumerate(made.items()):
        folder = unpacked(tmp_path / str(i), archive(model, fwd, targets))
        numpy_ones[name] = folder / "read.py"
        if has_torch_twin(model):
            torch_ones[name] = folder / "read_torch.py"
        assert (folder / "read_torch.py").exists() == has_torch_twin(model)
    run(list(numpy_ones.values()), "torch", "safetensors")
    if HAS_TORCH:
        run(list(torch_ones.values()), "safetensors")
    for scripts in (numpy_ones, torch_ones if HAS_TORCH else {}):
        for name, script in scripts.items():
            kept, (model, fwd, targets) = np.load(f"{script}.npz"), made[name]
            np.testing.assert_allclose(kept["p"], fwd.p, atol=1e-12, rtol=0, err_msg=name)
            if scripts is torch_ones:
                assert set(kept) == {"p", "L", *model.params}
                loss = cross_entropy(fwd.logits[-len(targets.one_hot) :], targets)
                assert kept["L"] == pytest.approx(loss, abs=1e-12)
                for own, gradient in model.backward(fwd, targets).grads.items():
                    theirs = torch_order(model, own, gradient)
                    np.testing.assert_allclose(kept[own], theirs, atol=1e-12, err_msg=name + own)


def test_what_is_printed_is_p_and_other_words_can_be_typed(tmp_path: Path) -> None:
    model = small_model("gru")
    fwd = model.forward("a b")
    script = unpacked(tmp_path, archive(model, fwd, "red")) / "read.py"

    def printed(*words: str) -> list[str]:
        command = [sys.executable, "-I", str(script), *words]
        made = subprocess.run(command, check=True, capture_output=True, text=True)
        return made.stdout.split("\n")

    assert [line.split("\t")[0] for line in printed()] == ["a", "b", ""]
    best = fwd.p[-1].argmax()
    assert f"p({model.classes[best]}) = {fwd.p[-1, best]:.12f}"[:-1] in printed()[1]
    assert printed("c", "never", "d")[1] != printed()[1]
    p = model.forward("c d").p[-1].max()
    assert f"{p:.12f}"[:-1] in printed("c", "never", "d")[1]


def test_words_are_data_and_never_code(tmp_path: Path) -> None:
    evil = ['"""', "'); import os #", "{evil}", "\\", "שלום", "<b>"]
    model = Model(RNN(), Vocabulary.of(evil), evil, 3)
    fwd = model.forward(list(range(len(evil))))
    link = 'https://a.b/?s="""\nimport os\n"""&v=2'
    for code in (numpy_code(model, fwd, link), torch_code(model, fwd, link)):
        assert not any(word in code.replace('"""', "", 2) for word in ("evil", "שלום", "import os"))
        compile(code, "read.py", "exec")
        assert "https://a.b/" in code
    run([unpacked(tmp_path, archive(model, fwd, 0)) / "read.py"])


def test_a_texts_script_reads_letters(tmp_path: Path) -> None:
    data: Text = text_dataset("given", "never say never again\n" * 40)
    model = Model(RNN(), data.vocabulary, data.classes, 3, per_step=True)
    script = unpacked(tmp_path, archive(model, model.forward("never"), 0)) / "read.py"
    made = subprocess.run([sys.executable, "-I", str(script), "say"], check=True,
                          capture_output=True, text=True)  # fmt: skip
    assert [line[:3] for line in made.stdout.splitlines()] == ["'s'", "'a'", "'y'"]


def test_what_cannot_be_exported_is_said() -> None:
    model = small_model()
    two = model.read(Batch((np.array([[0, 1]]),)))
    went_on = model.read(Batch((np.array([[0]]),), start=model.forward("a").end))
    for fwd in (two, went_on):
        with pytest.raises(ValueError, match="only the reading of one sequence"):
            archive(model, fwd, "red")
    with pytest.raises(ValueError, match="PyTorch has no such cell"):
        torch_code(small_model(activation="sigmoid"), two)
