"""Symbols that the visitor draws: a click on a bar, kept in the address as "12-5_30-7"."""

from __future__ import annotations

import re
from collections.abc import Callable

from rnn_core import Model
from ui.kit import settings
from ui.sequence import box, events
from ui.write import next_symbol
from ui.write.film import Writing

PAIR = re.compile(r"([0-9]{1,4})-([0-9]{1,4})")


def chosen(model: Model, prompt: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """(position, symbol) of those that were drawn by hand; what does not fit counts no more."""
    found = [PAIR.fullmatch(pair) for pair in str(settings.get("drawn")).split("_")]
    pairs = {int(pair[1]): int(pair[2]) for pair in found if pair}
    return tuple(sorted(
        (place, symbol) for place, symbol in pairs.items()
        if place >= len(prompt) and symbol < len(model.classes)
    ))  # fmt: skip


def put(place: int, symbol: int, pairs: tuple[tuple[int, int], ...]) -> str:
    """As the address says it: up to this place as before, here this symbol."""
    kept = [(p, s) for p, s in pairs if p < place]
    return "_".join(f"{p}-{s}" for p, s in [*kept, (place, symbol)])


def clicked(now: Writing, unit: int) -> Callable[[], None]:
    """A callback: a bar draws its symbol; a cell, or arrow up and down, chooses place and unit."""
    chooses = events.cell_clicked("writing", range(now.model.n_hidden), unit, "w_t", 0)

    def act() -> None:
        click = settings.reported("writing", "click") or {}
        if click.get("panel") == "next":
            _draw(now, int(click["step"]), int(click["y"]))
        elif "move" in click:
            to = (unit + int(click["move"])) % now.model.n_hidden
            settings.put(w_unit=to, w_t=int(click["step"]) + 1)
        else:
            chooses()

    return act


def _draw(now: Writing, step: int, row: int) -> None:
    """Make the symbol of a bar the one that comes after a step, if one is drawn there."""
    place = step + 1
    shown = next_symbol.likeliest(now.drawn_from[step], int(now.made.ids[place]))
    if place < len(now.prompt) or not 0 <= row < len(shown):
        return
    settings.put(drawn=put(place, shown[row], now.by_hand), w_t=min(place + 1, now.n_steps))
    another_film()


def another_film() -> None:
    """What the film before this one still says of its step is too late: see events.film_moved."""
    settings.kept()["asked"] = box.asked() + 1


def let_go() -> None:
    """A callback: draw by chance again."""
    settings.put(drawn="")
