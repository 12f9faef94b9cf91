"""Speed of training and looking, in units of the naive loop, beside the commit before.

W1 and W2 train one sentence at a time, W3 and W5 mini-batches with Adam, W6 looks at one sentence.
Each is timed in turn with an epoch of the naive loop at H = 64; a figure is how often the work
would fit into that epoch. `baseline.json` holds them for the commit before; --store replaces it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.clock import race
from benchmarks.naive import NaiveRNN
from benchmarks.peers import WORKS, ours, random_sentences
from rnn_core import CELLS, Hyperparameters, Model, TrainingRun, load_dataset
from rnn_core.buffers import Buffers
from rnn_core.parameters import INITIALIZERS

BASELINE = Path(__file__).parent / "baseline.json"
ROUNDS = 30


class Steps(TrainingRun):
    """A run that only trains: the naive loop evaluates no model after an epoch either."""

    def _evaluate(self, buffers: Buffers) -> None:
        self._norms, self._n_clipped = [], 0


def naive_epoch() -> Callable[[], None]:
    """An epoch of the naive loop at H = 64: the yardstick."""
    data, settings = load_dataset("sentiment"), Hyperparameters()
    params = TrainingRun(data, settings).model.params
    naive, order = NaiveRNN(params), np.random.default_rng(0)
    sentences = [data.train.ids[:n, i].tolist() for i, n in enumerate(data.train.lengths)]

    def epoch() -> None:
        for i in order.permutation(len(sentences)):
            naive.train(sentences[i], data.train.answers[i], settings.lr, settings.clip_at)

    return epoch


def one_at_a_time(cell: str, n_hidden: int, dtype: str) -> Callable[[], object]:
    """An epoch of 58 sentences, one at a time, by SGD."""
    settings = Hyperparameters(cell=cell, n_hidden=n_hidden, dtype=dtype)
    run = Steps(load_dataset("sentiment"), settings)
    run.advance(epochs=3)
    return lambda: run.advance(epochs=1)


def looking(n_words: int) -> Callable[[], object]:
    """One sentence forward and back, everything that a view needs, H = 64."""
    model = Model(CELLS["rnn"]("tanh"), load_dataset("sentiment").vocabulary, ("no", "yes"), 64)
    INITIALIZERS["orthogonal"](model.params, np.random.default_rng(0), 0.9)
    ids = np.random.default_rng(1).integers(0, len(model.vocabulary), n_words)
    return lambda: model.backward(model.forward(ids), 1)


def works() -> dict[str, Callable[[], Callable[[], object]]]:
    """Each workload by its name; begun when its turn comes."""
    made: dict[str, Callable[[], Callable[[], object]]] = {}
    for cell in CELLS:
        made[f"W1 H=64 f64 {cell}"] = lambda cell=cell: one_at_a_time(cell, 64, "float64")
    made["W1 H=64 f32 rnn"] = lambda: one_at_a_time("rnn", 64, "float32")
    for n in (8, 32, 128):
        made[f"W2 H={n} f64 rnn"] = lambda n=n: one_at_a_time("rnn", n, "float64")
    for work in (WORKS[0], WORKS[2]):
        for cell in CELLS:
            made[f"{work.name}, T={work.T} f64 {cell}"] = lambda work=work, cell=cell: ours(
                work, random_sentences(work), cell, "float64"
            )
    for n in (12, 200):
        made[f"W6 looking, T={n}"] = lambda n=n: looking(n)
    return made


def main() -> None:
    """Print a line a workload: ms, how often it fits into the naive epoch, and so before."""
    before = json.loads(BASELINE.read_text()) if BASELINE.exists() else {"commit": "", "works": {}}
    print(f"Speed: how often the work fits into an epoch of the naive loop (before: "
          f"{before['commit'] or 'nothing stored'})")  # fmt: skip
    print(f"{'':32}{'ms':>9}{'now':>9}{'before':>9}{'now / before':>14}")
    yardstick, now = naive_epoch(), {}
    for name, begin in works().items():
        seconds = race({"naive": yardstick, "ours": begin()}, ROUNDS)
        now[name] = seconds["naive"] / seconds["ours"]
        then = before["works"].get(name)
        beside = f"{then:9.2f}{now[name] / then:13.2f}x" if then else ""
        print(f"{name:32}{seconds['ours'] * 1e3:9.3f}{now[name]:9.2f}{beside}", flush=True)
    print()
    if "--store" in sys.argv:
        asked = ["git", "rev-parse", "--short", "HEAD"]
        commit = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
        kept = {name: round(value, 3) for name, value in now.items()}
        BASELINE.write_text(json.dumps({"commit": commit, "works": kept}, indent=1) + "\n")
