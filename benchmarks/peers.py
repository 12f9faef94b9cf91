"""Beside PyTorch and JAX, where they are installed: W3, a mini-batch with Adam.

B = 32 sentences of T = 20 words, V = 50, H = 64, one answer each; milliseconds a step.
Each does it the way its users would: torch.nn.RNN with autograd, JAX one jitted step.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable

import numpy as np

from benchmarks.clock import race
from rnn_core import Dataset, Hyperparameters, TrainingRun
from rnn_core.datasets import parse_dataset

B, T, V, H, C, LR = 32, 20, 50, 64, 2, 1e-3
ROUNDS = 200
Step = Callable[[], object]


def random_sentences() -> Dataset:
    """B sentences of T words from V, so that one epoch is one step."""
    rng = np.random.default_rng(0)
    ids = np.concatenate([np.arange(V), rng.integers(0, V, B * T - V)]).reshape(B, T)
    texts = (" ".join(f"w{i}" for i in row) for row in ids)
    rows = [f"{text},{'no' if b % 2 else 'yes'},train" for b, text in enumerate(texts)]
    return parse_dataset("random", "\n".join(["text,label,split", *rows]).encode())


def ours(data: Dataset, dtype: str) -> Step:
    """One step of a run."""
    settings = Hyperparameters(
        n_hidden=H, batch_size=B, optimizer="adam", lr=LR, clip="norm", dtype=dtype
    )
    run = TrainingRun(data, settings)
    run._take_stock = lambda: None
    return lambda: run.advance(steps=1)


def torch_step(data: Dataset, dtype: str) -> Step:
    """PyTorch, eager, one thread."""
    import torch

    torch.set_num_threads(1)
    kind = getattr(torch, dtype)
    words = torch.nn.functional.one_hot(torch.tensor(data.train.ids), V).to(kind)
    wanted = torch.tensor(data.train.answers)
    rnn, readout = torch.nn.RNN(V, H, dtype=kind), torch.nn.Linear(H, C, dtype=kind)
    parameters = [*rnn.parameters(), *readout.parameters()]
    adam = torch.optim.Adam(parameters, LR)

    def step() -> None:
        adam.zero_grad()
        loss = torch.nn.functional.cross_entropy(readout(rnn(words)[1][0]), wanted)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        adam.step()

    return step


def jax_step(data: Dataset, dtype: str) -> Step:
    """JAX, the whole step jitted."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    rng = np.random.default_rng(0)
    shapes = {"W_xh": (V, H), "W_hh": (H, H), "W_hy": (H, C), "b_h": (H,), "b_y": (C,)}
    q = {name: jnp.asarray(rng.normal(size=s) / 8, dtype) for name, s in shapes.items()}
    ids, wanted = jnp.asarray(data.train.ids), jnp.asarray(data.train.answers)
    zeros = jax.tree.map(jnp.zeros_like, q)

    def loss(q):
        def cell(h, x):
            return jnp.tanh(x + h @ q["W_hh"] + q["b_h"]), None

        h, _ = jax.lax.scan(cell, jnp.zeros((B, H), dtype), q["W_xh"][ids])
        log_p = jax.nn.log_softmax(h @ q["W_hy"] + q["b_y"])
        return -log_p[jnp.arange(B), wanted].mean()

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


def main() -> None:
    """Print W3, a column for each who is there."""
    data = random_sentences()
    peers = {"torch": torch_step, "jax": jax_step}
    print(f"W3: B = {B}, T = {T}, V = {V}, H = {H}, Adam, ms a step")
    print(f"{'':12}{'ours':>8}{'torch':>16}{'jax':>16}")
    for dtype in ("float64", "float32"):
        contestants = {"ours": ours(data, dtype)}
        for name, make in peers.items():
            if importlib.util.find_spec(name):
                contestants[name] = make(data, dtype)
        ms = {name: seconds * 1e3 for name, seconds in race(contestants, ROUNDS).items()}
        columns = [
            f"{ms[name]:7.2f} ({ms[name] / ms['ours']:.1f}x)" if name in ms else "not installed"
            for name in peers
        ]
        print(f"{dtype:12}{ms['ours']:8.2f}{''.join(f'{column:>16}' for column in columns)}")
    print()
