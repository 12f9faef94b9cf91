"""What is held by hand: which signals the visitor keeps at a value, in the link as well.

`held()` says what stands, `hold` and `free` change it; `fitting` makes of it what a model's
passes take. In the link "f_1_all_3-40_0~i_0_all_all_0": signal, value, units, words (from 1),
layer, all of one hold joined by _, holds by ~.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from rnn_core import Intervention, Model
from ui import state

MOST = 12
"""So many holds at once at most: a link stays a line."""
LARGEST = 10.0
Places = tuple[int, ...] | None


@dataclass(frozen=True)
class Held:
    """One signal kept at a value. units, words : which ones, from 0; None for all."""

    signal: str
    value: float
    units: Places = None
    words: Places = None
    layer: int = 0

    @property
    def place(self) -> tuple[str, int, Places]:
        """What a later hold on the same replaces."""
        return self.signal, self.layer, self.units


def held() -> list[Held]:
    """What is held now, in the order in which it was asked; nonsense in a link is left out."""
    raw = st.session_state.get("hold")
    if not raw:
        return []
    pieces = [_read(piece) for piece in str(raw).split("~")[:MOST]]
    good = [piece for piece in pieces if piece is not None]
    if len(good) < len(pieces):
        state.note("The link holds something that cannot be held; that was left out.")
        _keep(good)
    return good


def hold(new: Held) -> None:
    """Hold this; what was held at the same place gives way."""
    others = [old for old in held() if old.place != new.place]
    _keep([*others[-(MOST - 1) :], new])


def free(*places: Held) -> None:
    """Let these go; all of them when none is named."""
    _keep([old for old in held() if places and old not in places])


def asked(layer: int, unit: int, words: tuple[int, ...], gate: str) -> Held:
    """What the widgets of the gates ask to hold, as they stand. words : from the shown one on."""
    value = float(st.session_state.get(f"held {gate}", 1.0))
    alone = st.session_state.get("held units") == "one"
    since = st.session_state.get("held words") == "from here"
    return Held(gate, value, (unit,) if alone else None, words if since else None, layer)


def hold_asked(layer: int, unit: int, words: tuple[int, ...], only_again: bool = False) -> None:
    """Hold what the widgets ask. only_again : only if this gate is held already."""
    gate = st.session_state.get("held gate")
    mine = [old for old in held() if (old.signal, old.layer) == (gate, layer)]
    if gate and (mine or not only_again):
        if mine:
            free(*mine)
        hold(asked(layer, unit, words, gate))


def hold_all(values: Mapping[str, float], layer: int, words: tuple[int, ...]) -> None:
    """Hold several gates, all units, and let go of what held them before."""
    for gate, value in values.items():
        mine = [old for old in held() if (old.signal, old.layer) == (gate, layer)]
        if mine:
            free(*mine)
        hold(Held(gate, value, None, words, layer))


def fitting(model: Model) -> tuple[Intervention, ...]:
    """What is held, as the passes of this model take it; what it does not have is let go."""
    ranges = {signal.name: signal for signal in model.cell.signals}
    fit, holds = [], []
    for one in held():
        signal = ranges.get(one.signal)
        if signal is None or one.layer >= len(model.layers):
            continue
        if one.units is not None and max(one.units) >= model.n_hidden:
            continue
        value = one.value
        if signal.gate is not None:
            value = min(max(value, signal.low), signal.high)
        fit.append(replace(one, value=value))
        holds.append(Intervention(one.signal, value, one.units, one.words, one.layer))
    if len(fit) < len(held()):
        state.note("This network has no such gate, unit or layer, so what was held there is free.")
    if fit != held():
        _keep(fit)
    return tuple(holds)


def _keep(all_held: Sequence[Held]) -> None:
    st.session_state["hold"] = "~".join(_written(one) for one in all_held) or None


def _written(one: Held) -> str:
    value = f"{one.value:.4g}"
    words = None if one.words is None else [t + 1 for t in one.words]
    return "_".join([one.signal, value, _ranges(one.units), _ranges(words), str(one.layer)])


def _ranges(numbers: Sequence[int] | None) -> str:
    """Whole numbers in short: 3-7.9 for 3, 4, 5, 6, 7 and 9; all for None."""
    if numbers is None:
        return "all"
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ".".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def _read(text: str) -> Held | None:
    """One hold of a link, or None when it is nonsense."""
    try:
        signal, value, units, words, layer = text.split("_")
        number = float(value)
        if not (math.isfinite(number) and signal.isascii() and 0 < len(signal) <= 8):
            return None
        number = min(max(number, -LARGEST), LARGEST)
        return Held(signal, number, _places(units, 0), _places(words, 1), _places(layer, 0)[0])  # type: ignore[index]
    except (ValueError, TypeError, IndexError):
        return None


def _places(text: str, first: int) -> Places:
    """Read what _ranges wrote, counted from `first`; ValueError for nonsense."""
    if text == "all":
        return None
    numbers: set[int] = set()
    for run in text.split("."):
        ends = [state.whole_number(end) for end in run.split("-")]
        if not 1 <= len(ends) <= 2 or any(end is None or not first <= end <= 999 for end in ends):
            raise ValueError(text)
        numbers.update(range(ends[0], ends[-1] + 1))  # type: ignore[arg-type, operator]
    if not numbers:
        raise ValueError(text)
    return tuple(number - first for number in sorted(numbers))
