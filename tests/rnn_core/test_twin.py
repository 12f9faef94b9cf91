"""What leaves as a training prints the numbers of the run: it needs no package of ours."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from rnn_core import (
    ACTIVATIONS,
    CELLS,
    INITIALIZERS,
    OPTIMIZERS,
    Hyperparameters,
    TrainingRun,
    load_dataset,
    make_task,
)
from rnn_core.experiments.bugs import MissingTranspose
from rnn_core.hyperparameters import CLIPS
from rnn_core.twin import notebook, script, why_not
from tests.models import SMALL, dataset, run_of

RUNS = """
import json, runpy, sys
sys.modules |= dict.fromkeys(["rnn_core", "ui", "streamlit"])  # none of them may be imported
for name in sys.argv[1:]:
    print("<next file>")
    if name.endswith(".ipynb"):
        kept = {}
        for cell in json.load(open(name, encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                exec(compile("".join(cell["source"]), name, "exec"), kept)
    else:
        runpy.run_path(name)
"""
EPOCHS, MARK = 3, "<next file>"


def printed(*files: Path) -> list[list[float]]:
    """What each file prints when all are run in one clean interpreter: its numbers, in order."""
    command = [sys.executable, "-I", "-c", RUNS, *map(str, files)]
    made = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return [[float(number) for number in re.findall(r"(?:loss|accuracy|=) ([\d.]+)", said)]
            for said in made.stdout.split(MARK)[1:]]  # fmt: skip


def numbers(run: TrainingRun, epoch: int, ids: list[int]) -> list[float]:
    """The same of a run: loss and accuracy of both parts, and p after the sentence."""
    record = next(one for one in run.history if one.epoch == epoch)
    p = run.snapshot_at(epoch).model.forward(ids).p[-1]
    return [record.train_loss, record.train_accuracy, record.test_loss, record.test_accuracy, *p]


def check(folder: Path, runs: dict[str, TrainingRun], epoch: int = EPOCHS) -> None:
    """Compare the script and the notebook of every run with its own numbers."""
    files, wanted = [], {}
    for i, (name, run) in enumerate(runs.items()):
        run.advance(epochs=epoch + 1)  # what is shown may be an earlier moment
        ids = run.dataset.test.ids[: run.dataset.test.lengths[0], 0].tolist()
        for ending, write in ((".py", script), (".ipynb", notebook)):
            files.append(folder / f"{i}{ending}")
            files[-1].write_text(write(run, epoch, ids), encoding="utf-8")
            wanted[f"{name} {ending}"] = numbers(run, epoch, ids)
    for (name, own), made in zip(wanted.items(), printed(*files), strict=True):
        np.testing.assert_allclose(made, own, rtol=0, atol=1e-9, err_msg=name)


def test_every_cell_on_two_data_sets_with_two_seeds(tmp_path: Path) -> None:
    data = load_dataset("sentiment"), make_task("temporal_order", 6, 0, 40, 10)
    check(tmp_path, {
        f"{cell} {one.name} {seed}": run_of(one, cell=cell, seed=seed)
        for cell in CELLS for one in data for seed in (0, 5)
    })  # fmt: skip


def test_every_setting_is_carried(tmp_path: Path) -> None:
    settings = [
        *({"init": init, "cell": cell, "spectral_radius": 1.1} for init in INITIALIZERS
          for cell in ("rnn", "lstm")),
        *({"optimizer": optimizer, "batch_size": 3, "lr": 0.02} for optimizer in OPTIMIZERS),
        *({"clip": clip, "clip_at": 0.05} for clip in CLIPS),
        *({"activation": activation} for activation in ACTIVATIONS),
        *({"truncate": 2, "cell": cell} for cell in CELLS),
        {"cell": "lstm", "forget_bias": 3.0},
    ]  # fmt: skip
    check(tmp_path, {str(one): run_of(**one) for one in settings})


@pytest.mark.parametrize("cell", CELLS)
def test_it_holds_as_far_as_the_page_trains(cell: str, tmp_path: Path) -> None:
    """As the page trains: gates by Adam, four sentences at once."""
    by_adam = {"optimizer": "adam", "lr": 0.01, "batch_size": 4} if cell != "rnn" else {}
    run = run_of(load_dataset("sentiment"), cell=cell, n_hidden=16, seed=1, **by_adam)
    check(tmp_path, {cell: run}, epoch=40)


def test_words_and_classes_are_data_and_never_code(tmp_path: Path) -> None:
    evil = dataset(
        "\"it's {evil} %s\",\"\"\"\"\"\"\"\\\\'); import os #\",train", "שלום 😀 good,ok,train",
        "it's good,ok,test", "good 😀,\"\"\"\"\"\"\"\\\\'); import os #\",test",
    )  # fmt: skip
    run = run_of(evil)
    for code in (script(run, 0, [0]), script(run, 0, [0], 'https://a.b/"""\nimport os\n"""')):
        compile(code, "train.py", "exec")
        assert not re.search(r"^import os", code, re.MULTILINE)
    check(tmp_path, {"evil": run})


def test_a_listing_is_short_and_its_lines_fit() -> None:
    for cell in CELLS:
        code = script(run_of(load_dataset("sentiment"), cell=cell, optimizer="adam"), 1, [0])
        listing = code[code.index("V, H, C, k") :].splitlines()
        assert sum(bool(line) for line in listing) <= 75
        assert max(map(len, code.splitlines())) <= 100


def test_a_notebook_has_the_equations_before_their_code() -> None:
    made = json.loads(notebook(run_of(cell="gru"), 2, [0], "https://a.b/read"))
    kinds = [cell["cell_type"] for cell in made["cells"]]
    assert kinds == ["markdown", *["markdown", "code"] * 6]
    assert made["nbformat"] == 4
    assert len({cell["id"] for cell in made["cells"]}) == len(kinds)
    forward = next(i for i, cell in enumerate(made["cells"]) if "def forward" in
                   "".join(cell["source"]))  # fmt: skip
    assert "$$" in "".join(made["cells"][forward - 1]["source"])
    assert "https://a.b/read" in "".join(made["cells"][0]["source"])


def test_where_there_is_none_it_says_why() -> None:
    turned, forked = run_of(), run_of()
    turned.advance(steps=3)
    turned.change(lr=0.5)
    forked.advance(epochs=2)
    at_each_step = make_task("parity", 4, 0, 8, 4)
    loaded = TrainingRun(SMALL, Hyperparameters(n_hidden=6), trained=forked.model, epoch=2)
    bug = TrainingRun(SMALL, Hyperparameters(n_hidden=6), cell=MissingTranspose())
    said = {
        "one layer": [run_of(n_layers=2), run_of(bidirectional=True), bug],
        "one answer": [run_of(at_each_step)],
        "its seed": [forked.fork(1), loaded],
        "was turned": [turned],
        "float32": [run_of(dtype="float32")],
    }
    for why, runs in said.items():
        for run in runs:
            assert why in why_not(run)
            with pytest.raises(ValueError, match=why):
                script(run, 0, [0])
    at_the_start = run_of()
    at_the_start.change(lr=0.5)
    assert why_not(at_the_start) == ""
