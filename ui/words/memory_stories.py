"""The laboratory's dials, and its stories: where they show something, and what, as measured.

`python -m benchmarks memory` prints the counts, tests/test_laboratory.py holds them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rnn_core import Hyperparameters
from rnn_core.experiments.tasks import TASKS
from ui.laboratory import ALL_THE_WAY, BATCH, RULES, Setting, Setup

USUAL: dict[str, Any] = {
    "m_task": "remember_first", "m_length": 40, "m_cell": "rnn", "m_init": "orthogonal",
    "m_radius": 0.9, "m_activation": "tanh", "m_forget": 1.0, "m_units": 32, "m_k": 200,
    "m_rule": "Adam 0.003", "m_clip": "norm", "m_at": 1.0, "m_seed": 0, "m_compare": "nothing",
    "m_seeds": 3, "m_steps": 300,
}  # fmt: skip
"""Every dial by its key, also in the address, and where it usually stands."""


def setup_of(turned: Mapping[str, Any]) -> Setup:
    """The setup of some dials; those that are not named stand where they usually do."""
    dials = {**USUAL, **turned}
    optimizer, lr = RULES[dials["m_rule"]]
    settings = Hyperparameters(
        cell=dials["m_cell"], n_hidden=int(dials["m_units"]), activation=dials["m_activation"],
        init=dials["m_init"], spectral_radius=float(dials["m_radius"]), optimizer=optimizer, lr=lr,
        batch_size=BATCH, clip=dials["m_clip"], clip_at=float(dials["m_at"]),
        truncate=None if dials["m_k"] >= ALL_THE_WAY else int(dials["m_k"]), dtype="float32",
        seed=int(dials["m_seed"]), forget_bias=float(dials["m_forget"]),
    )  # fmt: skip
    task = dials["m_task"]
    setting = Setting(task, max(int(dials["m_length"]), TASKS[task].shortest), settings)
    return Setup(setting, dials["m_compare"], int(dials["m_seeds"]), int(dials["m_steps"]))


@dataclass(frozen=True)
class Story:
    """dials : those that stand elsewhere than usual. learned : for each variant how many of the
    seeds learn, None where it is luck, and a machine that rounds otherwise may have another. told :
    two sentences.
    """

    dials: dict[str, Any]
    learned: tuple[int | None, ...]
    told: str


STORIES = {
    "vanishing": Story(
        {"m_length": 10, "m_units": 64, "m_rule": "SGD 0.1", "m_compare": "start"},
        (0, 0, 3),
        "The write-up starts with weights / 1000: of a blame of 7e−3 at the last word 1e−21 "
        "reaches the first of ten, and 300 steps teach it nothing. From a rotation times 0.9 the "
        "same network learns the same task within 35 steps.",
    ),
    "edge of chaos": Story(
        {"m_compare": "radius"},
        (0, None, 3, 3),
        "“Keep the radius below 1” is too simple: at 0.9 a thousandth of the blame comes through "
        "forty words and none of three seeds learns, while at 1.3 and 1.6 every seed does. At 1.0 "
        "it is luck.",
    ),
    "exploding": Story(
        {"m_radius": 1.5, "m_rule": "SGD 0.1", "m_compare": "clip"},
        (0, 0, 3),
        "Three networks, alike in every number, whose blame grows on its way back. Not clipped, or "
        "cut entry by entry, long gradients throw the weights about and no seed learns; cut to a "
        "length of 1, the direction kept, all do.",
    ),
    "forget bias": Story(
        {"m_cell": "lstm", "m_length": 80, "m_compare": "forget", "m_steps": 250},
        (0, 0, 3),
        "An LSTM is no cure by itself: with a forget bias of 0 or 1 it does not learn eighty "
        "words in 250 steps. With 3 its gates begin open, no less blame reaches the first word "
        "than left the last, and every seed learns.",
    ),
    "truncation": Story(
        {"m_length": 10, "m_radius": 0.4, "m_compare": "k", "m_steps": 600},
        (0, 0, None, 3),
        "The answer is the first of ten words, and the gradient may travel k of them. k = 1 and 2 "
        "learn nothing, k = 10 learns: a shorter way never reaches the word that should have been "
        "kept. k = 5 is left to luck.",
    ),
    "the echo": Story(
        {"m_length": 10, "m_radius": 1.0, "m_compare": "k", "m_steps": 600},
        (None, 3, 3, 3),
        "The trap: the same at radius 1, where blame that travels two words is enough to learn "
        "what stood first of ten. The untrained network already keeps it, as an echo, and only "
        "the readout has to learn.",
    ),
}
