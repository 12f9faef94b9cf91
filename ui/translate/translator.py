"""This visitor's translator: the task, the network that suits it, and its training."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

from rnn_core import Checkpoint, Dataset, Hyperparameters, TrainingRun, make_translation
from rnn_core.experiments.translation import TRANSLATIONS, Translation
from rnn_core.vocabulary import END
from ui.kit import settings
from ui.kit.table import TABLE
from ui.sequence import own_model
from ui.sequence.learner import Learner
from ui.sequence.session import Session

TRANSLATOR = Learner("translator", "x_epoch")
TASKS = {"translation": "English to Spanish", "numbers": "Numbers to digits",
         "dates": "Dates to ISO"}  # fmt: skip
"""{name: what it is called}."""
READS = {"translation": "English", "numbers": "a number in words", "dates": "a date"}
WRITES = {"translation": "Spanish", "numbers": "its digits", "dates": "it as in ISO 8601"}
USUAL = {"translation": "the red house sleeps", "numbers": "four hundred and seven",
         "dates": "4.7.1999"}  # fmt: skip
"""{task: what it reads where nothing was typed}."""
ONE, MANY = ({"translation": "word", "numbers": "word", "dates": "character"},
             {"translation": "words", "numbers": "words", "dates": "characters"})  # fmt: skip
LONGEST = 40
"""Symbols of an own input that are read."""
CHOSEN = {"x_cell": "cell", "x_units": "n_hidden", "x_lr": "lr", "x_attention": "attention"}
SET = {"x_layers": "n_layers", "x_seed": "seed"}
"""{setting: its name in Hyperparameters}: those of which some suit better, and the others."""
GOOD = "translator reads"
"""Under this name the last input is kept that could be read: {task: text}."""


def task_name() -> str:
    """Which task is chosen."""
    return str(settings.get("x_task"))


def task() -> Translation:
    """The rule of the chosen task."""
    return TRANSLATIONS[task_name()]


@lru_cache(maxsize=8)
def dataset(name: str, is_reversed: bool) -> Dataset:
    """A task's sentences, made once."""
    return make_translation(name, is_reversed)


def usual() -> Hyperparameters:
    """The settings that suit the task."""
    made: dict[str, Any] = dict(task().settings)
    return Hyperparameters(**made)


def hyperparameters() -> Hyperparameters:
    """The settings as they stand, what was not chosen as it suits."""
    get = settings.get
    chosen = {ours: get(name) for name, ours in CHOSEN.items() if get(name) is not None}
    return replace(usual(), **chosen, **{ours: get(name) for name, ours in SET.items()})


def goal() -> int:
    """The epochs after which it pauses by itself, where none were chosen."""
    chosen, wanted = settings.get("x_goal"), task().epochs
    if chosen is not None:
        return int(chosen)
    return min(TABLE["x_goal"].allowed, key=lambda epochs: abs(epochs - wanted))  # type: ignore


def session() -> Session:
    """The training as the settings ask for it now."""
    data = dataset(task_name(), bool(settings.get("x_reversed")))
    return TRANSLATOR.session(data, hyperparameters(), goal())


def run_of(made: Checkpoint) -> TrainingRun:
    """A checkpoint as a run on its task; in the order of reading in which it is better.

    Raises ValueError for a model of no task that is here.
    """
    model, rule = made.model, TRANSLATIONS.get(made.dataset)
    if rule is None or model.source is None or model.source.words != rule.source \
            or model.classes != (END, *rule.target):  # fmt: skip
        raise ValueError("It is no model for this page: it translates nothing that is known here")
    orders = [dataset(made.dataset, is_reversed) for is_reversed in (False, True)]
    hp = replace(made.hyperparameters, dtype="float64")
    losses = [TrainingRun(data, hp, trained=model).history[0].test_loss for data in orders]
    is_reversed = losses[1] < losses[0]
    anew(x_task=made.dataset, x_reversed=is_reversed, x_attention=hp.attention, source=None)
    return own_model.run_of(made, orders[is_reversed])


def source(typed: str) -> list[str]:
    """What is read: what was typed; where that cannot be read, what was read before, and why."""
    name, rule = task_name(), task()
    good: dict[str, str] = settings.kept().setdefault(GOOD, {})
    try:
        symbols = rule.read(typed)
        good[name] = typed
    except ValueError as error:
        symbols = rule.read(good.get(name, USUAL[name]))
        shown = settings.as_text(f"{error}")
        settings.note(f"Not read, {shown}. Shown is: {rule.joint.join(symbols)}")
    if len(symbols) > LONGEST:
        symbols = symbols[:LONGEST]
        settings.note(f"That was long: its first {LONGEST} {MANY[name]} are read.")
    met = dataset(name, False).train.source_lengths
    if met is not None and len(symbols) > int(met.max()):
        settings.note(f"{len(symbols)} {MANY[name]}: in training it read at most {met.max()}.")
    return symbols


def anew(**values: Any) -> None:
    """A callback: of another input, or another task, the film begins anew."""
    settings.put(x_t=None, **values)
    settings.kept()["asked"] = settings.kept().get("asked", 0) + 1
