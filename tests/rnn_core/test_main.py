"""The command line: what it trains is what the core trains, what it reads is what a model says."""

import subprocess
import sys
from pathlib import Path

import pytest

from rnn_core import Hyperparameters, TrainingRun, load, load_dataset, save
from rnn_core.__main__ import BY_ADAM, main
from tests.models import small_model

ROOT = Path(__file__).parents[2]


def test_a_model_that_it_trained_is_that_of_the_core(tmp_path: Path, capsys) -> None:
    out = tmp_path / "model.safetensors"
    options = ["--cell", "lstm", "--units", "5", "--seed", "3", "--epochs", "2"]
    assert main(["train", "sentiment", *options, "--out", str(out)]) == 0
    hp = Hyperparameters(cell="lstm", n_hidden=5, seed=3, **BY_ADAM)
    run = TrainingRun(load_dataset("sentiment"), hp)
    run.advance(epochs=2)
    made = load(out)
    assert made.model.flat.tobytes() == run.model.flat.tobytes()
    assert (made.hyperparameters, made.epoch, made.dataset) == (hp, 2, "sentiment")
    said = capsys.readouterr()
    assert said.out == f"{out}: LSTM of 5 units, 2 epochs on sentiment\n"
    assert "[##############################] epoch 2 of 2, loss " in said.err


def test_one_plain_layer_is_trained_by_the_defaults_and_stops_when_all_is_right(
    tmp_path: Path,
) -> None:
    out = str(tmp_path / "model.safetensors")
    assert main(["train", "sentiment", "--out", out]) == 0
    made = load(out)
    assert made.hyperparameters == Hyperparameters(n_hidden=16)
    assert made.epoch < 60
    assert made.history[-1].test_accuracy == 1


@pytest.mark.parametrize("shape", [{}, {"n_layers": 2, "bidirectional": True}])
def test_a_reading_has_a_line_for_each_word(shape: dict, tmp_path: Path, capsys) -> None:
    model, file = small_model("gru", n_classes=2, **shape), tmp_path / "m.safetensors"
    save(model, file)
    assert main(["read", str(file), "a never d"]) == 0
    fwd = model.forward("a d")
    said = capsys.readouterr()
    head, first, second = said.out.splitlines()
    assert head.split() == ["word", "p(blue)", "p(green)", "units"]
    assert first.split()[:2] == ["a", f"{fwd.p[0, 0]:.3f}"]
    assert second.split()[:3] == ["d", *(f"{p:.3f}" for p in fwd.p[1])]
    h = fwd.showing(len(fwd.layers) - 1 - model.bidirectional).h[1]
    unit = abs(h).argmax()
    assert second.split()[3:5] == [f"h_{unit}", f"{h[unit]:+.2f}"]
    assert said.err == "left out, not among its words: never\n"


def test_of_many_classes_the_likeliest_are_said(tmp_path: Path, capsys) -> None:
    out = str(tmp_path / "text.safetensors")
    options = ["--units", "4", "--epochs", "1", "--cell", "gru", "--out", out]
    assert main(["train", "rhymes", *options]) == 0
    capsys.readouterr()
    assert main(["read", out, "a\n"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["word", "a", "'\\n'"]
    assert lines[1].count("'") == 6


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["train", "nothing"], "no dataset 'nothing'; there are: "),
        (["train", "sentiment", "--units", "0"], "n_hidden must be a whole number from 1 to 256"),
        (["train", "sentiment", "--out", "no/such/folder/m"], "there is no folder "),
        (["train", "sentiment", "--epochs", "1", "--lr", "10", "--units", "4", "--out", "."], "."),
        (["read", "nothing", "a"], "nothing is no checkpoint that can be used"),
        (["read", str(ROOT / "README.md"), "a"], "README.md is no checkpoint that can be used"),
        (["read", str(ROOT / "data/everyday.safetensors"), "qqq"], "no word of 'qqq'"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(command, said, capsys) -> None:
    assert main(command) == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert last.startswith("error: ")
    assert said in last


def test_a_model_of_another_wiring_is_refused(tmp_path: Path, capsys) -> None:
    save(small_model(words=None, n_features=3), file := tmp_path / "m.safetensors")
    assert main(["read", str(file), "a"]) == 2
    assert "m.safetensors reads no single sentence" in capsys.readouterr().err


def test_it_is_a_program(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "rnn_core", "train", "nothing"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
