"""What is held by hand: which signals the visitor keeps at a value, and the widgets for it.

`held()` says what stands, `hold` and `free` change it, `fitting` leaves out what a model does not
have. The setting says it in short, "f_1_all_3-40_0~i_0_all_all_0": signal, value, units, words
(from 1), layer, all of one joined by _, several by ~.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from rnn_core import Intervention, Model
from ui.kit import settings
from ui.kit.table import MOST_WORDS
from ui.sequence import text_model as text
from ui.sequence.reading import Reading

MOST = 12
"""So many at once at most: a link stays a line."""
LARGEST = 10.0
Places = tuple[int, ...] | None


def held() -> tuple[Intervention, ...]:
    """What is held now, in the order in which it was asked; nonsense in a link is left out."""
    pieces = [piece for piece in settings.get("hold").split("~")[:MOST] if piece]
    good = [one for one in map(_parse, pieces) if one is not None]
    if len(good) < len(pieces):
        settings.note(text.NOT_HELD)
        _keep(good)
    return tuple(good)


def hold(*new: Intervention) -> None:
    """Hold these; what was held of the same gate in the same layer and units gives way."""
    places = {_place(one) for one in new}
    _keep([*[old for old in held() if _place(old) not in places][-(MOST - len(new)) :], *new])


def free() -> None:
    """Let all of it go."""
    settings.put(hold="")


def fitting(model: Model) -> tuple[Intervention, ...]:
    """What is held, as far as this model has it; the rest is let go, and that is said."""
    signals = {signal.name: signal for signal in model.cell.signals}
    here, fit = held(), []
    for one in here:
        signal = signals.get(one.signal)
        units = max(one.units, default=0) if one.units is not None else 0
        if signal is None or one.layer >= len(model.layers) or units >= model.n_hidden:
            continue
        if signal.gate is not None:
            one = replace(one, value=min(max(float(one.value), signal.low), signal.high))
        fit.append(one)
    if len(fit) < len(here):
        settings.note(text.NOT_FITTING)
    if tuple(fit) != here:
        _keep(fit)
    return tuple(fit)


def _place(one: Intervention) -> tuple[str, int, Places]:
    return one.signal, one.layer, None if one.units is None else tuple(one.units)


# ---- as a text ----


def _keep(interventions: Iterable[Intervention]) -> None:
    settings.put(hold="~".join(map(_text, interventions)))


def _text(one: Intervention) -> str:
    words = None if one.steps is None else [t + 1 for t in one.steps]
    value = f"{float(one.value):.4g}"
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


def _parse(piece: str) -> Intervention | None:
    """One of a link, or None when it is nonsense."""
    try:
        signal, value, units, words, layer = piece.split("_")
        number = float(value)
        if not (math.isfinite(number) and signal.isascii() and 0 < len(signal) <= 8):
            return None
        number = min(max(number, -LARGEST), LARGEST)
        return Intervention(signal, number, _numbers(units), _numbers(words, 1), int(layer) % 1000)
    except ValueError:
        return None


def _numbers(ranges: str, first: int = 0) -> Places:
    """Read what _ranges wrote, counted from `first`; ValueError for nonsense."""
    if ranges == "all":
        return None
    numbers: set[int] = set()
    for run in ranges.split("."):
        ends = [int(end) for end in run.split("-")]
        if not 1 <= len(ends) <= 2 or min(ends) < first or max(ends) > 999:
            raise ValueError(ranges)
        numbers.update(range(ends[0], ends[-1] + 1))
    if not numbers:
        raise ValueError(ranges)
    return tuple(number - first for number in sorted(numbers))


# ---- widgets ----


def no_gates() -> None:
    """One sentence for a cell without gates, and the others by one click."""
    st.markdown(text.NO_GATES)
    with st.container(horizontal=True, gap="small"):
        for cell in ("lstm", "gru"):
            if st.button(text.LOOK_AT[cell], key=f"become {cell}"):
                settings.put(cell=cell)
                st.rerun()


def widgets(now: Reading, unit: int, t: int) -> None:
    """Which gate to hold, at what value, in which units, at which words; and a copy by one click.

    t : the word that is shown, from 0.
    """
    words = tuple(range(t + 1)) if now.place.backwards else tuple(range(t, MOST_WORDS))
    layer, gates = now.fwd.shown, {signal.name: signal for signal in now.gates}
    usual = next(iter(now.model.cell.copying), next(iter(gates)))
    again = {"on_change": _hold_again, "args": (layer, unit, words, usual)}
    quiet = {"label_visibility": "collapsed", "width": "content"}
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="hand"):
        st.markdown(text.HOLD_BY_HAND, width="content")
        settings.segments("hold_gate", text.GATE, list(gates), usual, **quiet)
        gate = gates[settings.get("hold_gate") or usual]
        steps = round((gate.high - gate.low) * 20) + 1
        values = [round(gate.low + i * 0.05, 2) for i in range(steps)]
        settings.slider("hold_at", text.HELD_AT.format(gate=gate.symbol), values,
                        label_visibility="collapsed", width=150, **again)  # fmt: skip
        units = {name: said.format(unit=unit) for name, said in text.THESE_UNITS.items()}
        settings.segments("hold_units", text.WHICH_UNITS, units, **quiet, **again)
        settings.segments("hold_words", text.WHICH_WORDS, text.THESE_WORDS, **quiet, **again)
        st.button(text.HOLD, key="hold gate", on_click=_hold_asked,
                  args=(layer, unit, words, usual))  # fmt: skip
        if copy := now.model.cell.copying:
            held = ", ".join(f"{gate} = {value:g}" for gate, value in copy.items())
            st.button(text.COPY.format(word=now.words[t], values=held), key="copy",
                      on_click=_hold_all, args=(copy, layer, words))  # fmt: skip


def _hold_asked(layer: int, unit: int, words: tuple[int, ...], usual: str) -> None:
    """A callback: hold what the widgets ask, as they stand. words : from the shown one on."""
    gate = settings.get("hold_gate") or usual
    units = (unit,) if settings.get("hold_units") == "one" else None
    steps = words if settings.get("hold_words") == "here" else None
    _keep([old for old in held() if (old.signal, old.layer) != (gate, layer)])
    hold(Intervention(gate, settings.get("hold_at"), units, steps, layer))


def _hold_again(layer: int, unit: int, words: tuple[int, ...], usual: str) -> None:
    """A callback: the same, if that gate is held already."""
    gate = settings.get("hold_gate") or usual
    if any((old.signal, old.layer) == (gate, layer) for old in held()):
        _hold_asked(layer, unit, words, usual)


def _hold_all(values: Mapping[str, float], layer: int, words: tuple[int, ...]) -> None:
    """A callback: hold several gates in all units, and let go of what held them before."""
    _keep([old for old in held() if old.signal not in values or old.layer != layer])
    hold(*(Intervention(gate, value, None, words, layer) for gate, value in values.items()))


def held_line(now: Reading) -> None:
    """A button that says how many are held, and behind it which, and how to free them."""
    if now.interventions:
        label = text.N_HELD.format(n=len(now.interventions))
        with st.popover(label, icon=":material/pan_tool:", key="held"):
            st.markdown(text.HELD.format(held=_said(now)))
            st.button(text.FREE, key="free", on_click=free)


def _said(now: Reading) -> str:
    """All that is held, in words; what is held at the same places together."""
    together: dict[str, list[str]] = {}
    for one in now.interventions:
        together.setdefault(_where(now, one), []).append(f"{one.signal} = {one.value:g}")
    return "; ".join(
        ", ".join(values) + (f" {place}" if place else "") for place, values in together.items()
    )


def _where(now: Reading, one: Intervention) -> str:
    """Where one is held: "in unit 3 from word 6 on"."""
    parts = []
    if one.units is not None:
        some = ", ".join(str(unit) for unit in one.units[:4])
        parts.append(text.IN_UNITS["more" if len(one.units) > 4 else "some"].format(units=some))
    if one.steps is not None:
        first, last = min(one.steps) + 1, max(one.steps) + 1
        which = "one" if first == last else "on" if last >= len(now.words) else "some"
        parts.append(text.AT_WORDS[which].format(first=first, last=last))
    if now.called:
        parts.append(text.IN_LAYER.format(layer=now.layer_name(one.layer)))
    return " ".join(parts)
