"""Weights set by hand: which ones, to what, and whose; they go into a copy of a model.

The setting says them in short, "W_hh.3.5=1.2,b_h.2=0": a parameter, its row, its column, a value;
another says of which reader they are, for a column of one is another word in the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rnn_core import Model
from ui.kit import settings
from ui.sequence import text_model as text

MOST = 24
"""So many at once at most: a link stays a line."""
LARGEST = 100.0
DRAGGED = "dragged weight"
"""Under this key the one whose dial is being dragged, and where that stands: nowhere else."""
PLACE = re.compile(r"([Wb]_[a-z0-9_]{1,12})\.([0-9]{1,5})(?:\.([0-9]{1,5}))?")
VALUE = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,20})?(e-?[0-9]{1,2})?")


@dataclass(frozen=True)
class Place:
    """One number of a model: a parameter's name, a row, and a column; a bias has none."""

    name: str
    row: int
    column: int | None = None

    @classmethod
    def parse(cls, said: str) -> Place | None:
        """A place as a link says it; None for nonsense."""
        if (found := PLACE.fullmatch(said)) is None:
            return None
        name, row, column = found.groups()
        return cls(name, int(row), None if column is None else int(column))

    @property
    def text(self) -> str:
        """As a link says it."""
        return ".".join(str(part) for part in (self.name, self.row, self.column)
                        if part is not None)  # fmt: skip

    @property
    def index(self) -> tuple[int, ...]:
        """Where it stands in its parameter."""
        return (self.row,) if self.column is None else (self.row, self.column)

    def within(self, model: Model) -> bool:
        """Whether the model has it."""
        shape = model.params[self.name].shape if self.name in model.params else ()
        return len(shape) == len(self.index) and all(
            i < n for i, n in zip(self.index, shape, strict=True)
        )

    def value(self, model: Model) -> float:
        """The number that stands there."""
        return float(model.params[self.name][self.index])


Weights = tuple[tuple[Place, float], ...]
"""Places and what was set there, in the order in which it was."""


def asked() -> Weights:
    """What is set, of whatever model; nonsense in a link is left out, and that is said."""
    pieces = [piece for piece in settings.get("weights").split(",") if piece]
    good = dict(one for one in map(_parse, pieces[:MOST]) if one is not None)
    if len(good) < len(pieces):
        settings.note(text.SOME_WEIGHTS)
        _keep(good.items())
    return tuple(good.items())


def of(model: Model, reader: str) -> Weights:
    """What is set of this model; what it does not have is put back, and that is said.

    reader : who reads with it: everyday, trained or file.
    """
    if settings.get("weights_of") != reader:
        return ()
    here = asked()
    fit = tuple((place, value) for place, value in here if place.within(model))
    if lost := [place for place, _ in here if not place.within(model)]:
        names = ", ".join(place.text for place in lost[:3]) + (" …" if len(lost) > 3 else "")
        settings.note(text.NO_WEIGHTS.format(names=names))
        _keep(fit)
    return fit


def changed(model: Model, weights: Weights) -> Model:
    """A copy with these numbers; the model itself where there are none."""
    if not weights:
        return model
    copy = model.copy()
    for place, value in weights:
        copy.params[place.name][place.index] = value
    return copy


def drag(place: Place, value: float, held: bool, reader: str) -> None:
    """A callback: a weight's dial is here; it is set when it is let go."""
    settings.kept()[DRAGGED] = (place, value) if held else None
    if not held:
        put(place, value, reader)


def dragged(model: Model) -> Weights:
    """The weight whose dial is being dragged, if one of the model is."""
    here: tuple[Place, float] | None = settings.kept().get(DRAGGED)
    return (here,) if here and here[0].within(model) else ()


def put(place: Place, value: float, reader: str) -> None:
    """A callback: set a weight of this reader's model; those of another one's are put back."""
    here = dict(asked()) if settings.get("weights_of") == reader else {}
    if place not in here and len(here) == MOST:
        settings.note(text.MOST_WEIGHTS.format(most=MOST))
        return
    here[place] = min(max(float(value), -LARGEST), LARGEST)
    settings.put(weights_of=reader)
    _keep(here.items())


def put_back(*places: Place) -> None:
    """A callback: these are as they were trained; all, where none is named."""
    _keep((place, value) for place, value in asked() if places and place not in places)


def grab(place: Place | None) -> None:
    """A callback: this one is in hand."""
    settings.kept()[DRAGGED] = None
    settings.put(weight=place.text if place else "")


def in_hand(model: Model) -> Place | None:
    """The weight that is in hand, if the model has it; else none is, and that is said."""
    if not (said := settings.get("weight")):
        return None
    place = Place.parse(said)
    if place is None or not place.within(model):
        settings.note(text.NO_WEIGHT.format(name=said[:40]))
        grab(None)
        return None
    return place


def marked(model: Model, weights: Weights) -> tuple[Place, ...]:
    """The places that a picture marks: those set by hand, and the one in hand."""
    held = in_hand(model)
    return (*(place for place, _ in weights), *([held] if held else []))


def _keep(weights: Iterable[tuple[Place, float]]) -> None:
    settings.put(weights=",".join(f"{place.text}={value:.6g}" for place, value in weights))


def _parse(text: str) -> tuple[Place, float] | None:
    """One of a link, or None when it is nonsense."""
    said, _, value = text.partition("=")
    place = Place.parse(said)
    if place is None or not VALUE.fullmatch(value):
        return None
    return place, min(max(float(value), -LARGEST), LARGEST)
