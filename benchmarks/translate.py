"""Translate: the other wirings, trained by their recipes; what they get right of the unseen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from statistics import median
from typing import Any

import numpy as np

from rnn_core import Dataset, Hyperparameters, TrainingRun
from rnn_core.decoding import exact_by_length, exact_match, symbol_errors
from rnn_core.experiments.pictures import PICTURES, make_digits
from rnn_core.experiments.translation import RECIPE, TRANSLATIONS, make_translation

SEEDS = range(5)
Row = tuple[str, Dataset, Mapping[str, Any], int]
Scores = dict[str, float]


def written() -> Iterator[Row]:
    """(what, data, settings, epochs) where a decoder writes."""
    recipes = {**TRANSLATIONS, **PICTURES}
    large: dict[str, Any] = {"n_hidden": 64, "lr": 0.005}
    turned: dict[str, list[dict[str, Any]]] = {
        "numbers": [{}, {"cell": "rnn", "lr": 0.003}],
        "translation": [
            {}, large, {**large, "cell": "rnn", "lr": 0.003}, {**large, "cell": "lstm"},
            {**large, "attention": False}, {**large, "cell": "lstm", "attention": False},
        ],
        "dates": [{}, {**large, "attention": False}],
        "captions": [{}, {"cell": "lstm"}, {"cell": "rnn", "lr": 0.003}],
    }  # fmt: skip
    for name, changes in turned.items():
        data = PICTURES[name].make() if name in PICTURES else make_translation(name)
        for change in changes:
            recipe = recipes[name]
            yield name, data, {**recipe.settings, **change}, recipe.epochs
    backwards = make_translation("translation", reversed_source=True)
    for cell in ("rnn", "gru", "lstm"):
        settings = {**RECIPE, "cell": cell}
        for what, data in (("translation", make_translation("translation")),
                           ("translation, reversed", backwards)):  # fmt: skip
            yield what, data, settings, 13


def seen() -> Iterator[Row]:
    """(what, data, settings, epochs) where an answer is asked at many steps."""
    frames, digits = PICTURES["frames"], PICTURES["digits"]
    data = frames.make()
    for change in ({}, {"bidirectional": True}, {"cell": "lstm"}, {"cell": "rnn", "lr": 0.003}):
        yield "frames", data, {**frames.settings, **change}, frames.epochs
    yield "digits", digits.make(), digits.settings, digits.epochs
    yield "digits, asked once", make_digits(every_row=False), digits.settings, digits.epochs


def exact(data: Dataset, run: TrainingRun) -> Scores:
    """Exact matches on all that is not in training, and wrong symbols, forced and free."""
    found = {name: float(exact_match(run.model, split).mean())
             for name, split in {"unseen": data.test, **data.more}.items()}  # fmt: skip
    forced, free = symbol_errors(run.model, data.test)
    return {**found, "wrong, forced": forced, "wrong, free": free}


def by_step(data: Dataset, run: TrainingRun) -> Scores:
    """The share of right answers: of all, and after each step."""
    batch, _ = data.test.batch(run.model, np.arange(len(data.test)))
    chosen = run.model.read(batch).logits.argmax(axis=1)
    answers = np.atleast_2d(data.test.answers)
    right, asked = chosen[-len(answers) :] == answers, answers >= 0
    shares = {f"step {t + 1}": float(right[t].mean()) for t in np.flatnonzero(asked.all(axis=1))}
    return {"all": float(right[asked].mean()), **shares}


def line(row: Row, score: Callable[[Dataset, TrainingRun], Scores]) -> str:
    """One row of the table: the median over all seeds (least to most)."""
    what, data, settings, epochs = row
    seconds, scores = [], []
    for seed in SEEDS:
        began = time.process_time()
        run = TrainingRun(data, Hyperparameters(**{**settings, "seed": seed}))
        run.advance(epochs=epochs)
        seconds.append(time.process_time() - began)
        scores.append(score(data, run))
    how = " ".join(str(settings[key]) for key in ("cell", "n_hidden", "lr") if key in settings)
    marks = " attention" * settings.get("attention", False)
    marks += " both" * settings.get("bidirectional", False)
    told = "   ".join(
        f"{name} {median(found):.3f} ({min(found):.3f} to {max(found):.3f})"
        for name in scores[0]
        for found in [[one[name] for one in scores]]
    )
    return f"{what + ', ' + how + marks:44}{epochs:4} epochs{median(seconds):6.1f} s   {told}"


def lengths() -> str:
    """What the bottleneck costs: exact matches by the words of the source, with attention or not;
    sentences in training have 3 to 7.
    """
    data, told = make_translation("translation"), []
    for settings in (TRANSLATIONS["translation"].settings, {**RECIPE, "cell": "lstm"}):
        run = TrainingRun(data, Hyperparameters(**settings))
        run.advance(epochs=16)
        found = exact_by_length(run.model, data.test) | exact_by_length(
            run.model, data.more["longer"]
        )
        told.append(
            f"by words, {settings['cell']}: "
            + "  ".join(f"{n}: {share:.2f}" for n, share in found.items())
        )
    return "\n".join(told)


def main() -> None:
    """Print a line for each task and model."""
    print("Translate and the other wirings: median of 5 seeds (least to most); processor seconds")
    for rows, score in ((written(), exact), (seen(), by_step)):
        for row in rows:
            print(line(row, score), flush=True)
    print(lengths())
    print()
