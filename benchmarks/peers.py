"""Beside PyTorch and JAX, where they are installed: W3 to W5, mini-batches with Adam.

Each does it the way its users would: torch.nn.RNN and its kin with autograd, JAX one jitted
step. Milliseconds a step, peak memory, and how often ours goes into theirs.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.clock import race
from rnn_core import CELLS, Dataset, Hyperparameters, TrainingRun, Vocabulary
from rnn_core.wirings import Split

LR = 1e-3
Step = Callable[[], object]


@dataclass(frozen=True)
class Work:
    """B sentences of T from V words, H units; an answer of C after each word, or after the last."""

    name: str
    B: int
    T: int
    V: int
    H: int
    C: int
    per_step: bool
    rounds: int
    dtypes: tuple[str, ...] = ("float64", "float32")


WORKS = [
    Work("W3 mini-batch", 32, 20, 50, 64, 2, False, 60),
    Work("W4 characters", 32, 50, 65, 128, 65, True, 12),
    Work("W5 long", 16, 200, 50, 32, 2, False, 12, ("float64",)),
    Work("W5 longer", 16, 1000, 50, 32, 2, False, 3, ("float64",)),
]


def random_sentences(work: Work) -> Dataset:
    """As many sentences as one step takes."""
    rng, n = np.random.default_rng(0), work.B
    ids = rng.integers(0, work.V, (work.T, n))
    answers = rng.integers(0, work.C, (work.T, n) if work.per_step else n)
    blank = ("",) * n
    train = Split(blank, blank, ids, np.full(n, work.T), answers)
    test = Split((), (), ids[:, :0], np.zeros(0, int), answers[..., :0])
    words = Vocabulary([" ".join(f"w{i}" for i in range(work.V))])
    return Dataset("random", train, test, words, tuple(f"class {i}" for i in range(work.C)))


def ours(work: Work, data: Dataset, cell: str, dtype: str) -> Step:
    """One step of a run."""
    settings = Hyperparameters(
        cell=cell, n_hidden=work.H, batch_size=work.B, optimizer="adam", lr=LR, clip="norm",
        dtype=dtype,
    )  # fmt: skip
    run = TrainingRun(data, settings)
    run._evaluate = lambda buffers: None
    return lambda: run.advance(steps=1)


def torch_step(work: Work, data: Dataset, cell: str, dtype: str) -> Step:
    """PyTorch, eager, one thread."""
    import torch

    torch.set_num_threads(1)
    kind = getattr(torch, dtype)
    words = torch.nn.functional.one_hot(torch.tensor(data.train.ids), work.V).to(kind)
    wanted = torch.tensor(data.train.answers).reshape(-1)
    net = getattr(torch.nn, cell.upper())(work.V, work.H, dtype=kind)
    readout = torch.nn.Linear(work.H, work.C, dtype=kind)
    parameters = [*net.parameters(), *readout.parameters()]
    adam = torch.optim.Adam(parameters, LR)

    def step() -> None:
        adam.zero_grad()
        h = net(words)[0]
        y = readout(h if work.per_step else h[-1])
        loss = torch.nn.functional.cross_entropy(y.reshape(-1, work.C), wanted)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        adam.step()

    return step


def jax_step(work: Work, data: Dataset, cell: str, dtype: str) -> Step:
    """JAX, the whole step jitted."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    rng, k = np.random.default_rng(0), {"rnn": 1, "lstm": 4, "gru": 3}[cell]
    shapes = {"W_xh": (work.V, k * work.H), "W_hh": (work.H, k * work.H),
              "W_hy": (work.H, work.C), "b_h": (k * work.H,), "b_y": (work.C,)}  # fmt: skip
    q = {name: jnp.asarray(rng.normal(size=s) / 8, dtype) for name, s in shapes.items()}
    ids, wanted = jnp.asarray(data.train.ids), jnp.asarray(data.train.answers)
    zeros = jax.tree.map(jnp.zeros_like, q)
    start = jnp.zeros((work.B, work.H), dtype)

    def one_word(q, carry, x):
        h, c = carry
        if cell == "rnn":
            h = jnp.tanh(x + h @ q["W_hh"] + q["b_h"])
        elif cell == "lstm":
            i, f, o, g = jnp.split(x + h @ q["W_hh"] + q["b_h"], 4, axis=1)
            c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
            h = jax.nn.sigmoid(o) * jnp.tanh(c)
        else:
            (r, z, n), (u, v, w) = (jnp.split(s, 3, axis=1) for s in (x + q["b_h"], h @ q["W_hh"]))
            z, n = jax.nn.sigmoid(z + v), jnp.tanh(n + jax.nn.sigmoid(r + u) * w)
            h = n + z * (h - n)
        return (h, c), h

    def loss(q):
        _, h = jax.lax.scan(lambda carry, x: one_word(q, carry, x), (start, start), q["W_xh"][ids])
        log_p = jax.nn.log_softmax((h if work.per_step else h[-1]) @ q["W_hy"] + q["b_y"])
        return -jnp.take_along_axis(log_p, wanted[..., None], -1).mean()

    @jax.jit
    def update(q, m, s, n):
        g = jax.grad(loss)(q)
        length = jnp.sqrt(sum((x**2).sum() for x in jax.tree.leaves(g)))
        g = jax.tree.map(lambda x: x * jnp.minimum(1, 1 / length).astype(dtype), g)
        m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
        s = jax.tree.map(lambda s, g: 0.999 * s + 0.001 * g * g, s, g)
        fast, slow = LR / (1 - 0.9**n), 1 / (1 - 0.999**n)
        move = jax.tree.map(
            lambda m, s: (fast * m / (jnp.sqrt(s * slow) + 1e-8)).astype(dtype), m, s
        )
        return jax.tree.map(jnp.subtract, q, move), m, s, n + 1

    state = [(q, zeros, zeros, 1.0)]

    def step() -> None:
        state[0] = jax.block_until_ready(update(*state[0]))

    return step


STEPS: dict[str, Callable[[Work, Dataset, str, str], Step]] = {
    "ours": ours,
    "torch": torch_step,
    "jax": jax_step,
}


def peak_mb(who: str, work: Work, cell: str) -> float:
    """The most memory that a process of its own held in three steps, over what it held before."""
    asked = [sys.executable, "-m", "benchmarks.peers", who, str(WORKS.index(work)), cell]
    return float(subprocess.run(asked, check=True, capture_output=True, text=True).stdout)


def print_peak(who: str, work: str, cell: str) -> None:
    """What such a process does. Linux only, where the mark of the most can be set back."""
    if who != "ours":
        importlib.import_module(who)
    data = random_sentences(WORKS[int(work)])
    _forget_peak()
    before = _peak_now_mb()
    step = STEPS[who](WORKS[int(work)], data, cell, "float64")
    for _ in range(3):
        step()
    print(_peak_now_mb() - before)


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5")


def _peak_now_mb() -> float:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


def speed(there: list[str]) -> None:
    """Print each work, a column for each who is there."""
    print(f"{'':42}{'ours':>8}" + "".join(f"{name:>18}" for name in there))
    for work in WORKS:
        data = random_sentences(work)
        for cell in CELLS:
            for dtype in work.dtypes:
                contestants = {who: STEPS[who](work, data, cell, dtype) for who in ["ours", *there]}
                times = race(contestants, work.rounds)
                ms = {name: seconds * 1e3 for name, seconds in times.items()}
                what = f"{work.name}, T = {work.T}, {cell} f{dtype[-2:]}"
                columns = [f"{ms[name]:10.2f} ({ms[name] / ms['ours']:4.1f}x)" for name in there]
                print(f"{what:42}{ms['ours']:8.2f}" + "".join(f"{c:>18}" for c in columns))


def memory(there: list[str]) -> None:
    """Print the peak memory of the two largest works, and how often ours goes into a peer's."""
    print("\nPeak memory over what is held after the imports, f64, MB")
    print(f"{'':42}{'ours':>8}" + "".join(f"{name:>18}" for name in there))
    for work in (WORKS[1], WORKS[3]):
        for cell in CELLS:
            mb = {who: peak_mb(who, work, cell) for who in ["ours", *there]}
            columns = [f"{mb[name]:10.1f} ({mb[name] / mb['ours']:4.1f}x)" for name in there]
            what = f"{work.name}, T = {work.T}, {cell}"
            print(f"{what:42}{mb['ours']:8.1f}" + "".join(f"{c:>18}" for c in columns))


def main() -> None:
    """Print the two tables."""
    there = [who for who in STEPS if who == "ours" or importlib.util.find_spec(who)][1:]
    missing = "".join(f"; {who} is not installed" for who in STEPS if who not in ["ours", *there])
    print(f"Mini-batches with Adam, ms a step{missing}")
    speed(there)
    if Path("/proc/self/clear_refs").exists():
        memory(there)
    print()


if __name__ == "__main__":
    print_peak(*sys.argv[1:])
