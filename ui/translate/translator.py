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
from ui.translate import text

TRANSLATOR = Learner("translator", "x_epoch")
USUAL = {"translation": "the red house sleeps", "numbers": "four hundred and seven",
         "dates": "4.7.1999"}  # fmt: skip
"""{task: what it reads where nothing was typed}."""
LONGEST = 40
"""Symbols of an own input that are read."""
CHOSEN = {"x_cell": "cell", "x_units": "n_hidden", "x_lr": "lr", "x_attention": "attention"}
SET = {"x_layers": "n_layers", "x_seed": "seed", "x_both": "bidirectional"}
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
    settings.correct("x_units", sizes())
    get = settings.get
    chosen = {ours: get(name) for name, ours in CHOSEN.items() if get(name) is not None}
    return replace(usual(), **chosen, **{ours: get(name) for name, ours in SET.items()})


def sizes() -> list[int]:
    """How many units there may be: an encoder in both directions halves them."""
    return [n for n in TABLE["x_units"].allowed if not (settings.get("x_both") and n % 2)]  # type: ignore


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
        raise ValueError(text.NO_MODEL)
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
        settings.note(text.NOT_READ.format(why=shown, shown=rule.joint.join(symbols)))
    if len(symbols) > LONGEST:
        symbols = symbols[:LONGEST]
        settings.note(text.LONG.format(n=LONGEST, many=text.MANY[name]))
    met = dataset(name, False).train.source_lengths
    if met is not None and len(symbols) > int(met.max()):
        many = text.MANY[name]
        settings.note(text.LONGER_THAN_MET.format(n=len(symbols), many=many, most=met.max()))
    return symbols


def anew(**values: Any) -> None:
    """A callback: of another input, or another task, the film begins anew."""
    settings.put(x_t=None, **values)
    settings.kept()["asked"] = settings.kept().get("asked", 0) + 1
