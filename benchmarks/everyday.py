"""The everyday model on sentences of others: `python -m benchmarks everyday <file>`.

The file is for measuring only: lines of text, tab, label (as the model's classes are called), a
head before them. Printed are numbers, no sentence.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from rnn_core.checkpoint import load
from rnn_core.datasets import DATA, load_dataset
from rnn_core.experiments.calibration import Calibration, answers, calibration
from rnn_core.network import softmax

ENOUGH = 0.6
"""The share of a sentence that must be known, to be judged by its verdict."""


def shown(name: str, made: Calibration) -> str:
    """Confidence against right, a line for each bin."""
    rows = zip(made.confidence, made.right, made.count, strict=True)
    lines = [f"  sure {sure:6.1%}   right {right:6.1%}   of {n:5}" for sure, right, n in rows]
    return "\n".join([f"calibration on {name}: off by {made.error:.1%} in the mean", *lines])


def main(file: str) -> None:
    """Print what is known, what is right, and how sure it was."""
    made, dataset = load(DATA / "everyday.safetensors"), load_dataset("everyday")
    model, test = made.model, dataset.test
    logits = answers(model, dataset, test)
    print(f"temperature {made.temperature:.2f}, {made.figures}")
    print(f"own test: {(logits.argmax(axis=0) == test.answers).mean():.1%} of {len(test)} right")
    print(shown("its own test", calibration(softmax(logits[None])[0], test.answers)))
    text = Path(file).read_text(encoding="utf-8-sig")
    rows = csv.reader(text.split("\n")[1:], delimiter="\t", quoting=csv.QUOTE_NONE)
    sentences = [(model.vocabulary.encode(row[0]), row[1].strip()) for row in rows if len(row) == 2]
    known = np.array([share for encoding, _ in sentences for share in encoding.known])
    print(f"{len(sentences)} sentences, {len(known)} words: {known.mean():.1%} known")
    read = [(encoding, model.class_number(label)) for encoding, label in sentences
            if encoding.known and np.mean(encoding.known) >= ENOUGH]  # fmt: skip
    p = np.stack([model.forward(encoding.ids).p[-1] for encoding, _ in read], axis=1)
    right = np.array([number for _, number in read])
    print(f"{len(read)} of them {ENOUGH:.0%} known: {(p.argmax(axis=0) == right).mean():.1%} right")
    print(shown("these", calibration(p, right)))
