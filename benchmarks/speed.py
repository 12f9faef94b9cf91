"""Speed beside the naive loop: W1 and W2 train one sentence at a time, W6 looks at one sentence."""

from __future__ import annotations

import numpy as np

from benchmarks.clock import race
from benchmarks.naive import NaiveRNN
from rnn_core import CELLS, Hyperparameters, Model, TrainingRun, load_dataset
from rnn_core.bench import Bench
from rnn_core.parameters import STARTS

EPOCHS = 40
# workload, H, number type, goal for naive / ours
TRAINING = [
    ("W1", 64, "float64", 4.5),
    ("W1", 64, "float32", 6.5),
    ("W2", 8, "float64", 4.5),
    ("W2", 32, "float64", 4.5),
    ("W2", 128, "float64", 5.5),
]


class Steps(TrainingRun):
    """A run that only trains: the naive loop measures no model after an epoch either."""

    def _take_stock(self, bench: Bench) -> None:
        self._norms, self._n_clipped = [], 0


def one_training(n_hidden: int, dtype: str) -> dict[str, float]:
    """Median seconds an epoch over a training from its start, naive and ours by turns."""
    data = load_dataset("sentiment")
    settings = Hyperparameters(n_hidden=n_hidden, dtype=dtype)
    run = Steps(data, settings)
    naive = NaiveRNN({name: array.astype(float) for name, array in run.model.params.items()})
    sentences = [data.train.ids[:n, i].tolist() for i, n in enumerate(data.train.lengths)]
    order = np.random.default_rng(0)

    def naive_epoch() -> None:
        for i in order.permutation(len(sentences)):
            naive.train(sentences[i], data.train.answers[i], settings.lr, settings.clip_at)

    measured = TrainingRun(data, settings)
    contestants = {
        "naive": naive_epoch,
        "ours": lambda: run.advance(epochs=1),
        "measured": lambda: measured.advance(epochs=1),
    }
    return race(contestants, EPOCHS)


def looking(n_words: int) -> float:
    """Microseconds for one sentence forward and back, everything that a view needs."""
    model = Model(CELLS["rnn"]("tanh"), load_dataset("sentiment").vocabulary, ("no", "yes"), 64)
    STARTS["orthogonal"](model.params, np.random.default_rng(0), 0.9)
    ids = np.random.default_rng(1).integers(0, len(model.vocabulary), n_words)
    seconds = race({"ours": lambda: model.backward(model.forward(ids), 1)}, 300)
    return seconds["ours"] * 1e6


def main() -> None:
    """Print the two tables."""
    print("Training, one sentence at a time, SGD, clip by value: ms an epoch of 58 sentences")
    print(f"{'':16}{'naive':>8}{'ours':>8}{'ratio':>8}{'goal':>8}   with history and snapshots")
    for work, n_hidden, dtype, goal in TRAINING:
        seconds = one_training(n_hidden, dtype)
        naive, ours, measured = (seconds[who] * 1e3 for who in ("naive", "ours", "measured"))
        name = f"{work} H={n_hidden} {'f' + dtype[-2:]}"
        print(f"{name:16}{naive:8.2f}{ours:8.2f}{naive / ours:7.1f}x{goal:7.1f}x{measured:10.2f}")
    print("\nW6: one sentence forward and back for a view, H = 64, microseconds")
    for n_words in (12, 200):
        print(f"T = {n_words:<12}{looking(n_words):8.0f}")
    print()
