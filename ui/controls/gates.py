"""Widgets for the gates: hold one by hand, let it go; and for a cell without any, a way to one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from ui.controls import MAX_WORDS
from ui.reading import Reading
from ui.state import holds
from ui.state import kinds as kind_state
from ui.state.holds import Held


def none_here() -> None:
    """One sentence for a cell without gates, and the others by one click."""
    st.markdown("This cell has no gates: one sum makes its whole state, anew at each word.")
    with st.container(horizontal=True, gap="small"):
        for cell in ("lstm", "gru"):
            label = f"Look at {'an' if cell == 'lstm' else 'a'} {cell.upper()}"
            if st.button(label, key=f"become {cell}", on_click=kind_state.become, args=(cell,)):
                st.rerun()


def hand(now: Reading, unit: int, t: int) -> None:
    """The hand: which gate, at what value, which units, which words; and a copy by one click.

    t : the word that is shown, from 0.
    """
    words = since(now, t)
    layer, gates = now.fwd.shown, {signal.name: signal for signal in now.gates}
    usual = next(iter(now.model.cell.copying), next(iter(gates)))
    again = {"on_change": holds.hold_asked, "args": (layer, unit, words, True)}
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="hand"):
        st.markdown("Hold by hand", width="content")
        name = st.segmented_control(
            "Gate", list(gates), default=usual, required=True, key="held gate", width="content",
            label_visibility="collapsed",
        )  # fmt: skip
        gate = gates.get(name or usual, gates[usual])
        st.slider(
            f"{gate.symbol} held at", float(gate.low), float(gate.high), 1.0, 0.05,
            key=f"held {gate.name}", label_visibility="collapsed", width=150, **again,
        )  # fmt: skip
        st.segmented_control(
            "Units", ["all", "one"], default="all", required=True, key="held units",
            format_func={"all": "all units", "one": f"unit {unit}"}.get, width="content",
            label_visibility="collapsed", **again,
        )  # fmt: skip
        st.segmented_control(
            "Words", ["all", "from here"], default="all", required=True, key="held words",
            format_func={"all": "all words", "from here": "from the shown word on"}.get,
            label_visibility="collapsed", width="content", **again,
        )  # fmt: skip
        st.button("Hold", key="hold gate", on_click=holds.hold_asked, args=(layer, unit, words))
        if copy := now.model.cell.copying:
            said = ", ".join(f"{gate} = {value:g}" for gate, value in copy.items())
            st.button(f"Copy from “{now.words[t]}” on: {said}", key="copy",
                      on_click=holds.hold_all, args=(copy, layer, words))  # fmt: skip


def since(now: Reading, t: int) -> tuple[int, ...]:
    """The words from t on, in the order in which the layer reads."""
    return tuple(range(t + 1)) if now.place.backwards else tuple(range(t, MAX_WORDS))


def held_line(now: Reading) -> None:
    """What is held now, in words, with a button that frees it; nothing when nothing is."""
    here = holds.held()
    if not here:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="held line"):
        st.markdown(f":material/pan_tool: **Held by hand:** {_said(now, here)}.", width="content")
        st.button("Free", key="free", on_click=holds.free)


def _said(now: Reading, here: Sequence[Held]) -> str:
    """All that is held, in words; what is held at the same places together."""
    together: dict[str, list[str]] = {}
    for one in here:
        together.setdefault(_places(now, one), []).append(f"{one.signal} = {one.value:g}")
    return "; ".join(
        ", ".join(values) + (f" {place}" if place else "") for place, values in together.items()
    )


def _places(now: Reading, one: Held) -> str:
    """Where one is held: "in unit 3 from word 6 on"."""
    parts = []
    if one.units is not None:
        some = ", ".join(str(unit) for unit in one.units[:4])
        parts.append(f"in unit {some}" + (" …" if len(one.units) > 4 else ""))
    if one.words is not None:
        first, last = min(one.words) + 1, max(one.words) + 1
        if first == last:
            parts.append(f"at word {first}")
        elif last >= len(now.words):
            parts.append(f"from word {first} on")
        else:
            parts.append(f"at words {first} to {last}")
    if now.called:
        parts.append(f"in {now.layer_name(one.layer)}")
    return " ".join(parts)
