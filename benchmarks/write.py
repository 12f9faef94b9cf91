"""Write: how soon a network writes words, and how near its perplexity comes to the floor.

Seconds are the processor's, of training alone, with the judging at each epoch's end; medians over
the seeds, the worst in brackets.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from statistics import median

import numpy as np

from rnn_core import Hyperparameters, LanguageRun, Text, load_dataset
from rnn_core.experiments.grammars import WORD_CLASSES
from rnn_core.experiments.units import features, tellers
from rnn_core.experiments.words import agreement, class_of_neighbour, word_vectors
from rnn_core.language import baselines, perplexity, write
from rnn_core.texts import cut

SEEDS = range(3)
LOOKS_S = (0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0)
READABLE = 0.95
"""Of the words drawn at T = 0.5 so many occur in the text."""
RECIPES = {
    ("quotes", "rnn"): {"n_hidden": 32, "lr": 0.01, "batch_size": 16},
    ("quotes", "gru"): {"n_hidden": 32, "lr": 0.01, "batch_size": 16},
    ("quotes", "lstm"): {"n_hidden": 64, "lr": 0.015, "batch_size": 16},
    ("rhymes", "rnn"): {"n_hidden": 64, "lr": 0.01, "batch_size": 8},
    ("rhymes", "gru"): {"n_hidden": 64, "lr": 0.01, "batch_size": 8},
    ("grammar", "rnn"): {"n_hidden": 32, "lr": 0.01, "batch_size": 32},
    ("grammar", "gru"): {"n_hidden": 32, "lr": 0.01, "batch_size": 32},
    ("grammar", "lstm"): {"n_hidden": 32, "lr": 0.02, "batch_size": 32},
}


def a_run(text: Text, cell: str, seed: int, **settings: object) -> LanguageRun:
    """A training with the settings that are common to all recipes."""
    usual = {"optimizer": "adam", "clip": "norm", "spectral_radius": 1.0, "dtype": "float32"}
    return LanguageRun(text, Hyperparameters(**{**usual, "cell": cell, "seed": seed, **settings}))


def sample(run: LanguageRun, seed: int = 0, n: int = 300) -> str:
    """What it writes after a line end at T = 0.5."""
    text: Text = run.dataset
    return text.shown(write(run.model, text.encode("\n")[0], n, seed, 0.5).ids)


def known_words(text: Text, written: str) -> float:
    """How many of the words written, but the last, occur in the text, 0..1."""
    words = cut(written, "words")[:-1]
    whole = text.shown([*text.stream, *text.held_out])
    return float(np.mean([word in {*cut(whole, "words")} for word in words] or [0.0]))


def learning(name: str, cell: str, seed: int, **settings: object) -> dict[str, float]:
    """Train one network as long as LOOKS_S says; {what: figure}."""
    text = load_dataset(name)
    assert isinstance(text, Text)
    run, found, began = a_run(text, cell, seed, **settings), {"readable s": np.nan}, 0.0
    for until in LOOKS_S:
        clock = time.process_time()
        run.advance(budget_s=until - began)
        began += time.process_time() - clock
        found[f"ppl {until:g} s"] = perplexity(run.history[-1].test_loss)
        if np.isnan(found["readable s"]) and known_words(text, sample(run)) >= READABLE:
            found["readable s"] = began
    found["best ppl"] = perplexity(min(record.test_loss for record in run.history))
    found["steps a s"] = run.steps / began
    return found | telling(run)


def telling(run: LanguageRun) -> dict[str, float]:
    """What the network at the end keeps of quotes; or of words' classes, and how far it agrees."""
    text: Text = run.dataset
    if text.unit == "words":
        classes = [WORD_CLASSES.get(word) for word in text.classes]
        found = class_of_neighbour(word_vectors(run.model), classes)
        agrees = {f"agrees, {k} between": agreement(run.model, k).p for k in (0, 1, 2, 4)}
        return {"own class": found.right / found.of} | agrees
    fwd = run.model.forward(text.held_out[:4000])
    symbols = np.array([text.classes[i] for i in fwd.ids])
    blanks = symbols == " "
    kept = {name: values[blanks] for name, values in features(symbols.tolist()).items()}
    return {name: abs(tellers(fwd.h[blanks], values)[0].r) for name, values in kept.items()}


def line(figures: Sequence[dict[str, float]]) -> str:
    """All figures of one recipe."""
    parts = []
    for name in figures[0]:
        values = [one[name] for one in figures]
        worst = max(values) if "ppl" in name or name.endswith(" s") else min(values)
        parts.append(f"{name} {median(values):.3g} ({worst:.3g})")
    return "; ".join(parts)


def main() -> None:
    """Print a paragraph for each recipe, with a sample of its first seed."""
    print("Write: figures on held-out text; r at blanks, of the best unit")
    for name in dict.fromkeys(name for name, _ in RECIPES):
        text = load_dataset(name)
        assert isinstance(text, Text)
        print(f"{name}: {len(text.stream):,} {text.unit}, {vars(baselines(text))}")
        for (of, cell), settings in RECIPES.items():
            if of == name:
                figures = [learning(name, cell, seed, **settings) for seed in SEEDS]
                print(f"  {cell} {settings}\n    {line(figures)}", flush=True)
    print()
