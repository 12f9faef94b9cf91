"""The registry of measures: what a stop of a lecture can ask of the model and the run on the page.

A measure is a function of a Look and of the arguments that the lecture file gives it. It returns
a number; one that takes longer than a moment is a generator that yields how much is done, 0..1,
and returns the number. It raises ValueError with a sentence where there is nothing to measure.
"""

from __future__ import annotations

import inspect
import keyword
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from ui.lecture import text
from ui.lecture.look import Look, NotYet

Slow = Generator[float, None, float]
Measure = Callable[..., float | Slow]
MEASURES: dict[str, Measure] = {}
Given = TypeVar("Given", bound=Measure)


def measure(function: Given) -> Given:
    """Register a measure under its own name."""
    MEASURES[function.__name__] = function
    return function


@dataclass(frozen=True)
class Call:
    """A measure with its arguments, checked."""

    name: str
    arguments: tuple[tuple[str, Any], ...] = ()

    def made(self, look: Look) -> float | Slow:
        """The number, or the work that comes to it."""
        return MEASURES[self.name](look, **dict(self.arguments))


class Measuring:
    """The work of measuring, as kit/jobs.py takes it. A model that is still trained is waited for.

    Attributes
    ----------
    numbers : what came out, by the names of the calls. why : why nothing can be measured, or "".
    """

    def __init__(self, look: Look, calls: Mapping[str, Call]) -> None:
        self.look, self._calls = look, dict(calls)
        self.numbers: dict[str, float] = {}
        self.why, self.share = "", 0.0
        self._slow: Slow | None = None

    @property
    def done(self) -> bool:
        """Whether all is measured, or cannot be."""
        return bool(self.why) or len(self.numbers) == len(self._calls)

    def advance(self, budget_s: float) -> None:
        """Take steps for so many seconds, at least one."""
        until = time.perf_counter() + budget_s
        while not self.done:
            self._step()
            if time.perf_counter() >= until:
                return

    def _step(self) -> None:
        name = next(name for name in self._calls if name not in self.numbers)
        try:
            made = self._calls[name].made(self.look) if self._slow is None else self._slow
            if isinstance(made, Generator):
                self._slow = made
                self.share = next(made)
            else:
                self.numbers[name] = float(made)
        except StopIteration as end:
            self._slow, self.numbers[name] = None, float(end.value)
        except NotYet:
            self._slow = None
        except ValueError as error:
            self.why = str(error)


def call(said: object) -> Call:
    """A measure as a lecture file asks for it: {name = "p", class = "positive", word = -1}.

    Raises ValueError that says what is wrong with it.
    """
    if not isinstance(said, Mapping) or said.get("name") not in MEASURES:
        name = said.get("name") if isinstance(said, Mapping) else said
        raise ValueError(text.NO_MEASURE.format(name=str(name)[:40]))
    name = str(said["name"])
    parameters = list(inspect.signature(MEASURES[name]).parameters.values())[1:]
    wanted, kinds = {p.name: p for p in parameters}, get_type_hints(MEASURES[name])
    given = {_python(str(key)): value for key, value in said.items() if key != "name"}
    for key, value in given.items():
        if key not in wanted:
            raise ValueError(text.NO_ARGUMENT.format(name=name, key=key[:40]))
        if not _is(value, kinds[key]):
            kind = _said(kinds[key])
            raise ValueError(text.ARGUMENT_IS.format(key=key.strip("_"), name=name, kind=kind))
    if missing := [p.name for p in parameters if p.default is p.empty and p.name not in given]:
        raise ValueError(text.ARGUMENT_NEEDED.format(name=name, key=missing[0].strip("_")))
    return Call(name, tuple(given.items()))


def _python(key: str) -> str:
    return f"{key}_" if keyword.iskeyword(key) else key


def _is(value: object, kind: Any) -> bool:
    if get_origin(kind) is Literal:
        return value in get_args(kind)
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    return isinstance(value, (int, float) if kind is float else kind)


def _said(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return text.KINDS["one of"].format(names=", ".join(map(str, get_args(kind))))
    return text.KINDS[kind.__name__]
